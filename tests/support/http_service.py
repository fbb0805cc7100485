"""The service as it is run, uvicorn on loopback, with eight clients over HTTP, made to be killed."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx

from tests.support.drill import Acknowledgement, Acknowledgements
from tests.web.district import District

ROOT = Path(__file__).parents[2]
CLIENTS = 8
CREATED, UNAVAILABLE = 201, 503


class HttpServiceWithClients:
    """Clients register units, each under an Idempotency-Key that is repeated until it is answered with 201.

    ``surprises`` collects every answer that is neither that nor a 503 that says when to come back.
    """

    def __init__(self, url: str, folder: Path) -> None:
        self._url, self._folder, self.signing = url, folder, folder / "signing"
        district = District(url)
        self._token = district.token("ADM")
        self.begun_at = district.size
        district.close()
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            self._port = int(listener.getsockname()[1])
        self._process: subprocess.Popen[bytes] | None = None
        self._clients: list[threading.Thread] = []
        self._over = threading.Event()
        self.acknowledgements = Acknowledgements()
        self.surprises: list[str] = []

    def start(self) -> None:
        """Bring the service up; the clients, once begun, knock until it answers."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("LEDGER_")}
        told = {
            "LEDGER_DATABASE_URL": self._url,
            "LEDGER_SIGNING_DIRECTORY": str(self.signing),
            "LEDGER_ORIGIN": "ledger.example/drill",
            "PYTHONPATH": f"{ROOT}:{ROOT / 'http'}",
        }
        with (self._folder / "service.log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "uvicorn", "web.app:app", "--port", str(self._port)],
                env={**environment, **told},
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        if not self._clients:
            self._clients = [threading.Thread(target=self._register, args=(client,)) for client in range(CLIENTS)]
            for client in self._clients:
                client.start()

    def kill(self) -> None:
        """SIGKILL; the clients stay."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def end(self) -> None:
        """The drill is over for everybody."""
        self._over.set()
        for client in self._clients:
            client.join()
        self.kill()

    def events_of(self, command_id: str) -> int:
        """A unit is registered by one event; founding the district took as many as it took."""
        return 1 if command_id.startswith("ADM:") else 0

    def _register(self, client: int) -> None:
        number = 0
        while not self._over.is_set():
            number += 1
            self._ask_until_answered(client, number)

    def _ask_until_answered(self, client: int, number: int) -> None:
        unit = {"unit": f"N{client}-{number}", "name_zh": "单位", "name_en": "Unit", "kind": "department"}
        headers = {"Authorization": f"Bearer {self._token}", "Idempotency-Key": f"drill-{client}-{number}"}
        while not self._over.is_set():
            try:
                answer = httpx.post(f"http://127.0.0.1:{self._port}/api/units", json=unit, headers=headers, timeout=30)
            except httpx.TransportError:
                time.sleep(0.05)
                continue
            if answer.status_code == CREATED:
                told = answer.json()
                self.acknowledgements.add(Acknowledgement(told["command_id"], told["position"], told["checkpoint"]))
                return
            if answer.status_code != UNAVAILABLE or "retry-after" not in answer.headers:
                self.surprises.append(f"{answer.status_code}: {answer.text[:500]}")
            time.sleep(0.05)
