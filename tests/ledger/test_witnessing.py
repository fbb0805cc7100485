"""The log asks its witnesses: cosigned checkpoints, a quorum, and a witness that catches a rewritten past."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from ledger.append import Command
from ledger.database import Database, open_database
from ledger.ledger import Ledger
from ledger.note import ED25519_COSIGNATURE, open_note, signer_of
from ledger.policy import Policy, parse_policy
from ledger.signing import Signing
from ledger.witness import WitnessServer, WitnessState
from ledger.witnessing import Witnessing, WitnessUnreachable, post_over_http
from tests.support.ledgers import minutes, note

ORIGIN = "ledger.example/district"
NOW = 1_764_000_000
WITNESS = signer_of("audit.example", ED25519_COSIGNATURE, b"\x01" * 32)
OTHER = signer_of("archive.example", ED25519_COSIGNATURE, b"\x02" * 32)


@pytest.fixture
def signed(database: Database, name: str, tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(database, name, signing=Signing(tmp_path / "signing", ORIGIN)) as ledger:
        yield ledger


def witness_of(ledger: Ledger, state: Path) -> WitnessServer:
    assert ledger.signer is not None
    return WitnessServer({ORIGIN: tuple(ledger.signer.verifiers)}, WITNESS, WitnessState(state), lambda: NOW)


def policy(ledger: Ledger) -> Policy:
    assert ledger.signer is not None
    return parse_policy(
        f"log {ledger.signer.verifiers[0].to_text()}\n"
        f"witness audit {WITNESS.verifier.to_text()} http://audit.example/witness\n"
        f"witness archive {OTHER.verifier.to_text()}\n"
        "quorum audit\n"
    )


def in_memory(server: WitnessServer) -> object:
    """A network of one witness, without a network."""

    def post(url: str, body: bytes, timeout_s: float) -> tuple[int, str]:
        assert url == "http://audit.example/witness/add-checkpoint"
        answer = server.add_checkpoint(body.decode())
        return answer.status, answer.body

    return post


def silent(url: str, body: bytes, timeout_s: float) -> tuple[int, str]:
    raise WitnessUnreachable(f"the witness at {url} did not answer")


class TestWitnessing:
    def test_the_newest_checkpoint_is_cosigned_and_served_so(self, signed: Ledger, tmp_path: Path) -> None:
        witnessing = Witnessing(signed.published, policy(signed), in_memory(witness_of(signed, tmp_path / "w")))

        for count in (3, 300, 1):
            version = signed.stream_version("minutes/1")
            signed.append(Command(minutes("minutes/1", count, first=version + 1)))
            cosigned = witnessing.run_once()

            assert cosigned is not None
            assert cosigned == signed.published.checkpoint() == signed.published.witnessed_checkpoint()
            assert open_note(cosigned, [WITNESS.verifier])[1] == [(WITNESS.verifier, NOW)]
            assert witnessing.has_quorum(cosigned)

    def test_a_witness_that_already_knows_part_of_the_log_is_brought_up_to_date(
        self, signed: Ledger, tmp_path: Path
    ) -> None:
        server = witness_of(signed, tmp_path / "w")
        signed.append(Command(minutes("minutes/1", 5)))
        Witnessing(signed.published, policy(signed), in_memory(server)).run_once()
        signed.append(Command(minutes("minutes/1", 7, first=6)))

        after_a_restart = Witnessing(signed.published, policy(signed), in_memory(server))

        cosigned = after_a_restart.run_once()
        assert cosigned is not None
        assert after_a_restart.has_quorum(cosigned)

    def test_a_silent_witness_leaves_the_checkpoint_unwitnessed_and_is_named(self, signed: Ledger) -> None:
        signed.append(note())
        witnessing = Witnessing(signed.published, policy(signed), silent)

        unwitnessed = witnessing.run_once()

        assert unwitnessed is not None
        assert not witnessing.has_quorum(unwitnessed)
        assert signed.published.witnessed_checkpoint() is None
        assert witnessing.statuses["audit"].trouble == (
            "the witness at http://audit.example/witness/add-checkpoint did not answer"
        )
        assert not witnessing.statuses["audit"].disagrees

    def test_a_forged_answer_is_not_kept(self, signed: Ledger) -> None:
        signed.append(note())
        text = signed.published.checkpoint()
        assert text is not None
        forged = WITNESS.sign("another text\n", NOW).line()

        witnessing = Witnessing(signed.published, policy(signed), lambda *_: (200, f"{forged}\n"))
        witnessing.run_once()

        assert "is not one over this text" in (witnessing.statuses["audit"].trouble or "")
        assert signed.published.witnessed_checkpoint() is None

    @pytest.mark.parametrize(
        ("entries", "sentence"), [(2, "entries that were shown to it are gone"), (9, "another tree")]
    )
    def test_a_rewritten_log_is_caught_by_its_witness(
        self, signed: Ledger, tmp_path: Path, entries: int, sentence: str
    ) -> None:
        server = witness_of(signed, tmp_path / "w")
        signed.append(Command(minutes("minutes/1", 5)))
        Witnessing(signed.published, policy(signed), in_memory(server)).run_once()
        # Whoever holds the key writes another past, with a memory of signatures made to fit.
        forger = Signing(tmp_path / "forger", ORIGIN)
        forger.directory.mkdir()
        (forger.directory / "log.key").write_bytes((tmp_path / "signing" / "log.key").read_bytes())
        (forger.directory / "log.key").chmod(0o600)
        rewritten = open_database(f"sqlite:///{tmp_path / 'rewritten.db'}")
        with Ledger(rewritten, signing=forger) as forged:
            forged.append(Command(minutes("minutes/other", entries)))
            witnessing = Witnessing(forged.published, policy(forged), in_memory(server))

            witnessing.run_once()

            assert sentence in (witnessing.statuses["audit"].trouble or "")
            assert witnessing.statuses["audit"].disagrees
            assert forged.published.witnessed_checkpoint() is None
        rewritten.close()

    def test_it_follows_the_log_until_it_is_stopped(self, signed: Ledger, tmp_path: Path) -> None:
        server = in_memory(witness_of(signed, tmp_path / "w"))
        witnessing = Witnessing(signed.published, policy(signed), server, interval_s=0.05)
        stop = threading.Event()
        follower = threading.Thread(target=witnessing.run_forever, args=(stop, signed.wait_beyond))
        follower.start()

        signed.append(Command(minutes("minutes/1", 4)))
        for _ in range(200):
            if witnessing.statuses.get("audit") and witnessing.statuses["audit"].size == 4:
                break
            stop.wait(0.02)
        stop.set()
        follower.join()

        assert witnessing.statuses["audit"].size == 4


def test_told_to_stop_it_stops_though_the_interval_is_long(signed: Ledger, tmp_path: Path) -> None:
    server = in_memory(witness_of(signed, tmp_path / "w"))
    witnessing = Witnessing(signed.published, policy(signed), server, interval_s=600)
    stop = threading.Event()
    follower = threading.Thread(target=witnessing.run_forever, args=(stop, signed.wait_beyond))
    follower.start()
    signed.append(note())
    while not (witnessing.statuses.get("audit") and witnessing.statuses["audit"].size == 1):
        stop.wait(0.02)

    stop.set()
    follower.join(5)

    assert not follower.is_alive()


class TestOverHttp:
    @pytest.fixture
    def address(self) -> Iterator[str]:
        class Echo(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status = int(self.path.strip("/"))
                self.send_response(status)
                if status == 302:
                    self.send_header("Location", "/200")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        with ThreadingHTTPServer(("127.0.0.1", 0), Echo) as server:
            thread = threading.Thread(target=server.serve_forever, args=(0.01,))
            thread.start()
            yield f"http://127.0.0.1:{server.server_port}"
            server.shutdown()
            thread.join()

    @pytest.mark.parametrize("status", [200, 302, 409, 422, 500])
    def test_every_answer_comes_back_and_no_redirect_is_followed(self, address: str, status: int) -> None:
        assert post_over_http(f"{address}/{status}", b"body", 5) == (status, "body")

    @pytest.mark.parametrize("url", ["file:///etc/hostname", "ftp://127.0.0.1/", "http://127.0.0.1:1/"])
    def test_other_ways_and_closed_doors_are_unreachable(self, url: str) -> None:
        with pytest.raises(WitnessUnreachable):
            post_over_http(url, b"", 1)
