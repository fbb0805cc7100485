"""Whom to believe (C2SP tlog-policy): the log's key, the witnesses, and how many of them must agree.

A policy file has one statement a line; ``#`` begins a comment::

    log <verifier key> [url]
    witness <name> <verifier key> [url]
    group <name> all|any|<k> <member> [<member> …]
    quorum <name>|none
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ledger.note import KeyRefused, Verifier, parse_verifier


class PolicyRefused(ValueError):
    """The policy file cannot be read; the message names the line."""


@dataclass(frozen=True, slots=True)
class Witness:
    """An independent party that cosigns checkpoints; ``url`` is where it takes them, if it does."""

    name: str
    verifier: Verifier
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """``threshold`` of ``members`` (witnesses or groups) must agree."""

    threshold: int
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Policy:
    """The keys to believe and the quorum to ask for; without a quorum the log's own signature is enough."""

    logs: tuple[Verifier, ...] = ()
    witnesses: Mapping[str, Witness] = field(default_factory=dict)
    groups: Mapping[str, Group] = field(default_factory=dict)
    quorum: str | None = None

    @property
    def verifiers(self) -> list[Verifier]:
        """Every key that the policy names."""
        return [*self.logs, *(witness.verifier for witness in self.witnesses.values())]

    def satisfied_by(self, cosigners: Iterable[Verifier]) -> bool:
        """Whether these witnesses' cosignatures make the quorum."""
        keys = set(cosigners)
        agreed = {name for name, witness in self.witnesses.items() if witness.verifier in keys}
        return self.quorum is None or self._agrees(self.quorum, agreed)

    def _agrees(self, name: str, agreed: set[str]) -> bool:
        group = self.groups.get(name)
        if group is None:
            return name in agreed
        return sum(self._agrees(member, agreed) for member in group.members) >= group.threshold


def parse_policy(text: str) -> Policy:
    """Read a policy file.  Raises PolicyRefused, naming the line."""
    reading = _Reading()
    for number, line in enumerate(text.splitlines(), 1):
        words = line.split("#", 1)[0].split()
        if words:
            try:
                reading.take(words)
            except (ValueError, KeyRefused) as error:
                raise PolicyRefused(f"line {number} of the policy: {error}") from None
    if reading.quorum is None:
        raise PolicyRefused("the policy names no quorum; write 'quorum none' where none is asked for")
    quorum = None if reading.quorum == "none" else reading.quorum
    return Policy(tuple(reading.logs), reading.witnesses, reading.groups, quorum)


class _Reading:
    """The statements read so far; names must be known before they are used, so no group holds itself."""

    def __init__(self) -> None:
        self.logs: list[Verifier] = []
        self.witnesses: dict[str, Witness] = {}
        self.groups: dict[str, Group] = {}
        self.quorum: str | None = None

    def take(self, words: list[str]) -> None:
        match words:
            case ["log", key] | ["log", key, _]:
                self.logs.append(parse_verifier(key))
            case ["witness", name, key, *url] if len(url) <= 1:
                self._new(name)
                self.witnesses[name] = Witness(name, parse_verifier(key), url[0] if url else None)
            case ["group", name, threshold, *members] if members:
                self._new(name)
                self.groups[name] = Group(self._threshold(threshold, members), self._known(members))
            case ["quorum", name]:
                if self.quorum is not None:
                    raise ValueError("a second quorum is named; a policy has exactly one")
                self.quorum = name if name == "none" else self._known([name])[0]
            case _:
                raise ValueError(f"{words[0]!r} is not a statement of a policy, or has not the words it needs")

    def _new(self, name: str) -> None:
        if name in self.witnesses or name in self.groups or name == "none":
            raise ValueError(f"the name {name!r} is taken already")

    def _known(self, names: list[str]) -> tuple[str, ...]:
        for name in names:
            if name not in self.witnesses and name not in self.groups:
                raise ValueError(f"{name!r} is neither a witness nor a group named above")
        return tuple(names)

    @staticmethod
    def _threshold(text: str, members: list[str]) -> int:
        threshold = {"all": len(members), "any": 1}.get(text) or (int(text) if text.isdecimal() else 0)
        if not 1 <= threshold <= len(members):
            raise ValueError(f"a threshold of {text!r} cannot be met by {len(members)} members")
        return threshold
