"""The disclosure catalogue: what the public may see of every item, now and then."""

from __future__ import annotations

from dataclasses import astuple

import pytest

from projections import catalogue
from projections.errors import InvalidCursor
from projections.temporal import AsOf
from tests.projections.district import (
    DRAFTER,
    PRINCIPAL,
    PUBLISHER,
    SECRECY,
    District,
    corrected,
    determined,
    drafted,
    historic,
    published,
)

ITEM = "I-2025-0001"


def item(district: District, code: str = ITEM, as_of: AsOf = AsOf()) -> catalogue.CatalogueItem:  # noqa: B008
    found = catalogue.get(district.reader, code, as_of).value
    assert found is not None
    return found


def listed(district: District, **wanted: str | bool) -> list[str]:
    return [row.item for row in catalogue.search(district.reader, **wanted).rows]


class TestAnItemsWay:
    def test_a_published_item_is_listed_with_its_fields(self, district: District) -> None:
        district.publish(ITEM, channels=["CH-01", "CH-03"])

        district.fold()

        row = item(district)
        assert (row.status, row.listed, row.listed_on) == ("published", True, "2025-01-06")
        assert (row.title, row.document_number, row.phase, row.theme) == (
            "旧小区改造公告",
            "鄞住建〔2025〕3号",
            "decision",
            "城乡建设",
        )
        assert row.channels == ("CH-01", "CH-03")

    def test_a_draft_is_not_listed(self, district: District) -> None:
        district.record("document.drafted/1", drafted(ITEM), DRAFTER)
        district.record("document.attribute_determined/1", determined(ITEM, "WITHHELD"), DRAFTER)

        district.fold()

        assert listed(district) == []
        assert listed(district, listed_only=False) == [ITEM]
        assert item(district).status == "drafting"

    @pytest.mark.requirement("R8")
    def test_what_is_withheld_shows_attribute_and_basis_and_never_the_passages(self, district: District) -> None:
        passages = [{"locator": "第三条第二款", "reason": "公民个人隐私张三", "basis": "条例第十五条"}]
        district.record("document.drafted/1", drafted(ITEM), DRAFTER)
        data = determined(
            ITEM, "WITHHELD", reason="涉及商业秘密某公司", legal_basis=["条例第十五条"], severed_passages=passages
        )
        district.record("document.attribute_determined/1", data, DRAFTER)
        approved = {"item": ITEM, "draft_version": 1, "content_sha256": "a" * 64}
        district.record("document.approved/1", approved, PRINCIPAL)

        district.fold()

        row = item(district)
        assert (row.status, row.listed) == ("undisclosed", True)
        assert (row.attribute, row.legal_basis, row.withheld_passages) == ("WITHHELD", ("条例第十五条",), 1)
        said = str(astuple(row))
        assert all(secret not in said for secret in ("第三条第二款", "张三", "某公司"))
        kept = str(catalogue.history(district.reader, ITEM).value)
        assert all(secret not in kept for secret in ("第三条第二款", "张三", "某公司"))

    def test_corrected_withdrawn_and_published_again(self, district: District) -> None:
        district.publish(ITEM)
        correction = district.record(
            "publication.corrected/1", corrected(ITEM, title="旧小区改造公告(更正)"), PUBLISHER
        )
        withdrawn = {"item": ITEM, "publication": f"{ITEM}#1", "reason_code": "ERROR", "reason": "误", "channels": []}
        withdrawal = district.record("publication.withdrawn/1", withdrawn, PUBLISHER)
        district.record("publication.published/1", published(ITEM, 2), PUBLISHER)

        district.fold()

        assert item(district, as_of=AsOf(position=correction)).status == "corrected"
        assert item(district, as_of=AsOf(position=correction)).title == "旧小区改造公告(更正)"
        gone = item(district, as_of=AsOf(position=withdrawal))
        assert (gone.status, gone.withdrawal_reason, gone.channels) == ("withdrawn", "ERROR", ())
        again = item(district)
        assert (again.status, again.publication, again.withdrawal_reason) == ("published", f"{ITEM}#2", None)

    def test_sealed_while_its_content_is_sealed(self, district: District) -> None:
        district.publish(ITEM)
        other = {"item": ITEM, "publication": f"{ITEM}#1", "sha256s": ["b" * 64], "reason": "疑涉密", "readers": []}
        untouched = district.record("publication.sealed/1", other, PRINCIPAL)
        sealed = district.record("publication.sealed/1", {**other, "sha256s": ["a" * 64]}, PRINCIPAL)
        unsealed = {"item": ITEM, "sha256s": ["a" * 64], "reason": "不属于国家秘密"}
        district.record("publication.unsealed/1", unsealed, PRINCIPAL)

        district.fold()

        assert item(district, as_of=AsOf(position=untouched)).status == "published"
        assert item(district, as_of=AsOf(position=sealed)).status == "sealed"
        assert item(district).status == "published"

    @pytest.mark.requirement("R40")
    def test_a_secrecy_question_and_a_secret_are_not_listed(self, district: District) -> None:
        district.record("document.drafted/1", drafted(ITEM), DRAFTER)
        data = determined(ITEM, "WITHHELD", reason="内部", legal_basis=["条例第十六条"])
        district.record("document.attribute_determined/1", data, DRAFTER)
        question = {"item": ITEM, "draft_version": 1, "question": "是否属于国家秘密"}
        district.record("document.secrecy_escalated/1", question, SECRECY)
        approved = {"item": ITEM, "draft_version": 1, "content_sha256": "a" * 64}
        asked = district.record("document.approved/1", approved, PRINCIPAL)
        answer = {"item": ITEM, "draft_version": 1, "conclusion": "SECRET", "level": "秘密", "ground": "第三条"}
        district.record("document.secrecy_determined/1", answer, PRINCIPAL)

        district.fold()

        assert item(district, as_of=AsOf(position=asked)).listed is False
        assert (item(district).status, item(district).listed) == ("secret", False)

    def test_one_item_takes_the_place_of_another(self, district: District) -> None:
        district.publish("I-1")
        district.publish("I-2")
        superseded = {"item": "I-1", "publication": "I-1#1", "by_item": "I-2", "on_date": "2025-02-01"}
        district.record("publication.superseded/1", superseded, PUBLISHER)
        district.record("publication.historic_recorded/1", historic("H-1"))
        district.record("publication.historic_recorded/1", historic("H-2", supersedes="H-1"))

        district.fold()

        assert (item(district, "I-1").status, item(district, "I-1").superseded_by) == ("superseded", "I-2")
        assert (item(district, "I-2").status, item(district, "I-2").supersedes) == ("published", "I-1")
        assert (item(district, "H-1").status, item(district, "H-1").superseded_by) == ("superseded", "H-2")
        assert item(district, "H-2").historic is True


