"""How thresholds are chosen, on turns whose scores are made up."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks.calibration import Scored, calibrated, curve
from benchmarks.reading import draw, sheet, write_thresholds
from reading.articles import ACTS, FORMS, LABELS, Turn
from reading.packing import digest_of
from reading.reader import READER, RETRIEVER, THRESHOLDS, Scores
from reading.verdict import Thresholds


def scored(wanted: str, article: str = "a", **probabilities: float) -> Scored:
    labels = np.zeros((2, len(LABELS)))
    for label, value in probabilities.items():
        labels[0, LABELS.index(label)] = value
    labels[1, 0] = 1
    labels[0, 0] = 1 - labels[0].sum()
    turn = Turn("say", {"s1": wanted} if wanted else {}, "single")
    scores = Scores(labels, np.zeros(len(ACTS)), np.zeros(len(FORMS)))
    return Scored(article, turn, ["s1", "s2"], scores, 0.001)


@pytest.fixture
def turns() -> list[Scored]:
    """A hundred sure and true verdicts, ten unsure of which half is false, and turns of others."""
    made = [scored("confirms", article, confirms=0.95) for article in "ab" for _ in range(25)]
    made += [scored("denies", article, denies=0.95) for article in "ab" for _ in range(25)]
    for article in "ab":
        for _ in range(5):
            made.append(scored("confirms", article, confirms=0.6, denies=0.3))
            made.append(scored("denies", article, confirms=0.6, denies=0.3))
            made.append(scored("answers", article, answers=0.8))
            made.append(scored("near", article, near=0.5, confirms=0.3))
            made.append(scored("", article, near=0.2))
    return made


def test_yes_and_no_are_said_where_few_of_them_are_false(turns: list[Scored]) -> None:
    chosen = calibrated(turns)
    assert 0.3 < chosen.sure < 0.95
    assert 0.3 < chosen.settled <= 0.6
    assert 0.2 < chosen.near <= 0.8


def test_where_too_many_are_false_none_is_said() -> None:
    wrong = [scored("denies", confirms=0.9), scored("confirms", confirms=0.9)]
    assert calibrated(wrong).sure == 1.0


def test_the_curve_tells_what_each_lead_says(turns: list[Scored]) -> None:
    points = curve(turns, Thresholds())
    assert (points[0].sure, points[0].said) == (0.0, 1.0)
    assert points[0].false == pytest.approx(10 / 120)
    assert points[-1].false == 0
    assert points[-1].said == pytest.approx(100 / 120)
    assert [each.sure for each in points] == sorted(each.sure for each in points)
    assert curve([], Thresholds()) == []


def test_the_page_tells_both_figures(turns: list[Scored], tmp_path: Path) -> None:
    text = sheet(turns, Thresholds())
    assert "| all | 150 |" in text
    assert (
        "- At most 1% of yes and no false: lead 0.305, said in 83.3%, 0.0% of them false." in text
    )
    assert "- Yes or no said in half of the turns that have one: " in text
    draw(turns, Thresholds(), tmp_path / "deep" / "curve.png")
    assert (tmp_path / "deep" / "curve.png").stat().st_size > 5000


def test_thresholds_are_written_with_the_digest_of_their_weights(tmp_path: Path) -> None:
    for name in (READER, RETRIEVER):
        (tmp_path / name).write_bytes(name.encode())
    write_thresholds(Thresholds(sure=0.7), tmp_path)
    found = json.loads((tmp_path / THRESHOLDS).read_text(encoding="utf-8"))
    assert found["weights"] == digest_of(tmp_path / READER, tmp_path / RETRIEVER)
    assert Thresholds.load(tmp_path / THRESHOLDS) == Thresholds(sure=0.7)
