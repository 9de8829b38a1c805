"""The container's recipe, read as it stands: nothing here builds it."""

from __future__ import annotations

import json
import re
import shlex
import tomllib
from dataclasses import dataclass, field
from importlib.metadata import requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
BUILDING = {"torch", "sentence-transformers", "transformers", "onnx", "onnxscript"}
INSTRUCTIONS = "ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK RUN USER WORKDIR".split()


@dataclass
class Stage:
    base: str
    name: str
    steps: list[tuple[str, str]] = field(default_factory=list)

    def all(self, instruction: str) -> list[str]:
        return [rest for name, rest in self.steps if name == instruction]


def read_stages() -> list[Stage]:
    text = re.sub(r"(?m)^#.*\n", "", (ROOT / "Containerfile").read_text("utf-8"))
    lines = [line for line in text.replace("\\\n", " ").splitlines() if line.strip()]
    stages: list[Stage] = []
    for line in lines:
        name, rest = line.split(None, 1)
        assert name in INSTRUCTIONS, line
        if name == "FROM":
            base, *named = rest.split()
            stages.append(Stage(base, named[1] if named else ""))
        elif stages:
            stages[-1].steps.append((name, rest))
        else:
            assert name == "ARG"
    return stages


STAGES = read_stages()
LAST = STAGES[-1]
NAMED = {stage.name: stage for stage in STAGES if stage.name}


def copied(stage: Stage) -> list[tuple[str, list[str]]]:
    """Return what is copied into a stage: the stage it comes from, if any, and the sources."""
    found = []
    for rest in stage.all("COPY"):
        words = shlex.split(rest)
        origin = words.pop(0).removeprefix("--from=") if words[0].startswith("--from=") else ""
        found.append((origin, words[:-1]))
    return found


def extras_in(stage: Stage) -> set[str]:
    """Return the extras that a stage, or one that it starts from, installs."""
    found = {
        extra
        for run in stage.all("RUN")
        for extras in re.findall(r"pip install[^&]*\.\[([\w,]+)\]", run)
        for extra in extras.split(",")
    }
    return found | (extras_in(NAMED[stage.base]) if stage.base in NAMED else set())


def needed_by(extra: str) -> set[str]:
    """Return all that an extra of this package brings along, as what is installed declares it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    todo = [
        Requirement(one)
        for one in project["dependencies"] + project["optional-dependencies"][extra]
    ]
    found: set[tuple[str, frozenset[str]]] = set()
    while todo:
        one = todo.pop()
        key = (re.sub(r"[-_.]+", "-", one.name).lower(), frozenset(one.extras))
        if key in found:
            continue
        found.add(key)
        for line in requires(one.name) or []:
            further = Requirement(line)
            wanted = [{"extra": name} for name in ("", *one.extras)]
            if not further.marker or any(further.marker.evaluate(env) for env in wanted):
                todo.append(further)
    return {name for name, _ in found}


def test_what_is_copied_exists_and_is_not_left_out() -> None:
    kept = (ROOT / ".containerignore").read_text("utf-8").splitlines()
    assert "*" in kept
    for stage in STAGES:
        for origin, sources in copied(stage):
            assert origin in NAMED or not origin
            for source in sources if not origin else ():
                assert (ROOT / source).exists(), source
                assert f"!{source}" in kept


def test_the_last_stage_takes_the_page_and_an_index_from_stages_before() -> None:
    taken = {source: origin for origin, sources in copied(LAST) for source in sources}
    assert set(taken) == {"/opt/venv", "/app", "/app/.index"}
    assert extras_in(NAMED[taken["/opt/venv"]]) == {"serve"}
    assert extras_in(NAMED[taken["/app"]]) == {"serve"}
    assert "build" in extras_in(NAMED[taken["/app/.index"]])
    assert not extras_in(LAST)


def test_what_serves_brings_no_library_that_builds() -> None:
    needed = needed_by("serve")
    assert {"gradio", "onnxruntime", "numpy"} <= needed
    assert not needed & BUILDING
    assert needed_by("build") >= BUILDING


def test_the_container_runs_as_nobody_in_particular() -> None:
    (user,) = LAST.all("USER")
    number, _, group = user.partition(":")
    assert int(number) > 0
    assert int(group) > 0
    assert ("USER", user) in LAST.steps
    after = LAST.steps[LAST.steps.index(("USER", user)) :]
    assert not {"RUN", "COPY"} & {name for name, _ in after}


def test_the_container_tells_whether_it_is_well() -> None:
    (check,) = LAST.all("HEALTHCHECK")
    command = json.loads(check[check.index("CMD") + 3 :])
    assert command[:2] == ["python", "-c"]
    compile(command[2], "HEALTHCHECK", "exec")
    (port,) = LAST.all("EXPOSE")
    assert f"http://127.0.0.1:{port}/healthz" in command[2]


def test_the_container_serves_on_the_port_that_it_shows() -> None:
    from chatbot.web.server import parse_arguments

    (entry,) = LAST.all("ENTRYPOINT")
    python, script, *options = json.loads(entry)
    assert (python, script) == ("python", "app.py")
    found = parse_arguments(options)
    assert found.host == "0.0.0.0"  # noqa: S104 - a container is reached from outside it
    assert [str(found.port)] == LAST.all("EXPOSE")


@pytest.mark.parametrize("stage", [one for one in STAGES if one.all("RUN")], ids=lambda s: s.name)
def test_a_failing_step_stops_the_build(stage: Stage) -> None:
    for run in stage.all("RUN"):
        assert "||" not in run
        assert ";" not in run
