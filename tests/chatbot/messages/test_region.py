"""Regions: every file is whole, and a faulty one is told by file and field."""

from pathlib import Path

import pytest

from chatbot.messages import Region, tel
from chatbot.messages.region import DEFAULT, REGIONS, codes
from corpus.errors import ConfigError

WHOLE = (REGIONS / "us.toml").read_text("utf-8")


@pytest.mark.parametrize("code", codes())
def test_every_region_gives_a_way_to_reach_someone(code: str) -> None:
    region = Region.load(code)
    assert code in {region.code, DEFAULT}
    assert 1 <= len(region.crisis) <= 3
    assert region.emergency.call or any(line.url for line in region.crisis)
    for line in (*region.crisis, *filter(None, [region.poison])):
        assert line.call or line.sms or line.site
    for number in (*region.emergency.call, *(n for line in region.crisis for n in line.call)):
        assert tel(number).removeprefix("tel:").isdigit()


def test_the_default_names_no_country() -> None:
    assert Region.load() == Region.load("zz") == Region.load("ZZ")
    assert Region.load().emergency.call == ()


def test_codes_have_no_case_and_uk_is_gb() -> None:
    assert Region.load("UK") == Region.load("gb") == Region.load("GB")


def test_a_region_can_be_a_file_of_ones_own(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(WHOLE.replace('"911"', '"912"'), "utf-8")
    assert Region.load(file).emergency.call == ("912",)


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ('code = "us"', 'code = "USA"', "code"),
        ('name = "United States"', "", "name"),
        ("checked = 2026-11-23", 'checked = "last week"', "checked"),
        ('call = ["911"]', 'call = "911"', "emergency.call"),
        ('grade = "A"', 'grade = "C"', "emergency.grade"),
        ('hours = "always"', 'hours = "24/7"', "crisis.0.hours"),
        ('url = "https://988lifeline.org"', 'url = "988lifeline"', "crisis.0.url"),
        ("[poison]", "[poisson]", "poisson"),
        ('call = ["1-800-222-1222"]', "", "poison"),
    ],
)
def test_a_faulty_field_is_named(old: str, new: str, field: str, tmp_path: Path) -> None:
    assert old in WHOLE
    file = tmp_path / "us.toml"
    file.write_text(WHOLE.replace(old, new, 1), "utf-8")
    with pytest.raises(ConfigError, match=rf"us\.toml: field `{field}`"):
        Region.load(file)


@pytest.mark.parametrize("code", ["atlantis", "", "../us"])
def test_an_unknown_region_is_told_with_the_known_ones(code: str) -> None:
    with pytest.raises(ConfigError, match="international"):
        Region.load(code)


def test_a_file_that_is_missing_or_not_toml_is_told(tmp_path: Path) -> None:
    file = tmp_path / "us.toml"
    with pytest.raises(ConfigError, match=r"us\.toml"):
        Region.load(file)
    file.write_text("code = ", "utf-8")
    with pytest.raises(ConfigError, match=r"us\.toml"):
        Region.load(file)
