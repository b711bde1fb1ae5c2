"""What `make preview` shows of a topic, of a message, and of conversations for a machine."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from actions.executor import execute
from actions.reply import Scene
from content.loader import Content, load
from dialogue import acts
from dialogue.acts import Ask
from dialogue.decode import Decision
from dialogue.thread import Thread
from dialogue.understanding import Wanted
from keepers.assistant import Exchange
from keepers.masking import Masker
from keepers.preview import FORMS, as_json, exchange_lines, read_talks, topic_forms
from tools.console import CommandError

DONE = (acts.Check("yes", ("ml_lang", "ml_frame")), acts.Menu())
REPLY = {"kind": "answer", "buttons": [], "verdict": "yes", "statements": ["ml_lang"]}
PARSED: dict[str, Any] = {
    "intent": {"name": "tools", "confidence": 0.9},
    "reading": {
        "acts": {"ask": 0.97, "greet": 0.01},
        "verdict": "answered",
        "leaning": "yes",
        "confidence": 0.6,
        "statements": ["ml_lang"],
        "judged": [
            {"id": each, "answers": 0.1, "confirms": 0.7, "denies": 0.1, "near": 0.1}
            for each in ("ml_lang", "gone")
        ],
    },
    "wanted": {"form": "bullets", "points": 3, "words": None},
    "places": [1],
}


def exchange(*replies: dict[str, Any], parsed: dict[str, Any] | None = None) -> Exchange:
    """A message with a decision as it is logged, and these replies."""
    decided = Decision(DONE, "ask: settled", {"ask": 0.9, "form": 0.1}).line()
    return Exchange("Python?", parsed or {}, decided, replies)


@pytest.fixture(scope="module")
def content() -> Content:
    """The project's content."""
    return load()


def test_acts_are_those_that_were_decided() -> None:
    assert exchange().acts == [acts.to_line(each) for each in DONE]
    assert Exchange("Python?", {}, "", ()).acts == []


def test_an_exchange_is_one_line_of_json() -> None:
    other = {**REPLY, "text": "And\nmore.", "verdict": None, "statements": ["ml_frame", "ml_lang"]}
    line = as_json(exchange({**REPLY, "text": "Yes. Python \u2013 or Java."}, other))
    assert "\n" not in line
    assert json.loads(line) == {
        "say": "Python?",
        "acts": [acts.to_line(each) for each in DONE],
        "verdict": "yes",
        "statements": ["ml_lang", "ml_frame"],
        "reply": "Yes. Python \u2013 or Java.\nAnd\nmore.",
    }


def test_a_message_is_shown_with_what_it_was_decided_by(content: Content) -> None:
    found = exchange({**REPLY, "text": "Yes."}, parsed=PARSED)
    shown = " ".join(" ".join(exchange_lines(content, found)).split())
    for part in (
        "by ask: settled",
        "ask 0.97",
        "answered (0.60, leaning to yes)",
        "*ml_lang answers 0.10 confirms 0.70",
        "form bullets, points 3, place 1",
        "tools (0.90)",
        "reply Yes.",
        "told yes, ml_lang",
    ):
        assert part in shown
    assert "greet" not in shown


def test_all_of_every_topic_can_be_shown(content: Content) -> None:
    for topic_id in content.topic_ids:
        # Lines end at hyphens too.
        shown = "".join("".join(topic_forms(content, topic_id)).split())
        for statement in content.told_of(topic_id, None):
            assert "".join(statement.text.split()) in shown


def test_talks_are_read_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "talks.jsonl"
    path.write_text('["hi", "and AI?"]\n\n["tools"]\n', encoding="utf-8")
    assert read_talks(path) == [["hi", "and AI?"], ["tools"]]


@pytest.mark.parametrize("line", ["hi", '{"say": "hi"}', "[1]", "[["])
def test_a_line_that_is_no_talk_is_named(line: str, tmp_path: Path) -> None:
    path = tmp_path / "talks.jsonl"
    path.write_text(f'["hi"]\n{line}\n', encoding="utf-8")
    with pytest.raises(CommandError, match=r"talks\.jsonl:2: "):
        read_talks(path)


def test_a_missing_file_of_talks_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        read_talks(tmp_path / "none.jsonl")


def test_what_was_typed_is_masked(content: Content) -> None:
    asked = Exchange("I'm called Dana", {"understanding": {"text": "I'm called Dana"}}, "", ())
    lines = exchange_lines(content, asked, Masker(frozenset("i'm called".split())).mask)
    shown = "\n".join(lines)
    assert "Dana" not in shown
    assert shown.count("I'm called <name>") == 2


@pytest.mark.parametrize("topic", ["demand", "skills"])
def test_a_topic_is_shown_with_all_that_it_tells_in_every_form(
    topic: str, content: Content
) -> None:
    shown = " ".join(" ".join(topic_forms(content, topic)).split())
    for form in (*FORMS, "first", "buttons"):
        plain = execute(Scene(content, Thread()), [Ask(topic)]).messages[0].text
        shaped = (
            execute(Scene(content, Thread()), [Ask(topic, None, Wanted(form))]).messages[0].text
        )
        if form not in FORMS or shaped != plain:
            assert f" {form} " in shown
            assert form not in FORMS or " ".join(shaped.split()) in shown
    told = shown.partition(" Told ")[2]
    for each in content.told_of(topic, None):
        assert each.text.split(" ", 2)[2] in told  # a later sentence begins with a pronoun
