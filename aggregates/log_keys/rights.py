"""Who may change the log's keys: the area's part of the table of authority."""

from collections.abc import Mapping

from aggregates.log_keys.words import LogKeyCommand
from aggregates.reach import Reach
from aggregates.terms import CommandName
from aggregates.vocabulary import Post

RIGHTS: Mapping[CommandName, Mapping[Post, Reach]] = {
    LogKeyCommand.ROTATE_LOG_KEY: {Post.ADMINISTRATOR: Reach.EVERYWHERE},
}
