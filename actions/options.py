"""What is offered next."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from actions.reply import Option
from content.loader import Content
from content.schema import Topic
from dialogue.thread import Subject, Thread, is_told

MAX_OPTIONS = 3
NONE, SKIP, STOP, FORM, CHOOSE = "none_of_these", "skip", "cancel", "fit_form", "choose"


def option(content: Content, subject: Subject, as_question: bool = False) -> Option:
    """An offer of a subject: its title, and the intent and role that picking it stands for."""
    topic = content.topic(subject.topic)
    if topic is None:
        raise KeyError(subject.topic)
    title = topic.question if as_question and isinstance(topic, Topic) else topic.title
    if subject.role:
        title = f"{topic.title} ({content.roles[subject.role].plural})"
    return {"title": title, "intent": subject.topic, "role": subject.role}


def button(offer: Option) -> dict[str, str]:
    """The offer as a Rasa button."""
    named = {name: offer[name] for name in ("role", "option") if offer.get(name)}
    entities = json.dumps(named) if named else ""
    return {"title": offer["title"], "payload": f"/{offer['intent']}{entities}"}


def next_options(content: Content, thread: Thread, subject: Subject | None) -> list[Option]:
    """Up to three subjects near what was told, none of them told yet.

    Those of the statements told come last: what an editor calls related is the better next step.
    A topic that asks which role fits offers the guided form first.
    """
    fresh = [
        option(content, each)
        for each in dict.fromkeys(_near(content, thread, subject))
        if each.topic != (subject.topic if subject else None) and not is_told(content, thread, each)
    ]
    topic = content.topics.get(subject.topic) if subject else None
    if topic is not None and topic.form and content.questions:
        fresh.insert(0, {"title": content.prompts["form_title"], "intent": FORM})
    return fresh[:MAX_OPTIONS]


def _near(content: Content, thread: Thread, subject: Subject | None) -> Iterator[Subject]:
    role = thread.role
    topic = content.topic(subject.topic) if subject else None
    names: Sequence[str] = (topic.related or _following(content, topic.id)) if topic else ()
    told = (name for each in thread.last for name, _ in content.topics_of(each))
    for name in (*names, *told):
        if content.topic(name) is not None:
            yield Subject(name, role if content.is_grid(name) else None)


def _following(content: Content, topic_id: str) -> list[str]:
    """The topics in the order of the content, from the one behind a topic on."""
    names = list(content.topics)
    behind = names.index(topic_id) + 1 if topic_id in names else 0
    return [*names[behind:], *names[:behind]]


def first_options(content: Content, thread: Thread) -> list[Option]:
    """The subjects to begin with."""
    subjects = [Subject(name) for name in content.topics]
    fresh = [each for each in subjects if not is_told(content, thread, each)]
    return [option(content, each) for each in (fresh or subjects)[:MAX_OPTIONS]]
