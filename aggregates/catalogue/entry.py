"""One entry of the disclosure catalogue: what is disclosed, by whom, within what time and how (三).

进一步明确各领域“五公开”的主体、内容、时限、方式等.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from aggregates import fields
from aggregates.catalogue.words import CatalogueRefusal
from aggregates.refusal import refuse
from aggregates.vocabulary import Phase

COMPULSORY: Mapping[str, tuple[str, str]] = {
    "phase": ("五公开类别", "its phase"),
    "disclosing_body": ("公开主体", "its subject"),
    "disclosed_matter": ("公开内容", "its content"),
    "time_limit": ("公开时限", "its time limit"),
    "method": ("公开方式", "its method"),
}
"""What every entry states, as people call it."""

NAMED = 10
"""How many incomplete entries a refusal names."""


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """An entry as it stands; one taken over from an older catalogue may lack something."""

    entry: str
    unit: str
    phase: str | None
    disclosing_body: str | None
    disclosed_matter: str | None
    time_limit: str | None
    method: str | None
    legal_basis: list[str]
    superior_catalogue: str | None
    entry_version: int = 1

    @property
    def missing(self) -> list[str]:
        """The names of what the entry should state and does not, in the order of the rules."""
        return [name for name in COMPULSORY if not getattr(self, name)]

    @property
    def is_standard(self) -> bool:
        """Whether it is in standard form: everything compulsory is stated (标准化规范化)."""
        return not self.missing

    def as_data(self) -> dict[str, Any]:
        """Its members as an event carries them."""
        return asdict(self)


def stated(
    entry: str,
    *,
    unit: str,
    phase: Any,
    disclosing_body: Any,
    disclosed_matter: Any,
    time_limit: Any,
    method: Any,
    legal_basis: Iterable[str] = (),
    superior_catalogue: str | None = None,
    entry_version: int = 1,
) -> CatalogueEntry:
    """An entry as its members say, well formed; what is blank is None, and complete or not is not judged."""
    return CatalogueEntry(
        entry=fields.code(entry, "entry"),
        unit=fields.code(unit, "unit"),
        phase=fields.optional_term(Phase, _said(phase), "phase"),
        disclosing_body=fields.optional_text(_said(disclosing_body), "disclosing_body"),
        disclosed_matter=fields.optional_text(_said(disclosed_matter), "disclosed_matter", longest=fields.LONG),
        time_limit=fields.optional_text(_said(time_limit), "time_limit"),
        method=fields.optional_text(_said(method), "method"),
        legal_basis=fields.texts(legal_basis, "legal_basis"),
        superior_catalogue=fields.optional_text(superior_catalogue, "superior_catalogue"),
        entry_version=entry_version,
    )


def refuse_incomplete(entries: Iterable[CatalogueEntry]) -> None:
    """Refuse CATALOGUE_FIELD_MISSING where an entry lacks something compulsory; it names the first of them."""
    incomplete = [entry for entry in entries if entry.missing]
    if not incomplete:
        return
    missing = [name for name in COMPULSORY if any(name in entry.missing for entry in incomplete)]
    named = [entry.entry for entry in incomplete]
    raise refuse(
        CatalogueRefusal.CATALOGUE_FIELD_MISSING,
        entries=", ".join(named[:NAMED]) + (" …" if len(named) > NAMED else ""),
        number=len(named),
        fields=missing,
        missing_zh="、".join(COMPULSORY[name][0] for name in missing),
        missing=", ".join(COMPULSORY[name][1] for name in missing),
    )


def _said(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip() else value
