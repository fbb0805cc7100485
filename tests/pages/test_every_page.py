"""What holds on every page, in both languages, on both databases, for the public and for an inspector."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.pages.house import House, Page

PUBLIC = (
    "/",
    "/catalogue",
    "/register",
    "/catalogue/differences",
    "/catalogue/differences?as_of_position=74",
    "/register/differences?as_of_position=74",
    "/units",
    "/units/U05",
    "/items/I-2025-0001",
    "/items/I-2025-0009",
    "/items/I-2025-0012",
    "/items/I-2025-0016",
    "/items/I-2025-0666",
    "/items/H-2017-0001",
    "/problems",
    "/problems/NOT_REVIEWED",
    "/problems/BUSY",
    "/sign-in",
    "/status",
    "/about",
)
FOR_INSPECTORS = (
    *(path for path in PUBLIC if path != "/sign-in"),
    "/items/I-2025-0005",
    "/items/I-2025-0015",
    "/officers/P05",
    "/officers/J01",
    "/entries",
    "/entries/1",
    "/entries/75",
    "/reports/annual/2025",
    "/reports/annual/2020?unit=U05",
)
PAGES = [(path, None) for path in PUBLIC] + [(path, "J01") for path in FOR_INSPECTORS]
SCOPES = {"col", "row", "colgroup", "rowgroup"}
HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(params=PAGES, ids=lambda param: f"{param[1] or 'public'}{param[0]}")
def asked(request: pytest.FixtureRequest) -> tuple[str, str | None]:
    path, officer = request.param
    return path, officer


@pytest.fixture(params=["zh", "en"])
def page(request: pytest.FixtureRequest, house: House, asked: tuple[str, str | None]) -> Page:
    path, officer = asked
    english = f"{path}{'&' if '?' in path else '?'}lang=en"
    return house.seen(path if request.param == "zh" else english, officer)


class TestEveryPage:
    def test_says_its_language_and_offers_the_other(self, page: Page) -> None:
        (html,) = page.all("html")
        (switch,) = [one for one in page.all("a", rel="alternate") if "lang" in one.attributes]

        assert {html.attributes["lang"], switch.attributes["lang"]} == {"zh-CN", "en"}

    def test_is_read_aloud_in_the_language_it_is_written_in(self, page: Page) -> None:
        wrong = [text for text, lang in page.texts if lang == "en" and HAN.search(text)]

        assert wrong == []

    def test_needs_nothing_from_elsewhere_and_no_script(self, page: Page) -> None:
        sources = [one.attributes.get(name, "") for one in page.elements for name in ("src", "href", "action")]
        inline = [one for one in page.elements if any(a == "style" or a.startswith("on") for a in one.attributes)]

        assert [source for source in sources if source and not source.startswith(("/", "#"))] == []
        assert [source for source in sources if source.startswith("//")] == []
        assert page.all("script") == page.all("style") == page.all("iframe") == inline == []

    def test_has_one_title_one_first_heading_and_landmarks(self, page: Page) -> None:
        assert len(page.all("title")) == len(page.all("h1")) == len(page.all("main")) == 1
        assert page.all("title")[0].text.strip()
        assert len(page.all("header")) == len(page.all("footer")) == 1
        assert page.all("a", href="#content")

    def test_names_its_parts(self, page: Page) -> None:
        identifiers = [one.attributes["id"] for one in page.elements if "id" in one.attributes]
        named = {one.attributes.get("for") for one in page.all("label")}
        fields = [
            one for one in page.elements if one.tag in {"input", "select"} and one.attributes.get("type") != "hidden"
        ]
        referred = {
            identifier
            for one in page.elements
            for name in ("aria-labelledby", "aria-describedby")
            for identifier in one.attributes.get(name, "").split()
        }

        assert len(identifiers) == len(set(identifiers))
        assert [one.attributes for one in fields if one.attributes.get("id") not in named] == []
        assert referred <= set(identifiers)

    def test_heads_its_tables(self, page: Page) -> None:
        heads = page.all("th")

        assert len(page.all("caption")) == len(page.all("table"))
        assert [one for one in heads if one.attributes.get("scope") not in SCOPES] == []

    def test_keeps_the_language_in_every_link(self, page: Page) -> None:
        (html,) = page.all("html")
        english = html.attributes["lang"] == "en"
        for link in page.all("a"):
            address = urlsplit(link.attributes["href"])
            if address.path.startswith(("/api/", "/tlog/")):
                continue
            if (
                address.path
                and link.attributes.get("rel") != "alternate"
                and not address.path.endswith((".csv", ".json", ".xlsx", ".docx"))
            ):
                assert (parse_qs(address.query).get("lang") == ["en"]) is english, link.attributes["href"]


class TestEveryAnswer:
    def test_forbids_everything_but_its_own_style(self, house: House, asked: tuple[str, str | None]) -> None:
        answer = house.get(*asked)

        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'")
        assert "unsafe" not in policy
        assert "script-src" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"

    def test_sets_no_cookie_on_who_only_reads(self, house: House, asked: tuple[str, str | None]) -> None:
        answer = house.get(*asked)

        assert ("set-cookie" in answer.headers) is (asked[0] == "/sign-in")


class TestEveryLink:
    @pytest.mark.parametrize("officer", [None, "J01"])
    def test_leads_somewhere(self, sqlite_house: House, officer: str | None) -> None:
        pages = [path for path, reader in PAGES if reader == officer]
        links = {link for path in pages for link in sqlite_house.seen(path, officer).links() if link.startswith("/")}

        dead = {link: code for link in links if (code := sqlite_house.get(link, officer).status_code) != 200}

        assert dead == {}


class TestStaticFiles:
    def test_are_named_by_their_hash_and_kept(self, sqlite_house: House) -> None:
        (sheet,) = sqlite_house.page("/").all("link", rel="stylesheet")

        answer = sqlite_house.get(sheet.attributes["href"])

        assert re.fullmatch(r"/static/ledger-[0-9a-f]{12}\.css", sheet.attributes["href"])
        assert answer.headers["content-type"] == "text/css; charset=utf-8"
        assert "immutable" in answer.headers["cache-control"]
        assert "://" not in answer.text.replace("http://www.w3.org/2000/svg", "")

    def test_are_ours_alone(self, sqlite_house: House) -> None:
        assert sqlite_house.get("/static/tokens.css").status_code == 404
        assert sqlite_house.get("/static/..%2Fpages%2Fvisit.py").status_code == 404
