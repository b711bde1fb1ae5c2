"""What the metadata of stored replies is counted as."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest

from content.loader import load
from keepers.figures import UNNAMED, Figures, count
from keepers.repeats import Repeats
from keepers.store import Event, Period
from keepers.turns import TurnReader

_ASKED = {"text": "is it so", "parse_data": {"intent": {"name": "demand"}}}


def _figures(*replies: dict[str, Any]) -> Figures:
    events = [Event("somebody", "user", 1.0, json.dumps(_ASKED))]
    events += [
        Event("somebody", "bot", 2.0, json.dumps({"text": "...", "metadata": each}))
        for each in replies
    ]
    return count(TurnReader(load(), Period()).read(events), Repeats())


@pytest.mark.parametrize("verdict", ["yes", "no", "partly", "answered", "not_stated"])
def test_a_verdict_is_counted_once_a_message(verdict: str) -> None:
    told = {"kind": "answer", "answer": "demand", "verdict": verdict, "statements": ["demand"]}
    figures = _figures(told, {**told, "verdict": "answered"})
    assert figures.verdicts == Counter({verdict: 1})
    assert figures.topics == Counter({"demand": 1})


def _thumbed(thumb: str) -> Figures:
    """The figures of an answer with a thumb on it."""
    answer = {"kind": "answer", "answer": "demand", "verdict": "answered"}
    pressed = {"text": f"/{thumb}", "parse_data": {"intent": {"name": thumb}}}
    kept = {"name": "feedback", "value": [{"subject": "demand", "feedback": thumb}]}
    thanks = {"text": "...", "metadata": {"kind": "prompt"}}
    stored: list[tuple[str, Any]] = [("user", _ASKED), ("bot", {"text": "...", "metadata": answer})]
    stored += [("user", pressed), ("bot", thanks), ("slot", kept)]
    events = [
        Event("one", kind, float(n), json.dumps(data)) for n, (kind, data) in enumerate(stored)
    ]
    return count(TurnReader(load(), Period()).read(events), Repeats())


def test_a_thumb_is_no_turn_and_hides_no_reply() -> None:
    figures = _thumbed("feedback_bad")
    assert figures.bad == Counter({"demand": 1})
    assert figures.turns == figures.kinds.total() == 1
    assert figures.drop_offs == Counter({("answer", "demand"): 1})
    ((version, counts),) = figures.versions.items()
    assert version == ("", "")
    assert (counts["turns"], counts["bad"]) == (1, 1)


def test_small_talk_has_no_verdict() -> None:
    assert _figures({}).verdicts == Counter({"none": 1})


def test_what_is_open_without_a_gap_is_no_answer_of_the_nearest_topic() -> None:
    near = {"kind": "gap", "answer": "tools/ai_engineer", "verdict": "not_stated"}
    figures = _figures(near)
    assert figures.gaps == Counter({UNNAMED: 1})
    assert not figures.answers
    assert list(figures.unanswered) == ["is it so"]


def test_a_named_gap_is_counted_by_its_name_and_needs_no_review() -> None:
    figures = _figures({"kind": "gap", "answer": "gap_pay", "verdict": "not_stated"})
    assert figures.gaps == Counter({"gap_pay": 1})
    assert not figures.unanswered
