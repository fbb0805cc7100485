"""What is recorded: the published shape of every event, and files that read back as they were written."""

from typing import Any

import orjson
import pytest

from aggregates.case import Case
from aggregates.document import Document
from aggregates.historic import HistoricRow
from aggregates.publication import Publication
from aggregates.registry import Registry
from aggregates.ruleset import DEFAULTS, NUMBERS
from ledger.append import Command
from ledger.entry import Actor, Entry, EventDraft
from tests.aggregates.areas import AREAS
from tests.aggregates.house import House

CATALOGUE = {
    "unit.registered/1": "unit name_zh name_en kind code",
    "unit.disclosure_office_designated/1": "unit office_zh",
    "unit.succeeded/1": "unit successor",
    "officer.registered/1": "officer name_commitment",
    "officer.appointed/1": "officer unit post from_date until_date",
    "officer.relieved/1": "officer unit post until_date",
    "channel.registered/1": "channel kind name_zh name_en owner_unit",
    "channel.retired/1": "channel reason",
    "platform.owner_assigned/1": "unit",
    "column.registered/1": "column name_zh name_en unit refresh_days",
    "column.maintained/1": "column note",
    "workflow.adopted/1": "unit workflow version steps title_zh",
    "ruleset.adopted/1": "ruleset version document_number title_zh effective_from parameters",
    "document.drafted/1": "item unit title document_number index_number policy on_behalf_of_government concerned_units "
    "written_on theme phase version content attachments",
    "document.revised/1": "item draft_version content attachments reason",
    "document.attribute_determined/1": "item draft_version attribute reason legal_basis severed_passages proposed",
    "document.attribute_reviewed/1": "item draft_version conclusion note",
    "document.referred_to_disclosure_office/1": "item draft_version",
    "document.non_disclosure_examined/1": "item draft_version conclusion ground note",
    "document.submitted/1": "item draft_version resubmission_of",
    "document.returned/1": "item draft_version ground return_number note",
    "document.defect_waived/1": "item draft_version defect reason",
    "document.approved/1": "item draft_version content_sha256",
    "document.secrecy_reviewed/1": "item draft_version content_sha256 review conclusion ground",
    "document.secrecy_escalated/1": "item draft_version question",
    "document.secrecy_determined/1": "item draft_version conclusion level ground",
    "publication.published/1": "item publication unit title document_number index_number attribute phase theme written_on "
    "draft_version content attachments withheld_passages drafter reviewer secrecy_reviewer approver publisher review "
    "channels column published_at client_published_at competent_unit flags",
    "publication.channel_added/1": "item publication channel adaptation published_at",
    "publication.corrected/1": "item publication reason draft_version content attachments title review drafter reviewer "
    "secrecy_reviewer approver publisher flags",
    "publication.withdrawn/1": "item publication reason_code reason channels",
    "publication.sealed/1": "item publication sha256s reason readers",
    "publication.unsealed/1": "item sha256s reason",
    "publication.archived/1": "item publication retention archive_number",
    "publication.historic_recorded/1": "item publication source number title unit_name unit written_on published_on "
    "channel_name kind theme supersedes note",
    "publication.superseded/1": "item publication by_item on_date",
    "found.unregistered_publication/1": "found item unit channel title found_at seen_published_at evidence source",
    "attempt.refused/1": "command subject unit code article sentence_zh sentence_en details",
    "personal.erased/1": "record fields ground approver",
    "ledger.consulted/1": "query subject as_of result_count",
    "case.opened/1": "case ground effect item evidence_positions",
    "case.responsibility_determined/1": "case officer responsibility_class evidence_positions finding",
    "case.measure_imposed/1": "case officer measure basis",
    **{type_: members for area in AREAS for type_, members in area.CATALOGUE.items()},
}
"""The data of every event as published; a field that goes or comes is a new version of the type."""


