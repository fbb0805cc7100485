"""The threat model, attacked: every row of it is a test that does the deed and sees it named.

The numbers are those of the threat model (1 to 21), in the names of the tests.  Whoever attacks here owns
the database and takes its guards away, or holds the log's key; what finds them is what an inspector has:
``verify``, a checkpoint kept earlier, a witness, a policy with a quorum.  The finer points of each
detection are tested where it lives, in tests/ledger.
"""
