"""The page checks itself in a browser, without WebCrypto and without a network, and runs nothing of what it shows."""

from __future__ import annotations

import json
import re
import threading
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from ledger.append import Command
from ledger.entry import EventDraft
from ledger.note import ED25519, ED25519_COSIGNATURE, signer_of
from projections.evidence import paper, wording
from projections.evidence.page import _inlined
from projections.evidence.selection import Chosen
from tests.evidence.browser import chromium, visit
from tests.evidence.district import AUDIT, HOSTILE, LOG, ORIGIN, District, policy_text
from tests.evidence.opened import Files, flipped, opened, unpacked
from tests.support.timestamp_authority import TimestampAuthority

STRANGER = signer_of(ORIGIN, ED25519, b"stranger".ljust(32))
OTHER = signer_of("other.example", ED25519_COSIGNATURE, b"other".ljust(32))
BLOCK = re.compile(r'(<script type="application/json" (?:id="package"|class="entries")>)(.*?)(</script>)', re.DOTALL)
TITLE = "证据包 Evidence package"
MANY = 20_000


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def files(district: District, authority: TimestampAuthority, tmp_path_factory: pytest.TempPathFactory) -> Files:
    size = district.ledger.head().size
    log = district.signed(
        policy=policy_text("both", "group both all audit archive"), authority=authority, stamped=(8, 11, size)
    )
    path, _ = district.package(
        tmp_path_factory.mktemp("package"), log=log, personal=(("officer/P05", "name"),), reference=f"AC-01 {HOSTILE}"
    )
    return opened(path)


