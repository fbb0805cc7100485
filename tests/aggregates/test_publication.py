"""What is before the public, and what becomes of it: register, channels, correction, withdrawal, archive (十)."""

import pytest

from ledger.errors import ContentSealed
from tests.aggregates.house import House, digest, types_of, utc

requirement = pytest.mark.requirement


class TestTheSixFieldsOfTheRegister:
    @requirement("R90")
    def test_original_content_with_its_hash_in_the_store(self, house: House) -> None:
        annex = house.stored("附件", "附件1")
        before = house.size

        house.published("I-1", attachments=[annex])

        data = dict(house.since(before))["publication.published/1"]
        assert data["content"]["sha256"] == digest("全文")
        assert house.ledger.contents.get(data["content"]["sha256"]) == "全文".encode()
        assert data["attachments"] == [annex]

    @requirement("R90")
    def test_a_content_that_is_not_in_the_store_is_not_drafted(self, house: House) -> None:
        nowhere = {"sha256": "0" * 64, "size": 3, "media_type": "text/html", "name": "x"}

        with house.refuses("CONTENT_NOT_STORED"):
            house.drafted("I-1", content=nowhere)

    @requirement("R90")
    def test_a_content_of_another_size_is_not_drafted(self, house: House) -> None:
        with house.refuses("CONTENT_NOT_STORED"):
            house.drafted("I-1", content={**house.stored("全文"), "size": 7})

    @requirement("R91")
    def test_the_publishing_unit_which_existed_then(self, house: House) -> None:
        before = house.size

        house.published("I-1")

        assert dict(house.since(before))["publication.published/1"]["unit"] == "U02"

    @requirement("R91")
    def test_a_unit_that_was_succeeded_publishes_no_more(self, house: House) -> None:
        house.cleared("I-1")
        house.as_("ADM").succeed_unit(unit="U02", successor="U05")

        with house.refuses("UNIT_NOT_REGISTERED", unit="U02"):
            house.as_("P02").publish_information(item="I-1", channels=["CH-01"])

    @requirement("R93")
    def test_the_publishing_officer_who_is_the_authenticated_actor(self, house: House) -> None:
        house.cleared("I-1")
        before = house.size

        house.as_("P02").publish_information(item="I-1", channels=["CH-01"])

        [entry] = house.entries(before)
        assert entry.data["publisher"] == entry.actor.officer == "P02"

    @requirement("R94")
    def test_the_time_is_the_servers_and_the_callers_clock_is_kept_apart(self, house: House) -> None:
        house.cleared("I-1", written_on="2025-01-02")
        before = house.size

        house.as_("P02", at="2025-02-01T09:00:00+08:00").publish_information(
            item="I-1", channels=["CH-01"], client_published_at="2025-02-01T09:07:30+08:00"
        )

        [entry] = house.entries(before)
        assert entry.data["published_at"] == "2025-02-01T01:00:00.000000Z"
        assert entry.data["client_published_at"] == "2025-02-01T01:07:30.000000Z"
        assert entry.data["written_on"] == "2025-01-02"
        assert entry.occurred_at == utc("2025-02-01T09:00:00+08:00")

    @requirement("R95")
    def test_one_channel_at_least(self, house: House) -> None:
        house.cleared("I-1")

        with house.refuses("CHANNEL_MISSING"):
            house.as_("P02").publish_information(item="I-1", channels=[])

    @requirement("R95")
    @requirement("R99")
    def test_registered_channels_only(self, house: House) -> None:
        house.cleared("I-1")

        with house.refuses("CHANNEL_NOT_REGISTERED", channel="CH-99"):
            house.as_("P02").publish_information(item="I-1", channels=["CH-01", "CH-99"])

    @requirement("R99")
    def test_a_retired_channel_no_more(self, house: House) -> None:
        house.cleared("I-1")
        house.as_("G01").retire_channel(channel="CH-03", reason="账号停用")

        with house.refuses("CHANNEL_NOT_REGISTERED", channel="CH-03"):
            house.as_("P02").publish_information(item="I-1", channels=["CH-03"])

    def test_a_column_must_be_registered(self, house: House) -> None:
        house.cleared("I-1")

        with house.refuses("COLUMN_NOT_REGISTERED", column="COL-9"):
            house.as_("P02").publish_information(item="I-1", channels=["CH-01"], column="COL-9")


