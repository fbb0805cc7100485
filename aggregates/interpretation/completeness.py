"""Whether what is submitted with a policy document is complete: the gate of (六) on the document's way up.

报批时解读材料一并报送; for a draft of the government it is approved by the department's principal before.
A department's own submission without it is refused.  A draft for the government is received, as the rules
let nobody but the office judge it, and must then be returned: (六) says 予以退文, without the 可 of (一), so
it can be neither waived nor approved.
"""

from aggregates.desk import Desk
from aggregates.document import Document
from aggregates.interpretation.package import PolicyPackage
from aggregates.interpretation.words import InterpretationRefusal
from aggregates.refusal import refuse


def interpretations_of(desk: Desk, package: PolicyPackage) -> list[Document]:
    """The documents of all registered interpretations, to look into."""
    return [desk.document_read(item) for item in package.interpretations]


def is_complete(desk: Desk, document: Document) -> bool:
    """Whether the document has the interpretation it needs, for the government approved as it stands."""
    if not document.needs_interpretation:
        return True
    package = desk.read(PolicyPackage, document.item)
    if not document.on_behalf_of_government:
        return bool(package.interpretations)
    approved = [
        package.interpretations[each.item].approved_sha256 == each.present.sha256
        for each in interpretations_of(desk, package)
    ]
    return bool(approved) and all(approved)


def refuse_uninterpreted(desk: Desk, document: Document, *, again: bool) -> None:
    """Refuse to submit without interpretation; a first submission for the government is received even so."""
    if is_complete(desk, document):
        return
    if again or not document.on_behalf_of_government:
        raise refuse(InterpretationRefusal.INTERPRETATION_MISSING, item=document.item)


def refuse_incomplete(desk: Desk, document: Document) -> None:
    """Refuse to approve or sign what lacks its interpretation; for the government it must be returned."""
    if is_complete(desk, document):
        return
    if document.on_behalf_of_government:
        raise refuse(InterpretationRefusal.INCOMPLETE_PACKAGE, item=document.item)
    raise refuse(InterpretationRefusal.INTERPRETATION_MISSING, item=document.item)


def refuse_alone(document: Document) -> None:
    """Refuse to publish a policy document without its interpretation."""
    if document.needs_interpretation:
        raise refuse(InterpretationRefusal.POLICY_PACKAGE_REQUIRED, item=document.item)
