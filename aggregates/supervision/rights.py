"""Who may do what in self-check, spot checks and rectification: the area's part of the table of authority."""

from collections.abc import Mapping

from aggregates.reach import Reach
from aggregates.supervision.words import SupervisionCommand
from aggregates.terms import CommandName
from aggregates.vocabulary import Post

_OWN, _OFFICE, _SUPERVISED = Reach.OWN_UNIT, Reach.DISTRICT_OFFICE, Reach.OWN_OR_OFFICE

_HEADS = {Post.PRINCIPAL: _OWN, Post.DEPUTY_IN_CHARGE: _OWN, Post.DISCLOSURE_OFFICER: _OWN}
_HEADS_AND_OFFICE = dict.fromkeys(_HEADS, _SUPERVISED)
_OFFICE_AND_ITS_INSPECTORS = {**dict.fromkeys(_HEADS, _OFFICE), Post.INSPECTOR: _OFFICE}

RIGHTS: Mapping[CommandName, Mapping[Post, Reach]] = {
    SupervisionCommand.OPEN_SELF_CHECK: _HEADS_AND_OFFICE,
    SupervisionCommand.RECORD_SELF_CHECK_FINDING: _HEADS,
    SupervisionCommand.ORDER_DISCLOSURE: {**_HEADS_AND_OFFICE, Post.INSPECTOR: _OFFICE},
    SupervisionCommand.CONVERT_TO_PROACTIVE: _HEADS,
    SupervisionCommand.SUBMIT_SELF_CHECK_REPORT: _HEADS,
    SupervisionCommand.CONDUCT_SPOT_CHECK: _OFFICE_AND_ITS_INSPECTORS,
    SupervisionCommand.RECORD_SPOT_CHECK_FINDING: _OFFICE_AND_ITS_INSPECTORS,
    SupervisionCommand.ORDER_RECTIFICATION: _OFFICE_AND_ITS_INSPECTORS,
    SupervisionCommand.CONFIRM_RECTIFICATION: _OFFICE_AND_ITS_INSPECTORS,
}
