"""The desk of one decision: the files it reads, the files it writes in, and who is sitting at it.

Every file that was read goes into the command as an expectation: the ledger records the decision only
if none of them has moved since (two-stream consistency).  So a decision may be made from remembered
files; it is never recorded on outdated ones.
"""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar, cast

from aggregates import fields
from aggregates.base import LedgerEvent, Record
from aggregates.channel import Channel
from aggregates.deed import PUBLIC, Deed
from aggregates.document import Document
from aggregates.officer import Officer
from aggregates.organisation.persons import PersonFile, Persons
from aggregates.posts import RIGHTS, Reach, posts_entitled
from aggregates.publication import Publication
from aggregates.refusal import RefusalCode, refuse
from aggregates.ruleset import Rules, Ruleset
from aggregates.terms import CommandName
from aggregates.unit import Unit
from aggregates.vocabulary import Post, label
from aggregates.workflow import Workflow
from ledger.errors import VersionConflict
from ledger.personal import PersonalValue

AnyRecord = TypeVar("AnyRecord", bound=Record)

Data = dict[str, Any]
"""A command's data by field, as it was asked."""


class Shelf(Protocol):
    """Where the desk gets its files from; nobody writes in them, whoever wants to takes a copy."""

    def __call__(self, kind: type[AnyRecord], stream: str, *, likely_new: bool = False) -> AnyRecord:
        """The file of a kind in a stream; one that is ``likely_new`` need not be looked for."""
        ...


DISTRICT = "district"
"""The identifier of what the district has one of: its platform, its rulesets."""


@dataclass(frozen=True, slots=True)
class Order:
    """One command as it was asked: what, by whom, about what, with which data.

    ``subject`` is what an attempt is filed under; ``target`` the stream that ``expected_version`` is about.
    ``attempt_id`` begins the command id under which a refusal is kept, where that is not the command's
    own: so that what was refused once can be asked again.
    """

    command: CommandName
    deed: Deed
    subject: str
    data: Mapping[str, Any] = field(default_factory=dict)
    target: str = ""
    expected_version: int | None = None
    attempt_id: str | None = None


