"""The library: every folder is an article, and the corpus needs nothing heavy."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from corpus import CorpusError, SpanError, load_article, load_library
from corpus.__main__ import main

DOCS = Path(__file__).parents[2] / "docs" / "ARTICLE_FORMAT.md"


@pytest.fixture
def documented(tmp_path: Path) -> Path:
    """The article folder that the format's description shows."""
    blocks = re.findall(r"(?ms)^```(\w*)\n(.*?)^```$", DOCS.read_text(encoding="utf-8"))
    texts = [text for _, text in blocks[1:]]
    names = ["article.txt", "article.toml", "notes.toml", "references.json", "questions.jsonl"]
    folder = tmp_path / "sleep-light"
    folder.mkdir()
    for name, text in zip(names, texts, strict=True):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_the_documented_example_is_an_article(
    documented: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["seal", str(documented)]) == 0
    counts = (
        "sleep-light: 5 sections, 6 paragraphs, 9 sentences, 1 references, 6 notes, 2 questions"
    )
    assert capsys.readouterr().out.splitlines()[-1] == counts


def test_a_second_folder_is_a_second_article(folder: Path, documented: Path) -> None:
    main(["seal", str(documented)])
    library = load_library(folder.parent)
    assert list(library) == ["ldn-copy", "sleep-light"]
    one, two = library.values()
    assert library["ldn-copy"] is one
    with pytest.raises(SpanError):
        two.read(one.sentences[0].span)
    with pytest.raises(KeyError):
        library["none"]


def test_a_folder_without_articles(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no subfolder"):
        load_library(tmp_path)


def test_a_fault_in_one_article_leaves_the_other_readable(folder: Path) -> None:
    broken = folder.with_name("broken")
    shutil.copytree(folder, broken)
    (broken / "notes.toml").unlink()
    library = load_library(folder.parent)
    assert library["ldn-copy"].id == "ldn-copy"
    with pytest.raises(CorpusError):
        library["broken"]


def test_a_span_of_the_old_text_is_refused_in_the_new(folder: Path) -> None:
    old = load_article(folder)
    file = folder / "article.txt"
    file.write_text(file.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    main(["seal", str(folder)])
    new = load_article(folder)
    assert new.sha256 != old.sha256
    with pytest.raises(SpanError, match="another version"):
        new.read(old.sentences[0].span)


def test_seal_adds_the_hash_where_there_is_none(folder: Path) -> None:
    file = folder / "article.toml"
    kept = re.sub(r"(?m)^sha256.*\n", "", file.read_text(encoding="utf-8"))
    file.write_text(kept, encoding="utf-8")
    with pytest.raises(CorpusError, match="'sha256' is missing"):
        load_article(folder)
    assert main(["seal", str(folder)]) == 0
    assert load_article(folder).sha256 in file.read_text(encoding="utf-8")


def test_show_prints_every_sentence_with_its_number(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["show", str(folder)]) == 0
    printed = capsys.readouterr().out
    article = load_article(folder)
    for sentence in article.sentences:
        line = f"{sentence.number:4}  p{sentence.paragraph}  {article.read(sentence.span)}"
        assert line in printed
    assert "[safety:opioids]" in printed


def test_the_module_runs_and_imports_nothing_heavy() -> None:
    code = (
        "import json, sys; from corpus.__main__ import main; main(['check']);"
        "print(json.dumps(sorted(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=DOCS.parents[1],
    )
    counts, modules = done.stdout.splitlines()
    assert counts.startswith("ldn-cancer: ")
    assert not {"torch", "numpy", "transformers", "index", "chatbot"} & set(json.loads(modules))
