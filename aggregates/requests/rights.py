"""Who may do what in information requests: the area's part of the table of authority."""

from collections.abc import Mapping

from aggregates.reach import Reach
from aggregates.requests.words import RequestCommand
from aggregates.terms import CommandName
from aggregates.vocabulary import Post

_CALENDAR = {
    Post.ADMINISTRATOR: Reach.EVERYWHERE,
    Post.DISCLOSURE_OFFICER: Reach.DISTRICT_OFFICE,
    Post.DEPUTY_IN_CHARGE: Reach.DISTRICT_OFFICE,
    Post.PRINCIPAL: Reach.DISTRICT_OFFICE,
}

RIGHTS: Mapping[CommandName, Mapping[Post, Reach]] = {
    RequestCommand.ADOPT_CALENDAR_YEAR: _CALENDAR,
    RequestCommand.AMEND_CALENDAR: _CALENDAR,
}
