"""The order of versions within the streams, asked of the database in one sweep.

It may be asked, because the audit holds every index column against the entry it stands for.
"""

from sqlalchemy import Engine, text

from ledger.audit_span import MOST_FAULTS, Faults

_WRONG = "(before IS NULL AND version NOT IN (0, 1)) OR version <> before + 1 OR position < position_before"
_NEIGHBOURS = """
FROM (
    SELECT position, stream, version,
           lag(version) OVER stream_so_far AS before, lag(position) OVER stream_so_far AS position_before
    FROM ledger_entries WHERE ledger = :ledger AND position <= :size
    WINDOW stream_so_far AS (PARTITION BY stream ORDER BY version)
) AS neighbours
"""
_COUNT = text(
    "SELECT coalesce(sum(CASE WHEN before IS NULL THEN 1 ELSE 0 END), 0), "
    f"coalesce(sum(CASE WHEN {_WRONG} THEN 1 ELSE 0 END), 0) {_NEIGHBOURS}"
)
_LIST = text(
    f"SELECT position, stream, version, before, position_before {_NEIGHBOURS} WHERE {_WRONG} "
    f"ORDER BY position LIMIT {MOST_FAULTS}"
)


def check_streams(engine: Engine, ledger: int, size: int) -> tuple[int, Faults]:
    """Every stream begins at version 0 or 1 and goes on one by one, in the order of the positions.

    Answers how many streams there are, and the faults.
    """
    faults = Faults()
    parameters = {"ledger": ledger, "size": size}
    with engine.connect() as connection:
        streams, wrong = connection.execute(_COUNT, parameters).one()
        for position, stream, version, before, position_before in (
            connection.execute(_LIST, parameters) if wrong else ()
        ):
            expected = "0 or 1" if before is None else f"{before + 1}, after position {position_before}"
            faults.add(position, f"{stream} has version {version} at position {position}, expected {expected}")
    return int(streams), faults
