"""Small words of number and place."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from nlu import pointers
from nlu.pointers import ALL, Counted, counted, left_over, places

MOST_ENTRIES = 80


@pytest.mark.parametrize(
    ("text", "points", "words"),
    [
        ("in three bullet points", 3, None),
        ("one sentence", 1, None),
        ("in 2 short sentences", 2, None),
        ("max 20 words", None, 20),
        ("3 bullets, five words each", 3, 5),
        ("the 35 % as a sentence", None, None),
        ("which words do they use?", None, None),
        ("how many of them were there in 2024?", None, None),
        ("???", None, None),
        ("one sentence each, all three", None, None),
        ("two lines for each of them", 2, None),
        ("in 300 words", None, 300),
        ("in 2024 words", None, None),
        ("three 'short' bullets", 3, None),
        ("three very short bullets", None, None),
    ],
)
def test_what_a_number_counts_is_found(text: str, points: int | None, words: int | None) -> None:
    assert counted(text) == Counted(points, words)


@pytest.mark.parametrize(
    ("text", "pointed"),
    [
        ("the first one", [0]),
        ("the 3rd of these", [2]),
        ("tell me more about the last one", [-1]),
        ("the latter", [-1]),
        ("the second and the third", [1, 2]),
        ("number two", [1]),
        ("option 4, please", [3]),
        ("#3", [2]),
        ("give me #3 of these", [2]),
        ("2", [1]),
        ("2 please", [1]),
        ("1 and 3", [0, 2]),
        ("2 plus 2", [1]),
        ("1 and also 3 please", []),
        ("two", [1]),
        ("both of them", [ALL]),
        ("all three", [ALL]),
        ("what do 2 of them do in 2024", []),
        ("20 words", []),
        ("0", []),
        ("", []),
    ],
)
def test_places_count_from_zero(text: str, pointed: list[int | str]) -> None:
    assert places(text) == pointed


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("as bullets, 4 max", 4),
        ("too many rows. keep just the first three", 3),
        ("I need all three, as bullets", 3),
        ("please make a list of it, the first two", 2),
        ("a list of the two", None),
        ("three things that matter for a bank as a list", None),
        ("as a table with three columns", None),
        ("bullets for a team of ten people", None),
        ("as bullets please, from section 3", None),
        ("bullets for 2024", None),
        ("", None),
    ],
)
def test_a_number_at_the_end_of_a_clause_counts_the_parts_of_a_list(
    text: str, count: int | None
) -> None:
    assert left_over(text) == count


def test_the_lexicon_stays_small_and_names_no_subject() -> None:
    path = Path(pointers.__file__).with_name("lexicon.yml")
    found = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert sum(map(len, found.values())) + sum(map(len, found["units"].values())) <= MOST_ENTRIES
