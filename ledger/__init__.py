"""The ground floor: append, number, hash, sign, prove, verify.

It has never heard of a disclosure.  What it promises: positions 1, 2, 3 … without a gap in commit
order, entries kept as the exact bytes that are hashed, and an acknowledgement only after the commit.
"""
