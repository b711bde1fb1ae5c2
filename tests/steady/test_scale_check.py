"""What `make scale-test` would call a fault."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from benchmarks.visitors import Visitor, faults

_EXPECTED = ["first answer", "second answer"]


def _visitor() -> Visitor:
    visitor = Visitor("", ["first", "second"], list(_EXPECTED), ["id-1", "id-2"])
    visitor.history = [
        {"from": "visitor", "id": "id-1"},
        {"from": "assistant", "text": "first answer"},
        {"from": "visitor", "id": "id-failed"},
        {"from": "assistant", "text": "sorry"},
        {"from": "visitor", "id": "id-2"},
        {"from": "assistant", "text": "second answer"},
    ]
    return visitor


def test_a_conversation_with_an_apology_in_between_is_no_fault() -> None:
    assert faults(_visitor(), _EXPECTED) == []


def _swap(history: list[Any]) -> None:
    history[:2], history[4:] = history[4:], history[:2]


FAULTS: dict[str, tuple[Callable[[list[Any]], None], str]] = {
    "lost": (lambda history: history.__delitem__(slice(4, 6)), "an answered message is lost"),
    "doubled": (lambda history: history.extend(history[4:]), "a message is kept twice"),
    "swapped": (_swap, "messages are kept in another order"),
    "altered": (
        lambda history: history.__setitem__(5, {"from": "assistant", "text": "x"}),
        "other answers are kept than were given",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_happened_to_a_turn_is_told(name: str) -> None:
    visitor = _visitor()
    spoil, fault = FAULTS[name]
    spoil(visitor.history)
    assert fault in faults(visitor, _EXPECTED)


def test_somebody_elses_answer_is_told() -> None:
    visitor = _visitor()
    visitor.answers[1] = "an answer to somebody else"
    (first, *_) = faults(visitor, _EXPECTED)
    assert first == "an answer that belongs to another question or conversation"
