"""The one way out: a small POST to an address that the operator has named, and nowhere else."""

from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from ledger.errors import LedgerError

LARGEST_ANSWER = 65_536


class Unreachable(LedgerError):
    """The address gave no answer; the message says why."""


class _NoRedirects(HTTPRedirectHandler):
    def redirect_request(self, *_: object, **__: object) -> None:
        """Follow nobody: whoever is asked is where the operator says they are."""


def post(url: str, body: bytes, media_type: str, timeout_s: float) -> tuple[int, bytes]:
    """POST to an http or https address, following no redirect; answers status and at most 65,536 bytes.

    Raises Unreachable.
    """
    if urlsplit(url).scheme not in {"http", "https"}:
        raise Unreachable(f"the address {url} is neither http nor https")
    request = Request(url, data=body, headers={"Content-Type": media_type})  # noqa: S310 - scheme checked
    try:
        with build_opener(_NoRedirects).open(request, timeout=timeout_s) as answer:
            return answer.status, answer.read(LARGEST_ANSWER)
    except HTTPError as error:
        with error:
            return error.code, error.read(LARGEST_ANSWER)
    except (URLError, OSError, ValueError, HTTPException) as error:
        raise Unreachable(f"{url} did not answer: {error}") from None
