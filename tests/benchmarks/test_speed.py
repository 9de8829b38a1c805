from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.__main__ import main, packaged_model, spread
from benchmarks.processes import MeasuringError, ran
from benchmarks.speed.cold import Cold
from benchmarks.speed.comparing import Compared
from benchmarks.speed.report import Report, written
from benchmarks.speed.stages import Stages
from benchmarks.speed.systems import RENDER, SYSTEMS, TOGETHER, WHOLE, System, Task
from benchmarks.speed.times import Times
from corpus import load_library

figures = st.floats(0.01, 1e4)

FIRST_OF_EACH = """
import json, sys
from benchmarks.speed.systems import SYSTEMS, Task
system = next(one for one in SYSTEMS if one.name == sys.argv[1])
task = Task(**json.load(sys.stdin))
search = system.open(task)
print([search(text)[0] for text in task.questions])
"""


def task_of(texts: list[str]) -> Task:
    """A task whose questions are its passages."""
    return Task(packaged_model(), texts, texts)


@given(st.lists(figures, min_size=2, max_size=60))
def test_the_high_figure_is_reached_by_at_most_one_call_in_ten(taken: list[float]) -> None:
    times = Times.of(taken)
    assert min(taken) <= times.middle <= times.high + 1e-9 <= max(taken) + 2e-9
    assert sum(one > times.high + 1e-9 for one in taken) <= max(1, 0.1 * len(taken))


def test_what_a_process_holds_is_measured() -> None:
    # It stays for a moment: of a process that is gone, no memory can be read.
    code = "import time; x = b'1' * {}; print('up', flush=True); time.sleep(1)"
    small, large = (ran(["-c", code.format(size)]) for size in (1, 300_000_000))
    assert small.lines == large.lines == ("up\n",)
    assert large.peak - small.peak == pytest.approx(300, abs=60)
    assert 0 < small.first <= small.whole


def test_a_process_that_fails_is_told() -> None:
    with pytest.raises(MeasuringError, match="status 3"):
        ran(["-c", "raise SystemExit(3)"])


def test_questions_are_spread_over_the_bank_without_repetition() -> None:
    library = load_library()
    bank = [entry.question for article in library.values() for entry in article.bank or ()]
    for count in (1, 7, 200):
        found = spread(library, count)
        assert len(found) == count
        assert [bank.index(question) for question in found] == sorted(
            bank.index(question) for question in found
        )
    assert spread(library, len(bank) + 1) == bank


@pytest.fixture(scope="module")
def stages() -> Stages:
    return Stages()


def test_the_stages_make_of_a_question_what_the_chatbot_does(stages: Stages) -> None:
    for question in spread(load_library(), 5):
        asked = stages.asked(question)
        for stage in stages.by_name.values():
            stage(asked)
        judged = stages.bot.answerer.judge(asked.message.text)
        assert asked.judgement.neighbours == judged.neighbours
        assert asked.judgement.candidates[0].dense in {one.dense for one in judged.candidates}


@pytest.mark.parametrize("system", SYSTEMS[1:], ids=lambda system: system.name)
def test_bare_search_finds_the_passage_that_is_asked_for(system: System) -> None:
    if not system.installed:
        pytest.skip(f"{system.name} is not installed")
    texts = ["Naps are short.", "Cats sleep long.", "Paris is a town.", "Rust is a language."]
    done = ran(["-c", FIRST_OF_EACH, system.name], json.dumps(asdict(task_of(texts))))
    assert json.loads(done.lines[-1]) == [0, 1, 2, 3]


def test_a_system_answers_then_tells_the_time_of_each_question() -> None:
    task = task_of(["Naps are short.", "Cats sleep long."])
    done = ran(["-m", "benchmarks.speed", SYSTEMS[1].name, "2"], json.dumps(asdict(task)))
    assert done.lines[0] == "answered\n"
    times = json.loads(done.lines[-1])
    assert len(times) == 4
    assert 0 < sum(times) / 1000 < done.whole - done.first


def report_of(absent: list[str]) -> Report:
    times = {name: Times(1.0, 2.0, 1.5) for name in ("normalise", "encode", RENDER, TOGETHER)}
    systems = [Compared(one.name, Times(2.5 * place, 9, 6), 1.5, 100) for place, one in PLACED]
    return Report(
        "A machine", 200, 97, 3, systems, absent, {WHOLE: Times(4, 9, 6), **times}, [COLD]
    )


PLACED = list(enumerate(SYSTEMS, start=1))
COLD = Cold("the server, to its first page", 2.25, 300)


def test_the_report_holds_every_figure_and_its_picture(tmp_path: Path) -> None:
    file, plot = written(report_of([]), tmp_path)
    text = file.read_text("utf-8")
    assert "$" not in text
    assert "NOT MEASURED" not in text
    assert f"({plot.relative_to(tmp_path).as_posix()})" in text
    for place, system in PLACED:
        assert f"| {system.name} | {2.5 * place:.1f} | 9.0 | {place:.2f} | 1.5 | 100 |" in text
    # Two of the stages count, of 1.5 ms each, in a reply of 6 ms.
    assert "| the rest | | | 50 % |" in text
    assert f"| {TOGETHER} | 1.00 | 2.00 |  |" in text
    assert "| the server, to its first page | 2.25 | 300 |" in text
    assert "<svg" in plot.read_text("utf-8")


def test_the_report_says_plainly_what_is_absent(tmp_path: Path) -> None:
    file, _ = written(report_of(["LlamaIndex", "txtai"]), tmp_path)
    assert "NOT MEASURED, as not installed (`pip install '.[bench]'`): LlamaIndex, txtai." in (
        file.read_text("utf-8")
    )


@pytest.mark.parametrize("option", ["--questions", "--runs"])
@pytest.mark.parametrize("value", ["0", "-1", "x"])
def test_what_is_no_number_is_refused(option: str, value: str) -> None:
    with pytest.raises(SystemExit):
        main([f"{option}={value}"])
