"""Which content and model the assistant says it speaks from, and keeps with a conversation."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker

from actions.provenance import model_id
from tests.actions.harness import CONTENT, ML, Reply, make_tracker, run, slots, texts

_MODEL = "0123456789abcdef0123456789abcdef"


def _said_with_model(text: str) -> Reply:
    """A reply before, whose events carry the model as Rasa's server writes it."""
    reply = run("answer", text=text, intent="skills", roles=[ML])
    for event in reply.tracker["events"]:
        event["metadata"] = {"model_id": _MODEL}
    return reply


def test_the_version_names_the_content_and_the_model() -> None:
    (text,) = texts(run("version", intent="version", after=_said_with_model("skills")))
    assert CONTENT.version in text
    assert _MODEL[:12] in text
    assert CONTENT.article.published in text


def test_a_model_that_is_not_known_is_not_made_up() -> None:
    (text,) = texts(run("version", intent="version"))
    assert "model ?" in text


def test_the_model_is_that_of_the_last_event_that_names_one() -> None:
    tracker: dict[str, Any] = make_tracker()
    tracker["events"] = [{"metadata": {"model_id": name}} for name in ("old", "new", None)]
    assert model_id(Tracker.from_dict(tracker)) == "new"


def test_the_content_version_is_kept_once_and_when_it_changes() -> None:
    first = run("answer", intent="skills", roles=[ML])
    assert slots(first)["content_version"] == CONTENT.version
    second = run("more", after=first)
    assert "content_version" not in {event["name"] for event in second.events}
    second.tracker["slots"]["content_version"] = "older"
    third = run("more", after=second)
    assert slots(third)["content_version"] == CONTENT.version
