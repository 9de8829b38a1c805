"""The sheet for the care team: what was asked and quoted, read from the article anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from chatbot.reply import ReplyKind
from chatbot.validation import LIMIT
from chatbot.web.citations import ShortReference, references_of, resting_on, states_dose
from chatbot.web.pages import section_of
from corpus import Article, AskError, Library, SpanError

MOST_TURNS = 60
"""How many turns one sheet takes."""

TO_ASK = frozenset({ReplyKind.NOT_IN_ARTICLE, ReplyKind.PERSONAL_ADVICE, ReplyKind.OTHER_LANGUAGE})
"""The kinds that leave a question for the care team, whether or not with quotes on safety."""


Text = Callable[..., str]
"""Returns a text of the catalogue by its name, filled with fields."""


class SheetError(AskError):
    """What was sent is not a sheet of this page; the sentence is one of the catalogue's."""


class Turn(BaseModel):
    """A turn as the page posts it: no text of the article, only where it stands."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    question: Annotated[str, Field(max_length=LIMIT)]
    kind: ReplyKind
    spans: Annotated[list[tuple[str, int, int]], Field(max_length=8)]


@dataclass(frozen=True, slots=True)
class SheetQuote:
    """A quote as the sheet shows it; `text` and `disclaimer` are the article's, byte for byte."""

    text: str
    language: str
    author: str
    title: str
    disclaimer: str
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


def read_turns(posted: Sequence[str], text: Text) -> list[Turn]:
    """Return the posted turns; raises SheetError if one is not what the page posts."""
    if len(posted) > MOST_TURNS:
        raise SheetError(text("sheet.too_many", most=MOST_TURNS))
    try:
        return [Turn.model_validate_json(turn) for turn in posted]
    except ValidationError:
        raise SheetError(text("sheet.not_ours")) from None


def read_sheet(turns: Sequence[Turn], library: Library, text: Text) -> Sheet:
    """Return the sheet of some turns, its quotes read from the articles.

    Raises SheetError for a span that is not whole sentences of one paragraph: a cut sentence can
    say the opposite of what the article says.
    """
    items = [(turn.kind, _item(turn, library, text)) for turn in turns]
    return Sheet(
        tuple(item for kind, item in items if kind is ReplyKind.QUOTES and item.quotes),
        tuple(item for kind, item in items if kind in TO_ASK),
    )


def _item(turn: Turn, library: Library, text: Text) -> SheetItem:
    quotes = tuple(
        _quote(_article(library, id, text), start, end, text) for id, start, end in turn.spans
    )
    return SheetItem(turn.question, quotes, turn.model_dump_json())


def _article(library: Library, id: str, text: Text) -> Article:
    article = library.get(id)
    if article is None:
        raise SheetError(text("sheet.article_gone"))
    return article


def _quote(article: Article, start: int, end: int, text: Text) -> SheetQuote:
    try:
        sentences = article.sentences_in(article.span(start, end))
    except SpanError:
        sentences = ()
    if not sentences or (sentences[0].span.start, sentences[-1].span.end) != (start, end):
        raise SheetError(text("sheet.altered"))
    numbers = (sentences[0].number, sentences[-1].number)
    return SheetQuote(
        article.read(article.span(start, end)),
        article.metadata.language,
        article.metadata.author,
        article.metadata.title,
        article.metadata.disclaimer,
        section_of(article, start).title,
        sentences[0].paragraph,
        references_of(article, numbers, resting_on(article, numbers)),
        states_dose(article, numbers),
    )
