"""What the service is told by its environment: every setting is a variable that begins with ``LEDGER_``.

A setting may also stand in a file, named by the same variable with ``_FILE`` behind it
(``LEDGER_DATABASE_URL_FILE=/run/secrets/database_url``): so no secret need be in the environment.
"""

import os
from pathlib import Path
from typing import Any

from pydantic import Field, SecretStr
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from ledger.content import LARGEST_CONTENT

PREFIX = "LEDGER_"
_LONGEST_SECRET = 65_536


class UnusableSettings(ValueError):
    """The environment says something that cannot be followed; the message names the variable."""


class FileSource(PydanticBaseSettingsSource):
    """Reads a setting from the file that ``LEDGER_<NAME>_FILE`` names; the last line end is not part of it."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:  # noqa: ARG002 - the library's signature
        """The text of the setting's file, or None where no file is named."""
        variable = f"{PREFIX}{field_name.upper()}_FILE"
        named = os.environ.get(variable)
        if not named:
            return None, field_name, False
        if os.environ.get(f"{PREFIX}{field_name.upper()}"):
            raise UnusableSettings(f"both {variable} and the setting itself are set; the service was not started")
        return _text_of(variable, Path(named)), field_name, False

    def __call__(self) -> dict[str, Any]:
        """Every setting that stands in a file."""
        values = {name: self.get_field_value(field, name)[0] for name, field in self.settings_cls.model_fields.items()}
        return {name: value for name, value in values.items() if value is not None}


def _text_of(variable: str, path: Path) -> str:
    try:
        with path.open(encoding="utf-8") as file:
            return file.read(_LONGEST_SECRET).rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UnusableSettings(
            f"{variable} names a file that cannot be read ({type(error).__name__}); the service was not started: "
            "give the service's user the right to read it"
        ) from None


class Settings(BaseSettings):
    """The settings and their defaults; without any the service opens a SQLite file in the present folder."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore")

    database_url: SecretStr = SecretStr("disclosure-ledger.db")
    """A path (SQLite) or ``postgresql://user@host/database``."""
    name: str = Field(default="district", min_length=1, max_length=64)
    """Which ledger of the database is served."""
    database_connections: int = Field(default=20, ge=2, le=500)
    """Connections kept to PostgreSQL; as many again may be opened for a moment."""
    create_schema: bool | None = None
    """Whether to create or upgrade the schema when starting; by default only on SQLite, whose file is ours."""

    signing_directory: Path | None = None
    """Where the log's keys and its last signed checkpoint are kept, apart from the database and its backups.

    By default beside a SQLite file; with PostgreSQL nothing is signed until a directory is named."""
    origin: str | None = Field(default=None, max_length=200, pattern=r"^[^\s+]+$")
    """The name the log signs under: the address it is served at, without scheme and trailing slash."""
    post_quantum: bool = False
    """Whether new keys include an ML-DSA-44 key as a second signature."""
    witness_policy: Path | None = None
    """A C2SP tlog-policy file: the witnesses to ask, and the quorum."""
    witness_interval_s: float = Field(default=60.0, gt=0)
    """How often witnesses are asked again where the log has not grown."""
    witness_mode: str = Field(default="open", pattern="^(open|strict)$")
    """``strict``: no command is answered with a receipt before the policy's quorum has cosigned it.

    ``open``: answers wait for nobody, and every page says so where the witnesses have fallen behind."""
    witness_patience_s: float = Field(default=10.0, gt=0, le=60)
    """In strict mode: how long an answer waits for the quorum before it says that it is still to come."""
    witness_limit_s: float = Field(default=300.0, gt=0)
    """How old what no quorum has seen may become before it is shown as not witnessed."""
    timestamp_url: str | None = Field(default=None, max_length=500, pattern="^https?://")
    """A time-stamping authority (RFC 3161) that stamps checkpoints on a schedule."""
    timestamp_roots: Path | None = None
    """The certificates (PEM) that vouch for the authority; without them no stamp is believed."""
    timestamp_interval_s: float = Field(default=3600.0, ge=1)
    """How often the newest checkpoint is stamped, as long as the log grows."""
    entries_public: bool = False
    """Whether anybody may read the log's entries as tiles; the hashes are public in any case."""

    run_projections: bool | None = None
    """Whether a thread of this process writes the projections; by default only on SQLite."""
    largest_lag: int = Field(default=10_000, ge=1)
    """Entries a projection may be behind before the service says that it is not ready."""
    patience_s: float = Field(default=2.0, ge=0, le=30)
    """How long a reader who names ``min_position`` waits for the projections."""

    command_threads: int = Field(default=128, ge=1, le=1024)
    """Commands in hand at once; the more, the fuller the commit batches."""
    reading_threads: int = Field(default=16, ge=1, le=1024)
    """Questions in hand at once."""
    backlog: int = Field(default=1024, ge=0)
    """Requests that may wait for a thread, of either kind; beyond it the answer is 503 at once."""
    largest_body: int = Field(default=262_144, ge=1024)
    """Bytes of a JSON body; an entry has at most 65,535."""
    largest_content: int = Field(default=LARGEST_CONTENT, ge=1, le=2**31 - 1)
    """Bytes of one uploaded original content."""
    credential_memory_s: float = Field(default=1.0, ge=0, le=60)
    """How long a checked token is believed before it is looked up again: the time a revocation may need."""

    streams_per_reader: int = Field(default=4, ge=1)
    """Event streams one officer may have open at once."""
    streams: int = Field(default=200, ge=1)
    """Event streams open at once in this process."""
    heartbeat_s: float = Field(default=15.0, gt=0, le=300)
    """Seconds of silence after which an event stream says that it is still there."""

    https: bool = False
    """Whether readers reach the service by https: browsers are then told to use nothing else."""
    metrics_public: bool = False
    """Whether ``/metrics`` answers without a token."""
    metrics_token: SecretStr | None = None
    """A bearer token for the monitoring system; an administrator's token opens ``/metrics`` as well."""
    log_format: str = Field(default="json", pattern="^(json|console)$")
    """``json`` for machines, ``console`` for a person at a terminal."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - no .env file is read: what runs is what is set
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - a folder of secrets is not looked through
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What was handed in, then the environment, then files."""
        return init_settings, env_settings, FileSource(settings_cls)

    @property
    def address(self) -> str:
        """The database's address, with its password."""
        return self.database_url.get_secret_value()

    @property
    def is_embedded(self) -> bool:
        """Whether the database is a SQLite file of our own."""
        return not self.address.startswith(("postgres://", "postgresql://", "postgresql+"))

    @property
    def creates_schema(self) -> bool:
        """Whether this process brings the schema up to date when it starts."""
        return self.is_embedded if self.create_schema is None else self.create_schema

    @property
    def projects(self) -> bool:
        """Whether this process writes the projections."""
        return self.is_embedded if self.run_projections is None else self.run_projections
