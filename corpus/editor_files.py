"""Reading the files that editors write, so that every fault names its file and line."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.errors import CorpusError

Key = str | int
"""A step into a file's data: a field's name or an entry's index from 0."""


Text = Annotated[str, Field(pattern=r"\S")]
"""A string that says something."""

Address = Annotated[str, Field(pattern=r"^https?://\S+$")]
"""The address of a web page."""


class Form(BaseModel):
    """What one kind of entry may hold; a field that it does not name is a fault."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


FormType = TypeVar("FormType", bound=Form)


def read_text(file: Path) -> str:
    """Return a file's text with line ends of one character and no byte order mark.

    Raises CorpusError if the file is missing or not UTF-8.
    """
    try:
        data = file.read_bytes()
    except OSError as error:
        raise CorpusError(
            f"this file cannot be read ({error.strerror}); see docs/ARTICLE_FORMAT.md", file
        ) from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise CorpusError("this line is not UTF-8; save the file as UTF-8", file, line) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


class EditorFile:
    """A file and its text, able to say on which line a part of it stands."""

    def __init__(self, file: Path, text: str) -> None:
        """Keep a file beside its text."""
        self.file = file
        self.text = text

    def line_of(self, *place: Key) -> int | None:
        """Return the line of a part, or of what it is in; None if the whole file is meant."""
        raise NotImplementedError

    def error(self, message: str, *place: Key) -> CorpusError:
        """Return the fault of a part, to be raised."""
        return CorpusError(message, self.file, self.line_of(*place))

    def parse(self, form: type[FormType], data: object, *place: Key) -> FormType:
        """Return a part as its form; raises CorpusError for the first field that is wrong."""
        try:
            return form.model_validate(data)
        except ValidationError as error:
            fault = error.errors(include_url=False)[0]
            raise self.error(
                _sentence(fault["type"], fault["loc"], fault["msg"]), *place, *fault["loc"]
            ) from error


def _sentence(kind: str, place: tuple[Key, ...], message: str) -> str:
    names = [key for key in place if isinstance(key, str)]
    name = f"the field '{names[-1]}'" if names else "this entry"
    known = {
        "missing": "is missing",
        "extra_forbidden": "is not known",
        "model_type": "must be an object with named fields",
        "string_pattern_mismatch": "is empty or not written as it must be",
        "too_short": "is empty",
    }
    words = known.get(kind, f"is wrong ({message[:1].lower()}{message[1:]})")
    return f"{name} {words}; see docs/ARTICLE_FORMAT.md"


class TomlFile(EditorFile):
    """A TOML file: fields, and tables written as `[[name]]`."""

    def __init__(self, file: Path, text: str, data: dict[str, Any]) -> None:
        """Keep the data beside the text it was read from."""
        super().__init__(file, text)
        self.data = data

    @classmethod
    def read(cls, file: Path) -> TomlFile:
        """Return a TOML file; raises CorpusError if it is not TOML."""
        text = read_text(file)
        try:
            return cls(file, text, tomllib.loads(text))
        except tomllib.TOMLDecodeError as error:
            found = re.search(r"\(at line (\d+), column \d+\)", str(error))
            line = int(found.group(1)) if found else text.count("\n") + 1
            message = re.sub(r" \(at [^)]*\)$", "", str(error))
            raise CorpusError(f"this is not TOML: {message}", file, line) from error

    def line_of(self, *place: Key) -> int | None:
        """Return the line of a field, or of the nth `[[name]]` or a field under it."""
        if not place:
            return None
        lines = self.text.split("\n")
        headers = _matching(lines, rf"\s*\[\[\s*{re.escape(str(place[0]))}\s*\]\]")
        index = place[1] if len(place) > 1 else None
        if not isinstance(index, int) or index >= len(headers):
            return _first(lines, _field(place[0]), 0, len(lines), default=1)
        start = headers[index]
        end = next((n for n in _matching(lines, r"\s*\[") if n > start), len(lines))
        named = [key for key in place[2:] if isinstance(key, str)]
        return _first(lines, _field(named[0]), start, end, start + 1) if named else start + 1


def _field(name: Key) -> str:
    return rf"\s*(\[\[?\s*)?[\"']?{re.escape(str(name))}[\"']?\s*(=|\])"


def _matching(lines: list[str], pattern: str) -> list[int]:
    return [number for number, line in enumerate(lines) if re.match(pattern, line)]


def _first(lines: list[str], pattern: str, start: int, end: int, default: int) -> int:
    """Return the line number, from 1, of the first line in [start, end) that fits."""
    return next((n + 1 for n in _matching(lines, pattern) if start <= n < end), default)


class JsonArrayFile(EditorFile):
    """A JSON file that holds one array of objects."""

    def __init__(self, file: Path, text: str, data: list[Any], starts: list[int]) -> None:
        """Keep the offset at which each entry starts."""
        super().__init__(file, text)
        self.data = data
        self._starts = starts

    @classmethod
    def read(cls, file: Path) -> JsonArrayFile:
        """Return a JSON file; raises CorpusError if it is not JSON or not an array."""
        text = read_text(file)
        try:
            data = json.loads(text)
        except json.JSONDecodeError as error:
            raise CorpusError(f"this is not JSON: {error.msg}", file, error.lineno) from error
        if not isinstance(data, list):
            raise CorpusError("this file must hold one JSON array: [ ... ]", file, 1)
        return cls(file, text, data, _entry_starts(text, len(data)))

    def line_of(self, *place: Key) -> int | None:
        """Return the line of an entry, or of a field in it."""
        if not place or not isinstance(place[0], int):
            return None
        start = self._starts[place[0]]
        end = [*self._starts, len(self.text)][place[0] + 1]
        for key in place[1:]:
            found = self.text.find(json.dumps(key), start, end) if isinstance(key, str) else -1
            start = found if found >= 0 else start
        return self.text.count("\n", 0, start) + 1


def _entry_starts(text: str, count: int) -> list[int]:
    decoder = json.JSONDecoder()
    starts, offset = [], text.index("[") + 1
    for _ in range(count):
        start = offset + len(text[offset:]) - len(text[offset:].lstrip(" \t\n\r,"))
        starts.append(start)
        offset = decoder.raw_decode(text, start)[1]
    return starts
