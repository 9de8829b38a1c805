"""Measure the page in a real browser, with the real models: `make bench-web`.

Prints a Markdown table and writes it to docs/BENCH_WEB.md: page weight, first paint, and the time
from Enter to the rendered answer. Needs Chromium and the `dev` dependencies.
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Sequence

from playwright.sync_api import Browser, BrowserContext, Page

from benchmarks.machine import machine
from corpus import load_library
from scripts.product import PATIENCE, ROOT, Pace, browsing, open_chat, serving

REPORT = ROOT / "docs" / "BENCH_WEB.md"
QUESTIONS = 30
PER_CONVERSATION = 10
WARM_UP = 3
VISITS = 5

CLOCK = """() => {
  window.answered = [];
  addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    const pressed = performance.now();
    const before = document.querySelectorAll(".reply").length;
    const watch = new MutationObserver(() => {
      if (document.querySelectorAll(".reply").length <= before) return;
      watch.disconnect();
      // Two frames later what was added has been painted.
      requestAnimationFrame(() => requestAnimationFrame(
        () => window.answered.push(performance.now() - pressed)));
    });
    watch.observe(document.body, {childList: true, subtree: true});
  }, true);
}"""
PAINT = """() => performance.getEntriesByName("first-contentful-paint")[0].startTime"""
LAST_CALL = """() => performance.getEntriesByType("resource")
  .filter(one => one.name.includes("/gradio_api/run/")).at(-1).duration"""


def bank_questions() -> list[str]:
    """Return questions of the bank, evenly spread over it, answered or not."""
    bank = [entry.question for article in load_library().values() for entry in article.bank or ()]
    wanted = WARM_UP + QUESTIONS
    return bank[:: max(1, len(bank) // wanted)][:wanted]


def visit(context: BrowserContext, url: str) -> tuple[float, float, int]:
    """Open the chat; return bytes on the wire, first paint in ms, and the number of answers."""
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    open_chat(page, url)
    page.wait_for_timeout(1000)
    painted = float(page.evaluate(PAINT))
    page.close()
    return sum(sizes), painted, sum(size > 0 for size in sizes)


def measure_visits(browser: Browser, url: str) -> dict[str, str]:
    """Return the rows on a first and a second visit, the median of several."""
    firsts, seconds = [], []
    for _ in range(VISITS):
        context = browser.new_context()
        context.set_default_timeout(PATIENCE)
        firsts.append(visit(context, url))
        seconds.append(visit(context, url))
        context.close()
    rows = {}
    for name, visits in (("first visit", firsts), ("second visit", seconds)):
        weight, painted, files = (statistics.median(column) for column in zip(*visits, strict=True))
        rows[f"{name}, on the wire"] = f"{weight / 1024:.0f} KB in {files:.0f} files"
        rows[f"{name}, first paint"] = f"{painted:.0f} ms"
    return rows


def ask(page: Page, question: str, pace: Pace) -> tuple[float, float]:
    """Return milliseconds from Enter to the painted answer, and those of the call within."""
    before = page.evaluate("window.answered.length")
    pace.wait(page)
    page.get_by_role("textbox").fill(question)
    page.keyboard.press("Enter")
    page.wait_for_function(f"window.answered.length > {before}")
    return float(page.evaluate("window.answered.at(-1)")), float(page.evaluate(LAST_CALL))


def measure_answers(browser: Browser, url: str, questions: Sequence[str]) -> dict[str, str]:
    """Return the rows on the time from Enter to the answer."""
    # Waiting for a condition evaluates a string, which the page's own policy forbids.
    context = browser.new_context(viewport={"width": 1440, "height": 900}, bypass_csp=True)
    context.set_default_timeout(PATIENCE)
    page, pace, taken = context.new_page(), Pace(), []
    for number, question in enumerate(questions):
        if number % PER_CONVERSATION == 0:
            open_chat(page, url)
            page.evaluate(CLOCK)
        taken.append(ask(page, question, pace))
    context.close()
    whole, calls = zip(*taken[WARM_UP:], strict=True)
    p95 = statistics.quantiles(whole, n=20)[-1]
    return {
        f"Enter to painted answer, median of {len(whole)}": f"{statistics.median(whole):.0f} ms",
        "Enter to painted answer, 95th percentile": f"{p95:.0f} ms",
        "of that the call to the server, median": f"{statistics.median(calls):.0f} ms",
    }


def report(rows: dict[str, str], browser: str) -> str:
    """Return the measurements as Markdown."""
    where = f"{machine(('gradio',))}, Chromium {browser} headless on the same machine"
    table = "\n".join(f"| {name} | {value} |" for name, value in rows.items())
    return (
        "# What the page costs\n\nMeasured by `make bench-web` with the real models, in a real "
        f"browser: {where}.\n\n| | |\n|---|---:|\n{table}\n\n"
        f"Visits are medians of {VISITS}. "
        f"The questions are spread evenly over the article's question bank, asked as fast as one "
        "reader may; the answer counts as painted two frames after it is on the page.\n"
    )


def main() -> None:
    """Measure, print and write the table."""
    with browsing() as browser, serving() as url:
        rows = measure_visits(browser, url) | measure_answers(browser, url, bank_questions())
        text = report(rows, browser.version)
    sys.stdout.write(text)
    REPORT.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
