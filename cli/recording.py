"""``record`` and ``commands``: everything that may be asked of the Registry, at the operator's door.

One way in for every command: its data come as JSON, by the names that the Registry has for them, and the
rulebook judges them as it judges what comes through the service.
"""

import inspect
import mimetypes
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from sys import stdin
from typing import Annotated, Any

from cyclopts import Parameter
from rich.markup import escape
from rich.table import Table

from aggregates.deed import PUBLIC, Deed
from aggregates.posts import RIGHTS, posts_entitled
from aggregates.registry import Registry
from aggregates.terms import CommandName
from aggregates.vocabulary import COMMANDS, Command, Post
from cli.acting import CREDENTIAL, actor_for
from cli.failure import Failure, wrong_usage
from cli.session import Session, SessionOf
from ledger import canonical, instants
from ledger.append import Receipt
from ledger.entry import Actor
from ledger.ledger import Ledger

_ELSEWHERE = {Command.FOUND_DISTRICT: "found", Command.RECORD_HISTORIC: "import"}
"""Commands with a door of their own."""

_BY_NAME = {str(command): command for command in COMMANDS if command not in _ELSEWHERE}

_Stored = Annotated[list[str] | None, Parameter(name="--store", negative="")]


def record(
    command: str,
    /,
    *,
    session: SessionOf,
    officer: str | None = None,
    post: str | None = None,
    unit: str | None = None,
    data: str = "{}",
    store: _Stored = None,
    occurred_at: str | None = None,
    on_behalf_of: str | None = None,
    key: str | None = None,
) -> None:
    """以某人员的名义执行一项操作。Carry out any command of the rulebook in an officer's name.

    规则不允许的会被拒绝,并作为被拒操作记入台账(退出码1)。操作名称和字段见 commands。
    What the rules forbid is refused, and the attempt is recorded (exit code 1).  See ``commands`` for names and fields.

    :param command: 操作名称,如receive_request。The command's name, such as receive_request.
    :param officer: 人员编号;社会公众可用的操作可以省略。The officer's code; may be left out where the public may ask.
    :param post: 以何岗位;默认其有权的第一个岗位。The post to act in; default: the first one held that may.
    :param unit: 该岗位所在单位,与--post同用。The unit of that post; goes with --post.
    :param data: JSON对象、文件路径(@文件)或-(标准输入)。A JSON object, @FILE, or - for standard input.
    :param store: 字段=文件:把文件存入内容库并填入该字段,可多次。FIELD=FILE: store a file and put its reference there.
    :param occurred_at: 发生时间(带时区),默认现在;补录时用。When it happened, with its zone; default: now.
    :param on_behalf_of: 代表谁。On whose behalf.
    :param key: 幂等键:同键同内容只记录一次。Same key and same content are recorded once.
    """
    asked = _known(command)
    moment, held = _moment(session, occurred_at), _held(post, unit)
    with session.open_ledger(signed=True) as ledger:
        registry = Registry(ledger)
        try:
            actor = _actor(registry, asked, officer, held, moment)
            fields = _fields(data) | {name: _stored(ledger, path) for name, path in map(_assignment, store or [])}
            _check(asked, fields)
            command_id = None if key is None else f"{actor.officer}:{key}"
            receipt = getattr(registry, asked)(Deed(actor, moment, command_id, on_behalf_of=on_behalf_of), **fields)
            _tell(session, ledger, asked, receipt)
        finally:
            registry.close()


def list_commands(name: str | None = None, /, *, session: SessionOf) -> None:
    """列出全部操作、有权岗位和字段。List every command with the posts that may and the fields it takes.

    :param name: 只看这一项。Only this one.
    """
    chosen = list(_BY_NAME.values()) if name is None else [_known(name)]
    if session.json:
        session.print_json([_described(command) for command in chosen])
        return
    table = Table("操作 · command", "岗位 · posts", "字段 · fields")
    for command in chosen:
        posts = "、".join(post.zh for post in posts_entitled(command))
        table.add_row(f"{command}\n{command.zh} · {command.en}", posts, escape(_fields_in_words(command)))
    session.console.print(table)


def _known(name: str) -> CommandName:
    if name in _BY_NAME:
        return _BY_NAME[name]
    for command, door in _ELSEWHERE.items():
        if name == command:
            raise wrong_usage(f"请用 disclosure-ledger {door}。", f"Use disclosure-ledger {door}.")
    raise wrong_usage(
        f"没有名为“{name}”的操作，未作任何改动。全部操作见 disclosure-ledger commands。",
        f"There is no command {name!r}; nothing was done. disclosure-ledger commands lists them all.",
    )


