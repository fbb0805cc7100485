"""Who may do what in the interpretation of policies: the area's part of the table of authority."""

from collections.abc import Mapping

from aggregates.reach import Reach
from aggregates.terms import CommandName
from aggregates.vocabulary import Post

RIGHTS: Mapping[CommandName, Mapping[Post, Reach]] = {}
