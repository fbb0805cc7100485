"""What the monitoring system asks: how fast, how full, how far, how often refused."""

from collections.abc import Iterable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError

from ledger.ledger import Ledger
from projections.engine import Projector

_FAST = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_METHODS = {"GET", "POST", "PUT", "HEAD", "OPTIONS", "DELETE", "PATCH"}

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """The figures of one application; each has a registry of its own, so several may live in one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._figures: list[Collector] = []
        self._durations = Histogram(
            "ledger_http_duration_seconds",
            "Time from the request's first line to the answer's last byte.",
            ("method", "route", "status"),
            buckets=_FAST,
            registry=self.registry,
        )
        self._commands = Histogram(
            "ledger_command_duration_seconds",
            "Time from a command to its durable receipt, by command.",
            ("command",),
            buckets=_FAST,
            registry=self.registry,
        )
        self._refusals = Counter(
            "ledger_refusals", "Commands that the rules refused, by reason code.", ("code",), registry=self.registry
        )
        self._signs_in_refused = Counter(
            "ledger_tokens_refused", "Requests with a token that is not valid.", registry=self.registry
        )
        self.streams = Gauge("ledger_event_streams", "Event streams open now.", registry=self.registry)

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count an answer by its route's template."""
        known = method if method in _METHODS else "other"
        self._durations.labels(known, route, str(status)).observe(seconds)

    def recorded(self, command: str, seconds: float) -> None:
        """Count a command that was recorded."""
        self._commands.labels(command).observe(seconds)

    def refused(self, code: str) -> None:
        """Count a refusal."""
        self._refusals.labels(code).inc()

    def token_refused(self) -> None:
        """Count a token that opened nothing."""
        self._signs_in_refused.inc()

    def watch(self, ledger: Ledger, projector: Projector, *others: Collector) -> None:
        """Also report what the ledger, the projections and others say of themselves when asked."""
        self._figures = [_LedgerFigures(ledger, projector), *others]
        for figures in self._figures:
            self.registry.register(figures)

    def forget(self) -> None:
        """Stop asking a service that is closed."""
        for figures in self._figures:
            self.registry.unregister(figures)
        self._figures = []

    def exposition(self) -> bytes:
        """All figures in the text format; asks the database, so not for the event loop."""
        return generate_latest(self.registry)


class _LedgerFigures(Collector):
    """Figures that are read when they are asked for."""

    def __init__(self, ledger: Ledger, projector: Projector) -> None:
        self._ledger, self._projector = ledger, projector

    def collect(self) -> Iterable[Metric]:
        yield from self._of_committer()
        try:
            stored = [
                GaugeMetricFamily("ledger_head_position", "Entries in the log.", self._ledger.feed.size()),
                *self._of_projections(),
            ]
        except SQLAlchemyError:
            stored = []
        yield from stored
        yield GaugeMetricFamily("ledger_database_up", "1 where the database answers.", float(bool(stored)))

    def describe(self) -> Iterable[Metric]:
        """Nothing beforehand: registering must not ask the database."""
        return []

    def _of_committer(self) -> Iterable[Metric]:
        figures = self._ledger.statistics
        counters = {
            "ledger_commit_batches": ("Commits.", figures.batches),
            "ledger_committed_commands": ("Commands answered by commits.", figures.commands),
            "ledger_committed_events": ("Events recorded by commits.", figures.events),
            "ledger_commit_retries": ("Commits tried again.", figures.retries),
            "ledger_commit_failures": ("Batches or commands given up.", figures.failures),
        }
        for name, (meaning, value) in counters.items():
            yield CounterMetricFamily(name, meaning, value)
        yield GaugeMetricFamily("ledger_largest_batch", "Commands in the largest commit so far.", figures.largest_batch)
        yield GaugeMetricFamily("ledger_commands_waiting", "Commands waiting for their commit.", self._ledger.waiting)

    def _of_projections(self) -> Iterable[Metric]:
        lag = GaugeMetricFamily("ledger_projection_lag", "Entries a projection is behind.", labels=["projection"])
        stopped = GaugeMetricFamily(
            "ledger_projection_stopped", "1 where a projection stands still.", labels=["projection"]
        )
        for status in self._projector.status():
            lag.add_metric([status.name], status.lag)
            stopped.add_metric([status.name], float(status.state == "stopped"))
        yield lag
        yield stopped
