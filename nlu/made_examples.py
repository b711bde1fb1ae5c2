"""Training examples that follow from the content: a new topic is understood without any other."""

from __future__ import annotations

from collections.abc import Iterator

from content.loader import Content


def made_examples(content: Content) -> Iterator[tuple[str, str]]:
    """The id of each topic with its title, and with the question that it answers."""
    for topic in content.topics.values():
        yield topic.id, topic.title
        yield topic.id, topic.question


def model_words(content: Content) -> list[str]:
    """All of the content that a model is made from: ids of topics and gaps, and made examples."""
    return [*content.topic_ids, *(text for _, text in made_examples(content))]
