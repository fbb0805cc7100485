"""What the evidence package asks of the signed log: one checkpoint, proofs under it, and foreign clocks."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from ledger.ledger import Ledger
from ledger.note import parse_note
from ledger.published import PublishedLog, checkpoint_of


@dataclass(frozen=True, slots=True)
class Stamp:
    """An authority's reply (RFC 3161) over a checkpoint of ``size`` entries.

    ``text`` is what was stamped: that checkpoint's note text, without its signatures.
    """

    size: int
    text: str
    token: bytes


class SignedLog(Protocol):
    """A log at one signed checkpoint, under which everything in a package is proved."""

    @property
    def checkpoint(self) -> str:
        """The signed note, verbatim, with the cosignatures it has."""
        ...

    @property
    def policy(self) -> str:
        """Whom to believe (C2SP tlog-policy): the log's key, the witnesses, the quorum or ``none``."""
        ...

    @property
    def stamps(self) -> Sequence[Stamp]:
        """Stamps over this checkpoint and over earlier ones, by size; often none."""
        ...

    @property
    def timestamp_roots(self) -> bytes:
        """The certificates (PEM) that vouch for the stamping authorities; empty where there are none."""
        ...

    def inclusion_path(self, index: int, size: int) -> Sequence[bytes]:
        """PATH(index, D[0:size]), the leaf's sibling first."""
        ...

    def consistency_path(self, first: int, second: int) -> Sequence[bytes]:
        """PROOF(first, D[0:second])."""
        ...


class NothingSigned(LookupError):
    """The log has signed no checkpoint yet, so nothing of it can be proved to a third party."""

    def __init__(self) -> None:
        super().__init__(
            "the log has no signed checkpoint yet; no evidence can be given out.  Give the ledger a signing directory "
            "and record something, then ask again"
        )


def own_policy(ledger: Ledger) -> str:
    """The log's own keys and no quorum: what a package says when nobody has agreed on more.  Raises NothingSigned."""
    if ledger.signer is None:
        raise NothingSigned
    return "".join(f"log {key.to_text()}\n" for key in ledger.signer.verifiers) + "quorum none\n"


class PublishedEvidence:
    """A published log as the evidence package sees it, at its newest checkpoint or at one that is handed in."""

    def __init__(
        self, published: PublishedLog, policy: str, *, checkpoint: str | None = None, timestamp_roots: bytes = b""
    ) -> None:
        """Take the checkpoint once: all proofs are made under it.  Raises NothingSigned."""
        note = checkpoint or published.checkpoint()
        if note is None:
            raise NothingSigned
        self._published, self.checkpoint, self.policy = published, note, policy
        self.timestamp_roots = timestamp_roots
        self.stamps = _stamps(published, checkpoint_of(note).size)

    def inclusion_path(self, index: int, size: int) -> Sequence[bytes]:
        """PATH(index, D[0:size])."""
        return self._published.inclusion(index, size)

    def consistency_path(self, first: int, second: int) -> Sequence[bytes]:
        """PROOF(first, D[0:second])."""
        return self._published.consistency(first, second)


def _stamps(published: PublishedLog, size: int) -> tuple[Stamp, ...]:
    """Every stamp over a checkpoint of at most that size, with the text it was made over."""
    found = []
    for stamped, _authority, _time, token in published.timestamps(1, size):
        note = published.checkpoint(stamped)
        # A checkpoint that is no longer kept leaves its stamp without a meaning.
        if note is not None and checkpoint_of(note).size == stamped:
            found.append(Stamp(stamped, parse_note(note).text, token))
    return tuple(found)
