"""How far apart a document and its interpretation went out, and what the record points out about it (六).

同步: the rule's own tolerance is zero; a district may set another, and the lag is recorded in any case.
"""

from datetime import datetime, timedelta

from aggregates.interpretation.words import PackageFlag


def lag_in_seconds(document_at: datetime | None, interpretation_at: datetime | None) -> int | None:
    """Seconds between the two, whichever came first, a begun one counted in full; None while one is outstanding."""
    if document_at is None or interpretation_at is None:
        return None
    return -(-abs(interpretation_at - document_at) // timedelta(seconds=1))


def package_flags(document_at: datetime | None, interpretation_at: datetime | None, tolerance_s: int) -> list[str]:
    """What to point out: a part that is outstanding, or a lag beyond the tolerance."""
    if interpretation_at is None:
        return [str(PackageFlag.INTERPRETATION_OUTSTANDING)]
    if document_at is None:
        return [str(PackageFlag.DOCUMENT_OUTSTANDING)]
    lag = lag_in_seconds(document_at, interpretation_at)
    return [str(PackageFlag.SYNC_LAG)] if lag is not None and lag > tolerance_s else []
