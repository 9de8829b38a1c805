"""Gradio is imported without the stub files that it writes beside its sources."""

from __future__ import annotations

import os
import subprocess
import sys

from chatbot.web import ENVIRONMENT

WATCHED = """
import sys
opened = []
sys.addaudithook(lambda name, found: opened.append(str(found[0])) if name == "open" else None)
{before}
import gradio
gradio.Textbox().submit
print(sum(name.endswith(".pyi") for name in opened))
"""


def stubs_opened(before: str) -> int:
    done = subprocess.run(
        [sys.executable, "-c", WATCHED.format(before=before)],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | ENVIRONMENT,
    )
    return int(done.stdout)


def test_no_stub_file_is_touched() -> None:
    assert stubs_opened("import chatbot.web") == 0


def test_without_it_they_are() -> None:
    assert stubs_opened("") > 0
