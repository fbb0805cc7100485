"""The projections that every district keeps."""

from projections import catalogue, directory, documents, obligations, register, search_index, trail
from projections.folding import Projection

STANDARD: tuple[Projection, ...] = (
    directory.PROJECTION,
    documents.PROJECTION,
    register.PROJECTION,
    catalogue.PROJECTION,
    search_index.PROJECTION,
    trail.PROJECTION,
    obligations.PROJECTION,
)
