"""The texts whose vectors a grown library is made from, and the questions asked of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from corpus import CorpusError, load_library

ARTICLES = "data.jsonl"

HELD_OUT = 10
"""One in so many questions of the repository's own bank is asked; the others are searched."""


@dataclass(frozen=True, slots=True)
class Texts:
    """Passages by article, and questions that are none of them; no text stands twice."""

    name: str
    articles: tuple[tuple[str, ...], ...]
    questions: tuple[str, ...]

    @property
    def passages(self) -> tuple[str, ...]:
        """The passages of all articles."""
        return tuple(passage for article in self.articles for passage in article)


def own_texts() -> Texts:
    """Return the repository's articles: their sentences, and most of their banks' questions.

    The questions are searched as if they were passages, since the sentences alone are few.
    """
    articles, asked = [], []
    for article in load_library().values():
        bank = [entry.question for entry in article.bank or ()]
        asked += bank[::HELD_OUT]
        searched = [text for row, text in enumerate(bank) if row % HELD_OUT]
        articles.append([*(article.read(one.span) for one in article.sentences), *searched])
    return _texts("the articles of this repository", articles, asked)


def read_texts(folder: Path) -> Texts:
    """Return the paragraphs and questions of a folder's articles, `data.jsonl`.

    A line is `{"paragraphs": [text], "questions": [{"q": text}]}`. Raises CorpusError naming the
    line that is not.
    """
    file = folder / ARTICLES
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"cannot be read: {error}", file) from error
    articles, asked = [], []
    for number, line in enumerate(lines, start=1):
        try:
            row = json.loads(line)
            articles.append([str(text) for text in row["paragraphs"]])
            asked += [str(one["q"]) for one in row["questions"]]
        except (ValueError, KeyError, TypeError) as error:
            raise CorpusError(
                f"is not an article with questions ({error})", file, number
            ) from error
    return _texts(f"the articles in {folder.name}", articles, asked)


def _texts(name: str, articles: list[list[str]], asked: list[str]) -> Texts:
    seen: set[str] = set()
    kept = []
    for article in articles:
        new = [text for text in dict.fromkeys(article) if text.strip() and text not in seen]
        seen.update(new)
        kept.append(tuple(new))
    questions = tuple(text for text in dict.fromkeys(asked) if text not in seen)
    return Texts(name, tuple(article for article in kept if article), questions)
