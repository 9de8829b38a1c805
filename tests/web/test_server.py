"""Starting the page from the command line."""

import logging
import socket
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.web.scrubbing import ScrubTracebacks
from chatbot.web.server import main, open_socket, parse_arguments, settings_from
from chatbot.web.settings import Settings
from corpus import ConfigError


def test_the_page_is_for_this_machine_alone_unless_told_otherwise() -> None:
    settings = settings_from(parse_arguments([]))
    assert settings.host == "127.0.0.1"
    assert settings.trusted_proxy == ""
    assert settings.embed_from == ()


def test_a_taken_port_gets_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["--port", str(port)]) == 2
    error = capsys.readouterr().err.strip()
    assert str(port) in error
    assert "--port" in error
    assert "\n" not in error


@pytest.mark.parametrize(
    "arguments",
    [
        ["--port", "70000"],
        ["--root-path", "ask"],
        ["--root-path", "/ask/"],
        ["--root-path", "/a b"],
        ["--embed-from", "clinic.example"],
        ["--embed-from", "https://clinic.example/page"],
        ["--embed-from", "https://a.example; script-src *"],
        ["--host", "256.1.1.1"],
    ],
)
def test_a_wrong_setting_gets_one_sentence(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    assert capsys.readouterr().err.count("\n") == 1


@given(st.text(max_size=30))
def test_an_origin_cannot_smuggle_a_directive(origin: str) -> None:
    try:
        Settings(embed_from=(origin,))
    except ConfigError:
        return
    assert not set(origin) & set("; '*,\r\n")


def test_a_free_port_is_opened() -> None:
    with open_socket("127.0.0.1", 0) as listener:
        assert listener.getsockname()[1] > 0


def test_a_traceback_is_reduced_to_type_and_place() -> None:
    try:
        raise ValueError("my secret question")
    except ValueError:
        record = logging.LogRecord("x", 40, "p", 1, "failed: %s", ("q",), sys.exc_info())
    assert ScrubTracebacks().filter(record)
    text = logging.Formatter().format(record)
    assert "secret" not in text
    assert "ValueError at test_server.py" in text
