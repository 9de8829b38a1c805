"""Danger in other languages is found however it is typed, and fear or facts are not danger."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.guard.languages import LanguageGuess, detect, find_danger, foreign_danger
from chatbot.guard.languages.danger import load_lists
from chatbot.guard.languages.folding import fold
from chatbot.guard.languages.phrases import TOKEN, Notation
from corpus.errors import ConfigError

LINES = tomllib.loads(Path(__file__).with_name("foreign_lines.toml").read_text("utf-8"))
UNKNOWN = LanguageGuess("en", False)


def _of(*kinds: str) -> list[tuple[str, str]]:
    return [
        (kind, line) for lists in LINES.values() for kind in kinds for line in lists.get(kind, [])
    ]


@pytest.mark.parametrize(("kind", "line"), _of("crisis", "emergency"))
def test_danger_is_found_whatever_language_was_guessed(kind: str, line: str) -> None:
    assert foreign_danger(line, detect(line)) == kind
    assert foreign_danger(line, UNKNOWN) == kind


def test_the_language_that_stated_it_is_told() -> None:
    for language, kinds in LINES.items():
        for line in kinds["crisis"]:
            found = find_danger(line, detect(line))
            assert found == ("crisis", language.split("-")[0])


@pytest.mark.parametrize(("kind", "line"), _of("neither"))
def test_fear_and_facts_are_not_danger(kind: str, line: str) -> None:
    assert foreign_danger(line, detect(line)) is None


@given(
    st.sampled_from(_of("crisis", "emergency")),
    st.sampled_from([str.upper, str.lower, str.title, fold]),
    st.sampled_from(["", "LDN? ", "I read your article. "]),
)
def test_capitals_accents_and_company_hide_nothing(
    danger: tuple[str, str], typed: object, before: str
) -> None:
    kind, line = danger
    assert callable(typed)
    assert foreign_danger(before + typed(line), UNKNOWN) == kind


@given(st.text(max_size=300))
def test_any_text_can_be_judged(text: str) -> None:
    assert foreign_danger(text, detect(text)) in {None, "crisis", "emergency"}


@pytest.mark.parametrize(
    "text",
    [
        "Is LDN safe with opioid painkillers?",
        "Can it cause shortness of breath or suicidal thoughts?",
        "How does it compare with the stuff in overdose nasal sprays?",
        "Help help, I lost my notes about the Berkson protocol",
        "Toddler temperatures: is 39.4 a high fever?",
        "Does ALA kill cancer cells?",
        "heart attack how common is it",
    ],
)
def test_english_is_left_to_the_english_guard(text: str) -> None:
    assert foreign_danger(text, UNKNOWN) is None


def test_there_is_a_list_for_every_language_of_the_messages() -> None:
    from chatbot.messages.catalogue import languages

    assert set(languages()) - {"en"} <= {words.language for words in load_lists()}


@pytest.mark.parametrize(
    ("phrase", "found", "missed"),
    [
        ("veu* mourir", "je veux mourir", "je veux vivre et mourir"),
        ("quiero (ya|) morir", "quiero morir", "no quiero morir"),
        ("quiero (ya|) morir", "quiero ya morir", "quiero ya no morir"),
        ("j'ai mal", "jai mal", "j'en ai mal"),
        ("dolor ... pecho", "dolor muy fuerte en el pecho", "dolor. ayer el pecho"),
        ("dolor ... pecho", "dolor de pecho", "dolor no de pecho"),
        ("*nada*", "mermelada nadador", "mermelada"),
    ],
)
def test_the_notation_means_what_it_says(phrase: str, found: str, missed: str) -> None:
    pattern = Notation(negations=("no",)).compile([phrase])
    assert pattern.search(found)
    assert not pattern.search(missed)


WORDS = st.sampled_from("no yo me voy morir morirme vida a".split())
PARTS = st.recursive(
    WORDS | WORDS.map("{}*".format),
    lambda part: st.one_of(
        st.lists(part, min_size=1, max_size=3).map(" ".join),
        st.lists(part, min_size=1, max_size=3).map(lambda parts: f"({'|'.join(parts)})"),
        st.lists(part, min_size=1, max_size=3).map(lambda parts: f"({'|'.join(parts)}|)"),
        st.tuples(part, part).map(" ... ".join),
    ),
    max_leaves=6,
)


@given(st.lists(PARTS, min_size=1, max_size=3), st.lists(WORDS, max_size=8).map(" ".join))
def test_looking_for_rare_words_first_hides_no_phrase(phrases: list[str], text: str) -> None:
    notation = Notation(negations=("no",))
    each = [notation.pattern(TOKEN.findall(phrase)) for phrase in phrases]
    found = any(pattern.search(text) for pattern in each)
    assert notation.compile(phrases).search(text) == found


@pytest.mark.parametrize("phrase", ["a [b]", "a (b", "a + b", "a) b"])
def test_a_phrase_outside_the_notation_is_refused(phrase: str) -> None:
    with pytest.raises(ConfigError):
        Notation().compile([phrase])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("language = ", "fr.toml"),
        ('language = "fr"\n', "`negations`"),
        ('language = "fr"\nnegations = []\n[emergency]\nphrases = []\n', r"\[emergency\]"),
        (
            'negations = []\n[emergency]\nphrases = ["a"]\n[crisis]\nphrases = ["b"]\n',
            "`language`",
        ),
    ],
)
def test_a_faulty_word_list_is_told_by_file(text: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "fr.toml").write_text(text, "utf-8")
    with pytest.raises(ConfigError, match=told) as caught:
        load_lists(tmp_path)
    assert "fr.toml" in str(caught.value)
