"""Media: own channels, contacts, interviews answered in time, and how far a publication reaches (十一)."""

from aggregates.organisation.derived import channel_reach, media_reach
from tests.aggregates.house import House
from tests.aggregates.test_gate import requirement


class TestContacts:
    @requirement("R100")
    def test_are_recorded_with_whom_when_and_about_what(self, house: House) -> None:
        before = house.size

        house.as_("G02", at="2025-02-01T09:00+08:00").record_media_contact(
            media_contact="M-1", unit="U02", counterpart="区委宣传部", counterpart_kind="PUBLICITY", subject="发布安排"
        )

        [(_, data)] = house.since(before)
        assert (data["counterpart"], data["contacted_on"], data["subject"]) == ("区委宣传部", "2025-02-01", "发布安排")
        with house.refuses("ALREADY_REGISTERED"):
            house.as_("G02").record_media_contact(
                media_contact="M-1", unit="U02", counterpart="区委宣传部", counterpart_kind="PUBLICITY", subject="…"
            )


class TestInterviews:
    @requirement("R102")
    def test_are_answered_and_the_time_it_took_is_visible(self, house: House) -> None:
        house.as_("P02", at="2025-02-01T11:00+08:00").receive_interview_request(
            interview="IV-1", unit="U02", medium="日报", subject="预算", received_at="2025-02-01T10:30+08:00"
        )
        before = house.size

        house.as_("P02", at="2025-02-03T10:45+08:00").answer_interview_request(interview="IV-1", answer="已安排")

        [(_, data)] = house.since(before)
        assert data["waited_minutes"] == 2 * 24 * 60 + 15

    @requirement("R102")
    def test_are_answered_once_and_by_the_unit_that_was_asked(self, house: House) -> None:
        house.as_("P02").receive_interview_request(interview="IV-1", unit="U02", medium="日报", subject="预算")

        with house.refuses("OTHER_UNIT"):
            house.as_("P05").answer_interview_request(interview="IV-1", answer="…")
        house.as_("P02").answer_interview_request(interview="IV-1", answer="已安排")
        with house.refuses("INTERVIEW_ANSWERED_ALREADY"):
            house.as_("P02").answer_interview_request(interview="IV-1", answer="…")
        with house.refuses("INTERVIEW_UNKNOWN"):
            house.as_("P02").answer_interview_request(interview="IV-404", answer="…")

    @requirement("R102")
    def test_are_not_received_in_the_future(self, house: House) -> None:
        with house.refuses("INVALID", field="received_at"):
            house.as_("P02", at="2025-02-01T09:00+08:00").receive_interview_request(
                interview="IV-1", unit="U02", medium="日报", subject="预算", received_at="2025-02-01T10:00+08:00"
            )


class TestReach:
    def given_a_newspaper(self, house: House) -> None:
        house.as_("G01").register_channel(
            channel="CH-N", kind="newspaper", name_zh="日报", name_en="daily", owner_unit="U01"
        )

    @requirement("R101")
    def test_a_release_in_the_press_is_one_more_channel_of_the_same_item(self, house: House) -> None:
        self.given_a_newspaper(house)
        house.published("I-1")
        before = house.size

        house.as_("P02").add_channel(item="I-1", channel="CH-N")

        [(type_, data)] = house.since(before)
        assert (type_, data["publication"], data["channel"]) == ("publication.channel_added/1", "I-1#1", "CH-N")

    @requirement("R101")
    def test_the_press_gets_what_was_cleared_and_nothing_else(self, house: House) -> None:
        self.given_a_newspaper(house)
        house.published("I-1")

        with house.refuses("VERSION_NOT_REVIEWED"):
            house.as_("P02").add_channel(item="I-1", channel="CH-N", adaptation=house.stored("另一文"))

    @requirement("R103")
    @requirement("R132")
    def test_of_every_item_is_counted_by_kind_of_channel(self, house: House) -> None:
        self.given_a_newspaper(house)
        house.published("I-1")
        house.as_("P02").add_channel(item="I-1", channel="CH-N")
        house.as_("P02").add_channel(item="I-1", channel="CH-03")
        house.published("I-2", text="二")

        assert channel_reach(house.entries())["I-1"] == {"platform": 1, "newspaper": 1, "wechat": 1}
        assert media_reach(house.entries()) == {"I-1": 1}
