"""Templates in which every value is escaped, and every character survives to the screen."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

_KEPT = {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}


def text_to_html(value: object) -> Markup:
    """Return a value as HTML text whose characters are, once parsed, those of the value.

    White space that a parser, Markdown or Gradio would change is written as a reference. A value
    that is HTML already is returned as it is.
    """
    if hasattr(value, "__html__"):
        return escape(value)
    html = str(escape(value))
    for character, reference in _KEPT.items():
        html = html.replace(character, reference)
    return Markup(html)  # noqa: S704 - escaped on the line above


@cache
def _environment(html: bool) -> Environment:
    return Environment(
        loader=PackageLoader("chatbot.web"),
        autoescape=select_autoescape(["html"], default=False),
        finalize=text_to_html if html else None,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def prepare(*names: str) -> None:
    """Read templates ahead, so that the first answer is as fast as the others."""
    for name in names:
        _environment(name.endswith(".html")).get_template(name)


def render(name: str, **values: object) -> str:
    """Return a filled template of `templates/`, escaped if its name ends in `.html`.

    Raises jinja2.UndefinedError if a value is missing.
    """
    return _environment(name.endswith(".html")).get_template(name).render(**values)
