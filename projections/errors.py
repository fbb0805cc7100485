"""What can go wrong between the log and those who ask: no name, no table yet, no way on."""


class ProjectionError(Exception):
    """The base of what projections raise on purpose; the log itself is never concerned."""


class FoldFault(ProjectionError):
    """A fold broke its own promise; the message names the promise and never what an event says."""


class UnknownProjection(ProjectionError):
    """No projection of that name is kept here."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(f"there is no projection {name!r}; there are: {', '.join(known)}")
        self.name, self.known = name, known


class NotBuiltYet(ProjectionError):
    """The projection has no tables that this program can read; a worker is still to write them."""

    def __init__(self, name: str, version: int) -> None:
        super().__init__(
            f"{name} has no tables of version {version} that can be read yet; nothing is lost: a projection "
            "worker writes them from the log.  Ask again shortly, or see the projections' status"
        )
        self.name, self.version = name, version


class RebuildRunning(ProjectionError):
    """Somebody else is rebuilding this projection now; it was not begun a second time."""

    def __init__(self, name: str, seen_s: int, patience_s: int) -> None:
        super().__init__(
            f"{name} is being rebuilt by another worker, which gave its last sign of life {seen_s} s ago; nothing "
            f"was begun.  Wait for it; when it has been silent for {patience_s} s, a new rebuild takes its place"
        )
        self.name = name


class RebuildStopped(ProjectionError):
    """A rebuild met an event that it cannot fold; what it had written is gone, the old tables serve."""

    def __init__(self, name: str, position: int, type_: str, error: str) -> None:
        super().__init__(
            f"the rebuild of {name} stopped at position {position} ({type_}): {error}.  The tables before it go on "
            "serving, those of the rebuild were dropped; mend the fold and rebuild again"
        )
        self.name, self.position, self.type, self.error = name, position, type_, error


class RebuildLost(ProjectionError):
    """This rebuild's tables were taken over by another worker, or dropped, while it was writing them."""

    def __init__(self, name: str) -> None:
        super().__init__(f"another worker has taken over the rebuild of {name}; this one wrote nothing more")
        self.name = name


class ContradictoryInstant(ProjectionError, ValueError):
    """A moment was named in two ways that cannot both be meant."""


class InvalidCursor(ProjectionError, ValueError):
    """The cursor was not given out by this list."""

    def __init__(self) -> None:
        super().__init__("the cursor was not given out by this list; begin again without one")
