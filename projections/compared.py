"""The lists that can be compared with themselves at another moment, by the name they have at the API."""

from collections.abc import Mapping

from projections import catalogue, directory, documents, register
from projections.difference import Beside, Compared
from projections.reading import each

_PLACES = directory.PROJECTION

COMPARED: Mapping[str, Compared] = {
    "catalogue": Compared(catalogue.PROJECTION, "items", each(catalogue.CatalogueItem)),
    "register": Compared(register.PROJECTION, "publications", register.publications, (Beside("seals", "item"),)),
    "documents": Compared(documents.PROJECTION, "items", each(documents.Document)),
    "units": Compared(_PLACES, "units", each(directory.Unit)),
    "officers": Compared(_PLACES, "officers", each(directory.Officer)),
    "posts": Compared(_PLACES, "posts", each(directory.PostHeld)),
    "channels": Compared(_PLACES, "channels", each(directory.Channel)),
    "columns": Compared(_PLACES, "columns", each(directory.Column)),
    "platform": Compared(_PLACES, "platform", each(directory.PlatformOwner)),
    "rulesets": Compared(_PLACES, "rulesets", each(directory.Ruleset)),
    "workflows": Compared(_PLACES, "workflows", each(directory.Workflow)),
}

BEFORE_THE_PUBLIC = frozenset(
    {
        "publication.published/1",
        "publication.channel_added/1",
        "publication.corrected/1",
        "publication.withdrawn/1",
        "publication.archived/1",
        "publication.historic_recorded/1",
        "publication.superseded/1",
    }
)
"""The entries of which everybody may hear: what went out, and what became of it."""
