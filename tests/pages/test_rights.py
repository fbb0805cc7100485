"""Who sees what: the public what was published, a unit's officers its affairs, supervision all, and on record."""

from __future__ import annotations

import pytest

from tests.pages.house import House


class TestThePublic:
    def test_sees_what_was_published_and_nothing_of_how_it_came_about(self, house: House) -> None:
        page = house.page("/items/I-2025-0005")

        assert "信息发布" in page.text
        assert "操作被拒" not in page.text
        assert "保密审查 #" not in page.text
        assert "下一步" not in page.text

    def test_sees_codes_and_no_names(self, house: House) -> None:
        for path in ("/register", "/items/I-2025-0001", "/units/U05"):
            assert "余慧敏" not in house.page(path).text

    def test_sees_no_draft(self, house: House) -> None:
        assert house.get("/items/I-2025-0015").status_code == 404
        assert "I-2025-0015" not in house.page("/catalogue").text

    def test_sees_what_is_withheld_with_its_basis(self, house: House) -> None:
        withheld = house.page("/items/I-2025-0016")

        assert "在建工地安全隐患排查清单" in withheld.text
        assert "《政府信息公开条例》第十六条" in withheld.text
        assert "公文起草" not in withheld.text

    @pytest.mark.parametrize("path", ["/entries", "/entries/5", "/entries/5.json", "/officers/P05", "/units/U05.csv"])
    def test_is_asked_to_sign_in_elsewhere(self, house: House, path: str) -> None:
        answer = house.get(path)

        assert answer.status_code == 401
        assert "/sign-in?next=" in answer.text


class TestAnOfficer:
    def test_sees_the_affairs_of_the_own_unit_with_the_next_step(self, house: House) -> None:
        page = house.page("/items/I-2025-0015", "D05")

        assert "公文起草" in page.text
        assert "下一步：送公开机构审查" in page.text
        assert "您现任的岗位可以办理" in page.text

    def test_sees_of_another_unit_what_the_public_sees(self, house: House) -> None:
        page = house.page("/items/I-2025-0016", "D08")

        assert "公文起草" not in page.text
        assert "下一步" not in page.text

    def test_sees_the_own_trail_and_nobody_else_s(self, house: House) -> None:
        assert "所做的和所涉及的每一件事" in house.page("/officers/P05", "P05").text
        assert house.get("/officers/P08", "P05").status_code == 403
        assert house.get("/officers/P08.csv", "P05").status_code == 403
        assert house.get("/units/U08.csv", "P05").status_code == 403

    def test_leaves_no_record_of_reading_what_is_the_own_unit_s(self, house: House) -> None:
        before = house.district.ledger.head().size

        house.page("/items/I-2025-0015", "D05")
        house.page("/officers/P05", "P05")

        assert house.district.ledger.head().size == before


class TestSupervision:
    @pytest.mark.requirement("R97")
    def test_reads_everything_and_is_recorded_doing_so(self, house: House) -> None:
        before = house.district.ledger.head().size

        page = house.page("/items/I-2025-0005", "J01")

        (recorded,) = house.district.ledger.read(before)
        assert "操作被拒" in page.text
        assert "NOT_REVIEWED" in page.text
        assert "余慧敏" in page.text
        assert recorded.type == "ledger.consulted/1"
        assert recorded.actor is not None
        assert recorded.actor.officer == "J01"
        assert recorded.data["subject"] == "item/I-2025-0005"

    def test_sees_what_was_tried_with_an_item_that_nobody_drafted(self, house: House) -> None:
        house.district.refused("publish_information", "P08", "2025-03-24T10:00", item="I-2025-0999", channels=["CH-01"])
        house.settle()

        assert house.get("/items/I-2025-0999").status_code == 404
        assert "NOT_REVIEWED" in house.page("/items/I-2025-0999", "J01").text


class TestErasedNames:
    def test_leave_the_code(self, sqlite_house: House) -> None:
        sqlite_house.district.ledger.personal.erase("officer/P05", ["name"])

        page = sqlite_house.page("/officers/P05", "J01")

        assert "余慧敏" not in page.text
        assert "姓名未登记或已依法删除" in page.text
