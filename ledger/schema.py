"""The ledger's tables, and the guards that keep its past.

The log is ``ledger_entries``, ``ledger_commands`` and ``ledger_head``.  ``entry`` holds the exact
bytes; every other column of ``ledger_entries`` is an index over them, and the audit checks that
they agree.  Instants in index columns are microseconds since 1970-01-01T00:00:00Z.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()

head = Table(
    "ledger_head",
    metadata,
    Column("ledger", Integer, nullable=False, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("edge", LargeBinary, nullable=False),
    Column("recorded_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("ledger", name="ledger_head_pkey"),
    UniqueConstraint("name", name="ledger_head_name_key"),
)
"""The sequencer: one row a ledger.  Its lock, the next number and the tree's right edge are one thing,
so a rollback leaves no gap and no stray leaf."""

entries = Table(
    "ledger_entries",
    metadata,
    Column("ledger", Integer, nullable=False, autoincrement=False),
    Column("position", BigInteger, nullable=False, autoincrement=False),
    Column("stream", Text, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("type", Text, nullable=False),
    Column("actor", Text),
    Column("occurred_at", BigInteger, nullable=False),
    Column("recorded_at", BigInteger, nullable=False),
    Column("entry", LargeBinary, nullable=False),
    Column("leaf_hash", LargeBinary, nullable=False),
    PrimaryKeyConstraint("ledger", "position", name="ledger_entries_pkey"),
    UniqueConstraint("ledger", "stream", "version", name="ledger_entries_stream_version_key"),
)

commands = Table(
    "ledger_commands",
    metadata,
    Column("ledger", Integer, nullable=False, autoincrement=False),
    Column("command_id", Text, nullable=False),
    Column("fingerprint", LargeBinary),
    Column("first_position", BigInteger, nullable=False),
    Column("events", BigInteger, nullable=False),
    PrimaryKeyConstraint("ledger", "command_id", name="ledger_commands_pkey"),
)
"""Which command became which positions: what makes a repeated command harmless."""

subtrees = Table(
    "ledger_subtrees",
    metadata,
    Column("ledger", Integer, nullable=False, autoincrement=False),
    Column("level", Integer, nullable=False, autoincrement=False),
    Column("number", BigInteger, nullable=False, autoincrement=False),
    Column("hash", LargeBinary, nullable=False),
    PrimaryKeyConstraint("ledger", "level", "number", name="ledger_subtrees_pkey"),
)
"""Roots of the full subtrees of 256, 256**2 … leaves (levels 8, 16 …): the tiles above the leaves."""

checkpoints = Table(
    "ledger_checkpoints",
    metadata,
    Column("ledger", Integer, nullable=False, autoincrement=False),
    Column("size", BigInteger, nullable=False, autoincrement=False),
    Column("note", Text, nullable=False),
    Column("signed_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("ledger", "size", name="ledger_checkpoints_pkey"),
)
"""Every checkpoint signed for a commit, as the log signed it."""

cosignatures = Table(
    "ledger_cosignatures",
    metadata,
    Column("ledger", Integer, nullable=False, autoincrement=False),
    Column("size", BigInteger, nullable=False, autoincrement=False),
    Column("witness", Text, nullable=False),
    Column("line", Text, nullable=False),
    Column("cosigned_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("ledger", "size", "witness", name="ledger_cosignatures_pkey"),
)
"""What witnesses added to a checkpoint; ``witness`` is the verifier key, ``line`` the signature line."""

timestamps = Table(
    "ledger_timestamps",
    metadata,
    Column("ledger", Integer, nullable=False, autoincrement=False),
    Column("size", BigInteger, nullable=False, autoincrement=False),
    Column("authority", Text, nullable=False),
    Column("stamped_at", BigInteger, nullable=False),
    Column("token", LargeBinary, nullable=False),
    PrimaryKeyConstraint("ledger", "size", "authority", name="ledger_timestamps_pkey"),
)
"""RFC 3161 replies over the text of a checkpoint."""

contents = Table(
    "ledger_contents",
    metadata,
    Column("sha256", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("content", LargeBinary, nullable=False),
    PrimaryKeyConstraint("sha256", name="ledger_contents_pkey"),
)

sealed_contents = Table(
    "ledger_sealed_contents",
    metadata,
    Column("sha256", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("content", LargeBinary, nullable=False),
    PrimaryKeyConstraint("sha256", name="ledger_sealed_contents_pkey"),
)
"""Content that only a named role may read; a table of its own, so that privileges can keep it apart."""

personal_values = Table(
    "ledger_personal_values",
    metadata,
    Column("ledger", Integer, nullable=False, autoincrement=False),
    Column("record", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("salt", LargeBinary, nullable=False),
    Column("value", Text, nullable=False),
    PrimaryKeyConstraint("ledger", "record", "field", name="ledger_personal_values_pkey"),
)
"""The erasable values behind the commitments in the entries; ``value`` is canonical JSON text."""

tokens = Table(
    "ledger_tokens",
    metadata,
    Column("token_id", Text, nullable=False),
    Column("secret_sha256", LargeBinary, nullable=False),
    Column("subject", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("issued_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("revoked_at", BigInteger),
    PrimaryKeyConstraint("token_id", name="ledger_tokens_pkey"),
    Index("ledger_tokens_subject", "subject"),
)

tracking = Table(
    "ledger_tracking",
    metadata,
    Column("consumer", Text, nullable=False),
    Column("application", Text, nullable=False),
    Column("position", BigInteger, nullable=False),
    PrimaryKeyConstraint("consumer", "application", name="ledger_tracking_pkey"),
)
"""How far each consumer of the eventsourcing library has come; ours keep their own bookmarks."""

snapshots = Table(
    "ledger_snapshots",
    metadata,
    Column("application", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("stream", Text, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("topic", Text, nullable=False),
    Column("state", LargeBinary, nullable=False),
    PrimaryKeyConstraint("application", "purpose", "stream", "version", name="ledger_snapshots_pkey"),
)

APPEND_ONLY = ("ledger_entries", "ledger_commands")
"""Tables in which nothing is ever changed or removed."""

PROOFS = ("ledger_subtrees", "ledger_checkpoints", "ledger_timestamps")
"""What makes the log provable; nothing of it is ever changed or removed either."""

KEPT_WHOLE = ("ledger_entries", "ledger_commands", "ledger_head", "ledger_contents", "ledger_sealed_contents")
"""Tables that are never emptied by TRUNCATE."""

_KEYS = {
    "ledger_entries": (("ledger", "position"), ("ledger", "stream", "version")),
    "ledger_commands": (("ledger", "command_id"),),
    "ledger_head": (("ledger",), ("name",)),
    "ledger_contents": (("sha256",),),
    "ledger_sealed_contents": (("sha256",),),
}
"""What stands once only in each table that is kept whole."""

_PROOF_KEYS = {
    "ledger_subtrees": (("ledger", "level", "number"),),
    "ledger_checkpoints": (("ledger", "size"),),
    "ledger_timestamps": (("ledger", "size", "authority"),),
}
"""The same of the proofs."""

_SENTENCE = "the ledger is append-only: {table} refuses {deed}; record a correction instead"


def guards(dialect: str) -> list[str]:
    """The statements that install the guards on ``postgresql`` or ``sqlite``.

    They are the second fence, behind the service role's privileges; whoever removes both is found
    by the audit.
    """
    return _guards_postgresql() if dialect == "postgresql" else _guards_sqlite()


def proof_guards(dialect: str) -> list[str]:
    """The guards of the tables that make the log provable, which came after the log itself."""
    if dialect == "sqlite":
        changes = [_refuse_change(table, deed) for table in PROOFS for deed in ("UPDATE", "DELETE")]
        return changes + [_refuse_replacement(table, keys) for table, keys in _PROOF_KEYS.items()]
    return [
        f"CREATE TRIGGER {table}_refuse_{name} BEFORE {deeds} ON {table} FOR EACH {each} EXECUTE FUNCTION ledger_refuse()"
        for table in PROOFS
        for name, deeds, each in (("change", "UPDATE OR DELETE", "ROW"), ("truncate", "TRUNCATE", "STATEMENT"))
    ]


def _refuse_change(table: str, deed: str) -> str:
    return (
        f"CREATE TRIGGER {table}_refuse_{deed.lower()} BEFORE {deed} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{_SENTENCE.format(table=table, deed=deed)}'); END"
    )


def _guards_sqlite() -> list[str]:
    refused = [(table, deed) for table in APPEND_ONLY for deed in ("UPDATE", "DELETE")]
    refused += [("ledger_head", "DELETE"), ("ledger_contents", "UPDATE"), ("ledger_sealed_contents", "UPDATE")]
    statements = [_refuse_change(table, deed) for table, deed in refused]
    statements += [_refuse_replacement(table, keys) for table, keys in _KEYS.items()]
    statements.append(
        "CREATE TRIGGER ledger_head_refuse_rollback BEFORE UPDATE ON ledger_head "
        "WHEN NEW.size < OLD.size OR NEW.ledger <> OLD.ledger OR NEW.name <> OLD.name "
        "BEGIN SELECT RAISE(ABORT, 'the ledger never shrinks: ledger_head refuses a smaller size'); END"
    )
    return statements


def _refuse_replacement(table: str, keys: tuple[tuple[str, ...], ...]) -> str:
    """SQLite's INSERT OR REPLACE deletes what is in its way without asking the triggers on DELETE."""
    same = (" AND ".join(f"{column} = NEW.{column}" for column in key) for key in keys)
    in_the_way = " OR ".join(f"EXISTS (SELECT 1 FROM {table} WHERE {key})" for key in same)  # noqa: S608 - our own names
    return (
        f"CREATE TRIGGER {table}_refuse_replace BEFORE INSERT ON {table} WHEN {in_the_way} "
        f"BEGIN SELECT RAISE(ABORT, '{_SENTENCE.format(table=table, deed='REPLACE')}'); END"
    )


