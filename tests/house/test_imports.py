"""What the import contracts in pyproject.toml cannot say: they know other people's packages only as a whole."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("ledger", "aggregates", "projections", "http/web", "cli")
ADAPTER = "ledger/recorder.py"


def imported_by(path: Path) -> set[str]:
    imports = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    modules = {alias.name for node in imports if isinstance(node, ast.Import) for alias in node.names}
    return modules | {
        f"{node.module}.{alias.name}" for node in imports if isinstance(node, ast.ImportFrom) for alias in node.names
    }


def test_one_module_knows_the_librarys_persistence_side() -> None:
    knowing = [
        str(path.relative_to(ROOT))
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        if any(f"{module}.".startswith("eventsourcing.persistence.") for module in imported_by(path))
    ]

    assert set(knowing) <= {ADAPTER}
