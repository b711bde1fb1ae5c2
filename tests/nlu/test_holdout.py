"""Understanding, measured on questions that no training file holds."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rapidfuzz import fuzz, process

from benchmarks.holdout_questions import Result, evaluate
from keepers.nlu_files import read_examples
from tests.support.floors import Measured

HOLDOUT = Path(__file__).parent / "holdout"
ROOT = Path(__file__).parent.parent.parent

# What was measured. Only figures are compared, so that a failure never prints a question.
IN_SCOPE = Measured.of(755, 785)
NEAR_REFUSED = Measured.of(350, 383)
FAR_REFUSED = Measured.of(86, 88)
WRONGLY_REFUSED = Measured.of(4, 785)
WEAKEST_TOPIC = Measured.of(9, 11)


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9 ]", "", text.lower()).strip()


def _training_texts() -> list[str]:
    return [_plain(each.text) for each in read_examples(ROOT / "data" / "nlu")]


def _holdout_texts() -> list[str]:
    lines = [
        line
        for path in sorted(HOLDOUT.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    return [_plain(json.loads(line)["text"]) for line in lines]


@pytest.fixture(scope="module")
def result(classify: Callable[[str], dict[str, Any]]) -> Result:
    return evaluate(classify)


def test_no_holdout_question_is_in_the_training_data() -> None:
    training = _training_texts()
    assert len(training) > 5000
    leaked = [
        text
        for text in _holdout_texts()
        if text and process.extractOne(text, training, scorer=fuzz.ratio, score_cutoff=93)
    ]
    assert not leaked, f"{len(leaked)} of the hold-out's questions are known from training"


def test_answerable_questions_get_their_topic(result: Result) -> None:
    accuracy = result.accuracy or 0.0
    assert accuracy >= IN_SCOPE.floor


def test_every_topic_is_understood(result: Result) -> None:
    asked = Counter(answer.question.intent for answer in result.in_scope)
    weak = {
        name: recall
        for name, recall in result.recall.items()
        if recall < Measured(WEAKEST_TOPIC.share, asked[name]).floor
    }
    assert not weak


def test_questions_beside_the_article_are_refused(result: Result) -> None:
    refused = result.refused(near=True) or 0.0
    assert refused >= NEAR_REFUSED.floor


def test_questions_about_something_else_are_refused(result: Result) -> None:
    refused = result.refused(near=False) or 0.0
    assert refused >= FAR_REFUSED.floor


def test_answerable_questions_are_rarely_refused(result: Result) -> None:
    refused = result.wrongly_refused or 0.0
    assert refused <= WRONGLY_REFUSED.ceiling
