"""Topics become intents and rules without being listed anywhere."""

from pathlib import Path

import yaml

from content.loader import load
from nlu.importer import ANSWER_ACTION, ContentImporter


def test_every_topic_is_an_intent_with_a_rule_that_answers_it() -> None:
    importer = ContentImporter("config.yml", "domain.yml", ["data"])
    intents = set(importer.get_domain().intents)
    rules = {step.block_name: step for step in importer.get_stories().story_steps}
    for topic in load().topic_ids:
        assert topic in intents
        events = rules[f"answer {topic}"].events
        assert [e.action_name for e in events if hasattr(e, "action_name")][-1] == ANSWER_ACTION


def test_the_domain_file_lists_no_topic() -> None:
    listed = yaml.safe_load(Path("domain.yml").read_text(encoding="utf-8"))["intents"]
    assert not set(listed) & set(load().topic_ids)
