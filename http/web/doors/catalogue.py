"""Which address of the API belongs to what in the area catalogue."""

from collections.abc import Mapping

from aggregates.catalogue.words import CatalogueCommand as C
from web.policy import Policy, command

POLICIES: Mapping[str, Policy] = {
    "POST /api/documents/{item}/classifications": command(C.CLASSIFY_DISCLOSURE_ITEM),
    "POST /api/catalogue-entries": command(C.DEFINE_CATALOGUE_ENTRY),
    "POST /api/catalogue-entries/carried-over": command(C.CARRY_OVER_CATALOGUE_ENTRY),
    "POST /api/catalogue-entries/{entry}/amendments": command(C.AMEND_CATALOGUE_ENTRY),
    "POST /api/catalogue-entries/{entry}/removals": command(C.REMOVE_CATALOGUE_ENTRY),
    "POST /api/catalogue-alignments": command(C.ALIGN_CATALOGUE_WITH_SUPERIOR),
    "POST /api/catalogue-revisions": command(C.OPEN_CATALOGUE_REVISION),
    "POST /api/catalogue-revisions/{revision}/closings": command(C.CLOSE_CATALOGUE_REVISION),
    "POST /api/units/{unit}/catalogue-completions": command(C.COMPLETE_UNIT_CATALOGUE),
    "POST /api/negative-list": command(C.ADD_NEGATIVE_LIST_ENTRY),
    "POST /api/negative-list/{negative_entry}/amendments": command(C.AMEND_NEGATIVE_LIST_ENTRY),
    "POST /api/negative-list/{negative_entry}/removals": command(C.REMOVE_NEGATIVE_LIST_ENTRY),
}
