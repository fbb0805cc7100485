"""How a document is reviewed for secrets, and what happens when that cannot be decided here (四)."""

from collections.abc import Iterable

from aggregates import fields
from aggregates.deed import Deed
from aggregates.document_facts import DocumentFacts
from aggregates.refusal import RefusalCode, refuse
from aggregates.vocabulary import Attribute, SecrecyConclusion, SecrecyDetermination, SecrecyLevel


class SecrecyRules(DocumentFacts):
    """谁公开、谁审查；先审查、后公开；一事一审."""

    def review_secrecy(
        self,
        deed: Deed,
        *,
        conclusion: str,
        ground: str,
        further_items: Iterable[str] = (),
        draft_version: int | None = None,
        content_sha256: str | None = None,
    ) -> None:
        """Review one content of the present draft; a sheet that names further items is no review.

        What is cleared with severance, or is to be disclosed in part, is the severed content; its hash
        must be named.  Refusing or escalating may be about either.
        """
        others = fields.codes(further_items, "further_items")
        if others:
            raise refuse(RefusalCode.ONE_ITEM_ONE_REVIEW, items=", ".join([self.item, *others]))
        self.refuse_back_dating(deed)
        self.secrecy.refuse_locked()
        version = self.at_version(draft_version)
        value = fields.term(SecrecyConclusion, conclusion, "conclusion")
        sha256 = self._content_reviewed(value, content_sha256)
        self.write(
            self.SecrecyReviewed,
            deed,
            item=self.item,
            draft_version=version,
            content_sha256=sha256,
            review=self.secrecy.next_review(),
            conclusion=value,
            ground=fields.text(ground, "ground", longest=fields.LONG),
        )

    def _content_reviewed(self, conclusion: str, content_sha256: str | None) -> str:
        partial = self.attribute == Attribute.PARTIAL
        if conclusion == SecrecyConclusion.CLEARED_WITH_SEVERANCE or (
            partial and conclusion == SecrecyConclusion.CLEARED
        ):
            sha256 = self.content_meant(content_sha256, severed=True)
        elif partial and content_sha256 is not None:
            sha256 = fields.sha256(content_sha256, "content_sha256")
        else:
            sha256 = self.content_meant(content_sha256, severed=False)
        if conclusion in {SecrecyConclusion.CLEARED, SecrecyConclusion.CLEARED_WITH_SEVERANCE}:
            self.secrecy.refuse_secret(sha256)
        return sha256

    def escalate_secrecy_question(self, deed: Deed, *, question: str, draft_version: int | None = None) -> None:
        """Ask the secrecy administration; the item is locked until it answers."""
        self.refuse_back_dating(deed)
        self.secrecy.refuse_locked()
        self.write(
            self.SecrecyEscalated,
            deed,
            item=self.item,
            draft_version=self.at_version(draft_version),
            question=fields.text(question, "question", longest=fields.LONG),
        )

    def determine_secrecy(self, deed: Deed, *, conclusion: str, ground: str, level: str | None = None) -> None:
        """Answer the open question; a secret has a level."""
        self.refuse_back_dating(deed)
        if not self.secrecy.question_open:
            raise refuse(RefusalCode.NO_SECRECY_QUESTION, item=self.item)
        value = fields.term(SecrecyDetermination, conclusion, "conclusion")
        if (value == SecrecyDetermination.SECRET) != (level is not None):
            raise fields.invalid(
                "level", "属于国家秘密的须写明密级，其他不写", "a secret has a level, and nothing else"
            )
        self.write(
            self.SecrecyDetermined,
            deed,
            item=self.item,
            draft_version=self.present.version,
            conclusion=value,
            level=fields.optional_term(SecrecyLevel, level, "level"),
            ground=fields.text(ground, "ground", longest=fields.LONG),
        )
