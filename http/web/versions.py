"""Versions of streams as ETags: what a reader has read, and a writer says it has read."""

from ledger.ledger import Ledger


def entity_tag(version: int) -> str:
    """A stream's version as a strong ETag."""
    return f'"{version}"'


def etag_at(ledger: Ledger, stream: str, position: int) -> str:
    """The ETag of what an answer shows: the stream's version at the position the answer speaks for.

    Never a later one, which the reader has not seen.
    """
    known = [entry.version for entry in ledger.read_stream(stream) if entry.position <= position]
    return entity_tag(known[-1] if known else 0)
