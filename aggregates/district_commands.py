"""Commands on the district's standing order: units, officers and posts, channels, workflows, rulesets."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from aggregates.channel import Channel, Column, Platform
from aggregates.deed import Deed
from aggregates.desk import DISTRICT, Data, Desk, Order
from aggregates.fields import day, text
from aggregates.office import Office
from aggregates.officer import Officer
from aggregates.organisation.leadership import Leadership
from aggregates.refusal import RefusalCode, refuse
from aggregates.ruleset import Ruleset
from aggregates.unit import Unit
from aggregates.vocabulary import Command, Post, UnitKind
from aggregates.workflow import Workflow
from ledger.append import Receipt

RESERVED_POSTS = (
    Post.ADMINISTRATOR,
    Post.PRINCIPAL,
    Post.INSPECTOR,
    Post.INVESTIGATOR,
    Post.SECRECY_ADMINISTRATION,
)
"""Posts that only the administrator gives: whose reach goes beyond the unit, and the unit's own head."""


class DistrictCommands(Office):
    """What must stand before anybody can publish anything."""

    def found_district(
        self,
        deed: Deed,
        *,
        unit: str,
        name_zh: str,
        name_en: str,
        officer: str,
        name: str | None = None,
        code: str | None = None,
    ) -> Receipt:
        """Open the ledger: the district office, its platform, and the first administrator, at once.

        The one command that asks for no post, because nobody holds one yet; the deed's actor is the
        founder, as administrator in that unit.  Refused ALREADY_FOUNDED ever after.
        """
        data: Data = {"unit": unit, "name_zh": name_zh, "name_en": name_en, "officer": officer, "code": code}

        def decide(desk: Desk) -> None:
            desk.cite_rules()
            platform = desk.open(Platform, DISTRICT)
            if platform.owner is not None:
                raise refuse(RefusalCode.ALREADY_FOUNDED, owner=platform.owner)
            desk.open(Unit, unit).register(
                desk.deed, unit=unit, name_zh=name_zh, name_en=name_en, kind=UnitKind.DISTRICT_OFFICE, code=code
            )
            platform.assign_owner(desk.deed, unit=unit, is_district_office=True)
            founder = desk.open(Officer, officer)
            founder.register(desk.deed, officer=officer, name_commitment=self._committed_name(desk, officer, name))
            founder.appoint_founder(desk.deed, unit=unit)

        return self.carry_out(Order(Command.FOUND_DISTRICT, deed, unit, data), decide)

    # ── units ─────────────────────────────────────────────────────────────────────────────────────

    def register_unit(
        self,
        deed: Deed,
        *,
        unit: str,
        name_zh: str,
        name_en: str,
        kind: str,
        code: str | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Enter a unit; it exists from the deed's time on.  ``code`` is its number in official registers."""
        data: Data = {"unit": unit, "name_zh": name_zh, "name_en": name_en, "kind": kind, "code": code}

        def decide(desk: Desk) -> None:
            desk.entitle()
            desk.open(Unit, unit).register(desk.deed, unit=unit, name_zh=name_zh, name_en=name_en, kind=kind, code=code)

        order = Order(Command.REGISTER_UNIT, deed, unit, data, Unit.stream_of(unit), expected_version)
        return self.carry_out(order, decide)

    def succeed_unit(self, deed: Deed, *, unit: str, successor: str, expected_version: int | None = None) -> Receipt:
        """Record that a unit was reorganised into another; from the deed's time on nobody acts in it."""
        data: Data = {"unit": unit, "successor": successor}

        def decide(desk: Desk) -> None:
            desk.entitle()
            desk.require_unit(unit)
            desk.require_unit(successor)
            desk.open(Unit, unit).succeed(desk.deed, successor=successor)

        order = Order(Command.SUCCEED_UNIT, deed, unit, data, Unit.stream_of(unit), expected_version)
        return self.carry_out(order, decide)

    def designate_disclosure_office(
        self, deed: Deed, *, unit: str, office_zh: str, expected_version: int | None = None
    ) -> Receipt:
        """Name the office that does a unit's disclosure work (十五)."""
        data: Data = {"unit": unit, "office_zh": office_zh}

        def decide(desk: Desk) -> None:
            desk.entitle()
            desk.require_unit(unit)
            desk.require_reach(unit)
            desk.open(Unit, unit).designate_disclosure_office(desk.deed, office_zh=office_zh)

        order = Order(Command.DESIGNATE_DISCLOSURE_OFFICE, deed, unit, data, Unit.stream_of(unit), expected_version)
        return self.carry_out(order, decide)

    # ── officers ──────────────────────────────────────────────────────────────────────────────────

    def register_officer(
        self, deed: Deed, *, officer: str, name: str | None = None, expected_version: int | None = None
    ) -> Receipt:
        """Enter an officer under a code.  The name goes to the erasable table; the event carries a commitment."""

        def decide(desk: Desk) -> None:
            desk.entitle()
            desk.open(Officer, officer).register(
                desk.deed, officer=officer, name_commitment=self._committed_name(desk, officer, name)
            )

        order = Order(
            Command.REGISTER_OFFICER,
            deed,
            officer,
            {"officer": officer},
            Officer.stream_of(officer),
            expected_version,
        )
        return self.carry_out(order, decide)

    def _committed_name(self, desk: Desk, officer: str, name: str | None) -> str | None:
        if name is None:
            return None
        value = self.ledger.personal.commit(Officer.stream_of(officer), "name", text(name, "name"))
        desk.personal = [value]
        return value.commitment

    def appoint_officer(
        self,
        deed: Deed,
        *,
        officer: str,
        unit: str,
        post: str,
        from_date: str | date,
        until_date: str | date | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Give an officer a post in a unit from a day on, to its last day if that is known.

        A principal appoints in the own unit, but not to the posts in ``RESERVED_POSTS``.
        """
        data: Data = {"officer": officer, "unit": unit, "post": post, "from_date": from_date, "until_date": until_date}

        def decide(desk: Desk) -> None:
            desk.entitle()
            desk.require_unit(unit)
            desk.require_reach(unit)
            self._refuse_reserved(desk, post)
            file = self._registered(desk, officer)
            file.appoint(desk.deed, unit=unit, post=post, from_date=from_date, until_date=until_date)
            if post == Post.DEPUTY_IN_CHARGE:
                held = file.appointments[-1]
                desk.open(Leadership, unit).note_appointment(
                    desk.deed, unit=unit, officer=officer, first=held.from_date, last=held.until_date
                )

        order = Order(Command.APPOINT_OFFICER, deed, officer, data, Officer.stream_of(officer), expected_version)
        return self.carry_out(order, decide)

    def relieve_officer(
        self,
        deed: Deed,
        *,
        officer: str,
        unit: str,
        post: str,
        until_date: str | date,
        expected_version: int | None = None,
    ) -> Receipt:
        """End an appointment; ``until_date`` is the last day of the post, yesterday's to end it at once."""
        data: Data = {"officer": officer, "unit": unit, "post": post, "until_date": until_date}

        def decide(desk: Desk) -> None:
            desk.entitle()
            desk.require_reach(unit)
            self._refuse_reserved(desk, post)
            self._registered(desk, officer).relieve(desk.deed, unit=unit, post=post, until_date=until_date)
            if post == Post.DEPUTY_IN_CHARGE:
                desk.open(Leadership, unit).note_relief(
                    desk.deed, unit=unit, officer=officer, last=day(until_date, "until_date")
                )

        order = Order(Command.RELIEVE_OFFICER, deed, officer, data, Officer.stream_of(officer), expected_version)
        return self.carry_out(order, decide)

    @staticmethod
    def _registered(desk: Desk, officer: str) -> Officer:
        file = desk.open(Officer, officer)
        if not file.exists:
            raise refuse(RefusalCode.OFFICER_NOT_REGISTERED, officer=officer)
        return file

    @staticmethod
    def _refuse_reserved(desk: Desk, post: str) -> None:
        if post in RESERVED_POSTS and desk.deed.actor.post != Post.ADMINISTRATOR:
            raise desk.not_entitled([Post.ADMINISTRATOR])

    # ── platform, channels, columns ───────────────────────────────────────────────────────────────

    def assign_platform_owner(self, deed: Deed, *, unit: str, expected_version: int | None = None) -> Receipt:
        """Assign the platform's one owner, who must be the district office; replaces the one before."""

        def decide(desk: Desk) -> None:
            desk.entitle()
            desk.require_reach(unit)
            is_office = desk.require_unit(unit).is_district_office
            desk.open(Platform, DISTRICT).assign_owner(desk.deed, unit=unit, is_district_office=is_office)

        stream = Platform.stream_of(DISTRICT)
        order = Order(Command.ASSIGN_PLATFORM_OWNER, deed, unit, {"unit": unit}, stream, expected_version)
        return self.carry_out(order, decide)

    def register_channel(
        self,
        deed: Deed,
        *,
        channel: str,
        kind: str,
        name_zh: str,
        name_en: str,
        owner_unit: str,
        expected_version: int | None = None,
    ) -> Receipt:
        """Enter a channel with the unit that answers for it; nothing is published to unregistered ones."""
        data: Data = {
            "channel": channel,
            "kind": kind,
            "name_zh": name_zh,
            "name_en": name_en,
            "owner_unit": owner_unit,
        }

        def decide(desk: Desk) -> None:
            desk.entitle()
            desk.require_unit(owner_unit)
            desk.require_reach(owner_unit)
            desk.open(Channel, channel).register(
                desk.deed, channel=channel, kind=kind, name_zh=name_zh, name_en=name_en, owner_unit=owner_unit
            )

        order = Order(Command.REGISTER_CHANNEL, deed, channel, data, Channel.stream_of(channel), expected_version)
        return self.carry_out(order, decide)

    def retire_channel(self, deed: Deed, *, channel: str, reason: str, expected_version: int | None = None) -> Receipt:
        """Close a channel for further publications."""

        def decide(desk: Desk) -> None:
            desk.entitle()
            file = desk.open(Channel, channel)
            if not file.exists:
                raise refuse(RefusalCode.CHANNEL_NOT_REGISTERED, channel=channel)
            desk.require_reach(file.owner_unit)
            file.retire(desk.deed, reason=reason)

        data: Data = {"channel": channel, "reason": reason}
        order = Order(Command.RETIRE_CHANNEL, deed, channel, data, Channel.stream_of(channel), expected_version)
        return self.carry_out(order, decide)

    def register_column(
        self,
        deed: Deed,
        *,
        column: str,
        name_zh: str,
        name_en: str,
        unit: str,
        refresh_days: int,
        expected_version: int | None = None,
    ) -> Receipt:
        """Enter a column of the platform with the unit that keeps it and its period in days."""
        data: Data = {
            "column": column,
            "name_zh": name_zh,
            "name_en": name_en,
            "unit": unit,
            "refresh_days": refresh_days,
        }

        def decide(desk: Desk) -> None:
            desk.entitle()
            desk.require_unit(unit)
            desk.require_reach(unit)
            desk.open(Column, column).register(
                desk.deed, column=column, name_zh=name_zh, name_en=name_en, unit=unit, refresh_days=refresh_days
            )

        order = Order(Command.REGISTER_COLUMN, deed, column, data, Column.stream_of(column), expected_version)
        return self.carry_out(order, decide)

    def maintain_column(self, deed: Deed, *, column: str, note: str, expected_version: int | None = None) -> Receipt:
        """Note that a column was looked after by the unit that keeps it."""

        def decide(desk: Desk) -> None:
            desk.entitle()
            file = desk.open(Column, column)
            if not file.exists:
                raise refuse(RefusalCode.COLUMN_NOT_REGISTERED, column=column)
            desk.require_reach(file.unit)
            file.maintain(desk.deed, note=note)

        data: Data = {"column": column, "note": note}
        order = Order(Command.MAINTAIN_COLUMN, deed, column, data, Column.stream_of(column), expected_version)
        return self.carry_out(order, decide)

    # ── workflow and ruleset ──────────────────────────────────────────────────────────────────────

    def adopt_workflow(
        self,
        deed: Deed,
        *,
        unit: str,
        workflow: str,
        steps: Sequence[str],
        title_zh: str,
        expected_version: int | None = None,
    ) -> Receipt:
        """Adopt the next version of a unit's workflow; ``steps`` are codes of ``vocabulary.WorkflowStep``."""
        data: Data = {"unit": unit, "workflow": workflow, "steps": steps, "title_zh": title_zh}

        def decide(desk: Desk) -> None:
            desk.entitle()
            desk.require_unit(unit)
            desk.require_reach(unit)
            desk.open(Workflow, unit).adopt(
                desk.deed, unit=unit, workflow=workflow, steps=list(steps), title_zh=title_zh
            )

        order = Order(Command.ADOPT_WORKFLOW, deed, unit, data, Workflow.stream_of(unit), expected_version)
        return self.carry_out(order, decide)

    def adopt_ruleset(
        self,
        deed: Deed,
        *,
        ruleset: str,
        document_number: str,
        title_zh: str,
        effective_from: str | date,
        parameters: Mapping[str, Any] | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Adopt the next version of the district's rules, for what happens from ``effective_from`` on."""
        data: Data = {
            "ruleset": ruleset,
            "document_number": document_number,
            "title_zh": title_zh,
            "effective_from": effective_from,
            "parameters": parameters,
        }

        def decide(desk: Desk) -> None:
            desk.entitle()
            desk.require_reach(None)
            desk.open(Ruleset, DISTRICT).adopt(
                desk.deed,
                ruleset=ruleset,
                document_number=document_number,
                title_zh=title_zh,
                effective_from=effective_from,
                parameters=parameters,
            )

        order = Order(Command.ADOPT_RULESET, deed, ruleset, data, Ruleset.stream_of(DISTRICT), expected_version)
        return self.carry_out(order, decide)
