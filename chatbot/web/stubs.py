"""Importing Gradio without the stub files that it writes for editors.

Gradio parses and prints each of its components anew whenever it is imported, which takes longer
than the import itself, and writes beside its own sources, where nothing needs to be written.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import ModuleType

MODULE = "gradio.component_meta"


class _WithoutStubs(SourceFileLoader):
    def exec_module(self, module: ModuleType) -> None:
        super().exec_module(module)
        vars(module)["create_or_modify_pyi"] = lambda *_: None


class _Finder(MetaPathFinder):
    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        spec = PathFinder.find_spec(name, path, target) if name == MODULE else None
        if spec is not None and spec.origin:
            spec.loader = _WithoutStubs(name, spec.origin)
        return spec


def leave_stubs_out() -> None:
    """Let Gradio, once it is imported, write no stub files."""
    sys.meta_path.insert(0, _Finder())