class TestResponsibility:
    @requirement("R83")
    @requirement("R84")
    @requirement("R85")
    def test_every_publication_names_who_is_competent_who_reviewed_and_who_published(self, house: House) -> None:
        before = house.size

        house.published("I-1")

        data = dict(house.since(before))["publication.published/1"]
        assert data["competent_unit"] == "U02"
        assert (data["reviewer"], data["secrecy_reviewer"]) == ("A02", "S02")
        assert data["publisher"] == "P02"

    @requirement("R83")
    def test_the_drafting_unit_stays_competent_where_the_office_publishes(self, house: House) -> None:
        house.attributed(house.drafted("I-1", on_behalf_of_government=True), reason="应公开")
        house.as_("D02").submit_draft_for_approval(item="I-1")
        house.as_("Z01").approve_document(item="I-1")
        house.as_("S01").conduct_secrecy_review(item="I-1", conclusion="CLEARED", ground="…")
        before = house.size

        house.as_("P01").publish_information(item="I-1", channels=["CH-01"])

        [(_, data)] = house.since(before)
        assert (data["unit"], data["competent_unit"]) == ("U01", "U02")


class TestChannels:
    @requirement("R95")
    def test_a_channel_is_added_to_a_standing_publication(self, house: House) -> None:
        house.published("I-1")
        before = house.size

        house.as_("P02").add_channel(item="I-1", channel="CH-03")

        [(type_, data)] = house.since(before)
        assert (type_, data["publication"], data["channel"]) == ("publication.channel_added/1", "I-1#1", "CH-03")

    def test_a_channel_in_use_is_not_added_again(self, house: House) -> None:
        house.published("I-1")

        with house.refuses("CHANNEL_ALREADY_USED"):
            house.as_("P02").add_channel(item="I-1", channel="CH-01")

    @requirement("R43")
    def test_an_adaptation_must_have_been_cleared_with_the_publication(self, house: House) -> None:
        short = house.stored("短文", "weibo.txt")
        house.published("I-1", attachments=[short])

        with house.refuses("VERSION_NOT_REVIEWED"):
            house.as_("P02").add_channel(item="I-1", channel="CH-03", adaptation=house.stored("另写的短文"))

        house.as_("P02").add_channel(item="I-1", channel="CH-03", adaptation=short)

    def test_nothing_is_added_while_a_secrecy_question_is_open(self, house: House) -> None:
        house.published("I-1")
        house.as_("S02").escalate_secrecy_question(item="I-1", question="是否涉密？")

        with house.refuses("SECRECY_QUESTION_OPEN"):
            house.as_("P02").add_channel(item="I-1", channel="CH-03")


class TestCorrection:
    def given_a_corrected_draft(self, house: House, *, approved: bool = True, reviewed: bool = True) -> None:
        house.published("I-22", text="附件日期有误")
        house.as_("D02").revise_document(item="I-22", content=house.stored("附件日期已改"), reason="日期")
        house.attributed("I-22")
        house.as_("D02").submit_draft_for_approval(item="I-22")
        if approved:
            house.as_("Z02").approve_document(item="I-22")
        if reviewed:
            house.as_("S02").conduct_secrecy_review(item="I-22", conclusion="CLEARED", ground="…")

    @requirement("R88")
    def test_is_a_new_event_and_the_original_stays_readable(self, house: House) -> None:
        self.given_a_corrected_draft(house)
        before = house.size

        house.as_("P02").correct_publication(item="I-22", reason="附件日期有误")

        [(type_, data)] = house.since(before)
        assert type_ == "publication.corrected/1"
        assert (data["publication"], data["draft_version"], data["review"]) == ("I-22#1", 2, "I-22/R2")
        assert house.ledger.contents.get(digest("附件日期有误")) == "附件日期有误".encode()

    @requirement("R45")
    @requirement("R88")
    def test_needs_its_own_review(self, house: House) -> None:
        self.given_a_corrected_draft(house, reviewed=False)

        with house.refuses("VERSION_NOT_REVIEWED"):
            house.as_("P02").correct_publication(item="I-22", reason="…")

    @requirement("R45")
    @requirement("R88")
    def test_needs_its_own_approval(self, house: House) -> None:
        self.given_a_corrected_draft(house, approved=False)

        with house.refuses("NOT_APPROVED"):
            house.as_("P02").correct_publication(item="I-22", reason="…")

    def test_needs_a_newer_draft(self, house: House) -> None:
        house.published("I-22")

        with house.refuses("CORRECTION_NEEDS_NEW_VERSION"):
            house.as_("P02").correct_publication(item="I-22", reason="…")

    def test_cannot_touch_what_was_withdrawn(self, house: House) -> None:
        self.given_a_corrected_draft(house)
        house.as_("P02").withdraw_publication(item="I-22", reason_code="ERROR", reason="…")

        with house.refuses("PUBLICATION_WITHDRAWN"):
            house.as_("P02").correct_publication(item="I-22", reason="…")

    def test_needs_a_publication(self, house: House) -> None:
        house.cleared("I-22")

        with house.refuses("NOT_PUBLISHED"):
            house.as_("P02").correct_publication(item="I-22", reason="…")


