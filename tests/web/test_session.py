"""What the server remembers of a conversation, and for how long."""

from dataclasses import replace

import gradio as gr
from fixed_answerer import EXAMPLES, KINDS, FixedAnswerer
from gradio.state_holder import StateHolder
from hypothesis import given
from hypothesis import strategies as st
from parsed_html import all_of, parse
from quiet_gradio import quiet_gradio

from chatbot.conversation import Conversation
from chatbot.reply import ReplyKind
from chatbot.web.blocks import build_blocks
from chatbot.web.render import Renderer
from chatbot.web.session import MOST_TURNS, Session
from chatbot.web.settings import Settings

ANSWERER = FixedAnswerer(region="gb")
RENDERER = Renderer(ANSWERER.library, ANSWERER.catalogue)


def held(answerer: FixedAnswerer, renderer: Renderer, forget_after: float) -> StateHolder:
    """Return Gradio's memory with one conversation in it, looked through for expired ones."""
    with quiet_gradio():
        blocks = build_blocks(answerer, renderer, replace(Settings(), forget_after=forget_after))
    holder = StateHolder()
    holder.set_blocks(blocks)
    (state,) = [id for id, block in blocks.blocks.items() if isinstance(block, gr.State)]
    reply = answerer.reply(EXAMPLES[0], Conversation())
    holder["tab"][state] = Session().named("tab").after(reply)
    holder.delete_all_expired_state()
    return holder


def test_a_conversation_is_forgotten_whole(answerer: FixedAnswerer, renderer: Renderer) -> None:
    assert "tab" in held(answerer, renderer, forget_after=3600).session_data
    assert "tab" not in held(answerer, renderer, forget_after=-1).session_data


def test_conversations_are_bounded(answerer: FixedAnswerer, renderer: Renderer) -> None:
    settings = replace(Settings(), conversations=3)
    holder = StateHolder()
    with quiet_gradio():
        holder.set_blocks(build_blocks(answerer, renderer, settings))
    for tab in range(9):
        holder[f"tab{tab}"]
    assert len(holder.session_data) <= 4


def test_a_session_keeps_its_last_turns(answerer: FixedAnswerer) -> None:
    session = Session()
    for number in range(MOST_TURNS + 5):
        session = session.after(answerer.reply(f"question {number}", session.conversation))
    assert len(session.turns) == MOST_TURNS
    assert session.turns[-1].reply.question == f"question {MOST_TURNS + 4}"
    assert session.conversation.last_question == f"question {MOST_TURNS + 4}"


@given(st.lists(st.sampled_from([EXAMPLES[0], *KINDS]), min_size=1, max_size=MOST_TURNS + 5))
def test_after_a_crisis_the_help_line_stays_whatever_is_asked(asked: list[str]) -> None:
    session = Session()
    for question in asked:
        session = session.after(ANSWERER.reply(question, session.conversation))
    expected = [
        any(KINDS.get(earlier) is ReplyKind.CRISIS for earlier in asked[:place])
        for place in range(len(asked))
    ]
    assert [turn.in_crisis for turn in session.turns] == expected[-MOST_TURNS:]
    for turn in session.turns:
        html = parse(RENDERER.reply(turn.reply, turn.in_crisis))
        stays = turn.in_crisis and turn.reply.kind is not ReplyKind.CRISIS
        lines = all_of(html, "p", "still")
        assert len(lines) == stays
        assert all("116 123" in line.text and "999" in line.text for line in lines)
    calls = [a.attributes["href"] for a in all_of(parse(RENDERER.notice("Sorry.", True)), "a")]
    assert calls[0] == "tel:116123"
