"""``replay``: who published what and when, from the log itself."""

from __future__ import annotations

import io

import pytest

from tests.cli.conftest import ADDED, CORRECTED, FOUND, ITEM, PUBLISHED, SIZE, WITHDRAWN, Operator

GOLDEN = """\
    位置  发生时间             行为          单位  经办                  事项                    渠道          标题
position  occurred             act           unit  officer               item                    channels      title
{published:>8}  2025-02-03 11:00     信息发布      U05   P05 发布人员          I-2025-0001#1           CH-01 CH-05   关于道路施工的通告
{added:>8}  2025-02-03 18:30     增加渠道      U05   P05 发布人员          I-2025-0001#1           CH-02         关于道路施工的通告（记于 · recorded 2025-02-04 08:50）
{found:>8}  2025-02-04 09:00     未登记发布    U12   G12 公开机构工作人员  UR-1                    区政府网站    未登记的公告
{corrected:>8}  2025-02-05 11:00     更正          U05   P05 发布人员          I-2025-0001#1                         关于道路施工的通告
{withdrawn:>8}  2025-02-28 17:00     撤回          U05   P05 发布人员          I-2025-0001#1           CH-01 CH-05   关于道路施工的通告
                                                                                                 CH-02
"""


def positions(operator: Operator, *options: object) -> list[int]:
    return [line["position"] for line in operator.types("replay", "--json", *options).lines]


@pytest.mark.requirement("R97")
def test_tells_who_published_what_and_when(at_district: Operator) -> None:
    outcome = at_district.types("replay")

    assert outcome.code == 0
    assert [line.rstrip() for line in outcome.out.splitlines()] == GOLDEN.format(
        published=PUBLISHED, added=ADDED, found=FOUND, corrected=CORRECTED, withdrawn=WITHDRAWN
    ).splitlines()
    assert outcome.err == "共5条。\n5 entries.\n"


class TestRange:
    def test_goes_by_what_happened_and_a_day_counts_to_its_end(self, at_district: Operator) -> None:
        assert positions(at_district, "--from", "2025-02-03", "--to", "2025-02-03") == [PUBLISHED, ADDED]
        assert positions(at_district, "--from", "2025-02-03T18:00", "--to", "2025-02-04T08:59:59") == [ADDED]
        assert positions(at_district, "--from", "2025-02-28T09:00:00Z") == [WITHDRAWN]

    def test_may_end_at_a_position(self, at_district: Operator) -> None:
        assert positions(at_district, "--until-position", ADDED) == [PUBLISHED, ADDED]

    @pytest.mark.parametrize("moment", ["yesterday", "2025-02-30", "2025-02-03 25:00", "20250203"])
    def test_a_moment_that_is_none_is_a_sentence(self, at_district: Operator, moment: str) -> None:
        outcome = at_district.types("replay", "--from", moment)

        assert outcome.code == 2
        assert outcome.out == ""
        assert f"--from的“{moment}”不是日期或时间" in outcome.err


class TestFilters:
    def test_by_unit_and_item(self, at_district: Operator) -> None:
        assert positions(at_district, "--unit", "U12") == [FOUND]
        assert positions(at_district, "--item", ITEM) == [PUBLISHED, ADDED, CORRECTED, WITHDRAWN]

    def test_by_officer_in_whatever_hand_of_the_chain(self, at_district: Operator) -> None:
        assert positions(at_district, "--officer", "P05") == [PUBLISHED, ADDED, CORRECTED, WITHDRAWN]
        assert positions(at_district, "--officer", "S05") == [PUBLISHED, CORRECTED]
        assert positions(at_district, "--officer", "D99") == []

    def test_by_type_with_or_without_version(self, at_district: Operator) -> None:
        named = ["--types", "publication.withdrawn", "attempt.refused/1"]

        assert positions(at_district, *named) == [PUBLISHED - 2, WITHDRAWN]
        assert len(positions(at_district, "--types", "all")) == SIZE

    def test_an_unknown_type_is_answered_with_those_there_are(self, at_district: Operator) -> None:
        outcome = at_district.types("replay", "--types", "publication.burnt")

        assert outcome.code == 2
        assert "没有事件类型publication.burnt" in outcome.err
        assert "publication.withdrawn/1" in outcome.err


