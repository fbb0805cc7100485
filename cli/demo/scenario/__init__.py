"""The district's example year, row by row, and what has to happen around the rows."""
