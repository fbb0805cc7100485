"""The directory (机构、岗位、渠道): units, officers and their posts, channels, columns, and the rules in force.

What a thing was called and who held which post at an instant is asked like everything else: by as-of.
Officers stand here by their codes; their names are personal values outside the log.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement

from projections.feed import Event
from projections.projection import TableProjection, keyless, nothing_known, picked, to
from projections.reading import Answer, Listed, Order, Reader, View, each, list_page, typed
from projections.tables import Shape, integers, jsons, texts
from projections.temporal import NOW, AsOf, Content

UNITS = Shape(
    "units",
    key=texts("unit"),
    content=texts(
        "name_zh name_en kind code disclosure_office disclosure_office_since successor succeeded_at registered_at"
    ),
    compared=True,
)
OFFICERS = Shape("officers", key=texts("officer"), content=texts("name_commitment registered_at"), compared=True)
POSTS = Shape(
    "posts",
    key=texts("officer unit post"),
    content=(*texts("from_date until_date"), *jsons("terms")),
    orders=(("unit", "post"),),
    compared=True,
)
CHANNELS = Shape(
    "channels",
    key=texts("channel"),
    content=texts("kind name_zh name_en owner_unit registered_at retired_at retirement_reason"),
    compared=True,
)
COLUMNS = Shape(
    "columns",
    key=texts("column"),
    content=(
        *texts("name_zh name_en unit"),
        *integers("refresh_days"),
        *texts("registered_at maintained_at maintained_by note"),
    ),
    compared=True,
)
PLATFORM = Shape("platform", key=texts("platform"), content=texts("owner_unit since"), compared=True)
RULESETS = Shape(
    "rulesets",
    key=(*texts("ruleset"), *integers("version")),
    content=(
        *texts("document_number title_zh effective_from adopted_at"),
        *integers("adopted_position"),
        *jsons("parameters"),
    ),
    compared=True,
)
WORKFLOWS = Shape(
    "workflows",
    key=(*texts("unit workflow"), *integers("version")),
    content=(*texts("title_zh adopted_at"), *jsons("steps")),
    compared=True,
)

DISTRICT = "district"
"""The key of what a district has one of."""


# ---------------------------------------------------------------------- the folds


def _unit_registered(row: Content | None, event: Event) -> Content:
    named = picked(event.data, "name_zh", "name_en", "kind", "code")
    return {**(row or nothing_known(UNITS)), **named, "registered_at": event.occurred_at}


def _office_designated(row: Content | None, event: Event) -> Content | None:
    office = {"disclosure_office": event.data["office_zh"], "disclosure_office_since": event.occurred_at}
    return None if row is None else {**row, **office}


def _unit_succeeded(row: Content | None, event: Event) -> Content | None:
    return None if row is None else {**row, "successor": event.data["successor"], "succeeded_at": event.occurred_at}


def _officer_registered(_row: Content | None, event: Event) -> Content:
    return {"name_commitment": event.data.get("name_commitment"), "registered_at": event.occurred_at}


def _officer_appointed(row: Content | None, event: Event) -> Content:
    term = {"from_date": event.data["from_date"], "until_date": event.data.get("until_date")}
    return {**term, "terms": [*(row["terms"] if row else ()), term]}


def _officer_relieved(row: Content | None, event: Event) -> Content | None:
    if row is None:
        return None
    until = event.data["until_date"]
    *earlier, last = row["terms"]
    return {**row, "until_date": until, "terms": [*earlier, {**last, "until_date": until}]}


def _channel_registered(row: Content | None, event: Event) -> Content:
    named = picked(event.data, "kind", "name_zh", "name_en", "owner_unit")
    return {**(row or nothing_known(CHANNELS)), **named, "registered_at": event.occurred_at}


def _channel_retired(row: Content | None, event: Event) -> Content | None:
    retired = {"retired_at": event.occurred_at, "retirement_reason": event.data["reason"]}
    return None if row is None else {**row, **retired}


def _column_registered(row: Content | None, event: Event) -> Content:
    named = picked(event.data, "name_zh", "name_en", "unit", "refresh_days")
    return {**(row or nothing_known(COLUMNS)), **named, "registered_at": event.occurred_at}


def _column_maintained(row: Content | None, event: Event) -> Content | None:
    upkeep = {"maintained_at": event.occurred_at, "maintained_by": event.officer, "note": event.data.get("note")}
    return None if row is None else {**row, **upkeep}


def _owner_assigned(_row: Content | None, event: Event) -> Content:
    return {"owner_unit": event.data["unit"], "since": event.occurred_at}


def _ruleset_adopted(_row: Content | None, event: Event) -> Content:
    adopted = picked(event.data, "document_number", "title_zh", "effective_from", "parameters")
    return {**adopted, "adopted_at": event.occurred_at, "adopted_position": event.position}


def _workflow_adopted(_row: Content | None, event: Event) -> Content:
    return {**picked(event.data, "title_zh", "steps"), "adopted_at": event.occurred_at}


PROJECTION = TableProjection(
    name="directory",
    version=2,
    tables=(UNITS, OFFICERS, POSTS, CHANNELS, COLUMNS, PLATFORM, RULESETS, WORKFLOWS),
    routes={
        "unit.registered/1": to("units", "unit"),
        "unit.disclosure_office_designated/1": to("units", "unit"),
        "unit.succeeded/1": to("units", "unit"),
        "officer.registered/1": to("officers", "officer"),
        "officer.appointed/1": to("posts", "officer", "unit", "post"),
        "officer.relieved/1": to("posts", "officer", "unit", "post"),
        "channel.registered/1": to("channels", "channel"),
        "channel.retired/1": to("channels", "channel"),
        "column.registered/1": to("columns", "column"),
        "column.maintained/1": to("columns", "column"),
        "platform.owner_assigned/1": lambda _: (("platform", (DISTRICT,)),),
        "ruleset.adopted/1": to("rulesets", "ruleset", "version"),
        "workflow.adopted/1": to("workflows", "unit", "workflow", "version"),
    },
    folds=keyless(
        {
            ("units", "unit.registered/1"): _unit_registered,
            ("units", "unit.disclosure_office_designated/1"): _office_designated,
            ("units", "unit.succeeded/1"): _unit_succeeded,
            ("officers", "officer.registered/1"): _officer_registered,
            ("posts", "officer.appointed/1"): _officer_appointed,
            ("posts", "officer.relieved/1"): _officer_relieved,
            ("channels", "channel.registered/1"): _channel_registered,
            ("channels", "channel.retired/1"): _channel_retired,
            ("columns", "column.registered/1"): _column_registered,
            ("columns", "column.maintained/1"): _column_maintained,
            ("platform", "platform.owner_assigned/1"): _owner_assigned,
            ("rulesets", "ruleset.adopted/1"): _ruleset_adopted,
            ("workflows", "workflow.adopted/1"): _workflow_adopted,
        }
    ),
)


# ---------------------------------------------------------------------- what may be asked


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as it was called and constituted; ``successor`` carries on for it."""

    unit: str
    name_zh: str
    name_en: str
    kind: str
    code: str | None
    disclosure_office: str | None
    disclosure_office_since: str | None
    successor: str | None
    succeeded_at: str | None
    registered_at: str


