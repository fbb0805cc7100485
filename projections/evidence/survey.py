"""What the entries of a package cite, gathered while they pass: contents, commitments, erasures, names."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from ledger.content import ContentStore
from ledger.entry import Entry
from ledger.errors import ContentMissing, ContentSealed, IntegrityFault
from ledger.personal import PersonalValue, PersonalValues
from projections.evidence import wording
from projections.evidence.citations import Citation, citations, commitments, erasures

_HELD = frozenset({"ENCLOSED", "OPENED"})


@dataclass(slots=True)
class CitedContent:
    """A content, the positions that cite it, and what became of it (``wording.STATES``)."""

    citation: Citation
    cited_by: list[int]
    state: str = ""

    @property
    def path(self) -> str | None:
        """Where it lies in the package, if it does."""
        return f"contents/{self.citation.sha256}{self.citation.suffix}" if self.state in _HELD else None

    def read(self, contents: ContentStore, opened: Collection[str] = ()) -> bytes | None:
        """Its bytes, or None with the reason in ``state``; what is sealed only where ``opened`` names its hash."""
        try:
            content, state = _taken(contents, self.citation.sha256, opened)
        except ContentSealed:
            self.state = "SEALED"
        except ContentMissing:
            self.state = "MISSING"
        except IntegrityFault:
            self.state = "DAMAGED"
        else:
            self.state = state
            return content
        return None


def _taken(contents: ContentStore, sha256: str, opened: Collection[str]) -> tuple[bytes, str]:
    try:
        return contents.get(sha256), "ENCLOSED"
    except ContentSealed:
        if sha256 not in opened:
            raise
        return contents.open_sealed(sha256), "OPENED"


@dataclass(frozen=True, slots=True)
class AskedValue:
    """A personal value that was asked for: ``value`` where it is disclosed, ``erased_at`` where that is known."""

    record: str
    field: str
    state: str
    position: int | None = None
    value: PersonalValue | None = None
    erased_at: int | None = None


@dataclass(slots=True)
class Survey:
    """Grows with the number of contents, commitments and codes, not with the entries' bytes."""

    contents: dict[str, CitedContent] = field(default_factory=dict)
    names: wording.Names = field(default_factory=dict)
    _commitments: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)
    _erasures: dict[tuple[str, str], int] = field(default_factory=dict)

    def add(self, entry: Entry) -> None:
        """Take in what an entry cites."""
        for citation in citations(entry):
            self._cite(citation, entry.position)
        for commitment in commitments(entry):
            self._commitments[commitment.record, commitment.field] = entry.position, commitment.digest
        self._erasures.update(dict.fromkeys(erasures(entry), entry.position))
        self.names.update(wording.names_in(entry))

    def _cite(self, citation: Citation, position: int) -> None:
        known = self.contents.setdefault(citation.sha256, CitedContent(citation, []))
        if known.citation.size is None:
            # An approval names a content by its hash alone; a draft says its name and size too.
            known.citation = citation
        if position not in known.cited_by[-1:]:
            known.cited_by.append(position)

    def asked_values(self, asked: tuple[tuple[str, str], ...], values: PersonalValues) -> Iterator[AskedValue]:
        """What can be disclosed of the values that were asked for, each against its commitment."""
        for record, name in sorted(set(asked)):
            position, digest = self._commitments.get((record, name), (None, ""))
            erased_at = self._erasures.get((record, name))
            value = values.get(record, name)
            if position is None:
                # Without its commitment a value proves nothing, and is nobody's business.
                yield AskedValue(record, name, "UNCOMMITTED", erased_at=erased_at)
            elif value is None:
                yield AskedValue(record, name, "ERASED" if erased_at else "ABSENT", position, erased_at=erased_at)
            elif value.commitment != digest:
                yield AskedValue(record, name, "DAMAGED", position, erased_at=erased_at)
            else:
                yield AskedValue(record, name, "DISCLOSED", position, value)
