"""What other thresholds would have made of the same questions, without asking them again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import yaml

from benchmarks.holdout_questions import Answer, Result, share
from nlu.outcome import FALLBACK, OPEN_INTENT, Thresholds
from tools.console import CommandError

CONFIG = Path("config.yml")
_CLASSIFIER = "FaqIntentClassifier"


@dataclass(frozen=True)
class Point:
    """What becomes of the hold-out at one pair of thresholds; all are shares.

    Attributes:
        threshold: the value that was varied.
        right: of the questions with an answer: those that get it.
        wrong_topic: those that get another one.
        refused: those that are refused.
        unsure: those at which the assistant asks back.
        near_refused: of the questions near the subject without an answer: those refused.
        near_answered: those answered all the same.
        far_refused: of the questions far from the subject: those refused.
        far_answered: those answered all the same.
    """

    threshold: float
    right: float
    wrong_topic: float
    refused: float
    unsure: float
    near_refused: float
    near_answered: float
    far_refused: float
    far_answered: float


def configured_thresholds(config: Path = CONFIG) -> Thresholds:
    """The thresholds of the pipeline; those it does not name have their defaults."""
    pipeline = yaml.safe_load(config.read_text(encoding="utf-8"))["pipeline"]
    options = [item for item in pipeline if item["name"].endswith(_CLASSIFIER)]
    if not options:
        raise CommandError(f"the pipeline in {config} has no {_CLASSIFIER}")
    names = {field.name for field in fields(Thresholds)}
    return Thresholds(**{key: value for key, value in options[0].items() if key in names})


def over_refusals(result: Result, values: Iterable[float], thresholds: Thresholds) -> list[Point]:
    """A point for each value of `refuse_above`, the other threshold as configured."""
    return [_point(result, value, (value, thresholds.answer_above)) for value in values]


def over_answers(result: Result, values: Iterable[float], thresholds: Thresholds) -> list[Point]:
    """A point for each value of `answer_above`, the other threshold as configured."""
    return [_point(result, value, (thresholds.refuse_above, value)) for value in values]


def _point(result: Result, threshold: float, pair: tuple[float, float]) -> Point:
    inside = [(a.question.intent, understood(a, *pair)) for a in result.in_scope]
    near = [understood(answer, *pair) for answer in result.out_of_scope(near=True)]
    far = [understood(answer, *pair) for answer in result.out_of_scope(near=False)]
    got = [intent for _, intent in inside]
    return Point(
        threshold=threshold,
        right=_share(wanted == intent for wanted, intent in inside),
        wrong_topic=_share(_is_answer(intent) and wanted != intent for wanted, intent in inside),
        refused=_refused(got),
        unsure=_share(intent == FALLBACK for intent in got),
        near_refused=_refused(near),
        near_answered=_answered(near),
        far_refused=_refused(far),
        far_answered=_answered(far),
    )


def understood(answer: Answer, refuse_above: float, answer_above: float) -> str:
    """The intent at other thresholds; `out_of_scope` for any refusal (see nlu/outcome.py)."""
    if not answer.ranking:
        return answer.intent  # foreign or unreadable: no threshold of these decides
    if answer.refusal is not None and answer.refusal > refuse_above:
        return OPEN_INTENT
    intent, probability = answer.ranking[0]
    return intent if probability >= answer_above else FALLBACK


def _refused(intents: Sequence[str]) -> float:
    return _share(intent == OPEN_INTENT for intent in intents)


def _answered(intents: Sequence[str]) -> float:
    return _share(map(_is_answer, intents))


def _is_answer(intent: str) -> bool:
    return intent not in (OPEN_INTENT, FALLBACK)


def _share(flags: Iterable[bool]) -> float:
    return share(flags) or 0.0