class TestSearch:
    def fill(self, district: District) -> None:
        district.publish("I-1", title="关于促进中小企业发展的意见", unit="U02", attribute="PARTIAL")
        district.publish("I-2", title="100%_安全生产", phase="result", index_number="014416330/2018-04736")
        district.record("publication.historic_recorded/1", historic("H-7"))
        district.fold()

    def test_the_latest_come_first_and_filters_narrow(self, district_everywhere: District) -> None:
        district = district_everywhere
        self.fill(district)

        assert listed(district) == ["I-2", "I-1", "H-7"]
        assert listed(district, unit="U02") == ["I-1"]
        assert listed(district, attribute="PARTIAL") == ["I-1"]
        assert listed(district, phase="result") == ["I-2"]
        assert listed(district, status="published", unit="U05") == ["I-2"]

    def test_text_is_a_part_of_the_title_or_a_number(self, district_everywhere: District) -> None:
        district = district_everywhere
        self.fill(district)

        assert listed(district, text="中小企业") == ["I-1"]
        assert listed(district, text="〔2013〕214") == ["H-7"]
        assert listed(district, text="014416330/2018") == ["I-2"]
        assert listed(district, text="h-7") == ["H-7"]
        assert listed(district, text="100%_") == ["I-2"], "wild cards are plain characters"
        assert listed(district, text="没有") == []

    def test_a_page_ends_with_a_cursor_and_a_foreign_one_is_refused(self, district: District) -> None:
        self.fill(district)

        first = catalogue.search(district.reader, limit=2)
        second = catalogue.search(district.reader, limit=2, cursor=first.next_cursor)

        assert [row.item for row in second.rows] == ["H-7"]
        for foreign in ("", "无", "bm90LWpzb24", "WzFd", "W251bGwsImEiLCJiIl0"):
            with pytest.raises(InvalidCursor, match="begin again"):
                catalogue.search(district.reader, cursor=foreign)
