"""Time from outside (RFC 3161): a foreign clock says when a checkpoint existed.

A token over the checkpoint of size n, made at time T, shows that the first n entries existed at T:
none of them can have been written later.  Two stamped checkpoints bracket every entry between them.
What is stamped is the checkpoint note's text, without its signatures.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from cryptography import x509
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from ledger.errors import LedgerError

REQUEST_TYPE = "application/timestamp-query"
REPLY_TYPE = "application/timestamp-reply"


class TimestampRefused(LedgerError):
    """The token does not show what it should; the time it states may not be believed."""


@dataclass(frozen=True, slots=True)
class TimestampRequest:
    """A request to an authority: its DER bytes, and the nonce that the answer must carry."""

    body: bytes
    nonce: int


def request_timestamp(text: str) -> TimestampRequest:
    """Ask for a token over a checkpoint's text, with a fresh nonce and the authority's certificate in it."""
    request = TimestampRequestBuilder(text.encode(), HashAlgorithm.SHA256).build()
    assert request.nonce is not None, "the builder draws a nonce unless told not to"
    return TimestampRequest(request.as_bytes(), request.nonce)


def imprint_of(token: bytes) -> bytes:
    """The SHA-256 that a reply is about; nothing is believed yet.  Raises TimestampRefused for what is no reply."""
    return bytes(_decoded(token).tst_info.message_imprint.message)


def read_timestamp(token: bytes, text: str) -> datetime:
    """The time that a reply over this text states, in UTC; whose word it is has not been checked.

    Raises TimestampRefused for what is no reply, or one over another text.
    """
    response = _decoded(token)
    if bytes(response.tst_info.message_imprint.message) != sha256(text.encode()).digest():
        raise TimestampRefused("the time stamp is over another text than this checkpoint; it says nothing of this one")
    return response.tst_info.gen_time.astimezone(UTC)


def _decoded(token: bytes) -> TimeStampResponse:
    try:
        response = decode_timestamp_response(token)
        # A refusal of the authority decodes, and has no stamp in it.
        response.tst_info.gen_time  # noqa: B018
    except ValueError as error:
        raise TimestampRefused(f"this is no time stamp: {error}.  Ask the authority for another") from None
    return response


def check_timestamp(token: bytes, text: str, roots: Sequence[x509.Certificate], nonce: int | None = None) -> datetime:
    """Check a reply over a checkpoint's text against trusted roots; answers the authority's time, in UTC.

    Raises TimestampRefused with what was found: no reply, another text, another nonce, an
    authority that the roots do not vouch for.
    """
    try:
        response = decode_timestamp_response(token)
        builder = VerifierBuilder(nonce=nonce, roots=list(roots))
        builder.build().verify_message(response, text.encode())
    except (ValueError, VerificationError) as error:
        raise TimestampRefused(
            f"the time stamp does not hold for this checkpoint: {error}.  Its time is not believed; ask the authority "
            "for another"
        ) from None
    return response.tst_info.gen_time.astimezone(UTC)
