"""A mapping: which column of a register is which field of the record.

A mapping is a TOML file; those of this package are named by their stem (``--mapping gazette``).

====================  ===========================================================================
``name``              part of every command id: once rows were recorded under it, it stays
``about_zh, about_en``  what the register is, for people
``encoding``          of a CSV file; default utf-8 (a byte order mark is always skipped)
``delimiter``         of a CSV file; default ``,``
``sheet``             of an XLSX file; default its first
``key``               columns that tell apart rows which say the same; rows alike even so are numbered
``dates``             formats tried in order: strptime's, or ``roc`` for years of the Republic (民國)
``nothing``           texts that stand for an empty cell, such as 无
``[columns]``         field = column, or a list of columns joined by ``；``
``[constants]``       field = the same text for every row
``[units]``           name of a unit as the register writes it = its code in this ledger
``[supersession]``    ``series`` columns that name one document through its versions, ``order`` the
                      column with the version's date: later versions supersede earlier ones
====================  ===========================================================================
"""

import tomllib
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from cli.failure import Failure

FIELDS = ("number", "title", "unit_name", "written_on", "published_on", "channel_name", "kind", "theme", "note")
"""What a row may say of a publication; ``title`` and ``unit_name`` it must."""
DATES = ("written_on", "published_on")
REQUIRED = ("title", "unit_name")

_SHIPPED = "cli.mappings"


@dataclass(frozen=True, slots=True)
class Supersession:
    """How the versions of one document are told apart and put in order."""

    series: tuple[str, ...]
    order: str


@dataclass(frozen=True, slots=True)
class Mapping:
    """One register's mapping, examined: every field known, every required one present."""

    name: str
    about_zh: str
    about_en: str
    encoding: str
    delimiter: str
    sheet: str | None
    key: tuple[str, ...]
    dates: tuple[str, ...]
    nothing: frozenset[str]
    columns: MappingOf[str, tuple[str, ...]]
    constants: MappingOf[str, str]
    units: MappingOf[str, str]
    supersession: Supersession | None

    @property
    def needed_columns(self) -> list[str]:
        """Every column the mapping relies on, each once, in the order of their first mention."""
        named = [column for columns in self.columns.values() for column in columns]
        named += self.key
        if self.supersession is not None:
            named += [*self.supersession.series, self.supersession.order]
        return list(dict.fromkeys(named))


def shipped_mappings() -> list[str]:
    """The names of the mappings that come with the program."""
    return sorted(Path(found.name).stem for found in files(_SHIPPED).iterdir() if found.name.endswith(".toml"))


def load_mapping(named: str) -> Mapping:
    """Read a mapping by its path, or by name when it comes with the program.  Raises Failure."""
    source = _source_of(named)
    try:
        stated = tomllib.loads(source.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _faulty(named, f"不是可读的TOML：{error}", f"it is no readable TOML: {error}") from None
    return _examined(named, stated)


def _source_of(named: str) -> Traversable:
    if named in shipped_mappings():
        return files(_SHIPPED) / f"{named}.toml"
    path = Path(named)
    if not path.is_file():
        known = ", ".join(shipped_mappings())
        raise Failure(
            f"没有映射文件{named}；随程序提供的有：{known}。未作任何改动。",
            f"There is no mapping file {named}; the program brings: {known}. Nothing was changed.",
        )
    return path


def _examined(named: str, stated: dict[str, Any]) -> Mapping:
    allowed = {*Mapping.__slots__}
    if unknown := sorted(stated.keys() - allowed):
        raise _faulty(named, f"有不认识的键{unknown}", f"it has the unknown keys {unknown}")
    columns = {field: _texts(named, field, value) for field, value in stated.get("columns", {}).items()}
    constants = {str(field): str(value) for field, value in stated.get("constants", {}).items()}
    _refuse_wrong_fields(named, [*columns, *constants])
    if not isinstance(stated.get("name"), str):
        raise _faulty(named, "缺少name", "it has no name")
    return Mapping(
        name=stated["name"],
        about_zh=str(stated.get("about_zh", "")),
        about_en=str(stated.get("about_en", "")),
        encoding=_encoding(named, str(stated.get("encoding", "utf-8"))),
        delimiter=str(stated.get("delimiter", ",")),
        sheet=stated.get("sheet"),
        key=_texts(named, "key", stated.get("key", [])),
        dates=_texts(named, "dates", stated.get("dates", ["%Y-%m-%d"])),
        nothing=frozenset(_texts(named, "nothing", stated.get("nothing", []))),
        columns=columns,
        constants=constants,
        units={str(name): str(code) for name, code in stated.get("units", {}).items()},
        supersession=_supersession(named, stated.get("supersession")),
    )


def _refuse_wrong_fields(named: str, fields: list[str]) -> None:
    if unknown := sorted(set(fields) - set(FIELDS)):
        known = ", ".join(FIELDS)
        raise _faulty(named, f"没有字段{unknown}；可用：{known}", f"there are no fields {unknown}; there are: {known}")
    if missing := [field for field in REQUIRED if field not in fields]:
        raise _faulty(named, f"未给出字段{missing}", f"it says nothing of {missing}")
    if double := sorted({field for field in fields if fields.count(field) > 1}):
        raise _faulty(named, f"字段{double}既取列又取常数", f"{double} are both a column and a constant")


def _supersession(named: str, stated: Any) -> Supersession | None:
    if stated is None:
        return None
    if not isinstance(stated, dict) or stated.keys() != {"series", "order"}:
        raise _faulty(named, "supersession须有series和order", "supersession needs series and order")
    return Supersession(_texts(named, "series", stated["series"]), str(stated["order"]))


def _texts(named: str, key: str, value: Any) -> tuple[str, ...]:
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list) or not all(isinstance(item, str) for item in listed):
        raise _faulty(named, f"{key}须为文字或文字列表", f"{key} must be a text or a list of texts")
    return tuple(listed)


def _encoding(named: str, encoding: str) -> str:
    try:
        "".encode(encoding)
    except LookupError:
        raise _faulty(named, f"没有编码{encoding}", f"there is no encoding {encoding}") from None
    # A byte order mark would otherwise become part of the first column's name.
    return "utf-8-sig" if encoding.lower().replace("_", "-") in {"utf-8", "utf8"} else encoding


def _faulty(named: str, zh: str, en: str) -> Failure:
    return Failure(
        f"映射{named}有误：{zh}。未作任何改动。", f"The mapping {named} is faulty: {en}. Nothing was changed."
    )
