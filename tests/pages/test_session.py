"""Signing in with a token, what the browser then carries, and signing out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from http.cookies import SimpleCookie
from pathlib import Path

import httpx
import pytest

from tests.pages.house import BROWSER, ORIGIN, OWN_PAGE, House, Page, open_house


class Browser:
    """Carries cookies from answer to answer, as a browser does."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.jar: dict[str, str] = {}

    def get(self, path: str) -> httpx.Response:
        return self._keep(self.house.client.get(path, headers={**BROWSER, **self._cookies()}))

    def post(self, path: str, fields: dict[str, str], **headers: str) -> httpx.Response:
        self.house.client.cookies.clear()
        sent = {**OWN_PAGE, **self._cookies(), **{name.replace("_", "-"): value for name, value in headers.items()}}
        return self._keep(self.house.client.post(path, data=fields, headers=sent))

    def form(self, path: str) -> dict[str, str]:
        page = Page.of(self.get(path).text)
        return {one.attributes["name"]: one.attributes["value"] for one in page.all("input", type="hidden")}

    def sign_in(self, token: str, next_page: str = "", **headers: str) -> httpx.Response:
        form = self.form(f"/sign-in?next={next_page}")
        return self.post("/sign-in", {**form, "token": token}, **headers)

    def _cookies(self) -> dict[str, str]:
        return {"Cookie": "; ".join(f"{name}={value}" for name, value in self.jar.items())} if self.jar else {}

    def _keep(self, answer: httpx.Response) -> httpx.Response:
        self.house.client.cookies.clear()
        for header in answer.headers.get_list("set-cookie"):
            for name, morsel in SimpleCookie(header).items():
                self.jar[name] = morsel.value
                if morsel["max-age"] == "0":
                    del self.jar[name]
        return answer


@pytest.fixture
def browser(sqlite_house: House) -> Browser:
    return Browser(sqlite_house)


class TestSigningIn:
    def test_opens_what_the_post_opens(self, browser: Browser) -> None:
        assert browser.get("/entries").status_code == 401

        answer = browser.sign_in(browser.house.token("J01"))

        assert answer.status_code == 303
        assert answer.headers["location"] == "/"
        assert browser.get("/entries").status_code == 200
        assert "J01" in browser.get("/").text

    def test_keeps_the_token_from_scripts_and_other_sites(self, browser: Browser) -> None:
        answer = browser.sign_in(browser.house.token("J01"))

        (cookie,) = [one for one in answer.headers.get_list("set-cookie") if one.startswith("ledger=")]
        assert "HttpOnly" in cookie
        assert "SameSite=strict" in cookie
        assert "Path=/" in cookie
        assert "Max-Age=28800" in cookie

    def test_ends_no_later_than_the_token(self, browser: Browser) -> None:
        token = browser.house.tokens.issue("J01", "short", timedelta(minutes=5)).text

        answer = browser.sign_in(token)

        (cookie,) = [one for one in answer.headers.get_list("set-cookie") if one.startswith("ledger=")]
        assert "Max-Age=300" in cookie

    @pytest.mark.parametrize("token", ["", "dl_x_y", "' OR 1=1", "x" * 200, "令牌"])
    def test_refuses_a_wrong_token_and_sets_no_session(self, browser: Browser, token: str) -> None:
        answer = browser.sign_in(token)

        assert answer.status_code == 403
        assert "未能登录" in answer.text
        assert "ledger" not in browser.jar

    def test_goes_back_to_where_it_was_asked_for(self, browser: Browser) -> None:
        assert browser.sign_in(browser.house.token("J01"), "/entries/5").headers["location"] == "/entries/5"

    @pytest.mark.parametrize(
        "address", ["https://evil.test/", "//evil.test", "/\\evil.test", "javascript:alert(1)", "evil", "/%0d%0aX:1"]
    )
    def test_leads_to_no_other_site(self, browser: Browser, address: str) -> None:
        location = browser.sign_in(browser.house.token("J01"), address).headers["location"]

        assert location.startswith("/")
        assert not location.startswith(("//", "/\\"))
        assert "\n" not in location

    def test_keeps_language_and_moment(self, browser: Browser) -> None:
        form = browser.form("/sign-in?lang=en")

        answer = browser.post("/sign-in?lang=en", {**form, "token": browser.house.token("J01")})

        assert answer.headers["location"] == "/?lang=en"

    def test_ends_when_the_token_is_revoked(self, browser: Browser) -> None:
        issued = browser.house.tokens.issue("J01", "short", timedelta(days=1))
        browser.sign_in(issued.text)
        assert browser.get("/entries").status_code == 200

        browser.house.tokens.revoke(issued.token.token_id)

        assert browser.get("/entries").status_code == 401
        assert browser.get("/catalogue").status_code == 200


