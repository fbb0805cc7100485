"""The difference to now on a page: offered where an earlier moment is shown, plain, and for each reader's eyes."""

from __future__ import annotations

from tests.pages.house import House


class TestDifferencesToNow:
    def test_are_offered_only_where_an_earlier_moment_is_shown(self, house: House) -> None:
        for path in ("/catalogue", "/register"):
            assert f"{path}/differences?as_of_position=74" in house.page(f"{path}?as_of_position=74").links()
            assert "与现在的差异" not in house.page(path).text

    def test_tell_what_was_added_and_what_changed(self, house: House) -> None:
        page = house.page("/register/differences?as_of_position=92")
        (withdrawn,) = [one for one in page.all("tr") if "I-2025-0012#1" in one.text]
        (corrected,) = [one for one in page.all("tr") if "I-2025-0009#1" in one.text]

        assert "增加" in withdrawn.text
        assert "变更" in corrected.text
        assert "状态：已发布 → 已更正" in corrected.text
        assert "更正" in corrected.text.rsplit("#", 1)[1]

    def test_show_the_public_nothing_that_is_on_its_way(self, house: House) -> None:
        public = house.page("/catalogue/differences?as_of_position=0")
        listed = {row["item"] for row in house.get("/catalogue.json").json()["rows"]}

        added = {one.text for one in public.all("span") if one.attributes.get("class") == "under"}
        assert added == listed
        assert "公文起草" not in public.text
        assert "公文起草" in house.page("/catalogue/differences?as_of_position=0", "J01").text

    def test_are_none_now(self, house: House) -> None:
        assert "请先在上方选择一个较早的时点" in house.page("/catalogue/differences").text
        last = house.district.ledger.head().size
        assert "没有差异" in house.page(f"/catalogue/differences?as_of_position={last}").text