@dataclass(frozen=True, slots=True)
class Officer:
    """An officer by code; the commitment binds the name kept outside the log."""

    officer: str
    name_commitment: str | None
    registered_at: str


@dataclass(frozen=True, slots=True)
class PostHeld:
    """A post of an officer in a unit; ``terms`` are all its terms, ``from_date`` to ``until_date`` the last one."""

    officer: str
    unit: str
    post: str
    from_date: str
    until_date: str | None
    terms: tuple[dict[str, Any], ...]

    def covers(self, day: str) -> bool:
        """Whether the post is held on that day (``YYYY-MM-DD``), first and last day included."""
        return any(
            term["from_date"] <= day and (term["until_date"] is None or day <= term["until_date"])
            for term in self.terms
        )


@dataclass(frozen=True, slots=True)
class Channel:
    """A place where information is put before the public."""

    channel: str
    kind: str
    name_zh: str
    name_en: str
    owner_unit: str
    registered_at: str
    retired_at: str | None
    retirement_reason: str | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the platform, and its last upkeep; whether it is overdue is judged when read."""

    column: str
    name_zh: str
    name_en: str
    unit: str
    refresh_days: int
    registered_at: str
    maintained_at: str | None
    maintained_by: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class PlatformOwner:
    """The unit responsible for the platform (十), and since when."""

    owner_unit: str
    since: str


@dataclass(frozen=True, slots=True)
class Ruleset:
    """One adopted version of a ruleset."""

    ruleset: str
    version: int
    document_number: str
    title_zh: str
    effective_from: str
    adopted_at: str
    adopted_position: int
    parameters: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Workflow:
    """One adopted version of a unit's workflow."""

    unit: str
    workflow: str
    version: int
    title_zh: str
    adopted_at: str
    steps: tuple[str, ...]


def units(
    reader: Reader, as_of: AsOf = NOW, *, kind: str | None = None, limit: int = 200, cursor: str | None = None
) -> Listed[Unit]:
    """The units by code; those that were succeeded stay, with their successor."""
    return list_page(
        reader,
        PROJECTION,
        as_of,
        table="units",
        order=Order(("unit",)),
        where=lambda _, table: [] if kind is None else [table.c.kind == kind],
        make=each(Unit),
        limit=limit,
        cursor=cursor,
    )


