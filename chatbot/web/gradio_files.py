"""The files of Gradio's front end that start it inside the page's own HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import resources

from corpus import ConfigError

_SCRIPT = re.compile(r'<script type="module"[^>]*\ssrc="\./(assets/[\w.-]+)"')
_STYLE = re.compile(r'<link rel="stylesheet"[^>]*\shref="\./(assets/[\w.-]+)"')


@dataclass(frozen=True, slots=True)
class GradioFiles:
    """Paths of the entry scripts and styles, relative to the page."""

    scripts: tuple[str, ...]
    styles: tuple[str, ...]


def find_gradio_files() -> GradioFiles:
    """Return the entry files that the installed Gradio names in its own page.

    Its page itself is not used: it holds inline scripts, which the security policy refuses. Raises
    ConfigError if this version of Gradio builds its page in another way.
    """
    page = resources.files("gradio").joinpath("templates/frontend/index.html")
    html = page.read_text(encoding="utf-8")
    found = GradioFiles(tuple(_SCRIPT.findall(html)), tuple(_STYLE.findall(html)))
    if not found.scripts:
        raise ConfigError(
            "The installed Gradio has no start script where it is expected; install the version "
            "that pyproject.toml names."
        )
    return found
