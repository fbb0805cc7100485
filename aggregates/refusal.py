"""A refusal: a decision of the rulebook, with the code, the article and a sentence for the person who asked."""

from collections.abc import Mapping
from typing import Any

from aggregates.refusal_codes import RefusalCode
from aggregates.terms import RefusalReason

__all__ = ["Refusal", "RefusalCode", "refuse"]


class Refusal(Exception):
    """The rules do not allow what was asked; nothing but the attempt was recorded.

    ``code`` is stable, ``article`` names the rule, the sentences are complete, ``details`` are JSON.
    """

    def __init__(self, code: str, article: str, sentence_zh: str, sentence_en: str, details: Mapping[str, Any]) -> None:
        super().__init__(f"{code} {article} {sentence_zh} {sentence_en}")
        self.code = code
        self.article = article
        self.sentence_zh = sentence_zh
        self.sentence_en = sentence_en
        self.details = dict(details)

    @classmethod
    def as_recorded(cls, attempt: Mapping[str, Any]) -> "Refusal":
        """The refusal once more, word for word as ``attempt.refused/1`` holds it, whatever the table says today."""
        return cls(
            attempt["code"],
            attempt["article"],
            attempt["sentence_zh"],
            attempt["sentence_en"],
            attempt["details"],
        )


def refuse(code: RefusalReason, **details: Any) -> Refusal:
    """The refusal with that code; ``details`` fill the sentence and are recorded with the attempt."""
    return Refusal(
        str(code),
        code.article,
        code.sentence_zh.format(**details),
        code.sentence_en.format(**details),
        details,
    )
