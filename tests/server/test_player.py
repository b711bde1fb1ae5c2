"""The player in this process replies as the real servers do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Conversation
from tests.server.script import Script, Visitor, read_scripts
from tests.support.player import Player

_FOLDER = Path(__file__).parent
_FIRST = 1  # of each file
#: Longer than a session has turns (endpoints.yml), so that a second one begins.
_LONG = max(read_scripts(_FOLDER / "dialogues" / "first.yml"), key=lambda each: len(each.turns))
_SCRIPTS = [
    each
    for path in sorted((_FOLDER / "conversations").glob("*.yml"))
    for each in read_scripts(path)[:_FIRST]
]
#: What chance chooses: small talk has several wordings.
_BY_CHANCE = "small_talk"


def held(script: Script, visitor: Visitor) -> list[tuple[Any, ...]]:
    """What each reply of a conversation is, and whether it is right."""
    found = []
    for fault in script.play(visitor):
        kinds = [each.get("kind", _BY_CHANCE) for each in visitor.metadata]
        text = "" if _BY_CHANCE in kinds else " ".join(_text(visitor).split())
        told = [(each.get("answer"), each.get("statements")) for each in visitor.metadata]
        verdict = [each.get("verdict") for each in visitor.metadata]
        found.append((fault is None, kinds, told, verdict, text, visitor.buttons))
    return found


def _text(visitor: Any) -> str:
    return " ".join(each.get("text") or "" for each in visitor.messages)


@pytest.mark.parametrize("script", [*_SCRIPTS, _LONG], ids=lambda each: each.about)
def test_a_played_conversation_is_the_one_that_the_servers_hold(
    script: Script, player: Player, conversation: Conversation
) -> None:
    assert held(script, player.visitor()) == held(script, conversation)


def test_a_parse_is_kept_for_the_next_run(player: Player, tmp_path: Path) -> None:
    first = Player(player.model, tmp_path)
    said = [first.visitor().say(text) for text in ("/skills", "hello")]
    first.save()
    second = Player(player.model, tmp_path)
    assert [second.visitor().say(text) for text in ("/skills", "hello")] == said
    assert (first.read, second.read) == (2, 0)
