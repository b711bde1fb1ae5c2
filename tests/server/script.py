"""Scripted conversations in YAML: what the visitor says, and what the reply must be like.

Each conversation has `about` and `turns`; with `exact` every turn has to be right, not only most of
those of all conversations. A turn has `user`, the message typed, or `press`, the
title (a regex) of a button of the last reply. Expectations; patterns are regexes that ignore case:

    must: groups of which each needs one match in the reply
    not: none may match the reply
    buttons: each needs a button whose title it matches; an empty list means no buttons at all
    answers: the subjects of the reply's messages, in order, such as "skills/ml_engineer" (no regex)
    tells: groups of ids of statements; one of each group has to be told
    verdict: what is said of the claim or question, such as "yes" (one of several, if a list)
    section: the section that the first message is from
    table: titles of the rows of the first message's table; an empty list means no table
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import yaml


class Visitor(Protocol):
    """Who talks to the assistant: over a server's REST channel, or in this process."""

    def say(self, text: str) -> str:
        """Says a text and returns the texts of the reply."""

    @property
    def buttons(self) -> list[dict[str, str]]:
        """Buttons of the last reply."""

    @property
    def metadata(self) -> Sequence[dict[str, Any]]:
        """What the messages of the last reply carry beside text and buttons."""


def found(pattern: str, text: str) -> bool:
    """Whether a regex matches somewhere in a text."""
    return re.search(pattern, text, re.IGNORECASE) is not None


def unmet(groups: Iterable[Sequence[str]], text: str) -> list[str]:
    """The groups without a match in a text, as words for a failure message."""
    return [f"lacks {' or '.join(group)}" for group in groups if not _any(group, text)]


def unmet_rows(turn: Turn, rows: Sequence[str]) -> bool:
    """Whether a row lacks the title it should have."""
    return any(not found(p, row) for p, row in zip(turn.table or [], rows, strict=True))


def _any(patterns: Iterable[str], text: str) -> bool:
    return any(found(pattern, text) for pattern in patterns)


_OPTIONAL = ("buttons", "answers", "tells", "verdict", "section", "table")


@dataclass(frozen=True)
class Turn:
    """One message and what its reply must be like."""

    user: str | None
    press: str | None
    must: Sequence[Sequence[str]]
    banned: Sequence[str]
    buttons: Sequence[str] | None
    answers: Sequence[str] | None
    tells: Sequence[Sequence[str]] | None
    verdict: str | Sequence[str] | None
    section: str | None
    table: Sequence[str] | None

    @classmethod
    def read(cls, given: dict[str, Any]) -> Turn:
        """Reads a turn of a YAML file; what it does not know is a mistake of the file."""
        unknown = set(given) - {"user", "press", "must", "not", *_OPTIONAL}
        expected = any(value for key, value in given.items() if key not in ("user", "press"))
        if unknown or ("user" in given) == ("press" in given) or not expected:
            raise ValueError(f"not a turn: {given}")
        return cls(
            user=given.get("user"),
            press=given.get("press"),
            must=given.get("must", []),
            banned=given.get("not", []),
            **{name: given.get(name) for name in _OPTIONAL},
        )

    def message(self, conversation: Visitor) -> str:
        """What is sent: the text typed, or the payload of the button pressed."""
        if self.user is not None:
            return self.user
        titled = (each for each in conversation.buttons if found(str(self.press), each["title"]))
        button = next(titled, None)
        if button is None:
            raise LookupError(f"no button {self.press} in {_titles(conversation)}")
        return button["payload"]

    def faults(self, reply: str, conversation: Visitor) -> list[str]:
        """What is wrong with a reply."""
        faults = unmet(self.must, reply)
        faults += [f"has {pattern}" for pattern in self.banned if found(pattern, reply)]
        titles = _titles(conversation)
        if self.buttons is not None:
            if not self.buttons and titles:
                faults.append("has buttons")
            wanted = [each for each in self.buttons if not any(found(each, t) for t in titles)]
            faults += [f"lacks the button {pattern}" for pattern in wanted]
        beside = (self.answers, self.tells, self.verdict, self.section, self.table)
        if any(each is not None for each in beside):
            faults += self._faults_beside(conversation.metadata)
        return faults

    def _faults_beside(self, metadata: Sequence[dict[str, Any]]) -> list[str]:
        """What is wrong with what travels beside the text."""
        faults = []
        told = [each["answer"] for each in metadata if "answer" in each]
        if self.answers is not None and told != list(self.answers):
            faults.append(f"is on {told}")
        faults += self._faults_of_statements(metadata)
        section = (metadata[0].get("source") or {}).get("section") or ""
        if self.section is not None and not found(self.section, section):
            faults.append(f"is from {section!r}")
        rows = [row[0] for row in (metadata[0].get("table") or {}).get("rows", [])]
        if self.table is not None and (len(rows) != len(self.table) or unmet_rows(self, rows)):
            faults.append(f"has the rows {rows}")
        return faults

    def _faults_of_statements(self, metadata: Sequence[dict[str, Any]]) -> list[str]:
        """What is wrong with what is told, and with what is said of the claim."""
        told = [each for message in metadata for each in message.get("statements") or []]
        lacking = [group for group in self.tells or [] if not set(group) & set(told)]
        faults = [f"tells none of {', '.join(group)}, but {told}" for group in lacking]
        verdicts = [self.verdict] if isinstance(self.verdict, str) else self.verdict
        said = metadata[0].get("verdict", "none")
        if verdicts is not None and said not in verdicts:
            faults.append(f"has the verdict {said}")
        return faults


def _titles(conversation: Visitor) -> list[str]:
    return [button["title"] for button in conversation.buttons]


@dataclass(frozen=True)
class Script:
    """A conversation's turns, and what it shows."""

    about: str
    turns: Sequence[Turn]
    exact: bool = False

    def play(self, conversation: Visitor) -> Iterator[str | None]:
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
    return [
        Script(each["about"], [Turn.read(turn) for turn in each["turns"]], each.get("exact", False))
        for each in given
    ]
