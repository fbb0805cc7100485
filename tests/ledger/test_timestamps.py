"""A foreign clock over a checkpoint: believed for exactly this text, from exactly this authority."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ledger.timestamps import TimestampRefused, check_timestamp, request_timestamp
from tests.support.timestamp_authority import TimestampAuthority

TEXT = "ledger.example/district\n3\n" + "A" * 43 + "=\n"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> TimestampAuthority:
    return TimestampAuthority(tmp_path_factory.mktemp("authority"))


def test_a_reply_to_our_request_is_believed(authority: TimestampAuthority) -> None:
    request = request_timestamp(TEXT)

    stamped_at = check_timestamp(authority.reply(request.body), TEXT, [authority.root], request.nonce)

    assert abs(stamped_at - datetime.now(UTC)) < timedelta(minutes=5)


def test_it_says_nothing_of_another_checkpoint(authority: TimestampAuthority) -> None:
    reply = authority.reply(request_timestamp(TEXT).body)

    with pytest.raises(TimestampRefused, match="does not hold for this checkpoint"):
        check_timestamp(reply, TEXT.replace("3", "4"), [authority.root])


def test_an_old_reply_does_not_answer_a_new_request(authority: TimestampAuthority) -> None:
    old = authority.reply(request_timestamp(TEXT).body)

    with pytest.raises(TimestampRefused, match="[Nn]once"):
        check_timestamp(old, TEXT, [authority.root], request_timestamp(TEXT).nonce)


def test_an_authority_we_do_not_trust_is_not_believed(authority: TimestampAuthority, tmp_path: Path) -> None:
    stranger = TimestampAuthority(tmp_path / "stranger")

    with pytest.raises(TimestampRefused):
        check_timestamp(stranger.reply(request_timestamp(TEXT).body), TEXT, [authority.root])


@pytest.mark.parametrize("token", [b"", b"not a reply", b"\x30\x03\x02\x01\x02"])
def test_what_is_no_reply_is_refused(authority: TimestampAuthority, token: bytes) -> None:
    with pytest.raises(TimestampRefused):
        check_timestamp(token, TEXT, [authority.root])
