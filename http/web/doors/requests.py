"""Which address of the API belongs to what in the area requests."""

from collections.abc import Mapping

from aggregates.requests.words import RequestCommand as Command
from web.policy import PUBLIC, SIGNED_IN, Policy, command, public_command

POLICIES: Mapping[str, Policy] = {
    "POST /api/calendar/years": command(Command.ADOPT_CALENDAR_YEAR),
    "POST /api/calendar/years/{year}/amendments": command(Command.AMEND_CALENDAR),
    "GET /api/calendar/proposals/{year}": SIGNED_IN,
    "POST /api/requests": public_command(Command.RECEIVE_REQUEST),
    "POST /api/requests/entries": command(Command.ENTER_REQUEST_FROM_OTHER_CHANNEL),
    "GET /api/requests/{request}/status": PUBLIC,  # only for whoever holds the token: see the route
    "POST /api/requests/{request}/confirmations": command(Command.CONFIRM_REQUEST_RECEIPT),
    "POST /api/requests/{request}/splits": command(Command.SPLIT_REQUEST),
    "POST /api/requests/{request}/transfers": command(Command.TRANSFER_REQUEST_INFORMATION),
    "POST /api/requests/{request}/correction-notices": command(Command.REQUEST_CORRECTION),
    "POST /api/requests/{request}/corrections": command(Command.RECEIVE_CORRECTION),
    "POST /api/requests/{request}/abandonments": command(Command.ABANDON_REQUEST),
    "POST /api/requests/{request}/withdrawals": command(Command.WITHDRAW_REQUEST),
    "POST /api/requests/{request}/third-party-consultations": command(Command.CONSULT_THIRD_PARTY),
    "POST /api/requests/{request}/third-party-opinions": command(Command.RECEIVE_THIRD_PARTY_OPINION),
    "POST /api/requests/{request}/third-party-silences": command(Command.RECORD_THIRD_PARTY_SILENCE),
    "POST /api/requests/{request}/co-producer-consultations": command(Command.CONSULT_CO_PRODUCER),
    "POST /api/requests/{request}/co-producer-opinions": command(Command.RECEIVE_CO_PRODUCER_OPINION),
    "POST /api/requests/{request}/co-producer-silences": command(Command.RECORD_CO_PRODUCER_SILENCE),
    "POST /api/requests/{request}/extension-approvals": command(Command.APPROVE_EXTENSION),
    "POST /api/requests/{request}/extensions": command(Command.EXTEND_DEADLINE),
    "POST /api/requests/{request}/reason-requests": command(Command.REQUEST_REASONS),
    "POST /api/requests/{request}/reason-conclusions": command(Command.RECEIVE_REASONS),
    "POST /api/requests/{request}/delays": command(Command.DELAY_REPLY),
    "POST /api/requests/{request}/searches": command(Command.CONDUCT_SEARCH),
    "POST /api/requests/{request}/fee-notices": command(Command.ISSUE_FEE_NOTICE),
    "POST /api/requests/{request}/fee-payments": command(Command.RECORD_FEE_PAID),
    "POST /api/requests/{request}/fee-lapses": command(Command.RECORD_FEE_NOT_PAID),
    "POST /api/requests/{request}/replies": command(Command.REPLY_REQUEST),
    "POST /api/requests/{request}/services": command(Command.SERVE_REPLY),
    "POST /api/requests/{request}/reconsiderations": command(Command.FILE_RECONSIDERATION),
    "POST /api/requests/{request}/reconsideration-decisions": command(Command.DECIDE_RECONSIDERATION),
    "POST /api/requests/{request}/lawsuits": command(Command.FILE_LITIGATION),
    "POST /api/requests/{request}/judgments": command(Command.JUDGE_LITIGATION),
    "POST /api/requests/{request}/disclosure-orders": command(Command.ORDER_REQUEST_DISCLOSURE),
    "POST /api/record-corrections": command(Command.REQUEST_RECORD_CORRECTION),
    "POST /api/record-corrections/{record_correction}/decisions": command(Command.DECIDE_RECORD_CORRECTION),
    "POST /api/suggestions": command(Command.SUGGEST_DISCLOSURE),
    "POST /api/suggestions/{suggestion}/examinations": command(Command.EXAMINE_SUGGESTION),
}
