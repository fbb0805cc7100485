"""Who may do what in appraisal, bulletins, commendation and criticism: the area's part of the table of authority."""

from collections.abc import Mapping

from aggregates.appraisal.words_commands import AppraisalCommand as Command
from aggregates.reach import Reach
from aggregates.terms import CommandName
from aggregates.vocabulary import Post

_OFFICE, _ALL = Reach.DISTRICT_OFFICE, Reach.EVERYWHERE

_HEADS_OF_OFFICE = {Post.PRINCIPAL: _OFFICE, Post.DEPUTY_IN_CHARGE: _OFFICE, Post.DISCLOSURE_OFFICER: _OFFICE}
_SECTION = {Post.DISCLOSURE_OFFICER: _OFFICE}
_REPORTING = {Post.PRINCIPAL: Reach.OWN_UNIT, Post.DISCLOSURE_OFFICER: Reach.OWN_UNIT}
_PURSUERS = {Post.INVESTIGATOR: _ALL, Post.PRINCIPAL: _OFFICE, Post.DISCLOSURE_OFFICER: _OFFICE}

RIGHTS: Mapping[CommandName, Mapping[Post, Reach]] = {
    Command.OPEN_APPRAISAL_CYCLE: _HEADS_OF_OFFICE,
    Command.ADOPT_INDICATOR_SET: _HEADS_OF_OFFICE,
    Command.SCORE_INDICATOR: _SECTION,
    Command.RECORD_THIRD_PARTY_ASSESSMENT: {Post.ASSESSOR: _ALL, Post.DISCLOSURE_OFFICER: _OFFICE},
    Command.COMPILE_MONTHLY_BULLETIN: _SECTION,
    Command.ISSUE_MONTHLY_BULLETIN: _SECTION,
    Command.COMPILE_ANNUAL_REPORT: _REPORTING,
    Command.SUBMIT_ANNUAL_REPORT: _REPORTING,
    Command.PUBLISH_ANNUAL_REPORT: {**_REPORTING, Post.PUBLISHER: Reach.OWN_UNIT},
    Command.COMMEND_UNIT: _HEADS_OF_OFFICE,
    Command.CRITICISE_UNIT: _HEADS_OF_OFFICE,
    Command.ASSESS_EFFECT: _PURSUERS,
}
