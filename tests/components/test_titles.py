from __future__ import annotations

import pytest

from nlu.pointers import titled

TITLES = ["Data and statistics", "Robots and vehicles", "Skip this question", "Stop the questions"]


@pytest.mark.parametrize(
    ("text", "places"),
    [("robots", [1]), ("Robots and vehicles", [1]), ("statistcs and data", [0]), ("stop", [3])],
)
def test_a_short_message_is_the_title_that_it_is_some_words_of(
    text: str, places: list[int]
) -> None:
    assert titled(text, TITLES) == places


@pytest.mark.parametrize("text", ["what do they earn?", "cars", "why do you ask me all that now?"])
def test_another_message_is_none(text: str) -> None:
    assert titled(text, TITLES) == []
    assert titled(text, []) == []
