"""``witness``: an independent party that cosigns checkpoints, as a small server or by hand on a laptop."""

import secrets
from collections.abc import Sequence
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from cli.checking import published_source, read_keys, read_policy, read_text
from cli.failure import Failure
from cli.session import Session, SessionOf
from ledger.audit_published import CHECKPOINT, Source, consistency_of, rotations_of
from ledger.checkpoint import parse_checkpoint
from ledger.errors import LedgerError
from ledger.note import (
    ED25519_COSIGNATURE,
    KeyRefused,
    Signer,
    Verifier,
    parse_note,
    parse_signature,
    parse_signer,
    signer_of,
)
from ledger.rotation import vouched
from ledger.witness import AddCheckpoint, WitnessAnswer, WitnessServer, WitnessState

witness = App(name="witness", help="见证:联署检查点,证明台账只增不改。A witness: cosigns that the log only ever grew.")

LARGEST_REQUEST = 65_536
_KEY = "witness.key"
_PUBLIC_KEY = "witness.vkey"
_STATE = "state"
_REQUEST_TIMEOUT_S = 10


@witness.command(name="init")
def initialise(directory: Path, name: str, *, session: SessionOf) -> None:
    """建立见证:生成密钥并显示公钥。Make a witness: its key is made and the public half shown.

    :param directory: 见证自己的目录,保存密钥和已见检查点。The witness's own directory: key and memory.
    :param name: 见证名称,如 audit.example。Its name, such as audit.example.
    """
    key = directory / _KEY
    if key.exists():
        raise Failure(f"{key}已存在,未作任何改动。", f"{key} exists already; nothing was changed.")
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    signer = signer_of(name, ED25519_COSIGNATURE, secrets.token_bytes(32))
    key.touch(mode=0o600)
    key.write_text(f"{signer.to_text()}\n", encoding="utf-8")
    (directory / _PUBLIC_KEY).write_text(f"{signer.verifier.to_text()}\n", encoding="utf-8")
    session.console.print(signer.verifier.to_text(), markup=False, soft_wrap=True)


@witness.command(name="cosign")
def cosign(
    target: str,
    *,
    session: SessionOf,
    directory: Path,
    key: Annotated[Sequence[str], Parameter(negative="")] = (),
    policy: Path | None = None,
    output: Path | None = None,
) -> None:
    """在检查人员的电脑上联署:台账须延续上次所见。Cosign by hand: the log must continue what was seen last.

    :param target: 导出的目录(U盘)或台账网址。An exported directory (a stick) or the log's address.
    :param directory: 见证目录,由 witness init 建立。The witness's directory, made by witness init.
    :param key: 台账的验证公钥或其文件,可多次(更换密钥期间新旧并存)。The log's verifier key or a file of it; may be
        repeated, for a while when the log changes its keys.
    :param policy: 写有公钥的策略文件。A policy file that names the key.
    :param output: 联署后的检查点写入的文件,默认标准输出。File for the cosigned checkpoint; default standard output.
    """
    source = published_source(target)
    if source is None:
        raise Failure(f"“{target}”不是目录或网址。", f"{target!r} is neither a directory nor an address.")
    note = source.read(CHECKPOINT).decode()
    checkpoint = parse_checkpoint(parse_note(note).text)
    signer = _signer(directory)
    state = WitnessState(directory / _STATE)
    server = WitnessServer({checkpoint.origin: _keys(key, policy)}, signer, state, lambda: _now_s(session))
    last = state.last(checkpoint.origin)
    known = parse_checkpoint(parse_note(last).text).size if last else 0
    proof = consistency_of(source, checkpoint.size)(known, checkpoint.size) if 0 < known < checkpoint.size else ()
    answer = server.add_checkpoint(AddCheckpoint(known, tuple(proof), note).to_text())
    if answer.status == HTTPStatus.FORBIDDEN and (hint := _change_of_keys(source, _keys(key, policy))) is not None:
        raise hint
    if answer.status != HTTPStatus.OK:
        raise Failure(
            f"未联署({answer.status}):{answer.body.strip()}。请保存该检查点和上次所见({directory / _STATE})作为证据。",
            f"Not cosigned ({answer.status}): {answer.body.strip()}. Keep that checkpoint and the one seen last (in "
            f"{directory / _STATE}) as evidence.",
        )
    cosigned = parse_note(note).with_signatures([parse_signature(line) for line in answer.body.splitlines()]).to_text()
    if output is not None:
        output.write_text(cosigned, encoding="utf-8")
    session.console.print(cosigned if output is None else f"{output}: {checkpoint.size:,}", end="\n", markup=False)


def _change_of_keys(source: Source, known: Sequence[Verifier]) -> Failure | None:
    """What to tell a witness whose key the log has changed since: it decides itself whom it believes."""
    try:
        history = vouched(rotations_of(source), known)
    except (LedgerError, KeyRefused):
        return None
    if not history.rotations:
        return None
    last = history.rotations[-1].position
    return Failure(
        f"未联署：台账在第{last}条更换了密钥，旧密钥为新密钥作保。请向台账核实后，用--key给出新公钥：{history.now[0].to_text()}",
        f"Not cosigned: the log changed its keys at position {last}, and the key you know vouches for the new one. Ask "
        f"the log's people, then give the new key by --key: {history.now[0].to_text()}",
    )