def unit(reader: Reader, code: str, as_of: AsOf = NOW) -> Answer[Unit]:
    """One unit."""
    return reader.get(PROJECTION, as_of, "units", (code,), Unit)


def officers(reader: Reader, as_of: AsOf = NOW, *, limit: int = 200, cursor: str | None = None) -> Listed[Officer]:
    """The registered officers by code."""
    return list_page(
        reader,
        PROJECTION,
        as_of,
        table="officers",
        order=Order(("officer",)),
        where=lambda _view, _table: [],
        make=each(Officer),
        limit=limit,
        cursor=cursor,
    )


def officer(reader: Reader, code: str, as_of: AsOf = NOW) -> Answer[Officer]:
    """One officer."""
    return reader.get(PROJECTION, as_of, "officers", (code,), Officer)


def posts(
    reader: Reader,
    as_of: AsOf = NOW,
    *,
    officer: str | None = None,
    unit: str | None = None,
    post: str | None = None,
    held_on: str | None = None,
) -> Answer[tuple[PostHeld, ...]]:
    """Who holds which post, all that match; ``held_on`` (``YYYY-MM-DD``) leaves out those not held that day."""
    wanted = {"officer": officer, "unit": unit, "post": post}

    def question(view: View) -> Answer[tuple[PostHeld, ...]]:
        table = view.table("posts")
        query = view.select("posts").order_by(table.c.unit, table.c.post, table.c.officer)
        for name, value in wanted.items():
            if value is not None:
                query = query.where(table.c[name] == value)
        found = [typed(PostHeld, row) for row in view.rows("posts", query)]
        return Answer(tuple(held for held in found if held_on is None or held.covers(held_on)), view.position)

    return reader.ask(PROJECTION, as_of, question)


def channels(
    reader: Reader, as_of: AsOf = NOW, *, retired: bool | None = None, limit: int = 200, cursor: str | None = None
) -> Listed[Channel]:
    """The channels by code; ``retired`` asks for those only, or for the others only."""
    return list_page(
        reader,
        PROJECTION,
        as_of,
        table="channels",
        order=Order(("channel",)),
        where=lambda _, table: _retired(table.c.retired_at, retired),
        make=each(Channel),
        limit=limit,
        cursor=cursor,
    )


def _retired(column: ColumnElement[Any], retired: bool | None) -> list[ColumnElement[bool]]:
    if retired is None:
        return []
    return [column.is_not(None) if retired else column.is_(None)]


def channel(reader: Reader, code: str, as_of: AsOf = NOW) -> Answer[Channel]:
    """One channel."""
    return reader.get(PROJECTION, as_of, "channels", (code,), Channel)


def columns(
    reader: Reader, as_of: AsOf = NOW, *, unit: str | None = None, limit: int = 200, cursor: str | None = None
) -> Listed[Column]:
    """The platform's columns by code."""
    return list_page(
        reader,
        PROJECTION,
        as_of,
        table="columns",
        order=Order(("column",)),
        where=lambda _, table: [] if unit is None else [table.c.unit == unit],
        make=each(Column),
        limit=limit,
        cursor=cursor,
    )


def platform_owner(reader: Reader, as_of: AsOf = NOW) -> Answer[PlatformOwner]:
    """The unit that is responsible for the platform."""
    return reader.get(PROJECTION, as_of, "platform", (DISTRICT,), PlatformOwner)


def rulesets(reader: Reader, as_of: AsOf = NOW) -> Answer[tuple[Ruleset, ...]]:
    """Every ruleset version adopted, in the order of adoption."""

    def question(view: View) -> Answer[tuple[Ruleset, ...]]:
        query = view.select("rulesets").order_by(view.table("rulesets").c.adopted_position)
        return Answer(tuple(typed(Ruleset, row) for row in view.rows("rulesets", query)), view.position)

    return reader.ask(PROJECTION, as_of, question)


def ruleset_in_force(reader: Reader, day: str, as_of: AsOf = NOW) -> Answer[Ruleset]:
    """The ruleset for what happens on a day (``YYYY-MM-DD``): the latest adopted that is effective by then."""
    adopted = rulesets(reader, as_of)
    effective = [ruleset for ruleset in adopted.value or () if ruleset.effective_from <= day]
    return Answer(effective[-1] if effective else None, adopted.position)


def workflows(reader: Reader, as_of: AsOf = NOW, *, unit: str | None = None) -> Answer[tuple[Workflow, ...]]:
    """Every workflow version adopted, of one unit or of all."""

    def question(view: View) -> Answer[tuple[Workflow, ...]]:
        table = view.table("workflows")
        query = view.select("workflows").order_by(table.c.unit, table.c.workflow, table.c.version)
        if unit is not None:
            query = query.where(table.c.unit == unit)
        return Answer(tuple(typed(Workflow, row) for row in view.rows("workflows", query)), view.position)

    return reader.ask(PROJECTION, as_of, question)
