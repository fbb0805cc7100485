"""Which address of the API belongs to what in the area appraisal."""

from collections.abc import Mapping

from aggregates.appraisal.words_commands import AppraisalCommand as Command
from web.policy import Policy, command

POLICIES: Mapping[str, Policy] = {
    "POST /api/appraisals": command(Command.OPEN_APPRAISAL_CYCLE),
    "POST /api/appraisals/{appraisal}/scores": command(Command.SCORE_INDICATOR),
    "POST /api/indicator-sets": command(Command.ADOPT_INDICATOR_SET),
    "POST /api/assessments": command(Command.RECORD_THIRD_PARTY_ASSESSMENT),
    "POST /api/bulletins/{bulletin}/compilations": command(Command.COMPILE_MONTHLY_BULLETIN),
    "POST /api/bulletins/{bulletin}/issues": command(Command.ISSUE_MONTHLY_BULLETIN),
    "POST /api/annual-reports/{report}/compilations": command(Command.COMPILE_ANNUAL_REPORT),
    "POST /api/annual-reports/{report}/submissions": command(Command.SUBMIT_ANNUAL_REPORT),
    "POST /api/annual-reports/{report}/publications": command(Command.PUBLISH_ANNUAL_REPORT),
    "POST /api/units/{unit}/commendations": command(Command.COMMEND_UNIT),
    "POST /api/units/{unit}/criticisms": command(Command.CRITICISE_UNIT),
    "POST /api/cases/{case}/effects": command(Command.ASSESS_EFFECT),
}
