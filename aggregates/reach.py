"""How far a right reaches: the second column of the table of authority (``aggregates.posts``)."""

from enum import Enum


class Reach(Enum):
    """Over whose affairs a post's right extends."""

    OWN_UNIT = "the officer's own unit"
    OWN_OR_OFFICE = "the own unit, and from the district office every unit (监督和管理)"
    GOVERNMENT = "the own unit, and from the district office what is drafted for the government"
    DISTRICT_OFFICE = "every unit, but only from the district office"
    EVERYWHERE = "every unit"
