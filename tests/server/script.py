"""Scripted conversations in YAML: what the visitor says, and what the reply must be like.

Each conversation has `about` and `turns`. A turn has `user`, the message typed, or `press`, the
title (a regex) of a button of the last reply. Expectations, all regexes that ignore case:

    must: groups of which each needs one match in the reply
    not: none may match the reply
    buttons: each needs a button whose title it matches; an empty list means no buttons at all
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.conftest import Conversation


def found(pattern: str, text: str) -> bool:
    """Whether a regex matches somewhere in a text."""
    return re.search(pattern, text, re.IGNORECASE) is not None


def unmet(groups: Iterable[Sequence[str]], text: str) -> list[str]:
    """The groups without a match in a text, as words for a failure message."""
    return [f"lacks {' or '.join(group)}" for group in groups if not _any(group, text)]


def _any(patterns: Iterable[str], text: str) -> bool:
    return any(found(pattern, text) for pattern in patterns)


@dataclass(frozen=True)
class Turn:
    """One message and what its reply must be like."""

    user: str | None
    press: str | None
    must: Sequence[Sequence[str]]
    banned: Sequence[str]
    buttons: Sequence[str] | None

    @classmethod
    def read(cls, given: dict[str, Any]) -> Turn:
        """Reads a turn of a YAML file; what it does not know is a mistake of the file."""
        unknown = set(given) - {"user", "press", "must", "not", "buttons"}
        if unknown or ("user" in given) == ("press" in given) or not given.get("must"):
            raise ValueError(f"not a turn: {given}")
        return cls(
            user=given.get("user"),
            press=given.get("press"),
            must=given["must"],
            banned=given.get("not", []),
            buttons=given.get("buttons"),
        )

    def message(self, conversation: Conversation) -> str:
        """What is sent: the text typed, or the payload of the button pressed."""
        if self.user is not None:
            return self.user
        titled = (each for each in conversation.buttons if found(str(self.press), each["title"]))
        button = next(titled, None)
        if button is None:
            raise LookupError(f"no button {self.press} in {_titles(conversation)}")
        return button["payload"]

    def faults(self, reply: str, conversation: Conversation) -> list[str]:
        """What is wrong with a reply."""
        faults = unmet(self.must, reply)
        faults += [f"has {pattern}" for pattern in self.banned if found(pattern, reply)]
        titles = _titles(conversation)
        if self.buttons is not None:
            if not self.buttons and titles:
                faults.append("has buttons")
            wanted = [each for each in self.buttons if not any(found(each, t) for t in titles)]
            faults += [f"lacks the button {pattern}" for pattern in wanted]
        return faults


def _titles(conversation: Conversation) -> list[str]:
    return [button["title"] for button in conversation.buttons]


@dataclass(frozen=True)
class Script:
    """A conversation's turns, and what it shows."""

    about: str
    turns: Sequence[Turn]

    def play(self, conversation: Conversation) -> Iterator[str | None]:
        """Says each turn; yields None for a right reply, else what was said and what is wrong."""
        for turn in self.turns:
            try:
                message = turn.message(conversation)
            except LookupError as error:
                yield str(error)
                return
            reply = conversation.say(message)
            faults = turn.faults(reply, conversation)
            said = f"{message!r} -> {reply!r} {_titles(conversation)}"
            yield f"{said}: {'; '.join(faults)}" if faults else None


def read_scripts(path: Path) -> list[Script]:
    """The conversations of a YAML file."""
    given = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [Script(each["about"], [Turn.read(turn) for turn in each["turns"]]) for each in given]
