"""The register on a page: the six fields of the article, the hands, and whether it is complete."""

from __future__ import annotations

import pytest

from projections.register import Completeness
from tests.pages.house import House


class TestTheSixFields:
    @pytest.mark.requirement("R90")
    @pytest.mark.requirement("R91")
    @pytest.mark.requirement("R92")
    @pytest.mark.requirement("R93")
    @pytest.mark.requirement("R94")
    @pytest.mark.requirement("R95")
    def test_stand_in_every_row(self, house: House) -> None:
        page = house.page("/register")
        (row,) = [one for one in page.all("tr") if "I-2025-0001#1" in one.text]
        heads = [one.text for one in page.all("th", scope="col")]

        assert heads[:6] == ["信息原始内容", "发布单位", "审核人", "发布人员", "发布时间", "发布渠道"]
        for value in ("区住房和城乡建设局", "A05", "P05", "2025-01-15 09:00", "区政府信息公开平台", "鄞州发布（微信）"):
            assert value in row.text

    @pytest.mark.requirement("R83")
    @pytest.mark.requirement("R84")
    @pytest.mark.requirement("R85")
    def test_name_who_else_answers(self, house: House) -> None:
        (row,) = [one for one in house.page("/register").all("tr") if "I-2025-0001#1" in one.text]

        assert "主管：本单位" in row.text
        assert "保密审查 S05" in row.text
        assert "批准 F05" in row.text
        assert "拟稿 D05" in row.text

    def test_lead_to_the_content_as_it_was_published(self, house: House) -> None:
        (link,) = [
            one.attributes["href"]
            for one in house.page("/items/I-2025-0001").all("a")
            if one.attributes["href"].startswith("/api/contents/")
        ][:1]

        answer = house.get(link)

        assert answer.content.decode() == "<p>关于印发《老旧小区改造三年行动方案》的通知</p>"
        assert answer.headers["content-disposition"].startswith("attachment")

    def test_lead_nowhere_for_what_was_taken_back(self, house: House) -> None:
        page = house.page("/items/I-2025-0012")

        assert [link for link in page.links() if link.startswith("/api/contents/")] == []

    def test_are_said_to_be_unrecorded_where_an_old_register_knew_none(self, house: House) -> None:
        (row,) = [one for one in house.page("/register").all("tr") if "H-2017-0001#1" in one.text]

        assert row.text.count("未登记") == 2
        assert "第 2 行" in row.text


class TestFilters:
    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("unit=U08", {"I-2025-0009#1", "I-2025-0012#1"}),
            ("channel=CH-02", {"I-2025-0001#1", "I-2025-0009#1"}),
            ("status=withdrawn", {"I-2025-0012#1"}),
            ("officer=S05&from_day=2025-02-01", {"I-2025-0666#1"}),
            ("until_day=2017-12-31", {"H-2017-0001#1"}),
        ],
    )
    def test_leave_only_what_was_asked_for(self, house: House, query: str, found: set[str]) -> None:
        rows = house.get(f"/register.json?{query}").json()["rows"]
        page = house.page(f"/register?{query}")

        assert {row["publication"] for row in rows} == found
        assert all(publication in page.text for publication in found)


class TestCompleteness:
    @pytest.mark.requirement("R89")
    def test_is_said_with_numbers(self, house: House) -> None:
        for path in ("/", "/register"):
            assert "登记完整" in house.page(path).text
        assert "台账中 6 次发布，登记簿 6 行" in house.page("/register").text

    def test_is_never_said_of_a_register_with_a_gap(self, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
        gap = Completeness(115, 6, 5, (71,), ())
        monkeypatch.setattr("projections.register.check_complete", lambda *_: gap)
        monkeypatch.setattr(house.app.state, "completeness", None, raising=False)

        page = house.page("/register")

        assert "登记不完整" in page.text
        assert "#71" in page.text
        assert page.all("div", role="alert")
        assert "登记不完整" in house.page("/").text
        monkeypatch.undo()
        assert "登记完整" in house.page("/register").text

    def test_is_not_counted_anew_at_every_look(self, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
        house.page("/register")

        def counted(*_: object) -> None:
            raise AssertionError("the whole log was counted again")

        monkeypatch.setattr("projections.register.check_complete", counted)

        assert "登记完整" in house.page("/").text
