"""The catalogue is whole, true to its fields, and says nothing that frightens or scolds."""

import re
from pathlib import Path

import pytest

import chatbot.messages.catalogue as catalogue_module
from chatbot.messages import Catalogue, Region
from chatbot.messages.catalogue import fields_of, languages, own_texts
from chatbot.messages.reading import HARDEST, SHORT, readings
from chatbot.messages.region import codes
from corpus.errors import ConfigError

ENGLISH = own_texts("en")

IN_READERS_LANGUAGE = (
    "crisis.message",
    "emergency.message",
    "emergency.tell",
    "help.line",
    "help.local_emergency",
    "other_language.message",
)
"""What a reader who writes in another language is shown in it."""

BLAME = re.compile(
    r"\b(wrongly|you should have|you must not|not allowed|forbidden|inappropriate|illegal|"
    r"you failed|your fault|violat\w+|refuse\w*|committed)\b",
    re.IGNORECASE,
)

METHODS = re.compile(r"\b(overdos\w+|lethal|hang\w*|jump\w*|cut\w*|statistic\w*|per cent)\b", re.I)


def test_spanish_has_every_text() -> None:
    assert own_texts("es").keys() == ENGLISH.keys()


@pytest.mark.parametrize("language", languages())
def test_every_language_tells_where_to_get_help(language: str) -> None:
    assert set(IN_READERS_LANGUAGE) <= own_texts(language).keys()


@pytest.mark.parametrize("language", languages())
def test_fields_agree_with_english(language: str) -> None:
    fields = {msgid: fields_of(text) for msgid, text in own_texts(language).items()}
    assert fields == {msgid: fields_of(ENGLISH[msgid]) for msgid in fields}


@pytest.mark.parametrize("language", languages())
def test_no_text_is_a_copy_of_the_english_or_shouts(language: str) -> None:
    for msgid, text in own_texts(language).items():
        assert not {"!", "¡", "\N{FULLWIDTH EXCLAMATION MARK}"} & set(text), msgid
        if language != "en" and len(text) > 40:
            assert text != ENGLISH[msgid], msgid


@pytest.mark.parametrize("msgid", sorted(ENGLISH))
def test_english_blames_nobody(msgid: str) -> None:
    assert not BLAME.search(ENGLISH[msgid])


def test_crisis_text_names_no_method_and_asks_nothing() -> None:
    assert not METHODS.search(ENGLISH["crisis.message"])
    assert "?" not in ENGLISH["crisis.message"]


@pytest.mark.parametrize("code", codes())
def test_the_number_comes_first_and_every_line_is_given(code: str) -> None:
    region = Region.load(code)
    for language in languages():
        _check_help(Catalogue.load(language, region), region)


def _check_help(catalogue: Catalogue, region: Region) -> None:
    crisis, emergency = catalogue.text("crisis.message"), catalogue.text("emergency.message")
    for text in (crisis, emergency, catalogue.text("emergency.poison")):
        assert catalogue.call() in text.split("\n")[0]
        assert "{" not in text
    for line in region.crisis:
        assert all(way in crisis for way in (*line.call, line.sms, line.site))
    assert region.crisis[0].name in catalogue.text("help.line")


def test_no_message_says_that_112_works_everywhere() -> None:
    for code in codes():
        region = Region.load(code)
        text = Catalogue.load("en", region).text("emergency.message")
        if "112" not in region.emergency.call:
            assert "112" not in text.replace("(112 in the European Union)", "")


def test_texts_are_easy_to_read() -> None:
    found = readings()
    assert sum(reading.words > SHORT for reading in found) > 15
    assert [reading for reading in found if reading.hard] == [], f"over grade {HARDEST}"


def test_the_grade_tells_hard_from_easy(monkeypatch: pytest.MonkeyPatch) -> None:
    hard = "Notwithstanding considerable methodological heterogeneity, investigators " * 6
    monkeypatch.setattr("chatbot.messages.reading.own_texts", lambda _: {"hard": hard})
    assert [reading.hard for reading in readings()] == [True]


def test_unknown_text_and_missing_field_are_told_by_name() -> None:
    catalogue = Catalogue.load("en")
    with pytest.raises(ConfigError, match=r"'no\.such'"):
        catalogue.text("no.such")
    with pytest.raises(ConfigError, match="'limit'"):
        catalogue.text("invalid.too_long")
    assert "500" in catalogue.text("invalid.too_long", limit=500)


def test_other_languages_fall_back_to_english() -> None:
    french, english = Catalogue.load("fr"), Catalogue.load("en")
    assert french.text("about.hello") == english.text("about.hello")
    assert not french.speaks("about.hello")
    assert french.speaks("crisis.message")
    assert french.text("crisis.message") != english.text("crisis.message")


def test_a_language_without_texts_is_refused() -> None:
    with pytest.raises(ConfigError, match="'xx'"):
        Catalogue.load("xx")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('msgid "no.such"\nmsgstr "Bonjour"\n', r"'no\.such'"),
        ('msgid "invalid.too_long"\nmsgstr "Trop long"\n', r"'invalid\.too_long'"),
        ('msgid "about.bye"\nmsgstr "Au {revoir"\n', "stray brace"),
    ],
)
def test_a_catalogue_that_differs_from_the_english_is_refused(
    text: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for language, body in {
        "en": (catalogue_module.LOCALE / "en/LC_MESSAGES/messages.po").read_text("utf-8"),
        "fr": f'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n{text}',
    }.items():
        folder = tmp_path / language / "LC_MESSAGES"
        folder.mkdir(parents=True)
        (folder / "messages.po").write_text(body, "utf-8")
    monkeypatch.setattr(catalogue_module, "LOCALE", tmp_path)
    for cached in (catalogue_module.own_texts, catalogue_module._catalog):
        cached.cache_clear()
    try:
        with pytest.raises(ConfigError, match=told):
            Catalogue.load("fr")
    finally:
        for cached in (catalogue_module.own_texts, catalogue_module._catalog):
            cached.cache_clear()
