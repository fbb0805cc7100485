"""What was measured, for a terminal, for a machine, and for docs/benchmarks.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

from bench.machine import Machine, Weather
from bench.rounds import Series


@dataclass(frozen=True, slots=True)
class Result:
    """One benchmark: the contenders' series, the last of them the peer, and the ratio that is wanted.

    ``wanted`` is compared with ours over the peer; ``limits`` are upper or lower bounds in words with
    whether they were kept.
    """

    name: str
    series: Mapping[str, Series]
    weather: Weather
    wanted: float | None = None
    limits: Mapping[str, bool] = field(default_factory=dict)
    note: str = ""

    @property
    def peer(self) -> str:
        """The contender that the others are compared with."""
        return list(self.series)[-1]

    def ratio(self, name: str) -> float:
        """A contender's median over the peer's."""
        return self.series[name].median / self.series[self.peer].median

    @property
    def reached(self) -> bool:
        """Whether every contender of ours is where it should be."""
        ours = [name for name in self.series if name != self.peer]
        return all(self.limits.values()) and (
            self.wanted is None or all(self.ratio(name) >= self.wanted for name in ours)
        )

    def to_json(self) -> dict[str, object]:
        """As ``--json`` prints it."""
        return {
            "name": self.name,
            "contenders": {name: series.to_json() for name, series in self.series.items()},
            "ratios": {name: round(self.ratio(name), 2) for name in self.series if name != self.peer},
            "wanted": self.wanted,
            "limits": dict(self.limits),
            "reached": self.reached,
            "weather": self.weather.to_json(),
            "note": self.note,
        }

    def to_text(self) -> str:
        """As the terminal shows it."""
        lines = [f"{self.name}   ({_weather(self.weather)})"]
        for name, series in self.series.items():
            ratio = "" if name == self.peer and len(self.series) > 1 else self._ratio_text(name)
            details = "  ".join(f"{detail} {value:,}" for detail, value in series.median_details.items())
            lines.append(
                f"  {name:<34}{series.median:>12,.0f} {series.unit} (best {series.best:,.0f})  {ratio}  {details}"
            )
        lines += [f"  {limit}: {'kept' if kept else 'NOT KEPT'}" for limit, kept in self.limits.items()]
        if self.note:
            lines.append(f"  {self.note}")
        return "\n".join(lines)

    def to_markdown(self) -> str:
        """As docs/benchmarks.md has it."""
        lines = [f"### {self.name}", "", "| | median | best | ratio | |", "|---|---|---|---|---|"]
        for name, series in self.series.items():
            details = ", ".join(f"{detail} {value:,}" for detail, value in series.median_details.items())
            ratio = "" if name == self.peer else f"{self.ratio(name):.2f} ×"
            lines.append(f"| {name} | {series.median:,.0f} {series.unit} | {series.best:,.0f} | {ratio} | {details} |")
        lines += ["", f"{_weather(self.weather)}."]
        if self.wanted is not None:
            lines.append(f"Wanted: {self.wanted} ×; {'reached' if self.reached else '**not reached**'}.")
        lines += [f"{limit}: {'kept' if kept else '**not kept**'}." for limit, kept in self.limits.items()]
        return "\n".join([*lines, self.note, ""] if self.note else [*lines, ""])

    def _ratio_text(self, name: str) -> str:
        if name == self.peer:
            return ""
        wanted = "" if self.wanted is None else f" (wanted {self.wanted} ×)"
        return f"{self.ratio(name):.2f} ×{wanted}"


def _weather(weather: Weather) -> str:
    return f"load {weather.load_before} → {weather.load_after}, disk {weather.flushes_per_s:,} flushes/s"


def as_json(machine: Machine, command: str, results: Sequence[Result]) -> dict[str, object]:
    """The whole run for a machine."""
    return {"machine": asdict(machine), "command": command, "results": [result.to_json() for result in results]}


def as_markdown(machine: Machine, command: str, day: str, results: Sequence[Result]) -> str:
    """The whole run for docs/benchmarks.md."""
    packages = ", ".join(f"{name} {version}" for name, version in machine.packages.items())
    explained = (
        "Contenders take turns within one run and the median of the rounds counts; beside each figure stand the "
        "machine's load and what a flush to its disk cost at the time.  Trust the ratios; the rest is this machine's."
    )
    hardware = (
        f"{machine.processors} processors, {machine.memory_gib} GiB, {machine.system}, Python {machine.python}, "
        "shared by the service, PostgreSQL and the load"
    )
    heading = [
        "# 性能基准 · Benchmarks",
        "",
        "同一次运行里交替测量，各取中位数；机器负载与磁盘刷写速率写在旁边。比值可比，绝对值随机器而变。",
        explained,
        "",
        f"- {day}, `{command}`",
        f"- {hardware}",
        f"- {packages}",
        "",
    ]
    return "\n".join([*heading, *(result.to_markdown() for result in results)])
