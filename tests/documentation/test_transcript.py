"""The conversation in the README is one that the assistant has."""

from __future__ import annotations

import re

from tests.conftest import ROOT, Conversation

_BLOCK = re.compile(r"^```text\n(Your input ->.*?)^```", re.MULTILINE | re.DOTALL)
_OFFERS = "Next you could ask: "


def _turns() -> list[tuple[str, str, list[str]]]:
    """Message, reply, and titles of what is offered where the README shows it."""
    (block,) = _BLOCK.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    turns = []
    for turn in block.split("Your input ->")[1:]:
        message, *lines = turn.strip().splitlines()
        offers = [line.removeprefix(_OFFERS) for line in lines if line.startswith(_OFFERS)]
        titles = [title.strip() for line in offers for title in re.split(r"\d\. ", line)[1:]]
        said = "\n".join(line for line in lines if not line.startswith(_OFFERS))
        turns.append((message, said, titles))
    return turns


def test_the_assistant_says_what_the_readme_shows(conversation: Conversation) -> None:
    turns = _turns()
    assert len(turns) > 2
    for message, said, titles in turns:
        assert conversation.say(message) == said
        assert not titles or [button["title"] for button in conversation.buttons] == titles
