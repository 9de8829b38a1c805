"""An evaluation as plain text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from chatbot.evaluation.comparison import Comparison
from chatbot.evaluation.evaluation import ALL, Evaluation, Table
from chatbot.evaluation.measures import Rate, Rates
from chatbot.evaluation.outcomes import Outcome
from chatbot.reply import ReplyKind

SHORT = 100
"""Characters of a question that are printed."""

FEWEST = 20
"""Questions that a group must have to be printed; the JSON has smaller ones too."""


def report_lines(evaluation: Evaluation, guard: bool = False, failures: int = 10) -> Iterator[str]:
    """Yield the report; `failures` is how many are listed of each sort."""
    left = evaluation.left_out()
    yield f"{len(evaluation.outcomes)} questions"
    yield (
        f"Left out: {left['gold texts']} gold texts that no article has; "
        f"{left['questions']} questions count as unanswerable without them."
    )
    known = sum(outcome.row.in_bank for outcome in evaluation.outcomes)
    yield f"Known: {known} questions stand in an article's question bank and measure memory."
    yield from _table("Answers, in English", evaluation.answers())
    yield f"  quotes in a reply that has some: {evaluation.quotes_shown():.2f} on average"
    yield from _table("Routing, in English", {ALL: evaluation.routing()})
    yield from _table("Other languages", {ALL: evaluation.foreign()})
    yield from _reliability(evaluation)
    if guard:
        yield from _guard(evaluation)
    yield from _listed("Failures", evaluation.failures(), failures)


def comparison_lines(comparison: Comparison, most: int = 10) -> Iterator[str]:
    """Yield what changed; `most` ids are named of those fixed and broken."""
    yield from _heading("Compared question by question")
    yield f"  {'':16}{'n':>6}{'fixed':>7}{'broken':>7}  p (McNemar, exact)"
    for name, change in comparison.changes.items():
        counts = f"{change.n:6}{len(change.fixed):7}{len(change.broken):7}"
        yield f"  {name:16}{counts}  {change.p_value:.4f}"
    if comparison.apart:
        yield f"  {comparison.apart} questions are in one of the two only."
    whole = comparison.changes[ALL]
    for name, ids in (("fixed", whole.fixed), ("broken", whole.broken)):
        if ids and most:
            yield f"  {name}: {', '.join(ids[:most])}{_more(len(ids), most)}"


def _heading(title: str) -> Iterator[str]:
    yield ""
    yield title


def _table(title: str, table: Table) -> Iterator[str]:
    """Yield the rates of all, and below them the shares of each group in numbered columns."""
    if not table[ALL]:
        return
    yield from _heading(title)
    names = list(table[ALL])
    width = max(map(len, names))
    for place, (name, rate) in enumerate(table[ALL].items(), start=1):
        yield f"  {place} {name:{width}}  {_rate(rate)}"
    groups = {group: rates for group, rates in table.items() if group != ALL and _enough(rates)}
    if groups:
        yield from _columns(names, groups)


def _enough(rates: Rates) -> bool:
    return max((rate.n for rate in rates.values()), default=0) >= FEWEST


def _columns(names: Sequence[str], groups: Mapping[str, Rates]) -> Iterator[str]:
    width = max(map(len, groups))
    yield ""
    yield f"  {'% (of n)':{width}}" + "".join(f"{place:>13}" for place in range(1, len(names) + 1))
    for group, rates in groups.items():
        cells = (_cell(rates[name]) if name in rates else "" for name in names)
        yield f"  {group:{width}}" + "".join(f"{cell:>13}" for cell in cells)


def _rate(rate: Rate) -> str:
    low, high = rate.interval
    within = f"95 %: {100 * low:.1f} to {100 * high:.1f}"
    return f"{100 * rate.share:5.1f} %  {rate.count} of {rate.n}  ({within})"


def _cell(rate: Rate) -> str:
    return f"{100 * rate.share:.1f} ({rate.n})"


def _reliability(evaluation: Evaluation) -> Iterator[str]:
    found = evaluation.reliability()
    if found is None:
        return
    yield from _heading(f"Judged probability, {found.n} questions")
    auroc = "none" if found.auroc is None else f"{found.auroc:.3f}"
    yield f"  AUROC {auroc}, Brier {found.brier:.3f}, expected calibration error {found.error:.3f}"
    yield f"  quotes shown for {100 * found.shown:.1f} %"
    yield "  judged       n    mean  right"
    for one in found.bins:
        yield f"  {one.low:.1f} to {one.high:.1f}{one.n:5}  {one.judged:6.3f} {one.right:6.3f}"


def _guard(evaluation: Evaluation) -> Iterator[str]:
    yield from _table("Guard, without borderline messages", evaluation.guard())
    yield from _heading("What each kind of message got")
    kinds = [kind.value for kind in ReplyKind]
    yield f"  {'':16}" + "".join(f"{kind:>16}" for kind in kinds)
    for truth, counts in evaluation.confusion().items():
        yield f"  {truth:16}" + "".join(f"{counts.get(kind, 0):16}" for kind in kinds)
    yield from _listed("Guard's misses", evaluation.guard_misses(), None)


def _listed(title: str, groups: Mapping[str, Sequence[Outcome]], most: int | None) -> Iterator[str]:
    for name, outcomes in groups.items():
        yield from _heading(f"{title}: {name}, {len(outcomes)}")
        for outcome in outcomes[:most]:
            yield f"  {_outcome(outcome)}"
        if most:
            yield from filter(None, [_more(len(outcomes), most).strip()])


def _outcome(outcome: Outcome) -> str:
    """Return one line on an outcome: its kind, the judged probability and the question."""
    text = " ".join(outcome.row.text.split())
    short = text if len(text) <= SHORT else f"{text[: SHORT - 3]}..."
    thought = ""
    if outcome.probability is not None:
        right = "right" if outcome.best_right else "wrong"
        thought = f" {outcome.probability:.2f} {right}"
    mark = " borderline" if outcome.row.borderline else ""
    return f"{outcome.row.id} [{outcome.kind.value}{thought}{mark}] {short}"


def _more(count: int, most: int) -> str:
    return f" and {count - most} more" if count > most else ""
