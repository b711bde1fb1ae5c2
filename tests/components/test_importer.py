"""What follows from the content without being listed anywhere: intents, rules, examples."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest
import yaml

from content.loader import Content, load
from dialogue.thread import Thread
from nlu.importer import REPLY_ACTION, ContentImporter
from nlu.made_examples import made_examples, model_words


@pytest.fixture(scope="module")
def importer() -> ContentImporter:
    """As a training has it."""
    return ContentImporter("config.yml", "domain.yml", ["data"])


@pytest.fixture(scope="module")
def content() -> Content:
    """The project's content."""
    return load()


def test_every_topic_is_an_intent(importer: ContentImporter, content: Content) -> None:
    assert set(content.topic_ids) <= set(importer.get_domain().intents)


def test_every_intent_has_a_rule_that_replies(importer: ContentImporter) -> None:
    rules = {step.block_name: step for step in importer.get_stories().story_steps}
    for intent in set(importer.get_domain().intents) - {"restart", "back", "session_start"}:
        events = rules[f"reply to {intent}"].events
        assert [e.action_name for e in events if hasattr(e, "action_name")][-1] == REPLY_ACTION


def test_a_topic_has_its_title_and_question_as_examples(
    importer: ContentImporter, content: Content
) -> None:
    examples = {
        (message.get("text").lower(), message.get("intent"))
        for message in importer.get_nlu_data().intent_examples
    }
    texts = [text for text, _ in examples]
    for topic, text in made_examples(content):
        assert (text.lower(), topic) in examples or text.lower() in texts


def test_no_example_is_there_twice(importer: ContentImporter) -> None:
    texts = [message.get("text").lower() for message in importer.get_nlu_data().intent_examples]
    made = {text.lower() for _, text in made_examples(load())}
    assert not [text for text in made if texts.count(text) > 1]


def test_a_model_is_made_from_titles_and_questions(content: Content) -> None:
    words = model_words(content)
    assert content.topics["tools"].title in words
    assert content.topics["tools"].question in words
    assert set(content.topic_ids) <= set(words)


def test_every_field_of_the_thread_is_a_slot_that_steers_no_policy(
    importer: ContentImporter,
) -> None:
    found = {slot.name: slot for slot in importer.get_domain().slots}
    kept = {each.name for each in fields(Thread)}
    assert kept < set(found)
    assert not [name for name in kept if found[name].has_features()]


def test_the_domain_file_lists_no_slot_of_the_thread() -> None:
    listed = yaml.safe_load(Path("domain.yml").read_text(encoding="utf-8"))["slots"]
    assert not set(listed) & {each.name for each in fields(Thread)}


def test_the_domain_file_lists_no_topic(content: Content) -> None:
    listed = yaml.safe_load(Path("domain.yml").read_text(encoding="utf-8"))["intents"]
    assert not set(listed) & set(content.topic_ids)
