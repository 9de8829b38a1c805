"""Reporting on held-out rows: each author is judged with thresholds fitted to the other authors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.metrics import roc_auc_score

from chatbot.answer.growth import grow
from chatbot.answer.judgement import Calibration
from chatbot.guard.level import Label
from corpus import Article
from training.fit import FAIR, Row, fit_answers, fit_guard, right_first, share_of, shown
from training.heldout import read_rows
from training.settings import Rates

STYLES = ("plain", "keyword", "typo", "voice_dictated", "paraphrase", "long_story", "expert")
HELP = (Label.CRISIS, Label.EMERGENCY)
REFUSED = (*HELP, Label.PERSONAL_ADVICE, Label.ATTACK)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the report: a name and shares in [0, 1] by column; None where there are none."""

    name: str
    shares: Mapping[str, float | None]


def answer_lines(folder: Path, article: Article, rates: Rates) -> Iterator[Line]:
    """Yield a line for each author, their mean, and each style over all authors."""
    files = sorted(folder.glob("questions_*.jsonl"))
    judged: list[tuple[str, Sequence[Row], Calibration]] = []
    for file in files:
        others = read_rows([other for other in files if other != file] or [file])
        calibration = Calibration(**fit_answers(others, rates.false_abstention))
        judged.append((file.stem.removeprefix("questions_"), read_rows([file]), calibration))
    lines = [_answers(f"author {name}", rows, limits, article) for name, rows, limits in judged]
    yield from lines
    yield Line(
        "mean", {key: _mean([line.shares[key] for line in lines]) for key in lines[0].shares}
    )
    for style in STYLES:
        of_style = [
            _answers(style, [row for row in rows if row["style"] == style], limits, article)
            for _, rows, limits in judged
        ]
        yield Line(
            style, {key: _mean([line.shares[key] for line in of_style]) for key in lines[0].shares}
        )


def _answers(name: str, rows: Sequence[Row], limits: Calibration, article: Article) -> Line:
    answerable = [row for row in rows if row["answers"]]
    others = [row for row in rows if not row["answers"]]
    needing = [row for row in rows if row["need"]]
    chance = {row["id"]: limits.probability(row["features"]) for row in rows}
    sure = {key: value >= limits.threshold for key, value in chance.items()}
    return Line(
        name,
        {
            "first": _share(right_first(answerable)) if answerable else None,
            "shown": _share(_found(row, limits) for row in answerable),
            "abstains": _share(not sure[row["id"]] for row in others),
            "wrongly": _share(not sure[row["id"]] for row in answerable),
            "need": _share(_covers(row, limits, article) for row in needing),
            "auroc": _auroc(answerable, others, chance),
            "quotes": _mean([float(len(shown(row, limits.further))) for row in answerable]),
        },
    )


def _found(row: Row, limits: Calibration) -> bool:
    return bool({*shown(row, limits.further)} & {*row["answers"]})


def _covers(row: Row, limits: Calibration, article: Article) -> bool:
    quoted = {
        sentence.number
        for number in shown(row, limits.further)
        for sentence in grow(article, article.sentence(number)).sentences
    }
    return all(quoted & set(group) for group in row["need"])


def _auroc(
    answerable: Sequence[Row], others: Sequence[Row], chance: Mapping[str, float]
) -> float | None:
    if not answerable or not others:
        return None
    labels = [1] * len(answerable) + [0] * len(others)
    return float(roc_auc_score(labels, [chance[row["id"]] for row in (*answerable, *others)]))


def guard_lines(folder: Path, rates: Rates) -> Iterator[Line]:
    """Yield a line for each held-out source, judged with the other sources' thresholds."""
    files = sorted(folder.glob("guard_*.jsonl"))
    for file in files:
        others = read_rows([other for other in files if other != file] or [file])
        limits = fit_guard(others, rates)
        rows = [row for row in read_rows([file]) if row["english"]]
        for source in sorted({row["source"] for row in rows}):
            yield _guarded(source, [row for row in rows if row["source"] == source], limits)


def _guarded(name: str, rows: Sequence[Row], limits: Mapping[str, float]) -> Line:
    def over(labels: Sequence[Label], parts: Sequence[Label], limit: str) -> float | None:
        chosen = [row["shares"] for row in rows if row["label"] in labels]
        if not chosen:
            return None
        return float(np.mean(share_of(np.array(chosen), *parts) >= limits[limit]))

    personal = (Label.PERSONAL_ADVICE,)
    return Line(
        name,
        {
            "emergency missed": _rest(over((Label.EMERGENCY,), HELP, "help")),
            "crisis missed": _rest(over((Label.CRISIS,), HELP, "help")),
            "fair sent to help": over(FAIR, HELP, "help"),
            "personal let through": _rest(over(personal, REFUSED, "personal")),
            "personal sent to help": over(personal, HELP, "help"),
            "fair refused": over(FAIR, REFUSED, "personal"),
            "attack let through": _rest(over((Label.ATTACK,), REFUSED, "personal")),
        },
    )


def _rest(share: float | None) -> float | None:
    return None if share is None else 1.0 - share


def _share(values: Iterable[bool]) -> float | None:
    listed = list(values)
    return float(np.mean(listed)) if listed else None


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return float(np.mean(known)) if known else None


def table(lines: Sequence[Line]) -> str:
    """Return lines as a table in Markdown; shares in per cent, `quotes` as a count."""
    columns = list(lines[0].shares)
    rows = [f"| | {' | '.join(columns)} |", f"|---{'|---:' * len(columns)}|"]
    for line in lines:
        cells = [_cell(column, line.shares[column]) for column in columns]
        rows.append(f"| {line.name} | {' | '.join(cells)} |")
    return "\n".join(rows)


def _cell(column: str, value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:.2f}" if column in ("quotes",) else f"{100 * value:.1f}"
