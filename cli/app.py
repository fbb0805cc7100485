"""The program ``disclosure-ledger``: its commands, its global options, and what its exit code says.

Exit codes: 0 only when all is well; 1 when something is not (a fault found, a row rejected, a database
away); 2 for a command line that makes no sense; 130 when interrupted.
"""

import os
import sys
from collections.abc import Sequence
from importlib.metadata import version
from typing import Annotated, Any

from cyclopts import App, Parameter
from cyclopts.exceptions import CycloptsError

from cli.annual_checking import check_annual_report
from cli.annual_reporting import report_annual
from cli.benchmarking import bench
from cli.comparing import compare
from cli.demonstrating import demo
from cli.differing import diff
from cli.exporting import export
from cli.failure import EXPECTED, WRONG_USAGE, Failure, failure_of
from cli.founding import found
from cli.importing import import_register
from cli.log_keys import tlog
from cli.migration import migrate
from cli.obligations import obligations
from cli.packaging import evidence
from cli.projecting import project, rebuild, retry, show_projections
from cli.recording import list_commands, record
from cli.replaying import replay
from cli.searching import search
from cli.serving import serve
from cli.session import Session
from cli.stamping import stamp
from cli.texts import import_texts
from cli.tokens import issue, revoke, show
from cli.verifying import verify
from cli.witnessing import witness

INTERRUPTED = 130
_PIPE_CLOSED = 141

_DIGEST = """\
政务公开台账：运行、建账、导入、核验、重放、导出。
The Disclosure Ledger at the operator's door: serve, found, import, verify, replay, export.
"""

app = App(
    name="disclosure-ledger",
    help=_DIGEST,
    help_format="plaintext",
    version=lambda: version("disclosure-ledger"),
    result_action="return_value",
    suppress_keyboard_interrupt=False,
)
app.meta.result_action = "return_value"
app.meta.suppress_keyboard_interrupt = False
reporter = App(name="report", help="由台账编制报告。Reports from the ledger.")
checker = App(name="check", help="核对外来表格。Check tables from elsewhere.")
token = App(name="token", help="接口令牌：签发、列出、吊销。Bearer tokens of officers: issue, list, revoke.")

app.command(serve, name="serve")
app.command(project, name="project")
app.command(demo, name="demo")
app.command(migrate, name="migrate")
app.command(found, name="found")
app.command(record, name="record")
app.command(list_commands, name="commands")
app.command(import_register, name="import")
app.command(import_texts, name="import-texts")
app.command(verify, name="verify")
app.command(compare, name="compare")
app.command(evidence, name="evidence")
checker.command(check_annual_report, name="annual-report")
app.command(checker)
reporter.command(report_annual, name="annual")
app.command(reporter)
tlog.command(stamp, name="stamp")
app.command(tlog)
app.command(witness)
app.command(replay, name="replay")
app.command(diff, name="diff")
app.command(search, name="search")
app.command(obligations, name="obligations")
app.command(export, name="export")
app.command(show_projections, name="projections")
app.command(rebuild, name="rebuild")
app.command(retry, name="retry")
app.command(bench, name="bench")
token.command(issue, name="issue")
token.command(show, name="list")
token.command(revoke, name="revoke")
app.command(token)


@app.meta.default
def _launch(
    *tokens: Annotated[str, Parameter(show=False, allow_leading_hyphen=True)],
    database: str | None = None,
    json: Annotated[bool, Parameter(negative="")] = False,
) -> int:
    """Run one command; both options may stand before or after it.

    :param database: 数据库地址或SQLite文件，默认取环境变量LEDGER_DATABASE_URL，再默认./disclosure-ledger.db。
        Address of the database or path of a SQLite file; default: LEDGER_DATABASE_URL, then ./disclosure-ledger.db.
    :param json: 结果以JSON输出，供程序读取。Results as JSON, for programs.
    """
    session = _session(database, json=json)
    command, bound, ignored = app.parse_args(tokens, exit_on_error=False, print_error=False)
    handed: dict[str, Any] = {"session": session} if "session" in ignored else {}
    try:
        return command(*bound.args, **bound.kwargs, **handed) or 0
    except BrokenPipeError:
        raise
    except (Failure, *EXPECTED) as error:
        return _tell(session, failure_of(error, session.shown_url))


def _session(database: str | None, *, json: bool) -> Session:
    try:
        return Session.from_environment(database, json=json)
    except OSError as error:
        failure = failure_of(error, "")
        raise SystemExit(_tell(Session("", json=json), failure)) from None


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the program with these arguments, or those of the process; answers the exit code."""
    try:
        return int(app.meta(arguments, exit_on_error=False, print_error=False) or 0)
    except CycloptsError as error:
        sys.stderr.write(f"命令行有误，未作任何改动。The command line makes no sense; nothing was done.\n{error}\n")
        return WRONG_USAGE
    except KeyboardInterrupt:
        sys.stderr.write("已中断。Interrupted.\n")
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output wanted no more.  Nothing must be flushed into the closed pipe at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _PIPE_CLOSED


def _tell(session: Session, failure: Failure) -> int:
    session.note(failure.sentence_zh, failure.sentence_en)
    return failure.exit_code


def main() -> None:
    """Entry point of the console script."""
    sys.exit(run())
