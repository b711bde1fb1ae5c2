"""Repair of spelling, with the words of the real training data."""

from __future__ import annotations

import pytest

from nlu.spelling import SHORTHAND, SpellingRepair, count_words

SMALL = {"engineer": 9, "tools": 5, "salary": 4, "pytorch": 3}


@pytest.mark.parametrize(
    ("typo", "word"),
    [
        *[(typo, "engineer") for typo in ("enginer", "engneer", "enigneer", "engineeer")],
        *[(typo, "machine") for typo in ("machin", "machien", "mahcine", "macchine")],
        *[(typo, "learning") for typo in ("lerning", "learnig", "leanring", "learningg")],
        *[(typo, "artificial") for typo in ("artifical", "artificail", "artficial")],
        *[(typo, "intelligence") for typo in ("inteligence", "intellgience", "intelligance")],
    ],
)
def test_typos_of_role_words_are_repaired(repair: SpellingRepair, typo: str, word: str) -> None:
    assert repair.repair_word(typo) == word


@pytest.mark.parametrize(("typo", "word"), [("skils", "skills"), ("diffrence", "difference")])
def test_typos_of_other_words_are_repaired(repair: SpellingRepair, typo: str, word: str) -> None:
    assert repair.repair_word(typo) == word


def test_no_english_word_is_ever_touched(repair: SpellingRepair, lexicon: set[str]) -> None:
    plain = lexicon - set(SHORTHAND)
    assert [word for word in plain if repair.repair_word(word) != word] == []


@pytest.mark.parametrize(
    ("typed", "meant"), [("Ppl", "people"), ("b4", "before"), ("r", "r"), ("U", "U")]
)
def test_shorthand_is_written_out(repair: SpellingRepair, typed: str, meant: str) -> None:
    assert repair.repair_word(typed) == meant
    assert repair.knows(typed)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("bckgrnd", "background"), ("prgrmmng", "programming"), ("skls", "skills"), ("tls", "tools")],
)
def test_a_word_without_its_vowels_is_read(typed: str, meant: str) -> None:
    repair = SpellingRepair({meant: 10, "rare": 1}, {"sky"})
    assert repair.repair_word(typed) == meant
    assert repair.repair_word(typed.upper()) == meant


@pytest.mark.parametrize("word", ["sky", "hmmm", "cnn", "xyz", "rr"])
def test_other_words_without_vowels_stay(word: str) -> None:
    repair = SpellingRepair({"can": 50, "home": 9, "area": 50}, {"sky"})
    assert repair.repair_word(word) == word


@pytest.mark.parametrize("word", ["celery", "lemming", "stills", "tolls", "engines", "toils"])
def test_an_english_word_near_a_known_one_stays(repair: SpellingRepair, word: str) -> None:
    assert repair.repair_word(word) == word


@pytest.mark.parametrize("word", ["CELERY", "Stills", "Machine", "ENGINEER"])
def test_an_english_word_stays_in_any_case(repair: SpellingRepair, word: str) -> None:
    assert repair.repair_word(word) == word


@pytest.mark.parametrize("word", ["ai", "mll", "42", "gpt4", "caf\u00e9s", "\u4f60\u597d", "?", ""])
def test_short_words_numbers_and_foreign_letters_stay(repair: SpellingRepair, word: str) -> None:
    assert repair.repair_word(word) == word


@pytest.mark.parametrize("word", ["xqzwvvk", "jjqpzrt"])
def test_a_word_that_is_near_nothing_stays(repair: SpellingRepair, word: str) -> None:
    assert repair.repair_word(word) == word
    assert not repair.knows(word)


def test_a_capital_letter_does_not_hide_a_typo(repair: SpellingRepair) -> None:
    assert repair.repair_word("ENGINER").lower() == "engineer"


def test_the_same_word_is_repaired_alike_each_time(repair: SpellingRepair) -> None:
    assert {repair.repair_word("enginer") for _ in range(3)} == {"engineer"}


def test_a_swap_of_neighbours_counts_as_one_slip() -> None:
    assert SpellingRepair(SMALL, ()).repair_word("toosl") == "tools"


def test_a_short_word_is_allowed_one_slip_and_a_long_one_two() -> None:
    small = SpellingRepair(SMALL, ())
    assert small.repair_word("tulls") == "tulls"
    assert small.repair_word("enginnerr") == "engineer"
    assert small.repair_word("ennginnerr") == "ennginnerr"


def test_the_first_letter_breaks_a_tie() -> None:
    assert SpellingRepair({"tools": 9, "roofs": 8}, ()).repair_word("rools") == "roofs"


def test_a_misspelling_in_the_training_data_is_not_learnt() -> None:
    assert SpellingRepair({"engineer": 50, "enginer": 3}, ()).repair_word("enginer") == "engineer"


def test_a_new_name_in_the_training_data_is_learnt() -> None:
    assert (
        SpellingRepair({"engineer": 5, "leveragai": 3}, ()).repair_word("levragai") == "leveragai"
    )


@pytest.mark.parametrize("word", ["salary", "Salary", "tools", "celery", "2025", "!"])
def test_known_words_are_known(word: str) -> None:
    assert SpellingRepair(SMALL, {"celery"}).knows(word)


def test_words_are_counted_whatever_their_case() -> None:
    assert count_words(["What is ML?", "what ML does"]) == {"what": 2, "is": 1, "ml": 2, "does": 1}
