"""Who may open which door: the rule of every address, in one table.

An address that is not in the table is not opened: the service does not start with one
(``Doors.of``).  What a command may do is the rulebook's to say; here stands only that whoever asks
must be known, so that a refusal can be recorded with a name.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fastapi.routing import APIRoute, iter_route_contexts
from starlette.routing import BaseRoute, Mount

from aggregates.vocabulary import Command
from web import doors
from web.policy import OPERATIONS, PUBLIC, SIGNED_IN, SUPERVISION, Policy, command

POLICIES: Mapping[str, Policy] = {
    # ── what is before the public ─────────────────────────────────────────────────────────────────
    "GET /api/catalogue": PUBLIC,
    "GET /api/catalogue/{item}": PUBLIC,
    "GET /api/register": PUBLIC,
    "GET /api/register/{publication}": PUBLIC,
    "GET /api/diff/{table}": PUBLIC,  # lists for officers ask for more: see the route
    "GET /api/contents/{sha256}": PUBLIC,  # what is not before the public asks for more: see the route
    "GET /api/units": PUBLIC,
    "GET /api/units/{unit}": PUBLIC,
    "GET /api/channels": PUBLIC,
    "GET /api/columns": PUBLIC,
    "GET /api/platform/owner": PUBLIC,
    "GET /api/rulesets": PUBLIC,
    "GET /api/workflows": PUBLIC,
    "GET /api/projections": PUBLIC,
    "GET /api/head": PUBLIC,
    "GET /api/tlog": PUBLIC,
    "GET /api/tlog/inclusion": PUBLIC,
    "GET /api/tlog/consistency": PUBLIC,
    "GET /api/events/{position}/receipt": PUBLIC,  # hashes only; the entry itself asks for more
    "GET /tlog/checkpoint": PUBLIC,
    "GET /tlog/tile/{name}": PUBLIC,
    "GET /tlog/timestamps/{name}": PUBLIC,
    "GET /api/openapi.json": PUBLIC,
    "GET /api/problems": PUBLIC,
    "GET /api/problems/{code}": PUBLIC,
    # ── for officers; what they see is cut to their units by the route ────────────────────────────
    "GET /api/me": SIGNED_IN,
    "GET /api/officers": SIGNED_IN,
    "GET /api/officers/{officer}": SIGNED_IN,
    "GET /api/documents": SIGNED_IN,
    "GET /api/documents/{item}": SIGNED_IN,
    "GET /api/publications/{item}": SIGNED_IN,
    "GET /api/trails/{kind}/{subject}": SIGNED_IN,
    "GET /api/reports/annual/{year}": SIGNED_IN,
    "GET /api/obligations": SIGNED_IN,
    "GET /api/obligations.ics": SIGNED_IN,
    "GET /api/obligations/{obligation}": SIGNED_IN,
    "GET /api/gaps": SIGNED_IN,
    "PUT /api/contents": SIGNED_IN,
    "POST /api/contents": SIGNED_IN,
    # ── for supervision ───────────────────────────────────────────────────────────────────────────
    "GET /api/events": SUPERVISION,
    "GET /api/events/stream": SUPERVISION,
    "GET /api/events/{position}": SUPERVISION,
    "POST /api/evidence": SUPERVISION,  # not a command of the rulebook; the taking is recorded as a consultation
    "GET /tlog/tile/entries/{name}": SUPERVISION,  # public where the settings say so
    # ── commands: the rulebook judges who may ─────────────────────────────────────────────────────
    "POST /api/district": command(Command.FOUND_DISTRICT),
    "POST /api/units": command(Command.REGISTER_UNIT),
    "POST /api/units/{unit}/succession": command(Command.SUCCEED_UNIT),
    "POST /api/units/{unit}/disclosure-office": command(Command.DESIGNATE_DISCLOSURE_OFFICE),
    "POST /api/officers": command(Command.REGISTER_OFFICER),
    "POST /api/officers/{officer}/appointments": command(Command.APPOINT_OFFICER),
    "POST /api/officers/{officer}/reliefs": command(Command.RELIEVE_OFFICER),
    "POST /api/channels": command(Command.REGISTER_CHANNEL),
    "POST /api/channels/{channel}/retirement": command(Command.RETIRE_CHANNEL),
    "POST /api/platform/owner": command(Command.ASSIGN_PLATFORM_OWNER),
    "POST /api/columns": command(Command.REGISTER_COLUMN),
    "POST /api/columns/{column}/maintenance": command(Command.MAINTAIN_COLUMN),
    "POST /api/workflows": command(Command.ADOPT_WORKFLOW),
    "POST /api/rulesets": command(Command.ADOPT_RULESET),
    "POST /api/documents": command(Command.DRAFT_DOCUMENT),
    "POST /api/documents/{item}/revisions": command(Command.REVISE_DOCUMENT),
    "POST /api/documents/{item}/attributes": command(Command.DETERMINE_DISCLOSURE_ATTRIBUTE),
    "POST /api/documents/{item}/attribute-reviews": command(Command.REVIEW_DISCLOSURE_ATTRIBUTE),
    "POST /api/documents/{item}/referrals": command(Command.REFER_TO_DISCLOSURE_OFFICE),
    "POST /api/documents/{item}/non-disclosure-examinations": command(Command.EXAMINE_NON_DISCLOSURE),
    "POST /api/documents/{item}/submissions": command(Command.SUBMIT_DRAFT_FOR_APPROVAL),
    "POST /api/documents/{item}/returns": command(Command.RETURN_DOCUMENT),
    "POST /api/documents/{item}/waivers": command(Command.WAIVE_DEFECT),
    "POST /api/documents/{item}/resubmissions": command(Command.RESUBMIT_DOCUMENT),
    "POST /api/documents/{item}/approvals": command(Command.APPROVE_DOCUMENT),
    "POST /api/documents/{item}/secrecy-reviews": command(Command.CONDUCT_SECRECY_REVIEW),
    "POST /api/documents/{item}/secrecy-escalations": command(Command.ESCALATE_SECRECY_QUESTION),
    "POST /api/documents/{item}/secrecy-determinations": command(Command.DETERMINE_SECRECY),
    "POST /api/publications": command(Command.PUBLISH_INFORMATION),
    "POST /api/publications/{item}/channels": command(Command.ADD_CHANNEL),
    "POST /api/publications/{item}/corrections": command(Command.CORRECT_PUBLICATION),
    "POST /api/publications/{item}/withdrawals": command(Command.WITHDRAW_PUBLICATION),
    "POST /api/publications/{item}/supersessions": command(Command.SUPERSEDE_PUBLICATION),
    "POST /api/publications/{item}/seals": command(Command.SEAL_CONTENT),
    "POST /api/publications/{item}/unsealings": command(Command.UNSEAL_CONTENT),
    "POST /api/publications/{item}/archivings": command(Command.ARCHIVE_RECORD),
    "DELETE /api/publications/{item}": command(Command.DELETE_PUBLICATION),
    "POST /api/historic": command(Command.RECORD_HISTORIC),
    "POST /api/found": command(Command.REPORT_UNREGISTERED_PUBLICATION),
    "POST /api/consultations": command(Command.CONSULT_LEDGER),
    "POST /api/personal/erasures": command(Command.ERASE_PERSONAL_VALUES),
    "POST /api/cases": command(Command.OPEN_CASE),
    "POST /api/cases/{case}/responsibilities": command(Command.DETERMINE_RESPONSIBILITY),
    "POST /api/cases/{case}/measures": command(Command.IMPOSE_MEASURE),
    **doors.POLICIES,
    # ── for whoever runs the service ──────────────────────────────────────────────────────────────
    "GET /health/live": PUBLIC,
    "GET /health/ready": PUBLIC,
    "GET /metrics": OPERATIONS,
}
"""The table.  The pages bring theirs along (``web.pages.POLICIES``), read by the same rule."""


@dataclass(frozen=True, slots=True)
class Door:
    """One address with its rule."""

    address: str
    template: str
    policy: Policy


class UnguardedRoute(RuntimeError):
    """A route has no policy, or a policy no route; the service was not started."""


@dataclass(frozen=True, slots=True)
class Doors:
    """The rule and the template of every route, found by its endpoint."""

    by_endpoint: Mapping[Callable[..., Any], Door] = field(default_factory=dict)

    @classmethod
    def of(cls, routes: Sequence[BaseRoute], policies: Mapping[str, Policy]) -> "Doors":
        """Look up every route, also those of routers within routers.  Raises UnguardedRoute."""
        found: dict[Callable[..., Any], Door] = {}
        unguarded, unused = [], set(policies)
        for address, template, endpoint, asks in addresses(routes):
            policy = policies.get(address)
            unused.discard(address)
            if (
                policy is None
                or (not asks and policy is not PUBLIC)
                or (endpoint in found and found[endpoint].policy != policy)
            ):
                unguarded.append(address)
            else:
                found[endpoint] = Door(address, template, policy)
        if unguarded or unused:
            raise UnguardedRoute(
                f"routes without a policy of their own: {unguarded}; policies without a route: {sorted(unused)}.  "
                "Give every address one line in web/policies.py; the service was not started"
            )
        return cls(found)


def addresses(routes: Sequence[BaseRoute]) -> Iterator[tuple[str, str, Callable[..., Any], bool]]:
    """``METHOD /template``, the template, the endpoint of every route there is; a mount answers to ``MOUNT``.

    The last says whether the route asks who is there: only the framework's own kind does.
    """
    for context in iter_route_contexts(routes):
        path, endpoint = context.path_format or context.path or "", context.endpoint
        if isinstance(context.original_route, Mount):
            mount = context.original_route
            yield f"MOUNT {mount.path}", mount.path, mount.app, False
            continue
        assert endpoint is not None
        for method in sorted((context.methods or set()) - {"HEAD"}):
            yield f"{method} {path}", path, endpoint, isinstance(context.original_route, APIRoute)
