"""Who may do what in the interpretation of policies: the area's part of the table of authority."""

from collections.abc import Mapping

from aggregates.interpretation.words import InterpretationCommand
from aggregates.reach import Reach
from aggregates.terms import CommandName
from aggregates.vocabulary import Post

_STAFF = {Post.DRAFTER: Reach.OWN_UNIT, Post.DISCLOSURE_OFFICER: Reach.OWN_UNIT}

RIGHTS: Mapping[CommandName, Mapping[Post, Reach]] = {
    InterpretationCommand.REGISTER_JOINT_ISSUE: _STAFF,
    InterpretationCommand.RECORD_COOPERATION: _STAFF,
    InterpretationCommand.ASSIGN_INTERPRETATION_DUTY: {
        Post.DRAFTER: Reach.OWN_UNIT,
        Post.DISCLOSURE_OFFICER: Reach.OWN_OR_OFFICE,
        Post.DEPUTY_IN_CHARGE: Reach.OWN_OR_OFFICE,
        Post.PRINCIPAL: Reach.OWN_OR_OFFICE,
    },
    InterpretationCommand.REGISTER_INTERPRETATION: _STAFF,
    InterpretationCommand.RECORD_INTERPRETATION_EFFECT: {Post.PUBLISHER: Reach.OWN_UNIT, **_STAFF},
    # 本部门主要负责人审定: nobody else, and nobody's deputy.
    InterpretationCommand.APPROVE_INTERPRETATION: {Post.PRINCIPAL: Reach.OWN_UNIT},
    # 部门负责人审签; what is drafted for the government is signed in the district office: see the Registry.
    InterpretationCommand.SIGN_OFF_POLICY_PACKAGE: {
        Post.DEPUTY_IN_CHARGE: Reach.GOVERNMENT,
        Post.PRINCIPAL: Reach.GOVERNMENT,
    },
    InterpretationCommand.PUBLISH_POLICY_PACKAGE: {Post.PUBLISHER: Reach.GOVERNMENT},
}
