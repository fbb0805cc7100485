"""Whether everything that was recorded is also signed: a log that signs, signs every commit in its own transaction."""

from sqlalchemy import func, select

from ledger.audit_span import Faults
from ledger.ledger import Ledger
from ledger.schema import checkpoints


def audit_coverage(ledger: Ledger, size: int, faults: Faults) -> None:
    """Add a fault where the first ``size`` entries go beyond the newest checkpoint; nothing for a log never signed.

    Entries beyond it were not written by the service that signs: a commit's checkpoint is stored with it,
    before anybody is told of it.
    """
    query = select(func.max(checkpoints.c.size)).where(checkpoints.c.ledger == ledger.number)
    with ledger.database.engine.connect() as connection:
        signed = connection.execute(query).scalar()
    if signed is not None and signed < size:
        many = f"{signed + 1} to {size} have" if size > signed + 1 else f"{size} has"
        faults.add(
            signed + 1,
            f"no checkpoint covers what stands beyond {signed}: {many} been recorded and never signed, though this log "
            "signs every commit.  It was written past the service, or by one without the log's signing directory; find "
            "out by whom before anything is recorded on top of it",
        )
