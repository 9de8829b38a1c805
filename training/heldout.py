"""Judging authors that were not trained on: the rows that thresholds and reports are made of."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tqdm import tqdm

from chatbot.answer.bank_match import NEAREST
from chatbot.answer.judgement import BankLessJudge, Calibration, Judge, Judgement
from chatbot.answer.sentence_head import SentenceHead
from chatbot.conversation import Conversation
from chatbot.guard.classifier import Thresholds, load_classifier
from chatbot.guard.guard import Guard
from chatbot.guard.normalise import normalise
from chatbot.guard.rules import load_poison, load_rules
from chatbot.learned import ENCODER, GUARD, GUARD_NGRAMS, head_name, ngrams_name
from chatbot.ngrams import NgramHead
from corpus import Article, BankQuestion, QuestionBank
from index import PassageIndex, SentenceEncoder, Settings
from training.data import Message, asked, messages, outside
from training.joint import Lessons, train_joint
from training.ngrams import train_ngrams
from training.settings import TrainingSettings

BY_CLASSIFIER = "classifier"

KEPT = 6
"""Candidates of a held-out question that are kept."""

_NEUTRAL = Calibration({}, 0.0, 0.0, 0.0, 0.0)
_NO_THRESHOLDS = Thresholds(1.0, 0.5, 1.0, 1.0, 1.0, 1.0)

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Fold:
    """What one fold leaves out: authors of bank questions and sources of messages."""

    name: str
    authors: tuple[str, ...]
    sources: tuple[str, ...]


FOLDS = (Fold("abcd", ("a", "b", "c", "d"), ("letters", "danger", "pairs", "other", "d")),)
"""All of these are left out at once, which is stricter than one after another and one training."""


def hold_out(article: Article, fold: Fold, settings: TrainingSettings, rows: Path) -> None:
    """Train without a fold's authors and sources; write a file of rows for each of them."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        known = lessons(article, fold.authors, fold.sources)
        train_joint(known, settings, folder)
        train_ngrams(known, settings, folder)
        judge_fold(article, fold, folder, rows)


def lessons(article: Article, authors: Sequence[str] = (), sources: Sequence[str] = ()) -> Lessons:
    """Return what there is to learn, without some authors' questions and sources' messages."""
    known = [message for message in messages(without=sources) if message.english]
    return Lessons(article, asked([article], without=authors), outside(known, [article]), known)


def judge_fold(article: Article, fold: Fold, learned: Path, rows: Path) -> None:
    """Write the rows of a fold's questions and messages, judged by its learned files."""
    settings = Settings.load()
    encoder = SentenceEncoder(settings, learned / ENCODER)
    found = _questions(article, fold, learned, encoder, settings)
    for author in fold.authors:
        mine = [row for row in found if row["author"] == author]
        write_rows(rows / f"questions_{author}.jsonl", mine)
    guard = Guard(
        load_rules(),
        load_classifier(encoder, learned / GUARD, learned / GUARD_NGRAMS),
        _NO_THRESHOLDS,
        load_poison(),
    )
    for source in fold.sources:
        write_rows(rows / f"guard_{source}.jsonl", _messages(guard, source))


def plain_questions(article: Article) -> Iterable[Row]:
    """Yield a row for each bank question, judged by the packaged weights without the bank."""
    base = Settings.load()
    encoder, bare = SentenceEncoder(base), replace(article, bank=None)
    index = PassageIndex.build([bare], encoder, base)
    judge = BankLessJudge(bare, base.dense, _NEUTRAL, base.length)
    bank = article.bank.questions if article.bank else ()
    vectors = encoder.encode([entry.question for entry in bank])
    for entry, vector in zip(bank, vectors, strict=True):
        scores = index.scores(entry.question, vector, NEAREST)[article.id]
        yield _judged(entry, judge.judge(entry.question, vector, scores))


def guarded(guard: Guard, text: str) -> Row:
    """Return the classifier's shares for a text, in the order of the labels, and what rules said.

    `raised` is the level that a rule raised the message to, empty where none did.
    """
    triage = guard.triage(normalise(text), Conversation())
    by_rule = triage.reason != BY_CLASSIFIER
    return {
        "shares": [round(share, 5) for _, share in triage.probabilities],
        "raised": triage.level.name.lower() if by_rule else "",
    }


def write_rows(file: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write rows as JSON lines."""
    file.parent.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    file.write_text("\n".join(lines) + "\n", "utf-8")


def read_rows(files: Sequence[Path]) -> list[Row]:
    """Read the rows of some files, in their order."""
    return [
        json.loads(line) for file in files for line in file.read_text("utf-8").splitlines() if line
    ]


def _questions(
    article: Article, fold: Fold, learned: Path, encoder: SentenceEncoder, settings: Settings
) -> list[Row]:
    bank = article.bank.questions if article.bank else ()
    rest = QuestionBank(tuple(entry for entry in bank if entry.author not in fold.authors))
    reduced = replace(article, bank=rest)
    head = SentenceHead.load(learned / head_name(article.id), reduced)
    ngrams = NgramHead.load(learned / ngrams_name(article.id), article.sha256)
    judge = Judge(reduced, head, ngrams, _NEUTRAL)
    index = PassageIndex.build([reduced], encoder, settings)
    mine = [entry for entry in bank if entry.author in fold.authors]
    vectors = encoder.encode([entry.question for entry in mine])
    scores = [
        index.scores(entry.question, vector, NEAREST)[article.id]
        for entry, vector in zip(mine, vectors, strict=True)
    ]
    return [
        _judged(entry, judge.judge(entry.question, vector, found))
        for entry, vector, found in zip(mine, vectors, scores, strict=True)
    ]


def _messages(guard: Guard, source: str) -> Iterable[Row]:
    mine = [message for message in messages() if message.source == source]
    for message in tqdm(mine, desc=f"guard: {source}", mininterval=2.0):
        yield {**_message(message), **guarded(guard, message.text)}


def _judged(entry: BankQuestion, judgement: Judgement) -> Row:
    return {
        **_question(entry),
        "features": {name: round(value, 5) for name, value in judgement.features.items()},
        "candidates": [[one.sentence, round(one.score, 5)] for one in judgement.candidates[:KEPT]],
    }


def _question(entry: BankQuestion) -> Row:
    return {
        "id": entry.id,
        "author": entry.author,
        "style": entry.style,
        "answers": list(entry.answers),
        "need": [list(group) for group in entry.need],
    }


def _message(message: Message) -> Row:
    return {
        "id": message.id,
        "source": message.source,
        "label": message.label.value,
        "english": message.english,
        "pair": message.pair,
        "lookalike": message.lookalike,
    }
