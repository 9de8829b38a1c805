"""Time a whole reply against bare dense search: `make bench`."""

from __future__ import annotations

import platform
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from importlib.metadata import version

from chatbot.conversation import Conversation
from chatbot.opening import open_chatbot
from corpus import AskError, load_library
from index import PassageIndex, SentenceEncoder, Settings

REPEATS = 3
LIBRARIES = ("torch", "sentence-transformers", "faiss-cpu", "bm25s")
FRESH = Conversation()


def milliseconds(call: Callable[[str], object], questions: Sequence[str]) -> list[float]:
    """Return the time of each call in milliseconds, after one round that warms up."""
    for question in questions:
        call(question)
    taken = []
    for question in list(questions) * REPEATS:
        start = time.perf_counter()
        call(question)
        taken.append(1000 * (time.perf_counter() - start))
    return taken


def stages() -> dict[str, Callable[[str], object]]:
    """Return what is timed, by name; the first is the baseline."""
    library, settings = load_library(), Settings.load()
    bare = SentenceEncoder(settings)
    index = PassageIndex.build(list(library.values()), bare, settings)
    bot = open_chatbot()
    return {
        "bare dense search": lambda text: index.scores(text, bare.encode([text])[0]),
        "whole reply": lambda text: bot.reply(text, FRESH),
    }


def main() -> int:
    """Print the table; return the exit status."""
    try:
        timed = stages()
        questions = [
            entry.question
            for article in load_library().values()
            for entry in article.bank or ()
            if entry.example
        ]
    except AskError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{platform.machine()}, Python {platform.python_version()}, ", end="")
    print(", ".join(f"{name} {version(name)}" for name in LIBRARIES))
    print(f"{len(questions)} questions, {REPEATS} rounds, one at a time\n")
    print("| | p50 ms | p95 ms | p50 to the baseline's |\n|---|---:|---:|---:|")
    baseline = 0.0
    for name, call in timed.items():
        taken = milliseconds(call, questions)
        middle, high = statistics.median(taken), statistics.quantiles(taken, n=20)[-1]
        baseline = baseline or middle
        print(f"| {name} | {middle:.1f} | {high:.1f} | {middle / baseline:.2f} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
