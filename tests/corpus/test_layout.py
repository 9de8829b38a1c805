"""The parts of an article: they cover its text, whatever an editor writes."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Article, CorpusError, Span
from corpus.layout import DIVIDERS, Layout, read_layout
from corpus.span import text_hash

FILE = Path("article.txt")
WORDS = (
    st.text("abcXYZ 1.()?é—", min_size=1, max_size=40)
    .map(str.strip)
    .filter(lambda words: words != "" and words not in DIVIDERS)
)
BLOCKS = st.one_of(
    WORDS,
    WORDS.map("## {}".format),
    WORDS.map("### {}".format),
    st.lists(WORDS.map("- {}".format), min_size=1, max_size=3).map("\n".join),
    st.sampled_from(sorted(DIVIDERS)),
)


def read(text: str, unprinted: tuple[str, ...] = (), references: str | None = None) -> Layout:
    """The layout of a text as article `a`."""

    def span(start: int, end: int) -> Span:
        return Span("a", start, end, text_hash(text))

    return read_layout(text, FILE, span, "en", unprinted, references)


def check_tiles(text: str, sections: list[Span]) -> None:
    """Fail unless the spans cover the text, each beginning where the one before ends."""
    assert [span.start for span in sections] == [0, *(span.end for span in sections[:-1])]
    assert sections[-1].end == len(text)


def unprinted_sections(blocks: list[str]) -> int:
    """How many dividers come right before a paragraph."""
    kept = [
        block
        for block, following in zip(blocks, [*blocks[1:], "---"], strict=True)
        if not (block in DIVIDERS and following in DIVIDERS)
    ]
    return sum(
        block in DIVIDERS and not following.startswith("#") for block, following in pairwise(kept)
    )


@given(st.lists(BLOCKS, max_size=12), st.sampled_from(["\n\n", "\n \n", "\n\n\n"]))
def test_any_article_is_covered_and_numbered(blocks: list[str], gap: str) -> None:
    text = gap.join(["# Title", "First words.", *blocks])
    titles = tuple("Untitled" for _ in range(unprinted_sections(["First words.", *blocks])))
    layout = read(text, titles)
    check_tiles(text, [section.span for section in layout.sections])
    assert [section.number for section in layout.sections] == [*range(1, len(layout.sections) + 1)]
    assert [part.number for part in layout.paragraphs] == [*range(1, len(layout.paragraphs) + 1)]
    assert [s.number for s in layout.sentences] == [*range(1, len(layout.sentences) + 1)]
    assert len({section.slug for section in layout.sections}) == len(layout.sections)
    for paragraph in layout.paragraphs:
        assert layout.sections[paragraph.section - 1].span.contains(paragraph.span)
        assert paragraph.span.read(text) in {
            line.removeprefix("- ")
            for block in ["First words.", *blocks]
            for line in block.split("\n")
        }
        for sentence in paragraph.sentences:
            assert paragraph.span.contains(sentence.span)
            assert (sentence.section, sentence.paragraph) == (paragraph.section, paragraph.number)


def test_the_article_is_covered(article: Article) -> None:
    check_tiles(article.text, [section.span for section in article.sections])


def test_sections_without_a_printed_heading_have_the_editors_title() -> None:
    layout = read("# T\n\nA b.\n\n---\n\nC d.\n\n—\n\n## E\n\nF g.", ("Named",))
    assert [(s.title, s.heading is None) for s in layout.sections] == [
        ("T", False),
        ("Named", True),
        ("E", False),
    ]


def test_reference_entries_are_one_sentence_each() -> None:
    text = "# T\n\nIt is. We do.\n\n## Works\n\nOne A. Two. Three.\n\n- Four B. Five."
    kinds = [(s.span.read(text), s.kind) for s in read(text, references="Works").sentences]
    assert kinds == [
        ("T", "title"),
        ("It is.", "body"),
        ("We do.", "body"),
        ("One A. Two. Three.", "reference"),
        ("Four B. Five.", "reference"),
    ]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", None, "is empty"),
        (" \n\n", None, "is empty"),
        ("\nNo title", 2, "begins with its title"),
        ("# T\n\n## Only headings", 1, "no text"),
        ("# T\n\nA b.\n\n# U", 5, "one title"),
        ("# T\n\n#### Deep\n\nA.", 3, "a heading is"),
        ("# T\n\n##Close\n\nA.", 3, "a heading is"),
        ("# T\n\nA wrapped\nline.", 4, "continues the line above"),
        ("# T\n\nA.\n\n---\n\nB.", None, "unprinted_titles"),
    ],
)
def test_a_text_that_breaks_the_format(text: str, line: int | None, words: str) -> None:
    with pytest.raises(CorpusError, match=words) as caught:
        read(text)
    assert (caught.value.file, caught.value.line) == (FILE, line)
