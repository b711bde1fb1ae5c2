from __future__ import annotations

import pytest

from nlu.pointers import titled

TITLES = ["Data and statistics", "Robots and vehicles", "Skip this question", "Stop the questions"]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("robots", [1]),
        ("Robots and vehicles", [1]),
        ("statistcs and data", [0]),
        ("stop", [3]),
        ("it is the one on robots", [1]),
    ],
)
def test_a_short_message_is_the_title_that_it_is_some_words_of(
    text: str, places: list[int]
) -> None:
    assert titled(text, TITLES) == places


@pytest.mark.parametrize(
    "text",
    ["what do they earn?", "cars", "why do you ask me all that now?", "so it is the one on robots"],
)
def test_another_message_is_none(text: str) -> None:
    assert titled(text, TITLES) == []
    assert titled(text, []) == []


def test_more_than_a_title_is_none() -> None:
    assert titled("are robots and vehicles in it?", TITLES) == [1]
    assert titled("are there any robots and vehicles in it?", TITLES) == []
    assert titled("a b", TITLES) == []
