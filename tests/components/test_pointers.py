"""Small words of number, place and form."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from nlu import pointers
from nlu.pointers import ALL, Wanted, places, wanted

MOST_ENTRIES = 150


@pytest.mark.parametrize(
    ("text", "form", "count"),
    [
        ("as bullets, please", "bullets", None),
        ("in three bullet points", "bullets", 3),
        ("bullets, three, short", "bullets", 3),
        ("Make that a table", "table", None),
        ("number them: a numbered list", "numbered", None),
        ("one sentence", "sentence", 1),
        ("in 2 sentences", "sentence", 2),
        ("max 20 words", "words", 20),
        ("ten words at most", "words", 10),
        ("longer, like 100 words", "words", 100),
        ("names only, no sentences", "names", None),
        ("in simple words", "simpler", None),
        ("Simpler, please.", "simpler", None),
        ("shorter!", "shorter", None),
        ("that is too long", "shorter", None),
        ("a longer paragraph", "longer", None),
    ],
)
def test_a_form_is_found_with_its_count(text: str, form: str, count: int | None) -> None:
    assert wanted(text) == Wanted(form, count)


@pytest.mark.parametrize(
    "text",
    [
        "no tables, please",
        "not as bullets",
        "the second sentence",
        "which words do they use?",
        "how many of them were there in 2024?",
        "",
        "???",
    ],
)
def test_no_form_where_none_is_wanted(text: str) -> None:
    assert wanted(text) == Wanted()


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
        ("2", [1]),
        ("2 please", [1]),
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


def test_the_lexicon_stays_small_and_names_no_subject() -> None:
    path = Path(pointers.__file__).with_name("lexicon.yml")
    found = yaml.safe_load(path.read_text(encoding="utf-8"))
    phrases = sum(map(len, found.pop("forms").values()))
    assert phrases + sum(map(len, found.values())) <= MOST_ENTRIES
