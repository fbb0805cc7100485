"""Which of the 152 requirements the tests show, and a failing run when one is lost.

A test says what it shows with `@pytest.mark.requirement("R45")`.  The list of what is shown stands in
tests/requirements_shown.txt, so that losing one is a change somebody reads in review.
"""

from __future__ import annotations

import pytest

REQUIREMENTS = frozenset(f"R{number}" for number in range(1, 153))
SHOWN_FILE = "tests/requirements_shown.txt"
PROPERTY = "requirement"


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("requirements")
    group.addoption(
        "--all-requirements",
        action="store_true",
        help=f"the whole suite runs: fail when a requirement listed in {SHOWN_FILE} is no longer shown",
    )
    group.addoption(
        "--update-requirements",
        action="store_true",
        help=f"the whole suite runs: rewrite {SHOWN_FILE} with the requirements shown now",
    )


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(RequirementsReport(config), "requirements-report")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Write the ids on the test's own properties: those travel from an xdist worker to the one that counts."""
    for item in items:
        item.user_properties.extend((PROPERTY, id_) for id_ in _ids_of(item))


def pytest_runtest_setup(item: pytest.Item) -> None:
    unknown = sorted(set(_ids_of(item)) - REQUIREMENTS)
    if unknown:
        pytest.fail(f"{', '.join(unknown)}: no such requirement; the rules have R1 to R152.", pytrace=False)


class RequirementsReport:
    """Counts in the one process that sees every result."""

    def __init__(self, config: pytest.Config) -> None:
        self._file = config.rootpath / SHOWN_FILE
        self._checks = config.getoption("--all-requirements")
        self._rewrites = config.getoption("--update-requirements")
        self._shown: set[str] = set()
        self._lost: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" and report.passed:
            self._shown.update(str(value) for name, value in report.user_properties if name == PROPERTY)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self._rewrites and session.exitstatus == pytest.ExitCode.OK:
            self._file.write_text("".join(f"{id_}\n" for id_ in in_order(self._shown)))
        if self._checks:
            self._lost = in_order(self._listed() - self._shown)
        if self._lost and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if not (self._shown or self._checks):
            return
        terminalreporter.section("requirements")
        terminalreporter.line(f"requirements shown: {len(self._shown)} of {len(REQUIREMENTS)}")
        if self._lost:
            terminalreporter.line(
                f"lost: {', '.join(self._lost)}. {SHOWN_FILE} lists them, and no passing test shows them "
                "any more. Mend the test that did; or, if the loss is meant, run with --update-requirements.",
                red=True,
            )
        new = in_order(self._shown - self._listed())
        if self._checks and new:
            terminalreporter.line(f"not listed yet: {', '.join(new)}. Run with --update-requirements to keep them.")

    def _listed(self) -> set[str]:
        return set(self._file.read_text().split())


def in_order(ids: set[str]) -> list[str]:
    return sorted(ids, key=lambda id_: int(id_.removeprefix("R")))


def _ids_of(item: pytest.Item) -> list[str]:
    return [str(id_) for marker in item.iter_markers(PROPERTY) for id_ in marker.args]
