"""The directory: what things were called and who held which post, now and at any instant."""

from __future__ import annotations

from datetime import timedelta

import pytest

from projections import directory
from projections.temporal import AsOf
from tests.projections.district import MONDAY, District

UNIT = {"unit": "U12", "name_zh": "五乡镇人民政府", "name_en": "Wuxiang Town", "kind": "town", "code": None}


def test_a_unit_as_it_was_constituted_then(district_everywhere: District) -> None:
    district = district_everywhere
    registered = district.record("unit.registered/1", UNIT)
    district.record("unit.disclosure_office_designated/1", {"unit": "U12", "office_zh": "党政综合办"})
    district.record("unit.succeeded/1", {"unit": "U12", "successor": "U13"})
    district.fold()

    then = directory.unit(district.reader, "U12", AsOf(position=registered)).value
    now = directory.unit(district.reader, "U12").value

    assert then is not None
    assert (then.name_zh, then.disclosure_office, then.successor) == ("五乡镇人民政府", None, None)
    assert now is not None
    assert (now.disclosure_office, now.successor) == ("党政综合办", "U13")
    assert [unit.unit for unit in directory.units(district.reader, kind="town").rows] == ["U12"]
    assert directory.units(district.reader, kind="department").rows == ()
    assert directory.unit(district.reader, "U99").value is None


@pytest.mark.requirement("R87")
def test_posts_are_held_for_terms(district: District) -> None:
    district.record("officer.registered/1", {"officer": "P05", "name_commitment": "ab" * 32})
    first = {"officer": "P05", "unit": "U05", "post": "publisher", "from_date": "2025-01-06", "until_date": None}
    district.record("officer.appointed/1", first)
    relieved = {"officer": "P05", "unit": "U05", "post": "publisher", "until_date": "2025-03-31"}
    district.record("officer.relieved/1", relieved)
    district.record("officer.appointed/1", {**first, "from_date": "2025-09-01", "until_date": "2025-12-31"})
    district.record("officer.appointed/1", {**first, "post": "drafter"})
    district.fold()

    held = directory.posts(district.reader, officer="P05", post="publisher").value
    assert held is not None
    (publisher,) = held
    assert [publisher.covers(day) for day in ("2025-01-05", "2025-01-06", "2025-03-31", "2025-04-01")] == [
        False,
        True,
        True,
        False,
    ]
    assert publisher.covers("2025-10-01")
    in_may = directory.posts(district.reader, unit="U05", held_on="2025-05-01").value
    assert in_may is not None
    assert [row.post for row in in_may] == ["drafter"]
    assert [row.officer for row in directory.officers(district.reader).rows] == ["P05"]
    registered = directory.officer(district.reader, "P05").value
    assert registered is not None
    assert registered.name_commitment == "ab" * 32


def test_channels_columns_and_the_platform(district: District) -> None:
    for code in ("CH-01", "CH-02"):
        channel = {"channel": code, "kind": "weibo", "name_zh": "鄞州发布", "name_en": "Yinzhou", "owner_unit": "U01"}
        district.record("channel.registered/1", channel)
    district.record("channel.retired/1", {"channel": "CH-02", "reason": "停用"})
    column = {"column": "COL-1", "name_zh": "政策文件", "name_en": "Policy", "unit": "U01", "refresh_days": 14}
    district.record("column.registered/1", column)
    district.record("column.maintained/1", {"column": "COL-1", "note": "新增两条"})
    district.record("platform.owner_assigned/1", {"unit": "U01"}, stream="platform/district")
    district.fold()

    reader = district.reader
    assert [row.channel for row in directory.channels(reader).rows] == ["CH-01", "CH-02"]
    assert [row.channel for row in directory.channels(reader, retired=False).rows] == ["CH-01"]
    assert [row.retirement_reason for row in directory.channels(reader, retired=True).rows] == ["停用"]
    (policy,) = directory.columns(reader, unit="U01").rows
    assert (policy.refresh_days, policy.maintained_by, policy.note) == (14, "K01", "新增两条")
    owner = directory.platform_owner(reader).value
    assert owner is not None
    assert owner.owner_unit == "U01"
    found = directory.channel(reader, "CH-01").value
    assert found is not None
    assert found.kind == "weibo"


@pytest.mark.requirement("R2")
def test_the_ruleset_in_force_on_a_day(district: District) -> None:
    for version, day in ((1, "2017-08-09"), (2, "2025-07-01")):
        adopted = {
            "ruleset": "RS-143",
            "version": version,
            "document_number": "鄞政办发〔2017〕143号",
            "title_zh": "实施细则",
            "effective_from": day,
            "parameters": {"segregation_of_duties": "REFUSE"},
        }
        district.record("ruleset.adopted/1", adopted, stream="ruleset/district")
    district.fold()

    def version_on(day: str, as_of: AsOf = AsOf()) -> int | None:  # noqa: B008
        found = directory.ruleset_in_force(district.reader, day, as_of).value
        return None if found is None else found.version

    assert [version_on(day) for day in ("2017-08-08", "2017-08-09", "2025-06-30", "2025-07-01")] == [None, 1, 1, 2]
    assert version_on("2025-07-01", AsOf(position=1)) == 1
    assert version_on("2025-07-01", AsOf(occurred_at=MONDAY + timedelta(minutes=1))) == 1


def test_workflows_keep_every_version(district: District) -> None:
    for version in (1, 2):
        adopted = {"unit": "U05", "workflow": "WF-U05", "version": version, "steps": ["DRAFT"], "title_zh": "流程"}
        district.record("workflow.adopted/1", adopted)
    district.fold()

    found = directory.workflows(district.reader, unit="U05").value
    assert found is not None
    assert [(row.version, row.steps) for row in found] == [(1, ("DRAFT",)), (2, ("DRAFT",))]
