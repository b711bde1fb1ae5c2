"""From the labels of single statements to a verdict on the message."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from reading.articles import LABELS
from reading.verdict import Thresholds, Verdict, verdict_of

THRESHOLDS = Thresholds(settled=0.4, carries=0.3, joint=0.5, sure=0.6, near=0.3)


def judged(*rows: dict[str, float]) -> Verdict:
    labels = np.zeros((len(rows), len(LABELS)))
    for number, row in enumerate(rows):
        for label, value in row.items():
            labels[number, LABELS.index(label)] = value
        labels[number, 0] = 1 - labels[number].sum()
    return verdict_of([f"s{number}" for number in range(len(rows))], labels, THRESHOLDS)


@pytest.mark.parametrize(("label", "verdict"), [("confirms", "yes"), ("denies", "no")])
def test_what_is_sure_is_said(label: str, verdict: str) -> None:
    found = judged({label: 0.35}, {label: 0.9}, {label: 0.1})
    assert found == (verdict, verdict, pytest.approx(0.9), ("s1", "s0"))


@pytest.mark.parametrize(
    ("label", "other", "leaning"), [("confirms", "denies", "yes"), ("denies", "confirms", "no")]
)
def test_what_is_not_sure_is_told_without_it(label: str, other: str, leaning: str) -> None:
    found = judged({label: 0.5, other: 0.4})
    assert found == ("answered", leaning, pytest.approx(0.1), ("s0",))


def test_one_true_and_one_false_claim_are_partly_so() -> None:
    found = judged({"confirms": 0.8}, {"denies": 0.6})
    assert found == ("partly", "partly", pytest.approx(0.6), ("s0", "s1"))


def test_partly_is_said_only_where_the_weaker_of_both_is_sure() -> None:
    found = judged({"confirms": 0.8}, {"denies": 0.5})  # just enough for both, not to say so
    assert found == ("answered", "partly", pytest.approx(0.5), ("s0", "s1"))
    assert judged({"confirms": 0.8}, {"denies": 0.49}).leaning == "yes"


def test_a_draw_leans_to_no_and_is_not_said() -> None:
    assert judged({"confirms": 0.5, "denies": 0.5})[:3] == ("answered", "no", 0.0)


def test_one_statement_alone_makes_no_partly() -> None:
    found = judged({"confirms": 0.49, "denies": 0.51})
    assert (found.verdict, found.leaning) == ("answered", "no")


def test_an_open_question_is_answered_by_all_that_carry_it() -> None:
    found = judged({"answers": 0.5}, {"answers": 0.9}, {"answers": 0.2, "confirms": 0.5})
    assert found == ("answered", "answered", pytest.approx(0.9), ("s1", "s0"))


def test_what_nothing_settles_gets_the_nearest() -> None:
    found = judged({"near": 0.4}, {"near": 0.5, "denies": 0.3}, {"near": 0.1})
    assert (found.verdict, found.leaning) == ("not_stated", "not_stated")
    assert found.statements == ("s1", "s0")
    assert found.confidence == pytest.approx(0.7)


def test_what_nothing_is_near_to_gets_none() -> None:
    assert judged({"near": 0.1}, {"near": 0.2}) == ("none", "none", 1.0, ())


def test_thresholds_come_from_a_file_that_may_tell_more(tmp_path: Path) -> None:
    path = tmp_path / "thresholds.json"
    assert Thresholds.load(path) == Thresholds()
    path.write_text(json.dumps({"sure": 0.7, "weights": "abc"}), encoding="utf-8")
    assert Thresholds.load(path) == Thresholds(sure=0.7)
