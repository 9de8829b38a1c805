"""The tables of the report, in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from benchmarks.public.abstention import FALSE_ABSTENTION, Judged, Kind
from benchmarks.public.ranking import (
    BM25,
    CUTOFFS,
    HALF,
    MINILM,
    STEMS,
    Gain,
    Places,
    Ranking,
    gain,
    hits_of,
)

COVERAGES = (0.1, 0.25, 0.5, 0.75, 1.0)
OTHERS = (Kind.IMPOSSIBLE, Kind.ELSEWHERE)
NONE = "-"


def ranking_table(found: Mapping[str, Ranking]) -> str:
    """Return hit@1 / hit@3 of the baselines and the fusion, fitted on the other sets."""
    head = ["set", "questions", MINILM, BM25, STEMS, HALF, "**fused**", "better than the first two"]
    return table(
        head,
        (
            [
                name,
                f"{len(one.fused):,}",
                *(_hits(one.baselines[title]) for title in (MINILM, BM25, STEMS, HALF)),
                f"**{_hits(one.fused)}**",
                "yes" if better(one) else "no",
            ]
            for name, one in found.items()
        ),
    )


def gain_table(found: Mapping[str, Ranking]) -> str:
    """Return the gains over both baselines in points, what was fitted, and what ships."""
    head = [
        "set",
        *(f"over {title}, hit@{cutoff}" for title in (MINILM, BM25) for cutoff in CUTOFFS),
        "dense share",
        "length",
        "hits with the shipped numbers",
    ]
    return table(
        head,
        (
            [
                name,
                *(
                    _gain(gain(one.fused, one.baselines[title], cutoff))
                    for title in (MINILM, BM25)
                    for cutoff in CUTOFFS
                ),
                f"{one.fitted.dense:.2f}",
                f"{one.fitted.length:.2f}",
                _hits(one.shipped),
            ]
            for name, one in found.items()
        ),
    )


def auroc_table(found: Mapping[str, Judged]) -> str:
    """Return how well answerable questions are told from others, by probability and similarity."""
    head = ["set", "answerable", "told from", "questions", "AUROC", "of the similarity alone"]
    return table(
        head,
        (
            [
                name,
                f"{one.count(Kind.ANSWERABLE):,}",
                _words(kind),
                f"{one.count(kind):,}",
                f"{one.auroc(kind):.3f}",
                f"{one.auroc(kind, one.evidence.features[:, 0]):.3f}",
            ]
            for name, one, kind in _asked(found)
        ),
    )


def abstention_table(found: Mapping[str, Judged]) -> str:
    """Return what thresholds fitted on the other sets do, in per cent."""
    head = ["set"]
    for wanted in FALSE_ABSTENTION:
        head += [f"abstains wrongly, {wanted:.0%} wanted", *(_words(kind) for kind in OTHERS)]
    return table(
        head,
        (
            [name, *(_percent(p.abstained.get(kind)) for p in one.points for kind in Kind)]
            for name, one in found.items()
        ),
    )


def risk_table(found: Mapping[str, Judged]) -> str:
    """Return the share of shown quotes that are wrong, in per cent, by the share shown."""
    head = ["set", "with questions that are", *(f"{share:.0%} shown" for share in COVERAGES)]
    return table(
        head, ([name, _words(kind), *_risks(one, kind)] for name, one, kind in _asked(found))
    )


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table whose columns but the first stand to the right."""
    lines = [head, ["---", *("---:" for _ in head[1:])], *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def better(one: Ranking) -> bool:
    """Return whether the fusion has more hits than MiniLM and than BM25 at every cut-off."""
    fused = hits_of(one.fused)
    return all(bool((fused > hits_of(one.baselines[title])).all()) for title in (MINILM, BM25))


def _asked(found: Mapping[str, Judged]) -> Iterable[tuple[str, Judged, Kind]]:
    """Yield each set with each kind of question that it has beside the answerable ones."""
    for name, one in found.items():
        yield from ((name, one, kind) for kind in OTHERS if one.count(kind))


def _hits(found: Places) -> str:
    return " / ".join(f"{share:.3f}".removeprefix("0") for share in hits_of(found))


def _gain(one: Gain) -> str:
    return f"{100 * one.mean:+.1f} ({100 * one.low:+.1f} to {100 * one.high:+.1f})"


def _risks(one: Judged, kind: Kind) -> list[str]:
    coverage, risk = one.curve(kind)
    return [_percent(float(risk[coverage.searchsorted(share)])) for share in COVERAGES]


def _percent(share: float | None) -> str:
    return NONE if share is None else f"{100 * share:.1f}"


def _words(kind: Kind) -> str:
    return {
        Kind.ANSWERABLE: "answerable",
        Kind.IMPOSSIBLE: "impossible",
        Kind.ELSEWHERE: "asked of a wrong article",
    }[kind]
