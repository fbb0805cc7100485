"""A requirement that was shown once cannot be lost in silence."""

import pytest

pytest_plugins = ["pytester"]

SHOWS_R45 = """
import pytest

@pytest.mark.requirement("R45")
def test_shown():
    assert {holds}
"""


@pytest.fixture
def suite(pytester: pytest.Pytester) -> pytest.Pytester:
    """A suite of one test that shows R45, and a committed list that says so."""
    pytester.makeini("[pytest]\nmarkers = requirement(id): shows one\n")
    pytester.makepyfile(test_rules=SHOWS_R45.format(holds=True))
    pytester.mkdir("tests").joinpath("requirements_shown.txt").write_text("R45\n")
    return pytester


def run(suite: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    return suite.runpytest_inprocess("-p", "tests.support.requirements_report", *arguments)


class TestReport:
    @pytest.mark.parametrize("workers", [(), ("--numprocesses", "1")], ids=["alone", "with a worker"])
    def test_counts_what_is_shown(self, suite: pytest.Pytester, workers: tuple[str, ...]) -> None:
        result = run(suite, "--all-requirements", *workers)

        result.stdout.fnmatch_lines(["requirements shown: 1 of 152"])
        assert result.ret == pytest.ExitCode.OK

    def test_fails_when_one_is_lost(self, suite: pytest.Pytester) -> None:
        suite.path.joinpath("tests/requirements_shown.txt").write_text("R45\nR46\n")

        result = run(suite, "--all-requirements")

        result.stdout.fnmatch_lines(["lost: R46.*"])
        assert result.ret == pytest.ExitCode.TESTS_FAILED

    def test_leaves_partial_runs_alone(self, suite: pytest.Pytester) -> None:
        suite.path.joinpath("tests/requirements_shown.txt").write_text("R45\nR46\n")

        assert run(suite).ret == pytest.ExitCode.OK

    def test_does_not_count_a_failing_test(self, suite: pytest.Pytester) -> None:
        suite.makepyfile(test_rules=SHOWS_R45.format(holds=False))

        result = run(suite, "--all-requirements")

        result.stdout.fnmatch_lines(["requirements shown: 0 of 152"])

    def test_refuses_an_id_the_rules_do_not_have(self, suite: pytest.Pytester) -> None:
        suite.makepyfile(test_rules=SHOWS_R45.format(holds=True).replace("R45", "R153"))

        result = run(suite)

        result.stdout.fnmatch_lines(["R153: no such requirement*"])
        assert result.ret == pytest.ExitCode.TESTS_FAILED

    def test_names_what_the_list_does_not_have_yet(self, suite: pytest.Pytester) -> None:
        suite.path.joinpath("tests/requirements_shown.txt").write_text("")

        result = run(suite, "--all-requirements")

        result.stdout.fnmatch_lines(["not listed yet: R45.*"])
        assert result.ret == pytest.ExitCode.OK

    def test_rewrites_the_list_in_the_order_of_the_rules(self, suite: pytest.Pytester) -> None:
        suite.makepyfile(test_more=SHOWS_R45.format(holds=True).replace("R45", "R9"))

        run(suite, "--update-requirements")

        assert suite.path.joinpath("tests/requirements_shown.txt").read_text() == "R9\nR45\n"
