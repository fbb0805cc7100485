"""An attempt that the rules refused: who wanted what, and which rule stood in the way (四).

The refused attempt of an identified officer is itself on the record, under the command's own id, so
that repeating the command is answered with the same refusal.
"""

from typing import Any

from aggregates.base import Record
from aggregates.deed import Deed
from aggregates.refusal import Refusal


class Attempt(Record):
    """One refused attempt; its stream is ``attempt/<uuid>``."""

    TOPIC = "attempt"
    STREAM = "attempt"
    IDENTIFIER = "attempt"

    class Refused(Record.Event):
        """The rules did not allow it; nothing else was recorded (操作被拒)."""

        TOPIC = "attempt.refused/1"
        command: str
        subject: str
        unit: str
        code: str
        article: str
        sentence_zh: str
        sentence_en: str
        details: dict[str, Any]

    def record(self, deed: Deed, refusal: Refusal, *, command: str, subject: str, unit: str) -> None:
        """Keep the attempt with the refusal's own words."""
        self.write(
            self.Refused,
            deed,
            command=command,
            subject=subject,
            unit=unit,
            code=refusal.code,
            article=refusal.article,
            sentence_zh=refusal.sentence_zh,
            sentence_en=refusal.sentence_en,
            details=refusal.details,
        )
