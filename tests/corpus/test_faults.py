"""Every fault of an article folder is one sentence that names its file and its line."""

import json
from pathlib import Path

import pytest

from corpus import CorpusError, load_article
from corpus.__main__ import main

BENEFIT = "Among the most promising low-toxicity interventions is low-dose naltrexone (LDN)."


def article_sentence(folder: Path, beginning: str) -> str:
    """The sentence with this beginning as a TOML string; ' stands for the mark "."""
    article = load_article(folder)
    texts = [article.read(sentence.span) for sentence in article.sentences]
    (text,) = [text for text in texts if text.startswith(beginning.replace("'", '"'))]
    return json.dumps(text)


def refuse(folder: Path, name: str, line: int | None, words: str) -> None:
    """Fail unless loading gives one error for this file and line, with these words."""
    with pytest.raises(CorpusError) as caught:
        load_article(folder)
    error = caught.value
    assert (error.file, error.line) == (folder / name, line), str(error)
    place = folder / name if line is None else f"{folder / name}:{line}"
    assert str(error) == f"{place}: {error.message}"
    assert words in error.message
    assert "\n" not in str(error)


def append(folder: Path, name: str, text: str) -> int:
    """Add text to a file and return the line on which it begins."""
    before = (folder / name).read_text(encoding="utf-8")
    (folder / name).write_text(before + text, encoding="utf-8")
    return before.count("\n") + 1


def replace(folder: Path, name: str, old: str, new: str) -> int:
    """Replace what stands once in a file and return its line."""
    before = (folder / name).read_text(encoding="utf-8")
    assert before.count(old) == 1
    (folder / name).write_text(before.replace(old, new), encoding="utf-8")
    return before[: before.index(old)].count("\n") + 1


@pytest.mark.parametrize("name", ["article.txt", "article.toml", "notes.toml", "references.json"])
def test_a_missing_file(folder: Path, name: str) -> None:
    (folder / name).unlink()
    refuse(folder, name, None, "cannot be read")


@pytest.mark.parametrize(
    "name", ["article.txt", "article.toml", "notes.toml", "references.json", "questions.jsonl"]
)
def test_bytes_that_are_not_utf_8(folder: Path, name: str) -> None:
    file = folder / name
    before = file.read_bytes() if file.exists() else b""
    file.write_bytes(before + b"\n# caf\xe9\n")
    refuse(folder, name, before.count(b"\n") + 2, "UTF-8")


def test_line_ends_and_a_byte_order_mark_do_not_matter(folder: Path) -> None:
    before = load_article(folder)
    for file in folder.iterdir():
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert load_article(folder).text == before.text


def test_a_changed_text_is_refused_until_it_is_sealed(folder: Path) -> None:
    append(folder, "article.txt", "\nOne more entry.\n")
    line = replace(folder, "article.toml", "sha256 = ", "sha256 = ")
    refuse(folder, "article.toml", line, f"python -m corpus seal {folder}")


def test_an_empty_article(folder: Path) -> None:
    (folder / "article.txt").write_text("", encoding="utf-8")
    refuse(folder, "article.txt", None, "empty")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('title = "Low', 'title = "High', "title line"),
        ('disclaimer = "Disclaimer:', 'disclaimer = "Claimer:', "does not stand"),
        ('references_heading = "References"', 'references_heading = "Works"', "not a heading"),
        ('printed = "www.yoonhangkim.com"', 'printed = "www.other.com"', "does not stand"),
        ('url = "https://www.yoonhangkim.com"', 'url = "yoonhangkim"', "'url'"),
        ('language = "en"', "language = 1", "'language'"),
        ('language = "en"', 'lang = "en"', "'lang' is not known"),
        ('language = "en"', 'language = "en', "not TOML"),
    ],
)
def test_wrong_metadata(folder: Path, old: str, new: str, words: str) -> None:
    line = replace(folder, "article.toml", old, new)
    if words == "'lang' is not known":
        replace(folder, "article.toml", 'author = "', 'language = "en"\nauthor = "')
        line += 1
    refuse(folder, "article.toml", line, words)


def test_a_missing_field(folder: Path) -> None:
    replace(folder, "article.toml", 'author = "Yoon Hang Kim MD MPH"', "")
    refuse(folder, "article.toml", 1, "'author' is missing")


@pytest.mark.parametrize(
    ("note", "offset", "words"),
    [
        ('[[doses]]\ntext = "No such sentence in it."', 1, "no sentence"),
        ('[[doses]]\ntext = "The patient"', 1, "no sentence"),
        ('[[doses]]\ntext = "Berkson BM, Rubin DM, Berkson AJ."', 1, "3 sentences"),
        ('[[doses]]\ntext = ""', 1, "is empty"),
        ("[[doses]]\n# no text", 0, "'text' is missing"),
        (f'[[benefit]]\n\ntext = "{BENEFIT}"', 2, "twice"),
        ('[[safety]]\ntext = "Pancreatic Cancer"\ntopic = "x"', 1, "no sentence"),
        (f'[[safety]]\ntext = "{BENEFIT}"\ntopic = 3', 2, "'topic'"),
        (f'[[safety]]\ntext = "{BENEFIT}"\ncolour = "red"\ntopic = "x"', 2, "'colour' is not"),
        (f'[[rests_on]]\ntext = "{BENEFIT}"\nreferences = [8]', 2, "no reference 8"),
        (f'[[rests_on]]\ntext = "{BENEFIT}"\nreferences = []', 2, "'references' is empty"),
        (f'[[rests_on]]\ntext = "{BENEFIT}"\nreferences = [1]\nonly = "goats"', 3, "goats"),
        (f'[[leans_on]]\ntext = "{BENEFIT}"\nwith = ["{BENEFIT}"]', 2, "itself"),
        (
            f'[[leans_on]]\ntext = "{BENEFIT}"\nwith = ["It\'s an adjunct, not a replacement."]',
            2,
            "neighbours",
        ),
        ("[[wishes]]\ntext = 'x'", 0, "'wishes' is not known"),
        ("[[doses]\n", 0, "not TOML"),
    ],
)
def test_wrong_notes(folder: Path, note: str, offset: int, words: str) -> None:
    line = append(folder, "notes.toml", f"\n{note}\n") + 1 + offset
    refuse(folder, "notes.toml", line, words)


