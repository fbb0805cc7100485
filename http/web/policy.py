"""What a rule of an address says: who is let in, and whether the rulebook judges further."""

from dataclasses import dataclass

from aggregates.terms import CommandName
from aggregates.vocabulary import Post
from web.principal import Principal
from web.problem_codes import ProblemCode
from web.problems import Problem


@dataclass(frozen=True, slots=True)
class Policy:
    """One rule.  ``command`` is set where the rulebook judges further, and records what it refuses.

    ``own_credential`` is for a route that reads the header ``Authorization`` in its own way.
    """

    name: str
    signed_in: bool = True
    posts: frozenset[str] = frozenset()
    district_office: bool = False
    command: str | None = None
    own_credential: bool = False

    def check(self, principal: Principal | None) -> None:
        """Let them through, or raise Problem NOT_SIGNED_IN or NOT_PERMITTED."""
        if not self.signed_in:
            return
        if principal is None:
            raise not_signed_in()
        if not self.posts and not self.district_office:
            return
        if self.posts & principal.post_names or (self.district_office and principal.in_district_office):
            return
        raise Problem(ProblemCode.NOT_PERMITTED, posts=sorted(self.posts), district_office=self.district_office)


def not_signed_in() -> Problem:
    """The answer to whoever is not known; all reasons look alike."""
    return Problem(ProblemCode.NOT_SIGNED_IN, headers={"WWW-Authenticate": 'Bearer realm="disclosure-ledger"'})


PUBLIC = Policy("public", signed_in=False)
"""Everybody: what the programme puts before the public."""
SIGNED_IN = Policy("signed-in")
"""Every officer; what they see is cut to their units by the route."""
OPERATIONS = Policy("operations", signed_in=False, own_credential=True)
"""The machine's own figures; the route asks for its own token unless the settings make them public."""
SUPERVISION = Policy(
    "supervision",
    posts=frozenset({Post.INSPECTOR, Post.INVESTIGATOR, Post.SECRECY_ADMINISTRATION}),
    district_office=True,
)
"""Who watches over all units: 检查人员, 调查人员, 保密行政管理部门, and everybody in the 区政府办公室."""


def command(name: CommandName) -> Policy:
    """A command of the rulebook: the officer must be known, the Registry judges the post and records a refusal."""
    return Policy(f"command:{name}", command=str(name))


def public_command(name: CommandName) -> Policy:
    """A command that the public may ask for as well; whoever is not known acts as the public."""
    return Policy(f"public-command:{name}", signed_in=False, command=str(name))
