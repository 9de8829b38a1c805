"""HTML as a browser reads it: the text of each element, by tag, id and class."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"br", "hr", "img", "input", "link", "meta"})


@dataclass
class Element:
    tag: str
    attributes: dict[str, str | None]
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.parts)

    def has_class(self, name: str) -> bool:
        return name in (self.attributes.get("class") or "").split()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self._open: list[Element] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attributes))
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self._open[-1].tag == tag, f"</{tag}> closes <{self._open[-1].tag}>"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.parts.append(data)


def parse(html: str) -> list[Element]:
    """Return every element in order; fails on tags that do not close as they should."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert not reader._open, f"not closed: {reader._open}"
    return reader.elements


def all_of(elements: list[Element], tag: str, class_: str = "") -> list[Element]:
    return [e for e in elements if e.tag == tag and (not class_ or e.has_class(class_))]


def by_id(elements: list[Element], id: str) -> Element:
    (element,) = [element for element in elements if element.attributes.get("id") == id]
    return element
