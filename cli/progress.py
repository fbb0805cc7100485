"""Progress of long work: a bar on standard error, and only where somebody can watch it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from cli.session import Session


class Advance(Protocol):
    """Tells how far the work has come, in the units of its total."""

    def __call__(self, done: int) -> None: ...  # noqa: D102


@contextmanager
def progress(session: Session, task: str, total: int | None) -> Iterator[Advance]:
    """A bar for one piece of work; without a terminal, or for a machine, nothing is shown."""
    shown = session.notices.is_terminal and not session.json
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        console=session.notices,
        transient=True,
        disable=not shown,
    )
    with bar:
        number = bar.add_task(task, total=total)
        yield lambda done: bar.update(number, completed=done)