@pytest.fixture(scope="module")
def folder(files: Files, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return unpacked(files, tmp_path_factory.mktemp("unpacked"))


@contextmanager
def served(folder: Path) -> Iterator[str]:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def changed(page: bytes, change: Callable[[dict[str, Any], list[dict[str, Any]]], None]) -> str:
    """The page with its inlined data changed by a careful hand: ``change(facts, entries)``."""
    text = page.decode()
    facts, *blocks = [json.loads(found[2]) for found in BLOCK.finditer(text)]
    entries = [entry for block in blocks for entry in block]
    change(facts, entries)
    bodies = iter([_inlined(facts), _inlined(entries), *("[]" for _ in blocks[1:])])
    return BLOCK.sub(lambda found: found[1] + next(bodies) + found[3], text)


class TestAnUntouchedPage:
    def test_is_verified_as_a_file(self, browser: Browser, folder: Path) -> None:
        with visit(browser, folder / "index.html") as seen:
            assert seen.verdict == "verified"
            assert "核验通过 VERIFIED" in seen.told()
            assert "The key came from this package" in seen.told()
            assert seen.troubles == []

    def test_is_verified_over_plain_http(self, browser: Browser, folder: Path) -> None:
        with served(folder) as address, visit(browser, f"{address}/index.html") as seen:
            assert seen.verdict == "verified"
            assert [trouble for trouble in seen.troubles if not trouble.endswith("favicon.ico")] == []

    def test_tells_what_was_checked_and_what_was_not(self, browser: Browser, folder: Path) -> None:
        with visit(browser, folder / "index.html") as seen:
            assert seen.verdict == "verified"
            told = seen.told("#checks")
            for words in (
                "有效 good",
                "达到要求 quorum met",
                "全部相符 all match",
                "已比对 0/2",
                "部分核验 partly checked",
            ):
                assert words in told
            assert "audit.example" in told
            assert "archive.example" in told
            contents = seen.told("#contents")
            assert "已封存，未附" in contents
            assert "台账未存，未附" in contents
            assert "positions 1 to 8" in seen.told("#stamps")

    def test_runs_and_hides_nothing_of_what_entries_say(self, browser: Browser, folder: Path) -> None:
        with visit(browser, folder / "index.html") as seen:
            assert seen.verdict == "verified"
            assert seen.page.title() == TITLE
            assert seen.page.locator("img").count() == 0
            assert seen.page.locator("script:not([type])").count() == 1
            told = seen.told("#entries")
            assert '</script><script>document.title="broken out"</script>' in told
            assert "⟨U+202E⟩⟨U+2028⟩" in told
            assert "\u202e" not in seen.told("body")
            links = seen.page.locator("#contents a[target]")
            assert [links.nth(at).get_attribute("href") for at in range(links.count())] == [
                path for path in sorted(path.name for path in (folder / "contents").iterdir()) for path in [f"contents/{path}"]
                if path.endswith(".pdf")
            ]  # fmt: skip

    def test_reads_every_entry_as_the_print_does(self, browser: Browser, folder: Path, district: District) -> None:
        names = {name: value for entry in district.ledger.all() for name, value in wording.names_in(entry)} | {
            "P05": "欧阳㛃"
        }
        expected = {
            f"p{entry.position}": [
                [f"{row.zh} {row.en}", "\n".join(row.lines)]
                for row in (*wording.envelope(entry, names), *wording.rows(entry, names))
                if row.en != "occurred at"
            ]
            for entry in district.ledger.all()
        }

        with visit(browser, folder / "index.html") as seen:
            assert seen.verdict == "verified"
            read = seen.page.evaluate(
                """() => Object.fromEntries(Array.from(document.querySelectorAll("ol.timeline > li"), (item) => [item.id,
                    Array.from(item.querySelectorAll("dt"), (name) => [name.textContent, name.nextSibling.textContent])]))"""
            )

        assert read == expected

    def test_fits_a_telephone(self, browser: Browser, folder: Path) -> None:
        with visit(browser, folder / "index.html", viewport={"width": 360, "height": 740}) as seen:
            assert seen.verdict == "verified"
            assert seen.page.evaluate("document.documentElement.scrollWidth <= 360")

    def test_says_so_where_scripts_are_forbidden(self, browser: Browser, folder: Path) -> None:
        with visit(browser, folder / "index.html", java_script_enabled=False) as seen:
            assert "evidence.pdf" in seen.told(".noscript")
            assert "核验通过" not in seen.told("body")


def entry_at(position: int, entries: list[dict[str, Any]]) -> dict[str, Any]:
    return next(entry for entry in entries if entry["position"] == position)


def _byte(_: dict[str, Any], entries: list[dict[str, Any]]) -> None:
    entry = entry_at(16, entries)
    entry["entry"] = entry["entry"].replace("SUSPECTED", "SUSPECTEE")


def _swapped(_: dict[str, Any], entries: list[dict[str, Any]]) -> None:
    one, two = entry_at(10, entries), entry_at(11, entries)
    one["entry"], two["entry"] = two["entry"], one["entry"]


def _cut(_: dict[str, Any], entries: list[dict[str, Any]]) -> None:
    entry_at(12, entries)["path"].pop()


def _lengthened(_: dict[str, Any], entries: list[dict[str, Any]]) -> None:
    entry_at(12, entries)["path"].append(b64encode(bytes(32)).decode())


def _tail_changed(_: dict[str, Any], entries: list[dict[str, Any]]) -> None:
    # The last hash is shared with proofs that were shown before: the short cut must not pass over it.
    entry_at(12, entries)["path"][-1] = b64encode(bytes(32)).decode()


def _no_base64(_: dict[str, Any], entries: list[dict[str, Any]]) -> None:
    entry_at(12, entries)["path"][0] = "!"


def _moved(facts: dict[str, Any], entries: list[dict[str, Any]]) -> None:
    entry_at(12, entries)["position"] = 22
    facts["positions"] = [22 if position == 12 else position for position in facts["positions"]]


def _missing(_: dict[str, Any], entries: list[dict[str, Any]]) -> None:
    entries.remove(entry_at(12, entries))


def _other_key(facts: dict[str, Any], _: list[dict[str, Any]]) -> None:
    facts["policy"] = facts["policy"].replace(LOG.verifier.to_text(), STRANGER.verifier.to_text())


def _wrong_quorum(facts: dict[str, Any], _: list[dict[str, Any]]) -> None:
    facts["policy"] = policy_text("other", f"witness other {OTHER.verifier.to_text()}")


def _bad_cosignature(facts: dict[str, Any], _: list[dict[str, Any]]) -> None:
    forged = b64encode(AUDIT.verifier.key_id + bytes(72)).decode()
    facts["checkpoint"] = re.sub(r"(?m)^— audit\.example .*$", f"— audit.example {forged}", facts["checkpoint"])


def _other_root(facts: dict[str, Any], _: list[dict[str, Any]]) -> None:
    lines = facts["checkpoint"].split("\n")
    lines[2] = b64encode(bytes(32)).decode()
    facts["checkpoint"] = "\n".join(lines)


def _stated_size(facts: dict[str, Any], _: list[dict[str, Any]]) -> None:
    facts["log"]["size"] = 22


def _personal(facts: dict[str, Any], _: list[dict[str, Any]]) -> None:
    facts["personal"][0]["value"] = "王五"


def _personal_of_another(facts: dict[str, Any], _: list[dict[str, Any]]) -> None:
    facts["personal"][0]["record"] = "officer/S05"


def _stamped_text(facts: dict[str, Any], _: list[dict[str, Any]]) -> None:
    facts["stamps"][0]["text"] = facts["stamps"][1]["text"]


def _stamp_consistency(facts: dict[str, Any], _: list[dict[str, Any]]) -> None:
    facts["stamps"][1]["consistency"].pop()


def _content_unlisted(facts: dict[str, Any], _: list[dict[str, Any]]) -> None:
    facts["contents"] = [content for content in facts["contents"] if content["state"] != "SEALED"]


def _content_invented(facts: dict[str, Any], _: list[dict[str, Any]]) -> None:
    facts["contents"].append({**facts["contents"][0], "sha256": "0" * 64})


class TestAChangedPage:
    @pytest.mark.parametrize(
        ("change", "words"),
        [
            (_byte, ["第 16 号记录 position 16"]),
            (_swapped, ["position 10, 11"]),
            (_cut, ["position 12"]),
            (_lengthened, ["position 12"]),
            (_tail_changed, ["position 12"]),
            (_no_base64, ["position 12"]),
            (_moved, ["position 22", "beyond the checkpoint"]),
            (_missing, ["position 12", "missing"]),
            (_other_key, ["not signed by the log's key"]),
            (_wrong_quorum, ["quorum is not met"]),
            (_bad_cosignature, ["signature on the checkpoint is bad"]),
            (_other_root, ["signature on the checkpoint is bad"]),
            (_stated_size, ["not what the checkpoint says"]),
            (_personal, ["position 3", "not the one committed to"]),
            (_personal_of_another, ["position 3", "not the one committed to"]),
            (_stamped_text, ["time stamp is over another text"]),
            (_stamp_consistency, ["tree that ours does not continue"]),
            (_content_unlisted, ["position 9", "not listed"]),
            (_content_invented, ["cited by no entry"]),
        ],
    )
    def test_fails_and_names_the_place(
        self,
        browser: Browser,
        files: Files,
        tmp_path: Path,
        change: Callable[[dict[str, Any], list[dict[str, Any]]], None],
        words: list[str],
    ) -> None:
        (tmp_path / "index.html").write_text(changed(files["index.html"], change), encoding="utf-8")

        with visit(browser, tmp_path / "index.html") as seen:
            assert seen.verdict == "failed"
            told = seen.told()

        assert "核验未通过 FAILED" in told
        assert [word for word in words if word not in told] == []

    def test_with_another_script_never_says_that_it_is_verified(
        self, browser: Browser, files: Files, tmp_path: Path
    ) -> None:
        page = files["index.html"].decode().replace("const SLICE_MS = 100;", "const SLICE_MS = 101;")
        (tmp_path / "index.html").write_text(page, encoding="utf-8")

        with visit(browser, tmp_path / "index.html") as seen:
            assert any("Content Security Policy" in trouble for trouble in seen.troubles)
            assert "核验通过" not in seen.told()

    def test_links_to_nothing_but_enclosed_contents(self, browser: Browser, files: Files, tmp_path: Path) -> None:
        def change(facts: dict[str, Any], _: list[dict[str, Any]]) -> None:
            for content in facts["contents"]:
                content["path"] = "javascript:document.title=1"

        (tmp_path / "index.html").write_text(changed(files["index.html"], change), encoding="utf-8")

        with visit(browser, tmp_path / "index.html") as seen:
            assert seen.verdict == "verified"
            assert seen.page.locator("#contents a[target]").count() == 0


class TestComparing:
    def test_the_enclosed_files_agree(self, browser: Browser, folder: Path) -> None:
        with visit(browser, folder / "index.html") as seen:
            assert seen.verdict == "verified"
            # Everything but the page itself and the lists that were made after it.
            listed = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix != ".html"]
            seen.page.set_input_files(
                "#files", [str(path) for path in listed if path.name not in {"manifest.json", "SHA256SUMS"}]
            )
            seen.page.set_input_files("#files", [str(path) for path in (folder / "contents").iterdir()])
            seen.page.wait_for_selector("#contents tbody .good >> nth=1")

            assert seen.verdict == "verified"
            assert "DIFFERS" not in seen.told("#contents")
            assert seen.troubles == []

    @pytest.mark.parametrize(
        ("kind", "words"),
        [
            ("entries/000000015.json", ["position 15", "000000015.json"]),
            ("proofs/000000015.tlog-proof", ["position 15", "000000015.tlog-proof"]),
            ("contents/*.pdf", ["position 9"]),
            ("personal/001.json", ["001.json"]),
            ("checkpoint.txt", ["checkpoint.txt"]),
            ("policy.txt", ["policy.txt"]),
            ("timestamps/8.tsr", ["8.tsr"]),
            ("timestamps/8.txt", ["8.txt"]),
            ("timestamps/8.consistency", ["8.consistency"]),
            ("timestamps/roots.pem", ["roots.pem"]),
            ("evidence.pdf", ["evidence.pdf"]),
            ("verify.py", ["verify.py"]),
            ("VERIFY.md", ["VERIFY.md"]),
        ],
    )
    def test_a_changed_file_fails_and_is_named(
        self, browser: Browser, folder: Path, tmp_path: Path, kind: str, words: list[str]
    ) -> None:
        (original,) = folder.glob(kind)
        (tmp_path / original.name).write_bytes(flipped(original.read_bytes()))

        with visit(browser, folder / "index.html") as seen:
            assert seen.verdict == "verified"
            seen.page.set_input_files("#files", [str(tmp_path / original.name)])
            seen.page.wait_for_selector("html[data-verdict=failed]")
            told = seen.told() + seen.told("#checks")

        assert [word for word in words if word not in told] == []

    def test_the_key_from_elsewhere_agrees_or_does_not(self, browser: Browser, folder: Path) -> None:
        with visit(browser, folder / "index.html") as seen:
            assert seen.verdict == "verified"
            seen.page.fill("#held", STRANGER.verifier.to_text())
            seen.page.click("text=Compare the keys")
            assert seen.verdict == "failed"
            assert "the log's key is not the one you hold" in seen.told()

            seen.page.fill("#held", f"  {LOG.verifier.to_text()}\n")
            seen.page.click("text=Compare the keys")
            assert seen.verdict == "verified"
            assert "It was signed with the key you hold" in seen.told()