class TestForeignForms:
    def test_without_our_token_are_refused(self, browser: Browser) -> None:
        browser.get("/sign-in")

        answer = browser.post("/sign-in", {"token": browser.house.token("J01"), "csrf": "guessed", "next": ""})

        assert answer.status_code == 403
        assert "表单已失效" in answer.text
        assert "ledger" not in browser.jar

    def test_without_our_cookie_are_refused(self, browser: Browser) -> None:
        form = browser.form("/sign-in")
        browser.jar.clear()

        assert browser.post("/sign-in", {**form, "token": browser.house.token("J01")}).status_code == 403

    @pytest.mark.parametrize("headers", [{"Sec_Fetch_Site": "cross-site"}, {"Sec_Fetch_Site": "same-site"}])
    def test_from_another_site_are_refused(self, browser: Browser, headers: dict[str, str]) -> None:
        answer = browser.sign_in(browser.house.token("J01"), **headers)

        assert answer.status_code == 403
        assert "ledger" not in browser.jar

    def test_from_another_origin_are_refused_by_older_browsers_too(self, browser: Browser) -> None:
        form = browser.form("/sign-in")
        headers = {**BROWSER, "Origin": "http://evil.test", "Cookie": f"ledger-form={browser.jar['ledger-form']}"}

        answer = browser.house.client.post(
            "/sign-in", data={**form, "token": browser.house.token("J01")}, headers=headers
        )

        assert answer.status_code == 403


class TestSigningOut:
    def test_forgets_the_token(self, browser: Browser) -> None:
        browser.sign_in(browser.house.token("J01"))
        form = browser.form("/about")

        answer = browser.post("/sign-out", form)

        assert answer.status_code == 303
        assert "ledger" not in browser.jar
        assert browser.get("/entries").status_code == 401

    def test_is_refused_to_a_foreign_form(self, browser: Browser) -> None:
        browser.sign_in(browser.house.token("J01"))

        assert browser.post("/sign-out", {"csrf": "guessed"}).status_code == 403
        assert browser.post("/sign-out", browser.form("/about"), Sec_Fetch_Site="cross-site").status_code == 403
        assert browser.get("/entries").status_code == 200

    def test_is_never_done_by_a_link(self, browser: Browser) -> None:
        browser.sign_in(browser.house.token("J01"))

        assert browser.get("/sign-out").status_code == 405
        assert browser.get("/entries").status_code == 200


class TestBehindHttps:
    @pytest.fixture
    def secure(self, tmp_path: Path) -> Iterator[House]:
        with open_house(f"sqlite:///{tmp_path / 'ledger.db'}", https=True) as house:
            yield house

    def test_cookies_are_tied_to_the_host_and_never_go_in_the_clear(self, secure: House) -> None:
        browser = Browser(secure)

        answer = browser.sign_in(secure.token("J01"))

        cookies = answer.headers.get_list("set-cookie")
        assert answer.status_code == 303
        assert [one for one in cookies if one.startswith("__Host-ledger=") and "Secure" in one]
        assert set(browser.jar) == {"__Host-ledger", "__Host-ledger-form"}
        assert ORIGIN.startswith("http:")
