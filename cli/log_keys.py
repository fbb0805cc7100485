"""``tlog key`` and ``tlog rotate-key``: the keys that the log is and was signed with, and how they are changed."""

from typing import Annotated

from cyclopts import Parameter

from aggregates.deed import Deed
from aggregates.log_keys.words import LogKeyCommand
from aggregates.registry import Registry
from cli.acting import actor_for
from cli.session import Session, SessionOf
from cli.tiles import tlog, unsigned
from ledger.append import Receipt
from ledger.ledger import Ledger
from ledger.recorded_rotations import published_keys
from ledger.rotation import KeyHistory

__all__ = ["tlog"]

_Flag = Annotated[bool, Parameter(negative="")]


@tlog.command(name="key")
def show_key(*, session: SessionOf, history: _Flag = False) -> None:
    """显示验证公钥,供检查人员留存。Show the verifier keys for inspectors to pin.

    :param history: 并列出历次公钥及其起止位置。Also list every earlier key, with the positions it signed from and to.
    """
    with session.open_ledger(signed=True) as ledger:
        keys = _history(ledger)
    if session.json:
        session.print_json(published_keys(keys))
        return
    for key in keys.now:
        session.console.print(key.to_text(), markup=False, soft_wrap=True)
    if history:
        _print_history(keys, session)
    elif keys.rotations:
        session.note(
            f"密钥已更换{len(keys.rotations)}次，历次公钥见 tlog key --history。",
            f"The keys have been changed {len(keys.rotations)} times; tlog key --history lists them all.",
        )


@tlog.command(name="rotate-key")
def rotate_key(
    *, session: SessionOf, officer: str, ground: str, key: str | None = None, post_quantum: _Flag = False
) -> None:
    """更换签名密钥:旧密钥为新密钥作保,记入台账。Change the log's keys: the old ones vouch for the new, on the record.

    服务运行时也可执行:同用一个签名目录的各进程随即改用新密钥。须在签名目录所在的机器上执行。
    May be done while the service runs: every process on the same signing directory signs with the new keys from
    there on.  Run it on the machine that holds the signing directory.

    :param officer: 以哪位系统管理员的名义。The administrator in whose name.
    :param ground: 更换理由。Why they are changed.
    :param key: 拟更换的密钥编号(八位),默认现行密钥。The id of the key to replace; default: the one in force.
    :param post_quantum: 新密钥另含ML-DSA-44。The new keys include an ML-DSA-44 key; as LEDGER_POST_QUANTUM does.
    """
    with session.open_ledger(signed=True) as ledger:
        before = _history(ledger)
        assert ledger.signer is not None, "a log with a history of keys has a signer"
        ledger.signer.post_quantum |= post_quantum
        receipt = _rotated(session, ledger, officer, key or before.now[0].key_id.hex(), ground)
        after = _history(ledger)
    if session.json:
        told = published_keys(after) | {"position": receipt.position, "checkpoint": receipt.checkpoint}
        session.print_json(told)
        return
    _tell(session, receipt, after)


def _rotated(session: Session, ledger: Ledger, officer: str, key: str, ground: str) -> Receipt:
    registry, now = Registry(ledger), session.clock()
    actor = actor_for(registry, officer, LogKeyCommand.ROTATE_LOG_KEY, now)
    try:
        return registry.rotate_log_key(Deed(actor, now), key=key, ground=ground)
    finally:
        registry.close()


def _history(ledger: Ledger) -> KeyHistory:
    history = ledger.key_history()
    if history is None:
        raise unsigned()
    return history


def _print_history(keys: KeyHistory, session: Session) -> None:
    for epoch in published_keys(keys)["history"]:
        last = epoch["until_position"] or "…"
        for key in epoch["verifier_keys"]:
            session.console.print(f"{epoch['from_position']}–{last}  {key}", markup=False, soft_wrap=True)


def _tell(session: Session, receipt: Receipt, keys: KeyHistory) -> None:
    out, old = session.console, keys.rotations[-1].statement.old
    out.print(f"位置 · position {receipt.position}: {old[0].key_id.hex()} → {keys.now[0].key_id.hex()}")
    for key in keys.now:
        out.print(f"新公钥 · new key {key.to_text()}", markup=False, soft_wrap=True)
    session.note(
        "请把新公钥分发给检查人员，并请各见证把它加入配置(与旧公钥并存，台账再次得到联署后移除旧公钥)。旧私钥留在签名目录，"
        "不再用于签名；如因泄露而更换，请立即通知所有留存旧公钥的人。",
        "Hand the new key to the inspectors, and have every witness add it to its configuration (beside the old one, "
        "which goes once the log is cosigned again). The old private key stays in the signing directory and signs "
        "nothing more; if it was changed because it leaked, tell everybody who holds the old public key at once.",
    )
