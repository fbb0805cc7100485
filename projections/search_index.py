"""The index of the search (检索索引): by which two characters, words and officers an item may be found.

It only proposes items, and keeps what it once proposed; what stands in an item at a moment is for the
catalogue to say.  So an index that is behind costs time and never an answer.
"""

from collections.abc import Iterable

from sqlalchemy import and_, select

from projections.errors import NotBuiltYet
from projections.feed import Event
from projections.projection import TableProjection
from projections.reading import View
from projections.searching import HAND, ROLES, Clue, Question, clues, grams
from projections.tables import Shape, flags, integers, texts
from projections.temporal import Content, Key

GRAMS = Shape("grams", key=(*texts("gram item"), *integers("position")), content=flags("hand"), facts=True)
"""One row a gram, item and entry that brought it; an officer's code is a gram behind ``HAND``."""

_NAMES = ("title", "document_number", "number", "index_number", "item")
_NAMING = (
    "document.drafted/1",
    "publication.published/1",
    "publication.historic_recorded/1",
    "publication.corrected/1",
)

_ENOUGH = 20

FEW = 500
"""As many items are looked up one by one; beyond it the list is read in its order until a page is full."""


def _to_grams(event: Event) -> Iterable[tuple[str, Key]]:
    """What the event lets its item be found by: its names, and the officers through whose hands it went."""
    data, position = event.data, event.position
    item = data["item"]
    found = grams(*(data.get(name) for name in _NAMES)) | {f"{HAND}{data[role]}" for role in ROLES if data.get(role)}
    return [("grams", (gram, item, position)) for gram in sorted(found)]


def _gram(key: Key, _row: Content | None, _event: Event) -> Content:
    return {"hand": key[0].startswith(HAND)}


PROJECTION = TableProjection(
    name="search",
    version=1,
    tables=(GRAMS,),
    routes=dict.fromkeys(_NAMING, _to_grams),
    folds={("grams", type_): _gram for type_ in _NAMING},
)


def fewest(view: View, question: Question) -> list[str] | None:
    """The items that the rarest part of a question proposes, whatever view of the catalogue it is put to.

    None where each part proposes many, where there is nothing to go by, and while the index is behind.
    """
    try:
        index = view.beside(PROJECTION)
    except NotBuiltYet:
        return None
    if index.position < view.position:
        return None
    wanted = [Clue(f"{HAND}{officer}", begins=False) for officer in question.by]
    wanted += [clue for term in question.terms for clue in clues(term)]
    fewest: list[str] | None = None
    # Long ones first: a number's digits are rarer than a word's two characters.
    for clue in sorted(dict.fromkeys(wanted), key=lambda clue: -len(clue.gram)):
        most = FEW if fewest is None else len(fewest)
        items = _proposed(index, clue, most + 1)
        if len(items) <= most:
            fewest = list(dict.fromkeys(items))
        if fewest is not None and len(fewest) <= _ENOUGH:
            break
    return fewest


def _proposed(index: View, clue: Clue, limit: int) -> list[str]:
    table = index.table("grams")
    begins = and_(table.c.gram >= clue.gram, table.c.gram < f"{clue.gram}\U0010ffff")
    query = select(table.c.item).where(index.holds("grams"), begins if clue.begins else table.c.gram == clue.gram)
    # An item may stand there more than once; asked for apart, the database would read them all first.
    return list(index.connection.execute(query.limit(limit)).scalars())
