"""Fees to the yuan, every reply in exactly one row of the statutory table, every list with its labels."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregates.requests.fees import fee, pages_price, request_price, requests_price
from aggregates.requests.replies import DISCLOSING, ROW_OF, WITHHOLDING, row_of
from aggregates.requests.words_lists import ReplyKind, RequestClosing, Table2Row

STATUTORY_ROWS = """
予以公开 | 部分公开（区分处理的，只计这一情形，不计其他情形）
属于国家秘密 | 其他法律行政法规禁止公开 | 危及“三安全一稳定” | 保护第三方合法权益 | 属于三类内部事务信息
属于四类过程性信息 | 属于行政执法案卷 | 属于行政查询事项
本机关不掌握相关政府信息 | 没有现成信息需要另行制作 | 补正后申请内容仍不明确
信访举报投诉类申请 | 重复申请 | 要求提供公开出版物 | 无正当理由大量反复申请 | 要求行政机关确认或重新出具已获取信息
申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请
申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请 | 其他
"""
"""国办公开办函〔2021〕30号, part 三 of table 2, written down a second time."""


@pytest.mark.requirement("R117")
class TestTheStatutoryTable:
    def test_its_rows_are_the_notices_word_for_word(self) -> None:
        rows = [row.strip() for line in STATUTORY_ROWS.strip().split("\n") for row in line.split("|")]

        assert [row.zh for row in Table2Row] == rows
        assert [str(row) for row in Table2Row] == [
            "3.1",
            "3.2",
            *(f"3.3.{number}" for number in range(1, 9)),
            *(f"3.4.{number}" for number in range(1, 4)),
            *(f"3.5.{number}" for number in range(1, 6)),
            *(f"3.6.{number}" for number in range(1, 4)),
        ]

    def test_every_ending_is_counted_in_exactly_one_row(self) -> None:
        endings = [*ReplyKind, *RequestClosing]

        assert len({str(ending) for ending in endings}) == len(endings)
        assert set(ROW_OF) == set(endings)
        assert all(row_of(str(ending)) in list(Table2Row) for ending in endings)

    def test_every_row_has_something_that_is_counted_in_it(self) -> None:
        assert set(ROW_OF.values()) == set(Table2Row)

    @pytest.mark.parametrize(
        ("kind", "row"),
        [
            ("ALREADY_PUBLIC", "3.1"),
            ("GRANTED", "3.1"),
            ("PARTIAL", "3.2"),
            ("WITHHELD_STATE_SECRET", "3.3.1"),
            ("WITHHELD_BY_LAW", "3.3.2"),
            ("WITHHELD_SAFETY", "3.3.3"),
            ("WITHHELD_THIRD_PARTY", "3.3.4"),
            ("WITHHELD_INTERNAL", "3.3.5"),
            ("WITHHELD_PROCESS", "3.3.6"),
            ("WITHHELD_ENFORCEMENT_FILE", "3.3.7"),
            ("INQUIRY_MATTER", "3.3.8"),
            ("DOES_NOT_EXIST", "3.4.1"),
            ("NOT_RESPONSIBLE", "3.4.1"),
            ("NEEDS_CREATION", "3.4.2"),
            ("STILL_UNCLEAR", "3.4.3"),
            ("PETITION", "3.5.1"),
            ("DUPLICATE", "3.5.2"),
            ("PUBLIC_PRINT", "3.5.3"),
            ("EXCESSIVE", "3.5.4"),
            ("RECONFIRMATION", "3.5.5"),
            ("ABANDONED", "3.6.1"),
            ("FEE_NOT_PAID", "3.6.2"),
            ("WITHDRAWN", "3.6.3"),
            ("OTHER", "3.6.3"),
        ],
    )
    def test_the_mapping(self, kind: str, row: str) -> None:
        assert row_of(kind) == row

    def test_what_refuses_and_what_discloses_are_apart(self) -> None:
        assert {row_of(kind) for kind in WITHHOLDING} == {f"3.3.{number}" for number in range(1, 8)}
        assert {row_of(kind) for kind in DISCLOSING} == {"3.1", "3.2"}


class TestFees:
    @pytest.mark.parametrize(
        ("number", "price"),
        [(1, 0), (10, 0), (11, 100), (30, 100), (31, 200), (40, 200), (41, 300), (50, 300), (51, 400), (100, 800)],
    )
    def test_the_price_of_the_nth_request_of_a_month(self, number: int, price: int) -> None:
        assert request_price(number) == fee("per_request", number) == price

    @pytest.mark.parametrize(
        ("count", "total"), [(0, 0), (10, 0), (11, 100), (30, 2000), (31, 2200), (40, 4000), (41, 4300), (50, 7000)]
    )
    def test_the_price_of_a_month(self, count: int, total: int) -> None:
        assert requests_price(count) == total

    @pytest.mark.parametrize(
        ("pages", "total"),
        [(1, 0), (30, 0), (31, 10), (100, 700), (101, 720), (200, 2700), (201, 2740), (250, 4700)],
    )
    def test_the_price_of_pages(self, pages: int, total: int) -> None:
        assert pages_price(pages) == fee("per_page", pages) == total

    @given(st.integers(1, 2000))
    def test_both_scales_only_ever_rise(self, quantity: int) -> None:
        assert request_price(quantity) <= request_price(quantity + 1)
        assert pages_price(quantity) <= pages_price(quantity + 1)
        assert pages_price(quantity + 1) - pages_price(quantity) in {0, 10, 20, 40}
