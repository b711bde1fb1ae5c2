"""What the documentation shows of configuration can be read, and servers start with it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import rasa.shared.utils.io

from tests.channels.visitor import call
from tests.conftest import ROOT, rasa_server, write_configuration

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
_BLOCK = re.compile(r"^```(yaml|json)([^\n]*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
# A setting within a sentence, such as `origins: [...]`.
_INLINE = re.compile(r"`([a-z_]+: *[\[{\"'][^`]*)`")


def _examples() -> list[tuple[str, str, str]]:
    """Page, what the block is named, and its text."""
    found = []
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        found += [(page.name, named.strip(), body) for _, named, body in _BLOCK.findall(text)]
        found += [(page.name, "", body) for body in _INLINE.findall(_BLOCK.sub("", text))]
    return found


CREDENTIALS = [body for _, _, body in _examples() if re.search(r"^channels\.", body, re.MULTILINE)]


def test_every_example_is_read_as_rasa_reads_it() -> None:
    examples = _examples()
    assert len(examples) > 5
    for page, named, body in examples:
        assert rasa.shared.utils.io.read_yaml(body) is not None, f"{page} {named}"


def test_there_is_an_example_of_allowing_a_site() -> None:
    assert any("origins" in body for body in CREDENTIALS)


@pytest.mark.parametrize("body", CREDENTIALS)
def test_every_example_of_channels_starts_a_server_that_obeys_it(
    model_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str
) -> None:
    monkeypatch.setenv("WEBCHAT_SECRET", "a secret of the test that is long enough")
    endpoints, credentials = write_configuration(tmp_path, 1, {})
    credentials.write_text(body, encoding="utf-8")
    (settings,) = rasa.shared.utils.io.read_yaml(body).values()
    with rasa_server(model_path, endpoints, credentials) as server:
        for origin in settings["origins"]:
            answer = call(server.base, "GET", "/webhooks/webchat/", headers={"Origin": origin})
            assert answer.status == 200
            assert answer.headers["access-control-allow-origin"] == origin
