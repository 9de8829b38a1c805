"""A process of the chat looks for garbage rarely, from its first line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from chatbot.starting import THRESHOLDS

ROOT = Path(__file__).resolve().parents[2]
ASKED = """
import gc, runpy, sys
sys.argv = [sys.argv[1], "--help"]
try:
    runpy.run_path(sys.argv[0], run_name="__main__")
except SystemExit:
    print(gc.get_threshold())
"""


@pytest.mark.parametrize("script", ["app.py", "chatbot/__main__.py"])
def test_it_looks_for_garbage_rarely(script: str) -> None:
    command = [sys.executable, "-c", ASKED, script]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == str(THRESHOLDS)
