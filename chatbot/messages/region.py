"""Regions: whom to call in an emergency, in a crisis and after a poisoning."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, HttpUrl, ValidationError, model_validator

from corpus.errors import ConfigError

REGIONS = Path(__file__).with_name("regions")
"""The folder of the region files."""

DEFAULT = "international"
"""The region where none is set: it names no country's number."""

ALWAYS = "always"
"""The `hours` of a line that answers day and night."""

ALIASES = {"uk": "gb", "zz": DEFAULT}
"""Codes that people use beside the name of the file."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Emergency(_Strict):
    """The emergency numbers, the one to call first; none where none was confirmed."""

    call: tuple[str, ...]
    grade: str = Field(pattern="^[AB]$")


class HelpLine(_Strict):
    """A service of people who help.

    `call` holds telephone numbers as printed; `sms` is the number to text, with `sms_word` where
    the text must say a word. `hours` is "always", a daily time such as "9:00-24:00", or "" where
    they are not known. `grade` is A where the operator's or a public body's own page was seen, B
    where the press or another body repeats it.
    """

    name: str = ""
    call: tuple[str, ...] = ()
    sms: str = ""
    sms_word: str = ""
    hours: str = Field(default="", pattern=r"^(always|\d{1,2}:\d\d-\d{1,2}:\d\d)?$")
    free: bool = False
    url: HttpUrl | None = None
    grade: str = Field(pattern="^[AB]$")

    @model_validator(mode="after")
    def _reachable(self) -> Self:
        if not (self.call or self.sms or self.url):
            raise ValueError("needs `call`, `sms` or `url`")
        return self

    @property
    def site(self) -> str:
        """Return the address of the site as people type it, or "" if there is none."""
        return str(self.url).removeprefix("https://").rstrip("/") if self.url else ""


class _File(_Strict):
    code: str = Field(pattern="^[a-z]{2}$")
    name: str = Field(min_length=1)
    checked: date
    note: str = ""
    emergency: Emergency
    crisis: tuple[HelpLine, ...] = Field(min_length=1, max_length=3)
    poison: HelpLine | None = None


@dataclass(frozen=True, slots=True)
class Region:
    """The help numbers of one region.

    `code` is the lower-case ISO 3166 code, "zz" for anywhere; `note` is for those who maintain the
    numbers, and never shown; `checked` is the day on which the numbers were last looked up.
    """

    code: str
    name: str
    checked: date
    note: str
    emergency: Emergency
    crisis: tuple[HelpLine, ...]
    poison: HelpLine | None

    @classmethod
    def load(cls, code: str | Path = DEFAULT) -> Self:
        """Return the region of an ISO code, or of a region file given by its path.

        Raises ConfigError for an unknown region, and for a file that is not one, naming the field.
        """
        path = _find(code)
        try:
            read = _File.model_validate(_parse(path))
        except ValidationError as error:
            fault = error.errors()[0]
            field = ".".join(str(part) for part in fault["loc"])
            reason = fault["msg"].removeprefix("Value error, ")
            raise ConfigError(f"{path}: field `{field}`: {reason}.") from None
        return cls(**{name: getattr(read, name) for name in _File.model_fields})


def codes() -> tuple[str, ...]:
    """Return the names under which regions are shipped."""
    return tuple(sorted(path.stem for path in REGIONS.glob("*.toml")))


def tel(number: str) -> str:
    """Return the link that calls a number as printed."""
    return "tel:" + "".join(char for char in number if char.isdigit() or char == "+")


def _find(code: str | Path) -> Path:
    if Path(code).suffix == ".toml":
        return Path(code)
    name = str(code).lower()
    name = ALIASES.get(name, name)
    if name not in codes():
        known = ", ".join(codes())
        raise ConfigError(f"There is no region {str(code)!r}; choose one of {known}.")
    return REGIONS / f"{name}.toml"


def _parse(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: is not a TOML file: {error}.") from None
