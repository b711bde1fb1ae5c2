"""The NLU pipeline is told what was said before a message."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from content.live import LiveContent, live_content
from content.loader import Content, load
from server.agent import SteadyProcessor
from server.context import said_before, with_context
from tests.conftest import ROOT

SLOTS = Domain.load(str(ROOT / "domain.yml")).slots
ASKED = "what do they program in"


@pytest.fixture(scope="module")
def content() -> Content:
    """The project's content."""
    return load()


def tracker(said: str = ASKED, **slots: Any) -> DialogueStateTracker:
    """A conversation with these slots after one message."""
    events = [UserUttered(said, {"name": "tools"}), *(SlotSet(*slot) for slot in slots.items())]
    return DialogueStateTracker.from_events("visitor", events, SLOTS)


def test_the_last_message_and_the_last_subject_were_said_before(content: Content) -> None:
    title = content.aspects["tools"].title
    for role in content.roles.values():
        said = said_before(tracker(trail=["skills", f"tools/{role.id}"]), content)
        assert said == [ASKED, f"{title} {role.title}"]
    assert said_before(tracker(trail=["tools"]), content) == [ASKED, title]


@pytest.mark.parametrize(
    "slots", [{}, {"trail": []}, {"trail": ["gone"]}, {"trail": ["tools"], "form": {"asked": "x"}}]
)
def test_nothing_was_said_before_the_first_topic_or_in_the_form(
    content: Content, slots: dict[str, Any]
) -> None:
    assert said_before(tracker(**slots), content) == []


def test_a_button_is_no_text_but_its_subject_counts(content: Content) -> None:
    pressed = tracker('/tools{"role": "x"}', trail=["tools"])
    assert said_before(pressed, content) == [content.aspects["tools"].title]


def test_the_message_itself_stays_as_it_came() -> None:
    message = UserMessage("and frameworks?", metadata={"page": "jobs"})
    enriched = with_context(message, tracker(trail=["tools"]), live_content())
    assert (enriched.text, enriched.message_id) == (message.text, message.message_id)
    assert enriched.metadata == {"page": "jobs", "context": [ASKED, "Tools"]}
    assert message.metadata == {"page": "jobs"}


def test_what_a_client_calls_context_is_not_believed() -> None:
    message = UserMessage("hello", metadata={"context": ["x"] * 1000})
    assert with_context(message, None, live_content()).metadata == {"context": []}


def test_without_content_a_message_is_understood_by_itself(tmp_path: Path) -> None:
    (tmp_path / "roles.yml").write_text("roles: [", encoding="utf-8")
    enriched = with_context(UserMessage("x"), tracker(trail=["tools"]), LiveContent(tmp_path))
    assert enriched.metadata == {"context": []}


def test_what_is_stored_has_no_context(model_path: Path) -> None:
    processor = SteadyProcessor(model_path, None, None, None)
    message = UserMessage("and frameworks?", metadata={"page": "jobs"})
    parsed = asyncio.run(processor.parse_message(message, tracker(trail=["tools/ml_engineer"])))
    assert parsed["metadata"] == {"page": "jobs"}
    assert ASKED not in str(parsed)
