"""The log, its sequencer, the content store, personal values, tokens; and the guards.

There is no way down: a migration that removed the log would be the one deed the ledger refuses.
"""

import sqlalchemy as sa
from alembic import op

from ledger.schema import guards

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create every table of the first schema and install the guards."""
    _create_log()
    _create_contents()
    _create_beside_the_log()
    for statement in guards(op.get_bind().dialect.name):
        op.execute(sa.text(statement.replace(":", r"\:")))


def _create_log() -> None:
    op.create_table(
        "ledger_head",
        sa.Column("ledger", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("edge", sa.LargeBinary, nullable=False),
        sa.Column("recorded_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("ledger", name="ledger_head_pkey"),
        sa.UniqueConstraint("name", name="ledger_head_name_key"),
    )
    op.create_table(
        "ledger_entries",
        sa.Column("ledger", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("position", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("stream", sa.Text, nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("actor", sa.Text),
        sa.Column("occurred_at", sa.BigInteger, nullable=False),
        sa.Column("recorded_at", sa.BigInteger, nullable=False),
        sa.Column("entry", sa.LargeBinary, nullable=False),
        sa.Column("leaf_hash", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("ledger", "position", name="ledger_entries_pkey"),
        sa.UniqueConstraint("ledger", "stream", "version", name="ledger_entries_stream_version_key"),
    )
    op.create_table(
        "ledger_commands",
        sa.Column("ledger", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("command_id", sa.Text, nullable=False),
        sa.Column("fingerprint", sa.LargeBinary),
        sa.Column("first_position", sa.BigInteger, nullable=False),
        sa.Column("events", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("ledger", "command_id", name="ledger_commands_pkey"),
    )


def _create_contents() -> None:
    for table in ("ledger_contents", "ledger_sealed_contents"):
        op.create_table(
            table,
            sa.Column("sha256", sa.Text, nullable=False),
            sa.Column("size", sa.BigInteger, nullable=False),
            sa.Column("content", sa.LargeBinary, nullable=False),
            sa.PrimaryKeyConstraint("sha256", name=f"{table}_pkey"),
        )


def _create_beside_the_log() -> None:
    op.create_table(
        "ledger_personal_values",
        sa.Column("ledger", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("record", sa.Text, nullable=False),
        sa.Column("field", sa.Text, nullable=False),
        sa.Column("salt", sa.LargeBinary, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("ledger", "record", "field", name="ledger_personal_values_pkey"),
    )
    op.create_table(
        "ledger_tokens",
        sa.Column("token_id", sa.Text, nullable=False),
        sa.Column("secret_sha256", sa.LargeBinary, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("issued_at", sa.BigInteger, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        sa.Column("revoked_at", sa.BigInteger),
        sa.PrimaryKeyConstraint("token_id", name="ledger_tokens_pkey"),
    )
    op.create_index("ledger_tokens_subject", "ledger_tokens", ["subject"])
    op.create_table(
        "ledger_tracking",
        sa.Column("consumer", sa.Text, nullable=False),
        sa.Column("application", sa.Text, nullable=False),
        sa.Column("position", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("consumer", "application", name="ledger_tracking_pkey"),
    )
    op.create_table(
        "ledger_snapshots",
        sa.Column("application", sa.Text, nullable=False),
        sa.Column("purpose", sa.Text, nullable=False),
        sa.Column("stream", sa.Text, nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("topic", sa.Text, nullable=False),
        sa.Column("state", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("application", "purpose", "stream", "version", name="ledger_snapshots_pkey"),
    )
