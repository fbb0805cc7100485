"""Whether a projection says what its events say: what serves is held against a rebuild from the first entry."""

from ledger.ledger import Ledger
from projections.dump import digest
from projections.engine import Projector
from projections.folding import Projection
from projections.reading import Reader, View
from projections.temporal import NOW

_TRIES = 5


def compare_with_a_rebuild(ledger: Ledger, projection: Projection) -> str | None:
    """None when the live rows equal a rebuild byte for byte, else a sentence that names the tables that do not.

    The rebuilt rows take the place of the live ones, as after any rebuild: what was wrong is then right.
    While the log grows the two are taken again until they speak of one position.
    """
    projector, reader = Projector(ledger, [projection]), Reader(ledger)
    for _ in range(_TRIES):
        projector.catch_up()
        position, served = reader.ask(projection, NOW, lambda view: _digests(view, projection))
        projector.rebuild(projection.name)
        at, rebuilt = reader.ask(projection, NOW, lambda view: _digests(view, projection))
        if at == position:
            return _difference(projection.name, served, rebuilt)
    return f"{projection.name}: the log grew at every try; compare when it is quiet"


def _digests(view: View, projection: Projection) -> tuple[int, dict[str, str]]:
    return view.position, {shape.name: digest(view, (shape.name,)) for shape in projection.tables}


def _difference(name: str, served: dict[str, str], rebuilt: dict[str, str]) -> str | None:
    wrong = [table for table, hashed in rebuilt.items() if served.get(table) != hashed]
    if not wrong:
        return None
    return (
        f"the projection {name} did not follow from the log: {', '.join(wrong)} held other rows than the entries make.  "
        "It was rebuilt and is right now; find out who wrote to its tables"
    )
