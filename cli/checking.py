"""What ``verify`` and ``compare`` share: whose word is taken, what was kept, and where a log is read."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from cryptography import x509

from cli.failure import Failure
from ledger.audit_published import DirectorySource, Source, UrlSource
from ledger.note import KeyRefused, Verifier, parse_verifier
from ledger.policy import Policy, PolicyRefused, parse_policy
from ledger.signing import VERIFIER_FILE, Signing


def read_text(file: Path) -> str:
    """A file's text.  Raises Failure."""
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Failure(
            f"{file}读不出来({type(error).__name__})。未作任何改动。请核对路径。",
            f"{file} cannot be read ({type(error).__name__}). Nothing was changed; check the path.",
        ) from None


def read_policy(file: Path | None) -> Policy:
    """The policy in a file, or an empty one.  Raises Failure, naming the line."""
    if file is None:
        return Policy()
    try:
        return parse_policy(read_text(file))
    except PolicyRefused as error:
        raise Failure(f"策略文件{file}有误:{error}。", f"The policy {file} cannot be followed: {error}.") from None


def read_keys(given: Sequence[str], policy: Policy, signing: Signing | None = None) -> list[Verifier]:
    """The log's keys: those given (as text or as a file), those of the policy, else those it signs with itself."""
    named = [key for text in given for key in _keys_in(text)]
    keys = [*named, *policy.logs]
    if not keys and signing is not None and (own := signing.directory / VERIFIER_FILE).exists():
        keys = _keys_in(str(own))
    return keys


def _keys_in(text: str) -> list[Verifier]:
    lines = read_text(Path(text)).splitlines() if Path(text).is_file() else [text]
    try:
        return [parse_verifier(line) for line in lines if line.strip()]
    except KeyRefused as error:
        raise Failure(f"“{text}”不是验证公钥:{error}。", f"{text!r} is no verifier key: {error}.") from None


def read_kept(files: Iterable[Path]) -> list[tuple[str, str]]:
    """Kept checkpoints, each with its file's name."""
    return [(file.name, read_text(file)) for file in files]


def read_roots(file: Path | None) -> list[x509.Certificate]:
    """The certificates that vouch for stamping authorities, from a PEM file."""
    if file is None:
        return []
    try:
        return x509.load_pem_x509_certificates(read_text(file).encode())
    except ValueError as error:
        raise Failure(f"{file}不是PEM证书:{error}。", f"{file} holds no PEM certificates: {error}.") from None


def published_source(target: str) -> Source | None:
    """The published log that a target names: an address, or a directory with a checkpoint; else None."""
    if target.startswith(("http://", "https://")):
        return UrlSource(target)
    if Path(target).is_dir():
        return DirectorySource(Path(target))
    return None
