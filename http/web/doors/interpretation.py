"""Which address of the API belongs to what in the area interpretation."""

from collections.abc import Mapping

from aggregates.interpretation.words import InterpretationCommand as Command
from web.policy import Policy, command

POLICIES: Mapping[str, Policy] = {
    "POST /api/policy-packages/{item}/joint-issues": command(Command.REGISTER_JOINT_ISSUE),
    "POST /api/policy-packages/{item}/cooperation": command(Command.RECORD_COOPERATION),
    "POST /api/policy-packages/{item}/duties": command(Command.ASSIGN_INTERPRETATION_DUTY),
    "POST /api/policy-packages/{item}/interpretations": command(Command.REGISTER_INTERPRETATION),
    "POST /api/policy-packages/{item}/effects": command(Command.RECORD_INTERPRETATION_EFFECT),
    "POST /api/policy-packages/{item}/interpretation-approvals": command(Command.APPROVE_INTERPRETATION),
    "POST /api/policy-packages/{item}/sign-offs": command(Command.SIGN_OFF_POLICY_PACKAGE),
    "POST /api/policy-packages/{item}/publications": command(Command.PUBLISH_POLICY_PACKAGE),
}
