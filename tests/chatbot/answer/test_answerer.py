"""Each article is judged by the scores of its own rows, in the index that holds it."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest

from chatbot.answer.answerer import Answerer, Shelf
from chatbot.answer.bank_match import NEAREST
from chatbot.answer.judgement import Judgement
from corpus import ARTICLES, Article, load_library
from index import PassageIndex, Scores, Searcher, Settings, Vectors

QUESTION = "Is naltrexone approved for cancer?"


class Letters:
    """Counts letters: a vector that anybody can check, turned by a number."""

    def __init__(self, turn: int) -> None:
        self.turn = turn
        self.fingerprint = f"letters {turn}"

    def encode(self, texts: Sequence[str], progress: bool = False) -> Vectors:
        counts = [
            [1 + text.lower().count(chr(97 + place)) for place in range(26)] for text in texts
        ]
        vectors = np.roll(np.array(counts, dtype=np.float32), self.turn, axis=1)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@dataclass(eq=False)
class Noting:
    """Notes what it is given to judge by."""

    article: Article
    probability: float
    seen: list[tuple[Vectors, Scores]] = field(default_factory=list)

    def judge(self, question: str, vector: Vectors, scores: Scores) -> Judgement:
        assert question == QUESTION
        self.seen.append((vector, scores))
        return Judgement(
            self.article, (), self.probability, 0.5, 0.5, {}, True, (), (), calibrated=True
        )


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> list[Article]:
    """The real article four times, with banks of different lengths and without."""
    folder = tmp_path_factory.mktemp("articles")
    for name, questions in (("a", 30), ("b", 7), ("c", 0), ("d", 0)):
        shutil.copytree(ARTICLES / "ldn-cancer", folder / name)
        bank = folder / name / "questions.jsonl"
        lines = bank.read_text("utf-8").splitlines()[:questions]
        bank.unlink()
        if lines:
            bank.write_text("\n".join(lines) + "\n", "utf-8")
    return list(load_library(folder).values())


def shelf_of(
    articles: list[Article], turn: int, chances: Sequence[float]
) -> tuple[Shelf, list[Noting]]:
    encoder = Letters(turn)
    judges = [Noting(*each) for each in zip(articles, chances, strict=True)]
    searcher = Searcher(PassageIndex.build(articles, encoder, Settings.load()), encoder)
    return Shelf(searcher, judges), judges


def test_each_article_is_judged_by_its_own_scores(library: list[Article]) -> None:
    asked, with_bank = shelf_of(library[:2], 0, (0.1, 0.2))
    plain, without = shelf_of(library[2:], 5, (0.4, 0.3))
    assert Answerer([asked, plain]).judge(QUESTION).article.id == "c"
    for judge in (*with_bank, *without):
        alone = Letters(0 if judge in with_bank else 5)
        index = PassageIndex.build([judge.article], alone, Settings.load())
        [(vector, scores)] = judge.seen
        own = alone.encode([QUESTION])[0]
        np.testing.assert_array_equal(vector, own)
        wanted = index.scores(QUESTION, own, NEAREST)[judge.article.id]
        np.testing.assert_allclose(scores.dense, wanted.dense, atol=1e-6)
        np.testing.assert_allclose(scores.examples, wanted.examples, atol=1e-6)
        np.testing.assert_array_equal(scores.questions.rows, wanted.questions.rows)
        np.testing.assert_allclose(scores.questions.scores, wanted.questions.scores, atol=1e-6)
        assert scores.lexical.shape == wanted.lexical.shape
        assert len(scores.questions.rows) == min(NEAREST, len(judge.article.bank or ()))