class TestForMachines:
    def test_every_hand_and_the_leaf_are_on_the_line(self, at_district: Operator) -> None:
        (line,) = at_district.types("replay", "--json", "--types", "publication.published").lines

        hands = {
            name: line["data"][name] for name in ("drafter", "reviewer", "secrecy_reviewer", "approver", "publisher")
        }
        assert hands == {
            "drafter": "D05",
            "reviewer": "A05",
            "secrecy_reviewer": "S05",
            "approver": "F05",
            "publisher": "P05",
        }
        assert line["act"] == {"zh": "信息发布", "en": "information published"}
        assert line["occurred_at"] == "2025-02-03T03:00:00.000000Z"
        assert (line["item"], line["title"]) == (ITEM, "关于道路施工的通告")
        assert len(line["leaf_hash"]) == 64

    def test_the_title_is_the_one_it_had_then(self, at_district: Operator) -> None:
        titles = {line["title"] for line in at_district.types("replay", "--json", "--item", ITEM).lines}

        assert titles == {"关于道路施工的通告"}


class TestChanges:
    def test_every_entry_says_what_it_changed(self, at_district: Operator) -> None:
        lines = at_district.types("replay", "--changes", "--json").lines

        assert [line["position"] for line in lines] == list(range(1, SIZE + 1))
        changed = {change["table"]: change["fields"] for change in lines[WITHDRAWN - 1]["changes"]}
        assert changed["register.publications"]["status"] == {"before": "corrected", "after": "withdrawn"}
        assert changed["catalogue.items"]["status"]["after"] == "withdrawn"
        assert "trail.entries" not in changed

    def test_is_read_as_lines(self, at_district: Operator) -> None:
        chosen = ["--from", "2025-02-28", "--until", "2025-02-28", "--types", "publication.withdrawn"]
        outcome = at_district.types("replay", "--changes", *chosen)

        lines = outcome.out.splitlines()
        assert lines[0].startswith(f"#{WITHDRAWN} 2025-02-28 17:00 撤回 U05 P05 发布人员 {ITEM}#1")
        assert f"    ~ register.publications {ITEM}#1" in lines
        assert "        status: corrected → withdrawn" in lines
        assert outcome.err == "共1条。\n1 entries.\n"


class TestSteps:
    def stood(self, operator: Operator, monkeypatch: pytest.MonkeyPatch, typed: str, *options: object) -> list[int]:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        return [line["position"] for line in operator.types("replay", "--step", "--json", *options).lines]

    def test_forward_and_back(self, at_district: Operator, monkeypatch: pytest.MonkeyPatch) -> None:
        assert self.stood(at_district, monkeypatch, "\nn\nb\nq\n\n") == [1, 2, 3, 2]

    def test_to_a_position_or_an_instant(self, at_district: Operator, monkeypatch: pytest.MonkeyPatch) -> None:
        typed = f"{CORRECTED}\n2025-02-03\n\n99999999\n\nb\n"

        stood = self.stood(at_district, monkeypatch, typed)

        assert stood == [1, CORRECTED, PUBLISHED, PUBLISHED + 1, SIZE, SIZE - 1]

    def test_among_the_chosen_entries_only(self, at_district: Operator, monkeypatch: pytest.MonkeyPatch) -> None:
        chosen = ["--types", "publication.published", "publication.corrected", "--until-position", CORRECTED]

        assert self.stood(at_district, monkeypatch, f"\n\nb\n{SIZE}\n{FOUND}\n", *chosen) == [
            PUBLISHED,
            CORRECTED,
            PUBLISHED,
            CORRECTED,
            PUBLISHED,
        ]

    def test_a_word_that_is_no_moment_is_a_sentence_and_no_end(
        self, at_district: Operator, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO("poem\nb\n\n"))

        outcome = at_district.types("replay", "--step")

        assert outcome.code == 0
        assert "“poem”不是日期或时间" in outcome.err
        assert "没有更多条目" in outcome.err
        assert [line[:3] for line in outcome.out.splitlines() if line.startswith("#")] == ["#1 ", "#2 "]
