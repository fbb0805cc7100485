"""Whether a projection says what its events say: what serves is held against a rebuild from the first entry."""

from itertools import zip_longest

from ledger.ledger import Ledger
from projections.dump import dump_lines
from projections.engine import Projector
from projections.folding import Projection
from projections.reading import Reader, View
from projections.temporal import NOW

_TRIES = 5


def compare_with_a_rebuild(ledger: Ledger, projection: Projection) -> str | None:
    """None when the live rows equal a rebuild byte for byte, else a sentence that names the first difference.

    The rebuilt rows take the place of the live ones, as after any rebuild: what was wrong is then right.
    While the log grows the two are taken again until they speak of one position.
    """
    projector, reader = Projector(ledger, [projection]), Reader(ledger)
    for _ in range(_TRIES):
        projector.catch_up()
        position, served = reader.ask(projection, NOW, lambda view: _rows(view, projection))
        projector.rebuild(projection.name)
        at, rebuilt = reader.ask(projection, NOW, lambda view: _rows(view, projection))
        if at == position:
            return _difference(projection.name, served, rebuilt)
    return f"{projection.name}: the log grew at every try; compare when it is quiet"


def _rows(view: View, projection: Projection) -> tuple[int, list[bytes]]:
    tables = (shape.name for shape in projection.tables)
    return view.position, [line for table in tables for line in dump_lines(view, table)]


def _difference(name: str, served: list[bytes], rebuilt: list[bytes]) -> str | None:
    for number, (before, after) in enumerate(zip_longest(served, rebuilt), 1):
        if before != after:
            what = "is missing" if before is None else "should not be there" if after is None else "is another"
            return (
                f"the projection {name} does not follow from the log: row {number} of {len(rebuilt)} {what}.  It was rebuilt "
                "from the entries and is right now; find out who wrote to its tables"
            )
    return None
