"""Personal data never leaves the store."""

from __future__ import annotations

import pytest

from keepers.masking import Masker
from keepers.wording import known_words


@pytest.fixture(scope="module")
def masker() -> Masker:
    return Masker(known_words())


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("write to dana.quill@example.org please", "quill"),
        ("write to dana (at) example (dot) org", "example"),
        ("it is dana at example dot org", "example"),
        ("ring +44 20 7946 0958 after six", "7946"),
        ("ring (020) 7946-0958", "7946"),
        ("card 4929 1234 5678 1234, is that right", "5678"),
        ("order AB1234567", "1234567"),
        ("my name is Dana Quill, what do they earn", "dana"),
        ("my name is dana quill and what do they earn", "quill"),
        ("My Name's Dana", "dana"),
        ("hi, I am Dana", "dana"),
        ("hi i'm dana, which tools do they use", "dana"),
        ("this is dana from the harbour office", "dana"),
        ("This is Dana-Maria O'Quill", "quill"),
        ("I'M DANA", "dana"),
        ("my name is 李雷", "李雷"),
        ("my\u200b name is\tDana", "dana"),
    ],
)
def test_personal_data_is_masked(text: str, secret: str, masker: Masker) -> None:
    assert secret not in masker.mask(text).lower()


@pytest.mark.parametrize(
    "text",
    [
        "what skills do the two need",
        "I am interested in both",
        "i'm new here, where do I begin",
        "I am a student",
        "this is great",
        "this is not what I asked",
        "I'm confused",
        "are 10,000 jobs enough",
        "is it 40 or 45 hours",
    ],
)
def test_ordinary_words_stay(text: str, masker: Masker) -> None:
    assert masker.mask(text) == text


def test_what_follows_a_name_stays(masker: Masker) -> None:
    masked = masker.mask("my name is Dana Quill and I want to know about demand")
    assert masked == "my name is <name> and I want to know about demand"


def test_signs_that_cannot_be_printed_are_left_out(masker: Masker) -> None:
    assert masker.mask("tools\ud800 and\x00 skills\n") == "tools and skills"
