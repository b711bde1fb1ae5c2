"""What can be set in the credentials file, and what is told of a setting that is not possible."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.core.run import create_http_input_channels
from rasa.shared.exceptions import InvalidConfigException, RasaException

from channels.webchat.settings import Settings
from nlu.outcome import Thresholds
from tests.conftest import ROOT

_PRODUCTION = str(ROOT / "credentials.production.yml")
_ENVIRONMENT = {
    "WEBCHAT_SECRET": "s" * 32,
    "WEBCHAT_ORIGINS": "https://a.example, https://b.example:8443",
    "WEBCHAT_PROXIES_COUNT": "1",
    "WEBCHAT_RATE_STORAGE": "memory://",
}


def test_by_default_no_other_site_and_no_proxy_is_trusted() -> None:
    settings = Settings.from_credentials(None)
    assert settings.origins == ()
    assert settings.proxies_count == 0


def test_a_message_may_be_as_long_as_the_model_reads() -> None:
    assert Settings().max_characters == Thresholds().max_characters


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"colour": "red"}, "colour"),
        ({"origins": ["*"]}, "origins"),
        ({"origins": "site.example"}, "origins"),
        ({"origins": ["https://site.example/path"]}, "origins"),
        ({"proxies_count": "many"}, "proxies_count"),
        ({"session_rate": "often"}, "rate"),
        ({"reply_seconds": None}, "reply_seconds"),
    ],
)
def test_an_impossible_setting_is_named(given: dict[str, Any], told: str) -> None:
    with pytest.raises(InvalidConfigException, match=told):
        Settings.from_credentials(given)


@pytest.mark.parametrize("secret", ["", "short"])
def test_a_short_secret_is_not_replaced_but_refused(secret: str) -> None:
    with pytest.raises(InvalidConfigException, match="32"):
        Settings.from_credentials({"secret": secret}).tokens()


def test_the_secret_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBCHAT_SECRET", "e" * 32)
    token = Settings.from_credentials({}).tokens().issue()
    assert Settings.from_credentials({"secret": "e" * 32}).tokens().sender(token)


def test_two_secrets_stand_with_a_comma_between() -> None:
    old, new = "o" * 32, "n" * 32
    token = Settings.from_credentials({"secret": old}).tokens().issue()
    both = Settings.from_credentials({"secret": f"{new}, {old}", "token_days": 7}).tokens()
    assert both.sender(token)
    assert Settings.from_credentials({"secret": new}).tokens().sender(both.issue())
    with pytest.raises(InvalidConfigException, match="32"):
        Settings.from_credentials({"secret": f"{new},short"}).tokens()


def test_in_production_rest_is_off_and_all_is_set_from_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in _ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    channels = create_http_input_channels(None, _PRODUCTION)
    assert [channel.name() for channel in channels] == ["webchat", "static", "operations"]


@pytest.mark.parametrize("missing", _ENVIRONMENT)
def test_in_production_a_missing_variable_is_named(
    monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    for name, value in _ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv(missing)
    with pytest.raises(RasaException, match=missing):
        create_http_input_channels(None, _PRODUCTION)


def test_in_production_origins_may_be_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in _ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("WEBCHAT_ORIGINS", "")
    assert len(create_http_input_channels(None, _PRODUCTION)) == 3