@witness.command(name="add")
def add_cosigned(file: Path, *, session: SessionOf, policy: Path) -> None:
    """把手工联署的检查点收进台账,供所有人看到。Take a checkpoint that was cosigned by hand back into the ledger.

    :param file: 联署后的检查点文件。The cosigned checkpoint.
    :param policy: 写有见证公钥的策略文件。The policy file that names the witness's key.
    """
    note = parse_note(read_text(file))
    checkpoint = parse_checkpoint(note.text)
    added = 0
    with session.open_ledger() as ledger:
        own = ledger.published.checkpoint(checkpoint.size)
        if own is None or parse_note(own).text != note.text:
            raise Failure(
                f"{file}不是本台账签过的检查点。未收入;请保存它作为证据。",
                f"{file} is not a checkpoint that this log signed. It was not taken in; keep it as evidence.",
            )
        for each in read_policy(policy).witnesses.values():
            for signature in note.signatures:
                if each.verifier.knows(signature):
                    each.verifier.check(note.text, signature)
                    ledger.published.add_cosignature(checkpoint.size, each.verifier, signature, session.clock())
                    added += 1
    session.console.print(f"已收入{added}个联署 · {added} cosignatures taken in, size {checkpoint.size:,}")


@witness.command(name="serve")
def serve_witness(
    *,
    session: SessionOf,
    directory: Path,
    key: Annotated[Sequence[str], Parameter(negative="")] = (),
    policy: Path | None = None,
    host: str = "127.0.0.1",
    port: int = 8600,
) -> None:
    """运行见证服务(C2SP tlog-witness)。Run a witness: POST /add-checkpoint, GET /<sha256 of origin>/checkpoint.

    :param directory: 见证目录。The witness's directory.
    :param key: 所见证台账的验证公钥或其文件,可多次。Verifier key of a log to witness, or a file; may be repeated.
    :param policy: 写有台账公钥的策略文件。A policy file that names the logs.
    :param host: 监听地址。Address to listen on.
    :param port: 监听端口。Port to listen on.
    """
    logs: dict[str, tuple[Verifier, ...]] = {}
    for verifier in _keys(key, policy):
        logs[verifier.name] = (*logs.get(verifier.name, ()), verifier)
    server = WitnessServer(logs, _signer(directory), WitnessState(directory / _STATE), lambda: _now_s(session))
    with listen(server, host, port) as listening:
        session.note(
            f"见证 {', '.join(logs)},http://{host}:{listening.server_port}",
            f"Witnessing {', '.join(logs)} at http://{host}:{listening.server_port}",
        )
        try:
            listening.serve_forever()
        except KeyboardInterrupt:
            session.note("已停止。", "Stopped.")


def listen(server: WitnessServer, host: str, port: int) -> ThreadingHTTPServer:
    """The witness behind HTTP; requests are bounded in size and time."""

    class Handler(BaseHTTPRequestHandler):
        timeout = _REQUEST_TIMEOUT_S
        protocol_version = "HTTP/1.1"
        server_version = "disclosure-ledger-witness"
        sys_version = ""

        def do_POST(self) -> None:
            if self.path != "/add-checkpoint":
                self._answer(WitnessAnswer(HTTPStatus.NOT_FOUND, "only /add-checkpoint is here\n"))
                return
            length = self.headers.get("Content-Length", "")
            if not length.isdecimal() or int(length) > LARGEST_REQUEST:
                self.close_connection = True
                self._answer(WitnessAnswer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "at most 65,536 bytes are read\n"))
                return
            self._answer(server.add_checkpoint(self.rfile.read(int(length)).decode(errors="replace")))

        def do_GET(self) -> None:
            origin, _, rest = self.path.removeprefix("/").partition("/")
            note = server.last(origin) if rest == CHECKPOINT else None
            self._answer(WitnessAnswer(HTTPStatus.NOT_FOUND) if note is None else WitnessAnswer(HTTPStatus.OK, note))

        def _answer(self, answer: WitnessAnswer) -> None:
            body = answer.body.encode()
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Write no access log: a witness has nothing to say of who asked."""

    listening = ThreadingHTTPServer((host, port), Handler)
    listening.daemon_threads = True
    return listening


def _signer(directory: Path) -> Signer:
    file = directory / _KEY
    if not file.exists():
        raise Failure(
            f"{file}不存在。请先运行 disclosure-ledger witness init。",
            f"{file} is not there. First run disclosure-ledger witness init.",
        )
    return parse_signer(read_text(file))


def _keys(given: Sequence[str], policy: Path | None) -> tuple[Verifier, ...]:
    keys = tuple(read_keys(given, read_policy(policy)))
    if not keys:
        raise Failure("请用--key或--policy给出台账的验证公钥。", "Name the log's verifier key by --key or --policy.")
    return keys


def _now_s(session: Session) -> int:
    return int(session.clock().timestamp())
