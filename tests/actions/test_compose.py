"""Forms of an answer at their edges, on statements made for that."""

from __future__ import annotations

from typing import Any

import pytest

from actions.compose import Source, Told, adds_to, prose, shape
from content.schema import Statement
from dialogue.understanding import Wanted
from tests.actions.harness import CONTENT

FIVE = "Cooks prepare meals every day."
SIX = "Waiters bring the meals to guests."


def statement(name: str, text: str = FIVE, **more: Any) -> Statement:
    return Statement(id=name, text=text, **more)


def told(
    form: str, *statements: Statement, further: tuple[Statement, ...] = (), **size: int
) -> Told:
    return shape(Source(CONTENT, statements, further), Wanted(form, **size))


def points(found: Told) -> list[str]:
    assert found.points is not None
    return found.points.items


# Points of a list.

LISTED = statement("a", items=["the oven", "pans"])


@pytest.mark.parametrize(
    ("count", "items"),
    [(None, ["The oven", "Pans"]), (1, ["The oven"]), (2, ["The oven", "Pans"])],
)
def test_points_are_the_items_of_a_single_statement(count: int | None, items: list[str]) -> None:
    found = shape(Source(CONTENT, [LISTED], [statement("b", SIX)]), Wanted("bullets", count))
    assert points(found) == items
    assert (found.statements, found.is_done) == (("a",), True)


def test_more_points_than_items_are_statements_and_further_ones() -> None:
    found = told("bullets", LISTED, further=(statement("b", SIX), statement("c")), points=3)
    assert points(found) == [FIVE, SIX, FIVE]
    assert (found.statements, found.is_done) == (("a", "b", "c"), True)
    short = told("bullets", LISTED, further=(statement("b", SIX),), points=4)
    assert (len(points(short)), short.is_done) == (2, False)


def test_a_single_item_is_no_list_and_steps_go_before_items() -> None:
    one = statement("a", items=["the oven"])
    assert points(told("bullets", one)) == [FIVE]
    steps = statement("a", steps=["heating", "serving"], items=["the oven", "pans", "lids"])
    assert points(told("numbered", steps)) == ["Heating", "Serving"]


def test_items_are_no_points_beside_another_statement() -> None:
    assert points(told("bullets", LISTED, statement("b", SIX))) == [FIVE, SIX]


def test_six_points_are_the_most_and_three_are_filled_up() -> None:
    many = [statement(f"s{place}") for place in range(9)]
    assert len(points(told("bullets", *many))) == 6
    assert len(points(told("bullets", many[0], further=tuple(many[1:])))) == 3
    assert len(points(told("bullets", *many, points=9))) == 6


# So many words.


@pytest.mark.parametrize(
    ("limit", "text", "ids"),
    [
        (11, f"{FIVE} {SIX}", ("a", "b")),
        (10, FIVE, ("a",)),
        (5, FIVE, ("a",)),
        (4, "Meals every day.", ("a",)),
        (3, "Meals every day.", ("a",)),
        (2, "Pans, lids.", ("a",)),
    ],
)
def test_so_many_words_are_whole_sentences_else_a_gist(
    limit: int, text: str, ids: tuple[str, ...]
) -> None:
    first = statement("a", brief="meals every day", items=["pans", "lids"])
    found = told("words", first, further=(statement("b", SIX),), words=limit)
    assert found[:3] == (text, ids, True)
    assert told("sentence", first, further=(statement("b", SIX),), words=limit) == found


def test_the_shortest_is_told_where_nothing_is_short_enough() -> None:
    first = statement("a", brief="zest and other things", items=["a", "long", "list", "of", "it"])
    found = told("words", first, words=3)
    assert found[:3] == ("Zest and other things.", ("a",), False)
    assert told("words", first, statement("b", SIX), words=1, points=1).statements == ("a",)


def test_a_sentence_is_one_and_words_may_be_so_many_sentences() -> None:
    both = statement("a"), statement("b", SIX)
    assert told("sentence", *both).text == FIVE
    assert told("sentence", *both, points=2).text == f"{FIVE} {SIX}"
    assert told("words", *both, words=60, points=1).text == FIVE


# Shorter, simpler, names.


def test_shorter_is_fewer_statements_else_the_gist_if_that_is_shorter() -> None:
    gist = statement("a", brief="meals daily")
    assert told("shorter", gist, statement("b", SIX))[:3] == (FIVE, ("a",), True)
    assert told("shorter", gist)[:3] == ("Meals daily.", ("a",), True)
    assert told("shorter", statement("a"))[:3] == (FIVE, ("a",), False)
    as_long = statement("a", brief="the meals of every day")
    assert told("shorter", as_long)[:3] == (FIVE, ("a",), False)


def test_simpler_is_done_where_one_of_them_is_told_simply() -> None:
    simple = statement("a", simple="They cook.  Really!")
    assert told("simpler", simple, statement("b", SIX))[:3] == (
        f"They cook.  Really! {SIX}",
        ("a", "b"),
        True,
    )
    assert told("simpler", statement("b", SIX))[:3] == (SIX, ("b",), False)
    many = [statement(f"s{place}", simple="They cook it.") for place in range(5)]
    assert len(told("simpler", *many).statements) == 3
    assert len(told("simpler", *many, points=1).statements) == 1


def test_names_are_listed_once_with_who_has_any() -> None:
    found = told("names", statement("b", SIX), LISTED, statement("c", items=["pans", "lids"]))
    assert found[:3] == ("The oven, pans, lids.", ("a", "c"), True)
    few = told("names", LISTED, points=1)
    assert few.text == "The oven."
    none = told("names", statement("b", SIX), statement("a"))
    assert none[:3] == (SIX, ("b",), False)


def test_an_unknown_form_is_prose_that_is_not_what_was_wanted() -> None:
    both = [statement("a"), statement("b", SIX)]
    assert told("poem", *both) == prose(CONTENT, both)._replace(is_done=False)


def test_what_a_statement_adds_is_more_than_half_of_its_words() -> None:
    text = "Cooks prepare meals every day."
    new = "Prepare meals often together now."
    assert not adds_to(CONTENT, text, statement("a", new))  # two of four
    newer = "Prepare kitchens often together now."
    assert adds_to(CONTENT, text, statement("a", newer))  # one of four
    third = "Prepare kitchens together or so."
    assert adds_to(CONTENT, text, statement("a", third))  # one of three
