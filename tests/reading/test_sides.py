"""Neutral names in the place of what an article compares."""

from __future__ import annotations

import pytest

from reading.sides import renaming, sides_of


@pytest.mark.parametrize(
    ("title", "sides"),
    [
        ("pastry-chef-vs-baker", [["pastry chef"], ["baker"]]),
        ("ux-designer-vs-ui-designer", [["ux designer", "ux"], ["ui designer", "ui"]]),
        ("cow-vs-goat-keeper", [["cow keeper", "cow"], ["goat keeper", "goat"]]),
        ("city-library-membership", []),
    ],
)  # fmt: skip
def test_the_sides_stand_in_an_articles_name(title: str, sides: list[list[str]]) -> None:
    assert sides_of(title) == sides


@pytest.mark.parametrize(
    ("text", "renamed"),
    [
        ("Do bakers earn less than pastry chefs?", "Do betas earn less than alphas?"),
        ("a BAKER's day, a pastry-chef's day", "a betas day, a alphas day"),
        ("baking pastries", "betas pastries"),
        ("bakery", "bakery"),
    ],
)
def test_all_forms_of_a_name_are_replaced(text: str, renamed: str) -> None:
    assert renaming(sides_of("pastry-chef-vs-baker"))(text) == renamed


def test_a_longer_name_goes_before_a_shorter_one_of_the_same_side() -> None:
    rename = renaming([["ML", "ML engineer", "machine learning engineer"], ["AI engineer", "AI"]])
    assert rename("ML engineers, ML and AI") == "alphas, alphas and betas"


def test_without_sides_nothing_is_replaced() -> None:
    assert renaming([])("Do bakers bake?") == "Do bakers bake?"
