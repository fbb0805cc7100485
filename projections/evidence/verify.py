"""核验证据包 · Check an evidence package, without any software of those who made it.

PACKAGE 证据包或解压后的文件夹 zip or folder, by default this file's own.  Python 3.9, `cryptography`.  C2SP tlog-*, RFC 9162.
"""

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

from cryptography.exceptions import InvalidSignature

LOG, COSIGNER, UNCHECKED = 1, 4, -1  # kinds of Ed25519 keys, 6 is ML-DSA-44; and no time at all
ED25519, MLDSA44 = ("ed25519", "Ed25519PublicKey"), ("mldsa", "MLDSA44PublicKey")
ENTRY, PROOF = "entries/{:09}.json", "proofs/{:09}.tlog-proof"
OWN_KEY = "取自本包，未与别处核对 it came from this package, compared with nothing: give --key"
CHANGES, STATEMENT = "log/keys", "disclosure-ledger/key-rotation/v1\n"  # the stream of the changes of keys
STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f]")


class Fault(Exception):
    """Where something is not as it must be, what was found, what was expected."""

    def __init__(self, where: object, found: object, expected: object) -> None:
        where = f"第{where}号记录 position {where}" if isinstance(where, int) else where
        super().__init__(f"{where}\n      发现 found     {found}\n      应为 expected  {expected}")


def compare(where: object, found: object, expected: object) -> Iterator[Fault]:
    """A fault where what was found is not what was expected."""
    if found != expected:
        yield Fault(where, found, expected)


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


def signed_bytes(name: str, kind: int, text: str, time: bytes) -> bytes:
    """What a key signs of a text: the log's key and a change of keys the text as it is, witnesses their time with it."""
    if kind == LOG or (kind != COSIGNER and text.startswith(STATEMENT)):
        return text.encode()
    if kind == COSIGNER:
        return f"cosignature/v1\ntime {int.from_bytes(time, 'big')}\n{text}".encode()
    origin, size, root = text.split("\n")[:3]
    named = [bytes([len(each.encode())]) + each.encode() for each in (name, origin)]
    return b"subtree/v1\n\0" + named[0] + time + named[1] + bytes(8) + int(size).to_bytes(8, "big") + b64decode(root)


def signers(where: str, text: str, lines: str, keys: dict[str, bytes]) -> Iterator[tuple[str, int]]:
    """Which of the keys signed a text, and a witness's time; UNCHECKED where the library is too old to know."""
    for _, name, encoded in (line.split(" ") for line in lines.splitlines()):
        blob = b64decode(encoded, validate=True)
        if key := keys.get(signer := f"{name}+{blob[:4].hex()}"):
            module, kind = ED25519 if key[0] in {LOG, COSIGNER} else MLDSA44
            message = signed_bytes(name, key[0], text, blob[4:12])
            try:
                public = getattr(import_module(f"cryptography.hazmat.primitives.asymmetric.{module}"), kind)
                public.from_public_bytes(key[1:]).verify(blob[4 if message == text.encode() else 12 :], message)
                yield signer, int.from_bytes(blob[4:12], "big")
            except ImportError:
                yield signer, UNCHECKED
            except (InvalidSignature, ValueError):
                raise Fault(f"{where}, {signer}", "无效签名 a bad signature", "有效签名 a good one") from None


def climb(where: object, at: int, last: int, start: bytes, path: list[str]) -> tuple[bytes, bytes]:
    """Hash upwards from a node along a proof (RFC 9162): to the root of what ends there, and of the whole tree."""
    old = new = start
    for sibling in [b64decode(line, validate=True) for line in path]:
        if at & 1 or at == last:
            old, new = (hashlib.sha256(b"\x01" + sibling + each).digest() for each in (old, new))
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            new = hashlib.sha256(b"\x01" + new + sibling).digest()
        at, last = at >> 1, last >> 1
    if last:
        raise Fault(where, f"证明过短 the proof is too short: {len(path)} hashes", "直至树根 one that reaches the root")
    return old, new


