"""Plain-text helpers."""

from __future__ import annotations

import pytest

from nlu.text import clean, tokenize, words


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("  what   is\tML \n", "what is ML"),
        ("what\r\nis\u2028ML", "what is ML"),
        ("a\x00b\x1bc", "abc"),
        ("ML\u200b \u202eengineer", "ML engineer"),
        ("ML\ud800", "ML"),
        ("\uff2d\uff2c", "ML"),
        ("\ufb01ne", "fine"),
        ("what\u2019s", "what's"),
        ("cafe\u0301", "caf\u00e9"),
        ("no\u00a0break", "no break"),
        ("", ""),
        (" \t\n", ""),
    ],
)
def test_cleaning_leaves_the_plain_text(typed: str, cleaned: str) -> None:
    assert clean(typed) == cleaned


@pytest.mark.parametrize(
    "typed", ["  ML\u2019s \U0001f600 job ", "\ufb01x\x00 it", "\u202e \ud800"]
)
def test_cleaning_twice_changes_nothing_more(typed: str) -> None:
    assert clean(clean(typed)) == clean(typed)


def test_signs_and_emoji_survive_cleaning() -> None:
    assert clean("C++ & C# \U0001f600?") == "C++ & C# \U0001f600?"


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("What is ML?", ["What", "is", "ML", "?"]),
        ("what's an engineer's job", ["what's", "an", "engineer's", "job"]),
        ("ML/AI, 'ML'", ["ML", "/", "AI", ",", "'", "ML", "'"]),
        ("snake_case 3.5", ["snake", "case", "3", ".", "5"]),
        ("\u4f60\u597d!", ["\u4f60\u597d", "!"]),
        ("", []),
    ],
)
def test_a_text_falls_into_words_and_marks(text: str, tokens: list[str]) -> None:
    assert [token.text for token in tokenize(text)] == tokens


def test_tokens_say_where_they_stand() -> None:
    text = "So, what's an ML-engineer (really)?"
    assert all(text[token.start : token.end] == token.text for token in tokenize(text))


def test_only_words_and_numbers_are_words() -> None:
    assert [token.text for token in tokenize("2 roles, 1 \U0001f600 ?") if token.is_word] == [
        *("2", "roles", "1")
    ]


def test_words_are_lower_case_without_marks() -> None:
    assert words("What's AI, 2025?") == ["what's", "ai", "2025"]
