"""Opening the chatbot: the corpus, the index, the learned files and the fixed texts together."""

from __future__ import annotations

import logging
from pathlib import Path

from chatbot.about import Intents
from chatbot.answer.answerer import Answerer, ArticleJudge, Shelf
from chatbot.answer.judgement import BankLessJudge, Calibration, Judge
from chatbot.answer.sentence_head import SentenceHead
from chatbot.chatbot import Chatbot
from chatbot.guard.classifier import Thresholds, load_classifier
from chatbot.guard.guard import Guard
from chatbot.guard.languages import load_lists
from chatbot.guard.rules import load_poison, load_rules
from chatbot.learned import Learned
from chatbot.messages import Catalogue, Catalogues, Region
from chatbot.ngrams import NgramHead
from corpus import ARTICLES, Article, load_library
from index import (
    Encoder,
    IndexFolder,
    Part,
    Settings,
    Weights,
    index_folder,
    parts_of,
)

_log = logging.getLogger(__name__)

BANK = "bank"
BANK_LESS = "no_bank"


def open_chatbot(
    articles: Path = ARTICLES,
    index: Path | None = None,
    language: str = "en",
    region: str = "international",
    progress: bool = False,
    exported: bool = True,
) -> Chatbot:
    """Return a chatbot over the articles of a folder, building their index if it is stale.

    Questions are read by the exported encoder, or by the slower reference if `exported` is False.
    Raises CorpusError, ModelError, ConfigError or IndexStaleError if a part is missing or wrong.
    """
    library, settings, learned = load_library(articles), Settings.load(), Learned.load()
    listed = list(library.values())
    folder = IndexFolder(index or index_folder(), listed, progress, exported=exported)
    parts = parts_of(listed, settings, learned.encoder)
    place = Region.load(region)
    # Read now, so that a fault in one is told before the first question.
    load_lists()
    return Chatbot(
        library=library,
        catalogue=Catalogue.load(language, place),
        foreign=Catalogues(place),
        guard=_guard(folder.encoder(Weights(settings, learned.encoder)), learned),
        answerer=Answerer([_shelf(part, folder, learned) for part in parts]),
        intents=Intents.load(),
    )


def _guard(encoder: Encoder, learned: Learned) -> Guard:
    return Guard(
        rules=load_rules(),
        classifier=load_classifier(encoder, learned.guard, learned.guard_ngrams),
        thresholds=Thresholds.load(learned.calibration),
        poison=load_poison(),
    )


def _shelf(part: Part, folder: IndexFolder, learned: Learned) -> Shelf:
    judges = [_judge(article, part.weights.settings, learned) for article in part.articles]
    return Shelf(folder.searcher(part), judges)


def _judge(article: Article, settings: Settings, learned: Learned) -> ArticleJudge:
    if article.bank is None:
        _log.warning(
            "%s has no question bank: abstention is uncalibrated for it and stricter.", article.id
        )
        calibration = Calibration.load(learned.calibration, BANK_LESS)
        return BankLessJudge(article, settings.dense, calibration, settings.length)
    head = SentenceHead.load(learned.sentence_head(article.id), article)
    ngrams = NgramHead.load(learned.sentence_ngrams(article.id), article.sha256)
    return Judge(article, head, ngrams, Calibration.load(learned.calibration, BANK))
