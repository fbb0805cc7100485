"""What makes the log provable: subtree roots, checkpoints, cosignatures, time stamps.

The subtree roots of the entries that stand already are derived from their leaf hashes.
"""

import sqlalchemy as sa
from alembic import op

from ledger.schema import proof_guards
from ledger.tree import full_root

revision = "0002"
down_revision = "0001"

_WIDTH = 256


def upgrade() -> None:
    """Create the tables, fill in the subtree roots, install the guards."""
    _create_tables()
    _derive_subtrees(op.get_bind())
    for statement in proof_guards(op.get_bind().dialect.name):
        op.execute(sa.text(statement.replace(":", r"\:")))


def _create_tables() -> None:
    op.create_table(
        "ledger_subtrees",
        sa.Column("ledger", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("level", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("number", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("ledger", "level", "number", name="ledger_subtrees_pkey"),
    )
    op.create_table(
        "ledger_checkpoints",
        sa.Column("ledger", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("size", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("signed_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("ledger", "size", name="ledger_checkpoints_pkey"),
    )
    op.create_table(
        "ledger_cosignatures",
        sa.Column("ledger", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("size", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("witness", sa.Text, nullable=False),
        sa.Column("line", sa.Text, nullable=False),
        sa.Column("cosigned_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("ledger", "size", "witness", name="ledger_cosignatures_pkey"),
    )
    op.create_table(
        "ledger_timestamps",
        sa.Column("ledger", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("size", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("authority", sa.Text, nullable=False),
        sa.Column("stamped_at", sa.BigInteger, nullable=False),
        sa.Column("token", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("ledger", "size", "authority", name="ledger_timestamps_pkey"),
    )


def _derive_subtrees(connection: sa.Connection) -> None:
    for ledger, size in connection.execute(sa.text("SELECT ledger, size FROM ledger_head")).all():
        level, count = 0, size
        while count := count // _WIDTH:
            for number in range(count):
                root = full_root(_hashes(connection, ledger, level, number))
                connection.execute(
                    sa.text("INSERT INTO ledger_subtrees VALUES (:ledger, :level, :number, :hash)"),
                    {"ledger": ledger, "level": level + 8, "number": number, "hash": root},
                )
            level += 8


def _hashes(connection: sa.Connection, ledger: int, level: int, number: int) -> list[bytes]:
    first = number * _WIDTH
    if level == 0:
        query = "SELECT leaf_hash FROM ledger_entries WHERE ledger = :l AND position > :f AND position <= :e ORDER BY position"
        parameters = {"l": ledger, "f": first, "e": first + _WIDTH}
    else:
        query = (
            "SELECT hash FROM ledger_subtrees WHERE ledger = :l AND level = :v AND number >= :f AND number < :e "
            "ORDER BY number"
        )
        parameters = {"l": ledger, "v": level, "f": first, "e": first + _WIDTH}
    return [bytes(hash_) for (hash_,) in connection.execute(sa.text(query), parameters)]
