"""Which address of the API belongs to what in the area supervision."""

from collections.abc import Mapping

from aggregates.supervision.words import SupervisionCommand as C
from web.policy import Policy, command

POLICIES: Mapping[str, Policy] = {
    "POST /api/self-checks": command(C.OPEN_SELF_CHECK),
    "POST /api/self-checks/{year}/units/{unit}/findings": command(C.RECORD_SELF_CHECK_FINDING),
    "POST /api/self-checks/{year}/units/{unit}/reports": command(C.SUBMIT_SELF_CHECK_REPORT),
    "POST /api/documents/{item}/conversions": command(C.CONVERT_TO_PROACTIVE),
    "POST /api/disclosure-duties": command(C.ORDER_DISCLOSURE),
    "POST /api/spot-checks": command(C.CONDUCT_SPOT_CHECK),
    "POST /api/spot-checks/{spot_check}/findings": command(C.RECORD_SPOT_CHECK_FINDING),
    "POST /api/rectifications": command(C.ORDER_RECTIFICATION),
    "POST /api/rectifications/{rectification}/confirmations": command(C.CONFIRM_RECTIFICATION),
}
