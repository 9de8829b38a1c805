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
from training.fit import (
    FAIR,
    Row,
    danger_of,
    fit_answers,
    fit_guard,
    refused_of,
    shown,
)
from training.heldout import read_rows
from training.settings import Rates

STYLES = ("plain", "keyword", "typo", "voice_dictated", "paraphrase", "long_story", "expert")
CALM = (*FAIR, Label.PERSONAL_ADVICE)


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
        calibration = Calibration(**fit_answers(others, rates.false_abstention, rates))
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
            "first": _share(_first_right(row, article) for row in answerable),
            "shown": _share(_found(row, limits, article) for row in answerable),
            "abstains": _share(not sure[row["id"]] for row in others),
            "wrongly": _share(not sure[row["id"]] for row in answerable),
            "need": _share(_covers(row, limits, article) for row in needing),
            "auroc": _auroc(answerable, others, chance),
            "quotes": _mean([float(len(shown(row, limits.further))) for row in answerable]),
        },
    )


def _first_right(row: Row, article: Article) -> bool:
    return bool(_quoted([row["candidates"][0][0]], article) & {*row["answers"]})


def _found(row: Row, limits: Calibration, article: Article) -> bool:
    return bool(_quoted(shown(row, limits.further), article) & {*row["answers"]})


def _covers(row: Row, limits: Calibration, article: Article) -> bool:
    quoted = _quoted(shown(row, limits.further), article)
    return all(quoted & set(group) for group in row["need"])


def _quoted(numbers: Iterable[int], article: Article) -> set[int]:
    """Return the sentences that stand in the quotes of some sentences."""
    return {
        sentence.number
        for number in numbers
        for sentence in grow(article, article.sentence(number)).sentences
    }


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
        rows = [row for row in read_rows([file]) if row["english"]]
        yield _guarded(file.stem.removeprefix("guard_"), rows, fit_guard(others, rates))


def _guarded(name: str, rows: Sequence[Row], limits: Mapping[str, float]) -> Line:
    def helped(chosen: Sequence[Row]) -> float | None:
        return _share(danger_of(chosen) >= limits["help"])

    def refused(chosen: Sequence[Row]) -> float | None:
        return _share(refused_of(chosen) >= limits["personal"])

    def of(*labels: Label) -> list[Row]:
        return [row for row in rows if row["label"] in labels]

    return Line(
        name,
        {
            "emergency missed": _rest(helped(of(Label.EMERGENCY))),
            "crisis missed": _rest(helped(of(Label.CRISIS))),
            "look-alike sent to help": helped([row for row in of(*CALM) if row["lookalike"]]),
            "fair sent to help": helped(of(*FAIR)),
            "personal sent to help": helped(of(Label.PERSONAL_ADVICE)),
            "personal let through": _rest(refused(of(Label.PERSONAL_ADVICE))),
            "question refused": refused(of(Label.INFORMATION)),
            "pairs right": _pairs_right(rows, limits),
        },
    )


def _pairs_right(rows: Sequence[Row], limits: Mapping[str, float]) -> float | None:
    """Return the share of minimal pairs of which both members are refused or not as they ought."""
    pairs: dict[str, list[bool]] = {}
    paired = [row for row in rows if row["pair"]]
    refused = refused_of(paired) >= limits["personal"]
    helped = danger_of(paired) >= limits["help"]
    for row, unanswered in zip(paired, refused | helped, strict=True):
        right = bool(unanswered) == (row["label"] not in FAIR)
        pairs.setdefault(row["pair"], []).append(right)
    return _share(all(members) for members in pairs.values())


def _rest(share: float | None) -> float | None:
    return None if share is None else 1.0 - share


def _share(values: Iterable[bool]) -> float | None:
    listed = list(values)
    return float(np.mean(listed)) if listed else None


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return float(np.mean(known)) if known else None


def scores(folder: Path, article: Article, rates: Rates) -> dict[str, dict[str, float]]:
    """Return every line of both reports by its name, rounded; what has no value is left out."""
    lines = [*answer_lines(folder, article, rates), *guard_lines(folder, rates)]
    return {
        line.name: {key: round(share, 4) for key, share in line.shares.items() if share is not None}
        for line in lines
    }


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
