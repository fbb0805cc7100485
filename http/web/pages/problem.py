"""What stops a page from being shown, with a title and a sentence for the reader in both languages."""

from typing import Any

from web.problem_codes import ProblemCode
from web.problems import Problem

Wording = tuple[str, str]
"""Chinese and English."""


class PageProblem(Problem):
    """A problem that a page explains better than its code does; ``values`` are put into the sentence, escaped."""

    def __init__(self, code: ProblemCode, title: Wording, sentence: Wording, **values: Any) -> None:
        super().__init__(code)
        self.title, self.sentence, self.values = title, sentence, values


def not_found(what: Wording, identifier: object) -> PageProblem:
    """The page of something the ledger does not hold, or does not show to this reader: both look alike."""
    return PageProblem(
        ProblemCode.NOT_FOUND,
        ("没有找到", "Not found"),
        (
            f"台账中没有可向您显示的{what[0]}“{{identifier}}”，或在所查时点尚未登记。请核对编号；工作人员请先登录。",
            (
                f"The ledger holds no {what[1]} “{{identifier}}” that can be shown to you, or did not hold it at the moment "
                "asked about. Check the number; officers sign in first."
            ),
        ),
        identifier=str(identifier)[:200],
    )


def wording_of(problem: Problem) -> tuple[Wording, Wording, dict[str, Any]]:
    """Title, sentence and values of any problem."""
    if isinstance(problem, PageProblem):
        return problem.title, problem.sentence, problem.values
    code = problem.code
    # The code's own sentences are plain text, and braces in them stand for nothing here.
    return (code.zh, code.en.capitalize()), ("{zh}", "{en}"), {"zh": code.sentence_zh, "en": code.sentence_en}
