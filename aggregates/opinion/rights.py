"""Who may do what in public opinion and incidents: the area's part of the table of authority.

A case belongs to no unit before its responders are assigned; who may speak on it is judged by the case.
"""

from collections.abc import Mapping

from aggregates.opinion.words import OpinionCommand
from aggregates.reach import Reach
from aggregates.terms import CommandName
from aggregates.vocabulary import Post

_ALL, _OFFICE, _OWN = Reach.EVERYWHERE, Reach.DISTRICT_OFFICE, Reach.OWN_UNIT

_HEADS = (Post.DISCLOSURE_OFFICER, Post.DEPUTY_IN_CHARGE, Post.PRINCIPAL)
_WATCHING = dict.fromkeys((Post.OPINION_MONITOR, *_HEADS), _ALL)
_DECIDING = dict.fromkeys((Post.REVIEWER, *_HEADS), _ALL)
_SPEAKING = {Post.PUBLISHER: _ALL}
_COORDINATING = dict.fromkeys(_HEADS, _ALL)
_CONVENING = dict.fromkeys(_HEADS, _OFFICE)
_LEADING = {Post.PRINCIPAL: _OFFICE}

RIGHTS: Mapping[CommandName, Mapping[Post, Reach]] = {
    OpinionCommand.ASSIGN_MONITORING_DUTY: dict.fromkeys(_HEADS, _OWN),
    OpinionCommand.OPEN_SPECIAL_MONITORING: _WATCHING,
    OpinionCommand.RECORD_OPINION_SIGNAL: {Post.OPINION_MONITOR: _ALL, Post.DISCLOSURE_OFFICER: _ALL},
    OpinionCommand.ASSIGN_FIRST_RESPONDER: _WATCHING,
    OpinionCommand.ASSIGN_RESPONDERS: _WATCHING,
    OpinionCommand.CONFIRM_RESPONSE_TEXT: _DECIDING,
    # 区级政府办公室会同宣传部门: which of the two acts is judged by the Registry.
    OpinionCommand.ISSUE_COORDINATION_NOTICE: _COORDINATING,
    OpinionCommand.URGE_RESPONDER: _COORDINATING,
    # 区级政府主要负责人, and nobody for them.
    OpinionCommand.ASSUME_LEADERSHIP: _LEADING,
    OpinionCommand.ISSUE_DIRECTIVE: _LEADING,
    OpinionCommand.ANSWER_DIRECTIVE: _COORDINATING,
    OpinionCommand.CONVENE_CONSULTATION: _CONVENING,
    OpinionCommand.ASSESS_OPINION: _WATCHING,
    OpinionCommand.PROPOSE_HANDLING: _WATCHING,
    OpinionCommand.GRADE_INCIDENT: _DECIDING,
    OpinionCommand.REGRADE_INCIDENT: _DECIDING,
    OpinionCommand.ACTIVATE_JOINT_RESPONSE: _CONVENING,
    OpinionCommand.RELEASE_AUTHORITATIVE_INFORMATION: _SPEAKING,
    OpinionCommand.RELEASE_FOLLOW_UP: _SPEAKING,
    OpinionCommand.HOLD_PRESS_CONFERENCE: {Post.PUBLISHER: _ALL, **_COORDINATING},
    OpinionCommand.RECORD_OPINION_MEDIA_CONTACT: {Post.PUBLISHER: _ALL, **_WATCHING},
    OpinionCommand.CLOSE_INCIDENT: {Post.PUBLISHER: _ALL, **_COORDINATING},
}
