"""Whom the page takes for the asker, behind a proxy and without one."""

from collections.abc import Callable

import pytest
from fixed_answerer import EXAMPLES, FixedAnswerer
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from chatbot.web.middleware.forwarding import read_proxies
from corpus import ConfigError

Build = Callable[..., TestClient]
PROXY = "10.0.0.1"


@pytest.fixture
def behind(answerer: FixedAnswerer, build: Build) -> Callable[..., TestClient]:
    """Clients of one page that lets each asker ask once, by the address they connect from."""
    app = build(answerer, trusted_proxy=PROXY, root_path="/ask", rates="1/hour").app
    return lambda peer: TestClient(app, client=(peer, 1))


def ask(client: TestClient, **headers: str) -> int:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    question = {"question": EXAMPLES[0]}
    return client.post("/ask/api/ask", json=question, headers=named).status_code


def test_behind_a_trusted_proxy_each_reader_has_an_allowance(
    behind: Callable[..., TestClient],
) -> None:
    proxy = behind(PROXY)
    assert ask(proxy, X_Forwarded_For="203.0.113.1") == 200
    assert ask(proxy, X_Forwarded_For="203.0.113.2") == 200
    assert ask(proxy, X_Forwarded_For="203.0.113.1") == 429


def test_a_reader_cannot_claim_to_be_another(behind: Callable[..., TestClient]) -> None:
    proxy = behind(PROXY)
    assert ask(proxy, X_Forwarded_For="198.51.100.1, 203.0.113.9") == 200
    assert ask(proxy, X_Forwarded_For="198.51.100.2, 203.0.113.9") == 429


def test_who_is_no_trusted_proxy_is_not_believed(behind: Callable[..., TestClient]) -> None:
    stranger = behind("192.0.2.7")
    assert ask(stranger, X_Forwarded_For="203.0.113.5") == 200
    assert ask(stranger, X_Forwarded_For="203.0.113.6") == 429


@pytest.mark.parametrize(("peer", "believed"), [(PROXY, True), ("192.0.2.7", False)])
def test_host_and_scheme_are_the_trusted_proxys_alone(
    behind: Callable[..., TestClient], peer: str, believed: bool
) -> None:
    forwarded = {"X-Forwarded-Host": "chat.example", "X-Forwarded-Proto": "https"}
    client = behind(peer)
    root = client.get("/ask/config", headers=forwarded).json()["root"]
    assert root.endswith("/ask")
    assert ("chat.example" in root) == believed
    page = client.get("/ask/embed", headers=forwarded).text
    assert ("https://chat.example/ask/" in page) == believed


@given(st.lists(st.ip_addresses(), max_size=3))
def test_addresses_are_read_from_a_list(addresses: list[object]) -> None:
    networks = read_proxies(", ".join(map(str, addresses)))
    assert [network.network_address for network in networks] == addresses


@pytest.mark.parametrize("written", ["proxy.example", "10.0.0.1/33", "*", "10.0.0.0/8 x"])
def test_what_is_no_address_is_refused(written: str) -> None:
    with pytest.raises(ConfigError, match="--trust-proxy"):
        read_proxies(written)
