"""What was said before a message, handed to the NLU pipeline with it."""

from __future__ import annotations

from copy import copy

from rasa.core.channels.channel import UserMessage
from rasa.shared.constants import INTENT_MESSAGE_PREFIX
from rasa.shared.core.trackers import DialogueStateTracker

from content.live import LiveContent
from content.loader import Content, ContentError
from nlu.components.text_normaliser import CONTEXT


def with_context(
    message: UserMessage, tracker: DialogueStateTracker | None, live: LiveContent
) -> UserMessage:
    """A copy of a message that has what was said before it in its metadata.

    The metadata is all of a message besides its text that the pipeline gets
    (rasa/graph_components/converters/nlu_message_converter.py). While the content cannot be read,
    a message is understood by itself.
    """
    enriched = copy(message)
    try:
        before = said_before(tracker, live.get()) if tracker else []
    except ContentError:
        before = []
    enriched.metadata = {**(message.metadata or {}), CONTEXT: before}
    return enriched


def said_before(tracker: DialogueStateTracker, content: Content) -> list[str]:
    """The visitor's last message, and the title of what was last spoken of and of which role.

    Nothing while no topic was spoken of, or while the guided form asks its own questions.
    """
    trail = tracker.get_slot("trail")
    topic_id, _, role_id = str(trail[-1] if trail else "").partition("/")
    topic = content.topic(topic_id)
    if topic is None or tracker.get_slot("form"):
        return []
    role = content.roles.get(role_id)
    subject = f"{topic.title} {role.title}" if role else topic.title
    last = tracker.latest_message
    is_typed = last is not None and last.text and not last.text.startswith(INTENT_MESSAGE_PREFIX)
    return [str(last.text), subject] if is_typed else [subject]
