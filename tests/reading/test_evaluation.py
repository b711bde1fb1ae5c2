"""What counts as right, as said and as false."""

from __future__ import annotations

import pytest

from reading.articles import Turn
from reading.evaluation import Report, class_of, judge, total_of
from reading.reader import Judged, Reading


def turn(labels: dict[str, str], kind: str = "single", acts: tuple[str, ...] = ()) -> Turn:
    return Turn("say", labels, kind, acts=acts)


def read(verdict: str, *statements: str, leaning: str = "", act: str = "ask") -> Reading:
    judged = tuple(Judged(each, 0.1, 0.1, 0.1, 0.1) for each in statements)
    acts = {"ask": 0.5, "tell": 0.4, act: 0.9}
    return Reading(acts, verdict, leaning or verdict, 0.9, statements, judged)


@pytest.mark.parametrize(
    ("labels", "wanted"),
    [
        ({"s1": "confirms", "s2": "denies"}, "denies"),
        ({"s1": "confirms", "s2": "answers"}, "confirms"),
        ({"s1": "answers", "s2": "near"}, "answers"),
        ({"s1": "near"}, "open"),
        ({}, "open"),
    ],
)
def test_the_class_of_a_turn(labels: dict[str, str], wanted: str) -> None:
    assert class_of(turn(labels)) == wanted


@pytest.mark.parametrize(
    ("labels", "reading", "right", "said", "false"),
    [
        ({"s1": "confirms"}, read("yes", "s1"), 1, 1, 0),
        ({"s1": "confirms"}, read("yes", "s2", "s1"), 0, 1, 0),
        ({"s1": "confirms"}, read("no", "s1"), 0, 1, 1),
        ({"s1": "confirms"}, read("answered", "s1", leaning="yes"), 1, 0, 0),
        ({"s1": "confirms"}, read("answered", "s1"), 0, 0, 0),
        ({"s1": "confirms"}, read("partly", "s1"), 0, 1, 1),
        ({"s1": "denies", "s2": "confirms"}, read("partly", "s2", "s1"), 1, 1, 0),
        ({"s1": "denies"}, read("no", "s1"), 1, 1, 0),
        ({"s1": "denies"}, read("yes", "s1"), 0, 1, 1),
        ({"s1": "answers"}, read("answered", "s1"), 1, 0, 0),
        ({"s1": "answers"}, read("yes", "s1"), 0, 1, 1),
        ({"s1": "answers"}, read("answered"), 0, 0, 0),
        ({"s1": "near"}, read("not_stated", "s3"), 1, 0, 0),
        ({"s1": "near"}, read("no", "s1"), 0, 1, 1),
        ({}, read("none"), 1, 0, 0),
        ({}, read("answered", "s1"), 0, 0, 0),
    ],
)
def test_a_turn_that_asks(
    labels: dict[str, str], reading: Reading, right: int, said: int, false: int
) -> None:
    figures = judge(turn(labels), reading)
    assert (figures.right, figures.said, figures.false) == (right, said, false)
    assert figures.settled == (class_of(turn(labels)) in ("confirms", "denies"))


def test_a_report_counts_turns_by_kind_and_acts_where_they_are_known() -> None:
    report = Report("article")
    report.add(turn({"s1": "confirms"}), read("yes", "s1"), 0.01)
    report.add(turn({}, "conversation", ("ack",)), read("none", act="ack"))
    report.add(
        turn({"s1": "denies"}, "conversation", ("ask",)), read("yes", "s1", act="tell"), 0.03
    )
    talk = report.kinds["conversation"]
    assert (talk.turns, talk.acted, talk.acts_right) == (1, 2, 1), "what asks nothing is not judged"
    assert report.total.turns == 2
    assert report.total.line() == (
        "right=0.500 verdict_false=0.500 verdict_said=1.000 recall=1.000 acts=0.500 ms=20.0"
    )


def test_figures_of_nothing_divide_by_nothing() -> None:
    assert total_of([]).line() == "ms=0.0"
