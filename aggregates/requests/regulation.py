"""The two regulations under which requests run, and on which day a request is received (law table L2-L9, L25).

Requests received before 2019-05-15 run under State Council Order 492 of 2007, later ones under Order
711 of 2019; a deadline carries the regulation it was counted under, and keeps it.
"""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from aggregates.requests.words_lists import RequestChannel

REVISED_ON = "2019-05-15"
"""The day from which Order 711 holds."""

Receipt = Literal["arrival", "confirmation"]


@dataclass(frozen=True, slots=True)
class Regulation:
    """The numbers of one regulation, all in working days; None where it sets no number."""

    code: str
    title_zh: str
    reply_days: int
    extension_days: int
    correction_notice_days: int | None
    third_party_days: int | None
    co_producer_days: int | None
    has_fee_scales: bool
    by_confirmation: frozenset[RequestChannel]
    """The ways on which a request is received when both sides have confirmed it, not when it arrives."""

    def received_on(self, channel: str, arrived_on: str, confirmed_on: str | None) -> str | None:
        """The day of receipt; None while it is not confirmed on a way that asks for it."""
        return confirmed_on if channel in self.by_confirmation else arrived_on


ORDER_492 = Regulation(
    code="ORDER-492",
    title_zh="中华人民共和国政府信息公开条例(2007年国务院令第492号)",
    reply_days=15,
    extension_days=15,
    correction_notice_days=None,
    third_party_days=None,
    co_producer_days=None,
    has_fee_scales=False,
    # 国办公开办函〔2015〕207号: by e-mail, the day on which the mail system received it.
    by_confirmation=frozenset({RequestChannel.ORDINARY_MAIL, RequestChannel.FAX, RequestChannel.OTHER_OFFICE}),
)

ORDER_711 = Regulation(
    code="ORDER-711",
    title_zh="中华人民共和国政府信息公开条例(2019年国务院令第711号)",
    reply_days=20,
    extension_days=20,
    correction_notice_days=7,
    third_party_days=15,
    co_producer_days=15,
    has_fee_scales=True,
    # Article 31: the internet, too, since both sides confirm.
    by_confirmation=frozenset(
        {RequestChannel.ORDINARY_MAIL, RequestChannel.ONLINE, RequestChannel.FAX, RequestChannel.OTHER_OFFICE}
    ),
)

REGULATIONS = MappingProxyType({regulation.code: regulation for regulation in (ORDER_492, ORDER_711)})


def regulation_on(day: str) -> Regulation:
    """The regulation in force on a day, ``YYYY-MM-DD``."""
    return ORDER_492 if day < REVISED_ON else ORDER_711


def receipt(channel: str, arrived_on: str, confirmed_on: str | None) -> tuple[str | None, Regulation]:
    """The day of receipt and the regulation the request runs under.

    How it is received goes by the regulation of the day it arrived; what arrived before the change and
    was received after it runs under the later one.
    """
    received_on = regulation_on(arrived_on).received_on(channel, arrived_on, confirmed_on)
    return received_on, regulation_on(received_on or arrived_on)
