"""Entries as CloudEvents 1.0 in JSON, for whoever follows the log with tools of the trade."""

from base64 import b64encode
from typing import Any

from ledger import instants
from ledger.brackets import Bracket
from ledger.entry import Entry

ONE = "application/cloudevents+json"
BATCH = "application/cloudevents-batch+json"

_SEQUENCE_DIGITS = 16


def cloud_event(entry: Entry, ledger: str) -> dict[str, Any]:
    """One entry.  ``sequence`` is its position, written so that its order as text is its order in the log.

    ``time`` is when it happened, ``recordedtime`` when the ledger took it in; ``ledgerhash`` is the
    entry's leaf in the tree.  Nothing here is a name: officers stand as codes.
    """
    event: dict[str, Any] = {
        "specversion": "1.0",
        "id": entry.event_id,
        "source": f"/ledgers/{ledger}",
        "type": entry.type,
        "subject": entry.stream,
        "time": instants.to_text(entry.occurred_at),
        "sequence": str(entry.position).rjust(_SEQUENCE_DIGITS, "0"),
        "partitionkey": entry.stream,
        "streamversion": entry.version,
        "recordedtime": instants.to_text(entry.recorded_at),
        "ledgerhash": entry.leaf_hash.hex(),
    }
    if entry.actor is not None:
        event |= {
            "actorofficer": entry.actor.officer,
            "actorpost": entry.actor.post,
            "actorunit": entry.actor.unit,
        }
    extensions = {
        "onbehalfof": entry.on_behalf_of,
        "ruleset": entry.ruleset,
        "workflow": entry.workflow,
        "correlationid": entry.correlation_id,
    }
    event |= {name: value for name, value in extensions.items() if value is not None}
    if entry.state is None:
        return event | {"datacontenttype": "application/json", "data": entry.data}
    return event | {"datacontenttype": "application/octet-stream", "data_base64": b64encode(entry.state).decode()}


def bracket_attributes(bracket: Bracket) -> dict[str, Any]:
    """Between which stamped checkpoints an entry was recorded: time, size and authority of either side, if known."""
    sides = (("stampedafter", bracket.after), ("stampedbefore", bracket.before))
    found: dict[str, Any] = {}
    for name, stamp in sides:
        if stamp is not None:
            found |= {
                name: instants.to_text(stamp.stamped_at),
                f"{name}size": str(stamp.size),
                f"{name}by": stamp.authority,
            }
    return found
