"""What the image and compose.yaml promise: no default password, no root, nothing writable that need not be."""

import re
from pathlib import Path

import pytest
import yaml

from ledger.note import ED25519, ED25519_COSIGNATURE, signer_of
from ledger.policy import parse_policy

ROOT = Path(__file__).parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
SERVICES = COMPOSE["services"]


@pytest.mark.parametrize("name", SERVICES)
class TestEveryContainer:
    def test_takes_its_passwords_from_outside_and_has_no_default(self, name: str) -> None:
        for variable, value in SERVICES[name]["environment"].items():
            if "PASSWORD" in variable:
                assert re.fullmatch(r"\$\{[A-Z_]+:\?[^}]+\}", value), variable

    def test_has_no_password_in_an_address(self, name: str) -> None:
        assert not re.search(r"://[^/@\s]*:[^/@\s]*@", str(SERVICES[name]))

    def test_is_not_root(self, name: str) -> None:
        assert int(SERVICES[name]["user"].split(":")[0]) > 0

    def test_can_write_only_where_it_is_told(self, name: str) -> None:
        assert SERVICES[name]["read_only"] is True

    def test_has_no_capability_and_can_gain_none(self, name: str) -> None:
        assert SERVICES[name]["cap_drop"] == ["ALL"]
        assert SERVICES[name]["security_opt"] == ["no-new-privileges:true"]

    def test_opens_no_port_beyond_loopback(self, name: str) -> None:
        assert all(port.startswith("127.0.0.1:") for port in SERVICES[name].get("ports", []))


class TestRoles:
    def test_the_owner_is_known_to_the_database_and_the_migration_alone(self) -> None:
        knowing = {name for name, service in SERVICES.items() if "OWNER_PASSWORD" in str(service["environment"])}

        assert knowing == {"database", "migrate"}

    @pytest.mark.parametrize("name", ["service", "worker"])
    def test_what_runs_for_long_waits_for_the_migration(self, name: str) -> None:
        assert "://ledger_service@" in SERVICES[name]["environment"]["LEDGER_DATABASE_URL"]
        assert SERVICES[name]["depends_on"] == {"migrate": {"condition": "service_completed_successfully"}}

    def test_the_database_is_reached_from_inside_only(self) -> None:
        assert SERVICES["database"]["networks"] == ["records"]
        assert COMPOSE["networks"]["records"]["internal"] is True


class TestWitness:
    def test_has_a_volume_and_a_key_of_its_own(self) -> None:
        mounted = {name: str(service.get("volumes", [])) for name, service in SERVICES.items()}

        assert [name for name, volumes in mounted.items() if "witness:" in volumes] == ["witness"]
        assert [name for name, volumes in mounted.items() if "signing:" in volumes] == ["service"]

    def test_is_told_no_secret_and_reaches_no_database(self) -> None:
        assert SERVICES["witness"]["environment"] == {}
        assert SERVICES["witness"]["networks"] == ["witnesses"]
        assert "witnesses" not in SERVICES["database"]["networks"]

    def test_is_asked_by_the_service_under_the_policy_that_it_follows_itself(self) -> None:
        told = SERVICES["service"]["environment"]["LEDGER_WITNESS_POLICY"]

        for name in ("service", "witness"):
            assert SERVICES[name]["configs"] == [{"source": "policy", "target": told}]
        assert told in SERVICES["witness"]["command"]
        assert "witnesses" in SERVICES["service"]["networks"]

    def test_and_the_log_are_believed_by_public_keys_that_have_no_default(self) -> None:
        text = COMPOSE["configs"]["policy"]["content"]
        log = signer_of("ledger.example/tlog", ED25519, b"1" * 32).verifier
        witness = signer_of("witness.ledger.example", ED25519_COSIGNATURE, b"2" * 32).verifier
        given = {"LEDGER_LOG_KEY": log.to_text(), "LEDGER_WITNESS_KEY": witness.to_text()}

        policy = parse_policy(re.sub(r"\$\{([A-Z_]+):\?[^}]+\}", lambda found: given[found[1]], text))

        assert policy.logs == (log,)
        assert policy.satisfied_by([witness])
        assert not policy.satisfied_by([])
        assert policy.witnesses["compose"].url == "http://witness:8600"

    def test_is_watched(self) -> None:
        assert "8600" in str(SERVICES["witness"]["healthcheck"]["test"])


class TestImage:
    def test_runs_as_somebody_else_than_root(self) -> None:
        assert re.findall(r"^USER (.*)$", DOCKERFILE, flags=re.MULTILINE) == ["10001:10001"]

    def test_installs_by_hash(self) -> None:
        installs = re.findall(r"pip install.*", DOCKERFILE)

        assert all("--require-hashes" in line or "--no-deps --no-build-isolation" in line for line in installs)

    def test_says_whether_it_is_alive(self) -> None:
        assert "/health/live" in re.search(r"^HEALTHCHECK.*\n.*$", DOCKERFILE, flags=re.MULTILINE)[0]

    def test_holds_no_secret(self) -> None:
        assert not re.search(r"PASSWORD|SECRET|TOKEN", DOCKERFILE)

    def test_is_built_from_every_room(self) -> None:
        for room in ("ledger", "aggregates", "projections", "http", "cli"):
            assert f"COPY {room} {room}\n" in DOCKERFILE
            assert f"!{room}\n" in (ROOT / ".dockerignore").read_text()
