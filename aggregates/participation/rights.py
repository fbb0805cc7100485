"""Who may do what in major decisions and public participation: the area's part of the table of authority."""

from collections.abc import Mapping

from aggregates.participation.words import ParticipationCommand as Command
from aggregates.reach import Reach
from aggregates.terms import CommandName
from aggregates.vocabulary import Post

_OWN, _SUPERVISED, _OFFICE, _ALL = Reach.OWN_UNIT, Reach.OWN_OR_OFFICE, Reach.DISTRICT_OFFICE, Reach.EVERYWHERE

_HEADS_OF_OFFICE = {Post.PRINCIPAL: _OFFICE, Post.DEPUTY_IN_CHARGE: _OFFICE, Post.DISCLOSURE_OFFICER: _OFFICE}
_DRAFTING = {Post.DRAFTER: _OWN, Post.DISCLOSURE_OFFICER: _OWN}
_PUBLISHING = {Post.PUBLISHER: _OWN}
_DECIDING = {Post.DRAFTER: _OWN, Post.DISCLOSURE_OFFICER: _SUPERVISED, Post.PRINCIPAL: _OWN}
_INTAKE = {Post.DISCLOSURE_OFFICER: _SUPERVISED}
_OPEN_TO_ALL = {Post.CITIZEN: _ALL, Post.DISCLOSURE_OFFICER: _SUPERVISED}
_ANSWERING = {Post.DISCLOSURE_OFFICER: _OWN, Post.DEPUTY_IN_CHARGE: _OWN, Post.PRINCIPAL: _OWN}

RIGHTS: Mapping[CommandName, Mapping[Post, Reach]] = {
    Command.ADOPT_ATTENDANCE_SYSTEM: _HEADS_OF_OFFICE,
    Command.INVITE_ATTENDEE: _INTAKE,
    Command.RECORD_ATTENDANCE: _INTAKE,
    Command.REGISTER_MAJOR_DECISION: _DRAFTING,
    Command.REVIEW_MAJOR_DECISION: _HEADS_OF_OFFICE,
    Command.EXEMPT_FROM_PRE_DISCLOSURE: {Post.DRAFTER: _OWN, Post.DEPUTY_IN_CHARGE: _OWN, Post.PRINCIPAL: _OWN},
    Command.PUBLISH_DECISION_DRAFT: _PUBLISHING,
    Command.OPEN_COMMENT_PERIOD: _DRAFTING,
    Command.SUBMIT_COMMENT: {Post.CITIZEN: _ALL, Post.DRAFTER: _OWN, Post.DISCLOSURE_OFFICER: _SUPERVISED},
    Command.CLUSTER_COMMENTS: _DRAFTING,
    Command.CLOSE_COMMENT_PERIOD: _DRAFTING,
    Command.PUBLISH_CONSULTATION_FEEDBACK: _PUBLISHING,
    Command.RECORD_PARTICIPATION: _DRAFTING,
    Command.RECORD_DECISION: _DECIDING,
    Command.ANNOUNCE_HEARING: _DRAFTING,
    Command.HOLD_HEARING: _DRAFTING,
    Command.PUBLISH_HEARING_REPORT: _PUBLISHING,
    Command.REGISTER_PARTICIPATION_MODE: _INTAKE,
    Command.REGISTER_PUBLIC_INPUT: _INTAKE,
    Command.REGISTER_SUPERVISION_INPUT: _INTAKE,
    Command.EVALUATE_IMPLEMENTATION: _DRAFTING,
    Command.OPEN_OPINION_BOX: _INTAKE,
    Command.RECEIVE_MESSAGE: _OPEN_TO_ALL,
    # Whoever keeps the box passes a message on, and whoever it was passed to may pass it further.
    Command.ASSIGN_MESSAGE: _INTAKE,
    Command.REPLY_MESSAGE: _ANSWERING,
}
