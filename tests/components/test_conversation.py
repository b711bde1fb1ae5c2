"""What was said before a message, from Rasa's tracker."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Restarted, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from content.live import LiveContent, live_content
from nlu.components.conversation import SaidBefore, said_before
from nlu.slots import slots
from server.tracker_store import went_before

SLOTS = Domain.from_dict({"slots": slots()}).slots
ASKED = "what do they program in"
SAID = [
    {"text": "Python or Java.", "statements": ["ml_lang"], "topic": "tools"},
    {"text": "TensorFlow or PyTorch.", "statements": ["ml_frame", "ml_lang"], "topic": "tools"},
]


def before(asked: str = ASKED, title: str | None = None, **slots: Any) -> SaidBefore:
    """What was said before, in a conversation with these slots after one message."""
    metadata = {"title": title} if title else None
    heard = UserUttered(asked, {"name": "tools"}, metadata=metadata)
    events = [heard, *(SlotSet(*slot) for slot in slots.items())]
    return said_before(DialogueStateTracker.from_events("visitor", events, SLOTS), live_content())


def test_nothing_was_said_before_the_first_message() -> None:
    tracker = DialogueStateTracker.from_events("visitor", [], SLOTS)
    assert said_before(tracker, live_content()) == SaidBefore()


def test_the_last_reply_and_its_statements_were_said_before() -> None:
    found = before(topic="tools", said=SAID)
    assert found.previous == ASKED
    statements = live_content().get().statements
    assert found.reply == " ".join(statements[each].text for each in found.told)
    assert found.told == ("ml_lang", "ml_frame", "ml_lang")


def test_of_what_was_asked_before_the_last_two_are_kept_up_to_a_restart() -> None:
    asked = [UserUttered(text, {"name": "tools"}) for text in ("one", "two", "three")]
    for events, kept in (
        (asked, ("three", "two")),
        ([asked[0], Restarted(), asked[1]], ("two", "")),
    ):
        tracker = DialogueStateTracker.from_events("visitor", events, SLOTS)
        found = said_before(tracker, live_content())
        assert (found.previous, found.earlier) == kept


def test_what_is_said_once_more_is_heard_as_the_first_time() -> None:
    asked = [UserUttered(text, {"name": "tools"}) for text in ("one", "two", "two")]
    tracker = DialogueStateTracker.from_events("visitor", asked, SLOTS)
    for text, kept in (("two", ("one", "")), ("three", ("two", "one"))):
        found = said_before(tracker, live_content(), text)
        assert (found.previous, found.earlier) == kept


def test_a_session_that_goes_on_with_another_one_knows_what_was_asked_there() -> None:
    asked = [UserUttered(text, {"name": "tools"}) for text in ("one", "two", "three")]
    pressed = UserUttered("/skills", {"name": "skills"}, metadata={"title": "Skills"})
    for events, kept in (
        (asked, ("three", "two")),
        ([asked[0], pressed], ("Skills", "one")),
        ([asked[0], Restarted(), asked[1]], ("two", "")),
    ):
        first = DialogueStateTracker.from_events("visitor", events, SLOTS)
        begun = SessionStarted(1.0, went_before(first))
        second = DialogueStateTracker.from_events("visitor", [begun], SLOTS)
        found = said_before(second, live_content())
        assert (found.previous, found.earlier) == kept
        second.update(UserUttered("four", {"name": "tools"}))
        found = said_before(second, live_content())
        assert (found.previous, found.earlier) == ("four", kept[0])
    returned = DialogueStateTracker.from_events("visitor", [SessionStarted(2.0)], SLOTS)
    assert said_before(returned, live_content()) == SaidBefore()


def test_the_subject_is_the_topic_with_its_role() -> None:
    content = live_content().get()
    title = content.topics["tools"].title
    for role in content.roles.values():
        found = before(topic="tools", role=role.id)
        assert found.texts == [ASKED, f"{title} {role.title}"]
    assert before(topic="tools").texts == [ASKED, title]


@pytest.mark.parametrize(
    "slots", [{}, {"topic": "gone"}, {"topic": "tools", "form": {"asked": "x"}}]
)
def test_there_is_no_subject_before_the_first_topic_or_in_the_form(slots: dict[str, Any]) -> None:
    found = before(**slots)
    assert found.texts == []
    assert found.previous == ASKED


def test_titles_are_known_while_the_guided_form_is_open() -> None:
    offered = [{"title": "Robots"}, {"title": "Data"}]
    assert before(offered=offered, form={"asked": "x"}).titles == ("Robots", "Data")
    assert before(offered=offered).titles == ()


def test_a_button_says_its_title() -> None:
    payload = '/tools{"role": "x"}'
    assert before(payload, title="Tools").previous == "Tools"
    assert before(payload, topic="tools").texts == [live_content().get().topics["tools"].title]


def test_without_content_there_is_no_subject(tmp_path: Path) -> None:
    (tmp_path / "roles.yml").write_text("roles: [", encoding="utf-8")
    events = [UserUttered(ASKED, {"name": "tools"}), SlotSet("topic", "tools")]
    tracker = DialogueStateTracker.from_events("visitor", events, SLOTS)
    assert said_before(tracker, LiveContent(tmp_path)) == SaidBefore(previous=ASKED)


def test_the_pipeline_is_handed_the_conversation_by_rasa_itself(model_path: Path) -> None:
    processor = MessageProcessor(model_path, None, None, None)
    events = [UserUttered(ASKED, {"name": "tools"}), SlotSet("said", SAID)]
    tracker = DialogueStateTracker.from_events("visitor", events, SLOTS)

    def reading(*tracker: DialogueStateTracker) -> Any:
        message = UserMessage("and for the other ones?")
        return asyncio.run(processor.parse_message(message, *tracker))["reading"]

    assert reading(tracker) != reading()
