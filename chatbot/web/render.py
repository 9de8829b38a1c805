"""Replies as HTML; a pure function of the reply, its article and the catalogue.

Every text is escaped, and the text of each quote is, once parsed, the article's byte for byte.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from markupsafe import Markup

from chatbot.messages import Catalogue
from chatbot.reply import Quote, Reply, ReplyKind
from chatbot.web.citations import ShortReference, address, references_of, states_dose
from chatbot.web.feedback import ASKED, REASONS
from chatbot.web.help_links import contacts, first_contact, linked
from chatbot.web.templating import prepare, render
from chatbot.web.wording import message_lines
from corpus import Article, Library

URGENT = frozenset({ReplyKind.EMERGENCY, ReplyKind.CRISIS})
"""The kinds shown in red with a number to call."""


@dataclass(frozen=True, slots=True)
class QuoteView:
    """What the template shows of one quote; `before`, `key` and `after` together are its text."""

    quote: Quote
    before: str
    key: str
    after: str
    language: str
    address: str
    source: str
    dose: bool
    references: tuple[ShortReference, ...]

    @property
    def neighbours(self) -> bool:
        """Return whether the sentence that answers stands among others."""
        return bool(self.before or self.after)


def view_quote(quote: Quote, article: Article, catalogue: Catalogue, root_path: str) -> QuoteView:
    """Return what is shown of a quote."""
    start, end = quote.key.start - quote.span.start, quote.key.end - quote.span.start
    source = catalogue.text(
        "page.source",
        author=article.metadata.author,
        title=article.metadata.title,
        section=quote.section,
        number=quote.paragraph,
    )
    return QuoteView(
        quote,
        quote.text[:start],
        quote.text[start:end],
        quote.text[end:],
        article.metadata.language,
        address(root_path, article, quote),
        source,
        states_dose(article, quote.sentences),
        references_of(
            article, quote.sentences, (reference.number for reference in quote.references)
        ),
    )


class Renderer:
    """Writes replies for one page: its articles, its language and the prefix it is served under."""

    def __init__(
        self,
        library: Library,
        catalogue: Catalogue,
        root_path: str = "",
        asks_feedback: bool = False,
    ) -> None:
        """Hold what is the same for every reply; `asks_feedback` adds whether a reply helped."""
        self._library = library
        self._catalogue = catalogue
        self._root_path = root_path
        self._asks_feedback = asks_feedback
        self._links = contacts(catalogue.region)
        prepare("question.html", "reply.html", "notice.html")

    def question(self, text: str) -> str:
        """Return a question as the page repeats it."""
        return _one_line(render("question.html", question=text, t=self._catalogue.text))

    def notice(self, text: str, in_crisis: bool = False) -> str:
        """Return a sentence of the page's own, in place of an answer."""
        return _one_line(render("notice.html", text=text, still=self._still(in_crisis)))

    def reply(self, reply: Reply, in_crisis: bool = False) -> str:
        """Return a reply as the page shows it.

        `in_crisis` keeps the help in view, for someone who was sent to it before.
        """
        html = render(
            "reply.html",
            reply=reply,
            kind=reply.kind.value.replace("_", "-"),
            urgent=reply.kind in URGENT,
            first=first_contact(reply.kind, self._catalogue.region),
            still=self._still(in_crisis and reply.kind is not ReplyKind.CRISIS),
            message=[linked(line, self._links) for line in message_lines(reply, self._catalogue)],
            quotes=[self._view(quote) for quote in reply.quotes],
            companion=self._view(reply.companion) if reply.companion else None,
            anywhere=next(iter(self._library)),
            nearest_language=self._language_of(reply),
            reasons=REASONS if self._asks_feedback and reply.kind in ASKED else (),
            turn=json.dumps(turn_of(reply), ensure_ascii=False, separators=(",", ":")),
            root=self._root_path,
            t=self._catalogue.text,
        )
        return _one_line(html)

    def _still(self, in_crisis: bool) -> Markup | None:
        return linked(self._catalogue.text("crisis.still"), self._links) if in_crisis else None

    def _language_of(self, reply: Reply) -> str:
        """Return the language of the section that a reply points to."""
        nearest = reply.nearest
        return self._library[nearest.article].metadata.language if nearest else ""

    def _view(self, quote: Quote) -> QuoteView:
        article = self._library[quote.span.article]
        return view_quote(quote, article, self._catalogue, self._root_path)


def turn_of(reply: Reply) -> dict[str, object]:
    """Return what the sheet needs of a turn: no text of the article, only where it stands."""
    quotes = [*reply.quotes, *([reply.companion] if reply.companion else [])]
    return {
        "question": reply.question,
        "kind": reply.kind.value,
        "spans": [[quote.span.article, quote.span.start, quote.span.end] for quote in quotes],
    }


def _one_line(html: str) -> str:
    """Return the HTML without its own line breaks, so that no Markdown reader takes it apart.

    Line breaks within a text are character references and stay.
    """
    lines = (line.strip(" ") for line in html.split("\n"))
    return " ".join(line for line in lines if line)