@pytest.mark.slow
class TestALongPackage:
    def test_of_twenty_thousand_entries_is_checked_whole(
        self, browser: Browser, long_district: District, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(paper, "can_print", lambda: False)
        chosen = Chosen(tuple(range(1, MANY + 1)), (), MANY)
        path, _ = long_district.package(tmp_path, chosen)
        page = opened(path)["index.html"]
        (tmp_path / "index.html").write_bytes(page)
        (tmp_path / "changed.html").write_text(changed(page, _one_of_many), encoding="utf-8")

        with visit(browser, tmp_path / "index.html") as seen:
            assert seen.verdict == "verified"
        with visit(browser, tmp_path / "changed.html") as seen:
            assert seen.verdict == "failed"
            assert "position 12345" in seen.told()


def _one_of_many(_: dict[str, Any], entries: list[dict[str, Any]]) -> None:
    entries[12344]["entry"] = entries[12344]["entry"].replace("minutes", "minuteS")


@pytest.fixture
def long_district(tmp_path: Path) -> Iterator[District]:
    from ledger.database import open_database
    from ledger.ledger import Ledger
    from tests.evidence.district import MONDAY
    from tests.support.ledgers import SetClock, minutes

    clock = SetClock(MONDAY)
    database = open_database(f"sqlite:///{tmp_path / 'long.db'}")
    with Ledger(database, clock=clock) as ledger:
        for first in range(1, MANY, 500):
            drafts = [
                EventDraft(draft.stream, draft.version, draft.type, {"note": "说明" * 60})
                for draft in minutes("minutes/1", 500, first)
            ]
            ledger.append(Command(drafts))
        yield District(ledger, clock)
    database.close()
