"""Whatever is asked of requests, in whatever order: nothing that must not be is ever on the record.

The rules are written here a second time, over the bare entries, with a calendar of this module's own and
without the rulebook's code, and held against random histories of legal and illegal commands.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from aggregates.calendar import Calendar
from aggregates.deed import CHINA
from aggregates.refusal import Refusal
from aggregates.requests import clock
from aggregates.requests.request import InformationRequest
from ledger.entry import Entry
from tests.aggregates.areas.requests import REPLY, calendar_year
from tests.aggregates.house import House

YEARS = (2025, 2026)
OFF = {holiday["day"] for year in YEARS for holiday in calendar_year(year)["holidays"]}
WORKED = {day for year in YEARS for day in calendar_year(year)["make_up_workdays"]}
NUMBERS = ("Q-2025-001", "Q-2025-002", "Q-2025-003")

Pick = Callable[[Any], Any]


def _receive(house: House, _request: str, pick: Pick) -> None:
    channel = pick(("in_person", "online", "registered_mail", "fax"))
    confirmed = pick((None, house.now.date().isoformat()))
    house.as_("G02").receive_request(
        unit="U02", channel=channel, applicant_kind="business", confirmed_on=confirmed, applicant_name="某公司"
    )


def _confirm(house: House, request: str, _pick: Pick) -> None:
    house.as_("G02").confirm_request_receipt(request=request)


def _split(house: House, request: str, _pick: Pick) -> None:
    house.as_("G02").split_request(request=request, subject="甲", others=["乙"])


def _ask_correction(house: House, request: str, pick: Pick) -> None:
    by = house.now.date() + timedelta(days=pick((10, 3, 30)))
    house.as_("G02").request_correction(request=request, items=["年份"], correct_by=by.isoformat())


def _correct(house: House, request: str, _pick: Pick) -> None:
    house.as_("G02").receive_correction(request=request)


def _abandon(house: House, request: str, _pick: Pick) -> None:
    house.as_("G02").abandon_request(request=request)


def _withdraw(house: House, request: str, _pick: Pick) -> None:
    house.as_("G02").withdraw_request(request=request, reason="撤回")


def _consult(house: House, request: str, pick: Pick) -> None:
    command = pick(("consult_third_party", "consult_co_producer"))
    getattr(house.as_("G02"), command)(request=request, consulted="某方")


def _opinion(house: House, request: str, pick: Pick) -> None:
    command = pick(("receive_third_party_opinion", "receive_co_producer_opinion"))
    getattr(house.as_("G02"), command)(request=request, opinion=pick(("CONSENTED", "OBJECTED")))


def _silence(house: House, request: str, pick: Pick) -> None:
    getattr(house.as_("G02"), pick(("record_third_party_silence", "record_co_producer_silence")))(request=request)


def _approve(house: House, request: str, pick: Pick) -> None:
    house.as_(pick(("F02", "G02", "F05"))).approve_extension(
        request=request, working_days=pick((20, 5, 21)), reason="材料多"
    )


def _extend(house: House, request: str, pick: Pick) -> None:
    told = pick((house.now.date().isoformat(), None))
    house.as_(pick(("G02", "F02"))).extend_deadline(request=request, applicant_told_on=told, reason="材料多")


def _reasons(house: House, request: str, pick: Pick) -> None:
    hand = house.as_("G02")
    if pick((True, False)):
        hand.request_reasons(request=request, reason="数量多")
    hand.receive_reasons(request=request, conclusion=pick(("REASONABLE", "UNREASONABLE", "NOT_GIVEN")), reason="…")


def _delay(house: House, request: str, pick: Pick) -> None:
    until = house.now.date() + timedelta(days=pick((90, 10)))
    house.as_("G02").delay_reply(request=request, until=until.isoformat(), reason="数量多")


def _search(house: House, request: str, _pick: Pick) -> None:
    house.as_("G02").conduct_search(request=request, places=["档案"], terms=["某"], found=False, result="无")


def _charge(house: House, request: str, pick: Pick) -> None:
    house.as_("G02").issue_fee_notice(
        request=request, scale=pick(("per_page", "per_request")), quantity=pick((31, 11, 1))
    )


def _pay(house: House, request: str, pick: Pick) -> None:
    house.as_("G02").record_fee_paid(request=request, amount=pick((10, 100, 40)))


def _lapse(house: House, request: str, _pick: Pick) -> None:
    house.as_("G02").record_fee_not_paid(request=request)


def _reply(house: House, request: str, pick: Pick) -> None:
    kind = pick(("GRANTED", "DOES_NOT_EXIST", "WITHHELD_PROCESS", "DUPLICATE", "EXCESSIVE", "STILL_UNCLEAR", "PARTIAL"))
    house.as_(pick(("G02", "G05", "G02"))).reply_request(
        request=request,
        kind=kind,
        duplicate_of=pick((None, *NUMBERS)),
        overriding_reason=pick((None, "公共利益")),
        **REPLY,
    )


def _remedy(house: House, request: str, pick: Pick) -> None:
    hand = house.as_("G02")
    match pick((0, 1, 2, 3, 4)):
        case 0:
            hand.file_reconsideration(request=request, organ="区政府")
        case 1:
            hand.decide_reconsideration(request=request, result=pick(("UPHELD", "CORRECTED")))
        case 2:
            hand.file_litigation(request=request, court="法院")
        case 3:
            hand.judge_litigation(request=request, result=pick(("UPHELD", "CORRECTED")))
        case _:
            hand.order_request_disclosure(request=request)


DEEDS = (
    _receive, _receive, _confirm, _confirm, _split, _ask_correction, _correct, _abandon, _withdraw, _consult, _consult,
    _opinion, _silence, _approve, _extend, _extend, _reasons, _delay, _search, _charge, _pay, _lapse, _reply, _reply,
    _remedy, _remedy,
)  # fmt: skip


class TheRules:
    """What must hold of one request, read off its entries."""

    def __init__(self, entries: list[Entry]) -> None:
        self.entries = entries

    def of(self, *types: str, before: Entry | None = None) -> list[Mapping[str, Any]]:
        return [
            entry.data
            for entry in self.entries
            if entry.type in {f"request.{type_}/1" for type_ in types}
            and (before is None or entry.position < before.position)
        ]

    def hold(self) -> None:
        assert [entry.type for entry in self.entries].count("request.received/1") == 1
        assert self.entries[0].type == "request.received/1"
        assert len(self.of("correction_requested")) <= 1, "asked to correct twice"
        assert len(self.of("fee_notice_issued")) <= 1, "two fee notices, perhaps by both scales"
        assert [paid["amount"] for paid in self.of("fee_paid")] in (
            [], [notice["amount"] for notice in self.of("fee_notice_issued")]
        )  # fmt: skip
        self.ended_once()
        for entry in self.entries:
            if entry.type == "request.replied/1":
                self.reply_was_founded(entry)
            if entry.type == "request.deadline_extended/1":
                self.extension_was_approved_and_told(entry)
            if entry.type in {"request.third_party_silent/1", "request.co_producer_deemed_consenting/1"}:
                assert entry.occurred_at.astimezone(CHINA).date().isoformat() > entry.data["limit_on"]

    def ended_once(self) -> None:
        endings = [e for e in self.entries if e.type in {"request.replied/1", "request.closed/1"}]
        assert len([e for e in endings if not e.data.get("in_execution")]) <= 1, "ended twice"
        if endings:
            after = {e.type.split(".")[1][:-2] for e in self.entries if e.position > endings[0].position}
            assert after <= {
                "replied",
                "reply_served",
                "reconsideration_filed",
                "reconsideration_decided",
                "litigation_filed",
                "litigation_judged",
                "disclosure_ordered",
            }, "handled after it had ended"

    def reply_was_founded(self, reply: Entry) -> None:
        kind = reply.data["kind"]
        if kind == "DOES_NOT_EXIST":
            assert self.of("search_conducted", before=reply)
        if kind == "STILL_UNCLEAR":
            assert self.of("correction_received", before=reply)
        if kind == "EXCESSIVE":
            assert self.of("reasons_received", before=reply)[-1]["conclusion"] != "REASONABLE"
        if kind == "DUPLICATE":
            assert reply.data["duplicate_of"] not in {None, reply.data["request"]}
        if kind in {"GRANTED", "PARTIAL"}:
            asked = {data["consultation"] for data in self.of("third_party_consulted", before=reply)}
            heard = self.of("third_party_opinion_received", "third_party_silent", before=reply)
            assert asked == {data["consultation"] for data in heard}, "disclosed before the third party was heard"
            if any(data.get("opinion") == "OBJECTED" for data in heard):
                assert reply.data["overriding_reason"]
        if self.of("closed", before=reply):
            raise AssertionError("answered after it was closed")
        if not reply.data["in_execution"]:
            self.was_timed_rightly(reply)

    def was_timed_rightly(self, reply: Entry) -> None:
        due = self.due_day(reply)
        late = due is not None and reply.data["replied_on"] > due
        assert reply.data["due_on"] == due
        assert ("OVERDUE" in reply.data["flags"]) == late

    def extension_was_approved_and_told(self, extended: Entry) -> None:
        approvals = self.of("extension_approved", before=extended)
        assert approvals[-1]["working_days"] == extended.data["working_days"] <= 20
        assert approvals[-1]["approver"] == "F02"
        assert extended.data["applicant_told_on"]

    def due_day(self, before: Entry) -> str | None:
        """The due day counted by hand: day after day, from the last fact that set the clock."""
        start, days, delayed, spans = None, 20, None, []
        waiting = False
        for entry in self.entries:
            if entry.position >= before.position:
                break
            data, type_ = entry.data, entry.type.split(".")[1][:-2]
            if type_ in {"received", "receipt_confirmed"}:
                start = data["received_on"]
            elif type_ in {"correction_received", "fee_paid"}:
                start, days, delayed = data.get("received_on") or data.get("paid_on"), 20, None
                waiting = False
            elif type_ in {"correction_requested", "fee_notice_issued"}:
                waiting = True
            elif type_ == "deadline_extended":
                days += data["working_days"]
            elif type_ == "reply_delayed":
                delayed = data["until"]
            elif type_.endswith("_consulted"):
                spans.append([data["sent_on"], nth_working_day(data["letter_received_on"], 15)])
            elif type_.endswith("opinion_received"):
                spans[data["consultation"] - 1][1] = min(spans[data["consultation"] - 1][1], data["received_on"])
        if start is None or waiting:
            return None
        return delayed or nth_working_day(start, days, spans)


def nth_working_day(start: str, count: int, spans: list[list[str]] | None = None) -> str:
    day = date.fromisoformat(start)
    while count:
        day += timedelta(days=1)
        text = day.isoformat()
        works = text in WORKED or (day.weekday() < 5 and text not in OFF)
        if works and not any(first < text <= last for first, last in spans or []):
            count -= 1
    return day.isoformat()


steps = st.lists(
    st.tuples(
        st.sampled_from(DEEDS),
        st.sampled_from((*NUMBERS[:1], *NUMBERS)),
        st.sampled_from((0, 0, 1, 3, 8, 20)),
        st.lists(st.integers(0, 11), min_size=4, max_size=4),
    ),
    min_size=20,
    max_size=45,
)


def live(house: House, history: list[tuple[Any, str, int, list[int]]]) -> None:
    _receive(house, "", lambda options: options[0])
    for deed, request, days, choices in history:
        following: Iterator[int] = iter(choices)

        def pick(options: Any, following: Iterator[int] = following) -> Any:
            choice = next(following, 0)
            return options[0] if choice < 6 else options[choice % len(options)]

        # Within the years that are adopted, and in one series of numbers.
        house.now = min(house.now + timedelta(days=days), house.now.replace(month=12, day=20))
        before = house.size
        try:
            deed(house, request, pick)
        except Refusal:
            assert house.entries(before)[-1].type == "attempt.refused/1"


@pytest.fixture(scope="session")
def calendared(founded: tuple[Path, House], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """The founded district with two years of calendar; answers its file and how many commands were given."""
    path = tmp_path_factory.mktemp("calendared") / "district.db"
    shutil.copy(founded[0], path)
    house = House(path)
    house.now, house.commands = datetime(2025, 1, 6, 9, tzinfo=CHINA), founded[1].commands
    for year in YEARS:
        house.as_("ADM").adopt_calendar_year(**calendar_year(year))
    house.close()
    return path, house.commands


@pytest.mark.requirement("R115")
@pytest.mark.requirement("R117")
@settings(max_examples=40, deadline=None)
@given(history=steps)
def test_no_history_breaks_a_rule_of_requests(calendared: tuple[Path, int], history: list[Any]) -> None:
    path, commands = calendared
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(path, Path(folder) / "district.db")
        house = House(Path(folder) / "district.db")
        try:
            house.now, house.commands = datetime(2025, 1, 6, 10, tzinfo=CHINA), commands
            live(house, history)
            judge(house)
        finally:
            house.close()


def judge(house: House) -> None:
    entries = house.entries()
    numbers = [entry.data["request"] for entry in entries if entry.type == "request_series.number_assigned/1"]
    assert numbers == [f"Q-2025-{number:03d}" for number in range(1, len(numbers) + 1)]
    assert {entry.stream for entry in entries if entry.stream.startswith("request/")} == {
        f"request/{number}" for number in numbers
    }
    calendar: Calendar = house.registry.repository.get("calendar/district")
    for number in numbers:
        of_request = [entry for entry in entries if entry.stream == f"request/{number}"]
        TheRules(of_request).hold()
        file: InformationRequest = house.registry.repository.get(f"request/{number}")
        facts = clock.of_events((entry.type, entry.data) for entry in of_request)
        assert facts == file.clock
        explained(clock.deadline(facts, calendar.working_days))
        event(f"a request ended {file.state}")


def explained(counted: clock.Deadline) -> None:
    """The days of an explanation follow each other and their numbers sum to the count."""
    numbers = [day.number for day in counted.days if day.number is not None]
    if counted.waits_for is None and counted.runs_from is not None:
        assert numbers == list(range(1, counted.working_days + 1))
        assert counted.due_on is not None
        assert counted.days[0].day == counted.runs_from