def cited(value: object, name: str = "", size: object = None) -> Iterator[tuple[str, object]]:
    """Hash and size (None where it is not said) of every content that an entry's data name, however deep in them."""
    if isinstance(value, dict):
        for member, part in value.items():
            yield from cited(part, member, value.get("size") if member == "sha256" else None)
    elif isinstance(value, list):
        for part in value:
            yield from cited(part, name)
    elif re.fullmatch("sha256s?|content_sha256", name) and re.fullmatch("[0-9a-f]{64}", str(value)):
        yield str(value), size if isinstance(size, int) else None


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
        """A file's bytes.  Raises Fault where there is no such file."""
        if name not in self.names:
            raise Fault(name, "没有该文件 no such file", "该文件 the file")
        return self.zip.read(name) if self.zip else (self.folder / name).read_bytes()

    def files(self) -> Iterator[object]:
        """全部文件 every file: none changed, none added, none taken away."""
        manifest, positions = self.manifest, self.manifest["positions"] + self.manifest["registrations"]
        sums = {line[66:]: line[:64] for line in self.read("SHA256SUMS").decode().splitlines()}
        listed = {file["path"]: file["sha256"] for file in manifest["files"]}
        fingerprint = listed["manifest.json"] = sha256(self.read("manifest.json"))
        meant = {part["path"] for part in manifest["contents"] + manifest["personal"]}
        meant |= {name.format(position) for name in (ENTRY, PROOF) for position in positions}
        for name in sorted({*sums, *listed, *self.names} - {"SHA256SUMS", ".DS_Store", "Thumbs.db", "desktop.ini"}):
            where = re.sub(r"^(?:entries|proofs)/0*(\d+).*", r"第\1号记录 position \1: \g<0>", name)
            found = sha256(self.read(name)) if name in self.names else "没有该文件 no such file"
            if (sums.get(name), listed.get(name)) != (found, found):
                yield Fault(where, found, f"SHA256SUMS {sums.get(name)}, manifest.json {listed.get(name)}")
            if self.names[name] > 1 or (re.match("entries|proofs|contents|personal", name) and name not in meant):
                yield Fault(where, "重名或未说明 twice, or not explained by the manifest", "说明一次 explained, once")
        tree = {"origin": self.origin, "root": self.root.hex(), "size": self.size}
        yield from compare("manifest.json", fingerprint, (self.asked.manifest or fingerprint).lower())
        yield from compare("manifest.json", manifest["log"], tree)
        yield f"{len(listed)} 个文件 files; manifest.json {fingerprint}"

    def checkpoint(self) -> Iterator[object]:
        """检查点 the signatures under the log's origin, size and root, and the witnesses that the policy asks for."""
        logs = dict(key_of(words[1]) for words in self.statements if words[:1] == ["log"])
        trusted = logs = dict([key_of(self.asked.key)]) if self.asked.key else logs
        for position in self.positions:
            entry = json.loads(self.read(ENTRY.format(position)))
            if entry["stream"] == CHANGES:
                text, _, lines = entry["data"]["statement"].rpartition("\n\n")
                old, new = (dict(map(key_of, re.findall(f"(?m)^{word} (.*)$", text))) for word in ("old", "new"))
                silent = {*old, *new} - dict(signers(f"position {position}", f"{text}\n", lines, {**old, **new})).keys()
                if silent or not text.startswith(STATEMENT) or not old or not new:
                    yield Fault(position, f"密钥更换未经作保 a change of keys without the word of {silent}", "vouched")
                elif old.keys() & logs.keys():  # whoever trusts a key of before is led on
                    yield f"密钥更换 the log's keys changed at position {position}: {', '.join(old)} → {', '.join(new)}"
                    logs = new
        witnesses = {words[1]: key_of(words[2]) for words in self.statements if words[:1] == ["witness"]}
        keys = {**dict(witnesses.values()), **logs}
        signed = dict(signers("checkpoint.txt", self.text, self.signatures, keys))
        unchecked = [name for name, time in signed.items() if time == UNCHECKED]
        yield from (f"未核验 NOT checked: {name}, ML-DSA-44; the cryptography library is too old" for name in unchecked)
        if self.origin not in {name.rpartition("+")[0] for name in signed if name in logs and logs[name][0] == LOG}:
            yield Fault("checkpoint.txt", f"无台账签名 no signature of {self.origin}", f"by {', '.join(logs)}")
        cosigned = [name for name in signed if name not in {*logs, *unchecked} and keys[name][0] != LOG]
        agreed = {"none": True, **{name: key[0] in cosigned for name, key in witnesses.items()}}
        for _, group, threshold, *members in [words for words in self.statements if words[:1] == ["group"]]:
            needed = {"all": len(members), "any": 1}.get(threshold) or int(threshold)
            agreed[group] = sum(agreed[name] for name in members) >= needed
        quorum = [words[1] for words in self.statements if words[:1] == ["quorum"]]
        if len(quorum) != 1 or not agreed[quorum[0]]:
            yield Fault("policy.txt", f"见证 cosigned by {', '.join(cosigned) or 'nobody'}", f"quorum {quorum}")
        yield from (f"见证 cosigned by {name} at {asctime(gmtime(signed[name]))} UTC" for name in cosigned)
        yield f"{self.origin}, {self.size} 条记录 entries, root {self.root.hex()}"
        given = "由核验人给出 given by you" if self.asked.key or self.asked.policy else OWN_KEY
        yield f"台账公钥 the log's key {', '.join(trusted)}: {given}"

    def entries(self) -> Iterator[object]:
        """记录 every entry's leaf and path, all under the one checkpoint."""
        note = self.read("checkpoint.txt")
        for position in self.positions:
            proof, _, under = self.read(PROOF.format(position)).decode().partition("\n\n")
            magic, index, *path = proof.split("\n")
            expected = ["c2sp.org/tlog-proof@v1", f"index {position - 1}", f"checkpoint {sha256(note)}"]
            yield from compare(position, [magic, index, f"checkpoint {sha256(under.encode())}"], expected)
            leaf = hashlib.sha256(b"\0" + self.read(ENTRY.format(position))).digest()
            root = climb(position, position - 1, self.size - 1, leaf, path)[1]
            if root != self.root:
                yield Fault(position, f"leaf {leaf.hex()}, root {root.hex()}", f"root {self.root.hex()}")
        yield f"{len(self.positions)} 条 entries, {len(self.manifest['positions'])} 条所选 chosen"

    def contents(self) -> Iterator[object]:
        """原始内容 every content against the entries that cite it."""
        known = {content["sha256"]: content for content in self.manifest["contents"]}
        uncited = set(known)
        for position in self.positions:
            for digest, size in cited(json.loads(self.read(ENTRY.format(position))).get("data")):
                uncited.discard(digest)
                if digest not in known:
                    yield Fault(position, f"清单没有 not in the manifest: {digest}", "所引内容 the content it cites")
                elif not known[digest]["path"]:
                    yield f"不在包内 NOT enclosed, {known[digest]['state']}: position {position}, {digest}"
                else:
                    found = self.read(known[digest]["path"])
                    stated = f"{digest}, {len(found) if size is None else size} bytes"
                    yield from compare(position, f"{sha256(found)}, {len(found)} bytes", stated)
        yield from (Fault(digest, "无记录引用 cited by no entry", "引用 an entry") for digest in uncited)
        yield f"{sum(bool(content['path']) for content in known.values())}/{len(known)} 份 contents"

    def personal(self) -> Iterator[object]:
        """个人信息 every disclosed value against its commitment, HMAC-SHA-256(salt, "pi/v1" || field || value)."""
        for part in [part for part in self.manifest["personal"] if not part["path"]]:
            yield f"未披露 NOT disclosed, {part['state']}: {part['record']}, {part['field']}"
        for path in [part["path"] for part in self.manifest["personal"] if part["path"]]:
            shown = json.loads(self.read(path))
            value = json.dumps(shown["value"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            message = f"pi/v1{shown['field']}{value}".encode()
            found = shown["record"], hmac.new(bytes.fromhex(shown["salt"]), message, "sha256").hexdigest()
            entry = json.loads(self.read(ENTRY.format(shown["position"])))
            committed = entry["stream"], entry["data"].get(f"{shown['field']}_commitment")
            yield from compare(shown["position"], found, committed)
            yield f"披露 disclosed: position {shown['position']}, {shown['record']}, {shown['field']}"

    def timestamps(self) -> Iterator[object]:
        """时间戳 the foreign clocks over this checkpoint, and over earlier ones that it continues."""
        for name in sorted(name for name in self.names if name.endswith(".tsr")):
            text, token = self.read(f"{name[:-4]}.txt"), self.read(name)
            _, size, root = text.decode().split("\n")[:3]
            if text != self.text.encode():
                proof = self.read(f"{name[:-4]}.consistency").decode().partition("\n\n")[0].split("\n")
                down = (int(size) & -int(size)).bit_length() - 1  # for a power of two up to its root
                at, last, path = (int(size) - 1) >> down, (self.size - 1) >> down, proof[1:]
                old, new = climb(name, at, last, b64decode(path[0] if at else root), path[1:] if at else path)
                yield from compare(name, (old.hex(), new.hex()), (b64decode(root).hex(), self.root.hex()))
            imprint = hashlib.sha256(text).digest()
            if not (time := re.search(rb"\x18.(\d{14})", token.partition(imprint)[2], re.DOTALL)):
                raise Fault(name, "所盖非此文本 a stamp over another text", f"imprint {imprint.hex()}")
            seconds = timegm(strptime(time[1].decode(), "%Y%m%d%H%M%S"))
            yield f"{name}: 第1至{size}号在此之前已存在 positions 1 to {size} existed by {asctime(gmtime(seconds))} UTC"
            openssl, given, roots = shutil.which("openssl"), self.asked.roots, "timestamps/roots.pem"
            if openssl is None or not (given or roots in self.names):
                yield "未核验 NOT checked: the authority's signature (no openssl, or no roots to believe)"
                continue
            believed = given.read_bytes() if given else self.read(roots)
            with tempfile.TemporaryDirectory() as folder:
                for file, content in (("text", text), ("token", token), ("roots", believed)):
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
    for name in ("files", "checkpoint", "entries", "contents", "personal", "timestamps"):
        try:
            results = list(getattr(Package(asked.package, asked), name)())
        except (Fault, ValueError, LookupError, TypeError, AttributeError, OSError, zipfile.BadZipFile) as problem:
            unreadable = Fault(name, f"无法读取 cannot be read: {problem!r}", "已知格式 a known format")
            results = [problem if isinstance(problem, Fault) else unreadable]
        faults = [result for result in results if isinstance(result, Fault)]
        head = f"{'不符 FAILED' if faults else '相符 ok'}  {getattr(Package, name).__doc__}"
        sys.stdout.write(STEERING.sub("?", "\n    ".join([head, *map(str, faults or results)])) + "\n")
        if faults:
            sys.exit("\n核验未通过 VERIFICATION FAILED")
    sys.stdout.write("\n核验通过 VERIFIED, but for what is named above as not checked (注明未核验者除外)\n")


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    main()
