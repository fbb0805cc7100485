"""Officers and the posts they hold (落实到人)."""

from dataclasses import asdict
from typing import Any

from fastapi import Request, Response

from aggregates.officer import Officer
from aggregates.registry import Registry
from ledger.ledger import Ledger
from projections import directory
from projections.reading import Answer, Listed, Reader
from projections.temporal import AsOf
from web.answers import READ, RECORDED, Named
from web.as_of import TheMoment
from web.asking import ask, one, shown
from web.dependencies import TheService
from web.paging import Cursor, Limit, page
from web.routing import router as a_router
from web.submission import TheSubmission
from web.wishes import Code, Day, PostCode, Short, Wish

router = a_router("/officers", "officers")


class OfficerRegistration(Wish):
    """A code that is not a name; ``name`` is kept outside the entries and can be erased."""

    officer: Code
    name: Short | None = None


class Appointment(Wish):
    """A post in a unit, from its first day to its last."""

    unit: Code
    post: PostCode
    from_date: Day
    until_date: Day | None = None


class Relief(Wish):
    """The end of an appointment; ``until_date`` is its last day."""

    unit: Code
    post: PostCode
    until_date: Day


@router.post("", summary="登记人员 · register an officer", **RECORDED)
async def register_officer(wish: OfficerRegistration, submission: TheSubmission) -> Response:
    """Enter an officer under a code; the entry carries a commitment to the name and never the name."""
    return await submission.to(Registry.register_officer, f"officer/{wish.officer}", **wish.stated())


@router.post("/{officer}/appointments", summary="任命岗位 · appoint an officer", **RECORDED)
async def appoint_officer(officer: Named, wish: Appointment, submission: TheSubmission) -> Response:
    """Give an officer a post; nobody appoints themself."""
    return await submission.to(Registry.appoint_officer, f"officer/{officer}", officer=officer, **wish.stated())


@router.post("/{officer}/reliefs", summary="解除岗位 · relieve an officer", **RECORDED)
async def relieve_officer(officer: Named, wish: Relief, submission: TheSubmission) -> Response:
    """End a post; yesterday's date ends it at once."""
    return await submission.to(Registry.relieve_officer, f"officer/{officer}", officer=officer, **wish.stated())


@router.get("", summary="人员 · the officers", **READ)
async def list_officers(
    request: Request, service: TheService, moment: TheMoment, limit: Limit = 100, cursor: Cursor = None
) -> Response:
    """The registered officers by code, with their names where these have not been erased."""

    def question(reader: Reader, as_of: AsOf) -> tuple[Listed[directory.Officer], dict[str, str]]:
        found = directory.officers(reader, as_of, limit=limit, cursor=cursor)
        return found, _names(service.ledger, [row.officer for row in found.rows])

    found, names = await ask(service, directory.PROJECTION.name, moment, question, cursor)
    return page(request, found, lambda row: {**shown(row), "name": names.get(row.officer)})


@router.get("/{officer}", summary="一名人员及其岗位 · one officer and the posts held", **READ)
async def read_officer(officer: Named, service: TheService, moment: TheMoment) -> Response:
    """One officer, with the name and every post in all its terms."""

    def question(reader: Reader, as_of: AsOf) -> tuple[Answer[directory.Officer], dict[str, Any]]:
        posts = directory.posts(reader, as_of, officer=officer).value or ()
        names = _names(service.ledger, [officer])
        more = {"name": names.get(officer), "posts": [asdict(held) for held in posts]}
        return directory.officer(reader, officer, as_of), more

    found, more = await ask(service, directory.PROJECTION.name, moment, question)
    return one(found, **more)


def _names(ledger: Ledger, officers: list[str]) -> dict[str, str]:
    """Names by officer's code; for officers' eyes only."""
    records = {Officer.stream_of(code): code for code in officers}
    found = ledger.personal.of_records(list(records), "name")
    return {records[record]: str(value.value) for record, value in found.items()}