class Desk:
    """What one decision sees and writes; thrown away afterwards."""

    def __init__(self, order: Order, shelf: Shelf) -> None:
        self._order, self._shelf = order, shelf
        self._read: dict[str, Record] = {}
        self._opened: dict[str, Record] = {}
        self.personal: list[PersonalValue] = []
        self.deed = order.deed

    # ── files ─────────────────────────────────────────────────────────────────────────────────────

    def read(self, kind: type[AnyRecord], identifier: str) -> AnyRecord:
        """A file to look into; what is decided holds only as long as it stands as it is."""
        stream = kind.stream_of(fields.code(identifier, kind.IDENTIFIER))
        if stream in self._opened:
            return cast("AnyRecord", self._opened[stream])
        if stream not in self._read:
            self._read[stream] = self._shelf(kind, stream)
        return cast("AnyRecord", self._read[stream])

    def open(self, kind: type[AnyRecord], identifier: str, *, likely_new: bool = False) -> AnyRecord:
        """A file to write in.  Raises VersionConflict when it is not at the version the caller saw.

        A file that is ``likely_new`` is taken for empty where this process does not know better; if it
        was not, the append finds out and the decision is made anew.
        """
        stream = kind.stream_of(fields.code(identifier, kind.IDENTIFIER))
        if stream not in self._opened:
            # What was read before is what will be written in: nothing may slip in between.
            file = self._read.pop(stream, None) or self._shelf(kind, stream, likely_new=likely_new)
            self._opened[stream] = deepcopy(file)
            self._check_expected_version(self._opened[stream])
        return cast("AnyRecord", self._opened[stream])

    def _check_expected_version(self, file: Record) -> None:
        expected = self._order.expected_version
        if expected is not None and file.stream == self._order.target and file.version != expected:
            raise VersionConflict(file.stream, expected, file.version)

    @property
    def opened(self) -> list[Record]:
        """The files that were opened to write in."""
        return list(self._opened.values())

    @property
    def expects(self) -> dict[str, int]:
        """The versions at which the files that were only read must still stand."""
        return {stream: file.version for stream, file in self._read.items()}

    def written(self) -> list[LedgerEvent]:
        """Everything that was decided, file by file."""
        return [event for file in self.opened for event in file.written()]

    # ── who acts, under which rules ───────────────────────────────────────────────────────────────

    @property
    def rules(self) -> Rules:
        """The rules in force on the deed's day."""
        return self.read(Ruleset, DISTRICT).in_force_on(self.deed.day)

    @property
    def command(self) -> CommandName:
        """What is asked."""
        return self._order.command

    @property
    def persons(self) -> Persons:
        """Which officer codes are one person, as far as it was declared."""
        return self.read(PersonFile, DISTRICT).persons

    @property
    def acting_unit(self) -> Unit:
        """The unit in which the officer acts."""
        return self.read(Unit, self.deed.unit)

    def cite_rules(self) -> None:
        """From here on the deed cites the ruleset and the acting unit's workflow in force at its time."""
        workflow = self.read(Workflow, self.deed.unit).in_force_at(self.deed.occurred_at)
        self.deed = self.deed.under(self.rules.citation, workflow)

    def entitle(self) -> None:
        """Refuse whoever does not hold the post at that moment, or whose post has no such right."""
        self.cite_rules()
        self._refuse_post_not_held()
        if self.deed.actor != PUBLIC:
            self.require_unit(self.deed.unit)
        if self._reach() is None:
            raise self.not_entitled(posts_entitled(self._order.command))

    def _refuse_post_not_held(self) -> None:
        actor, day = self.deed.actor, self.deed.day
        if actor == PUBLIC:
            return
        if not self.read(Officer, actor.officer).holds(actor.post, actor.unit, day):
            raise refuse(
                RefusalCode.POST_NOT_HELD,
                officer=actor.officer,
                unit=actor.unit,
                post=actor.post,
                post_zh=label("post", actor.post).zh,
                day=day,
            )

    def _reach(self) -> Reach | None:
        rights = RIGHTS[self._order.command]
        return next((reach for post, reach in rights.items() if post == self.deed.actor.post), None)

    def not_entitled(self, entitled: list[Post]) -> Exception:
        """The refusal of a post without the right; ``entitled`` are those that have it."""
        command = self._order.command
        return refuse(
            RefusalCode.POST_NOT_ENTITLED,
            post=self.deed.actor.post,
            post_zh=label("post", self.deed.actor.post).zh,
            command=str(command),
            command_zh=command.zh,
            command_en=command.en,
            entitled=", ".join(entitled),
            entitled_zh="、".join(post.zh for post in entitled),
        )

    def reaches(self, unit: str | None, *, for_government: bool = False) -> bool:
        """Whether the officer's post extends to the affairs of a unit (None: of no unit of the district)."""
        reach, is_own = self._reach(), unit == self.deed.unit
        is_office = self.acting_unit.is_district_office
        match reach:
            case Reach.EVERYWHERE:
                return True
            case Reach.DISTRICT_OFFICE:
                return is_office
            case Reach.OWN_OR_OFFICE:
                return is_own or is_office
            case Reach.GOVERNMENT:
                return is_own or (is_office and for_government)
            case _:
                return is_own

    def require_reach(self, unit: str | None, *, for_government: bool = False) -> None:
        """Refuse what is another unit's affair, or the district office's."""
        if self.reaches(unit, for_government=for_government):
            return
        if self._reach() is Reach.DISTRICT_OFFICE:
            raise self.not_district_office()
        raise refuse(
            RefusalCode.OTHER_UNIT,
            unit=unit or "—",
            actor_unit=self.deed.unit,
            command_zh=self._order.command.zh,
            command_en=self._order.command.en,
        )

    def not_district_office(self) -> Exception:
        """The refusal of what only the district office may do."""
        return refuse(
            RefusalCode.NOT_DISTRICT_OFFICE,
            actor_unit=self.deed.unit,
            command_zh=self._order.command.zh,
            command_en=self._order.command.en,
        )

    # ── what must be there ────────────────────────────────────────────────────────────────────────

    def require_unit(self, unit: str) -> Unit:
        """The unit, if it stood at that time."""
        found = self.read(Unit, unit)
        if not found.stands_at(self.deed.occurred_at):
            raise refuse(RefusalCode.UNIT_NOT_REGISTERED, unit=unit)
        return found

    def require_channels(self, item: str, channels: list[str]) -> list[str]:
        """The channels, at least one, all registered and none retired."""
        codes = fields.codes(channels, "channels")
        if not codes:
            raise refuse(RefusalCode.CHANNEL_MISSING, item=item)
        for code in codes:
            if not self.read(Channel, code).open_at(self.deed.occurred_at):
                raise refuse(RefusalCode.CHANNEL_NOT_REGISTERED, channel=code)
        return codes

    def document(self, item: str) -> Document:
        """The document, to write in; its item must be known."""
        return _known(self.open(Document, item), item)

    def document_read(self, item: str) -> Document:
        """The document, to look into; its item must be known."""
        return _known(self.read(Document, item), item)

    def publication(self, item: str) -> Publication:
        """The item's publications, to write in; there must be one."""
        publication = self.open(Publication, item)
        publication.named(item, None)
        return publication


def _known(document: Document, item: str) -> Document:
    if not document.exists:
        raise refuse(RefusalCode.ITEM_UNKNOWN, item=item)
    return document
