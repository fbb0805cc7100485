"""Who may do what in the disclosure catalogue and the negative list: the area's part of the table of authority."""

from collections.abc import Mapping

from aggregates.catalogue.words import CatalogueCommand
from aggregates.reach import Reach
from aggregates.terms import CommandName
from aggregates.vocabulary import Post

_OWN, _SUPERVISED = Reach.OWN_UNIT, Reach.OWN_OR_OFFICE

_KEEPERS = {Post.DRAFTER: _OWN, Post.DISCLOSURE_OFFICER: _SUPERVISED}
_HEADS = {Post.PRINCIPAL: _SUPERVISED, Post.DEPUTY_IN_CHARGE: _SUPERVISED, Post.DISCLOSURE_OFFICER: _SUPERVISED}
_OWN_HEADS = {Post.PRINCIPAL: _OWN, Post.DEPUTY_IN_CHARGE: _OWN, Post.DISCLOSURE_OFFICER: _OWN}

RIGHTS: Mapping[CommandName, Mapping[Post, Reach]] = {
    CatalogueCommand.CLASSIFY_DISCLOSURE_ITEM: {Post.DRAFTER: _OWN, Post.DISCLOSURE_OFFICER: Reach.GOVERNMENT},
    CatalogueCommand.DEFINE_CATALOGUE_ENTRY: _KEEPERS,
    CatalogueCommand.CARRY_OVER_CATALOGUE_ENTRY: _KEEPERS,
    CatalogueCommand.AMEND_CATALOGUE_ENTRY: _KEEPERS,
    CatalogueCommand.REMOVE_CATALOGUE_ENTRY: {Post.DISCLOSURE_OFFICER: _SUPERVISED},
    CatalogueCommand.ALIGN_CATALOGUE_WITH_SUPERIOR: _HEADS,
    # The district's revision is the district office's: its scope is no unit's, see the Registry.
    CatalogueCommand.OPEN_CATALOGUE_REVISION: _HEADS,
    CatalogueCommand.CLOSE_CATALOGUE_REVISION: _HEADS,
    CatalogueCommand.COMPLETE_UNIT_CATALOGUE: _OWN_HEADS,
    CatalogueCommand.ADD_NEGATIVE_LIST_ENTRY: {Post.DRAFTER: _OWN, **_OWN_HEADS},
    CatalogueCommand.AMEND_NEGATIVE_LIST_ENTRY: {Post.DRAFTER: _OWN, **_OWN_HEADS},
    CatalogueCommand.REMOVE_NEGATIVE_LIST_ENTRY: _OWN_HEADS,
}
