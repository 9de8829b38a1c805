"""Guessing the language: an English question is never turned away, and no text is too odd."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.guard.languages import LanguageGuess, detect

LINES = tomllib.loads(Path(__file__).with_name("foreign_lines.toml").read_text("utf-8"))

ENGLISH = [
    "Is LDN safe with opioid painkillers?",
    "wat is the dose",
    "ldn pancreatic cancer",
    "Contraindications?",
    "TNF-alpha IL-6",
    "multiple myeloma LDN",
    "is ldn ok with Sjögren's syndrome",
    "what does 'je ne sais quoi' mean in the article",
    "does the word 癌 stand in the article",
    "my abuela has cancer, is LDN safe for her",
    "naltrexone hydrochloride 4.5 mg capsules",
    "Andrew Weil integrative medicine",
    "paracetamol",
    "café",
    "LDN",
    "",
    "?",
    "🙂",
    "12 345",
]

FOREIGN = {
    "¿Sirve la naltrexona para el cáncer de páncreas?": "es",
    "cuales son los efectos secundarios": "es",
    "Est-ce dangereux avec la morphine ?": "fr",
    "quels sont les effets indesirables": "fr",
    "Hilft das bei Brustkrebs?": "de",
    "Quais são os efeitos colaterais?": "pt",
    "Funziona con la chemioterapia?": "it",
    "Wat zijn de bijwerkingen?": "nl",
    "Jakie są skutki uboczne?": "pl",
    "Yan etkileri nelerdir?": "tr",
    "Какие побочные эффекты?": "ru",
    "Чи допомагає це при раку?": "uk",
    "ما هي الآثار الجانبية؟": "ar",
    "इसके दुष्प्रभाव क्या हैं?": "hi",
    "kya ye dawa cancer ke liye hai": "hi",
    "LDN有什么副作用": "zh",
    "LDNは効きますか": "ja",
    "Ποιες είναι οι παρενέργειες;": "el",
    "부작용은 무엇인가요?": "ko",
    "عوارض جانبی چیست؟": "fa",
}


@pytest.mark.parametrize("text", ENGLISH)
def test_english_stays_english(text: str) -> None:
    assert detect(text).code == "en"


@pytest.mark.parametrize(("text", "code"), FOREIGN.items())
def test_other_languages_are_told_apart(text: str, code: str) -> None:
    assert detect(text) == LanguageGuess(code, True)


def test_plain_sentences_are_rarely_mistaken() -> None:
    told = [
        detect(line).code == language.split("-")[0]
        for language, kinds in LINES.items()
        for lines in kinds.values()
        for line in lines
    ]
    assert len(told) > 200
    assert sum(told) >= 0.94 * len(told)


@given(st.text(max_size=300))
def test_any_text_gets_a_guess(text: str) -> None:
    guess = detect(text)
    assert guess.code.isalpha()
    assert guess.confident or guess.code == "en"


@given(st.sampled_from(ENGLISH[:2]), st.sampled_from(["癌", "dolor", "Krebs", "боль", "ألم"]))
def test_a_foreign_word_in_an_english_question_changes_nothing(question: str, word: str) -> None:
    assert detect(f"{question} What is {word}?").code == "en"


@given(st.sampled_from(sorted(FOREIGN)))
def test_capitals_change_nothing(text: str) -> None:
    assert detect(text.upper()).code == detect(text).code
