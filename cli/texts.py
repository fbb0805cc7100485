"""``import-texts``: original texts become documents of the ledger, through every step that the rules ask for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from aggregates.deed import CHINA, Deed
from aggregates.registry import Registry
from aggregates.vocabulary import Attribute, AttributeConclusion, Command, Phase, SecrecyConclusion
from cli.acting import actor_for
from cli.failure import Failure
from cli.progress import progress
from cli.session import Session, SessionOf
from ledger.append import Receipt
from ledger.ledger import Ledger

_MEDIA_TYPES = {".md": "text/markdown", ".markdown": "text/markdown", ".txt": "text/plain"}
_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,12}〔\d{4}〕\d+号")
_HEADING = re.compile(r"^#\s+(.+)$", re.MULTILINE)
_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_DAY_IN_NAME = re.compile(r"\((\d{4})-(\d{2})-(\d{2})\)$")
_PATH_LINE = re.compile(r"^首页\s*>")
_LONGEST_TITLE = 300
_HEAD = 400


def import_texts(
    *files: Path,
    session: SessionOf,
    unit: str,
    drafter: str,
    reviewer: str,
    approver: str,
    secrecy_reviewer: str,
    publisher: str,
    channel: Annotated[list[str], Parameter(negative="")],
    theme: str | None = None,
    phase: Phase | None = None,
) -> None:
    """原文入账:拟稿、认定、审查、报批、批准、保密审查、发布,一步不少。Original texts, through every step.

    标题取一级标题或首行,文号、成文日期取自正文。同一原文重复导入不会重复记录。
    The title is the first heading or line; number and date are read from the text.  The bytes are stored as they
    are.  The same text imported again is not recorded again.

    :param files: .md或.txt文件。The files, .md or .txt.
    :param unit: 制发单位。The issuing unit.
    :param drafter: 拟稿人。The drafter.
    :param reviewer: 公开属性审核人。The reviewer of the attribute.
    :param approver: 批准人。The approver.
    :param secrecy_reviewer: 保密审查员。The secrecy reviewer.
    :param publisher: 发布人员。The publisher.
    :param channel: 发布渠道(可多个)。The channels, one or more.
    :param theme: 主题分类。The theme.
    :param phase: 五公开分类。The phase: decision, execution, administration, service or result.
    """
    texts = [_read(file) for file in files]
    if not texts:
        raise Failure("没有写明文件。未作任何改动。", "No file was named. Nothing was changed.", exit_code=2)
    hands = _Hands(drafter, reviewer, approver, secrecy_reviewer, publisher)
    with session.open_ledger(signed=True) as ledger, progress(session, "原文 · texts", len(texts)) as done:
        chain = _Chain(session, ledger, hands, unit=unit, channels=channel, theme=theme, phase=phase)
        for count, text in enumerate(texts, start=1):
            receipt = chain.publish(text)
            _report(session, text, receipt)
            done(count)


@dataclass(frozen=True, slots=True)
class _Hands:
    """Whose hands a text goes through."""

    drafter: str
    reviewer: str
    approver: str
    secrecy_reviewer: str
    publisher: str


@dataclass(frozen=True, slots=True)
class _Text:
    """An original text and what it says of itself."""

    file: Path
    content: bytes
    title: str
    document_number: str | None
    written_on: str | None

    @property
    def sha256(self) -> str:
        return sha256(self.content).hexdigest()

    @property
    def item(self) -> str:
        """The item's number, made from the bytes: the same text is the same item."""
        return f"T-{self.sha256[:16]}"

    @property
    def reference(self) -> dict[str, Any]:
        media_type = _MEDIA_TYPES[self.file.suffix.lower()]
        return {"sha256": self.sha256, "size": len(self.content), "media_type": media_type, "name": self.file.name}


def _read(file: Path) -> _Text:
    if file.suffix.lower() not in _MEDIA_TYPES:
        raise Failure(
            f"{file.name}不是.md或.txt。未作任何改动。", f"{file.name} is neither .md nor .txt. Nothing was changed."
        )
    content = file.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Failure(
            f"{file.name}不是UTF-8（第{error.start}字节处）。未作任何改动。",
            f"{file.name} is not UTF-8 (at byte {error.start}). Nothing was changed.",
        ) from None
    # Further down, a text cites the numbers of others.
    number = _NUMBER.search(text[:_HEAD])
    return _Text(file, content, _title_of(file, text), None if number is None else number[0], _day_of(file, text))


