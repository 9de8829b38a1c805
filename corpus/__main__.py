"""The editors' commands: `python -m corpus check | show | seal`."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus.article import Article, Sentence
from corpus.editor_files import read_text
from corpus.errors import AskError
from corpus.library import ARTICLES, METADATA_FILE, TEXT_FILE, load_article, load_library
from corpus.span import text_hash


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0, or 1 after an error in one sentence."""
    options = _parser().parse_args(arguments)
    commands = {"check": check, "show": show, "seal": seal}
    try:
        for line in commands[options.command](options.folder):
            print(line)
    except AskError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def check(folder: Path) -> Iterator[str]:
    """Yield one line of counts for an article folder, or for each article in a folder of them."""
    if _is_article(folder):
        yield _counts(load_article(folder))
    else:
        yield from map(_counts, load_library(folder).values())


def show(folder: Path) -> Iterator[str]:
    """Yield the sentences of an article by section, with number, paragraph and what is noted."""
    article = load_article(folder)
    for section in article.sections:
        yield f"\n{'#' * section.level} {section.title}"
        for sentence in article.sentences:
            if sentence.section == section.number:
                flags = " ".join(_flags(article, sentence))
                place = f"{sentence.number:4}  p{sentence.paragraph}"
                yield f"{place}  {article.read(sentence.span)}" + (f"  [{flags}]" if flags else "")


def seal(folder: Path) -> Iterator[str]:
    """Write the hash of article.txt into article.toml, then check the article."""
    digest = text_hash(read_text(folder / TEXT_FILE))
    file = folder / METADATA_FILE
    text = read_text(file)
    line = f'sha256 = "{digest}"'
    sealed, found = re.subn(r"(?m)^sha256[ \t]*=.*$", line, text, count=1)
    file.write_text(sealed if found else f"{line}\n{text}", encoding="utf-8", newline="\n")
    yield f"{file}: {line}"
    yield from check(folder)


def _is_article(folder: Path) -> bool:
    return (folder / METADATA_FILE).exists() or (folder / TEXT_FILE).exists()


def _counts(article: Article) -> str:
    notes, bank = article.notes, article.bank
    parts = {
        "sections": len(article.sections),
        "paragraphs": len(article.paragraphs),
        "sentences": len(article.sentences),
        "references": len(article.references),
        "notes": sum(
            map(
                len,
                (
                    notes.rests_on,
                    notes.safety,
                    notes.limits,
                    notes.benefit,
                    notes.doses,
                    notes.leans_on,
                ),
            )
        ),
        "questions": len(bank) if bank else 0,
    }
    return f"{article.id}: " + ", ".join(f"{count} {name}" for name, count in parts.items())


def _flags(article: Article, sentence: Sentence) -> Iterator[str]:
    notes, number = article.notes, sentence.number
    if sentence.kind != "body":
        yield sentence.kind
    yield from (f"safety:{note.topic}" for note in notes.safety if note.sentence == number)
    named = {"limit": notes.limits, "benefit": notes.benefit, "dose": notes.doses}
    yield from (name for name, numbers in named.items() if number in numbers)
    if number in notes.rests_on:
        yield f"rests on {_listed(notes.rests_on[number])}"
    if number in notes.leans_on:
        yield f"with {_listed(notes.leans_on[number])}"


def _listed(numbers: Sequence[int]) -> str:
    return ",".join(map(str, numbers))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m corpus", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    checked = commands.add_parser("check", help="check an article, or every article of a folder")
    checked.add_argument("folder", type=Path, nargs="?", default=ARTICLES)
    shown = commands.add_parser("show", help="print an article's numbered sentences")
    shown.add_argument("folder", type=Path)
    sealed = commands.add_parser("seal", help="accept a change of article.txt")
    sealed.add_argument("folder", type=Path)
    return parser


if __name__ == "__main__":
    sys.exit(main())
