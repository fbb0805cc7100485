"""The district's example year (2025): 127 rows in the order of their numbers."""

from cli.demo.scenario import rows_from_july, rows_to_june
from cli.demo.scenario.row import Row

ROWS: tuple[Row, ...] = (*rows_to_june.ROWS, *rows_from_july.ROWS)


def row(number: int) -> Row:
    """The row with that number."""
    return ROWS[number - 1]
