"""What the server remembers of a conversation, and for how long."""

from dataclasses import replace

import gradio as gr
from fixed_answerer import EXAMPLES, FixedAnswerer
from gradio.state_holder import StateHolder
from quiet_gradio import quiet_gradio

from chatbot.conversation import Conversation
from chatbot.web.blocks import build_blocks
from chatbot.web.render import Renderer
from chatbot.web.session import MOST_TURNS, Session
from chatbot.web.settings import Settings


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
    assert len(session.replies) == MOST_TURNS
    assert session.replies[-1].question == f"question {MOST_TURNS + 4}"
    assert session.conversation.last_question == f"question {MOST_TURNS + 4}"
