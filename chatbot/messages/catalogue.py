"""The catalogue: every fixed text, by symbolic name, with the region's numbers filled in."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from gettext import GNUTranslations
from pathlib import Path
from string import Formatter
from typing import Self

from babel.dates import format_date
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from chatbot.messages.region import ALWAYS, HelpLine, Region
from corpus.errors import ConfigError

LOCALE = Path(__file__).with_name("locale")
"""The folder of the catalogues, `<language>/LC_MESSAGES/messages.po`."""

SOURCE = "en"
"""The language that has every text; a text that another lacks is shown in it."""

_BLANK_LINES = re.compile(r"\n{2,}")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The fixed texts in one language, for one region."""

    language: str
    region: Region
    _texts: GNUTranslations
    _ids: frozenset[str]

    @classmethod
    def load(cls, language: str = SOURCE, region: Region | None = None) -> Self:
        """Return the catalogue of a language; without a region, the international one.

        Raises ConfigError for a language without a catalogue, and for a catalogue that is not
        readable, that has a text unknown to the English one or that asks for other fields.
        """
        texts = _read(language)
        if language != SOURCE:
            _check(language)
            texts.add_fallback(_english())
        return cls(language, region or Region.load(), texts, frozenset(own_texts(language)))

    def text(self, msgid: str, **fields: object) -> str:
        """Return a text with its fields, those of the region included.

        Raises ConfigError for an unknown msgid or a missing field.
        """
        if msgid not in own_texts(SOURCE):
            raise ConfigError(f"The catalogue has no text named {msgid!r}.")
        written = self._texts.gettext(msgid)
        values = {name: self._value(name, fields) for name in fields_of(written)}
        missing = sorted(name for name, value in values.items() if value is None)
        if missing:
            raise ConfigError(f"The text {msgid!r} needs the field {missing[0]!r}.")
        return _BLANK_LINES.sub("\n", written.format(**values)).strip()

    def speaks(self, msgid: str) -> bool:
        """Return whether a text exists in this language, not only in English."""
        return msgid in self._ids

    def call(self) -> str:
        """Return the emergency number, or what to call where no number was confirmed."""
        numbers = self.region.emergency.call
        if not numbers:
            return self.text("help.local_emergency")
        *others, last = numbers
        return f"{', '.join(others)} {self.text('help.or')} {last}" if others else last

    def line(self, line: HelpLine) -> str:
        """Return a help line as one line of text: name, how, hours, site."""
        free = self.text("help.free") if line.free else ""
        parts = (self._how(line), self._hours(line.hours), free, line.site)
        told = ", ".join(part for part in parts if part)
        if line.name and line.name not in {line.sms, *line.call}:
            return f"{line.name}: {told}"
        return told[:1].upper() + told[1:]

    def _how(self, line: HelpLine) -> str:
        between = f" {self.text('help.or')} "
        ways = []
        if line.call:
            ways.append(self.text("help.call", number=between.join(line.call)))
        if line.sms_word:
            ways.append(self.text("help.sms_word", word=line.sms_word, number=line.sms))
        elif line.sms:
            ways.append(self.text("help.sms", number=line.sms))
        return between.join(ways)

    def _hours(self, hours: str) -> str:
        if hours in {"", ALWAYS}:
            return self.text("help.always") if hours else ""
        return self.text("help.daily", hours=hours)

    def _value(self, name: str, fields: dict[str, object]) -> object:
        if name in fields:
            return fields[name]
        filled: dict[str, Callable[[], str]] = {
            "emergency": self.call,
            "crisis": lambda: self.line(self.region.crisis[0]),
            "crisis_lines": lambda: "\n".join(self.line(line) for line in self.region.crisis),
            "poison": self._poison,
            "tell": lambda: self.text("emergency.tell"),
            "checked": lambda: format_date(self.region.checked, "long", locale=self.language),
        }
        return filled[name]() if name in filled else None

    def _poison(self) -> str:
        line = self.region.poison
        return self.text("help.poison", line=self.line(line)) if line else ""


def languages() -> tuple[str, ...]:
    """Return the languages that have a catalogue, whole or in part."""
    return tuple(sorted(path.name for path in LOCALE.iterdir() if path.is_dir()))


def fields_of(text: str) -> tuple[str, ...]:
    """Return the names of a text's fields; raises ConfigError for a stray brace."""
    try:
        return tuple(sorted({name for _, name, _, _ in Formatter().parse(text) if name}))
    except ValueError as error:
        raise ConfigError(f"The text {text!r} has a stray brace: {error}.") from None


@cache
def own_texts(language: str) -> dict[str, str]:
    """Return the texts of one language alone, by msgid."""
    texts = {str(entry.id): str(entry.string) for entry in _catalog(language) if entry.id}
    return {msgid: text for msgid, text in texts.items() if text}


class Catalogues(Mapping[str, Catalogue]):
    """The catalogues of all languages for one region, each read when it is first looked at."""

    def __init__(self, region: Region) -> None:
        """Take the region."""
        self._region = region
        self._languages = frozenset(languages())
        self._read: dict[str, Catalogue] = {}

    def __getitem__(self, language: str) -> Catalogue:
        """Return the catalogue of a language; raises KeyError if there is none."""
        if language not in self._languages:
            raise KeyError(language)
        if language not in self._read:
            self._read[language] = Catalogue.load(language, self._region)
        return self._read[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self._languages)

    def __len__(self) -> int:
        return len(self._languages)


@cache
def _catalog(language: str) -> Catalog:
    path = LOCALE / language / "LC_MESSAGES" / "messages.po"
    if language not in languages():
        known = ", ".join(languages())
        raise ConfigError(f"There are no texts in {language!r}; choose one of {known}.")
    try:
        with path.open("rb") as file:
            return read_po(file, locale=language, abort_invalid=True)
    except (OSError, PoFileError, ValueError) as error:
        raise ConfigError(f"{path}: is not a readable catalogue: {error}.") from None


def _read(language: str) -> GNUTranslations:
    compiled = io.BytesIO()
    write_mo(compiled, _catalog(language))
    compiled.seek(0)
    return GNUTranslations(compiled)


@cache
def _english() -> GNUTranslations:
    return _read(SOURCE)


def _check(language: str) -> None:
    """Raise ConfigError for a text that English does not have or whose fields differ."""
    english = own_texts(SOURCE)
    for msgid, text in own_texts(language).items():
        if msgid not in english:
            raise ConfigError(f"The text {msgid!r} is in {language!r} but not in English.")
        if fields_of(text) != fields_of(english[msgid]):
            raise ConfigError(f"The text {msgid!r} has other fields in {language!r} than English.")
