"""What can go wrong in the ledger, in three families that must never be mistaken for one another.

Conflicts are answers to a caller (``Conflict``), failures are the machine's (``Unavailable``), and
faults are signs that the record itself is not what was written (``IntegrityFault``): only the last
should wake somebody.
"""


class LedgerError(Exception):
    """The base of everything the ledger raises on purpose."""


class Conflict(LedgerError):
    """The command was judged and not recorded; the log is as it was before."""


class VersionConflict(Conflict):
    """Somebody else wrote to the stream first; ``actual`` is its version now, 0 for none."""

    def __init__(self, stream: str, expected: int, actual: int) -> None:
        super().__init__(
            f"{stream} is at version {actual}, the command expected {expected}; nothing was recorded: "
            "read the stream again and decide again"
        )
        self.stream, self.expected, self.actual = stream, expected, actual


class CommandReused(Conflict):
    """The command id was used before for a different command."""

    def __init__(self, command_id: str) -> None:
        super().__init__(
            f"the command id {command_id!r} already stands for a different command; nothing was recorded: "
            "use a new id for a new command"
        )
        self.command_id = command_id


class PersonalValueTaken(Conflict):
    """The record has a value in that field already; a second would leave a commitment without its value."""

    def __init__(self, record: str, field: str) -> None:
        super().__init__(
            f"{record} already has a value for {field}; nothing was recorded: erase it first, or use another record"
        )
        self.record, self.field = record, field


class EntryTooLarge(Conflict):
    """An entry would exceed 65,535 bytes, the limit of the log's format (C2SP tlog-tiles)."""

    def __init__(self, stream: str, size: int, limit: int) -> None:
        super().__init__(
            f"the entry for {stream} has {size:,} bytes, at most {limit:,} are allowed; nothing was recorded: "
            "put long text into the content store and cite its hash"
        )
        self.stream, self.size, self.limit = stream, size, limit


class Unavailable(LedgerError):
    """The machine could not do it now; ``retry_after_s`` says when to try again, in seconds."""

    def __init__(self, sentence: str, retry_after_s: int = 1) -> None:
        super().__init__(sentence)
        self.retry_after_s = retry_after_s


class QueueFull(Unavailable):
    """More commands wait than the ledger admits; nothing of this one was recorded."""

    def __init__(self, waiting: int) -> None:
        super().__init__(
            f"{waiting} commands are waiting already; this one was not taken and nothing was recorded: try again"
        )


class LedgerUnavailable(Unavailable):
    """The database did not answer in time; whether the command was recorded may be unknown.

    Repeating the same command id is safe: it is recorded once.
    """


class LedgerReadOnly(Unavailable):
    """The log is not the one that was signed: it can be read, and nothing more is recorded or signed."""

    def __init__(self, sentence: str) -> None:
        super().__init__(f"the ledger is read-only: {sentence}", retry_after_s=3600)


class LedgerClosed(Unavailable):
    """The ledger is shutting down and takes no more commands."""

    def __init__(self) -> None:
        super().__init__("the ledger is closing; the command was not taken and nothing was recorded", 2)


class ContentMissing(LedgerError):
    """No content with that SHA-256 is stored."""

    def __init__(self, sha256: str) -> None:
        super().__init__(f"no content with SHA-256 {sha256} is stored here")
        self.sha256 = sha256


class ContentSealed(LedgerError):
    """The content is sealed: it is kept, and unreadable to all but a named role."""

    def __init__(self, sha256: str) -> None:
        super().__init__(f"the content {sha256} is sealed; only the role named in the sealing may open it")
        self.sha256 = sha256


class IntegrityFault(LedgerError):
    """The record is not what was written; ``position`` is the first entry concerned, 0 for the whole."""

    def __init__(self, position: int, sentence: str) -> None:
        super().__init__(sentence)
        self.position = position
