"""What monitoring is told of the witnesses and of the time from outside."""

from collections.abc import Iterable

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError

from ledger.ledger import Ledger
from web.outside import Outside


class OutsideFigures(Collector):
    """Figures that are read when they are asked for; none where nobody outside is asked."""

    def __init__(self, outside: Outside, ledger: Ledger) -> None:
        self._outside, self._ledger = outside, ledger

    def describe(self) -> Iterable[Metric]:
        """Nothing beforehand: registering must not ask the database."""
        return []

    def collect(self) -> Iterable[Metric]:
        """The figures of the witnesses, then those of the authority."""
        yield from self._of_witnesses()
        yield from self._of_authority()

    def _of_witnesses(self) -> Iterable[Metric]:
        witnessing = self._outside.witnessing
        if witnessing is None:
            return
        yield GaugeMetricFamily(
            "ledger_witnessed_position", "Entries that the quorum of witnesses has seen.", witnessing.quorum_size
        )
        trouble = GaugeMetricFamily("ledger_witness_trouble", "1 where a witness does not cosign.", labels=["witness"])
        disagrees = GaugeMetricFamily(
            "ledger_witness_disagrees", "1 where a witness knows another past of this log.", labels=["witness"]
        )
        for name, status in list(witnessing.statuses.items()):
            trouble.add_metric([name], float(status.trouble is not None))
            disagrees.add_metric([name], float(status.disagrees))
        yield from (trouble, disagrees)
        try:
            unwitnessed = self._outside.unwitnessed(self._ledger.feed.size())
        except SQLAlchemyError:
            return
        yield GaugeMetricFamily(
            "ledger_unwitnessed_seconds",
            "For how long entries have gone unwitnessed, beyond the limit; 0 while all is well.",
            0.0 if unwitnessed is None else (self._ledger.clock() - unwitnessed.since).total_seconds(),
        )

    def _of_authority(self) -> Iterable[Metric]:
        stamping = self._outside.stamping
        if stamping is None:
            return
        yield GaugeMetricFamily(
            "ledger_timestamping_trouble", "1 where the last time stamp failed.", float(stamping.trouble is not None)
        )
        try:
            latest = self._ledger.published.latest_stamp()
        except SQLAlchemyError:
            return
        yield GaugeMetricFamily(
            "ledger_timestamped_position", "Entries that a time stamp covers.", latest.size if latest else 0
        )