def _moment(session: Session, text: str | None) -> datetime:
    if text is None:
        return session.clock()
    try:
        return instants.from_text(text)
    except ValueError:
        raise wrong_usage(
            f"--occurred-at“{text}”不是带时区的时间，如2025-09-26T15:00:00+08:00。未作任何改动。",
            f"--occurred-at {text!r} is no instant with its zone, as 2025-09-26T15:00:00+08:00. Nothing was done.",
        ) from None


def _held(post: str | None, unit: str | None) -> tuple[str, str] | None:
    if (post is None) != (unit is None):
        raise wrong_usage("--post与--unit须同时给出。", "--post and --unit go together.")
    return None if post is None or unit is None else (post, unit)


def _actor(
    registry: Registry, command: CommandName, officer: str | None, held: tuple[str, str] | None, moment: datetime
) -> Actor:
    if officer is None:
        if Post.CITIZEN in RIGHTS[command]:
            return PUBLIC
        raise wrong_usage(
            f"“{command.zh}”须由在岗人员办理，请用--officer指明。",
            f"To {command.en} takes an officer; name one with --officer.",
        )
    if held is not None:
        return Actor(officer, *held, CREDENTIAL)
    return actor_for(registry, officer, command, moment)


def _fields(data: str) -> dict[str, Any]:
    if data == "-":
        text = stdin.read()
    elif data.startswith("@"):
        text = Path(data[1:]).read_text(encoding="utf-8")
    else:
        text = data
    try:
        fields = canonical.decode_json(text)
    except canonical.NotCanonical as error:
        raise wrong_usage(
            f"--data不是可以记录的JSON：{error}", f"--data is no JSON that can be recorded: {error}"
        ) from None
    if not isinstance(fields, dict):
        raise wrong_usage("--data须为JSON对象。", "--data must be a JSON object.")
    return fields


def _assignment(text: str) -> tuple[str, Path]:
    name, equals, path = text.partition("=")
    if not equals or not name or not path:
        raise wrong_usage(f"--store“{text}”须写成 字段=文件。", f"--store {text!r} must be FIELD=FILE.")
    return name, Path(path)


def _stored(ledger: Ledger, path: Path) -> dict[str, Any]:
    """Store a file; what no event refers to yet does no harm in the store."""
    reference = ledger.contents.put(path.read_bytes())
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return {"sha256": reference.sha256, "size": reference.size, "media_type": media_type, "name": path.name}


def _parameters(command: CommandName) -> Mapping[str, inspect.Parameter]:
    parameters = inspect.signature(getattr(Registry, command)).parameters
    return {name: one for name, one in parameters.items() if name not in {"self", "deed"}}


def _check(command: CommandName, fields: Mapping[str, Any]) -> None:
    known = _parameters(command)
    unknown = sorted(fields.keys() - known.keys())
    missing = sorted(name for name, one in known.items() if one.default is one.empty and name not in fields)
    if not unknown and not missing:
        return
    raise Failure(
        f"“{command.zh}”的字段不对：不认识{unknown or '—'}，缺少{missing or '—'}。未作任何改动。"
        f"字段见 disclosure-ledger commands {command}。",
        f"The fields do not fit {command}: unknown {unknown or '—'}, missing {missing or '—'}. Nothing was done. "
        f"disclosure-ledger commands {command} shows them.",
    )


def _tell(session: Session, ledger: Ledger, command: CommandName, receipt: Receipt) -> None:
    entries = [ledger.entry(position) for position in receipt.positions]
    if session.json:
        events = [
            {
                "position": entry.position,
                "type": entry.type,
                "stream": entry.stream,
                "version": entry.version,
                "flags": _flags(entry.data),
            }
            for entry in entries
        ]
        session.print_json({"command": str(command), "replayed": receipt.replayed, "events": events})
        return
    for entry in entries:
        flagged = f"  ⚑ {', '.join(_flags(entry.data))}" if _flags(entry.data) else ""
        session.console.print(f"{entry.position}  {entry.type}  {entry.stream}{flagged}", markup=False, soft_wrap=True)


def _flags(data: Any) -> list[str]:
    flags = data.get("flags") if isinstance(data, dict) else None
    return [str(flag) for flag in flags] if isinstance(flags, list) else []


def _described(command: CommandName) -> dict[str, Any]:
    rights = RIGHTS.get(command, {})
    return {
        "command": str(command),
        "zh": command.zh,
        "en": command.en,
        "posts": {str(post): reach.name for post, reach in rights.items()},
        "fields": {name: one.default is one.empty for name, one in _parameters(command).items()},
    }


def _fields_in_words(command: CommandName) -> str:
    return " ".join(name if one.default is one.empty else f"[{name}]" for name, one in _parameters(command).items())
