"""Addresses within the pages: every link keeps the language and the moment that the reader has chosen."""

from collections.abc import Iterable, Mapping
from urllib.parse import quote, urlencode

from web.pages.language import PARAMETER as LANGUAGE
from web.pages.language import Language


def path_of(*segments: str) -> str:
    """A path of segments, each escaped as a whole: an identifier can never lead out of its segment."""
    return "/" + "/".join(quote(segment, safe="") for segment in segments)


def with_query(path: str, parameters: Iterable[tuple[str, str]]) -> str:
    """A path with its parameters; without any the path alone."""
    query = urlencode(list(parameters))
    return f"{path}?{query}" if query else path


class Links:
    """Makes addresses for one reader, who has chosen a language and perhaps a moment."""

    def __init__(
        self, path: str, query: Iterable[tuple[str, str]], language: Language, moment: Mapping[str, str]
    ) -> None:
        self._path = path
        self._query = [(name, value) for name, value in query if value]
        self._moment = dict(moment)
        self._language = [(LANGUAGE, str(language))] if language is not Language.ZH else []

    def to(self, *segments: str, **parameters: str | int | None) -> str:
        """A page of ours, in the reader's language and at the reader's moment; ``None`` leaves a parameter out."""
        stated = [(name, str(value)) for name, value in parameters.items() if value is not None]
        kept = [(name, value) for name, value in self._moment.items() if name not in parameters]
        return with_query(path_of(*segments), [*stated, *kept, *self._language])

    @staticmethod
    def path(*segments: str) -> str:
        """A page of ours without parameters: where a form goes, which carries them itself."""
        return path_of(*segments)

    @staticmethod
    def door(*segments: str, **parameters: str) -> str:
        """An address that answers with data, not with a page: it knows nothing of the reader's language."""
        return with_query(path_of(*segments), parameters.items())

    def carried(self) -> list[tuple[str, str]]:
        """Language and moment: what a form to another page must carry along, hidden."""
        return [*self._moment.items(), *self._language]

    def here(self, without: Iterable[str] = (), **changes: str | int | None) -> str:
        """This very page with some parameters changed or left out; everything else stays."""
        dropped = {*changes, *without}
        stated = [(name, str(value)) for name, value in changes.items() if value is not None]
        return with_query(self._path, [*((n, v) for n, v in self._query if n not in dropped), *stated])

    def has(self, name: str) -> bool:
        """Whether this page's address states a parameter."""
        return any(stated == name for stated, _ in self._query)

    def now(self) -> str:
        """This very page without its moment and without the cursor that belongs to the moment."""
        return self.here(without=(*self._moment, "cursor"))

    def in_language(self, language: Language) -> str:
        """This very page in a language."""
        return self.here(lang=None if language is Language.ZH else str(language))

    def kept(self, *names: str) -> list[tuple[str, str]]:
        """This page's parameters but those named: what a form must carry along, hidden."""
        return [(name, value) for name, value in self._query if name not in names]

    def as_file(self, suffix: str) -> str:
        """This very list as a file: the same address with a suffix, from its first row."""
        return with_query(f"{self._path}.{suffix}", [(n, v) for n, v in self._query if n not in {"cursor", LANGUAGE}])
