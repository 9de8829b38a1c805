"""Numbers to call and sites to open, as links wherever a fixed text names them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from chatbot.messages import Catalogue, HelpLine, Region, tel
from chatbot.reply import ReplyKind
from chatbot.web.templating import text_to_html


@dataclass(frozen=True, slots=True)
class Contact:
    """A number to call, or the site of a service that has none; `label` is as printed.

    `name` is the service, empty for the emergency number, which needs none.
    """

    label: str
    href: str
    name: str = ""


def contacts(region: Region) -> dict[str, str]:
    """Return the address of each number and site of a region, by how it is printed."""
    lines = [*region.crisis, *([region.poison] if region.poison else [])]
    numbers = [*region.emergency.call, *(number for line in lines for number in line.call)]
    sites = {line.site: str(line.url) for line in lines if line.site}
    return {**{number: tel(number) for number in numbers}, **sites}


def linked(text: str, links: Mapping[str, str]) -> Markup:
    """Return a fixed text as HTML, with the numbers and sites it names as links."""
    if not links:
        return text_to_html(text)
    longest_first = sorted(map(re.escape, links), key=len, reverse=True)
    parts = re.split(rf"(?<![\w+/-])({'|'.join(longest_first)})(?![\w/-])", text)
    return Markup("").join(
        Markup('<a href="{}">{}</a>').format(links[part], part) if index % 2 else text_to_html(part)
        for index, part in enumerate(parts)
    )


def first_contact(kind: ReplyKind, region: Region) -> Contact | None:
    """Return what an urgent reply shows first: None where no number was confirmed."""
    if kind is ReplyKind.EMERGENCY:
        call = region.emergency.call
        return Contact(call[0], tel(call[0])) if call else None
    if kind is ReplyKind.CRISIS:
        return _contact(region.crisis[0])
    return None


def help_line(catalogue: Catalogue) -> Markup:
    """Return the line that is always in view, short enough for a phone."""
    line = catalogue.region.crisis[0]
    first = _contact(line).label
    named = line.call and line.name and first not in line.name
    text = catalogue.text("help.line", crisis=f"{line.name} {first}" if named else first)
    return linked(text, contacts(catalogue.region))


def _contact(line: HelpLine) -> Contact:
    if line.call:
        return Contact(line.call[0], tel(line.call[0]), line.name)
    address = str(line.url) if line.url else f"sms:{line.sms}"
    return Contact(line.site or line.sms, address, line.name)
