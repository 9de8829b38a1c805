"""What each stage of a reply costs: `python -m benchmarks.speed.stages`, questions on its input."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.speed.systems import RENDER, TOGETHER, WHOLE
from benchmarks.speed.times import timed
from chatbot.answer.bank_match import NEAREST
from chatbot.answer.composing import companion_for, quotes_for
from chatbot.answer.judgement import Calibration, Judge, Judgement
from chatbot.answer.sentence_head import SentenceHead
from chatbot.conversation import Conversation
from chatbot.guard.classifier import NgramClassifier
from chatbot.guard.languages import detect, find_danger
from chatbot.guard.normalise import Normalised, normalise
from chatbot.guard.rules import Situation, load_rules
from chatbot.guard.windows import windows
from chatbot.learned import Learned
from chatbot.messages import Catalogue, Region
from chatbot.ngrams import NgramHead
from chatbot.opening import BANK, open_chatbot
from chatbot.reply import Reply
from chatbot.web.render import Renderer
from corpus import Article, ConfigError, Library, load_library
from index import (
    Encoder,
    IndexFolder,
    Scores,
    Searcher,
    Settings,
    Vectors,
    Weights,
    index_folder,
    parts_of,
)

Stage = Callable[["Asked"], object]

BATCH = 4
"""Questions that are read together, as many as the server answers at once."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what every stage before the one that is timed has made of it."""

    question: str
    message: Normalised
    texts: Sequence[str]
    vector: Vectors
    scores: Scores
    judgement: Judgement
    reply: Reply


class Stages:
    """The parts of the chatbot over the first article, each by itself."""

    def __init__(self) -> None:
        """Open the parts as the chatbot does; raises ConfigError without a question bank."""
        library, learned = load_library(), Learned.load()
        self.fresh = Conversation()
        self.bot = open_chatbot()
        self.article = _with_bank(library)
        self.encoder, self.searcher = _search(self.article, learned)
        self.guard_ngrams = NgramClassifier.load(learned.guard_ngrams)
        id, sha256 = self.article.id, self.article.sha256
        self.ngrams = NgramHead.load(learned.sentence_ngrams(id), sha256)
        head = SentenceHead.load(learned.sentence_head(id), self.article)
        # Without its n-grams, which are a stage of their own.
        self.judge = Judge(self.article, head, None, Calibration.load(learned.calibration, BANK))
        self.rules = load_rules()
        self.renderer = Renderer(library, Catalogue.load("en", Region.load("international")))

    def asked(self, question: str) -> Asked:
        """Return a question with what the stages make of it."""
        message = normalise(question)
        read = [window for reading in message.readings for window in windows(reading)]
        # The question and its windows are encoded together once, as most are one text.
        texts = tuple(dict.fromkeys([*read, message.text]))
        vector = self.encoder.encode([message.text])[0]
        scores = self._scores(message.text, vector)
        judgement = self.judge.judge(message.text, vector, scores)
        reply = self.bot.reply(question, self.fresh)
        return Asked(question, message, texts, vector, scores, judgement, reply)

    @property
    def by_name(self) -> dict[str, Stage]:
        """The stages in their order."""
        return {
            WHOLE: lambda one: self.bot.reply(one.question, self.fresh),
            "normalise": lambda one: normalise(one.question),
            "languages, danger in them": lambda one: find_danger(
                one.message.text, detect(one.message.text)
            ),
            "rules": lambda one: self.rules(Situation(one.message, self.fresh)),
            "encode": lambda one: self.encoder.encode(one.texts),
            "n-gram heads": self._ngrams,
            "index search": lambda one: self._scores(one.message.text, one.vector),
            "judge": lambda one: self.judge.judge(one.message.text, one.vector, one.scores),
            "compose": self._compose,
            RENDER: lambda one: self.renderer.reply(one.reply),
        }

    def _scores(self, question: str, vector: Vectors) -> Scores:
        return self.searcher.index.scores(question, vector, NEAREST)[self.article.id]

    def _ngrams(self, one: Asked) -> None:
        self.guard_ngrams.probabilities(one.texts)
        if self.ngrams is not None:
            self.ngrams.probabilities(one.message.text)

    def _compose(self, one: Asked) -> None:
        if one.reply.quotes:
            companion_for(self.article, quotes_for(one.judgement))


def together(encoder: Encoder, questions: Sequence[str]) -> list[float]:
    """Return the milliseconds of a question where several are read together."""
    batches = [questions[start : start + BATCH] for start in range(0, len(questions), BATCH)]
    return [taken / BATCH for taken in timed(encoder.encode, batches[: len(questions) // BATCH])]


def _with_bank(library: Library) -> Article:
    for article in library.values():
        if article.bank is not None:
            return article
    raise ConfigError("No article has a question bank; the stages of a reply are not timed.")


def _search(article: Article, learned: Learned) -> tuple[Encoder, Searcher]:
    """Return the encoder and the index that the chatbot uses for an article."""
    settings, listed = Settings.load(), list(load_library().values())
    folder = IndexFolder(index_folder(), listed)
    parts = parts_of(listed, settings, learned.encoder)
    part = next(one for one in parts if article.id in {each.id for each in one.articles})
    return folder.encoder(Weights(settings, learned.encoder)), folder.searcher(part)


def main() -> int:
    """Print the milliseconds of each stage for every question of the input, as JSON."""
    task = json.load(sys.stdin)
    stages = Stages()
    every = [stages.asked(question) for question in task["questions"]]
    taken: dict[str, list[float]] = {name: [] for name in (*stages.by_name, TOGETHER)}
    for _ in range(task["rounds"]):
        for one in every:
            # Stage after stage of one question, so that none finds its own data in the cache.
            for name, stage in stages.by_name.items():
                taken[name] += timed(stage, [one])
        taken[TOGETHER] += together(stages.encoder, [one.message.text for one in every])
    print(json.dumps(taken))  # noqa: T201 - the process's one result
    return 0


if __name__ == "__main__":
    sys.exit(main())
