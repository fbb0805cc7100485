"""verify.py, as a stranger runs it: a program of its own that finds every kind of tampering and names the place."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

from ledger.checkpoint import Checkpoint
from ledger.note import ED25519, Note, signer_of
from ledger.proof import MemorySubtrees, tree_root
from ledger.receipt_file import ReceiptFile, parse_receipt_file
from tests.evidence.district import AUDIT, LOG, ORIGIN, District, SignedMemory, policy_text
from tests.evidence.opened import (
    Change,
    Files,
    digest,
    flipped,
    in_manifest,
    opened,
    packed,
    replaced,
    resealed,
    unpacked,
)
from tests.support.timestamp_authority import TimestampAuthority

VERIFY = Path(__file__).parents[2] / "projections" / "evidence" / "verify.py"
MOST_LINES = 299
STANDARD_QUORUM = policy_text("both", "group both all audit archive")
STRANGER = signer_of(ORIGIN, ED25519, b"stranger".ljust(32))


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of libraries that holds cryptography and what it stands on, and nothing of ours."""
    folder = tmp_path_factory.mktemp("libraries")
    for name in ("cryptography", "cffi", "_cffi_backend"):
        spec = find_spec(name)
        assert spec is not None
        assert spec.origin is not None
        origin = Path(spec.origin)
        origin = origin.parent if origin.name == "__init__.py" else origin
        (folder / origin.name).symlink_to(origin)
    return folder


