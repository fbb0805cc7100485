"""What a package holds, what it never holds, and what it refuses to be made of."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from shutil import which

import pytest

from ledger.errors import IntegrityFault
from ledger.note import NoteRefused
from ledger.policy import parse_policy
from ledger.receipt_file import check_receipt_file
from projections.evidence import paper
from projections.evidence.package import EvidencePackage, EvidenceRefused, Request
from projections.evidence.selection import Chosen
from tests.evidence.district import MADE_AT, District, SignedMemory, policy_text
from tests.evidence.opened import Files, digest, opened
from tests.support.timestamp_authority import TimestampAuthority

P05 = "欧阳㛃"
"""The name of officer P05, of whom the entries know only the code."""


@pytest.fixture(scope="module")
def made(
    district: District, authority: TimestampAuthority, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Files, EvidencePackage]:
    log = district.signed(authority=authority, stamped=(8, district.ledger.head().size))
    path, package = district.package(tmp_path_factory.mktemp("package"), log=log)
    return opened(path), package


@pytest.fixture(scope="module")
def files(made: tuple[Files, EvidencePackage]) -> Files:
    return made[0]


class TestContents:
    def test_entries_are_the_exact_bytes_and_prove_themselves(self, files: Files, district: District) -> None:
        policy = parse_policy(files["policy.txt"].decode())

        for entry in district.ledger.all():
            assert files[f"entries/{entry.position:09}.json"] == entry.raw
            proof = files[f"proofs/{entry.position:09}.tlog-proof"].decode()
            assert check_receipt_file(entry.raw, proof, policy).index == entry.position - 1
            assert proof.endswith(files["checkpoint.txt"].decode())

    def test_the_lists_name_every_file_with_its_hash(self, made: tuple[Files, EvidencePackage]) -> None:
        files, package = made
        manifest = json.loads(files["manifest.json"])
        listed = {file["path"]: (file["size"], file["sha256"]) for file in manifest["files"]}
        sums = dict(line.split("  ", 1)[::-1] for line in files["SHA256SUMS"].decode().splitlines())

        others = {name: content for name, content in files.items() if name not in {"manifest.json", "SHA256SUMS"}}
        assert listed == {name: (len(content), digest(content)) for name, content in others.items()}
        assert sums == {name: digest(content) for name, content in files.items() if name != "SHA256SUMS"}
        assert package.fingerprint == digest(files["manifest.json"])

    def test_the_manifest_says_when_it_was_made_and_as_of_what(self, files: Files, district: District) -> None:
        manifest = json.loads(files["manifest.json"])
        head = district.ledger.head()

        assert manifest["made_at"] == "2026-11-23T01:30:00.123456Z"
        assert manifest["log"] == {"origin": "ledger.example/district", "size": head.size, "root": head.root.hex()}
        assert sorted(manifest["positions"] + manifest["registrations"]) == list(range(1, head.size + 1))

    def test_what_entries_cite_is_enclosed_or_said_not_to_be(self, files: Files) -> None:
        contents = {content["name"]: content for content in json.loads(files["manifest.json"])["contents"]}

        assert {name: content["state"] for name, content in contents.items()} == {
            "关于旧小区改造的公告.pdf": "ENCLOSED",
            "</td><script>alert(1)</script>.html": "ENCLOSED",
            "附件1 改造清单.xlsx": "SEALED",
            "截图.png": "MISSING",
        }
        for content in contents.values():
            if content["path"]:
                assert digest(files[content["path"]]) == content["sha256"]
        assert contents["关于旧小区改造的公告.pdf"]["cited_by"] == [9, 13, 14, 15]
        assert contents["附件1 改造清单.xlsx"]["cited_by"] == [9, 15, 17]

    def test_no_file_name_comes_from_an_entry(self, files: Files) -> None:
        allowed = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789./-")

        assert [name for name in files if not set(name) <= allowed or ".." in name] == []

    def test_stamps_come_with_what_they_stamp(self, files: Files, district: District) -> None:
        size = district.ledger.head().size
        names = {name for name in files if name.startswith("timestamps/")}

        assert names == {
            "timestamps/8.tsr", "timestamps/8.txt", "timestamps/8.consistency",
            f"timestamps/{size}.tsr", f"timestamps/{size}.txt", "timestamps/roots.pem",
        }  # fmt: skip
        assert files["checkpoint.txt"].startswith(files[f"timestamps/{size}.txt"])

    def test_the_directions_carry_what_is_to_be_compared(self, files: Files, district: District) -> None:
        directions = files["VERIFY.md"].decode()

        assert district.ledger.head().root.hex() in directions
        assert digest(files["verify.py"]) in directions
        assert policy_text().split()[1] in directions
        assert "$" not in directions


class TestPersonalValues:
    def test_are_nowhere_unless_they_are_asked_for(self, files: Files, district: District) -> None:
        value = district.ledger.personal.get("officer/P05", "name")
        assert value is not None

        carriers = [
            name
            for name, content in files.items()
            for secret in (P05.encode(), json.dumps(P05).strip('"').encode(), value.salt, value.salt.hex().encode())
            if secret in content
        ]

        assert carriers == []
        assert json.loads(files["manifest.json"])["personal"] == []

    def test_are_disclosed_with_their_salt_when_asked_for(self, district: District, tmp_path: Path) -> None:
        path, _ = district.package(tmp_path, personal=(("officer/P05", "name"),))
        files = opened(path)

        shown = json.loads(files["personal/001.json"])
        assert (shown["record"], shown["field"], shown["value"], shown["position"]) == ("officer/P05", "name", P05, 3)
        assert len(bytes.fromhex(shown["salt"])) == 32
        assert shown["commitment"] == json.loads(files["entries/000000003.json"])["data"]["name_commitment"]
        assert P05.encode() not in files["manifest.json"]

    def test_of_others_stay_where_they_are(self, district: District, tmp_path: Path) -> None:
        path, _ = district.package(tmp_path, personal=(("officer/P05", "name"),))

        assert [name for name, content in opened(path).items() if "李四".encode() in content] == []

    def test_without_a_commitment_among_the_entries_are_not_disclosed(self, district: District, tmp_path: Path) -> None:
        path, _ = district.package(tmp_path, Chosen((9, 10), (), 21), personal=(("officer/P05", "name"),))
        files = opened(path)

        assert [value["state"] for value in json.loads(files["manifest.json"])["personal"]] == ["UNCOMMITTED"]
        assert [name for name, content in files.items() if P05.encode() in content] == []

    def test_that_were_erased_are_named_with_their_erasure(self, empty_district: District, tmp_path: Path) -> None:
        district = empty_district
        for officer in ("P05", "S05"):
            value = district.ledger.personal.commit(f"officer/{officer}", "name", P05)
            data = {"officer": officer, "name_commitment": value.commitment}
            district.record("officer.registered/1", f"officer/{officer}", data, personal=[value])
        erased = {"record": "officer/P05", "fields": ["name"], "ground": "本人申请", "approver": "Z05"}
        district.record("personal.erased/1", "erasure/1", erased)
        district.ledger.personal.erase("officer/P05", ["name"])
        district.ledger.personal.erase("officer/S05", ["name"])

        path, _ = district.package(tmp_path, personal=(("officer/P05", "name"), ("officer/S05", "name")))

        declared, undeclared = json.loads(opened(path)["manifest.json"])["personal"]
        assert (declared["state"], declared["position"], declared["erased_at"], declared["path"]) == (
            "ERASED",
            1,
            3,
            None,
        )
        assert (undeclared["state"], undeclared["position"], undeclared["erased_at"]) == ("ABSENT", 2, None)


class TestTheSameAgain:
    def test_the_same_input_gives_the_same_bytes(self, district: District, tmp_path: Path) -> None:
        log = district.signed(cosigners=())
        (tmp_path / "again").mkdir()

        once, _ = district.package(tmp_path, log=log, personal=(("officer/P05", "name"),))
        again, _ = district.package(tmp_path / "again", log=log, personal=(("officer/P05", "name"),))

        assert once.read_bytes() == again.read_bytes()

    def test_no_file_states_a_time_of_its_own(self, district: District, tmp_path: Path) -> None:
        path, _ = district.package(tmp_path)

        with zipfile.ZipFile(path) as archive:
            assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            assert archive.testzip() is None

    def test_it_comes_in_pieces_that_need_no_seeking(self, district: District) -> None:
        package = EvidencePackage(district.ledger, district.signed(), Request(district.everything(), MADE_AT))

        pieces = list(package.stream())

        assert max(len(piece) for piece in pieces) < sum(map(len, pieces)) / 2
        assert package.name.startswith("evidence-1-21-of-21-")


class TestThePrint:
    def test_is_a_pdf_for_archives_that_tells_what_the_entries_say(self, files: Files, tmp_path: Path) -> None:
        document = files["evidence.pdf"]
        assert document.startswith(b"%PDF-1.7")
        assert b"pdfaid:part" in document
        if which("pdftotext") is None:
            pytest.skip("pdftotext is not installed here; what the print says was not read")

        (tmp_path / "evidence.pdf").write_bytes(document)
        read = ["pdftotext", "-layout", str(tmp_path / "evidence.pdf"), "-"]
        text = subprocess.run(read, capture_output=True, text=True, check=True).stdout

        pages = text.split("\f")[:-1]
        assert [f"第 {at} 页 共 {len(pages)} 页" in page for at, page in enumerate(pages, 1)] == [True] * len(pages)
        assert all(json.loads(files["manifest.json"])["log"]["root"] in page for page in pages)
        for words in ("关于旧小区改造的公告", "该稿尚未经保密审查，不得发布。", "⟨U+202E⟩", "盖章处", "已封存，未附"):
            assert words in text

    def test_is_left_out_where_there_is_no_typesetter(
        self, district: District, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(paper, "can_print", lambda: False)

        path, _ = district.package(tmp_path)

        assert [name for name in opened(path) if name.startswith("evidence")] == []

    def test_is_in_volumes_when_it_is_long(
        self, district: District, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(paper, "ENTRIES_PER_PART", 8)

        path, _ = district.package(tmp_path)

        volumes = [name for name in opened(path) if name.startswith("evidence")]
        assert volumes == ["evidence-1.pdf", "evidence-2.pdf", "evidence-3.pdf"]

    def test_a_long_entry_may_run_over_pages_and_a_short_one_may_not(self, empty_district: District) -> None:
        district = empty_district
        district.record("odd.told/1", "odd/1", {"note": "长" * 4000})
        district.record("odd.told/1", "odd/1", {"note": "短"})

        assert [paper.told(entry, [], {})["whole"] for entry in district.ledger.all()] == [False, True]

    def test_a_typesetter_that_stops_breaks_the_package_off(
        self, district: District, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(paper, "_PRESS", ("VERIFY.md", "vendor/noto-sans-sc/NotoSansSC-Regular.ttf", "press.py"))

        with pytest.raises(paper.PrintFailed, match="typesetter stopped"):
            district.package(tmp_path)


class TestRefusals:
    @pytest.mark.parametrize(
        ("chosen", "sentence"),
        [
            (Chosen((), (), 21), "no entry"),
            (Chosen((3, 2), (), 21), "not in order"),
            (Chosen((2, 2), (), 21), "not in order"),
            (Chosen((2,), (2,), 21), "both lists"),
            (Chosen((0,), (), 21), "below 1"),
            (Chosen((2, 22), (), 22), "position 22 is not covered by the checkpoint, which has 21 entries"),
        ],
    )
    def test_a_selection_that_cannot_be_proved(
        self, district: District, tmp_path: Path, chosen: Chosen, sentence: str
    ) -> None:
        with pytest.raises(EvidenceRefused, match=sentence):
            district.package(tmp_path, chosen)

    def test_a_checkpoint_that_does_not_satisfy_its_own_policy(self, district: District, tmp_path: Path) -> None:
        log = district.signed(policy=policy_text("audit"), cosigners=())

        with pytest.raises(NoteRefused, match="quorum 'audit' is not met"):
            district.package(tmp_path, log=log)

    def test_a_policy_that_names_no_log(self, district: District, tmp_path: Path) -> None:
        with pytest.raises(EvidenceRefused, match="names no log"):
            district.package(tmp_path, log=district.signed(policy="quorum none\n"))

    def test_an_entry_that_was_changed_in_the_database(
        self, empty_district: District, tmp_path: Path, tampered: Callable[[District, int], None]
    ) -> None:
        district = empty_district
        for number in range(5):
            district.record("odd.told/1", "odd/1", {"note": str(number)})
        log = district.signed()
        tampered(district, 4)

        with pytest.raises(IntegrityFault, match="position 4 is not the one that was signed"):
            district.package(tmp_path, log=log)

    def test_a_stamp_over_another_tree_of_the_same_size(
        self, district: District, authority: TimestampAuthority, tmp_path: Path
    ) -> None:
        log = district.signed(authority=authority, stamped=(21,))
        other = SignedMemory(district.leaves()[::-1], authority=authority, stamped=(21,))
        log.stamps = [replace(log.stamps[0], text=other.stamps[0].text)]

        with pytest.raises(IntegrityFault, match="another checkpoint of size 21"):
            district.package(tmp_path, log=log)

    def test_a_damaged_content_is_left_out_and_named(
        self, empty_district: District, tmp_path: Path, spoiled: Callable[[District, str], None]
    ) -> None:
        district = empty_district
        content = district.content(b"as it was", "a.txt", "text/plain")
        district.record("odd.told/1", "odd/1", {"content": content})
        spoiled(district, content["sha256"])

        path, _ = district.package(tmp_path)

        (stated,) = json.loads(opened(path)["manifest.json"])["contents"]
        assert (stated["state"], stated["path"]) == ("DAMAGED", None)


def _past_the_guards(district: District, *statements: tuple[str, tuple[object, ...]]) -> None:
    """As somebody who owns the database file."""
    file = district.ledger.database.engine.url.database
    assert file is not None
    with sqlite3.connect(file) as connection:
        for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {trigger}")
        for statement, values in statements:
            connection.execute(statement, values)
    connection.close()


@pytest.fixture
def tampered() -> Callable[[District, int], None]:
    def tamper(district: District, position: int) -> None:
        raw = district.ledger.entry(position).raw.replace(b'"note":"', b'"note":"x')
        _past_the_guards(district, ("UPDATE ledger_entries SET entry = ? WHERE position = ?", (raw, position)))

    return tamper


@pytest.fixture
def spoiled() -> Callable[[District, str], None]:
    def spoil(district: District, sha256: str) -> None:
        _past_the_guards(district, ("UPDATE ledger_contents SET content = ? WHERE sha256 = ?", (b"as it is", sha256)))

    return spoil
