"""The questions within a message are the writer's own words, and finding them takes little."""

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from chatbot.chatbot import Chatbot
from chatbot.conversation import Conversation
from chatbot.guard.classifier import Probabilities
from chatbot.guard.guard import MOST_PARTS, Guard
from chatbot.guard.level import Label, Level
from chatbot.guard.normalise import normalise
from chatbot.guard.parts import SHORTEST, questions_in

WORDS = st.sampled_from(
    ["and", "should", "I", "take", "it", "?", ".", "LDN", "what", "\n", "5", "is"]
)


@given(st.text(max_size=400) | st.lists(WORDS, max_size=60).map(" ".join))
def test_parts_are_questions_in_the_writers_words(message: str) -> None:
    for part in questions_in(message):
        assert part in message
        assert part.endswith("?")
        assert len(part.split()) >= SHORTEST


def test_two_questions_are_two_parts() -> None:
    parts = questions_in("Should I take it? And what is LDN? I am 50.")
    assert parts == ("Should I take it?", "what is LDN?")
    assert questions_in("What is LDN, and is it safe?") == ()


def test_a_personal_question_among_many_fair_ones_is_refused(bot: Chatbot) -> None:
    guard: Guard = bot.guard
    fair = ["What is LDN?", "Which papers are cited?", "Is it approved by the FDA?"]
    for place in range(len(fair) + 1):
        asked = " ".join([*fair[:place], "Should I take it myself?", *fair[place:]])
        assert guard.triage(normalise(asked), Conversation()).level is Level.PERSONAL
    calm = guard.triage(normalise(" ".join(fair)), Conversation())
    assert (calm.level, calm.label) == (Level.FAIR, Label.INFORMATION)


def test_no_message_has_more_parts_read_than_the_most(bot: Chatbot) -> None:
    read: list[int] = []

    class Counting:
        def probabilities(self, texts: Sequence[str]) -> Probabilities:
            read.append(len(texts))
            return bot.guard.classifier.probabilities(texts)

    asked = "What is LDN? " * (3 * MOST_PARTS)
    assert len(questions_in(asked)) == 3 * MOST_PARTS
    replace(bot.guard, classifier=Counting()).triage(normalise(asked), Conversation())
    assert read[-1] == MOST_PARTS
