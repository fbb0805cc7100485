"""What a unit makes public goes through the gate; a record of it cites the publication and its time."""

from aggregates.desk import Desk
from aggregates.organisation.leadership import Shown
from aggregates.publication import Publication
from aggregates.refusal import RefusalCode, refuse


def shown_by(desk: Desk, item: str) -> Shown:
    """The item's publication that stands, which went out through this ledger's gate.  Refuses NOT_PUBLISHED."""
    standing = desk.read(Publication, item).standing(item)
    if standing.published_at is None:
        raise refuse(RefusalCode.NOT_PUBLISHED, item=item)
    return Shown(item, standing.publication, standing.published_at)
