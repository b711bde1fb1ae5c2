"""The player replies as Rasa's own processor does, with the store of the servers behind it."""

from __future__ import annotations

import asyncio
import uuid
from pathlib import Path
from typing import Any

import pytest
from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.shared.core.events import BotUttered, UserUttered

from keepers.assistant import actions_here
from server.tracker_store import ConversationStore
from tests.server.script import Script, Visitor, read_scripts
from tests.support.player import Player

_FOLDER = Path(__file__).parent
_FILES = [read_scripts(path) for path in sorted((_FOLDER / "conversations").glob("*.yml"))]
_SCRIPTS = [each[0] for each in _FILES]
#: So much in one conversation that a second session begins in it (turns_per_session).
_LONG = Script("a long conversation", [turn for each in _SCRIPTS[:4] for turn in each.turns])
#: What chance chooses: small talk has several wordings.
_BY_CHANCE = "small_talk"


class Processed:
    """A visitor whose messages Rasa's own processor handles."""

    def __init__(self, agent: Agent, store: ConversationStore) -> None:
        self._agent, self._store = agent, store
        self._sender = uuid.uuid4().hex
        self._said: list[BotUttered] = []

    def say(self, text: str) -> str:
        """Says a text and returns the texts of the reply, joined by newlines."""
        self._said = asyncio.run(self._answered(text))
        return "\n".join(each.text or "" for each in self._said)

    async def _answered(self, text: str) -> list[BotUttered]:
        message = UserMessage(text, CollectingOutputChannel(), self._sender, input_channel="rest")
        await self._agent.handle_message(message)
        tracker = await self._store.retrieve_full_tracker(self._sender)
        assert tracker is not None
        events = list(tracker.events)
        asked = max(place for place, e in enumerate(events) if isinstance(e, UserUttered))
        return [each for each in events[asked:] if isinstance(each, BotUttered)]

    @property
    def buttons(self) -> list[dict[str, str]]:
        """Buttons of the last reply."""
        return [button for each in self._said for button in each.data.get("buttons") or []]

    @property
    def metadata(self) -> list[dict[str, Any]]:
        """What the messages of the last reply carry beside text and buttons."""
        return [each.metadata for each in self._said]


@pytest.fixture
def processed(agent: tuple[Agent, ConversationStore]) -> Processed:
    """A new visitor."""
    return Processed(*agent)


@pytest.fixture(scope="module")
def agent(
    player: Player, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Agent, ConversationStore]:
    """Rasa's agent with the same model and actions."""
    database = tmp_path_factory.mktemp("processed") / "conversations.db"
    store = ConversationStore(db=str(database), turns_per_session=player.turns_per_session)
    loaded = Agent.load(str(player.model), tracker_store=store, action_endpoint=actions_here())
    return loaded, store


def held(script: Script, visitor: Visitor) -> list[tuple[Any, ...]]:
    """What each reply of a conversation is, and what is wrong with it."""
    found = []
    for fault in script.play(visitor):
        beside = visitor.metadata
        kinds = [each.get("kind", _BY_CHANCE) for each in beside]
        told = [(each.get("answer"), each.get("statements") or []) for each in beside]
        verdicts = [each.get("verdict") for each in beside]
        shown = fault if _BY_CHANCE not in kinds else fault is None
        found.append((shown, kinds, told, verdicts, visitor.buttons))
    return found


@pytest.mark.parametrize("script", [*_SCRIPTS, _LONG], ids=lambda each: each.about)
def test_a_played_conversation_is_the_one_that_rasa_processes(
    script: Script, player: Player, processed: Processed
) -> None:
    assert held(script, player.visitor()) == held(script, processed)


def test_the_long_conversation_has_a_second_session(player: Player) -> None:
    assert len(_LONG.turns) > player.turns_per_session


def test_a_parse_is_kept_for_the_next_run(player: Player, tmp_path: Path) -> None:
    first = Player(player.model, tmp_path)
    said = [first.visitor().say(text) for text in ("/skills", "hello")]
    first.save()
    second = Player(player.model, tmp_path)
    assert [second.visitor().say(text) for text in ("/skills", "hello")] == said
    assert (first.read, second.read) == (2, 0)
