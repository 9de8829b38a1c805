"""The sheet for the care team: what was asked and quoted, read from the article anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from chatbot.reply import ReplyKind
from chatbot.validation import LIMIT
from chatbot.web.citations import ShortReference, references_of, resting_on, states_dose
from chatbot.web.pages import section_of
from corpus import AskError, Library, SpanError

MOST_TURNS = 60
"""How many turns one sheet takes."""

TO_ASK = frozenset({ReplyKind.NOT_IN_ARTICLE, ReplyKind.PERSONAL_ADVICE, ReplyKind.OTHER_LANGUAGE})
"""The kinds that leave a question for the care team."""


class SheetError(AskError):
    """What was sent is not a sheet of this page."""


class Turn(BaseModel):
    """A turn as the page posts it: no text of the article, only where it stands."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    question: Annotated[str, Field(max_length=LIMIT)]
    kind: ReplyKind
    spans: Annotated[list[tuple[str, int, int]], Field(max_length=8)]


@dataclass(frozen=True, slots=True)
class SheetQuote:
    """A quote as the sheet shows it; `text` is the article's, byte for byte."""

    text: str
    language: str
    author: str
    title: str
    section: str
    paragraph: int
    references: tuple[ShortReference, ...]
    dose: bool


@dataclass(frozen=True, slots=True)
class SheetItem:
    """One question with its quotes; `posted` is the turn as it came, to be posted again."""

    question: str
    quotes: tuple[SheetQuote, ...]
    posted: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The questions that the article answered, and those to ask the care team."""

    answered: tuple[SheetItem, ...]
    to_ask: tuple[SheetItem, ...]


def read_turns(posted: Sequence[str]) -> list[Turn]:
    """Return the posted turns; raises SheetError if one is not what the page posts."""
    if len(posted) > MOST_TURNS:
        raise SheetError(f"A sheet takes {MOST_TURNS} questions at most.")
    try:
        return [Turn.model_validate_json(turn) for turn in posted]
    except ValidationError:
        raise SheetError("This sheet was not sent by the page; open it from there.") from None


def read_sheet(turns: Sequence[Turn], library: Library) -> Sheet:
    """Return the sheet of some turns, its quotes read from the articles.

    Raises SheetError for a span that is not whole sentences of one paragraph: a cut sentence can
    say the opposite of what the article says.
    """
    items = [(turn.kind, _item(turn, library)) for turn in turns]
    return Sheet(
        tuple(item for _, item in items if item.quotes),
        tuple(item for kind, item in items if not item.quotes and kind in TO_ASK),
    )


def _item(turn: Turn, library: Library) -> SheetItem:
    quotes = tuple(_quote(library, *span) for span in turn.spans)
    return SheetItem(turn.question, quotes, turn.model_dump_json())


def _quote(library: Library, id: str, start: int, end: int) -> SheetQuote:
    article = library.get(id)
    if article is None:
        raise SheetError("This sheet quotes an article that is no longer here.")
    try:
        sentences = article.sentences_in(article.span(start, end))
    except SpanError:
        sentences = ()
    if not sentences or (sentences[0].span.start, sentences[-1].span.end) != (start, end):
        raise SheetError("This sheet does not fit the article as it is now; ask again.")
    numbers = (sentences[0].number, sentences[-1].number)
    return SheetQuote(
        article.read(article.span(start, end)),
        article.metadata.language,
        article.metadata.author,
        article.metadata.title,
        section_of(article, start).title,
        sentences[0].paragraph,
        references_of(article, numbers, resting_on(article, numbers)),
        states_dose(article, numbers),
    )
