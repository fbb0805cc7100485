"""``tlog``: the log as static files that a stick can carry, and the keys to check them with."""

from pathlib import Path

from cyclopts import App

from cli.failure import Failure
from cli.progress import progress
from cli.session import SessionOf
from ledger.audit_published import export_tiles
from ledger.keyring import open_keys

tlog = App(name="tlog", help="可验证日志:导出静态文件、显示公钥。The log as static files, and its keys.")


@tlog.command(name="export")
def export_directory(directory: Path, *, session: SessionOf) -> None:
    """导出为C2SP tlog-tiles静态目录,可拷入U盘独立核验。Export as static tiles; full tiles are written once.

    再次导出只补新增部分;检查点最后写入。A second export adds what is new; the checkpoint is written last.

    :param directory: 目标目录。The directory to write to.
    """
    with session.open_ledger(signed=True) as ledger:
        with progress(session, "导出 · export", None) as advance:
            checkpoint = export_tiles(ledger.published, directory, advance)
        if checkpoint is None:
            raise unsigned()
        keys = [] if ledger.signer is None else [key.to_text() for key in ledger.signer.verifiers]
    if session.json:
        session.print_json({"directory": str(directory), "size": checkpoint.size, "root": checkpoint.root.hex()})
        return
    session.console.print(f"{directory}: {checkpoint.size:,} 条 · entries, 根哈希 · root {checkpoint.root.hex()}")
    for key in keys:
        session.console.print(f"公钥 · key {key}", markup=False, soft_wrap=True)


@tlog.command(name="init")
def initialise(directory: Path, *, session: SessionOf, origin: str, post_quantum: bool = False) -> None:
    """启用前生成签名密钥,显示公钥,供见证和检查人员留存。Make the log's keys before its first start; shows the public half.

    已有密钥则只显示。Where there are keys already they are only shown.

    :param directory: 签名目录,与数据库分开保存。The signing directory, apart from the database.
    :param origin: 台账签名所用的名称,即其地址,不含协议。The name the log signs under: its address without scheme.
    :param post_quantum: 另生成ML-DSA-44密钥。Also make an ML-DSA-44 key.
    """
    keys, made = open_keys(directory, origin, post_quantum=post_quantum)
    if not made:
        session.note(f"{directory}已有密钥,未作改动。", f"{directory} has keys already; nothing was changed.")
    for verifier in keys.verifiers:
        session.console.print(verifier.to_text(), markup=False, soft_wrap=True)


@tlog.command(name="checkpoint")
def show_checkpoint(*, session: SessionOf, output: Path | None = None) -> None:
    """显示最新签名检查点(含联署),供留存。Show the newest signed checkpoint, cosignatures included, for keeping.

    :param output: 写入的文件,默认标准输出。File to write; default standard output.
    """
    with session.open_ledger(signed=True) as ledger:
        note = ledger.published.checkpoint()
    if note is None:
        raise unsigned()
    if output is not None:
        output.write_text(note, encoding="utf-8")
    else:
        session.console.print(note, end="", markup=False, highlight=False, soft_wrap=True)


def unsigned() -> Failure:
    """The log has no keys: nothing of it can be shown as signed."""
    return Failure(
        "台账没有签名。请设LEDGER_SIGNING_DIRECTORY指明签名目录(与数据库分开保存)后再试。",
        "The log is not signed. Name a signing directory, apart from the database, in LEDGER_SIGNING_DIRECTORY.",
    )
