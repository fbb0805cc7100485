"""From a template and what was found to a page: one environment, everything escaped, nothing undefined."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from ledger import instants
from web.pages import assets, wording
from web.pages.labels import status_of
from web.pages.language import Language

_FOLDER = Path(__file__).parent.parent / "templates"

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
"""Nothing but our own style sheet and mark; no script at all, so none can be slipped in."""


@cache
def templates() -> Environment:
    """The templates.  An unknown name is an error, whatever is put out is escaped and made visible."""
    return Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def _finalize(value: Any) -> Any:
    return wording.visible(value) if isinstance(value, str) else value


def voice(language: Language) -> dict[str, Any]:
    """What every template can say, in one language."""
    return {
        "language": language,
        "languages": Language,
        "say": language.say,
        # What was written in Chinese is marked as such on an English page, for whoever listens to it.
        "in_chinese": Markup(' lang="zh-CN"') if language is Language.EN else Markup(""),
        "term": lambda list_name, code: wording.term(language, list_name, code),
        "Term": lambda list_name, code: wording.standing_alone(wording.term(language, list_name, code)),
        "instant": lambda value: _time(value, wording.instant_in_full(language, value)),
        "instant_in_short": lambda value: _time(value, wording.instant_in_short(value)),
        "articles": lambda text: wording.articles(language, text),
        "day": lambda value: wording.day_in_full(language, value),
        "published": _published,
        "published_in_full": lambda value: _published_in_full(language, value),
        "status_of": status_of,
        "number": wording.number,
        "size": wording.size,
        "style_sheet": assets.style_sheet().address,
        "mark": assets.mark().address,
    }


def _time(value: datetime | str, shown: str) -> Markup:
    """A time element: what is shown is Beijing time, what machines read is exact and UTC."""
    exact = instants.to_text(wording.as_instant(value))
    return Markup('<time datetime="{}" title="{}">{}</time>').format(exact, exact, shown)


def _published(value: str | None) -> Markup | str:
    """When something was published; a time element where more than the day is known."""
    return _time(value, wording.instant_in_short(value)) if value and "T" in value else value or "—"


def _published_in_full(language: Language, value: str) -> Markup | str:
    if "T" in value:
        return _time(value, wording.instant_in_full(language, value))
    return wording.day_in_full(language, value)


def render(template: str, language: Language, context: Mapping[str, Any]) -> str:
    """The page's text."""
    return templates().get_template(template).render(**voice(language), **context)


def html(text: str, status: int = 200, headers: Mapping[str, str] | None = None) -> HTMLResponse:
    """The page as an answer; never kept by a shared cache, because it may depend on who is signed in."""
    always = {
        "Content-Security-Policy": CONTENT_SECURITY_POLICY,
        "Cache-Control": "private, no-cache",
        "Vary": "Cookie",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
    }
    return HTMLResponse(text, status, {**always, **(headers or {})})
