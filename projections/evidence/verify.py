"""核验证据包 · Check an evidence package, without any software of those who made it.

    python verify.py [--key KEY] [--policy FILE] [--roots FILE] [--manifest SHA256] [PACKAGE]

PACKAGE 为证据包(zip)或解压后的文件夹，缺省为本程序所在文件夹，the zip or the folder it was unpacked to, by
default the one this file lies in.  需要 needed: Python 3.9, `cryptography`.  Formats: C2SP tlog-*, RFC 9162, RFC 3161.
"""

from __future__ import annotations

import argparse
import hashlib
import hmac
import json
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from base64 import b64decode
from calendar import timegm
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from time import asctime, gmtime, strptime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ed25519

LOG, COSIGNER = 1, 4  # kinds of Ed25519 keys; 6 is ML-DSA-44
ENTRY, PROOF = "entries/{:09}.json", "proofs/{:09}.tlog-proof"
OWN_KEY = "取自本包，未与别处核对 it came from this package, compared with nothing: give --key"
CITING = {"sha256", "content_sha256", "sha256s"}  # the members that name contents, wherever they stand in an entry
CHANGES, STATEMENT = "log/keys", "disclosure-ledger/key-rotation/v1\n"  # the stream of the changes of keys
STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f]")


class Fault(Exception):
    """Where something is not as it must be, what was found, what was expected."""

    def __init__(self, where: object, found: object, expected: object) -> None:
        where = f"第{where}号记录 position {where}" if isinstance(where, int) else where
        super().__init__(f"{where}\n      发现 found     {found}\n      应为 expected  {expected}")


class Package:
    """The files, from a zip or a folder, and what the checks need of them."""

    def __init__(self, path: Path, asked: argparse.Namespace) -> None:
        self.folder, self.asked = path, asked
        self.zip = None if path.is_dir() else zipfile.ZipFile(path)
        files = [file.relative_to(path).as_posix() for file in path.rglob("*") if file.is_file()]
        self.names = Counter([name for name in self.zip.namelist() if name[-1] != "/"] if self.zip else files)
        self.manifest = json.loads(self.read("manifest.json"))
        self.positions = sorted(int(name[8:17]) for name in self.names if name.startswith("entries/"))
        policy = (asked.policy.read_bytes() if asked.policy else self.read("policy.txt")).decode()
        self.statements = [line.split("#")[0].split() for line in policy.splitlines()]
        text, _, self.signatures = self.read("checkpoint.txt").decode().rpartition("\n\n")
        origin, size, root = text.split("\n")[:3]
        self.text, self.origin, self.size, self.root = f"{text}\n", origin, int(size), b64decode(root)

    def read(self, name: str) -> bytes:
        """A file's bytes."""
        if name not in self.names:
            raise Fault(name, "没有该文件 no such file", "该文件 the file")
        return self.zip.read(name) if self.zip else (self.folder / name).read_bytes()


