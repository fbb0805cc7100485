"""Words that only the pages need: what becomes of an item, and how loud it is said."""

from typing import Final, NamedTuple

from web.pages.language import Language


class Status(NamedTuple):
    """A status in words; ``tone`` is the tag's class in the style sheet."""

    zh: str
    en: str
    tone: str

    def text(self, language: Language) -> str:
        """The words in one language."""
        return self.zh if language is Language.ZH else self.en


STATUSES: Final = {
    "drafting": Status("办理中", "in preparation", ""),
    "pending": Status("待发布", "to be published", ""),
    "undisclosed": Status("不予发布", "not published", "watch"),
    "secret": Status("确定为国家秘密", "state secret", "bad"),
    "published": Status("已发布", "published", "good"),
    "corrected": Status("已更正", "corrected", "plain"),
    "withdrawn": Status("已撤回", "withdrawn", "bad"),
    "superseded": Status("已被替代", "superseded", "watch"),
    "sealed": Status("内容已封存", "content sealed", "bad"),
}
"""``projections.catalogue.STATUSES``."""

LISTED_STATUSES: Final = ("published", "corrected", "withdrawn", "superseded", "sealed", "undisclosed")
"""Those that the public may ask for."""

REGISTERED_STATUSES: Final = ("published", "corrected", "withdrawn", "superseded")
"""``projections.register``: what may become of a publication."""

STATES: Final = {
    "DRAFTING": Status("拟稿中", "drafting", ""),
    "SUBMITTED": Status("已报批", "submitted", "plain"),
    "RETURNED": Status("已退文", "returned", "bad"),
    "APPROVED": Status("已批准", "approved", "good"),
}
"""``projections.documents``: where a document stands on its way."""


def status_of(code: str) -> Status:
    """A status by its code; one that a later version has added is shown as it is."""
    return STATUSES.get(code) or STATES.get(code) or Status(code, code, "")
