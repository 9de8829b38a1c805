"""The question bank as it is read."""

import json
from pathlib import Path

from corpus import load_article

ANSWER = "LDN remains investigational and isn't FDA-approved for cancer."
OTHER = "There are no official clinical guidelines or FDA approval for this use."


def test_an_article_without_a_bank(folder: Path) -> None:
    assert load_article(folder).bank is None


def test_questions_name_their_sentences(folder: Path) -> None:
    entries = [
        {
            "id": "q1",
            "question": "Is it approved?",
            "gold": [ANSWER, OTHER],
            "need": [[OTHER]],
            "style": "plain",
            "author": "a",
            "example": True,
        },
        {
            "id": "q2",
            "question": "What does it cost?",
            "missing": "prices",
            "style": "typo",
            "author": "b",
        },
    ]
    lines = "\n".join(json.dumps(entry) for entry in entries)
    (folder / "questions.jsonl").write_text(lines, encoding="utf-8")
    article = load_article(folder)
    assert article.bank is not None
    answered, unanswered = article.bank
    texts = [article.read(article.sentence(number).span) for number in answered.answers]
    assert texts == [ANSWER, OTHER]
    assert answered.need == ((answered.answers[1],),)
    assert (answered.answered, answered.example, answered.missing) == (True, True, "")
    assert (unanswered.answered, unanswered.answers, unanswered.missing) == (False, (), "prices")
    assert (unanswered.author, unanswered.example, len(article.bank)) == ("b", False, 2)
