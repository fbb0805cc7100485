"""Tables: aligned whatever the script, folded between words, and harmless to a terminal."""

from __future__ import annotations

import io

from rich.console import Console

from cli.tables import Column, print_table

COLUMNS = (Column("位置\nat", 4, right=True), Column("渠道\nin", 8), Column("标题\ntitle"))


def printed(*rows: tuple[object, ...]) -> list[str]:
    out = io.StringIO()
    count = print_table(Console(file=out, width=20), COLUMNS, rows)
    assert count == len(rows)
    return out.getvalue().splitlines()


def test_wide_characters_take_two_cells() -> None:
    assert printed((7, "公报", "甲"), (12, "CH-1", "a")) == [
        "位置  渠道      标题",
        "  at  in        title",
        "   7  公报      甲",
        "  12  CH-1      a",
    ]


def test_a_cell_is_folded_between_words_and_the_last_one_never() -> None:
    assert printed((1, "CH-01 CH-02", "很长很长很长很长的标题"), (2, "政府信息公开平台", "b"))[2:] == [
        "   1  CH-01     很长很长很长很长的标题",
        "      CH-02",
        "   2  政府信息  b",
        "      公开平台",
    ]


def test_nothing_printed_commands_the_terminal() -> None:
    (line,) = printed((1, "\x1b[31m", "标\u202e题\x9b2J\n续"))[2:]

    assert line == "   1  �[31m     标�题�2J 续"


def test_without_rows_there_are_the_headings() -> None:
    assert len(printed()) == 2