@pytest.fixture(scope="module")
def package(district: District, authority: TimestampAuthority, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("package")
    size = district.ledger.head().size
    log = district.signed(policy=STANDARD_QUORUM, authority=authority, stamped=(8, 11, size))
    asked = (("officer/P05", "name"), ("officer/P05", "telephone"))
    path, _ = district.package(folder, log=log, personal=asked, reference="AC-01")
    return path


class Run:
    """What verify.py answered."""

    def __init__(self, done: subprocess.CompletedProcess[str]) -> None:
        self.code, self.output = done.returncode, done.stdout + done.stderr

    def finds(self, *words: str) -> bool:
        return (
            self.code == 1 and "核验未通过 VERIFICATION FAILED" in self.output and all(w in self.output for w in words)
        )


@pytest.fixture
def verify(alone: Path) -> Callable[..., Run]:
    def run(*arguments: object, program: Path = VERIFY, path: str | None = None) -> Run:
        environment = {**os.environ, "PYTHONPATH": str(alone), "PYTHONDONTWRITEBYTECODE": "1"}
        if path is not None:
            environment["PATH"] = path
        command = [sys.executable, "-S", "-s", "-P", str(program), *map(str, arguments)]
        return Run(subprocess.run(command, capture_output=True, text=True, check=False, env=environment))

    return run


class TestAnUntouchedPackage:
    def test_is_verified_as_a_zip_and_as_a_folder(
        self, verify: Callable[..., Run], package: Path, tmp_path: Path
    ) -> None:
        folder = unpacked(opened(package), tmp_path)

        assert verify(package).code == 0
        inside = verify(program=folder / "verify.py")
        assert inside.code == 0
        assert "核验通过 VERIFIED" in inside.output

    def test_says_what_was_checked_and_what_was_not(self, verify: Callable[..., Run], package: Path) -> None:
        output = verify(package).output

        assert "cosigned by audit.example" in output
        assert "cosigned by archive.example" in output
        assert "21 条 entries, 13 条所选 chosen" in output
        assert "NOT enclosed, SEALED: position 9" in output
        assert "NOT enclosed, MISSING: position 18" in output
        assert "disclosed: position 3, officer/P05, name" in output
        assert "NOT disclosed, UNCOMMITTED: officer/P05, telephone" in output
        assert "positions 1 to 8 existed by" in output
        assert output.count("Verification: OK, roots 取自本包") == 3

    def test_says_that_the_key_came_from_the_package_unless_it_was_given(
        self, verify: Callable[..., Run], package: Path, tmp_path: Path
    ) -> None:
        (tmp_path / "policy.txt").write_text(policy_text("audit"))
        unpinned, pinned = verify(package), verify("--key", LOG.verifier.to_text(), package)
        by_policy = verify("--policy", tmp_path / "policy.txt", package)

        assert "it came from this package, compared with nothing: give --key" in unpinned.output
        for run in (pinned, by_policy):
            assert run.code == 0
            assert "给出 given by you" in run.output

    def test_is_verified_against_roots_and_a_manifest_of_ones_own(
        self, verify: Callable[..., Run], package: Path, tmp_path: Path
    ) -> None:
        files = opened(package)
        (tmp_path / "roots.pem").write_bytes(files["timestamps/roots.pem"])

        run = verify("--roots", tmp_path / "roots.pem", "--manifest", digest(files["manifest.json"]), package)

        assert run.code == 0
        assert run.output.count("roots 由核验人给出 given by you") == 3

    def test_without_openssl_the_stamps_signatures_are_named_as_not_checked(
        self, verify: Callable[..., Run], package: Path, tmp_path: Path
    ) -> None:
        run = verify(package, path=str(tmp_path))

        assert run.code == 0
        assert run.output.count("NOT checked: the authority's signature") == 3

    def test_desktops_may_leave_their_files_in_the_folder(
        self, verify: Callable[..., Run], package: Path, tmp_path: Path
    ) -> None:
        unpacked({**opened(package), ".DS_Store": b"", "Thumbs.db": b""}, tmp_path)

        assert verify(tmp_path).code == 0


class TestACarelessHand:
    """One byte of one file is changed, and nothing else."""

    def test_is_found_in_every_single_file(
        self, package: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        # In this process, for there are many: whether a stranger's finds the same is shown below.
        from projections.evidence import verify as program

        files = opened(package)
        for name in files:
            path = packed({**files, name: flipped(files[name])}, tmp_path / "changed.zip")
            monkeypatch.setattr(sys, "argv", ["verify.py", str(path)])
            with pytest.raises(SystemExit) as left:
                program.main()
            assert left.value.code, name

    @pytest.mark.parametrize(
        ("name", "words"),
        [
            ("entries/000000015.json", ["第15号记录 position 15", "found", "expected"]),
            ("proofs/000000015.tlog-proof", ["position 15", "SHA256SUMS"]),
            ("checkpoint.txt", ["checkpoint.txt"]),
            ("policy.txt", ["policy.txt"]),
            ("timestamps/8.tsr", ["timestamps/8.tsr"]),
            ("index.html", ["index.html"]),
            ("evidence.pdf", ["evidence.pdf"]),
            ("SHA256SUMS", ["SHA256SUMS"]),
        ],
    )
    def test_is_named_with_what_was_found_and_expected(
        self, verify: Callable[..., Run], package: Path, tmp_path: Path, name: str, words: list[str]
    ) -> None:
        files = opened(package)
        path = packed({**files, name: flipped(files[name], at=len(files[name]) - 9)}, tmp_path / "changed.zip")

        assert verify(path).finds(*words)

    def test_is_found_where_only_the_manifest_says_it(
        self, verify: Callable[..., Run], package: Path, tmp_path: Path
    ) -> None:
        files = opened(package)
        replaced("manifest.json", "2026-11-23", "2026-11-22")(files)

        assert verify(packed(files, tmp_path / "changed.zip")).finds("manifest.json", "SHA256SUMS")

    def test_a_file_taken_away_or_added_is_named(
        self, verify: Callable[..., Run], package: Path, tmp_path: Path
    ) -> None:
        files = opened(package)
        added = packed({**files, "contents/extra.pdf": b"%PDF"}, tmp_path / "added.zip")
        taken = packed({name: files[name] for name in files if name != "policy.txt"}, tmp_path / "taken.zip")

        assert verify(added).finds("contents/extra.pdf", "SHA256SUMS None")
        assert verify(taken).finds("policy.txt", "no such file")

    def test_two_files_of_one_name_are_named(self, verify: Callable[..., Run], package: Path, tmp_path: Path) -> None:
        import warnings
        import zipfile

        path = packed(opened(package), tmp_path / "twice.zip")
        with warnings.catch_warnings(), zipfile.ZipFile(path, "a") as archive:
            warnings.simplefilter("ignore")
            archive.writestr("entries/000000010.json", archive.read("entries/000000010.json"))

        assert verify(path).finds("position 10", "twice")


def swapped(files: Files) -> None:
    one, two = "entries/000000010.json", "entries/000000011.json"
    files[one], files[two] = files[two], files[one]


def proof_of(position: int, change: Callable[[ReceiptFile], ReceiptFile]) -> Change:
    def apply(files: Files) -> None:
        name = f"proofs/{position:09}.tlog-proof"
        files[name] = change(parse_receipt_file(files[name].decode())).to_text().encode()

    return apply


def renamed_content(files: Files) -> None:
    """Another content in the place of a cited one, under its own right name."""
    old = next(name for name in files if name.startswith("contents/") and name.endswith(".pdf"))
    new = f"contents/{digest(b'another')}.pdf"
    files[new] = b"another"
    del files[old]

    def change(manifest: dict[str, list[dict[str, object]]]) -> None:
        for content in manifest["contents"]:
            if content["path"] == old:
                content.update(path=new, sha256=digest(b"another"))

    in_manifest(change)(files)


def changed_content(files: Files) -> None:
    name = next(name for name in files if name.startswith("contents/") and name.endswith(".pdf"))
    files[name] = flipped(files[name])


def in_personal(**values: object) -> Change:
    def apply(files: Files) -> None:
        shown = json.loads(files["personal/001.json"])
        files["personal/001.json"] = json.dumps({**shown, **values}).encode()

    return apply


def stamp_of_another(files: Files) -> None:
    files["timestamps/8.tsr"] = files["timestamps/11.tsr"]


def stamped_tree_changed(files: Files) -> None:
    text = files["timestamps/8.txt"].decode().split("\n")
    text[2] = b64encode(bytes(32)).decode()
    files["timestamps/8.txt"] = "\n".join(text).encode()


def consistency_cut(files: Files) -> None:
    lines = files["timestamps/11.consistency"].decode().split("\n")
    files["timestamps/11.consistency"] = "\n".join(lines[:1] + lines[2:]).encode()


def an_entry_more(files: Files) -> None:
    """A forged entry that the lists know of and the manifest's positions do not."""
    files["entries/000000099.json"] = files["entries/000000010.json"]
    files["proofs/000000099.tlog-proof"] = files["proofs/000000010.tlog-proof"]


CAREFUL = {
    "a byte of an entry": (
        replaced("entries/000000016.json", "SUSPECTED", "SUSPECTEE"),
        ["第16号记录 position 16", "leaf"],
    ),
    "two entries swapped": (swapped, ["position 10", "position 11"]),
    "a proof cut": (
        proof_of(12, lambda proof: ReceiptFile(proof.index, proof.path[:-1], proof.checkpoint)),
        ["position 12", "the proof is too short"],
    ),
    "a proof lengthened": (
        proof_of(12, lambda proof: ReceiptFile(proof.index, (*proof.path, bytes(32)), proof.checkpoint)),
        ["position 12"],
    ),
    "a proof's hash changed": (
        proof_of(12, lambda proof: ReceiptFile(proof.index, (bytes(32), *proof.path[1:]), proof.checkpoint)),
        ["position 12"],
    ),
    "a proof of another position": (
        proof_of(12, lambda proof: ReceiptFile(13, proof.path, proof.checkpoint)),
        ["position 12", "index 13", "index 11"],
    ),
    "a content changed": (changed_content, ["position 9", "bytes"]),
    "a content replaced": (renamed_content, ["position 9", "not in the manifest"]),
    "a content listed that nothing cites": (
        in_manifest(
            lambda manifest: manifest["contents"].append({"sha256": "0" * 64, "path": None, "state": "SEALED"})
        ),
        ["0" * 64, "cited by no entry"],
    ),
    "a personal value changed": (in_personal(value="王五"), ["position 3", "officer/P05"]),
    "a personal value's salt changed": (in_personal(salt="00" * 32), ["position 3", "officer/P05"]),
    "a personal value said to be another's": (in_personal(record="officer/S05"), ["position 3", "officer/S05"]),
    "a personal value with another entry": (in_personal(position=5), ["position 5", "officer/S05"]),
    "a stamp over another checkpoint": (stamp_of_another, ["timestamps/8.tsr", "imprint"]),
    "a stamp's text changed": (stamped_tree_changed, ["timestamps/8.tsr"]),
    "a stamp's consistency cut": (consistency_cut, ["timestamps"]),
    "a stamp's signature changed": (
        lambda files: files.update({"timestamps/8.tsr": flipped(files["timestamps/8.tsr"], -3)}),
        ["timestamps/8.tsr", "openssl"],
    ),
    "an entry more than listed": (an_entry_more, ["position 99", "not explained by the manifest"]),
    "an entry taken off the list": (
        in_manifest(lambda manifest: manifest["positions"].remove(12)),
        ["position 12", "not explained by the manifest"],
    ),
    "another size stated": (
        in_manifest(lambda manifest: manifest["log"].update(size=22)),
        ["manifest.json", "22", "21"],
    ),
    "a witness more asked for": (
        lambda files: files.update({"policy.txt": policy_text("other", f"witness other {AUDIT_OF_ANOTHER}").encode()}),
        ["policy.txt", "quorum ['other']", "cosigned by audit.example"],
    ),
    "no quorum named": (replaced("policy.txt", "quorum both", "# quorum both"), ["policy.txt", "quorum"]),
    "a key whose id does not follow": (
        replaced("policy.txt", "witness audit audit.example+", "witness audit audit.exampel+"),
        ["key audit.exampel"],
    ),
}
AUDIT_OF_ANOTHER = signer_of("other.example", AUDIT.verifier.kind, b"other".ljust(32)).verifier.to_text()


class TestACarefulHand:
    """A change, and every list made anew after it: found by what was signed."""

    @pytest.mark.parametrize("change", CAREFUL)
    def test_is_found(self, verify: Callable[..., Run], package: Path, tmp_path: Path, change: str) -> None:
        files = opened(package)
        apply, words = CAREFUL[change]
        apply(files)

        run = verify(packed(resealed(files), tmp_path / "changed.zip"))

        assert run.finds(*words), run.output

    def test_another_checkpoint_of_the_same_log_is_found(
        self, verify: Callable[..., Run], district: District, package: Path, tmp_path: Path
    ) -> None:
        files = opened(package)
        earlier = district.signed().note_of(20, [AUDIT]).encode()
        for name in [*(name for name in files if name.startswith("proofs/")), "checkpoint.txt"]:
            files[name] = files[name].replace(files["checkpoint.txt"], earlier) if name != "checkpoint.txt" else earlier
        files["policy.txt"] = policy_text().encode()
        in_manifest(lambda manifest: manifest["log"].update(size=20, root=root_in(earlier)))(files)

        run = verify(packed(resealed(files), tmp_path / "changed.zip"))

        assert run.finds("position 21", "root"), run.output

    def test_a_proof_under_another_checkpoint_is_found(
        self, verify: Callable[..., Run], district: District, package: Path, tmp_path: Path
    ) -> None:
        files = opened(package)
        later = district.signed(cosigners=[AUDIT]).checkpoint
        proof_of(14, lambda proof: ReceiptFile(proof.index, proof.path, later))(files)

        run = verify(packed(resealed(files), tmp_path / "changed.zip"))

        assert run.finds("position 14", f"checkpoint {digest(later.encode())}"), run.output

    def test_a_bad_signature_condemns_the_checkpoint(
        self, verify: Callable[..., Run], package: Path, tmp_path: Path
    ) -> None:
        files = opened(package)
        note = files["checkpoint.txt"].decode()
        line = next(line for line in note.split("\n") if line.startswith("— audit.example"))
        forged = b64encode(AUDIT.verifier.key_id + bytes(72)).decode()
        for name in files:
            files[name] = files[name].replace(line.encode(), f"— audit.example {forged}".encode())

        assert verify(packed(resealed(files), tmp_path / "changed.zip")).finds("audit.example", "a bad signature")


def root_in(note: bytes) -> str:
    from ledger.checkpoint import parse_checkpoint
    from ledger.note import parse_note

    return parse_checkpoint(parse_note(note.decode()).text).root.hex()


class TestAWholeForgery:
    """Somebody rewrites the ledger, signs it with a key of their own and makes a package of it, whole in itself."""

    @pytest.fixture
    def forged(self, district: District, tmp_path: Path) -> Path:
        class ForgedLog(SignedMemory):
            def note_of(self, size: int, cosigners: object = ()) -> str:
                text = Checkpoint(ORIGIN, size, tree_root(MemorySubtrees(district.leaves()), size)).to_text()
                return Note(text, (STRANGER.sign(text),)).to_text()

        policy = f"log {STRANGER.verifier.to_text()}\nquorum none\n"
        path, _ = district.package(tmp_path, log=ForgedLog(district.leaves(), policy=policy))
        return path

    def test_it_agrees_with_itself_and_says_where_its_key_came_from(
        self, verify: Callable[..., Run], forged: Path
    ) -> None:
        run = verify(forged)

        assert run.code == 0
        assert "compared with nothing: give --key" in run.output

    def test_the_key_from_elsewhere_finds_it(self, verify: Callable[..., Run], forged: Path, tmp_path: Path) -> None:
        (tmp_path / "mine.txt").write_text(policy_text())

        assert verify("--key", LOG.verifier.to_text(), forged).finds(f"no signature of {ORIGIN}", "58184a36")
        assert verify("--policy", tmp_path / "mine.txt", forged).finds(f"no signature of {ORIGIN}")

    def test_a_stolen_log_key_is_found_by_ones_own_quorum(
        self, verify: Callable[..., Run], district: District, tmp_path: Path
    ) -> None:
        path, _ = district.package(tmp_path, log=district.signed(cosigners=[]))
        (tmp_path / "mine.txt").write_text(policy_text("audit"))

        assert verify(path).code == 0
        assert verify("--policy", tmp_path / "mine.txt", path).finds("cosigned by nobody", "quorum ['audit']")

    def test_a_manifest_noted_at_handover_finds_it(self, verify: Callable[..., Run], forged: Path) -> None:
        assert verify("--manifest", "0" * 64, forged).finds("manifest.json", "0" * 64)

    def test_roots_of_ones_own_find_another_authority(
        self, verify: Callable[..., Run], package: Path, tmp_path: Path
    ) -> None:
        from cryptography.hazmat.primitives.serialization import Encoding

        stranger = TimestampAuthority(tmp_path / "stranger")
        (tmp_path / "mine.pem").write_bytes(stranger.root.public_bytes(Encoding.PEM))

        assert verify("--roots", tmp_path / "mine.pem", package).finds("timestamps/11.tsr", "openssl")


class TestTheProgram:
    def test_is_short_and_imports_only_the_standard_library_and_cryptography(self) -> None:
        source = VERIFY.read_text(encoding="utf-8")
        modules = {
            name.partition(".")[0]
            for node in ast.walk(ast.parse(source))
            for name in (
                [alias.name for alias in node.names] if isinstance(node, ast.Import)
                else [node.module or ""] if isinstance(node, ast.ImportFrom)
                else []
            )
        }  # fmt: skip

        assert source.count("\n") < MOST_LINES
        assert modules - set(sys.stdlib_module_names) == {"cryptography"}

    def test_cannot_reach_our_code_where_it_is_tested(self, alone: Path) -> None:
        command = [sys.executable, "-S", "-s", "-P", "-c", "import ledger"]
        done = subprocess.run(command, env={"PYTHONPATH": str(alone)}, capture_output=True, check=False, cwd=alone)

        assert done.returncode != 0

    @pytest.mark.parametrize("content", [b"", b"PK no zip", b"{}"])
    def test_what_is_no_package_is_said_in_a_sentence(
        self, verify: Callable[..., Run], tmp_path: Path, content: bytes
    ) -> None:
        (tmp_path / "package.zip").write_bytes(content)

        run = verify(tmp_path / "package.zip")

        assert run.finds("cannot be read")
        assert "Traceback" not in run.output

    def test_hostile_names_cannot_steer_the_screen(
        self, verify: Callable[..., Run], package: Path, tmp_path: Path
    ) -> None:
        files = {**opened(package), "contents/\x1b[2J\u202e.pdf": b"x"}

        run = verify(packed(files, tmp_path / "changed.zip"))

        assert run.finds("contents/?[2J?.pdf")
        assert "\x1b" not in run.output
