"""Searching a catalogue of 100,000 items: rare and frequent words, one character, numbers, qualifiers, now and then.

The slowest hundredth of many questions counts, against the same questions put to a catalogue whose index
is never asked.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from unittest.mock import patch

from bench.bulk import open_ledger
from bench.district import BEGINNING, CONTENT, UNITS
from bench.report import Result
from bench.rounds import Measurement, interleaved
from bench.setting import Setting
from ledger.append import Command
from ledger.entry import Actor, EventDraft
from ledger.ledger import Ledger
from projections import catalogue, search_index
from projections.engine import Projector
from projections.reading import Reader
from projections.searching import read_question
from projections.temporal import NOW, AsOf

ITEMS = 100_000
QUESTIONS = 300
SLOWEST_MS = 250.0

_MATTERS = (
    "老旧小区改造", "义务教育招生", "污水处理设施", "道路交通管制", "食品安全抽检", "公租房配租", "高标准农田建设",
    "医疗救助资金", "森林防火", "城乡居民养老保险", "营商环境优化", "政务公开工作要点", "防汛应急预案", "住房公积金提取",
    "垃圾分类", "古树名木保护", "农村饮水安全", "就业技能培训", "河道整治", "文化市场执法",
)  # fmt: skip
_PLACES = (
    "云泽",
    "望山",
    "临江",
    "石门",
    "桃源",
    "青龙",
    "白鹿",
    "双溪",
    "金沙",
    "平湖",
    "丰乐",
    "永安",
    "长宁",
    "新河",
)
_KINDS = ("通知", "公告", "实施细则", "工作方案", "行政处罚决定", "招标结果公示", "政策解读", "年度报告")


def run(setting: Setting) -> list[Result]:
    """The search with its index against the same without."""
    items = min(ITEMS, max(setting.size // 10, 2_000))
    with open_ledger(setting.server.create_database()) as ledger:
        _fill(ledger, items)
        Projector(ledger, [catalogue.PROJECTION, search_index.PROJECTION]).catch_up()
        with ledger.database.engine.begin() as connection:
            connection.exec_driver_sql("ANALYZE")
        contenders = {
            "by the index": lambda: _asked(ledger),
            "by reading the list": lambda: _without_index(lambda: _asked(ledger)),
        }
        with setting.weather() as station:
            series = interleaved(contenders, setting.rounds, "questions/s")
    p99 = series["by the index"].median_details["p99_ms"]
    limits = {f"p99 at most {SLOWEST_MS:.0f} ms ({p99:.1f} ms)": p99 <= SLOWEST_MS}
    return [Result(f"search, {items:,} items", series, station.weather, limits=limits)]


def _without_index(ask: Callable[[], Measurement]) -> Measurement:
    with patch.object(search_index, "fewest", lambda *_: None):
        return ask()


def _asked(ledger: Ledger) -> Measurement:
    reader, chance, times = Reader(ledger), random.Random(1), []
    size = ledger.head().size
    for _ in range(QUESTIONS):
        question = read_question(_question(chance))
        as_of = NOW if chance.random() < 2 / 3 else AsOf(chance.randrange(1, size + 1))
        began = time.perf_counter()
        catalogue.search(reader, as_of, question=question)
        times.append(time.perf_counter() - began)
    times.sort()
    return QUESTIONS / sum(times), {
        "p50_ms": round(times[QUESTIONS // 2] * 1000, 2),
        "p99_ms": round(times[QUESTIONS * 99 // 100] * 1000, 2),
    }


def _question(chance: random.Random) -> str:
    matter, place, kind = chance.choice(_MATTERS), chance.choice(_PLACES), chance.choice(_KINDS)
    number = chance.randrange(ITEMS)
    return chance.choice(
        (
            matter,
            f"{place} {kind}",
            f"{place}{matter[:2]}",
            chance.choice(matter),
            f"〔2025〕{number}",
            f"I-2025-{number:07}",
            f"{matter} unit:{chance.choice(UNITS)} from:2025-03",
            f"by:P{chance.randrange(90):02} {kind}",
            "没有的词句",
            f"{place}路{number % 900}号",
        )
    )


def _fill(ledger: Ledger, items: int) -> None:
    chance = random.Random(7)
    for first, last in pairwise([*range(0, items, 1000), items]):
        drafts = [_published(number, chance) for number in range(first, last)]
        ledger.append(Command(drafts, command_id=f"search-{first}"))


def _published(number: int, chance: random.Random) -> EventDraft:
    item, unit = f"I-2025-{number:07}", UNITS[number % len(UNITS)]
    place, matter, kind = chance.choice(_PLACES), chance.choice(_MATTERS), chance.choice(_KINDS)
    officers = {role: f"P{chance.randrange(90):02}" for role in ("drafter", "reviewer", "publisher")}
    data = {
        "item": item,
        "publication": f"{item}#1",
        "unit": unit,
        "title": f"关于{place}街道{place}路{number % 900}号{matter}的{kind}",
        "document_number": f"某政办发〔2025〕{number}号",
        "index_number": f"014416330/2025-{number:05}",
        "attribute": "PROACTIVE",
        "phase": "decision",
        "content": CONTENT,
        "attachments": [],
        "channels": ["CH-01"],
        "published_at": "2025-01-23T02:15:00.000000Z",
        "competent_unit": unit,
        **officers,
    }
    actor = Actor(officers["publisher"], "publisher", unit, "token:0123456789ab")
    happened = BEGINNING + timedelta(minutes=4 * number)
    return EventDraft(f"publication/{item}", 1, "publication.published/1", data, actor, occurred_at=happened)
