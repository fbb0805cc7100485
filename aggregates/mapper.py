"""Where an event's data would bear the name of an envelope member: the two events that adopt rules.

``ruleset.adopted/1`` says which ruleset it adopts in ``data.ruleset`` and cites the one in force in the
entry's own ``ruleset``; in the event object the first is called ``ruleset_id``.  Likewise for workflows.
"""

from dataclasses import replace
from typing import Any, cast

import orjson
from eventsourcing.domain import DomainEventProtocol

from aggregates.base import LedgerEvent
from ledger import canonical
from ledger.recorder import DraftedEvent, LedgerMapper, RecordedEvent


class RegistryMapper(LedgerMapper[str]):
    """The ledger's mapper, which also translates an event's ``ENTRY_NAMES``."""

    def to_stored_event(self, domain_event: DomainEventProtocol[str]) -> DraftedEvent:
        """Write an event as a draft, its data under the names the entry uses."""
        drafted = super().to_stored_event(domain_event)
        names = cast("LedgerEvent", domain_event).ENTRY_NAMES
        if not names:
            return drafted
        data = {names.get(name, name): value for name, value in canonical.decode(drafted.state).items()}
        state = canonical.encode(data)
        return replace(drafted, state=state, draft=replace(drafted.draft, data=orjson.Fragment(state)))

    def to_domain_event(self, stored_event: Any) -> DomainEventProtocol[str]:
        """Read an event back, its data under the names the event object uses."""
        domain_event = super().to_domain_event(stored_event)
        attributes = vars(domain_event)
        for name, entry_name in cast("LedgerEvent", domain_event).ENTRY_NAMES.items():
            attributes[name] = cast("RecordedEvent", stored_event).entry.data[entry_name]
        return domain_event
