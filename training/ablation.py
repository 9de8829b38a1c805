"""What each part of the answer adds, on authors whose questions were not trained on.

`python -m training ablation --models FOLDER` writes the table into docs/ABLATION.md.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

import faiss
import numpy as np
import torch
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from tqdm import tqdm

from chatbot.answer.sentence_head import SentenceHead
from chatbot.learned import ENCODER, head_name, ngrams_name
from chatbot.ngrams import NgramHead
from corpus import Article, BankQuestion, ConfigError, ModelError, QuestionBank
from index import SentenceEncoder, Settings
from training.heldout import Fold, lessons
from training.joint import train_joint
from training.methods import Method, Models, Remembered, Scored, methods
from training.ngrams import train_ngrams
from training.pairs import ENCODER as PAIR
from training.pairs import TUNING, PairJudge, pairs_of, train_pairs
from training.projection import train_projection
from training.settings import TrainingSettings

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "ABLATION.md"
START, END = "<!-- measured -->", "<!-- end of what was measured -->"
"""The lines in the document between which the table stands."""

PARTS = 10
"""Parts of the questions; the calibration of each is fitted to the others."""

TIMED = 50
"""Questions that the time is measured on."""

COLUMNS = "| | right first | right within three | AUROC | ms | encoder passes |"


@dataclass(frozen=True, slots=True)
class Quality:
    """How well a method did.

    `first` and `three` are the shares of answerable questions with a right sentence first and
    within three; `auroc` is how well the best score separates answerable from unanswerable ones.
    """

    first: float
    three: float
    auroc: float


@dataclass(frozen=True, slots=True)
class Cost:
    """What a question costs on one core: `passes` is the time in passes of the encoder alone."""

    milliseconds: float
    passes: float


@dataclass(frozen=True, slots=True)
class Tried:
    """A line of the table."""

    name: str
    quality: Quality
    cost: Cost


def write_ablation(
    article: Article,
    fold: Fold,
    folder: Path,
    settings: TrainingSettings,
    with_pair: bool = True,
    document: Path = DOCUMENT,
) -> None:
    """Measure on one core, then write the table into its place in a document.

    Without `with_pair` no pair model is trained, which takes longer than all the rest.
    """
    torch.set_num_threads(1)
    faiss.omp_set_num_threads(1)
    answered = [entry.answered for entry in _held_out(article, fold)]
    title = (
        f"Held out: {' and '.join(f'author {name}' for name in fold.authors)}, "
        f"{sum(answered)} questions that the article answers and "
        f"{len(answered) - sum(answered)} that it does not."
    )
    block = f"{title}\n\n{table(ablation_lines(article, fold, folder, settings, with_pair))}"
    text = document.read_text("utf-8") if document.is_file() else f"{START}\n{END}\n"
    document.write_text(placed(text, block), "utf-8")


def ablation_lines(
    article: Article,
    fold: Fold,
    folder: Path,
    settings: TrainingSettings,
    with_pair: bool = True,
) -> Iterator[Tried]:
    """Yield a line for each method, judged on the questions of a fold's authors.

    `folder` holds what was learned without them; what is missing there is trained and kept.
    """
    mine = _held_out(article, fold)
    known = tuple(entry for entry in article.bank or () if entry.author not in fold.authors)
    reduced = replace(article, bank=QuestionBank(known))
    models = learned(article, fold, folder, settings, with_pair)
    found = methods(reduced, models, Settings.load())
    asked = random.Random(settings.seed).sample(mine, min(TIMED, len(mine)))  # noqa: S311
    costs = {name: cost(method, models, asked) for name, method in found.items()}
    for name, method in tqdm(found.items(), desc="methods"):
        yield Tried(name, quality(method, mine, settings.seed), costs[name])


def learned(
    article: Article,
    fold: Fold,
    folder: Path,
    settings: TrainingSettings,
    with_pair: bool = True,
) -> Models:
    """Read from a folder, or train, what a fold's authors are judged by.

    Raises ModelError if the sentence head is for another version of the article.
    """
    base, given = Settings.load(), lessons(article, fold.authors, fold.sources)
    if not (folder / ENCODER).is_file():
        folder.mkdir(parents=True, exist_ok=True)
        train_joint(given, settings, folder)
    tuned = Remembered(SentenceEncoder(base, folder / ENCODER))
    head = SentenceHead.load(folder / head_name(article.id), article)
    if not (folder / ngrams_name(article.id)).is_file():
        train_ngrams(given, settings, folder)
    ngrams = NgramHead.load(folder / ngrams_name(article.id), article.sha256)
    if head is None or ngrams is None:
        raise ModelError(f"{folder} holds no sentence head for this text; name another folder.")
    if with_pair and not (folder / PAIR).is_file():
        pairs = pairs_of(given.asked, tuned, head, settings.seed)
        model = train_pairs(SentenceEncoder(base), article, pairs, TUNING, settings.seed)
        model.save(folder)
    packaged, pair = Remembered(SentenceEncoder(base)), None
    if with_pair:
        loaded = PairJudge.load(folder, article, base)
        pair = replace(loaded, encoder=Remembered(loaded.encoder))
    questions = [*given.asked, *given.beyond]
    projected = train_projection(packaged, article, questions, settings.questions, settings.seed)
    return Models(packaged, tuned, head, ngrams, pair, *projected)


def _held_out(article: Article, fold: Fold) -> list[BankQuestion]:
    return [entry for entry in article.bank or () if entry.author in fold.authors]


def quality(method: Method, questions: Sequence[BankQuestion], seed: int) -> Quality:
    """Ask a method every question and return how well it did."""
    scored = [method(entry.question) for entry in questions]
    places = [_place(one, entry) for one, entry in zip(scored, questions, strict=True)]
    answered = [entry.answered for entry in questions]
    answerable = [place for place, known in zip(places, answered, strict=True) if known]
    return Quality(
        float(np.mean([place == 0 for place in answerable])),
        float(np.mean([place < 3 for place in answerable])),
        float(roc_auc_score(answered, _sure(scored, places, seed))),
    )


def cost(method: Method, models: Models, questions: Sequence[BankQuestion]) -> Cost:
    """Return the median time that a method takes for a question that was not asked before."""
    taken, passes = [], []
    for entry in questions:
        models.forget()
        passes.append(_timed(lambda text: models.tuned.encode([text]), entry.question))
        models.forget()
        taken.append(_timed(method, entry.question))
    return Cost(1000.0 * median(taken), median(taken) / median(passes))


def _timed(call: Callable[[str], object], question: str) -> float:
    """Return the seconds of processor time of a call, which other programs do not stretch."""
    start = time.process_time()
    call(question)
    return time.process_time() - start


def _place(scored: Scored, entry: BankQuestion) -> int:
    """Return how many sentences stand before the first right one."""
    order = np.argsort(-scored.scores, kind="stable") + 1
    return next(
        (place for place, number in enumerate(order) if number in entry.answers), len(order)
    )


def _sure(scored: Sequence[Scored], places: Sequence[int], seed: int) -> Sequence[float]:
    """Return what each question is judged answerable by.

    That is the best score, or the probability that the best sentence is right, from a logistic
    regression fitted to the other parts of the questions.
    """
    if not scored[0].features:
        return [float(one.scores.max()) for one in scored]
    values = np.array([list(one.features.values()) for one in scored])
    right = np.array([place == 0 for place in places])
    count = min(PARTS, int(right.sum()), int((~right).sum()))
    model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000))
    parts = StratifiedKFold(count, shuffle=True, random_state=seed)
    chances = cross_val_predict(model, values, right, cv=parts, method="predict_proba")
    return [float(chance) for chance in chances[:, 1]]


def table(lines: Iterable[Tried]) -> str:
    """Return lines as a table in Markdown, shares in per cent."""
    rows = [COLUMNS, "|---|---:|---:|---:|---:|---:|"]
    rows += [
        f"| {one.name} | {100 * one.quality.first:.1f} | {100 * one.quality.three:.1f} "
        f"| {one.quality.auroc:.3f} | {one.cost.milliseconds:.1f} | {one.cost.passes:.1f} |"
        for one in lines
    ]
    return "\n".join(rows)


def placed(text: str, block: str) -> str:
    """Return a document with what stands between its two marks replaced.

    Raises ConfigError if it lacks the marks.
    """
    before, start, rest = text.partition(START)
    _, end, after = rest.partition(END)
    if not start or not end:
        raise ConfigError(f"The document of the table lacks the lines {START} and {END}.")
    return f"{before}{START}\n{block}\n{END}{after}"
