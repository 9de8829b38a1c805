"""Sentence boundaries: exact for any text, and right for health text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.splitting import split_sentences

CHARACTERS = st.one_of(
    st.characters(codec="utf-8"), st.sampled_from(" .!?\"'()[]\n\tAab1•—…“”‘’😀")
)
WORDS = st.from_regex(r"[A-Z][a-z]{1,8}", fullmatch=True)
NEVER_LAST = ("Dr.", "Drs.", "Prof.", "Mr.", "Mrs.", "Ms.", "e.g.", "i.e.", "vs.", "approx.", "cf.")


def split(text: str, language: str = "en") -> list[str]:
    """The sentences as strings."""
    return [text[start:end] for start, end in split_sentences(text, language)]


@given(st.text(CHARACTERS, max_size=120), st.sampled_from(["en", "en-GB", "de", "xx"]))
def test_sentences_hold_every_character_once_and_in_order(text: str, language: str) -> None:
    reached = 0
    for start, end in split_sentences(text, language):
        assert not text[reached:start].strip()
        assert start < end
        assert text[start:end] == text[start:end].strip()
        reached = end
    assert not text[reached:].strip()


@given(st.text(st.sampled_from('Aa1. !?"()[]”’—…'), max_size=60))
def test_closing_marks_stay_with_what_they_close(text: str) -> None:
    for sentence in split(text)[1:]:
        assert sentence[0] not in ")]}”’"
        assert any(character.isalnum() for character in sentence)


@given(WORDS, st.sampled_from(NEVER_LAST), WORDS)
def test_an_abbreviation_never_ends_a_sentence(before: str, short: str, after: str) -> None:
    assert split(f"It was {before} {short} {after} here. Then it ended.") == [
        f"It was {before} {short} {after} here.",
        "Then it ended.",
    ]


@given(st.integers(0, 999), st.integers(0, 99), st.sampled_from(["mg", "mcg", "ml", "%"]))
def test_a_decimal_number_is_never_split(whole: int, part: int, unit: str) -> None:
    amount = f"{whole}.{part} {unit}"
    text = f"They gave {amount}–{amount} daily. They stopped at {amount}. It ended."
    assert split(text) == [
        f"They gave {amount}–{amount} daily.",
        f"They stopped at {amount}.",
        "It ended.",
    ]


@given(
    st.sampled_from(["No.", "Nos.", "Fig.", "Figs.", "p.", "pp.", "vol.", "Ref.", "Refs."]),
    st.integers(1, 99),
)
def test_an_abbreviation_before_a_number_ends_nothing(short: str, number: int) -> None:
    assert split(f"See {short} {number} for it. Then stop.") == [
        f"See {short} {number} for it.",
        "Then stop.",
    ]


@given(st.from_regex(r"[A-Z]\. [A-Z]\.", fullmatch=True), WORDS)
def test_initials_stay_with_the_name(initials: str, name: str) -> None:
    assert split(f"It was {initials} {name} who wrote. It ended.") == [
        f"It was {initials} {name} who wrote.",
        "It ended.",
    ]


@pytest.mark.parametrize(
    "sentences",
    [
        ["Take vitamin C and vitamin E.", "But here's the point."],
        ["It was at stage IV.", "The patient left."],
        ["Smith et al. found it in 2009.", "It was small."],
        ["It was described by Smith et al. (2009) and others.", "It was small."],
        ["No.", "It is not."],
        ["Does it help?", "Yes!", "It may."],
        ['She said "I am well. I sleep." to him.', "He left."],
        ["She asked: “Is it safe?”", "He left."],
        ["(It is so. It was so.)", "Then it ended."],
        ["It was small (see Fig. 3 below).", "Then it ended."],
        ["Visit www.example.org for more.", "See https://example.org/a.b?c=d.e as well.", "Stop."],
        ["It fell to 0.5 mg. vs. 3 mg before.", "It ended."],
        ["1. Take it at night."],
        ["We gave vitamins, etc.", "The next dose came at 9 p.m.", "Then they slept."],
        ["TNF-alpha and IL-6.", "NF-κB is next.", "α-lipoic acid too."],
        ["Dr. Burton M. Berkson and J. K. Smith met Dr. Kim.", "They left."],
    ],
)
def test_health_text(sentences: list[str]) -> None:
    assert split(" ".join(sentences)) == sentences
