"""A library is imported without what it takes only because it is there."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys

import pytest

from index.lean import without


def test_a_package_is_missing_within_and_there_again_after() -> None:
    with without("json"), pytest.raises(ModuleNotFoundError):
        importlib.import_module("json")
    assert sys.modules["json"] is json


def test_what_was_not_imported_can_be_later() -> None:
    before = sys.modules.pop("this", None)
    with without("this"):
        pass
    assert "this" not in sys.modules
    if before is not None:
        sys.modules["this"] = before


def test_it_is_there_again_after_a_failure() -> None:
    with pytest.raises(ValueError, match="within"), without("json"):
        raise ValueError("within")
    assert sys.modules["json"] is json


def test_searching_imports_no_scipy() -> None:
    code = "import sys, index.lexical; print(any(name.startswith('scipy') for name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
