"""Who may do what: for every command the posts that are entitled, and how far each of them reaches (十).

This is the one table of authority; the areas of the rules bring their part of it along.  That the post is held at that moment is judged before it, from the
officer's appointments; what the rules say about the matter itself is judged after it.
"""

from collections.abc import Mapping
from types import MappingProxyType

from aggregates.area_rights import RIGHTS_OF_AREAS
from aggregates.reach import Reach
from aggregates.terms import CommandName
from aggregates.vocabulary import Command, Post

__all__ = ["RIGHTS", "Reach", "posts_entitled"]


_OWN, _GOVERNMENT, _OFFICE, _ALL = Reach.OWN_UNIT, Reach.GOVERNMENT, Reach.DISTRICT_OFFICE, Reach.EVERYWHERE
_SUPERVISED = Reach.OWN_OR_OFFICE

_ADMINISTRATION = {Post.ADMINISTRATOR: _ALL}
_HEADS_OF_UNIT = {Post.PRINCIPAL: _OWN, Post.DEPUTY_IN_CHARGE: _OWN, Post.DISCLOSURE_OFFICER: _OWN}
_HEADS_OF_OFFICE = {Post.PRINCIPAL: _OFFICE, Post.DEPUTY_IN_CHARGE: _OFFICE, Post.DISCLOSURE_OFFICER: _OFFICE}
_PERSONNEL = {Post.ADMINISTRATOR: _ALL, Post.PRINCIPAL: _OWN}
_PLATFORM = {Post.ADMINISTRATOR: _ALL, Post.DISCLOSURE_OFFICER: _SUPERVISED}
_DRAFTING = {Post.DRAFTER: _OWN}
_ACCOUNTABILITY = {Post.INVESTIGATOR: _ALL, Post.PRINCIPAL: _OFFICE, Post.DISCLOSURE_OFFICER: _OFFICE}

RIGHTS: Mapping[CommandName, Mapping[Post, Reach]] = MappingProxyType(
    {
        Command.REGISTER_UNIT: _ADMINISTRATION,
        Command.SUCCEED_UNIT: _ADMINISTRATION,
        Command.DESIGNATE_DISCLOSURE_OFFICE: _HEADS_OF_UNIT,
        Command.REGISTER_OFFICER: _ADMINISTRATION,
        Command.APPOINT_OFFICER: _PERSONNEL,
        Command.RELIEVE_OFFICER: _PERSONNEL,
        Command.REGISTER_CHANNEL: _PLATFORM,
        Command.RETIRE_CHANNEL: _PLATFORM,
        Command.ASSIGN_PLATFORM_OWNER: _HEADS_OF_OFFICE,
        Command.REGISTER_COLUMN: _PLATFORM,
        Command.MAINTAIN_COLUMN: {Post.PUBLISHER: _OWN, Post.DISCLOSURE_OFFICER: _OWN},
        Command.ADOPT_WORKFLOW: _HEADS_OF_UNIT,
        Command.ADOPT_RULESET: _HEADS_OF_OFFICE,
        Command.DRAFT_DOCUMENT: _DRAFTING,
        Command.REVISE_DOCUMENT: _DRAFTING,
        Command.DETERMINE_DISCLOSURE_ATTRIBUTE: {Post.DRAFTER: _OWN, Post.DISCLOSURE_OFFICER: _GOVERNMENT},
        Command.REVIEW_DISCLOSURE_ATTRIBUTE: {Post.REVIEWER: _GOVERNMENT, Post.DISCLOSURE_OFFICER: _GOVERNMENT},
        Command.REFER_TO_DISCLOSURE_OFFICE: _DRAFTING,
        Command.EXAMINE_NON_DISCLOSURE: {Post.DISCLOSURE_OFFICER: _OWN},
        Command.SUBMIT_DRAFT_FOR_APPROVAL: _DRAFTING,
        Command.RETURN_DOCUMENT: _HEADS_OF_OFFICE,
        Command.WAIVE_DEFECT: _HEADS_OF_OFFICE,
        Command.RESUBMIT_DOCUMENT: _DRAFTING,
        # What is drafted for the government is approved in the district office only: see the Registry.
        Command.APPROVE_DOCUMENT: {
            Post.REVIEWER: _GOVERNMENT,
            Post.DEPUTY_IN_CHARGE: _GOVERNMENT,
            Post.PRINCIPAL: _GOVERNMENT,
        },
        Command.CONDUCT_SECRECY_REVIEW: {Post.SECRECY_REVIEWER: _GOVERNMENT},
        Command.ESCALATE_SECRECY_QUESTION: {Post.SECRECY_REVIEWER: _GOVERNMENT},
        Command.DETERMINE_SECRECY: {Post.SECRECY_ADMINISTRATION: _ALL},
        Command.PUBLISH_INFORMATION: {Post.PUBLISHER: _GOVERNMENT},
        Command.ADD_CHANNEL: {Post.PUBLISHER: _OWN},
        Command.CORRECT_PUBLICATION: {Post.PUBLISHER: _OWN},
        Command.WITHDRAW_PUBLICATION: {Post.PUBLISHER: _OWN, **_HEADS_OF_UNIT},
        Command.SUPERSEDE_PUBLICATION: {
            Post.PUBLISHER: _OWN,
            Post.ARCHIVIST: _SUPERVISED,
            Post.DISCLOSURE_OFFICER: _SUPERVISED,
        },
        Command.SEAL_CONTENT: {
            Post.SECRECY_REVIEWER: _OWN,
            Post.DISCLOSURE_OFFICER: _OWN,
            Post.SECRECY_ADMINISTRATION: _ALL,
            Post.INVESTIGATOR: _ALL,
        },
        Command.UNSEAL_CONTENT: {Post.SECRECY_ADMINISTRATION: _ALL, Post.INVESTIGATOR: _ALL},
        Command.ARCHIVE_RECORD: {Post.ARCHIVIST: _OWN},
        # Everybody may try, and everybody is refused.
        Command.DELETE_PUBLICATION: dict.fromkeys(Post, _ALL),
        Command.RECORD_HISTORIC: {Post.ARCHIVIST: _SUPERVISED, Post.DISCLOSURE_OFFICER: _SUPERVISED},
        Command.REPORT_UNREGISTERED_PUBLICATION: {
            Post.PUBLISHER: _OWN,
            Post.ARCHIVIST: _OWN,
            Post.DISCLOSURE_OFFICER: _SUPERVISED,
            Post.INSPECTOR: _ALL,
            Post.INVESTIGATOR: _ALL,
        },
        Command.CONSULT_LEDGER: {
            Post.INSPECTOR: _ALL,
            Post.INVESTIGATOR: _ALL,
            Post.SECRECY_ADMINISTRATION: _ALL,
            Post.ARCHIVIST: _ALL,
            Post.DISCLOSURE_OFFICER: _ALL,
            Post.DEPUTY_IN_CHARGE: _ALL,
            Post.PRINCIPAL: _ALL,
        },
        Command.ERASE_PERSONAL_VALUES: _ADMINISTRATION,
        Command.OPEN_CASE: _ACCOUNTABILITY,
        Command.DETERMINE_RESPONSIBILITY: _ACCOUNTABILITY,
        Command.IMPOSE_MEASURE: _ACCOUNTABILITY,
        **RIGHTS_OF_AREAS,
    }
)
"""The rights; a command that is missing here (founding the district) asks for no post."""


def posts_entitled(command: CommandName) -> list[Post]:
    """The posts that may carry out a command, in the order of the table."""
    return list(RIGHTS.get(command, {}))