def _title_of(file: Path, text: str) -> str:
    """The first heading; without one, the first line that is more than the way through a site to it."""
    heading = _HEADING.search(text)
    if heading is not None:
        return heading[1].strip()
    lines = [line.strip() for line in text.splitlines() if line.strip() and not _PATH_LINE.match(line)]
    if not lines:
        raise Failure(f"{file.name}是空的。未作任何改动。", f"{file.name} is empty. Nothing was changed.")
    return lines[0][:_LONGEST_TITLE]


def _day_of(file: Path, text: str) -> str | None:
    """The day in the file's name, which tells versions apart; else the first one written out in the text."""
    named = _DAY_IN_NAME.search(file.stem)
    for found in [*([named] if named else []), *_DAY.finditer(text)]:
        try:
            return date(*(int(part) for part in found.groups())).isoformat()
        except ValueError:
            continue
    return None


class _Chain:
    """The steps from draft to publication, each in its officer's name; repeated, they change nothing."""

    def __init__(
        self,
        session: Session,
        ledger: Ledger,
        hands: _Hands,
        *,
        unit: str,
        channels: Sequence[str],
        theme: str | None,
        phase: Phase | None,
    ) -> None:
        self._clock, self._ledger, self._registry = session.clock, ledger, Registry(ledger)
        self._hands, self._unit, self._channels = hands, unit, list(channels)
        self._theme, self._phase = theme, None if phase is None else str(phase)

    def publish(self, text: _Text) -> Receipt:
        """Take a text through all steps; answers the receipt of the last."""
        self._ledger.contents.put(text.content)
        self._draft(text)
        self._decide(text)
        return self._do(
            Command.PUBLISH_INFORMATION, self._hands.publisher, text, {"item": text.item, "channels": self._channels}
        )

    def _draft(self, text: _Text) -> None:
        drafted = {
            "item": text.item,
            "unit": self._unit,
            "title": text.title,
            "content": text.reference,
            "document_number": text.document_number,
            "written_on": text.written_on,
            "theme": self._theme,
            "phase": self._phase,
        }
        self._do(Command.DRAFT_DOCUMENT, self._hands.drafter, text, drafted)

    def _decide(self, text: _Text) -> None:
        hands, item = self._hands, {"item": text.item}
        proactive = {**item, "attribute": str(Attribute.PROACTIVE)}
        self._do(Command.DETERMINE_DISCLOSURE_ATTRIBUTE, hands.drafter, text, proactive)
        confirmed = {**item, "conclusion": str(AttributeConclusion.CONFIRMED)}
        self._do(Command.REVIEW_DISCLOSURE_ATTRIBUTE, hands.reviewer, text, confirmed)
        self._do(Command.SUBMIT_DRAFT_FOR_APPROVAL, hands.drafter, text, item)
        self._do(Command.APPROVE_DOCUMENT, hands.approver, text, item)
        cleared = {**item, "conclusion": str(SecrecyConclusion.CLEARED), "ground": "原文为已公布的文件"}
        self._do(Command.CONDUCT_SECRECY_REVIEW, hands.secrecy_reviewer, text, cleared)

    def _do(self, command: Command, officer: str, text: _Text, arguments: dict[str, Any]) -> Receipt:
        now: datetime = self._clock()
        deed = Deed(
            actor_for(self._registry, officer, command, now),
            now.astimezone(CHINA),
            command_id=f"text-{text.sha256[:32]}-{command}",
            correlation_id=text.item,
        )
        carry_out = getattr(self._registry, str(command))
        receipt: Receipt = carry_out(deed, **arguments)
        return receipt


def _report(session: Session, text: _Text, receipt: Receipt) -> None:
    if session.json:
        session.print_json(
            {
                "file": text.file.name,
                "item": text.item,
                "title": text.title,
                "document_number": text.document_number,
                "written_on": text.written_on,
                "sha256": text.sha256,
                "position": receipt.position,
                "known_before": receipt.replayed,
            }
        )
        return
    state = "早已在账 · known before" if receipt.replayed else "已发布 · published"
    session.console.print(f"{state}  {receipt.position}  {text.item}  {text.title}", markup=False, soft_wrap=True)
