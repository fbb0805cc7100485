"""One reader's visit to one page: language, moment, who has signed in, and how the page is put together."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse
from sqlalchemy.exc import SQLAlchemyError

from ledger.errors import LedgerError
from ledger.ledger import Head
from projections.temporal import AsOf
from web.pages import moment as moments
from web.pages import session
from web.pages.language import PARAMETER, Language, chosen
from web.pages.links import Links
from web.pages.moment import MomentAsked, moment_asked
from web.pages.names import Names
from web.pages.rendering import html, render
from web.pages.wording import as_instant
from web.principal import Principal
from web.reading_rights import may_read_affairs_of, may_take_evidence, supervises
from web.service import Service

PLACES = (
    ("home", "", "首页", "Home"),
    ("catalogue", "catalogue", "公开目录", "Catalogue"),
    ("register", "register", "信息发布登记簿", "Publication register"),
    ("units", "units", "单位", "Units"),
)
"""What the main navigation offers to everybody: name, path, label."""

PLACES_OF_SUPERVISION = (*PLACES, ("entries", "entries", "台账记录", "Ledger entries"))


class Visit:
    """What a page knows of its reader and its moment."""

    def __init__(self, request: Request, reader: Principal | None) -> None:
        self.request, self.reader = request, reader
        self.service: Service = request.app.state.service
        self.language = language_of(request)
        self.moment: MomentAsked = moment_asked(request.query_params)
        self.links = links_of(request, self.moment.stated)
        self.names = Names(self.service.ledger, self.service.reader, self.as_of, signed_in=reader is not None)

    @property
    def as_of(self) -> AsOf:
        """The moment, as the projections are asked."""
        return self.moment.as_of

    @property
    def supervises(self) -> bool:
        """Whether this reader's posts open the affairs of every unit."""
        return supervises(self.reader)

    def may_read_affairs_of(self, *units: str | None) -> bool:
        """Whether this reader may see what is not before the public, of any of these units."""
        return may_read_affairs_of(self.reader, *units)

    def page(
        self, template: str, *, place: str = "", position: int | None = None, status: int = 200, **context: Any
    ) -> HTMLResponse:
        """Put the page together; ``position`` is the one that its answer speaks for, where it has one."""
        head = self.service.ledger.head()
        frame = {
            **_frame(self.request, self.reader, self.links, head, place),
            "moment": self.moment,
            "moment_position": self._position(head) if position is None else position,
            "moment_fields": _fields(self.moment),
            "names": self.names,
            "may_read_entries": self.supervises,
            "may_take_evidence": may_take_evidence(self.reader),
        }
        return html(render(template, self.language, {**frame, **context}), status)

    def last_position(self) -> int:
        """The last position that this page may speak of: the moment's, or the log's."""
        return self._position(self.service.ledger.head())

    def _position(self, head: Head) -> int:
        position = self.as_of.resolve(self.service.ledger).position
        return head.size if position is None else min(position, head.size)


def the_visit(request: Request) -> Visit:
    """The visit that a request is; the guard has let it in."""
    return Visit(request, session.reader_of(request))


TheVisit = Annotated[Visit, Depends(the_visit)]


def language_of(request: Request) -> Language:
    """The language that the address asks for."""
    return chosen(request.query_params.get(PARAMETER))


def links_of(request: Request, moment: Mapping[str, str]) -> Links:
    """Addresses as this reader should follow them."""
    return Links(request.url.path, request.query_params.multi_items(), language_of(request), moment)


def bare_context(request: Request) -> dict[str, Any]:
    """The frame of a page that must be shown whatever is away: the moment is left out, the head where it can."""
    stated = {name: request.query_params[name] for name in moments.PARAMETERS if request.query_params.get(name)}
    return _frame(request, session.reader_of_error(request), links_of(request, stated), _head(request), "")


def _head(request: Request) -> Head | None:
    try:
        service: Service = request.app.state.service
        return service.ledger.head()
    except (LedgerError, SQLAlchemyError, AttributeError):
        return None


def _frame(request: Request, reader: Principal | None, links: Links, head: Head | None, place: str) -> dict[str, Any]:
    return {
        "reader": reader,
        "csrf": session.form_token_of(request) if reader else "",
        "links": links,
        "head": head,
        **_seen_outside(request, head),
        "place": place,
        "places": PLACES_OF_SUPERVISION if supervises(reader) else PLACES,
        "address": str(request.url),
    }


def _seen_outside(request: Request, head: Head | None) -> dict[str, Any]:
    """What the foot of every page says of the witnesses, where something is amiss with them."""
    try:
        outside = request.app.state.service.outside
        unwitnessed = None if head is None else outside.unwitnessed(head.size)
        return {"unwitnessed": unwitnessed, "disagreements": outside.disagreements()}
    except (LedgerError, SQLAlchemyError, AttributeError):
        return {"unwitnessed": None, "disagreements": []}


def _fields(moment: MomentAsked) -> dict[str, str]:
    """What the form of the moment shows: instants as the browser's own field writes them, in Beijing time."""
    as_of = moment.as_of
    local = {
        name: "" if value is None else as_instant(value).replace(tzinfo=None).isoformat(timespec="auto")
        for name, value in ((moments.KNOWN_AT, as_of.recorded_at), (moments.AS_AT, as_of.occurred_at))
    }
    return {**local, moments.POSITION: "" if as_of.position is None else str(as_of.position)}
