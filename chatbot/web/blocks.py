"""The conversation, as Gradio components; each question is one call, without a queue."""

from __future__ import annotations

from typing import Any

import gradio as gr

from chatbot.conversation import Conversation
from chatbot.reply import ReplyKind
from chatbot.web.answerer import Answerer
from chatbot.web.asking import AnswerFailedError, unlogged, well_formed
from chatbot.web.render import Renderer
from chatbot.web.session import Session, Turn
from chatbot.web.settings import Settings
from chatbot.web.wording import suggestions_heading

SUGGESTIONS = 5
"""The most questions offered to click."""

Update = dict[str, Any]


class Chat:
    """Answers what the page sends; the browser's copy of the conversation is never read."""

    def __init__(self, answerer: Answerer, renderer: Renderer) -> None:
        """Hold what answers and what writes answers as HTML."""
        self._answerer = answerer
        self._renderer = renderer

    def ask(self, question: str | None, session: Session, request: gr.Request) -> list[Any]:
        """Return the new values of `Components.outputs` after one question."""
        if not (question or "").strip():
            return [gr.skip()] * (4 + SUGGESTIONS)
        text = well_formed(str(question))
        session = session.named(request.session_hash or "")
        try:
            return unlogged(lambda: self._answered(text, session))
        except AnswerFailedError:
            return self._failed(text, session)

    def _answered(self, question: str, session: Session) -> list[Any]:
        reply = self._answerer.reply(question, session.conversation)
        in_crisis = session.conversation.in_crisis
        html = (self._renderer.question(question), self._renderer.reply(reply, in_crisis))
        before, session = session.offered, session.after(reply, html)
        kept = question if reply.kind is ReplyKind.INVALID else ""
        heading = suggestions_heading(reply, self._answerer.catalogue)
        suggested = self.suggest(reply.suggestions, heading, before)
        return [kept, self._log(session.turns), session, *suggested]

    def suggest(
        self, questions: tuple[str, ...], heading: str, before: int | None = None
    ) -> list[Any]:
        """Return the heading over the suggestions, and the suggestions.

        `before` is how many are on the page, if that is known. What stays visible, or hidden, is
        given as its value alone: Gradio builds a component anew for each change of a property.
        """
        texts = [*questions[:SUGGESTIONS], *[""] * (SUGGESTIONS - len(questions))]
        values = [heading if questions else "", *texts]
        shown = [bool(questions), *map(bool, texts)]
        were = [None] * len(shown) if before is None else [before > 0, *_first(before)]
        return [
            value if now is was else gr.update(value=value, visible=now)
            for value, now, was in zip(values, shown, were, strict=True)
        ]

    def _failed(self, question: str, session: Session) -> list[Any]:
        """Keep the conversation and the question; say in one sentence that there is no answer."""
        notice = self._answerer.catalogue.text("page.failed")
        log = [
            *self._log(session.turns),
            _message("user", self._renderer.question(question)),
            _message("assistant", self._renderer.notice(notice, session.conversation.in_crisis)),
        ]
        return [question, log, session, *[gr.skip()] * (1 + SUGGESTIONS)]

    def _log(self, turns: tuple[Turn, ...]) -> list[Update]:
        return [
            message
            for turn in turns
            for message in (
                _message("user", turn.html[0]),
                _message("assistant", turn.html[1]),
            )
        ]


def _first(count: int) -> list[bool]:
    """Return which suggestions are visible where so many are."""
    return [place < count for place in range(SUGGESTIONS)]


def _message(role: str, html: str) -> Update:
    """Return a message of the log as the page's script reads it."""
    text = {"type": "text", "text": html}
    return {"role": role, "metadata": None, "content": [text], "options": None}


def build_blocks(answerer: Answerer, renderer: Renderer, settings: Settings) -> gr.Blocks:
    """Return the conversation: log, questions to click, question field and its button."""
    text = answerer.catalogue.text
    chat = Chat(answerer, renderer)
    blocks: gr.Blocks = gr.Blocks(analytics_enabled=False, title=text("page.title"))
    with blocks:
        session = gr.State(
            Session(),
            time_to_live=settings.forget_after,
            delete_callback=lambda session: _forget(blocks, session),
        )
        log = _log()
        examples = answerer.examples(Conversation())
        heading, buttons = _suggestions(chat.suggest(examples, text("page.suggest_first")))
        field, button = _composer(text("page.question_label"), text("page.ask"))
        outputs = [field, log, session, heading, *buttons]
        asking = [(field.submit, field), (button.click, field), *((b.click, b) for b in buttons)]
        for event, asked in asking:
            _on(event, chat, [asked, session], outputs)
    blocks.state_session_capacity = settings.conversations
    return blocks


def _on(event: Any, chat: Chat, inputs: list[Any], outputs: list[Any]) -> None:  # noqa: ANN401
    event(
        chat.ask,
        inputs,
        outputs,
        queue=False,
        # Values come and go as the page has them: each conversion would take a thread of its own,
        # and that of the log would strip white space from what is quoted.
        preprocess=False,
        postprocess=False,
        show_progress="hidden",
        api_visibility="undocumented",
    )


def _composer(label: str, ask: str) -> tuple[gr.Textbox, gr.Button]:
    """Return the question field and its button."""
    with gr.Row(elem_id="composer"):
        # A shared computer must not offer the next person what this one wrote.
        kept = gr.InputHTMLAttributes(autocomplete="off", enterkeyhint="send")
        field = gr.Textbox(
            label=label, max_lines=5, elem_id="question", scale=1, html_attributes=kept
        )
        button = gr.Button(ask, variant="primary", elem_id="ask", scale=0)
    return field, button


def _log() -> gr.Chatbot:
    """Return the log of the conversation; its messages are HTML that `render` has escaped."""
    return gr.Chatbot(
        show_label=False,
        container=False,
        height=None,
        autoscroll=False,
        layout="panel",
        buttons=[],
        feedback_options=None,
        group_consecutive_messages=False,
        sanitize_html=False,
        latex_delimiters=[],
        line_breaks=False,
        elem_id="log",
    )


def _suggestions(first: list[Any]) -> tuple[gr.Markdown, list[gr.Button]]:
    heading, *questions = first
    with gr.Column(elem_id="suggestions"):
        label = gr.Markdown(heading["value"], visible=heading["visible"])
        buttons = [
            gr.Button(question.get("value", ""), visible=question["visible"], size="sm")
            for question in questions
        ]
    return label, buttons


def _forget(blocks: gr.Blocks, session: Session) -> None:
    """Drop what Gradio itself remembers of a conversation, once its session has expired."""
    blocks.state_holder.session_data.pop(session.id, None)
    blocks.state_holder.time_last_used.pop(session.id, None)
