"""Transactions that lost to a neighbour, and are repeated as a whole."""

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

_ATTEMPTS = 8
_LOST = frozenset({"40001", "40P01"})
"""SQLSTATE of a serialization failure and of a deadlock: nothing was written, the same may succeed now."""


def repeated(work: Callable[[], T]) -> T:
    """Do work in transactions of its own, and again when the database asks for it, a few times at most."""
    for _ in range(_ATTEMPTS - 1):
        try:
            return work()
        except Exception as error:
            if not has_lost(error):
                raise
    return work()


def has_lost(error: Exception) -> bool:
    """Whether an error, the driver's own or SQLAlchemy's, says that the transaction is to be repeated."""
    return getattr(getattr(error, "orig", error), "pgcode", None) in _LOST