def _guards_postgresql() -> list[str]:
    statements = [
        (
            "CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "RAISE EXCEPTION 'the ledger is append-only: % refuses %; record a correction instead', "
            "TG_TABLE_NAME, TG_OP USING ERRCODE = 'integrity_constraint_violation'; END $$"
        ),
        (
            "CREATE FUNCTION ledger_refuse_rollback() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "IF NEW.size < OLD.size OR NEW.ledger <> OLD.ledger OR NEW.name <> OLD.name THEN "
            "RAISE EXCEPTION 'the ledger never shrinks: ledger_head refuses a smaller size' "
            "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$"
        ),
    ]
    changes = dict.fromkeys(APPEND_ONLY, "UPDATE OR DELETE")
    changes |= {"ledger_head": "DELETE", "ledger_contents": "UPDATE", "ledger_sealed_contents": "UPDATE"}
    for table, deeds in changes.items():
        statements.append(
            f"CREATE TRIGGER {table}_refuse BEFORE {deeds} ON {table} FOR EACH ROW EXECUTE FUNCTION ledger_refuse()"
        )
    statements += [
        f"CREATE TRIGGER {table}_refuse_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()"
        for table in KEPT_WHOLE
    ]
    statements.append(
        "CREATE TRIGGER ledger_head_refuse_rollback BEFORE UPDATE ON ledger_head "
        "FOR EACH ROW EXECUTE FUNCTION ledger_refuse_rollback()"
    )
    return statements


SERVICE_PRIVILEGES = {
    "ledger_entries": "SELECT, INSERT",
    "ledger_commands": "SELECT, INSERT",
    "ledger_head": "SELECT, INSERT, UPDATE",
    "ledger_subtrees": "SELECT, INSERT",
    "ledger_checkpoints": "SELECT, INSERT",
    "ledger_cosignatures": "SELECT, INSERT, UPDATE",
    "ledger_timestamps": "SELECT, INSERT",
    "ledger_contents": "SELECT, INSERT, DELETE",
    "ledger_sealed_contents": "SELECT, INSERT, DELETE",
    "ledger_personal_values": "SELECT, INSERT, DELETE",
    "ledger_tokens": "SELECT, INSERT, UPDATE",
    "ledger_tracking": "SELECT, INSERT, UPDATE",
    "ledger_snapshots": "SELECT, INSERT",
    "alembic_version": "SELECT",
}
"""What the service's role may do on PostgreSQL; everything else is the owner's, who runs migrations."""