def test_a_quote_of_more_than_three_sentences(folder: Path) -> None:
    others = "Dr. Yoon Hang 'John' Kim", "He completed his integrative", "Through his telemedicine"
    texts = [article_sentence(folder, beginning) for beginning in others]
    last = article_sentence(folder, "He is the author of three")
    before = (folder / "notes.toml").read_text(encoding="utf-8")
    start = before.index(f"text = {last}")
    end = before.index("\n\n", start)
    changed = f"{before[:start]}text = {last}\nwith = [{', '.join(texts)}]{before[end:]}"
    (folder / "notes.toml").write_text(changed, encoding="utf-8")
    refuse(folder, "notes.toml", before[:start].count("\n") + 2, "may be 3 at most")


def test_an_article_without_a_limit(folder: Path) -> None:
    (folder / "notes.toml").write_text("", encoding="utf-8")
    refuse(folder, "notes.toml", 1, "'limits' is missing")


def test_references_that_are_not_json(folder: Path) -> None:
    line = replace(folder, "references.json", '"id": "yan-2024",', '"id": "yan-2024"')
    refuse(folder, "references.json", line + 1, "not JSON")


def test_references_that_are_no_array(folder: Path) -> None:
    (folder / "references.json").write_text('{"id": "a"}', encoding="utf-8")
    refuse(folder, "references.json", 1, "array")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"number": 5', '"number": 4', "'number' is 4"),
        ('"title": "Metabolic treatment', '"title": "Other treatment', "title does not stand"),
        ('"URL": "https://ar.iia', '"URL": "ar.iia', "'URL'"),
        ('"DOI": "10.3390/antiox13080897"', '"DOI": "antiox13080897"', "'DOI'"),
        ('"id": "yan-2024"', '"id": "yan-2024", "doi": "x"', "'doi' is not known"),
    ],
)
def test_a_wrong_reference(folder: Path, old: str, new: str, words: str) -> None:
    refuse(folder, "references.json", replace(folder, "references.json", old, new), words)


def test_a_reference_without_the_address_it_promises(folder: Path) -> None:
    replace(folder, "references.json", '"DOI": "10.3390/antiox13080897",', "")
    file = folder / "references.json"
    before = file.read_text(encoding="utf-8")
    line = before[: before.index('"link"', before.index("yan-2024"))].count("\n") + 1
    refuse(folder, "references.json", line, "address is missing")


def test_fewer_references_than_entries(folder: Path) -> None:
    file = folder / "references.json"
    items = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps(items[:-1]), encoding="utf-8")
    refuse(folder, "references.json", None, "6 items for 7 entries")


def test_a_reference_that_is_no_object(folder: Path) -> None:
    file = folder / "references.json"
    items = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps([*items[:2], 3, *items[3:]], indent=1), encoding="utf-8")
    line = json.dumps(items[:2], indent=1).count("\n") + 1
    refuse(folder, "references.json", line, "must be an object")


def question(**changes: object) -> str:
    """A line of the bank that is right but for the changes; None takes a field away."""
    entry = {
        "id": "q9",
        "question": "Is it promising?",
        "gold": [BENEFIT],
        "style": "plain",
        "author": "a",
        **changes,
    }
    return json.dumps({name: value for name, value in entry.items() if value is not None})


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (question(gold=["Among the most promising low-toxicity interventions"]), "no sentence"),
        (question(gold=["The patient remained asymptomatic."]), "no sentence"),
        (question(need=[["No sentence of this article."]]), "no sentence"),
        (question(gold=[]), "'gold' is empty"),
        (question(missing="a date"), "either 'gold' or 'missing'"),
        (question(gold=None), "either 'gold' or 'missing'"),
        (question(gold=None, missing="a date", need=[[BENEFIT]]), "'need' goes with 'gold'"),
        (question(question="  WHAT is\tLDN? "), "question stands on line 1"),
        (question(id="q1"), "id stands on line 1"),
        (question(question=" "), "'question' is empty"),
        (question(kind="answerable"), "'kind' is not known"),
        (question(style=None), "'style' is missing"),
        (question(example="yes"), "'example'"),
        ('{"id": "q9",', "not JSON"),
        ("[1]", "must be an object"),
    ],
)
def test_a_wrong_bank(folder: Path, line: str, words: str) -> None:
    first = question(id="q1", question="What is LDN?")
    (folder / "questions.jsonl").write_text(f"{first}\n\n{line}\n", encoding="utf-8")
    refuse(folder, "questions.jsonl", 3, words)


def test_a_folder_that_is_no_id(folder: Path) -> None:
    wrong = folder.rename(folder.with_name("My Article"))
    with pytest.raises(CorpusError, match="small letters"):
        load_article(wrong)


def test_the_command_line_prints_the_one_error(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = append(folder, "notes.toml", '\n[[doses]]\ntext = "No."\n') + 2
    assert main(["check", str(folder)]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(f"{folder / 'notes.toml'}:{line}: ")
    assert printed.err.count("\n") == 1
