"""The log as traces, XES (IEEE 1849-2016, https://www.xes-standard.org), by the kind of object that makes a case.

An entry stands in the trace of every object of that kind that it concerns; a trace is told in the order in
which things happened, which is not always that in which they were recorded.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import IO, Final, NamedTuple
from xml.sax.saxutils import quoteattr

from aggregates.vocabulary import label
from ledger import instants
from ledger.entry import Entry
from projections.exchange.relations import actor_members, coded_members, relations_of
from projections.exchange.spool import spool

NAMESPACE: Final = "http://www.xes-standard.org/"
"""The XML namespace of the standard's document."""

_SCHEMA: Final = "CREATE TABLE event (code TEXT, occurred INTEGER, position INTEGER, xml TEXT)"
_HEAD: Final = f"""\
<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849.2016" xes.features="" xmlns="{NAMESPACE}">
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
<extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
<extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
<global scope="trace"><string key="concept:name" value="unknown"/></global>
<global scope="event"><string key="concept:name" value="unknown"/><string key="lifecycle:transition" value="complete"/>\
<date key="time:timestamp" value="1970-01-01T00:00:00.000Z"/><string key="label_zh" value="unknown"/>\
<string key="label_en" value="unknown"/></global>
<classifier name="Activity" keys="concept:name"/>
<classifier name="活动" keys="label_zh"/>
<classifier name="Activity in English" keys="label_en"/>
"""
# XML has no way to write these, escaped or not.
_NO_XML: Final = dict.fromkeys(
    [*(code for code in range(0x20) if chr(code) not in "\t\n\r"), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF], "\ufffd"
)


class Counted(NamedTuple):
    """What went into a log of traces; an entry that stands in several traces counts in each."""

    traces: int
    events: int


def write_xes(file: IO[bytes], entries: Iterable[Entry], case_kind: str) -> Counted:
    """Write a trace for each object of a kind (``relations.OBJECT_KINDS``); memory does not grow with the log."""
    with spool(_SCHEMA) as store:
        store.executemany("INSERT INTO event VALUES (?, ?, ?, ?)", _rows(entries, case_kind))
        file.write(_HEAD.encode())
        file.write(_attribute("string", "concept:name", f"disclosure-ledger: {case_kind}").encode() + b"\n")
        traces = events = 0
        told = store.execute("SELECT code, xml FROM event ORDER BY code, occurred, position")
        for code, trace in groupby(told, key=itemgetter(0)):
            file.write(f"<trace>{_attribute('string', 'concept:name', code)}\n".encode())
            for _, xml in trace:
                file.write(xml.encode())
                events += 1
            file.write(b"</trace>\n")
            traces += 1
        file.write(b"</log>\n")
    return Counted(traces, events)


def _rows(entries: Iterable[Entry], case_kind: str) -> Iterator[tuple[str, int, int, str]]:
    for entry in entries:
        related = relations_of(entry)
        cases = dict.fromkeys(relation.target.code for relation in related if relation.target.kind == case_kind)
        if cases:
            xml, occurred = _event(entry), instants.to_microseconds(entry.occurred_at)
            yield from ((code, occurred, entry.position, xml) for code in cases)


def _event(entry: Entry) -> str:
    named = label("event_type", entry.type)
    parts = [
        _attribute("string", "concept:name", entry.type),
        _attribute("date", "time:timestamp", instants.to_text(entry.occurred_at)),
        _attribute("string", "lifecycle:transition", "complete"),
        _attribute("string", "label_zh", named.zh),
        _attribute("string", "label_en", named.en),
        *_of_actor(entry),
        _attribute("int", "position", str(entry.position)),
        _attribute("date", "recorded_at", instants.to_text(entry.recorded_at)),
        *(_attribute("string", name, value) for name, value in _members(entry).items()),
    ]
    return f"<event>{''.join(parts)}</event>\n"


def _of_actor(entry: Entry) -> list[str]:
    if entry.actor is None:
        return []
    actor = entry.actor
    keyed = {"org:resource": actor.officer, "org:role": actor.post, "org:group": actor.unit}
    return [_attribute("string", key, value) for key, value in keyed.items()]


def _members(entry: Entry) -> dict[str, str]:
    # A member of the data named like one of the envelope would be a second attribute of one key.
    taken = {"post", "position", "recorded_at", "label_zh", "label_en"}
    stated = {**coded_members(entry), **actor_members(entry)}
    return {name: value for name, value in stated.items() if name not in taken}


def _attribute(element: str, key: str, value: str) -> str:
    return f"<{element} key={quoteattr(key)} value={quoteattr(value.translate(_NO_XML))}/>"
