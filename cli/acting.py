"""In whose name the operator acts: an officer of the ledger, in a post held today that may do this."""

from datetime import datetime

from eventsourcing.application import AggregateNotFoundError

from aggregates.deed import CHINA
from aggregates.officer import Officer
from aggregates.posts import posts_entitled
from aggregates.registry import Registry
from aggregates.terms import CommandName
from cli.failure import Failure
from ledger.entry import Actor

CREDENTIAL = "cli"
"""How an entry says that somebody acted at the operator's door and not through the service."""


def actor_for(registry: Registry, officer: str, command: CommandName, now: datetime) -> Actor:
    """The officer in the first post held now that may carry out the command.  Raises Failure."""
    day = now.astimezone(CHINA).date().isoformat()
    entitled = posts_entitled(command)
    for held in _file_of(registry, officer).appointments:
        if held.post in entitled and held.covers(day):
            return Actor(officer, held.post, held.unit, CREDENTIAL)
    zh, en = "、".join(post.zh for post in entitled), ", ".join(entitled)
    raise Failure(
        f"{officer}在{day}没有可以“{command.zh}”的岗位（须为：{zh}）。未作任何改动。请换人，或先任命岗位。",
        f"{officer} holds no post on {day} that may {command.en} (it takes: {en}). Nothing was changed. Name somebody "
        "else, or appoint the officer first.",
    )


def _file_of(registry: Registry, officer: str) -> Officer:
    try:
        file: Officer = registry.repository.get(Officer.stream_of(officer))
    except AggregateNotFoundError:
        raise Failure(
            f"台账中没有人员{officer}。未作任何改动。",
            f"The ledger knows no officer {officer}. Nothing was changed.",
        ) from None
    return file
