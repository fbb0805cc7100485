"""``token``: issued to registered officers, shown once, listed without secrets, revoked at once."""

from __future__ import annotations

from datetime import timedelta

from ledger import instants
from ledger.clock import system_clock
from ledger.credentials import Tokens
from ledger.database import open_database
from tests.cli.conftest import Operator


def check(operator: Operator, text: str) -> str | None:
    """The officer a token speaks for, or None."""
    database = open_database(operator.database)
    try:
        found = Tokens(database, system_clock).check(text)
        return None if found is None else found.subject
    finally:
        database.close()


class TestIssue:
    def test_shows_a_token_that_speaks_for_the_officer(self, at_district: Operator) -> None:
        outcome = at_district.types("token", "issue", "--officer", "P05", "--label", "接口联调", "--days", 7)

        assert outcome.code == 0
        assert check(at_district, outcome.out.strip()) == "P05"
        assert "只显示这一次" in outcome.err
        assert outcome.out.strip() not in outcome.err

    def test_has_the_days_it_was_given(self, at_district: Operator) -> None:
        issued = at_district.types("token", "issue", "--officer", "P05", "--label", "x", "--days", 7, "--json").json

        assert timedelta(days=6) < instants.from_text(issued["expires_at"]) - system_clock() < timedelta(days=8)
        assert issued["officer"] == "P05"

    def test_nobody_unregistered_gets_one(self, at_district: Operator) -> None:
        outcome = at_district.types("token", "issue", "--officer", "X99", "--label", "x")

        assert (outcome.code, outcome.out) == (1, "")
        assert "没有登记人员X99，未签发令牌" in outcome.err

    def test_no_day_at_all_makes_no_sense(self, at_district: Operator) -> None:
        assert at_district.types("token", "issue", "--officer", "P05", "--label", "x", "--days", 0).code == 2


class TestListAndRevoke:
    def test_the_list_has_no_secrets(self, at_district: Operator) -> None:
        secret = at_district.types("token", "issue", "--officer", "A05", "--label", "名录").out.strip()

        outcome = at_district.types("token", "list")

        assert "名录" in outcome.out
        assert secret.split("_")[1] in outcome.out
        assert secret.split("_", 2)[2] not in outcome.out

    def test_a_revoked_token_counts_no_more(self, at_district: Operator) -> None:
        issued = at_district.types("token", "issue", "--officer", "S05", "--label", "x", "--json").json

        outcome = at_district.types("token", "revoke", issued["token_id"])

        assert outcome.code == 0
        assert check(at_district, issued["token"]) is None
        states = {token["token_id"]: token["state"] for token in at_district.types("token", "list", "--json").json}
        assert states[issued["token_id"]] == "revoked"

    def test_revoking_twice_or_nothing_is_told(self, at_district: Operator) -> None:
        issued = at_district.types("token", "issue", "--officer", "S05", "--label", "x", "--json").json
        at_district.types("token", "revoke", issued["token_id"], "--json")

        for token_id in (issued["token_id"], "000000000000"):
            outcome = at_district.types("token", "revoke", token_id)
            assert outcome.code == 1
            assert "没有可吊销的令牌" in outcome.err
