from __future__ import annotations

import json

import pytest
from fixed_bot import FixedBot

from chatbot.answer.bank_match import Neighbour
from chatbot.answer.judgement import Candidate, Judgement
from chatbot.commands.explanation import SHOWN, Explanation, explanation_lines
from chatbot.commands.question_lines import json_line
from chatbot.conversation import Conversation
from chatbot.guard.languages import detect
from chatbot.guard.level import Label, Level, Triage
from chatbot.guard.normalise import normalise

QUESTION = "W-h-a-t about its side effects?"


@pytest.fixture(scope="module")
def explanation(fixed: FixedBot) -> Explanation:
    article = fixed.article
    answered = next(entry for entry in article.bank if entry.answered)
    missing = next(entry for entry in article.bank if not entry.answered)
    candidates = tuple(
        Candidate(number, 1 / number, 0.5 / number, 0.25, 0.2, 0.125, 3.5)
        for number in range(1, 30)
    )
    judgement = Judgement(
        article,
        candidates,
        0.61,
        0.7,
        0.2,
        {"none": -1.25, "margin": 0.5},
        True,
        (Neighbour(answered, 0.83), Neighbour(missing, 0.79)),
        (),
        True,
    )
    triage = Triage(Level.PERSONAL, Label.ATTACK, "a rule", ((Label.ATTACK, 0.9),))
    reply = fixed.reply(QUESTION, Conversation())
    guess = detect(QUESTION)
    return Explanation(normalise(QUESTION), None, guess, None, triage, judgement, reply)


def test_an_editor_sees_what_decided(explanation: Explanation) -> None:
    printed = "\n".join(explanation_lines(explanation))
    judgement = explanation.judgement
    assert judgement is not None
    assert "personal, attack, by a rule" in printed
    assert "0.610" in printed
    assert "threshold 0.700: too unsure" in printed
    assert "none -1.250, margin 0.500" in printed
    for reading in explanation.message.readings:
        assert reading in printed
    for candidate in judgement.candidates[:SHOWN]:
        text = judgement.article.read(judgement.article.sentence(candidate.sentence).span)
        assert f"s{candidate.sentence} {text}" in printed


def test_an_editor_sees_what_the_bank_says(explanation: Explanation) -> None:
    printed = "\n".join(explanation_lines(explanation))
    judgement = explanation.judgement
    assert judgement is not None
    answered, missing = (near.entry for near in judgement.neighbours)
    assert f"0.830  {answered.id} {answered.question}" in printed
    assert f"s{answered.answers[0]} " in printed
    assert f"not answered: {missing.missing}" in printed


def test_json_has_all_of_it(explanation: Explanation) -> None:
    data = json.loads(json_line(explanation.to_json()))
    assert data["triage"]["reason"] == "a rule"
    assert len(data["judgement"]["candidates"]) == SHOWN
    assert set(data["judgement"]["candidates"][0]) >= {"head", "bank", "dense", "lexical", "score"}
    assert data["judgement"]["neighbours"][1]["missing"]
    assert data["reply"] == explanation.reply.to_json()


def test_a_message_without_words_is_explained_too(explanation: Explanation) -> None:
    bare = Explanation(
        normalise(" "), None, explanation.language, None, None, None, explanation.reply
    )
    assert list(explanation_lines(bare))
    assert bare.to_json()["judgement"] is None
