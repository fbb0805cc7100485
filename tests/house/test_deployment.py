"""What the image and compose.yaml promise: no default password, no root, nothing writable that need not be."""

import re
from pathlib import Path

import pytest
import yaml

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
