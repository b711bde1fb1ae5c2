"""Answers that suit the words they were asked in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

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
FIGURED = [each for each in corrections() if each[2].figures]
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
        if any(claim in correction.claims[-1] for claim in each.claims)
    ]
    assert told[0] in expected


@pytest.mark.parametrize(("topic", "role", "correction"), FIGURED)
def test_a_wrong_figure_is_corrected_and_the_right_one_is_not(
    topic: str, role: str | None, correction: Correction
) -> None:
    plain = CONTENT.reply(topic, role).answer
    wrong = max(correction.figures) + 11
    assert ask(topic, f"was it {wrong}", role) == [correction.answer]
    assert ask(topic, f"was it {correction.figures[0]}", role) == [plain]


def test_a_claim_must_stand_as_words_of_its_own() -> None:
    topic, role, correction = CLAIMED[0]
    text = f"x{correction.claims[0]}x"
    assert ask(topic, text, role) == [CONTENT.reply(topic, role).answer]


@pytest.mark.parametrize("action", ["repeat", "back"])
def test_only_a_question_is_corrected(action: str) -> None:
    topic, _, correction = next(each for each in CLAIMED if each[0] in CONTENT.entries)
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


def test_interests_of_both_roles_speak_for_neither() -> None:
    topic = FITS[0][0]
    interests = [fit.interests[0] for _, fit in FITS if _ == topic]
    text = " and ".join(interests)
    assert ask(topic, f"which suits me if I like {text}") == [CONTENT.reply(topic, None).answer]
