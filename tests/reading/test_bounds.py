"""Figures and dates, and whether what is claimed of them holds."""

from __future__ import annotations

import math

import numpy as np
import pytest

from reading.articles import DATA, HARD, read_article
from reading.bounds import holds, weighed
from reading.figures import figures
from tests.support.floors import Measured

SHARE = "According to a 2021 report, 35 percent of waiters work at weekends."


@pytest.mark.parametrize(
    ("text", "measure", "low", "high"),
    [
        ("35 %", "share", 0.35, 0.35),
        ("thirty-five per cent", "share", 0.35, 0.35),
        ("more than a third", "share", 1 / 3, math.inf),
        ("two thirds of them", "share", 2 / 3, 2 / 3),
        ("half", "share", 0.5, 0.5),
        ("one in twenty", "share", 0.05, 0.05),
        ("eight out of ten", "share", 0.8, 0.8),
        ("between 300 and 500 km", "length", 300_000, 500_000),
        ("six to eight weeks", "time", 60_480, 80_640),
        ("half an hour", "time", 30, 30),
        ("five and a half years", "time", 2_890_800, 2_890_800),
        ("over a year", "time", 525_600, math.inf),
        ("$95,000", "dollar", 95_000, 95_000),
        ("80k euros at least", "euro", 80_000, math.inf),
        ("€ 1.5 million", "euro", 1_500_000, 1_500_000),
        ("30 cents", "euro", 0.3, 0.3),
        ("no more than twenty items", "count", -math.inf, 20),
        ("two hundred and fifty guests", "count", 250, 250),
        ("a dozen services", "count", 12, 12),
        ("three years minimum", "time", 1_576_800, math.inf),
    ],
)
def test_a_figure_is_read(text: str, measure: str, low: float, high: float) -> None:
    (found,) = figures(text)
    assert (found.measure, found.low, found.high) == (
        measure, pytest.approx(low), pytest.approx(high)
    )  # fmt: skip


@pytest.mark.parametrize("text", ["", "nobody", "this one is good", "a week", "the second one"])
def test_what_is_no_figure_is_none(text: str) -> None:
    assert figures(text) == []


@pytest.mark.parametrize(
    ("message", "result"),
    [
        ("is it 35 %?", True),
        ("so more than a third in 2021?", True),
        ("isn't it about a third?", True),
        ("it's under half, isn't it", True),
        ("between 30 and 40 percent?", True),
        ("so half of them", False),
        ("34 percent, no?", False),
        ("less than thirty percent", False),
        ("a report from 2022, with 35 percent?", False),
        ("it's not 35 percent", None),
        ("35 percent of the waiters or 36 percent?", None),
        ("35 waiters", None),
        ("thirty-five percent in two weeks", None),
        ("do waiters work at weekends?", None),
    ],
)
def test_a_share(message: str, result: bool | None) -> None:
    assert holds(message, SHARE) is result


@pytest.mark.parametrize(
    ("message", "statement", "result"),
    [
        ("was that before 2026?", "It was published on 7 November 2025.", True),
        ("it's from 2024", "It was published on 7 November 2025.", False),
        ("published 8 November 2025?", "It was published on 7 November 2025.", False),
        ("on november 7, 2025?", "It was published on 7 November 2025.", True),
        ("after 7 November 2025?", "It was published on 7 November 2025.", False),
        ("since 2019?", "The kitchen opened in March 2019.", True),
        ("by 2030, was it", "Demand grows by 21 percent by 2028.", False),
        ("by 2028?", "Demand grows by 21 percent by 2028.", True),
        ("in march 2019", "The kitchen opened in 2019.", None),
        ("up to 25 items?", "Up to 20 items can be borrowed.", False),
        ("15 items?", "Up to 20 items can be borrowed.", None),
        ("no more than twenty items", "Up to 20 items can be borrowed.", True),
        ("can it be done in four years", "It takes at least five years of training.", False),
        ("ten guests", "There were ten waiters.", None),
        ("ten waiters", "There were ten waiters.", True),
        ("four weeks", "The course takes four weeks longer.", None),
        ("a month", "The course takes four weeks.", None),
        ("over a month", "The course takes six weeks.", True),
        ("more than 10 weeks", "It takes about ten weeks.", None),
        ("3 percent", "They picked 85 percent and damaged 3 percent.", None),
    ],
)
def test_other_measures(message: str, statement: str, result: bool | None) -> None:
    assert holds(message, statement) is result


def test_a_result_shifts_only_between_confirmed_and_denied() -> None:
    labels = np.array(
        [[0.1, 0.1, 0.0, 0.5, 0.3], [0.7, 0.2, 0.05, 0.03, 0.02], [0.1, 0.1, 0.0, 0.3, 0.5]]
    )
    statements = [SHARE, SHARE, "Waiters work at weekends."]
    false = weighed("only a tenth?", statements, labels)
    assert false[0, 3] == pytest.approx(0.2)
    np.testing.assert_allclose(false.sum(axis=1), 1)
    np.testing.assert_array_equal(false[:, :3], labels[:, :3])
    np.testing.assert_array_equal(false[1:], labels[1:])
    assert weighed("over a third?", statements, labels)[0, 3] > 0.6
    np.testing.assert_array_equal(weighed("at weekends?", statements, labels), labels)


def test_on_unseen_articles_results_are_mostly_right() -> None:
    held_out = (DATA / "held_out.txt").read_text(encoding="utf-8").split()
    right: dict[bool, list[bool]] = {True: [], False: []}
    for article in [read_article(DATA / f"{name}.json") for name in held_out]:
        for turn in article.turns:
            for key, label in turn.labels.items():
                result = holds(turn.say, article.statements[key])
                if result is not None and label in ("confirms", "denies") and turn.kind != HARD:
                    right[result].append(result == (label == "confirms"))
    # Measured: 69 of 80 that hold, and 85 of 96 that do not; nothing of it is trained.
    assert np.mean(right[True]) >= Measured.of(69, 80).share
    assert np.mean(right[False]) >= Measured.of(85, 96).share
