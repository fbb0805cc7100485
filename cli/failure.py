"""An expected failure: sentences for the operator instead of a stack trace."""

from pathlib import Path

from sqlalchemy.exc import DBAPIError

from aggregates.refusal import Refusal
from ledger.database import UnusableDatabaseUrl
from ledger.errors import IntegrityFault, LedgerError
from projections.errors import ProjectionError

EXPECTED = (LedgerError, ProjectionError, Refusal, UnusableDatabaseUrl, DBAPIError, OSError)
"""What may go wrong without anybody having made a mistake in this program."""

WRONG_USAGE = 2
"""Exit code of a command line that makes no sense; every other failure is 1."""


class Failure(Exception):
    """The command could not do what was asked; the sentences say what stands now and what to do."""

    def __init__(self, sentence_zh: str, sentence_en: str, *, exit_code: int = 1) -> None:
        super().__init__(f"{sentence_zh}\n{sentence_en}")
        self.sentence_zh, self.sentence_en = sentence_zh, sentence_en
        self.exit_code = exit_code


def wrong_usage(zh: str, en: str) -> Failure:
    """A command line that makes no sense; nothing was begun."""
    return Failure(zh, en, exit_code=WRONG_USAGE)


def failure_of(error: BaseException, database: str) -> Failure:
    """The operator's sentences for an expected error; ``database`` is its address without the password."""
    match error:
        case Failure():
            return error
        case Refusal(sentence_zh=zh, sentence_en=en, code=code, article=article):
            return Failure(f"{zh}（{code}，依据{article}）", f"{en} ({code}, rule {article})")
        case IntegrityFault():
            return Failure(
                "台账的记录与写下时不一致，请立即保全现场并报告；不要继续写入。",
                f"The record is not as written. {error}",
            )
        case DBAPIError():
            return _of_database(error, database)
        case OSError():
            return _of_system(error)
        case _:
            return Failure("未能完成，原因如下。", str(error))


def _of_database(error: DBAPIError, database: str) -> Failure:
    reason = str(error.orig).strip().splitlines()[0] if error.orig is not None else type(error).__name__
    return Failure(
        f"数据库{database}没有照办：{reason}。请检查地址、口令、权限，以及数据库是否在运行；已收到回执的记录不受影响。",
        f"The database {database} did not do it: {reason}. Check the address, the password, the privileges and "
        "whether it is running; what has a receipt is not affected.",
    )


def _of_system(error: OSError) -> Failure:
    place = Path(str(error.filename)).name if error.filename else ""
    reason = error.strerror or type(error).__name__
    return Failure(f"文件{place}无法读写：{reason}。", f"The file {place} cannot be read or written: {reason}.")
