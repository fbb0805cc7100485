"""The requests of 2025, one after the other as they happened, and what the annual table makes of them.

Where the year has other departments, U02 stands for U06 and U08 here, and U05 for U07.
"""

from collections import Counter

import pytest

from tests.aggregates.areas.requests import REPLY
from tests.aggregates.house import House
from tests.aggregates.requests.givens import last, officer

ASKED = {"applicant_kind": "natural_person"}


def flags(house: House, type_: str) -> list[str]:
    found: list[str] = last(house, type_)["flags"]
    return found


@pytest.fixture
def year(house: House) -> House:
    """The year as far as December: seven requests, by every clock there is."""
    one, two, three, four, five, six = ({"request": f"Q-2025-00{number}"} for number in range(1, 7))

    officer(house, "2025-01-20T11:00", "G01").receive_request(
        **one, unit="U01", channel="online", confirmed_on="2025-01-20", **ASKED
    )
    assert last(house, "request.received/1")["due_on"] == "2025-02-21"
    officer(house, "2025-02-18T16:00", "G01").reply_request(**one, kind="GRANTED", **REPLY)
    assert last(house, "request.replied/1")["working_days_used"] == 17

    officer(house, "2025-03-03T10:00").receive_request(**two, unit="U02", channel="registered_mail", **ASKED)
    officer(house, "2025-03-13T16:00").request_correction(**two, items=["写明文件"], correct_by="2025-03-27")
    assert last(house, "request.correction_requested/1")["notice_due_on"] == "2025-03-12"
    assert flags(house, "request.correction_requested/1") == ["CORRECTION_NOTICE_LATE"]
    officer(house, "2025-03-20").receive_correction(**two)
    assert last(house, "request.correction_received/1")["due_on"] == "2025-04-18"

    officer(house, "2025-04-21", "G01").receive_request(
        **three, unit="U01", channel="online", confirmed_on="2025-04-21", **ASKED
    )
    assert last(house, "request.received/1")["due_on"] == "2025-05-21"
    officer(house, "2025-04-24", "G01").consult_third_party(**three, consulted="某公司")
    assert last(house, "request.third_party_consulted/1")["limit_on"] == "2025-05-19"
    officer(house, "2025-05-14", "G01").receive_third_party_opinion(**three, opinion="OBJECTED", reasons="商业秘密")

    officer(house, "2025-06-03", "G05").receive_request(
        **four, unit="U05", channel="fax", confirmed_on="2025-06-03", **ASKED
    )
    assert last(house, "request.received/1")["due_on"] == "2025-07-01"
    officer(house, "2025-06-05T16:00", "G01").reply_request(**three, kind="WITHHELD_THIRD_PARTY", **REPLY)
    assert flags(house, "request.replied/1") == []
    officer(house, "2025-06-20").reply_request(**two, kind="GRANTED", **REPLY)
    assert flags(house, "request.replied/1") == ["OVERDUE"]
    assert last(house, "request.replied/1")["working_days_used"] == 62

    told = {**four, "working_days": 20, "reason": "材料多", "applicant_told_on": "2025-06-27"}
    with house.refuses("EXTENSION_NOT_APPROVED"):
        officer(house, "2025-06-27", "G05").extend_deadline(**told)
    officer(house, "2025-06-27T15:00", "F05").extend_deadline(**told)
    assert last(house, "request.deadline_extended/1")["due_on"] == "2025-07-29"
    officer(house, "2025-07-25", "G05").reply_request(**four, kind="PARTIAL", **REPLY)
    assert flags(house, "request.replied/1") == []

    officer(house, "2025-09-08T10:00", "G01").receive_request(
        **five, unit="U01", channel="online", confirmed_on="2025-09-08", **ASKED
    )
    officer(house, "2025-09-09T10:00", "G01").reply_request(
        **five, kind="DUPLICATE", duplicate_of="Q-2025-001", **REPLY
    )

    officer(house, "2025-10-09T08:40").enter_request_from_other_channel(
        **six, unit="U02", channel="in_person", arrived_at="2025-09-26T15:00+08:00", **ASKED
    )
    assert flags(house, "request.received/1") == ["LATE_ENTRY"]
    assert last(house, "request.received/1")["entry_working_days"] == 4
    assert last(house, "request.received/1")["due_on"] == "2025-10-30"
    officer(house, "2025-10-29").conduct_search(
        **six, places=["档案室", "办公系统"], terms=["某项目"], found=False, result="未检索到"
    )
    officer(house, "2025-10-30T17:00").reply_request(**six, kind="DOES_NOT_EXIST", **REPLY)
    assert flags(house, "request.replied/1") == []

    officer(house, "2025-12-22", "G05").receive_request(
        request="Q-2025-007", unit="U05", channel="online", confirmed_on="2025-12-22", **ASKED
    )
    return house


@pytest.mark.requirement("R115")
@pytest.mark.requirement("R117")
@pytest.mark.requirement("R118")
def test_the_annual_table_comes_out_of_the_entries(year: House) -> None:
    """Column identity of table 2: received and carried in are as many as ended and carried out."""
    entries = year.entries()
    received = [entry.data["request"] for entry in entries if entry.type == "request.received/1"]
    rows = Counter(entry.data["row"] for entry in entries if entry.type == "request.replied/1")

    assert received == [f"Q-2025-00{number}" for number in range(1, 8)]
    assert rows == {"3.1": 2, "3.3.4": 1, "3.2": 1, "3.5.2": 1, "3.4.1": 1}
    carried_over = set(received) - {entry.data["request"] for entry in entries if entry.type == "request.replied/1"}
    assert carried_over == {"Q-2025-007"}
    assert last(year, "request.received/1")["due_on"] == "2026-01-20"
