"""Commands on the interpretation of policies: the duty, the material, signing and publishing together (五) (六)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from aggregates import fields
from aggregates.channel import Channel
from aggregates.deed import Deed
from aggregates.desk import Data, Desk, Order
from aggregates.document import Document
from aggregates.interpretation.completeness import interpretations_of, refuse_incomplete
from aggregates.interpretation.package import PolicyPackage
from aggregates.interpretation.words import InterpretationCommand, InterpretationRefusal, PackagePart
from aggregates.office import Office
from aggregates.publication import Publication
from aggregates.publishing import Outgoing, document_to_publish, put_out
from aggregates.refusal import refuse
from aggregates.vocabulary import ChannelKind
from ledger.append import Receipt

BOTH = (str(PackagePart.DOCUMENT), str(PackagePart.INTERPRETATION))


class InterpretationCommands(Office):
    """(五) (六) 政策解读: 谁起草、谁解读，同步组织、同步审签、同步发布."""

    def _on_package(
        self,
        command: InterpretationCommand,
        deed: Deed,
        item: str,
        data: Data,
        decide: Callable[[Desk, Document, PolicyPackage], None],
        *,
        expected_version: int | None,
    ) -> Receipt:
        """Carry out a command on the package of a policy document, by somebody whose reach extends to it."""

        def decide_on_package(desk: Desk) -> None:
            desk.entitle()
            document = _policy_document(desk, item)
            desk.require_reach(document.unit, for_government=document.on_behalf_of_government)
            decide(desk, document, desk.open(PolicyPackage, item))

        order = Order(command, deed, item, {"item": item, **data}, PolicyPackage.stream_of(item), expected_version)
        return self.carry_out(order, decide_on_package)

    # ── (五) who interprets ───────────────────────────────────────────────────────────────────────

    def register_joint_issue(
        self, deed: Deed, *, item: str, lead: str, co_issuers: Sequence[str], expected_version: int | None = None
    ) -> Receipt:
        """Record that units issue a policy document together: exactly one leads, at least one other takes part."""
        data: Data = {"lead": lead, "co_issuers": co_issuers}

        def decide(desk: Desk, _document: Document, package: PolicyPackage) -> None:
            package.register_joint_issue(desk.deed, item=item, **data)
            for unit in (lead, *co_issuers):
                desk.require_unit(unit)

        command = InterpretationCommand.REGISTER_JOINT_ISSUE
        return self._on_package(command, deed, item, data, decide, expected_version=expected_version)

    def record_cooperation(
        self, deed: Deed, *, item: str, unit: str, contribution: str, expected_version: int | None = None
    ) -> Receipt:
        """Record what a co-issuer gave to the interpretation, by somebody of that co-issuer."""
        data: Data = {"item": item, "unit": unit, "contribution": contribution}

        def decide(desk: Desk) -> None:
            desk.entitle()
            _policy_document(desk, item)
            desk.require_reach(unit)
            desk.open(PolicyPackage, item).record_cooperation(desk.deed, **data)

        target = PolicyPackage.stream_of(item)
        order = Order(InterpretationCommand.RECORD_COOPERATION, deed, item, data, target, expected_version)
        return self.carry_out(order, decide)

    def assign_interpretation_duty(
        self,
        deed: Deed,
        *,
        item: str,
        owner: str | None = None,
        reason: str | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Record who owes the interpretation, as the rules derive it; another ``owner`` needs a ``reason``.

        A government document is interpreted by the unit that drafted it, a joint issue by its lead, a
        department's document by the department.
        """
        data: Data = {"owner": owner, "reason": reason}

        def decide(desk: Desk, document: Document, package: PolicyPackage) -> None:
            package.assign_duty(desk.deed, document, **data)
            desk.require_unit(package.owner(document))

        command = InterpretationCommand.ASSIGN_INTERPRETATION_DUTY
        return self._on_package(command, deed, item, data, decide, expected_version=expected_version)

    # ── (六) the material ─────────────────────────────────────────────────────────────────────────

    def register_interpretation(
        self,
        deed: Deed,
        *,
        item: str,
        interpretation: str,
        form: str,
        note: str | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Register the drafted item ``interpretation`` as the interpretation of the policy document ``item``.

        ``form`` is TEXT, INFOGRAPHIC, VIDEO or INTERVIEW.  Whoever owes the interpretation registers it.
        """
        data: Data = {"item": item, "interpretation": interpretation, "form": form, "note": note}

        def decide(desk: Desk) -> None:
            desk.entitle()
            document = _policy_document(desk, item)
            package = desk.open(PolicyPackage, item)
            desk.require_reach(package.owner(document))
            known = desk.document_read(interpretation)
            package.register_interpretation(desk.deed, document, known, form=form, note=note)

        target = PolicyPackage.stream_of(item)
        order = Order(InterpretationCommand.REGISTER_INTERPRETATION, deed, item, data, target, expected_version)
        return self.carry_out(order, decide)

    def record_interpretation_effect(
        self,
        deed: Deed,
        *,
        item: str,
        interpretation: str,
        views: int,
        measured_on: str | date,
        note: str | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Record how often an interpretation had been read or played by a day (注重效果)."""
        data: Data = {"interpretation": interpretation, "views": views, "measured_on": measured_on, "note": note}

        def decide(desk: Desk, _document: Document, package: PolicyPackage) -> None:
            package.record_effect(desk.deed, item=item, **data)

        command = InterpretationCommand.RECORD_INTERPRETATION_EFFECT
        return self._on_package(command, deed, item, data, decide, expected_version=expected_version)

    def approve_interpretation(
        self, deed: Deed, *, item: str, interpretation: str, expected_version: int | None = None
    ) -> Receipt:
        """Approve the present content of an interpretation, as the drafting unit's principal (主要负责人审定)."""
        data: Data = {"interpretation": interpretation}

        def decide(desk: Desk, _document: Document, package: PolicyPackage) -> None:
            known = desk.document_read(interpretation)
            package.approve_interpretation(desk.deed, item=item, interpretation=known)

        command = InterpretationCommand.APPROVE_INTERPRETATION
        return self._on_package(command, deed, item, data, decide, expected_version=expected_version)

    # ── (六) together ─────────────────────────────────────────────────────────────────────────────

    def sign_off_policy_package(
        self, deed: Deed, *, item: str, content_sha256: str | None = None, expected_version: int | None = None
    ) -> Receipt:
        """Sign a submitted policy document and its interpretations in one act, which approves each of them.

        ``content_sha256`` names the severed content where the document is disclosed in part.  What was
        approved before as it stands is signed and not approved again.
        """
        data: Data = {"content_sha256": content_sha256}

        def decide(desk: Desk, document: Document, package: PolicyPackage) -> None:
            if document.on_behalf_of_government and not desk.acting_unit.is_district_office:
                raise desk.not_district_office()
            refuse_incomplete(desk, document)
            if not package.interpretations:
                raise refuse(InterpretationRefusal.INTERPRETATION_MISSING, item=item)
            approved = desk.document(item)
            interpretations = [desk.document(each) for each in package.interpretations]
            package.sign_off(desk.deed, approved, interpretations)
            _approve(desk, approved, content_sha256)
            for interpretation in interpretations:
                _approve(desk, interpretation, None)
            if content_sha256 is not None:
                self.require_stored_hash(content_sha256)

        command = InterpretationCommand.SIGN_OFF_POLICY_PACKAGE
        return self._on_package(command, deed, item, data, decide, expected_version=expected_version)

    def publish_policy_package(
        self,
        deed: Deed,
        *,
        item: str,
        channels: Sequence[str],
        column: str | None = None,
        parts: Sequence[str] = BOTH,
        content: Mapping[str, Any] | None = None,
        attachments: Sequence[Mapping[str, Any]] | None = None,
        client_published_at: datetime | str | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Publish a policy document and all its interpretations at once, on the platform at least.

        Each is published by the gate it would pass alone; all entries share one command and one
        correlation id, and the last one states the lag in seconds.  ``parts`` may name DOCUMENT or
        INTERPRETATION alone: it is recorded, and flagged where the lag exceeds the district's tolerance.
        ``content`` and ``attachments`` are the document's where it is disclosed in part.
        """
        data: Data = {
            "item": item,
            "channels": channels,
            "column": column,
            "parts": parts,
            "content": content,
            "attachments": attachments,
            "client_published_at": client_published_at,
        }

        def decide(desk: Desk) -> None:
            desk.entitle()
            document = document_to_publish(desk, item)
            _policy_document(desk, item)
            chosen = [fields.term(PackagePart, part, "parts") for part in fields.texts(parts, "parts")]
            if not chosen:
                raise fields.invalid("parts", "至少选择一项", "it must name at least one part")
            package = desk.read(PolicyPackage, item)
            interpretations = interpretations_of(desk, package)
            package.refuse_unsigned(document, interpretations)
            going = Outgoing(item, channels, column, client_published_at=client_published_at)
            publications: dict[str, str] = {}
            if PackagePart.DOCUMENT in chosen:
                outgoing = replace(going, content=content, attachments=attachments)
                publications[item] = _published(put_out(desk, self, outgoing), item)
            if PackagePart.INTERPRETATION in chosen:
                for each in _left(desk, item, interpretations):
                    publications[each] = _published(put_out(desk, self, replace(going, item=each)), each)
            _require_platform(desk, item, channels)
            tolerance = desk.rules.number("interpretation_lag_tolerance_s")
            # Opened last, so that the entry that sums it up is the last one of the command.
            desk.open(PolicyPackage, item).publish(
                desk.deed, item=item, publications=publications, tolerance_s=tolerance
            )

        # What is published of one package is read together, also where it goes out in two acts.
        correlated = replace(deed, correlation_id=deed.correlation_id or PolicyPackage.stream_of(item))
        target = PolicyPackage.stream_of(item)
        order = Order(InterpretationCommand.PUBLISH_POLICY_PACKAGE, correlated, item, data, target, expected_version)
        return self.carry_out(order, decide)


def _policy_document(desk: Desk, item: str) -> Document:
    document = desk.document_read(item)
    if not document.policy:
        raise refuse(InterpretationRefusal.NOT_POLICY_DOCUMENT, item=item)
    return document


def _approve(desk: Desk, document: Document, content_sha256: str | None) -> None:
    if document.approval is None or document.approval.draft_version != document.present.version:
        document.approve(desk.deed, content_sha256=content_sha256, persons=desk.persons)


def _left(desk: Desk, item: str, interpretations: Sequence[Document]) -> list[str]:
    """The interpretations that do not stand published yet, at least one."""
    left = [each.item for each in interpretations if not desk.read(Publication, each.item).publications]
    if not left:
        raise refuse(InterpretationRefusal.INTERPRETATION_ALREADY_PUBLISHED, item=item)
    return left


def _published(publication: Publication, item: str) -> str:
    return publication.named(item, None).publication


def _require_platform(desk: Desk, item: str, channels: Sequence[str]) -> None:
    if not any(desk.read(Channel, code).kind == ChannelKind.PLATFORM for code in channels):
        raise refuse(InterpretationRefusal.NOT_ON_PLATFORM, item=item, channels=", ".join(channels))
