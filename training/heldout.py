"""Judging authors that were not trained on: the rows that thresholds and reports are made of."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tqdm import tqdm

from chatbot.answer.judgement import BankLessJudge, Calibration, Judge, Judgement
from chatbot.answer.sentence_head import SentenceHead
from chatbot.conversation import Conversation
from chatbot.guard.classifier import GuardClassifier, Thresholds
from chatbot.guard.guard import Guard
from chatbot.guard.normalise import normalise
from chatbot.guard.rules import load_poison, load_rules
from corpus import Article, BankQuestion, QuestionBank
from index import PassageIndex, SentenceEncoder, Settings
from training.data import Message, asked, messages, outside
from training.guard import train_guard
from training.questions import train_questions
from training.settings import TrainingSettings

KEPT = 6
"""Candidates of a held-out question that are kept."""

_NEUTRAL = Calibration({}, 0.0, 0.0, 0.0)
_NO_THRESHOLDS = Thresholds(1.0, 0.5, 1.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Fold:
    """What one fold leaves out: an author of bank questions and some sources of messages."""

    name: str
    author: str
    sources: tuple[str, ...]


FOLDS = (
    Fold("a", "a", ("letters",)),
    Fold("b", "b", ("danger",)),
    Fold("c", "c", ("pairs",)),
    Fold("d", "d", ("other", "d")),
    Fold("h", "h", ("h",)),
)


def held_out_questions(
    article: Article, fold: Fold, settings: TrainingSettings
) -> Iterable[Mapping[str, Any]]:
    """Train without an author and yield a row for each of their questions."""
    base = Settings.load()
    known = asked([article], without={fold.author})
    beyond = outside(messages(without=fold.sources), [article])
    model = train_questions(
        SentenceEncoder(base), article, [*known, *beyond], settings.questions, settings.seed
    )
    bank = article.bank.questions if article.bank else ()
    rest = tuple(entry for entry in bank if entry.author != fold.author)
    reduced = replace(article, bank=QuestionBank(rest))
    with tempfile.TemporaryDirectory() as folder:
        tuned, head = Path(folder) / "encoder.safetensors", Path(folder) / "head.safetensors"
        model.save(tuned, head, article)
        encoder = SentenceEncoder(base, tuned)
        judge = Judge(reduced, SentenceHead.load(head, reduced), _NEUTRAL)
    index = PassageIndex.build([reduced], encoder, base)
    mine = [entry for entry in bank if entry.author == fold.author]
    vectors = encoder.encode([entry.question for entry in mine])
    for entry, vector in zip(mine, vectors, strict=True):
        yield _judged(entry, judge.judge(vector, index.scores(entry.question, vector)))


def plain_questions(article: Article) -> Iterable[Mapping[str, Any]]:
    """Yield a row for each bank question, judged by the packaged weights without the bank."""
    base = Settings.load()
    encoder, bare = SentenceEncoder(base), replace(article, bank=None)
    index = PassageIndex.build([bare], encoder, base)
    judge = BankLessJudge(bare, base.dense, _NEUTRAL)
    bank = article.bank.questions if article.bank else ()
    vectors = encoder.encode([entry.question for entry in bank])
    for entry, vector in zip(bank, vectors, strict=True):
        yield _judged(entry, judge.judge(vector, index.scores(entry.question, vector)))


def held_out_messages(
    article: Article, fold: Fold, settings: TrainingSettings
) -> Iterable[Mapping[str, Any]]:
    """Train without some sources and yield a row for each of their messages."""
    base = Settings.load()
    known = [message for message in messages(without=fold.sources) if message.english]
    fair = asked([article], without={fold.author})
    model = train_guard(SentenceEncoder(base), known, fair, settings.guard, settings.seed)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "guard.safetensors"
        model.save(file)
        classifier = GuardClassifier.load(SentenceEncoder(base, file), file)
    guard = Guard(load_rules(), classifier, _NO_THRESHOLDS, load_poison())
    mine = [message for message in messages() if message.source in fold.sources]
    for message in tqdm(mine, desc=f"guard without {fold.name}", mininterval=2.0):
        yield {**_message(message), "shares": guarded_shares(guard, message.text)}


def guarded_shares(guard: Guard, text: str) -> list[float]:
    """Return the classifier's shares for a text, in the order of the labels."""
    triage = guard.triage(normalise(text), Conversation())
    return [round(share, 5) for _, share in triage.probabilities]


def write_rows(file: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write rows as JSON lines."""
    file.parent.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    file.write_text("\n".join(lines) + "\n", "utf-8")


def read_rows(files: Sequence[Path]) -> list[dict[str, Any]]:
    """Read the rows of some files, in their order."""
    return [
        json.loads(line) for file in files for line in file.read_text("utf-8").splitlines() if line
    ]


def _judged(entry: BankQuestion, judgement: Judgement) -> dict[str, Any]:
    return {
        **_question(entry),
        "features": {name: round(value, 5) for name, value in judgement.features.items()},
        "candidates": [[one.sentence, round(one.score, 5)] for one in judgement.candidates[:KEPT]],
    }


def _question(entry: BankQuestion) -> dict[str, Any]:
    return {
        "id": entry.id,
        "author": entry.author,
        "style": entry.style,
        "answers": list(entry.answers),
        "need": [list(group) for group in entry.need],
    }


def _message(message: Message) -> dict[str, Any]:
    return {
        "id": message.id,
        "source": message.source,
        "label": message.label.value,
        "english": message.english,
    }
