"""The ways to the Hub: TLS and whom it trusts, proxies, other hosts; and the token on them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from flake8_hfmodels.facts import Facts, Found, Unavailable
from flake8_hfmodels.record import replace
from flake8_hfmodels.reference import Target
from tests.conftest import Connect
from tests.fakehub import VALID_TOKEN, FakeHub, Fault, Proxy, small_world

GPT2 = Target("model", "openai-community/gpt2", None)
SECRET = Target("model", "alice/secret-model", None)
UNVERIFIED = "the Hub's certificate cannot be verified (see REQUESTS_CA_BUNDLE, SSL_CERT_FILE)"


@pytest.fixture
def tls() -> Iterator[FakeHub]:
    """A Hub whose certificate nobody trusts who is not told to."""
    with FakeHub(small_world(), tls=True) as running:
        yield running


def answered(facts: Facts) -> bool:
    return isinstance(facts, Found)


def test_a_certificate_that_nobody_vouches_for(tls: FakeHub, connect: Connect) -> None:
    assert connect(tls.url, VALID_TOKEN)([SECRET]) == {SECRET: Unavailable(UNVERIFIED)}
    assert tls.requests == []


@pytest.mark.parametrize("variable", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"])
def test_a_certificate_that_a_variable_vouches_for(
    tls: FakeHub, connect: Connect, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, tls.ca_file)
    assert answered(connect(tls.url, VALID_TOKEN)([SECRET])[SECRET])


def test_the_variable_of_requests_comes_first(
    tls: FakeHub, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", tls.ca_file)
    assert answered(connect(tls.url)([GPT2])[GPT2])


def test_certificates_that_are_not_there(
    tls: FakeHub, connect: Connect, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "nowhere.pem"))
    facts = connect(tls.url)([GPT2])[GPT2]
    assert isinstance(facts, Unavailable)
    assert "OSError" in facts.why


def test_a_proxy_is_a_way_that_sees_no_token(
    tls: FakeHub, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", tls.ca_file)
    with Proxy() as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        opened = connect(tls.url, VALID_TOKEN)
        assert answered(opened([SECRET])[SECRET])
        opened.close()
        assert [request.method for request in proxy.requests] == ["CONNECT"]
        assert VALID_TOKEN not in str(proxy.requests)


def test_no_proxy(tls: FakeHub, connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", tls.ca_file)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with Proxy() as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        assert answered(connect(tls.url)([GPT2])[GPT2])
        assert proxy.requests == []


def test_the_token_does_not_go_along_to_another_host(hub: FakeHub, connect: Connect) -> None:
    with FakeHub(small_world(), host="127.0.0.2") as other:
        hub.fault = Fault.redirect_to(other.url)
        facts = connect(hub.url, VALID_TOKEN)([SECRET])[SECRET]
        assert facts == Unavailable("the Hub redirects to another host")
        assert other.requests == []


def test_a_redirect_to_another_kind(hub: FakeHub, connect: Connect) -> None:
    fault = Fault.status(307, path="/api/models/openai-community/gpt2")
    elsewhere = ("Location", "/api/datasets/rajpurkar/squad")
    hub.fault = replace(fault, answer=fault.answer.adding(elsewhere))
    assert connect(hub.url)([GPT2]) == {
        GPT2: Unavailable("the Hub redirects to something of another kind")
    }


def test_a_mirror_below_a_path_that_hands_on_what_the_hub_says(connect: Connect) -> None:
    client = connect("http://127.0.0.1:9/hf").client
    targets = [
        client.target_of("/api/models/gpt2", location)
        for location in (
            "/api/models/openai-community/gpt2",
            "/hf/api/models/openai-community/gpt2",
            "/login",
            "http://127.0.0.1:9/api/models/a/b",
            "http://127.0.0.1:10/api/models/a/b",
        )
    ]
    assert targets == [
        "/api/models/openai-community/gpt2",
        "/api/models/openai-community/gpt2",
        None,
        "/api/models/a/b",
        None,
    ]


def test_a_hub_below_a_path(hub: FakeHub, connect: Connect) -> None:
    """A mirror that knows nothing there: an answer that is none, and no false word."""
    facts = connect(f"{hub.url}/artifactory/hf", VALID_TOKEN)([SECRET])[SECRET]
    assert isinstance(facts, Unavailable)
    assert [request.path.split("?")[0] for request in hub.requests] == [
        "/artifactory/hf/api/models/alice/secret-model"
    ]
