"""Answers that suit the words they were asked in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from actions.wording import has_phrase, stems, words_of
from content.schema import Correction, Fit
from tests.actions.harness import CONTENT, run, texts


def corrections() -> Iterator[tuple[str, str | None, Correction]]:
    """Every correction in the content with its topic and role."""
    for topic, entry in CONTENT.entries.items():
        yield from ((topic, None, each) for each in entry.corrections)
    for topic, aspect in CONTENT.aspects.items():
        yield from ((topic, None, each) for each in aspect.comparison.corrections)
        for role, cell in aspect.cells.items():
            yield from ((topic, role, each) for each in cell.corrections)


CLAIMED = [each for each in corrections() if each[2].claims]
PERCENTAGES = [each for each in corrections() if each[2].percentages]
YEARS = [each for each in corrections() if each[2].years]
FITS = [(topic, fit) for topic, entry in CONTENT.entries.items() for fit in entry.fits]


def ask(topic: str, text: str, role: str | None = None) -> list[str]:
    """The texts that answer a question on a topic."""
    return texts(run("answer", intent=topic, text=text, roles=[role] if role else ["both"]))


@pytest.mark.parametrize(("topic", "role", "correction"), CLAIMED)
def test_a_wrong_claim_is_corrected(topic: str, role: str | None, correction: Correction) -> None:
    told = ask(topic, f"so {correction.claims[-1].upper()}, then?", role)
    expected = [
        each.answer
        for each in CONTENT.reply(topic, role).corrections
        if any(has_phrase(stems(words_of(correction.claims[-1])), claim) for claim in each.claims)
    ]
    assert told[0] in expected


@pytest.mark.parametrize(("topic", "role", "correction"), PERCENTAGES)
@pytest.mark.parametrize("form", ["{}%", "{} %", "{} percent", "{} per cent", "by {}"])
def test_a_wrong_percentage_is_corrected_and_the_right_one_is_not(
    topic: str, role: str | None, correction: Correction, form: str
) -> None:
    right = correction.percentages[0]
    assert ask(topic, f"was it {form.format(right + 15)}", role) == [correction.answer]
    assert ask(topic, f"was it {form.format(right)}", role) != [correction.answer]


@pytest.mark.parametrize(
    "words", ["fifty percent", "twenty-five per cent", "by eighty", "halved", "in half"]
)
def test_a_wrong_percentage_in_words_is_corrected(words: str) -> None:
    topic, role, correction = PERCENTAGES[0]
    assert ask(topic, f"it went down {words}", role) == [correction.answer]


@pytest.mark.parametrize(
    "text", ["in 2025", "back in 1999", "on 24 December", "the 2 roles", "12 models", "by 2025"]
)
@pytest.mark.parametrize(("topic", "role", "correction"), PERCENTAGES)
def test_dates_and_counts_are_no_percentages(
    topic: str, role: str | None, correction: Correction, text: str
) -> None:
    assert ask(topic, f"what came of it {text}", role) == [CONTENT.reply(topic, role).answer]


@pytest.mark.parametrize(("topic", "role", "correction"), YEARS)
def test_a_wrong_year_is_corrected_and_the_right_one_is_not(
    topic: str, role: str | None, correction: Correction
) -> None:
    right = correction.years[0]
    assert ask(topic, f"out in {right - 3}", role) == [correction.answer]
    assert ask(topic, f"out in {right}", role) == [CONTENT.reply(topic, role).answer]


def test_a_claim_must_stand_as_words_of_its_own() -> None:
    topic, role, correction = CLAIMED[0]
    text = f"x{correction.claims[0]}x"
    assert ask(topic, text, role) == [CONTENT.reply(topic, role).answer]


@pytest.mark.parametrize("action", ["repeat", "back"])
def test_only_a_question_is_corrected(action: str) -> None:
    topic, _, correction = next(each for each in CLAIMED if each[0] == "demand")
    reply = run("answer", intent=topic)
    if action == "back":
        reply = run("answer", intent="article", after=reply)
    reply = run(action, text=f"{correction.claims[0]}", after=reply)
    assert texts(reply) == [CONTENT.reply(topic, None).answer]


def test_a_correction_is_repeated_as_it_was() -> None:
    topic, _, correction = next(each for each in CLAIMED if each[0] in CONTENT.entries)
    first = run("answer", intent=topic, text=correction.claims[0])
    assert texts(run("repeat", text="say that again", after=first)) == texts(first)


@pytest.mark.parametrize(("topic", "fit"), FITS)
def test_an_interest_speaks_for_its_role(topic: str, fit: Fit) -> None:
    for interest in fit.interests:
        assert ask(topic, f"which suits somebody who likes {interest}") == [fit.answer], interest


@pytest.mark.parametrize(("topic", "fit"), FITS)
def test_a_dislike_does_not_speak_for_its_role(topic: str, fit: Fit) -> None:
    assert ask(topic, f"which suits me if I hate {fit.interests[0]}") != [fit.answer]


def test_interests_of_both_roles_are_a_tie() -> None:
    topic = FITS[0][0]
    interests = [fit.interests[0] for _, fit in FITS if _ == topic]
    text = " and ".join(interests)
    assert ask(topic, f"which suits me if I like {text}") == [CONTENT.entries[topic].tie]