@pytest.fixture
def eventful(house: House) -> House:
    """A district in which every kind of event has happened."""
    house.as_("Z02").designate_disclosure_office(unit="U02", office_zh="党政综合办")
    house.as_("G01").retire_channel(channel="CH-03", reason="停用")
    house.as_("G01").register_channel(
        channel="CH-05", kind="notice_board", name_zh="公告栏", name_en="board", owner_unit="U01"
    )
    house.as_("G01").register_column(column="C-1", name_zh="栏", name_en="c", unit="U02", refresh_days=7)
    house.as_("P02").maintain_column(column="C-1", note="更新")
    house.as_("G01").adopt_ruleset(ruleset="RS-143", document_number="号", title_zh="细则", effective_from="2017-08-09")
    house.as_("Z02").adopt_workflow(
        unit="U02",
        workflow="WF-U02",
        steps=["ATTRIBUTE_REVIEW", "SECRECY_REVIEW", "APPROVAL"],
        title_zh="流程",
    )
    house.drafted("I-7", policy=True)
    house.as_("D02").determine_disclosure_attribute(
        item="I-7", attribute="WITHHELD", reason="过程性信息", legal_basis=["条例第十六条"]
    )
    house.as_("D02").refer_to_disclosure_office(item="I-7")
    house.as_("G02").examine_non_disclosure(item="I-7", conclusion="AGREED", ground="过程性信息")
    house.drafted("I-4", on_behalf_of_government=True)
    house.as_("D02").submit_draft_for_approval(item="I-4")
    house.as_("G01").waive_defect(item="I-4", defect="NO_DISCLOSURE_ATTRIBUTE", reason="紧急")
    house.as_("G01").return_document(item="I-4", ground="OTHER", note="材料不齐")
    house.as_("D02").resubmit_document(item="I-4", attribute="PROACTIVE", reason="应公开")
    house.published("I-1", attachments=[house.stored("附件", "附件1")])
    house.as_("P02").add_channel(item="I-1", channel="CH-05")
    house.as_("D02").revise_document(item="I-1", content=house.stored("改"), reason="改")
    house.attributed("I-1")
    house.as_("D02").submit_draft_for_approval(item="I-1")
    house.as_("Z02").approve_document(item="I-1")
    house.as_("S02").conduct_secrecy_review(item="I-1", conclusion="CLEARED", ground="…")
    house.as_("P02").correct_publication(item="I-1", reason="更正")
    house.as_("R02").archive_record(item="I-1", retention="permanent", archive_number="A-1")
    house.as_("P02").withdraw_publication(item="I-1", reason_code="OTHER", reason="…")
    house.as_("S02").seal_content(item="I-1", reason="…")
    house.as_("X03").unseal_content(item="I-1", reason="…")
    house.as_("S02").escalate_secrecy_question(item="I-1", question="?")
    house.as_("X03").determine_secrecy(item="I-1", conclusion="NOT_SECRET", ground="…")
    house.published("I-2", text="二")
    house.as_("P02").supersede_publication(item="I-2", by_item="I-1")
    source = {"file": "a.csv", "line": 1, "row_sha256": "1" * 64}
    list(house.as_("R01").record_historic(rows=[HistoricRow("H-1", source, "旧", "局")]))
    house.as_("J01").report_unregistered_publication(
        found="F-1", unit="U05", channel="网站", title="公告", source="巡查"
    )
    house.as_("J01").consult_ledger(query="?", subject="I-1", result_count=1)
    house.as_("ADM").register_officer(officer="D77", name="某人")
    house.as_("ADM").erase_personal_values(record="officer/D77", names=["name"], ground="…", approver="Z02")
    house.as_("T04").open_case(case="AC-1", ground="RULE_VIOLATION", effect="…")
    house.as_("T04").determine_responsibility(
        case="AC-1", officer="S02", responsibility_class="DIRECT", finding="…", evidence_positions=[1]
    )
    house.as_("T04").impose_measure(case="AC-1", officer="S02", measure="…", basis="…")
    with house.refuses("LEDGER_APPEND_ONLY"):
        house.as_("P02").delete_publication(item="I-1")
    for area in AREAS:
        area.happen(house)
    house.as_("ADM", at="2026-08-01T09:00+08:00").relieve_officer(
        officer="P05", unit="U05", post="publisher", until_date="2026-07-31"
    )
    house.as_("ADM").succeed_unit(unit="U05", successor="U02")
    return house


def test_every_event_has_its_published_fields_and_no_others(eventful: House) -> None:
    for entry in eventful.entries():
        assert set(entry.data) == set(CATALOGUE[entry.type].split()), entry.type

    assert {entry.type for entry in eventful.entries()} == CATALOGUE.keys()


def test_every_entry_says_who_acted_when_and_under_which_rules(eventful: House) -> None:
    for entry in eventful.entries():
        assert entry.actor is not None, entry.type
        assert entry.ruleset == "RS-143/1"
        assert entry.command_id is not None
        assert b"originator" not in entry.raw


def test_every_file_reads_back_as_it_was_written(eventful: House) -> None:
    remembered = eventful.registry.repository.cache
    elsewhere = Registry(eventful.ledger)
    streams = {entry.stream for entry in eventful.entries()}

    for stream in streams:
        read_back = elsewhere.repository.get(stream)
        written = remembered.cache.get(stream) if remembered is not None else None
        if written is not None and written[3].version == read_back.version:
            assert vars(read_back) == vars(written[3]), stream


