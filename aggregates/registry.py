"""The Registry: one method for everything that may be asked of the rulebook.

Each method takes the deed (who, in which post, when) and the command's data by keyword, and answers
with the ledger's receipt.  What the rules do not allow is raised as a Refusal, after the attempt was
recorded under the same command id; repeating a command, allowed or refused, gets the first answer.
"""

from aggregates.appraisal.commands import AppraisalCommands
from aggregates.catalogue.commands import CatalogueCommands
from aggregates.district_commands import DistrictCommands
from aggregates.document_commands import DocumentCommands
from aggregates.interpretation.commands import InterpretationCommands
from aggregates.log_keys.commands import LogKeyCommands
from aggregates.office import UPCASTERS, originator_topics
from aggregates.opinion.commands import OpinionCommands
from aggregates.organisation.commands import OrganisationCommands
from aggregates.oversight_commands import OversightCommands
from aggregates.participation.commands import ParticipationCommands
from aggregates.publication_commands import PublicationCommands
from aggregates.requests.commands import RequestCommands
from aggregates.supervision.commands import SupervisionCommands

__all__ = ["UPCASTERS", "Registry", "originator_topics"]


class Registry(
    DistrictCommands,
    DocumentCommands,
    PublicationCommands,
    OversightCommands,
    ParticipationCommands,
    CatalogueCommands,
    SupervisionCommands,
    InterpretationCommands,
    OpinionCommands,
    RequestCommands,
    OrganisationCommands,
    AppraisalCommands,
    LogKeyCommands,
):
    """The district's registry over one Ledger; safe to use from many threads."""
