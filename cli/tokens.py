"""``token``: bearer tokens by which officers reach the service; shown once, kept only as a hash."""

from datetime import timedelta

from cli import moments
from cli.failure import Failure, wrong_usage
from cli.session import SessionOf
from cli.tables import Column, print_table
from ledger import instants
from ledger.credentials import Token, Tokens

_COLUMNS = (
    Column("编号\ntoken", 14),
    Column("人员\nofficer", 12),
    Column("状态\nstate", 16),
    Column("签发\nissued", 19),
    Column("到期\nexpires", 19),
    Column("用途\nlabel"),
)
_STATES = {"valid": "有效 valid", "expired": "过期 expired", "revoked": "已吊销 revoked"}


def issue(*, session: SessionOf, officer: str, label: str, days: int = 30) -> None:
    """签发令牌,只显示一次。Issue a token; it is shown once and cannot be shown again.

    :param officer: 人员编号,须已登记。Code of the officer, who must be registered.
    :param label: 用途,便于日后辨认。What it is for, so that it is known again.
    :param days: 有效天数。Days of validity.
    """
    if days < 1:
        raise wrong_usage("--days须为1以上。", "--days must be 1 or more.")
    with session.open_ledger() as ledger:
        if not ledger.stream_version(f"officer/{officer}"):
            raise Failure(
                f"台账中没有登记人员{officer}，未签发令牌。请先由系统管理员登记人员。",
                f"No officer {officer} is registered; no token was issued. Have an administrator register the officer.",
            )
        issued = Tokens(ledger.database, session.clock).issue(officer, label, timedelta(days=days))
    if session.json:
        session.print_json({"token": issued.text, **_as_json(issued.token, session)})
        return
    session.console.print(issued.text, markup=False, soft_wrap=True)
    until = moments.shown(issued.token.expires_at)
    session.note(
        f"以上是{officer}的令牌，只显示这一次，{until}到期。用法：Authorization: Bearer <令牌>。",
        f"The token of {officer}, shown this once, expires {until}. Use it as: Authorization: Bearer <token>.",
    )


def show(*, session: SessionOf) -> None:
    """列出令牌,不含密文。List every token ever issued, without its secret."""
    with session.open_database() as database:
        found = Tokens(database, session.clock).all()
    if session.json:
        session.print_json([_as_json(token, session) for token in found])
        return
    rows = (
        (
            t.token_id,
            t.subject,
            _STATES[_state(t, session)],
            moments.shown(t.issued_at),
            moments.shown(t.expires_at),
            t.label,
        )
        for t in found
    )
    print_table(session.console, _COLUMNS, rows)


def revoke(token: str, *, session: SessionOf) -> None:
    """吊销令牌,立即生效。End a token now.

    :param token: 令牌编号(不是令牌全文)。The token's id, not its text.
    """
    with session.open_database() as database:
        ended = Tokens(database, session.clock).revoke(token)
    if not ended:
        raise Failure(
            f"没有可吊销的令牌{token}：编号不存在，或早已吊销。",
            f"There is no token {token} to revoke: it is unknown or was revoked before.",
        )
    if session.json:
        session.print_json({"token_id": token, "state": "revoked"})
        return
    session.note(f"令牌{token}已吊销。", f"The token {token} is revoked.")


def _state(token: Token, session: SessionOf) -> str:
    if token.revoked_at is not None:
        return "revoked"
    return "valid" if token.is_valid(session.clock()) else "expired"


def _as_json(token: Token, session: SessionOf) -> dict[str, object]:
    return {
        "token_id": token.token_id,
        "officer": token.subject,
        "label": token.label,
        "state": _state(token, session),
        "issued_at": instants.to_text(token.issued_at),
        "expires_at": instants.to_text(token.expires_at),
        "revoked_at": None if token.revoked_at is None else instants.to_text(token.revoked_at),
    }