class TestWithdrawal:
    @requirement("R88")
    def test_takes_it_from_all_channels_and_keeps_the_record(self, house: House) -> None:
        house.published("I-25")
        house.as_("P02").add_channel(item="I-25", channel="CH-03")
        before = house.size

        house.as_("P02").withdraw_publication(item="I-25", reason_code="SUSPECTED_SECRET", reason="读者反映")

        [(type_, data)] = house.since(before)
        assert type_ == "publication.withdrawn/1"
        assert data["channels"] == ["CH-01", "CH-03"]
        assert "publication.published/1" in types_of(house.since(0))

    def test_happens_once(self, house: House) -> None:
        house.published("I-25")
        house.as_("P02").withdraw_publication(item="I-25", reason_code="ERROR", reason="…")

        with house.refuses("PUBLICATION_WITHDRAWN"):
            house.as_("P02").withdraw_publication(item="I-25", reason_code="ERROR", reason="…")

    def test_what_is_published_anew_is_another_publication(self, house: House) -> None:
        house.published("I-5")
        house.as_("P02").withdraw_publication(item="I-5", reason_code="ERROR", reason="…")
        house.as_("S02").conduct_secrecy_review(item="I-5", conclusion="CLEARED", ground="再审")
        before = house.size

        house.as_("P02").publish_information(item="I-5", channels=["CH-01"])

        [(_, data)] = house.since(before)
        assert (data["publication"], data["review"]) == ("I-5#2", "I-5/R2")

    def test_what_stands_is_not_published_again(self, house: House) -> None:
        house.published("I-5")

        with house.refuses("ALREADY_PUBLISHED", publication="I-5#1"):
            house.as_("P02").publish_information(item="I-5", channels=["CH-03"])


class TestSealing:
    def test_makes_every_content_unreadable_and_keeps_its_hash(self, house: House) -> None:
        house.published("I-25")
        before = house.size

        house.as_("S02").seal_content(item="I-25", reason="涉嫌涉密")

        [(type_, data)] = house.since(before)
        assert (type_, data["sha256s"]) == ("publication.sealed/1", [digest("全文")])
        assert data["readers"] == ["investigator", "secrecy_administration"]
        with pytest.raises(ContentSealed):
            house.ledger.contents.get(digest("全文"))
        assert house.ledger.contents.open_sealed(digest("全文")) == "全文".encode()

    def test_is_undone_only_when_no_question_is_open(self, house: House) -> None:
        house.published("I-25")
        house.as_("S02").seal_content(item="I-25", reason="涉嫌涉密")
        house.as_("S02").escalate_secrecy_question(item="I-25", question="是否涉密？")

        with house.refuses("SECRECY_QUESTION_OPEN"):
            house.as_("X03").unseal_content(item="I-25", reason="…")

    def test_is_never_undone_for_a_secret(self, house: House) -> None:
        house.published("I-25")
        house.as_("S02").seal_content(item="I-25", reason="涉嫌涉密")
        house.as_("S02").escalate_secrecy_question(item="I-25", question="是否涉密？")
        house.as_("X03").determine_secrecy(item="I-25", conclusion="SECRET", level="SECRET", ground="坐标")

        with house.refuses("DETERMINED_SECRET"):
            house.as_("X03").unseal_content(item="I-25", reason="…")

    def test_is_undone_by_an_event(self, house: House) -> None:
        house.published("I-25")
        house.as_("S02").seal_content(item="I-25", reason="涉嫌涉密")
        before = house.size

        house.as_("X03").unseal_content(item="I-25", reason="经审不涉密")

        assert types_of(house.since(before)) == ["publication.unsealed/1"]
        assert house.ledger.contents.get(digest("全文")) == "全文".encode()

    def test_of_nothing_is_none(self, house: House) -> None:
        house.published("I-25")
        house.as_("S02").seal_content(item="I-25", reason="涉嫌涉密")

        with house.refuses("INVALID", field="sha256s"):
            house.as_("S02").seal_content(item="I-25", reason="再封")

    def test_reaches_an_item_that_is_only_drafted(self, house: House) -> None:
        house.drafted("I-25")
        before = house.size

        house.as_("S02").seal_content(item="I-25", reason="涉嫌涉密", readers=["investigator"])

        assert house.since(before)[0][1]["publication"] is None

    def test_needs_an_item(self, house: House) -> None:
        with house.refuses("NOT_PUBLISHED", item="I-404"):
            house.as_("X03").seal_content(item="I-404", reason="…")

    def test_reaches_only_contents_of_the_item(self, house: House) -> None:
        house.published("I-25")

        with house.refuses("CONTENT_UNKNOWN"):
            house.as_("S02").seal_content(item="I-25", reason="…", sha256s=[digest("别的")])

    def test_what_is_sealed_is_not_published(self, house: House) -> None:
        house.cleared("I-25")
        house.as_("S02").seal_content(item="I-25", reason="涉嫌涉密")

        with house.refuses("CONTENT_SEALED"):
            house.as_("P02").publish_information(item="I-25", channels=["CH-01"])