def sha256(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def key_of(text: str) -> tuple[str, bytes]:
    """A verifier key <name>+<id>+<base64>: its name with its id, which must follow from it, and kind and key."""
    name, key_id, encoded = text.strip().split("+", 2)
    blob = b64decode(encoded, validate=True)
    if sha256(name.encode() + b"\n" + blob)[:8] != key_id:
        raise Fault(f"密钥 key {name}", key_id, sha256(name.encode() + b"\n" + blob)[:8])
    return f"{name}+{key_id}", blob


def check_signature(name: str, key: bytes, text: str, payload: bytes) -> int | None:
    """Check a signature over a checkpoint's text; answers a cosigner's time.  Raises InvalidSignature."""
    time, signature = (None, payload) if key[0] == LOG else (int.from_bytes(payload[:8], "big"), payload[8:])
    if key[0] in {LOG, COSIGNER}:
        message = text.encode() if time is None else f"cosignature/v1\ntime {time}\n{text}".encode()
        ed25519.Ed25519PublicKey.from_public_bytes(key[1:]).verify(signature, message)
        return time
    mldsa = import_module("cryptography.hazmat.primitives.asymmetric.mldsa")  # older versions have it not
    if text.startswith(STATEMENT):  # no checkpoint: signed as it is
        mldsa.MLDSA44PublicKey.from_public_bytes(key[1:]).verify(payload, text.encode())
        return None
    origin, size, root = text.split("\n")[:3]
    names = [bytes([len(each.encode())]) + each.encode() for each in (name.rpartition("+")[0], origin)]
    tree = bytes(8) + int(size).to_bytes(8, "big") + b64decode(root)
    message = b"subtree/v1\n\0" + names[0] + payload[:8] + names[1] + tree
    mldsa.MLDSA44PublicKey.from_public_bytes(key[1:]).verify(signature, message)
    return time


def climb(at: int, last: int, start: bytes, path: list[str]) -> tuple[bytes, bytes]:
    """Hash upwards from a node along a proof (RFC 9162): to the root of what ends there, and of the whole tree."""
    old = new = start
    for line in path:
        sibling = b64decode(line, validate=True)
        if at & 1 or at == last:
            old, new = (hashlib.sha256(b"\x01" + sibling + each).digest() for each in (old, new))
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            new = hashlib.sha256(b"\x01" + new + sibling).digest()
        at, last = at >> 1, last >> 1
    if last:
        raise ValueError(f"证明过短 the proof is too short: {len(path)}")
    return old, new


def files(package: Package) -> Iterator[str | Fault]:
    """全部文件 every file: none changed, none added, none taken away."""
    manifest, positions = package.manifest, package.manifest["positions"] + package.manifest["registrations"]
    sums = {line[66:]: line[:64] for line in package.read("SHA256SUMS").decode().splitlines()}
    listed = {file["path"]: file["sha256"] for file in manifest["files"]}
    fingerprint = listed["manifest.json"] = sha256(package.read("manifest.json"))
    meant = {part["path"] for part in manifest["contents"] + manifest["personal"]}
    meant |= {name.format(position) for name in (ENTRY, PROOF) for position in positions}
    for name in sorted({*sums, *listed, *package.names} - {"SHA256SUMS", ".DS_Store", "Thumbs.db", "desktop.ini"}):
        number = re.match(r"(?:entries|proofs)/0*(\d+)", name)
        where = f"第{number[1]}号记录 position {number[1]}: {name}" if number else name
        found = sha256(package.read(name)) if name in package.names else "没有该文件 no such file"
        if (sums.get(name), listed.get(name)) != (found, found):
            yield Fault(where, found, f"SHA256SUMS {sums.get(name)}, manifest.json {listed.get(name)}")
        if package.names[name] > 1 or (re.match("entries|proofs|contents|personal", name) and name not in meant):
            yield Fault(where, "重名或清单未说明 twice, or not explained by the manifest", "说明一次 explained, once")
    tree = {"origin": package.origin, "root": package.root.hex(), "size": package.size}
    for stated, expected in ((fingerprint, (package.asked.manifest or fingerprint).lower()), (manifest["log"], tree)):
        if stated != expected:
            yield Fault("manifest.json", stated, expected)
    yield f"{len(listed)} 个文件 files; manifest.json {fingerprint}"


def change_of_keys(position: int, statement: str) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """The log's keys before and after a change; all of them must have signed the statement of it."""
    text, _, lines = statement.rpartition("\n\n")
    old, new = (dict(key_of(key[4:]) for key in text.split("\n") if key[:4] == word) for word in ("old ", "new "))
    blobs = [(line.split(" ")[1], b64decode(line.split(" ")[2], validate=True)) for line in lines.splitlines()]
    signed = {f"{name}+{blob[:4].hex()}": blob[4:] for name, blob in blobs}
    for name, key in {**old, **new}.items():
        try:
            check_signature(name, key, f"{text}\n", signed.get(name, b""))
        except ImportError:
            continue  # the Ed25519 keys beside it vouch; checkpoint() says what was not checked
        except InvalidSignature:
            raise Fault(
                position, f"密钥更换未经其作保 a change of keys without the word of {name}", "vouched"
            ) from None
    if not text.startswith(STATEMENT) or not old or not new:
        raise Fault(position, "密钥更换声明无法读取 a change of keys that cannot be read", STATEMENT.strip())
    return old, new


def checkpoint(package: Package) -> Iterator[str | Fault]:
    """检查点 the signatures under the log's origin, size and root, and the witnesses that the policy asks for."""
    logs = dict(key_of(words[1]) for words in package.statements if words[:1] == ["log"])
    trusted = logs = dict([key_of(package.asked.key)]) if package.asked.key else logs
    for position in package.positions:
        raw = package.read(ENTRY.format(position))
        if CHANGES.encode() in raw and json.loads(raw)["stream"] == CHANGES:
            old, new = change_of_keys(position, json.loads(raw)["data"]["statement"])
            if old.keys() & logs.keys():
                yield f"密钥更换 the log's keys changed at position {position}: {', '.join(old)} → {', '.join(new)}"
                logs = new
    witnesses = {words[1]: key_of(words[2]) for words in package.statements if words[:1] == ["witness"]}
    signed: dict[str, int | None] = {}
    for line in package.signatures.splitlines():
        blob = b64decode(line.split(" ")[2], validate=True)
        name = f"{line.split(' ')[1]}+{blob[:4].hex()}"
        try:
            if key := {**dict(witnesses.values()), **logs}.get(name):
                signed[name] = check_signature(name, key, package.text, blob[4:])
        except ImportError:
            yield f"未核验 NOT checked: {name}, ML-DSA-44; this cryptography library is too old for it"
        except (InvalidSignature, ValueError):
            yield Fault(f"checkpoint.txt, {name}", "无效签名 a bad signature", "有效签名 a good one")
    if not any(logs[name][0] == LOG and name.rpartition("+")[0] == package.origin for name in signed.keys() & logs):
        yield Fault("checkpoint.txt", f"无台账签名 no signature of {package.origin}", f"by {', '.join(logs)}")
    cosigned = {name: asctime(gmtime(at)) for name, at in signed.items() if at is not None and name not in logs}
    agreed = {"none": True, **{name: key[0] in cosigned for name, key in witnesses.items()}}
    for words in package.statements:
        if words[:1] == ["group"]:
            needed = {"all": len(words[3:]), "any": 1}.get(words[2]) or int(words[2])
            agreed[words[1]] = sum(agreed[name] for name in words[3:]) >= needed
    quorum = [words[1] for words in package.statements if words[:1] == ["quorum"]]
    if len(quorum) != 1 or not agreed[quorum[0]]:
        yield Fault("policy.txt", f"见证 cosigned by {', '.join(cosigned) or 'nobody'}", f"quorum {quorum}")
    yield from (f"见证 cosigned by {name} at {at} UTC" for name, at in cosigned.items())
    yield f"{package.origin}, {package.size} 条记录 entries, root {package.root.hex()}"
    given = "由核验人给出 given by you" if package.asked.key or package.asked.policy else OWN_KEY
    yield f"台账公钥 the log's key {', '.join(trusted)}: {given}"


def entries(package: Package) -> Iterator[str | Fault]:
    """记录 every entry's leaf and path, all under the one checkpoint."""
    note = package.read("checkpoint.txt").decode()
    for position in package.positions:
        proof, _, under = package.read(PROOF.format(position)).decode().partition("\n\n")
        magic, index, *path = proof.split("\n")
        if (magic, index, under) != ("c2sp.org/tlog-proof@v1", f"index {position - 1}", note):
            expected = ["c2sp.org/tlog-proof@v1", f"index {position - 1}", f"checkpoint {sha256(note.encode())}"]
            yield Fault(position, [magic, index, f"checkpoint {sha256(under.encode())}"], expected)
        leaf = hashlib.sha256(b"\0" + package.read(ENTRY.format(position))).digest()
        try:
            root = climb(position - 1, package.size - 1, leaf, path)[1].hex()
        except ValueError as problem:
            root = str(problem)
        if root != package.root.hex():
            yield Fault(position, f"leaf {leaf.hex()}, root {root}", f"root {package.root.hex()}")
    yield f"{len(package.positions)} 条 entries, {len(package.manifest['positions'])} 条所选 chosen"


def cited(value: Any, name: str = "", size: Any = None) -> Iterator[tuple[str, int | None]]:
    """Hash and size (None where it is not said) of every content that an entry's data name, however deep in them."""
    if isinstance(value, dict):
        for member, part in value.items():
            yield from cited(part, member, value.get("size") if member == "sha256" else None)
    elif isinstance(value, list):
        for part in value:
            yield from cited(part, name)
    elif name in CITING and isinstance(value, str) and re.fullmatch("[0-9a-f]{64}", value):
        yield value, size if isinstance(size, int) else None


def contents(package: Package) -> Iterator[str | Fault]:
    """原始内容 every content against the entries that cite it."""
    known = {content["sha256"]: content for content in package.manifest["contents"]}
    citing: dict[str, int] = {}
    for position in package.positions:
        for digest, size in cited(json.loads(package.read(ENTRY.format(position))).get("data")):
            citing.setdefault(digest, position)
            if digest not in known:
                yield Fault(position, f"清单没有 not in the manifest: {digest}", "所引内容 the content it cites")
            elif known[digest]["path"]:
                bytes_ = package.read(known[digest]["path"])
                if sha256(bytes_) != digest or size not in {None, len(bytes_)}:
                    yield Fault(position, f"{sha256(bytes_)}, {len(bytes_)} bytes", f"{digest}, {size} bytes")
    yield from (Fault(digest, "无记录引用 cited by no entry", "引用 an entry") for digest in known.keys() - citing)
    for digest in [each for each in citing if each in known and not known[each]["path"]]:
        yield f"不在包内 NOT enclosed, {known[digest]['state']}: position {citing[digest]}, {digest}"
    yield f"{sum(bool(content['path']) for content in known.values())}/{len(known)} 份 contents"


def personal(package: Package) -> Iterator[str | Fault]:
    """个人信息 every disclosed value against its commitment, HMAC-SHA-256(salt, "pi/v1" || field || value)."""
    for part in package.manifest["personal"]:
        if not part["path"]:
            yield f"未披露 NOT disclosed, {part['state']}: {part['record']}, {part['field']}"
            continue
        shown = json.loads(package.read(part["path"]))
        value = json.dumps(shown["value"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        message = f"pi/v1{shown['field']}{value}".encode()
        found = shown["record"], hmac.new(bytes.fromhex(shown["salt"]), message, "sha256").hexdigest()
        entry = json.loads(package.read(ENTRY.format(shown["position"])))
        expected = entry["stream"], entry["data"].get(f"{shown['field']}_commitment")
        if found != expected:
            yield Fault(shown["position"], found, expected)
        yield f"披露 disclosed: position {shown['position']}, {shown['record']}, {shown['field']}"


def timestamps(package: Package) -> Iterator[str | Fault]:
    """时间戳 the foreign clocks over this checkpoint, and over earlier ones that it continues."""
    for name in sorted(name for name in package.names if name.endswith(".tsr")):
        text, token = package.read(f"{name[:-4]}.txt"), package.read(name)
        _, size, root = text.decode().split("\n")[:3]
        if text != package.text.encode():
            proof = package.read(f"{name[:-4]}.consistency").decode().partition("\n\n")[0].split("\n")
            at, last, path = int(size) - 1, package.size - 1, proof[1:]
            while at & 1:  # down to 0 where the earlier size is a power of two; then its own root begins the proof
                at, last = at >> 1, last >> 1
            old, new = climb(at, last, b64decode(path[0] if at else root), path[1:] if at else path)
            if (old, new) != (b64decode(root), package.root):
                yield Fault(name, f"{old.hex()}, {new.hex()}", f"{b64decode(root).hex()}, {package.root.hex()}")
        imprint = hashlib.sha256(text).digest()
        time = re.search(rb"\x18.(\d{14})", token.partition(imprint)[2], re.DOTALL)
        if time is None:
            raise Fault(name, "所盖非此文本 a stamp over another text", f"imprint {imprint.hex()}")
        seconds = timegm(strptime(time[1].decode(), "%Y%m%d%H%M%S"))
        yield f"{name}: 第1至{size}号在此之前已存在 positions 1 to {size} existed by {asctime(gmtime(seconds))} UTC"
        openssl, given, roots = shutil.which("openssl"), package.asked.roots, "timestamps/roots.pem"
        if openssl is None or not (given or roots in package.names):
            yield "未核验 NOT checked: the authority's signature (no openssl, or no roots to believe)"
            continue
        inputs = {"text": text, "token": token, "roots": given.read_bytes() if given else package.read(roots)}
        with tempfile.TemporaryDirectory() as folder:
            for file, content in inputs.items():
                (Path(folder) / file).write_bytes(content)
            command = [openssl, "ts", "-verify", "-data", "text", "-in", "token", "-CAfile", "roots"]
            command += ["-attime", str(seconds)]  # the certificates need to have been good at that time
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode:
            yield Fault(name, f"openssl: {done.stderr.strip()[-200:]}", "Verification: OK")
        yield f"openssl: Verification: OK, roots {'由核验人给出 given by you' if given else '取自本包 from this package'}"


def main() -> None:
    """Run the checks in order and stop after the first kind that finds something."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("package", nargs="?", type=Path, default=Path(__file__).resolve().parent)
    parser.add_argument("--key", help="台账公钥 the log's verifier key, held from elsewhere")
    parser.add_argument("--policy", type=Path, help="自备的信任策略 a policy of your own")
    parser.add_argument("--roots", type=Path, help="时间戳机构根证书 the stamping authorities' roots, PEM")
    parser.add_argument("--manifest", help="移交时记下的 manifest.json 的SHA-256, noted at handover")
    asked = parser.parse_args()
    for check in (files, checkpoint, entries, contents, personal, timestamps):
        try:
            results = list(check(Package(asked.package, asked)))
        except Fault as fault:
            results = [fault]
        except (ValueError, LookupError, TypeError, AttributeError, OSError, zipfile.BadZipFile) as problem:
            results = [Fault(check.__name__, f"无法读取 cannot be read: {problem!r}", "已知格式 a known format")]
        faults = [result for result in results if isinstance(result, Fault)]
        head = f"{'不符 FAILED' if faults else '相符 ok'}  {check.__doc__}"
        sys.stdout.write(STEERING.sub("?", "\n    ".join([head, *map(str, faults or results)])) + "\n")
        if faults:
            sys.exit("\n核验未通过 VERIFICATION FAILED")
    sys.stdout.write("\n核验通过 VERIFIED, but for what is named above as not checked (注明未核验者除外)\n")


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    main()
