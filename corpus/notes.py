"""The editors' notes on an article: what rests on which reference, what must go with what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pydantic import Field

from corpus.article import Sentence
from corpus.editor_files import Form, Key, Text, TomlFile
from corpus.errors import CorpusError
from corpus.lookup import SentenceLookup

LONGEST_QUOTE = 3
"""The most sentences that a sentence and what it leans on may be."""


@dataclass(frozen=True, slots=True)
class SafetyNote:
    """A sentence that bears on safety, with its topic."""

    sentence: int
    topic: str


@dataclass(frozen=True, slots=True)
class EditorNotes:
    """What editors noted, by sentence number.

    `rests_on` gives reference numbers; `rests_on_only` the words of the sentence to which they
    are confined, where they are not for all of it. `limits` begins with the sentence to show
    beside a statement of benefit when nothing fits better. `benefit` holds the sentences that
    state or suggest benefit against the disease, `doses` those with a dose or amount. `leans_on`
    gives the sentences that must be quoted with one: with it they are neighbours in one paragraph.
    """

    rests_on: Mapping[int, tuple[int, ...]]
    rests_on_only: Mapping[int, str]
    safety: tuple[SafetyNote, ...]
    limits: tuple[int, ...]
    benefit: frozenset[int]
    doses: frozenset[int]
    leans_on: Mapping[int, tuple[int, ...]]


class _RestsOn(Form):
    text: Text
    references: list[int] = Field(min_length=1)
    only: str | None = None


class _Safety(Form):
    text: Text
    topic: Text


class _Named(Form):
    text: Text


class _LeansOn(Form):
    text: Text
    with_: list[str] = Field(alias="with", min_length=1)


class _Notes(Form):
    rests_on: Sequence[_RestsOn] = ()
    safety: Sequence[_Safety] = ()
    limits: list[_Named] = Field(min_length=1)
    benefit: Sequence[_Named] = ()
    doses: Sequence[_Named] = ()
    leans_on: Sequence[_LeansOn] = ()


def read_notes(
    file: TomlFile, text: str, sentences: Sequence[Sentence], references: int
) -> EditorNotes:
    """Return the notes of notes.toml; `references` is how many references the article has.

    Raises CorpusError for a text that means no sentence or several, a sentence noted twice, an
    unknown reference, or sentences that cannot be quoted together.
    """
    return _Reader(file, SentenceLookup(text, sentences), sentences, references).read()


class _Reader:
    def __init__(
        self, file: TomlFile, lookup: SentenceLookup, sentences: Sequence[Sentence], references: int
    ) -> None:
        self._file = file
        self._lookup = lookup
        self._sentences = sentences
        self._references = references

    def read(self) -> EditorNotes:
        form = self._file.parse(_Notes, self._file.data)
        rests_on = dict(self._once("rests_on", form.rests_on))
        return EditorNotes(
            rests_on={n: self._known(index, form) for n, index in rests_on.items()},
            rests_on_only=dict(self._confined(rests_on, form)),
            safety=tuple(self._safety(form)),
            limits=tuple(number for number, _ in self._once("limits", form.limits)),
            benefit=frozenset(number for number, _ in self._once("benefit", form.benefit)),
            doses=frozenset(number for number, _ in self._once("doses", form.doses)),
            leans_on={
                number: self._neighbours(number, index, form.leans_on[index])
                for number, index in self._once("leans_on", form.leans_on)
            },
        )

    def _number(self, text: str, *place: Key) -> int:
        def fault(message: str) -> CorpusError:
            return self._file.error(message, *place)

        return self._lookup.meant_by(text, fault).number

    def _once(
        self, table: str, notes: Sequence[_RestsOn | _Named | _LeansOn]
    ) -> Iterator[tuple[int, int]]:
        """Yield each note's sentence number and index in its table."""
        seen: set[int] = set()
        for index, note in enumerate(notes):
            number = self._number(note.text, table, index, "text")
            if number in seen:
                raise self._file.error(
                    f"this sentence stands in [[{table}]] twice; keep one", table, index, "text"
                )
            seen.add(number)
            yield number, index

    def _known(self, index: int, form: _Notes) -> tuple[int, ...]:
        numbers = form.rests_on[index].references
        for number in numbers:
            if not 1 <= number <= self._references:
                raise self._file.error(
                    f"there is no reference {number}; the article has {self._references}",
                    "rests_on",
                    index,
                    "references",
                )
        return tuple(numbers)

    def _confined(self, rests_on: Mapping[int, int], form: _Notes) -> Iterator[tuple[int, str]]:
        for number, index in rests_on.items():
            words = form.rests_on[index].only
            if words is None:
                continue
            if words not in self._lookup.text_of(self._sentences[number - 1]):
                raise self._file.error(
                    f'the sentence does not contain "{words}"', "rests_on", index, "only"
                )
            yield number, words

    def _safety(self, form: _Notes) -> Iterator[SafetyNote]:
        seen: set[SafetyNote] = set()
        for index, entry in enumerate(form.safety):
            note = SafetyNote(self._number(entry.text, "safety", index, "text"), entry.topic)
            if note in seen:
                raise self._file.error(
                    "this sentence stands in [[safety]] twice with one topic; keep one",
                    "safety",
                    index,
                    "text",
                )
            seen.add(note)
            yield note

    def _neighbours(self, number: int, index: int, note: _LeansOn) -> tuple[int, ...]:
        place: tuple[Key, ...] = ("leans_on", index, "with")
        numbers = sorted(self._number(text, *place) for text in note.with_)
        quote = sorted({number, *numbers})
        if len(quote) != len(numbers) + 1:
            raise self._file.error("'with' names a sentence twice, or the sentence itself", *place)
        if len(quote) > LONGEST_QUOTE:
            raise self._file.error(
                f"a sentence and those with it may be {LONGEST_QUOTE} at most", *place
            )
        paragraphs = {self._sentences[member - 1].paragraph for member in quote}
        if len(paragraphs) > 1 or quote[-1] - quote[0] >= len(quote):
            raise self._file.error(
                "a sentence and those with it must be neighbours in one paragraph", *place
            )
        return tuple(numbers)