class TestArchive:
    @requirement("R96")
    def test_archives_with_a_retention_period(self, house: House) -> None:
        house.published("I-1")
        before = house.size

        house.as_("R02").archive_record(item="I-1", retention="30_years", archive_number="YZ-2025-0001")

        [(type_, data)] = house.since(before)
        assert (type_, data["retention"]) == ("publication.archived/1", "30_years")

    @requirement("R96")
    def test_archives_once(self, house: House) -> None:
        house.published("I-1")
        house.as_("R02").archive_record(item="I-1", retention="permanent", archive_number="YZ-1")

        with house.refuses("ALREADY_ARCHIVED", archive_number="YZ-1"):
            house.as_("R02").archive_record(item="I-1", retention="10_years", archive_number="YZ-2")

    def test_archives_the_publication_that_is_named(self, house: House) -> None:
        house.published("I-1")
        house.as_("P02").withdraw_publication(item="I-1", reason_code="ERROR", reason="…")
        house.as_("S02").conduct_secrecy_review(item="I-1", conclusion="CLEARED", ground="再审")
        house.as_("P02").publish_information(item="I-1", channels=["CH-01"])
        before = house.size

        house.as_("R02").archive_record(item="I-1", publication="I-1#1", retention="10_years", archive_number="YZ-1")

        assert house.since(before)[0][1]["publication"] == "I-1#1"
        with house.refuses("NOT_PUBLISHED", item="I-1#7"):
            house.as_("R02").archive_record(
                item="I-1", publication="I-1#7", retention="10_years", archive_number="YZ-2"
            )

    @requirement("R96")
    @pytest.mark.parametrize("officer", ["P02", "ADM", "Z01", "T04"])
    def test_nothing_is_deleted_whoever_asks(self, house: House, officer: str) -> None:
        house.published("I-25")

        with house.refuses("LEDGER_APPEND_ONLY", publication="I-25#1") as attempted:
            house.as_(officer).delete_publication(item="I-25", publication="I-25#1")

        assert attempted.refusal.article == "(十)"
        assert attempted.entry.actor.officer == officer


class TestSupersession:
    def test_marks_the_publication_and_ends_it(self, house: House) -> None:
        house.published("I-1")
        before = house.size

        house.as_("P02").supersede_publication(item="I-1", by_item="I-2", on_date="2025-06-01")

        assert types_of(house.since(before)) == ["publication.superseded/1"]
        with house.refuses("PUBLICATION_WITHDRAWN"):
            house.as_("P02").add_channel(item="I-1", channel="CH-03")

    def test_is_by_another_item(self, house: House) -> None:
        house.published("I-1")

        with house.refuses("INVALID", field="by_item"):
            house.as_("P02").supersede_publication(item="I-1", by_item="I-1")
