"""How far each projection has come, in which generation of tables, and what stopped it.

One row a generation.  ``live`` serves and is folded; ``building`` is written beside it and takes its
place; ``previous`` served last and is kept until the next swap, for readers that still hold its name.

A page is written only by whoever moves the bookmark from where the page begins: the update of the
bookmark names its old position, so of several workers one succeeds and the others drop their page.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Row,
    Table,
    Text,
    delete,
    func,
    insert,
    inspect,
    select,
    update,
)

from ledger import instants
from ledger.database import Database

LIVE, BUILDING, PREVIOUS = "live", "building", "previous"

metadata = MetaData()

projection_state = Table(
    "projection_state",
    metadata,
    Column("ledger", Integer, nullable=False, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("generation", Integer, nullable=False, autoincrement=False),
    Column("version", Integer, nullable=False),
    Column("shape", Text, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("role", Text, nullable=False),
    Column("folded", BigInteger, nullable=False),
    Column("skipped", BigInteger, nullable=False),
    Column("dead_position", BigInteger),
    Column("dead_type", Text),
    Column("dead_error", Text),
    Column("dead_since", BigInteger),
    Column("builder", Text),
    Column("builder_seen", BigInteger),
    PrimaryKeyConstraint("name", "generation", name="projection_state_pkey"),
)
"""``shape`` names the tables' columns; ``builder`` is the one who writes a building generation, and
``builder_seen`` (microseconds) its last sign of life.  Generations are numbered across all ledgers of
a database, so that their tables never share a name."""


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """The event a projection could not fold: where, which type, why (never its contents), since when."""

    position: int
    type: str
    error: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Generation:
    """One generation of a projection's tables, as its bookkeeping row stood when read."""

    name: str
    number: int
    version: int
    shape: str
    position: int
    role: str
    folded: int
    skipped: int
    dead_letter: DeadLetter | None
    builder: str | None
    builder_seen: int

    @property
    def table_names(self) -> tuple[str, ...]:
        """The names of its tables, read from its shape: an older program's tables are known too."""
        tables = dict.fromkeys(line.split(".", 1)[0] for line in self.shape.splitlines())
        return tuple(f"{self.name}_{table}_g{self.number}" for table in tables)

    def moved_to(self, position: int) -> "Generation":
        """The same generation with its bookmark elsewhere."""
        return replace(self, position=position)


def create_bookkeeping(database: Database) -> None:
    """Create the bookkeeping table where it is missing; safe when several processes start at once."""
    with database.engine.connect() as connection:
        if inspect(connection).has_table(projection_state.name):
            return
    database.locked(metadata.create_all)


def generations(connection: Connection, ledger: int, name: str | None = None) -> list[Generation]:
    """The generations of one projection, or of all, oldest first."""
    query = select(projection_state).where(projection_state.c.ledger == ledger)
    if name is not None:
        query = query.where(projection_state.c.name == name)
    ordered = query.order_by(projection_state.c.name, projection_state.c.generation)
    return [_generation(row) for row in connection.execute(ordered)]


def _generation(row: Row[Any]) -> Generation:
    dead = None
    if row.dead_position is not None:
        dead = DeadLetter(row.dead_position, row.dead_type, row.dead_error, instants.from_microseconds(row.dead_since))
    return Generation(
        row.name,
        row.generation,
        row.version,
        row.shape,
        row.position,
        row.role,
        row.folded,
        row.skipped,
        dead,
        row.builder,
        row.builder_seen or 0,
    )


def in_role(found: list[Generation], role: str) -> Generation | None:
    """The generation that has a role, or None."""
    return next((generation for generation in found if generation.role == role), None)


def add_generation(
    connection: Connection,
    ledger: int,
    name: str,
    *,
    version: int,
    shape: str,
    role: str,
    builder: str | None = None,
    seen: int = 0,
) -> Generation:
    """Write the row of a new generation at position 0; the caller holds the schema lock."""
    highest = select(func.coalesce(func.max(projection_state.c.generation), 0)).where(projection_state.c.name == name)
    number = int(connection.execute(highest).scalar_one()) + 1
    row = {
        "ledger": ledger,
        "name": name,
        "generation": number,
        "version": version,
        "shape": shape,
        "position": 0,
        "role": role,
        "folded": 0,
        "skipped": 0,
        "builder": builder,
        "builder_seen": seen,
    }
    connection.execute(insert(projection_state), row)
    return Generation(name, number, version, shape, 0, role, 0, 0, None, builder, seen)


def advance(connection: Connection, generation: Generation, until: int, folded: int, seen: int) -> bool:
    """Move the bookmark from where it stood when read; False when another worker was there first."""
    state = projection_state.c
    moved = (
        update(projection_state)
        .where(state.name == generation.name, state.generation == generation.number)
        .where(state.position == generation.position, state.role == generation.role, state.dead_position.is_(None))
        .where(state.builder == generation.builder if generation.builder else state.builder.is_(None))
        .values(
            position=until,
            folded=state.folded + folded,
            skipped=state.skipped + (until - generation.position - folded),
            builder_seen=seen,
        )
    )
    return connection.execute(moved).rowcount == 1


def bury(connection: Connection, generation: Generation, letter: DeadLetter) -> None:
    """Stop a generation before an event that it cannot fold."""
    values = {
        "dead_position": letter.position,
        "dead_type": letter.type,
        "dead_error": letter.error,
        "dead_since": instants.to_microseconds(letter.since),
    }
    connection.execute(_row_of(generation).values(values))


def revive(connection: Connection, generation: Generation) -> None:
    """Let a stopped generation try the same event again; one being built is free for any builder."""
    values = {"dead_position": None, "dead_type": None, "dead_error": None, "dead_since": None, "builder_seen": 0}
    connection.execute(_row_of(generation).values(values))


def give_role(connection: Connection, generation: Generation, role: str) -> None:
    """Change what a generation is for; only a building one has a builder."""
    connection.execute(_row_of(generation).values(role=role, builder=None))


def take_over(connection: Connection, generation: Generation, builder: str, seen: int) -> bool:
    """Become the builder of a generation whose builder has fallen silent; False when another did."""
    state = projection_state.c
    taken = _row_of(generation).where(
        state.builder == generation.builder, state.builder_seen == generation.builder_seen, state.role == BUILDING
    )
    return connection.execute(taken.values(builder=builder, builder_seen=seen)).rowcount == 1


def forget(connection: Connection, generation: Generation) -> None:
    """Remove the row of a generation whose tables are dropped in the same transaction."""
    connection.execute(
        delete(projection_state).where(
            projection_state.c.name == generation.name, projection_state.c.generation == generation.number
        )
    )


def hold(connection: Connection, generation: Generation) -> Generation | None:
    """Lock a generation's row until the transaction ends, and read it again; None when it is gone."""
    state = projection_state.c
    query = select(projection_state).where(state.name == generation.name, state.generation == generation.number)
    row = connection.execute(query.with_for_update()).one_or_none()
    return None if row is None else _generation(row)


def _row_of(generation: Generation) -> Any:
    state = projection_state.c
    return update(projection_state).where(state.name == generation.name, state.generation == generation.number)
