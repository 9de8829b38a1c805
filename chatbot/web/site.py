"""The pages of one site: what fills the templates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from babel.dates import format_date

from chatbot.web.answerer import Answerer
from chatbot.web.assets import Assets
from chatbot.web.documents import BEST, Document
from chatbot.web.gradio_files import find_gradio_files
from chatbot.web.help_links import help_line
from chatbot.web.pages import ArticleView, passages, quoted_sentences, reference_entries
from chatbot.web.sheet import Sheet
from chatbot.web.templating import render
from corpus import Article

HTML = "text/html; charset=utf-8"


def today() -> date:
    """Return the date on the server's clock, in its own time zone."""
    return datetime.now(UTC).astimezone().date()


class Site:
    """Writes every page but the conversation itself."""

    def __init__(
        self, answerer: Answerer, root_path: str = "", today: Callable[[], date] = today
    ) -> None:
        """Read the style sheets; `today` gives the date that a sheet bears."""
        self.assets = Assets(root_path)
        self.library = answerer.library
        self._catalogue = answerer.catalogue
        self._root_path = root_path
        self._today = today

    def chat(self) -> Document:
        """Return the page of the chat with the first article beside it."""
        articles = list(self.library.values())
        return self._page(
            "chat.html", articles[0], quality=BEST, articles=articles, gradio=find_gradio_files()
        )

    def article(self, article: Article, query: str = "", quality: int = 5) -> Document:
        """Return the page of an article; `query` names the sentences to mark."""
        quoted = quoted_sentences(article, query)
        return self._page("article.html", article, quality=quality, quoted=quoted)

    def references(self, article: Article) -> Document:
        """Return the page of an article's references."""
        return self._page(
            "references.html",
            article,
            entries=reference_entries(article),
            passages=passages(article),
        )

    def embed(self, address: str, origins: Sequence[str]) -> str:
        """Return the page that says how to show the chat, at `address`, on other sites."""
        return render("embed.html", **self._common(), address=address, origins=origins)

    def error(self, status: int, sentence: str = "") -> str:
        """Return the page for an error; without a sentence, one of the page's own."""
        lost = status in {404, 405}
        message = self._catalogue.text("page.not_found" if lost else "page.failed")
        return render(
            "error.html",
            **self._common(),
            heading=self._catalogue.text("page.lost_title" if lost else "page.trouble_title"),
            message=message if lost else sentence or message,
            articles=list(self.library.values()),
        )

    def sheet(self, sheet: Sheet) -> str:
        """Return the sheet as HTML."""
        return render("sheet.html", **self._common(), **self._sheet(sheet))

    def sheet_text(self, sheet: Sheet) -> str:
        """Return the sheet as plain text."""
        return render("sheet.txt", **self._common(), **self._sheet(sheet))

    def _sheet(self, sheet: Sheet) -> dict[str, Any]:
        items = (*sheet.to_ask, *sheet.answered)
        quotes = [quote for item in items for quote in item.quotes]
        return {
            "sheet": sheet,
            "articles": list({quote.title: quote for quote in quotes}.values()),
            "date": format_date(self._today(), "long", locale=self._catalogue.language),
        }

    def _page(self, name: str, article: Article, quality: int = 5, **values: object) -> Document:
        language = self._catalogue.language
        common = {"quoted": frozenset(), **self._common(), **values}
        view = ArticleView(article, language)
        return Document.of(render(name, article=article, view=view, **common), HTML, quality)

    def _common(self) -> dict[str, Any]:
        return {
            "t": self._catalogue.text,
            "language": self._catalogue.language,
            "root": self._root_path,
            "asset": self.assets.url,
            "help": help_line(self._catalogue),
        }
