"""Who may do what in information requests: the area's part of the table of authority."""

from collections.abc import Mapping

from aggregates.reach import Reach
from aggregates.requests.words import RequestCommand as C
from aggregates.terms import CommandName
from aggregates.vocabulary import Post

_CALENDAR = {
    Post.ADMINISTRATOR: Reach.EVERYWHERE,
    Post.DISCLOSURE_OFFICER: Reach.DISTRICT_OFFICE,
    Post.DEPUTY_IN_CHARGE: Reach.DISTRICT_OFFICE,
    Post.PRINCIPAL: Reach.DISTRICT_OFFICE,
}
_HEADS = {Post.DEPUTY_IN_CHARGE: Reach.OWN_UNIT, Post.PRINCIPAL: Reach.OWN_UNIT}
_OFFICER = {Post.DISCLOSURE_OFFICER: Reach.OWN_UNIT}
_HANDLING = {**_OFFICER, **_HEADS}

RIGHTS: Mapping[CommandName, Mapping[Post, Reach]] = {
    **dict.fromkeys(C, _HANDLING),
    C.ADOPT_CALENDAR_YEAR: _CALENDAR,
    C.AMEND_CALENDAR: _CALENDAR,
    C.RECEIVE_REQUEST: {**_OFFICER, Post.CITIZEN: Reach.EVERYWHERE},
    C.ENTER_REQUEST_FROM_OTHER_CHANNEL: _OFFICER,
    # Whoever is not the head may try, and is told that the head's approval is missing.
    C.EXTEND_DEADLINE: _HANDLING,
    C.APPROVE_EXTENSION: _HEADS,
}
