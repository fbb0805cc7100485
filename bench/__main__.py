"""``python -m bench [names]``: measure, print, and with --write keep the figures in docs/benchmarks.md."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

from bench.machine import Machine
from bench.report import Result, as_json, as_markdown
from bench.setting import Setting
from tests.support.postgres import PostgresServer

ROOT = Path(__file__).parents[1]
BENCHMARKS = ("append", "bulk", "rebuild", "memory", "verify", "proofs", "as_of", "search")
DOCUMENT = ROOT / "docs" / "benchmarks.md"


def main(arguments: list[str]) -> int:
    """Exit code 0 when every figure is where it should be."""
    options = _parsed(arguments)
    rounds, seconds, size = (2, 1.5, 20_000) if options.quick else (options.rounds, options.seconds, options.size)
    results: list[Result] = []
    with (
        tempfile.TemporaryDirectory(prefix="bench-", dir=options.directory) as folder,
        PostgresServer(durable=True, directory=options.directory) as server,
    ):
        setting = Setting(server, Path(folder), rounds, seconds, size)
        for name in options.names or BENCHMARKS:
            for result in _benchmark(name)(setting):
                results.append(result)
                if not options.json:
                    print(result.to_text(), flush=True)
    _tell(options, results)
    return 0 if all(result.reached for result in results) else 1


def _parsed(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*BENCHMARKS, []], help="which; all when none is named")
    parser.add_argument("--quick", action="store_true", help="few and short rounds: whether it runs, not how fast")
    parser.add_argument("--json", action="store_true", help="the results for a machine, on standard output")
    parser.add_argument("--write", action="store_true", help=f"keep the figures in {DOCUMENT.relative_to(ROOT)}")
    parser.add_argument("--rounds", type=int, default=5, help="rounds a contender (default 5)")
    parser.add_argument("--seconds", type=float, default=4, help="how long a round of callers lasts (default 4)")
    parser.add_argument("--size", type=int, default=1_000_000, help="events where many are needed (default 1,000,000)")
    parser.add_argument("--directory", type=Path, help="a folder on the disk to measure; default the temporary one")
    return parser.parse_args(arguments)


def _benchmark(name: str) -> Callable[[Setting], list[Result]]:
    run: Callable[[Setting], list[Result]] = import_module(f"bench.{name}").run
    return run


def _tell(options: argparse.Namespace, results: list[Result]) -> None:
    command = " ".join(["python -m bench", *options.names, *(["--quick"] if options.quick else [])])
    machine = Machine.here()
    if options.json:
        print(json.dumps(as_json(machine, command, results), indent=1))
    if options.write:
        day = datetime.now(UTC).strftime("%Y-%m-%d")
        DOCUMENT.write_text(as_markdown(machine, command, day, results), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
