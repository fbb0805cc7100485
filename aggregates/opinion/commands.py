"""Commands on public opinion and incidents, from the first signal to the end of the case (七) (八) (九)."""

from aggregates.opinion.answering_commands import AnsweringCommands
from aggregates.opinion.assessing_commands import AssessingCommands
from aggregates.opinion.responsibility_commands import ResponsibilityCommands
from aggregates.opinion.watching_commands import WatchingCommands


class OpinionCommands(WatchingCommands, ResponsibilityCommands, AssessingCommands, AnsweringCommands):
    """(七) (八) (九) 政务舆情回应."""
