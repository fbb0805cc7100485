"""The secrecy file of a document: reviews, the open question, and what was determined (四).

谁公开、谁审查；先审查、后公开；一事一审。
"""

from dataclasses import dataclass, field
from datetime import datetime

from aggregates.refusal import RefusalCode, refuse
from aggregates.vocabulary import SecrecyConclusion, SecrecyDetermination

_CLEARING = frozenset({SecrecyConclusion.CLEARED, SecrecyConclusion.CLEARED_WITH_SEVERANCE})


@dataclass(frozen=True, slots=True)
class SecrecyReview:
    """One review of one content of one draft version, by one officer in one unit."""

    review: str
    draft_version: int
    sha256: str
    conclusion: str
    officer: str
    unit: str
    reviewed_at: datetime

    @property
    def clears(self) -> bool:
        """Whether the content may go out, as far as secrecy is concerned."""
        return self.conclusion in _CLEARING

    def covers(self, draft_version: int, sha256: str) -> bool:
        """Whether exactly this content of exactly this draft version was reviewed."""
        return (self.draft_version, self.sha256) == (draft_version, sha256)


@dataclass(slots=True)
class SecrecyFile:
    """All secrecy reviews of one item, in order, and its standing towards the secrecy administration."""

    item: str = ""
    reviews: list[SecrecyReview] = field(default_factory=list)
    question_open: bool = False
    secret_contents: dict[str, int] = field(default_factory=dict)
    """Contents determined to be secret, by hash, with the draft version that held them."""
    counted_from: int = 0
    """How many of the first reviews no longer clear anything, because the item was converted after them."""

    @property
    def counting(self) -> list[SecrecyReview]:
        """The reviews by which the item may go out."""
        return self.reviews[self.counted_from :]

    def new_clearing_review(self, draft_version: int, sha256: str, since: datetime) -> SecrecyReview:
        """The last review of exactly this, if it clears and was made after ``since``.  Refuses NOT_REVIEWED."""
        made = [review for review in self.counting if review.covers(draft_version, sha256)]
        if not made or not made[-1].clears or made[-1].reviewed_at < since:
            raise refuse(RefusalCode.NOT_REVIEWED, item=self.item)
        return made[-1]

    def count_from(self, review: str) -> None:
        """Let only this review and those after it clear the item."""
        numbers = [one.review for one in self.reviews]
        self.counted_from = numbers.index(review) if review in numbers else len(numbers)

    def next_review(self) -> str:
        """The id of the next review, ``I-2025-0001/R1``: it names the item, so it can serve no other."""
        return f"{self.item}/R{len(self.reviews) + 1}"

    def refuse_locked(self) -> None:
        """Refuse while a question is open: undecidable cases are escalated, not published."""
        if self.question_open:
            raise refuse(RefusalCode.SECRECY_QUESTION_OPEN, item=self.item)

    def refuse_secret(self, sha256: str) -> None:
        """Refuse a content that was determined to be a state secret, in whatever draft it stands now."""
        if sha256 in self.secret_contents:
            raise refuse(RefusalCode.DETERMINED_SECRET, item=self.item, draft_version=self.secret_contents[sha256])

    def record_review(self, review: SecrecyReview) -> None:
        """Take a review into the file; one that escalates opens the question."""
        self.reviews.append(review)
        if review.conclusion == SecrecyConclusion.ESCALATED:
            self.question_open = True

    def record_determination(self, draft_version: int, conclusion: str, sha256s: list[str]) -> None:
        """Take the administration's answer into the file; it closes the question."""
        self.question_open = False
        if conclusion == SecrecyDetermination.SECRET:
            self.secret_contents.update(dict.fromkeys(sha256s, draft_version))
