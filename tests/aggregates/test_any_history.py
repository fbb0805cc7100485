"""Whatever is asked, in whatever order, nothing goes out that was not reviewed and approved.

The rule is written here a second time, over the bare entries of the log and without the rulebook's
code, and held against random histories.
"""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from aggregates.refusal import Refusal
from aggregates.registry import Registry
from aggregates.ruleset import DEFAULTS, NUMBERS
from ledger.entry import Entry
from tests.aggregates.house import DAWN, House

ITEMS = ("I-1", "I-2")
TEXTS = ("一稿", "二稿", "三稿")
SEVERED = ("节选", "另一节选")
DETERMINED = "document.attribute_determined/1"


def _draft(house: House, item: str, pick: Callable[[Any], Any]) -> None:
    house.as_(pick(("D02", "A02", "P02")), "drafter", "U02").draft_document(
        item=item,
        unit="U02",
        title="通知",
        content=house.stored(pick(TEXTS)),
        attachments=[house.stored("附件", "附件2")],
        on_behalf_of_government=pick((False, False, True)),
    )


def _revise(house: House, item: str, pick: Callable[[Any], Any]) -> None:
    house.as_(pick(("D02", "P02")), "drafter", "U02").revise_document(
        item=item, content=house.stored(pick(TEXTS)), reason="改"
    )


def _determine(house: House, item: str, pick: Callable[[Any], Any]) -> None:
    house.as_("D02").determine_disclosure_attribute(
        item=item,
        attribute=pick(("PROACTIVE", "PARTIAL", "PARTIAL", "PARTIAL", "WITHHELD", "ON_REQUEST")),
        reason="理由",
        legal_basis=["条例"],
        severed_passages=[{"locator": "附件2", "reason": "个人信息"}],
    )


def _review_attribute(house: House, item: str, pick: Callable[[Any], Any]) -> None:
    house.as_("A02").review_disclosure_attribute(
        item=item, conclusion=pick(("CONFIRMED", "CONFIRMED", "CHANGE_REQUESTED"))
    )


def _submit(house: House, item: str, pick: Callable[[Any], Any]) -> None:
    house.as_("D02").submit_draft_for_approval(item=item)


def _content(house: House, item: str, pick: Callable[[Any], Any]) -> dict[str, Any] | None:
    """Mostly what the attribute asks for: the draft itself, or for partial disclosure a severed text."""
    past = house.ledger.read_stream(f"document/{item}")
    last = [entry.data["attribute"] for entry in past if entry.type == DETERMINED]
    fitting = SEVERED[:1] if last[-1:] == ["PARTIAL"] else (None,)
    text = pick((*fitting, None, *TEXTS, *SEVERED))
    return None if text is None else house.stored(text)


def _hash(house: House, item: str, pick: Callable[[Any], Any]) -> str | None:
    content = _content(house, item, pick)
    return None if content is None else content["sha256"]


def _approve(house: House, item: str, pick: Callable[[Any], Any]) -> None:
    officer, unit = pick((("Z02", "U02"), ("A02", "U02"), ("D02", "U02"), ("Z01", "U01")))
    post = "reviewer" if officer == "A02" else "principal"
    house.as_(officer, post, unit).approve_document(item=item, content_sha256=_hash(house, item, pick))


def _review_secrecy(house: House, item: str, pick: Callable[[Any], Any]) -> None:
    sha256 = _hash(house, item, pick)
    fitting = "CLEARED" if sha256 is None else "CLEARED_WITH_SEVERANCE"
    house.as_(pick(("S02", "S02", "S05", "S01"))).conduct_secrecy_review(
        item=item,
        conclusion=pick((fitting, "CLEARED", "CLEARED_WITH_SEVERANCE", "REFUSED", "ESCALATED")),
        ground="审",
        content_sha256=sha256,
    )


def _escalate(house: House, item: str, pick: Callable[[Any], Any]) -> None:
    house.as_("S02").escalate_secrecy_question(item=item, question="?")