@pytest.mark.requirement("R86")
def test_nothing_recorded_is_judged_by_stricter_rules_that_came_later(eventful: House) -> None:
    """Deciding stands apart from recording: under every rule at its strictest, all that was recorded reads back."""
    streams = sorted({entry.stream for entry in eventful.entries()} - {"ruleset/district"})
    reader = Registry(eventful.ledger)
    before = {stream: vars(reader.repository.get(stream)) for stream in streams}
    eventful.as_("G01").adopt_ruleset(
        ruleset="RS-143",
        document_number="号",
        title_zh="细则",
        effective_from="2017-08-09",
        parameters={**dict.fromkeys(DEFAULTS, "REFUSE"), **dict.fromkeys(NUMBERS, 1)},
    )

    later = Registry(eventful.ledger)

    assert {stream: vars(later.repository.get(stream)) for stream in streams} == before


def test_an_event_read_back_is_written_as_the_same_bytes(eventful: House) -> None:
    registry = eventful.registry
    for stream in sorted({entry.stream for entry in eventful.entries()}):
        entries = eventful.ledger.read_stream(stream)
        for entry, event in zip(entries, registry.events.get(stream), strict=True):
            drafted = registry.mapper.to_stored_event(event)
            assert drafted.state == orjson.dumps(entry.data, option=orjson.OPT_SORT_KEYS)


@pytest.mark.requirement("R97")
def test_a_file_as_of_an_earlier_version_is_what_it_was_then(house: House) -> None:
    house.published("I-1")
    house.as_("D02").revise_document(item="I-1", content=house.stored("二稿"), reason="…")

    def then(version: int) -> Document:
        return Registry(house.ledger).repository.get("document/I-1", version=version)

    assert [then(version).state for version in range(1, 8)] == [
        "DRAFTING",
        "DRAFTING",
        "DRAFTING",
        "SUBMITTED",
        "APPROVED",
        "APPROVED",
        "DRAFTING",
    ]
    assert then(6).present.version == 1
    assert then(7).present.version == 2


class TestGuardsNeverRunOnReplay:
    """A rule made later does not make the past unreadable: only what is decided now is judged."""

    ACTOR = Actor("P09", "publisher", "U09")

    def given(self, house: House, *events: tuple[str, int, str, dict[str, Any]]) -> None:
        for stream, version, type_, data in events:
            house.ledger.append(Command([EventDraft(stream, version, type_, data, self.ACTOR, None, house.now)]))

    def test_a_document_approved_by_its_drafter_without_any_review_is_read(self, house: House) -> None:
        content = {"sha256": "b" * 64, "size": 1, "media_type": "text/html", "name": "x"}
        drafted = dict.fromkeys(CATALOGUE["document.drafted/1"].split())
        drafted |= {"item": "I-9", "unit": "U09", "title": "", "content": content, "attachments": []}
        self.given(
            house,
            ("document/I-9", 1, "document.drafted/1", drafted),
            (
                "document/I-9",
                2,
                "document.approved/1",
                {"item": "I-9", "draft_version": 1, "content_sha256": "b" * 64},
            ),
        )

        document = house.registry.repository.get("document/I-9")

        assert isinstance(document, Document)
        assert document.approval is not None
        assert document.approval.officer in document.drafters

    def test_a_publication_that_no_gate_would_pass_today_is_read(self, house: House) -> None:
        published = dict.fromkeys(CATALOGUE["publication.published/1"].split())
        content = {"sha256": "b" * 64, "size": 1, "media_type": "text/html", "name": "x"}
        published |= {"publication": "I-9#1", "content": content, "attachments": [], "channels": [], "flags": []}
        self.given(house, ("publication/I-9", 1, "publication.published/1", published))

        publication = house.registry.repository.get("publication/I-9")

        assert isinstance(publication, Publication)
        assert publication.latest is not None

    def test_a_measure_without_a_finding_is_read(self, house: House) -> None:
        self.given(
            house,
            (
                "case/AC-9",
                1,
                "case.opened/1",
                {"case": "AC-9", "ground": "?", "effect": "", "item": None, "evidence_positions": []},
            ),
            (
                "case/AC-9",
                2,
                "case.measure_imposed/1",
                {"case": "AC-9", "officer": "X", "measure": "", "basis": ""},
            ),
        )

        assert isinstance(house.registry.repository.get("case/AC-9"), Case)


def test_an_entry_is_of_the_stream_its_kind_is_kept_in(eventful: House) -> None:
    kinds = {
        "unit": "unit",
        "officer": "officer",
        "channel": "channel",
        "platform": "platform/district",
        "column": "column",
        "workflow": "workflow",
        "ruleset": "ruleset/district",
        "document": "document",
        "publication": "publication",
        "found": "found",
        "attempt": "attempt",
        "ledger": "consultation",
        "personal": "erasure",
        "case": "case",
        "catalogue_entry": "catalogue/district",
    }

    def stands(entry: Entry) -> bool:
        topic = entry.type.split(".")[0]
        expected = kinds.get(topic, topic)  # the areas' files are called as their events are
        return entry.stream == expected or entry.stream.startswith(f"{expected}/")

    assert all(stands(entry) for entry in eventful.entries())
