"""What was said before a message, as Rasa's tracker has it.

Rasa hands the tracker to a component whose `process` has an argument of that name
(rasa/engine/recipes/default_recipe.py, `_get_needs_from_args`), whoever runs the model: the server,
`rasa shell`, a tool. A tracker is never absent there; that of a message by itself is empty.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import dropwhile, groupby, islice
from typing import Any, NamedTuple

from rasa.shared.constants import INTENT_MESSAGE_PREFIX
from rasa.shared.core.events import Restarted, SessionStarted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from content.live import LiveContent
from content.loader import Content, ContentError

_TITLE = "title"  # of a pressed button, in its message's metadata (channels/webchat/history.py)
# In the metadata of a session that goes on with another one (server/tracker_store.py).
_WENT_BEFORE = "went_before"


class SaidBefore(NamedTuple):
    """The latest of a conversation.

    Attributes:
        previous: the visitor's last message, or the title of the button that was pressed.
        earlier: the one before that.
        reply: what the last answer told: the statements in full, as the reader learnt to see them,
            in whatever form they were told; else its text.
        told: ids of the statements in it.
        subject: title of what was last spoken of, with that of the role; empty before the first
            topic, and while the guided form asks its own questions.
        titles: of what the guided form offers, where it is open.
    """

    previous: str = ""
    reply: str = ""
    told: tuple[str, ...] = ()
    subject: str = ""
    titles: tuple[str, ...] = ()
    earlier: str = ""

    @property
    def texts(self) -> list[str]:
        """What a vague message is to be classified in the light of."""
        return [text for text in (self.previous, self.subject) if text] if self.subject else []


def said_before(tracker: DialogueStateTracker, live: LiveContent, text: str = "") -> SaidBefore:
    """What was said before the message that is about to be understood.

    While the content cannot be read, the subject is not known. What is said once more, as after an
    apology, counts once.

    Args:
        tracker: of the conversation.
        live: the content.
        text: the message.
    """
    said: list[Mapping[str, Any]] = tracker.get_slot("said") or []
    content = _content(live)
    previous, earlier = _last_messages(tracker, text)
    return SaidBefore(
        previous=previous,
        reply=" ".join(_told(each, content) for each in said),
        told=tuple(str(one) for each in said for one in each.get("statements") or ()),
        subject=_subject(tracker, content),
        titles=_titles(tracker),
        earlier=earlier,
    )


def _content(live: LiveContent) -> Content | None:
    try:
        return live.get()
    except ContentError:
        return None


def _told(said: Mapping[str, Any], content: Content | None) -> str:
    """What an answer told, without what was said around it; a gap's answer tells only its text."""
    known = content.statements if content is not None else {}
    texts = [known[one].text for one in said.get("statements") or () if one in known]
    return " ".join(texts) or str(said.get("text") or "")


def _titles(tracker: DialogueStateTracker) -> tuple[str, ...]:
    offered = tracker.get_slot("offered") if tracker.get_slot("form") else None
    return tuple(str(each["title"]) for each in offered or ())


def _last_messages(tracker: DialogueStateTracker, text: str) -> tuple[str, str]:
    different = (each for each, _ in groupby(_messages(tracker)))
    others = dropwhile(lambda each: each == text, different)
    previous, earlier = [*islice(others, 2), "", ""][:2]
    return previous, earlier


def _messages(tracker: DialogueStateTracker) -> Iterator[str]:
    """What the visitor said, the latest first, up to a restart."""
    for each in reversed(tracker.events):
        metadata = each.metadata or {}
        if isinstance(each, UserUttered):
            yield _text_of(each.text or "", metadata.get(_TITLE))
        elif isinstance(each, SessionStarted) and _WENT_BEFORE in metadata:
            for message in reversed(metadata[_WENT_BEFORE]):
                yield _text_of(message["text"], message["title"])
            return
        elif isinstance(each, Restarted):
            return


def _text_of(text: str, title: Any) -> str:
    return str(title or "") if text.startswith(INTENT_MESSAGE_PREFIX) else text


def _subject(tracker: DialogueStateTracker, content: Content | None) -> str:
    topic_id = tracker.get_slot("topic")
    if content is None or not topic_id or tracker.get_slot("form"):
        return ""
    topic, role = content.topic(topic_id), content.roles.get(tracker.get_slot("role") or "")
    if topic is None:
        return ""
    return f"{topic.title} {role.title}" if role else topic.title