def _determine_secrecy(house: House, item: str, pick: Callable[[Any], Any]) -> None:
    conclusion = pick(("NOT_SECRET", "NOT_SECRET", "SECRET"))
    level = "SECRET" if conclusion == "SECRET" else None
    house.as_("X03").determine_secrecy(item=item, conclusion=conclusion, level=level, ground="…")


def _going_out(house: House, item: str, pick: Callable[[Any], Any]) -> dict[str, Any]:
    return {
        "content": _content(house, item, pick),
        "review": pick((None, None, None, "I-1/R1", "I-2/R2")),
    }


def _publish(house: House, item: str, pick: Callable[[Any], Any]) -> None:
    house.as_(pick(("P02", "P02", "P01"))).publish_information(
        item=item, channels=["CH-01"], **_going_out(house, item, pick)
    )


def _correct(house: House, item: str, pick: Callable[[Any], Any]) -> None:
    house.as_("P02").correct_publication(item=item, reason="更正", **_going_out(house, item, pick))


def _withdraw(house: House, item: str, pick: Callable[[Any], Any]) -> None:
    house.as_("P02").withdraw_publication(item=item, reason_code="OTHER", reason="…")


_UP = (_determine, _review_attribute, _submit, _approve, _review_secrecy)
WAY = (_draft, *_UP, _publish, _revise, *_UP, _correct, _withdraw, _review_secrecy, _publish)
"""What leads before the public, to a correction and out again if everybody chooses well."""

ASIDE = (*_UP, _publish, _revise, _withdraw, _correct, _escalate, _determine_secrecy)
"""What may come in between."""


class TheRule:
    """未经审查和批准，不得对外公开发布政府信息: read off the entries, in their order."""

    def __init__(self, entries: list[Entry]) -> None:
        self.entries = entries

    def of(self, type_: str, item: str, before: Entry) -> list[Entry]:
        return [
            entry
            for entry in self.entries
            if entry.type == type_ and entry.data.get("item") == item and entry.position < before.position
        ]

    def hold(self) -> int:
        shown = [e for e in self.entries if e.type in {"publication.published/1", "publication.corrected/1"}]
        for publication in shown:
            self.was_reviewed(publication)
            self.was_approved(publication)
            self.was_for_the_public(publication)
            self.was_not_locked(publication)
        uses = [entry.data["review"] for entry in shown]
        assert len(uses) == len(set(uses)), "a review served twice"
        return len(shown)

    def was_reviewed(self, publication: Entry) -> None:
        data = publication.data
        [review] = [
            review
            for review in self.of("document.secrecy_reviewed/1", data["item"], publication)
            if review.data["review"] == data["review"]
        ]
        assert review.data["conclusion"] in {"CLEARED", "CLEARED_WITH_SEVERANCE"}
        assert review.data["draft_version"] == data["draft_version"]
        assert review.data["content_sha256"] == data["content"]["sha256"]
        assert review.actor.unit == publication.actor.unit
        assert review.occurred_at <= publication.occurred_at

    def was_approved(self, publication: Entry) -> None:
        data = publication.data
        approvals = self.of("document.approved/1", data["item"], publication)
        assert approvals, "nobody approved it"
        approval = approvals[-1]
        assert approval.data["draft_version"] == data["draft_version"]
        assert approval.data["content_sha256"] == data["content"]["sha256"]
        drafts = [
            *self.of("document.drafted/1", data["item"], publication),
            *self.of("document.revised/1", data["item"], publication),
        ]
        assert approval.actor.officer not in {draft.actor.officer for draft in drafts}
        later = self.of("document.attribute_determined/1", data["item"], publication)
        assert later[-1].position < approval.position

    def was_for_the_public(self, publication: Entry) -> None:
        data = publication.data
        item = data["item"]
        attribute = self.of("document.attribute_determined/1", item, publication)[-1].data["attribute"]
        drafts = self.of("document.drafted/1", item, publication) + self.of("document.revised/1", item, publication)
        full = drafts[-1].data["content"]["sha256"]
        assert attribute in {"PROACTIVE", "PARTIAL"}
        assert (data["content"]["sha256"] != full) == (attribute == "PARTIAL")
        if attribute == "PARTIAL":
            assert data["attachments"] == []

    def was_not_locked(self, publication: Entry) -> None:
        item, is_open, secrets = publication.data["item"], False, set()
        for entry in self.entries:
            if entry.position >= publication.position or entry.data.get("item") != item:
                continue
            if entry.type == "document.secrecy_escalated/1" or entry.data.get("conclusion") == "ESCALATED":
                is_open = True
            if entry.type == "document.secrecy_determined/1":
                is_open = False
                if entry.data["conclusion"] == "SECRET":
                    secrets.add(entry.data["draft_version"])
        assert not is_open
        assert publication.data["draft_version"] not in secrets


