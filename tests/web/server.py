"""The service as it is run: a uvicorn process on loopback, with the environment alone to tell it anything."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.web.district import District, Door

ROOT = Path(__file__).parents[2]
START_TIMEOUT_S = 60
STOP_TIMEOUT_S = 20


class Server(Door):
    """A door into another process."""

    def __init__(self, district: District, client: httpx.Client, process: subprocess.Popen[bytes], log: Path) -> None:
        super().__init__(district, client)
        self.process, self._log = process, log

    @property
    def log(self) -> list[str]:
        """What the service has written so far, line by line."""
        return self._log.read_text(encoding="utf-8").splitlines()

    def stop(self) -> float:
        """Ask the service to stop in good order; answers the seconds it took."""
        began = time.monotonic()
        self.process.terminate()
        self.process.wait(STOP_TIMEOUT_S)
        return time.monotonic() - began


@contextmanager
def running_server(district: District, folder: Path, **settings: str) -> Iterator[Server]:
    """The service over a district's database, until the ``with`` ends."""
    port, log = _free_port(), folder / "service.log"
    told = {
        "LEDGER_DATABASE_URL": district.database_url,
        "LEDGER_RUN_PROJECTIONS": "1",
        "LEDGER_CREDENTIAL_MEMORY_S": "0",
        "PYTHONPATH": f"{ROOT}:{ROOT / 'http'}",
        **{f"LEDGER_{name.upper()}": value for name, value in settings.items()},
    }
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("LEDGER_", "PYTHON"))}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-W", "error", "-m", "uvicorn", "web.app:app", "--port", str(port), "--no-server-header"],
            cwd=folder,
            env={**environment, **told},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
            server = Server(district, client, process, log)
            _wait_until_ready(server)
            yield server
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(STOP_TIMEOUT_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait_until_ready(server: Server) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while time.monotonic() < deadline and server.process.poll() is None:
        try:
            if server.client.get("/health/ready").status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.05)
    raise AssertionError("the service did not come up:\n" + "\n".join(server.log[-40:]))


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
