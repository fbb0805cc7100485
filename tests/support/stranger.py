"""A verifier that knows nothing of our code: ``python stranger.py PREFIX VKEY [BEARER]``, PREFIX an address or a folder.

From the specifications alone (C2SP signed-note, tlog-checkpoint and tlog-tiles, RFC 6962): it reads the whole log,
checks every tile against the one below, the leaves against the entries, the root and its signature.  Prints the
size and the root; any disagreement is a traceback.
"""

import base64
import hashlib
import pathlib
import struct
import sys
import urllib.request

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

PREFIX, VKEY, BEARER = [*sys.argv[1:], ""][:3]
TEXT, BYTES = "text/plain; charset=utf-8", "application/octet-stream"


def fetch(path: str, kind: str) -> bytes:
    if "://" not in PREFIX:
        return (pathlib.Path(PREFIX) / path).read_bytes()
    headers = {"Authorization": f"Bearer {BEARER}"} if BEARER else {}
    request = urllib.request.Request(f"{PREFIX}/{path}", headers=headers)
    with urllib.request.urlopen(request) as answer:
        found = answer.headers
        assert found["Content-Type"] == kind, (path, found["Content-Type"])
        lasting = "immutable" in found["Cache-Control"] and "max-age=31536000" in found["Cache-Control"]
        assert lasting is (path != "checkpoint"), (path, found["Cache-Control"])
        return answer.read()  # type: ignore[no-any-return]


def path_of(level: int | str, number: int, width: int) -> str:
    groups = [f"{number % 1000:03d}"]
    while number := number // 1000:
        groups.insert(0, f"x{number % 1000:03d}")
    return "/".join(["tile", str(level), *groups]) + ("" if width == 256 else f".p/{width}")


def tiles(level: int | str, length: int) -> list[bytes]:
    widths = [256] * (length // 256) + ([length % 256] if length % 256 else [])
    return [fetch(path_of(level, number, width), BYTES) for number, width in enumerate(widths)]


def node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of(hashes: list[bytes]) -> bytes:
    if len(hashes) <= 1:
        return hashes[0] if hashes else hashlib.sha256().digest()
    split = 1 << ((len(hashes) - 1).bit_length() - 1)
    return node(root_of(hashes[:split]), root_of(hashes[split:]))


def main() -> None:
    text, _, signatures = fetch("checkpoint", TEXT).decode().rpartition("\n\n")
    origin, size_text, root_text = text.split("\n")
    name, key_id, key_text = VKEY.split("+", 2)
    key = base64.b64decode(key_text)
    assert key[0] == 1, "an Ed25519 key is expected"
    assert hashlib.sha256(name.encode() + b"\n" + key).digest()[:4].hex() == key_id
    ours = [base64.b64decode(line.split(" ")[2]) for line in signatures.splitlines() if line.startswith(f"— {name} ")]
    (signature,) = [blob[4:] for blob in ours if blob[:4].hex() == key_id]
    Ed25519PublicKey.from_public_bytes(key[1:]).verify(signature, f"{text}\n".encode())
    assert origin == name
    size = int(size_text)

    leaves = []
    for bundle in tiles("entries", size):
        while bundle:
            (length,) = struct.unpack(">H", bundle[:2])
            assert len(bundle) >= 2 + length
            leaves.append(hashlib.sha256(b"\x00" + bundle[2 : 2 + length]).digest())
            bundle = bundle[2 + length :]  # noqa: PLW2901 - what is left of it
    assert len(leaves) == size
    assert root_of(leaves) == base64.b64decode(root_text)

    level, below = 0, leaves
    while below:
        stored = b"".join(tiles(level, len(below)))
        assert stored == b"".join(below), f"level {level}"
        below = [root_of(below[at : at + 256]) for at in range(0, len(below) // 256 * 256, 256)]
        level += 1
    print(size, base64.b64decode(root_text).hex())  # noqa: T201 - its answer


main()
