"""Commands on the end of a request: the reply, its service, the remedies after it (十三)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from aggregates import fields
from aggregates.deed import Deed
from aggregates.desk import Data, Desk
from aggregates.requests.answering import ORDER_DAYS
from aggregates.requests.request import InformationRequest
from aggregates.requests.requests_office import RequestsOffice
from aggregates.requests.words import RequestCommand
from aggregates.working_days import WorkingCalendar
from ledger.append import Receipt

_PARTS = ("title", "document_number", "facts", "legal_basis", "decision", "remedies", "sealed")


class AnswerCommands(RequestsOffice):
    """The answer and what follows; a day that is left out is the day of the deed."""

    def reply_request(
        self,
        deed: Deed,
        *,
        request: str,
        kind: str,
        title: str | None = None,
        document_number: str | None = None,
        facts: str | None = None,
        legal_basis: Sequence[str] = (),
        decision: str | None = None,
        remedies: str | None = None,
        sealed: bool = False,
        content: Mapping[str, Any] | None = None,
        duplicate_of: str | None = None,
        overriding_reason: str | None = None,
        item: str | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Answer a request; a late answer is recorded and flagged, never refused.

        ``kind`` is a code of ``words_lists.ReplyKind``.  Title, document number, facts, legal basis, decision,
        remedies and seal are the parts every reply states; write no person's name into them.  ``content``
        is the reply itself where it is stored, ``item`` the document that was given out, ``duplicate_of``
        the earlier request, ``overriding_reason`` why it is disclosed although a third party objected.
        """
        data: Data = {
            "kind": kind,
            "title": title,
            "document_number": document_number,
            "facts": facts,
            "legal_basis": legal_basis,
            "decision": decision,
            "remedies": remedies,
            "sealed": sealed,
            "content": content,
            "duplicate_of": duplicate_of,
            "overriding_reason": overriding_reason,
            "item": item,
        }

        def act(file: InformationRequest, desk: Desk, calendar: WorkingCalendar) -> None:
            file.reply(
                desk.deed,
                kind=kind,
                parts={name: data[name] for name in _PARTS},
                calendar=calendar,
                rules=desk.rules,
                original=None if duplicate_of is None else self.request_to_read(desk, duplicate_of),
                overriding_reason=overriding_reason,
                content=content,
                item=item,
            )
            if content is not None:
                self.require_stored([fields.content(content, "content")])

        return self.act_on_request(
            RequestCommand.REPLY_REQUEST, deed, request, data=data, expected_version=expected_version, act=act
        )

    def serve_reply(
        self,
        deed: Deed,
        *,
        request: str,
        way: str,
        served_on: str | date | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Write down how and when the applicant received the reply."""
        data: Data = {"way": way, "served_on": served_on}
        return self.act_on_request(
            RequestCommand.SERVE_REPLY,
            deed,
            request,
            data=data,
            expected_version=expected_version,
            act=lambda file, desk, _calendar: file.serve(desk.deed, **data),
        )

    def file_reconsideration(
        self,
        deed: Deed,
        *,
        request: str,
        organ: str,
        number: str | None = None,
        filed_on: str | date | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Write down that the applicant asked an organ for reconsideration."""
        data: Data = {"organ": organ, "number": number, "filed_on": filed_on}
        return self.act_on_request(
            RequestCommand.FILE_RECONSIDERATION,
            deed,
            request,
            data=data,
            expected_version=expected_version,
            act=lambda file, desk, _calendar: file.file_reconsideration(desk.deed, **data),
        )

    def decide_reconsideration(
        self,
        deed: Deed,
        *,
        request: str,
        result: str,
        number: str | None = None,
        decided_on: str | date | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Write down what a reconsideration came to: UPHELD, CORRECTED or OTHER."""
        data: Data = {"result": result, "number": number, "decided_on": decided_on}
        return self.act_on_request(
            RequestCommand.DECIDE_RECONSIDERATION,
            deed,
            request,
            data=data,
            expected_version=expected_version,
            act=lambda file, desk, _calendar: file.decide_reconsideration(desk.deed, **data),
        )

    def file_litigation(
        self,
        deed: Deed,
        *,
        request: str,
        court: str,
        number: str | None = None,
        filed_on: str | date | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Write down that the applicant went to court; where reconsideration had to come first, it is flagged."""
        data: Data = {"court": court, "number": number, "filed_on": filed_on}
        return self.act_on_request(
            RequestCommand.FILE_LITIGATION,
            deed,
            request,
            data=data,
            expected_version=expected_version,
            act=lambda file, desk, _calendar: file.file_litigation(desk.deed, **data),
        )

    def judge_litigation(
        self,
        deed: Deed,
        *,
        request: str,
        result: str,
        number: str | None = None,
        judged_on: str | date | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Write down what a lawsuit came to: UPHELD, CORRECTED or OTHER."""
        data: Data = {"result": result, "number": number, "judged_on": judged_on}
        return self.act_on_request(
            RequestCommand.JUDGE_LITIGATION,
            deed,
            request,
            data=data,
            expected_version=expected_version,
            act=lambda file, desk, _calendar: file.judge_litigation(desk.deed, **data),
        )

    def order_request_disclosure(
        self,
        deed: Deed,
        *,
        request: str,
        effective_on: str | date | None = None,
        working_days: int = ORDER_DAYS,
        number: str | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Write down a court's order to disclose; a new reply is owed within its working days."""
        data: Data = {"effective_on": effective_on, "working_days": working_days, "number": number}
        return self.act_on_request(
            RequestCommand.ORDER_REQUEST_DISCLOSURE,
            deed,
            request,
            data=data,
            expected_version=expected_version,
            act=lambda file, desk, calendar: file.order_disclosure(desk.deed, calendar=calendar, **data),
        )
