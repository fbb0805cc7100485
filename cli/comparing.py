"""``compare``: two checkpoints, or two logs, held against each other; a fork yields its evidence."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from cli.checking import published_source, read_keys, read_policy, read_text
from cli.failure import Failure
from cli.session import SessionOf
from ledger.audit_published import CHECKPOINT, Source, compare_checkpoints, consistency_of, rotations_of
from ledger.checkpoint import parse_checkpoint
from ledger.note import KeyRefused, Verifier, parse_note
from ledger.rotation import Rotation


def compare(
    one: str,
    other: str,
    *,
    session: SessionOf,
    key: Annotated[Sequence[str], Parameter(negative="")] = (),
    policy: Path | None = None,
    log: str | None = None,
    evidence: Path | None = None,
) -> int:
    """比对两个检查点或两份台账;有分叉则给出两份签名作证据。Compare two checkpoints or logs; a fork yields both notes.

    同一台账的两个检查点,大的必须延续小的;否则就是同一把密钥签下了两个过去。
    Of two checkpoints of one log the larger must continue the smaller; if not, one key has signed two pasts.

    :param one: 检查点文件、导出的目录或网址。A checkpoint's file, an exported directory, or an address.
    :param other: 另一个。The other one.
    :param key: 台账的验证公钥或其文件,新旧均可。The log's verifier key or a file of it, of whatever time.
    :param policy: 写有公钥的策略文件。A policy file that names the key.
    :param log: 用哪份台账(目录或网址)的瓦片证明延续。The log (directory or address) whose tiles prove the continuation.
    :param evidence: 分叉证据写入的目录。Directory to write the evidence of a fork to.
    """
    keys: list[Verifier] = read_keys(key, read_policy(policy))
    sources = [source for target in (log, one, other) if target and (source := published_source(target)) is not None]
    compared = compare_checkpoints(_checkpoint(one), _checkpoint(other), keys, _prover(sources), _rotations(sources))
    told = {
        "origin": compared.older.origin,
        "sizes": [compared.older.size, compared.newer.size],
        "signatures_checked": bool(keys),
        "fork": compared.fork,
        "evidence": None,
    }
    if compared.evidence is not None and evidence is not None:
        evidence.mkdir(parents=True, exist_ok=True)
        for name, note in zip(("one.checkpoint", "other.checkpoint"), compared.evidence, strict=True):
            (evidence / name).write_text(note, encoding="utf-8")
        told["evidence"] = str(evidence)
    if session.json:
        session.print_json({**told, "notes": list(compared.evidence or ())})
    elif compared.fork is None:
        session.console.print(
            f"{told['origin']}: {compared.older.size:,} → {compared.newer.size:,}  同一个过去 · one past", style="green"
        )
    else:
        session.console.print(f"{told['origin']}: 分叉 · FORK: {compared.fork}", style="bold red", markup=False)
        for note in compared.evidence or ():
            session.console.print(note, markup=False, highlight=False, soft_wrap=True)
    return 0 if compared.fork is None else 1


def _checkpoint(target: str) -> str:
    source = published_source(target)
    return read_text(Path(target)) if source is None else source.read(CHECKPOINT).decode(errors="replace")


def _rotations(sources: Sequence[Source]) -> list[Rotation]:
    """How the log's keys vouch for one another, from whichever log at hand tells the most of it."""
    try:
        return max((rotations_of(source) for source in sources), key=len, default=[])
    except KeyRefused as error:
        raise Failure(f"台账的公钥文件读不出来:{error}。", f"The log's file of keys cannot be read: {error}.") from None


def _prover(sources: Sequence[Source]) -> Callable[[int, int], Sequence[bytes]] | None:
    """Proofs from the largest of the logs at hand."""
    if not sources:
        return None
    sized = [(parse_checkpoint(parse_note(source.read(CHECKPOINT).decode()).text).size, source) for source in sources]
    size, source = max(sized, key=lambda item: item[0])
    prove = consistency_of(source, size)

    def proved(first: int, second: int) -> Sequence[bytes]:
        if second > size:
            raise Failure(
                f"手头的台账只有{size}条,证明不了{second}条的延续。请用--log指明更长的那份。",
                f"The log at hand has {size} entries and cannot prove a tree of {second}; name the longer one by --log.",
            )
        return prove(first, second)

    return proved
