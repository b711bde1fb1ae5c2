"""A message as the classifier sees it, with the real names and words."""

from __future__ import annotations

import pytest

from nlu.normaliser import Normaliser
from nlu.text import clean

ML, AI = "ml_engineer", "ai_engineer"


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("What does an ML engineer do?", "What does an ml engineer do?"),
        ("what do machine learning engineers do", "what do ml engineers do"),
        ("machin lerning enginers", "ml engineers"),
        ("Artifical  inteligence skils?", "ai skills?"),
        ("machinelearning vs AIE", "ml vs ai"),
        ("\uff2d\uff2c tools", "ml tools"),
        ("A.I. vs. M.L.", "ai vs. ml"),
        ("a machine-learning engineer", "a ml engineer"),
        ("I like celery.", "I like celery."),
        ("", ""),
        ("???", "???"),
    ],
)
def test_spelling_is_repaired_and_roles_get_their_short_name(
    normaliser: Normaliser, typed: str, seen: str
) -> None:
    assert normaliser.normalise(typed).text == seen


def test_what_is_read_has_the_short_names_where_another_one_was_typed(
    normaliser: Normaliser,
) -> None:
    typed = "So does an Artificial-Inteligence engineer earn what ML folks do?"
    read = "So does an ai engineer earn what ML folks do?"
    assert normaliser.normalise(typed).typed == read


def test_normalising_twice_changes_nothing_more(normaliser: Normaliser) -> None:
    once = normaliser.normalise("Wich skils do machin learning enginers use, and the other one?")
    again = normaliser.normalise(once.text)
    assert again.text == once.text
    assert again.roles.asked == once.roles.asked


def test_a_reference_keeps_its_words(normaliser: Normaliser) -> None:
    assert normaliser.normalise("and the other role?").text == "and the other role?"


def test_a_misspelt_role_is_asked_about(normaliser: Normaliser) -> None:
    assert normaliser.normalise("artifical inteligence").roles.asked == (AI,)


def test_offsets_of_roles_are_those_of_the_cleaned_message(normaliser: Normaliser) -> None:
    typed = "so  machin lerning\tor AI"
    spans = [
        clean(typed)[each.start : each.end] for each in normaliser.normalise(typed).roles.mentions
    ]
    assert spans == ["machin lerning", "AI"]


@pytest.mark.parametrize(
    ("typed", "count"), [("What is ML?", 3), ("...", 0), ("", 0), ("\U0001f600", 0), ("42", 1)]
)
def test_words_are_counted(normaliser: Normaliser, typed: str, count: int) -> None:
    assert normaliser.normalise(typed).words == count


@pytest.mark.parametrize(
    ("typed", "share"),
    [
        ("what does an engineer do", 0.0),
        ("what does an enginer do", 0.0),
        ("xqzwvvk jjqpzrt", 1.0),
        ("tools xqzwvvk skills jjqpzrt", 0.5),
        ("42 !", 0.0),
        ("", 0.0),
    ],
)
def test_the_share_of_unknown_words_is_told(
    normaliser: Normaliser, typed: str, share: float
) -> None:
    assert normaliser.normalise(typed).unknown == pytest.approx(share)


@pytest.mark.parametrize(
    "typed",
    ["\ud800", "\x00", "a" * 10_000, "\u202e" * 50, "' \" ) ("],
    ids=["a lone surrogate", "a null", "a very long word", "turned writing", "stray marks"],
)
def test_no_message_is_too_odd(normaliser: Normaliser, typed: str) -> None:
    assert normaliser.normalise(typed).words <= 1