steps = st.lists(
    st.tuples(
        st.sampled_from(("I-1", "I-1", "I-1", "I-2")),
        st.one_of(st.none(), st.none(), st.none(), st.sampled_from(ASIDE)),
        st.lists(st.integers(0, 11), min_size=3, max_size=3),
    ),
    min_size=25,
    max_size=50,
)


def live(house: House, history: list[tuple[str, Any, list[int]]]) -> None:
    come_to = dict.fromkeys(ITEMS, 0)
    for item, aside, choices in history:
        following = list(choices)

        def pick(options: Any, following: list[int] = following) -> Any:
            # A choice is the first option as often as not, so that some histories come to an end.
            choice = following.pop(0) if following else 0
            return options[0] if choice < 10 else options[choice % len(options)]

        deed = aside or WAY[min(come_to[item], len(WAY) - 1)]
        try:
            deed(house, item, pick)
        except Refusal:
            continue
        if aside is None:
            come_to[item] += 1


@pytest.mark.requirement("R39")
@pytest.mark.requirement("R43")
@pytest.mark.requirement("R45")
@settings(max_examples=40, deadline=None)
@given(history=steps)
def test_no_history_puts_out_what_was_not_reviewed_and_approved(
    founded: tuple[Path, House], history: list[tuple[str, Any, list[int]]]
) -> None:
    path, original = founded
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(path, Path(folder) / "district.db")
        house = House(Path(folder) / "district.db")
        try:
            house.now, house.commands = DAWN, original.commands
            for officer in ("A02", "P02"):
                house.employ(officer, "drafter", "U02")
            house.employ("D02", "principal", "U02")
            live(house, history)
            shown = TheRule(house.entries()).hold()
            event(f"put out: {min(shown, 3)}")
        finally:
            house.close()


@pytest.mark.requirement("R86")
@settings(max_examples=15, deadline=None)
@given(history=steps)
def test_no_history_is_judged_by_stricter_rules_that_came_later(
    founded: tuple[Path, House], history: list[tuple[str, Any, list[int]]]
) -> None:
    """What was recorded under mild rules reads back whole under the strictest, were they in force from the beginning."""
    path, original = founded
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(path, Path(folder) / "district.db")
        house = House(Path(folder) / "district.db")
        try:
            house.now, house.commands = DAWN, original.commands
            adopt(house, dict.fromkeys(DEFAULTS, "FLAG"))
            live(house, history)
            before = files_of(house)
            adopt(house, {**dict.fromkeys(DEFAULTS, "REFUSE"), **dict.fromkeys(NUMBERS, 1)})

            after = files_of(house)

            assert {stream: after[stream] for stream in before if stream != RULES} == {
                stream: file for stream, file in before.items() if stream != RULES
            }
            flagged = {flag for entry in house.entries() for flag in entry.data.get("flags") or ()}
            event(f"flagged: {sorted(flagged)}")
        finally:
            house.close()


RULES = "ruleset/district"


def adopt(house: House, parameters: dict[str, Any]) -> None:
    house.as_("G01").adopt_ruleset(
        ruleset="RS-143",
        document_number="鄞政办发〔2017〕143号",
        title_zh="细则",
        effective_from="2017-08-09",
        parameters=parameters,
    )


def files_of(house: House) -> dict[str, dict[str, Any]]:
    """Every file as a registry that remembers nothing reads it from the events."""
    reader = Registry(house.ledger)
    try:
        return {stream: vars(reader.repository.get(stream)) for stream in {entry.stream for entry in house.entries()}}
    finally:
        reader.close()
