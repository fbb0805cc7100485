"""A witness behind HTTP on loopback, which may be away, and the policy that names it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import ThreadingHTTPServer
from pathlib import Path

from cli.witnessing import listen
from ledger.note import ED25519_COSIGNATURE, Signer, Verifier, signer_of
from ledger.witness import WitnessAnswer, WitnessServer, WitnessState

NOW = 1_764_000_000


class WitnessAtWork(WitnessServer):
    """Counts what it is asked; ``away`` makes it answer 503, ``hold`` keeps every answer back until it is set."""

    def __init__(self, name: str, seed: bytes, logs: tuple[Verifier, ...], folder: Path, clock_s: object) -> None:
        self.signer: Signer = signer_of(name, ED25519_COSIGNATURE, seed * 32)
        super().__init__({logs[0].name: logs}, self.signer, WitnessState(folder / name), clock_s)  # type: ignore[arg-type]
        self.away, self.asked, self.address = False, 0, ""
        self.hold = threading.Event()
        self.hold.set()

    def add_checkpoint(self, body: str) -> WitnessAnswer:
        self.asked += 1
        self.hold.wait(20)
        if self.away:
            return WitnessAnswer(503, "away\n")  # type: ignore[arg-type]
        return super().add_checkpoint(body)

    def statement(self, name: str) -> str:
        """Its line in a policy."""
        return f"witness {name} {self.signer.verifier.to_text()} {self.address}\n"


@contextmanager
def witness_at_work(
    logs: tuple[Verifier, ...], folder: Path, name: str = "audit.example", seed: bytes = b"\x01", clock_s: object = None
) -> Iterator[WitnessAtWork]:
    """A witness of this log, listening until the ``with`` ends."""
    witness = WitnessAtWork(name, seed, logs, folder, clock_s or (lambda: int(time.time())))
    with serving(listen(witness, "127.0.0.1", 0)) as address:
        witness.address = address
        yield witness


@contextmanager
def serving(server: ThreadingHTTPServer) -> Iterator[str]:
    """A server on a thread of its own; answers its address."""
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
