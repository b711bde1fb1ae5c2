"""What a message does, as a decision that can be carried out, logged and read back."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from dialogue.understanding import Wanted

MORE, REPEAT = "more", "repeat"
CHOICE, SKIP, STOP, GO_ON, BACK, UNCLEAR = "choice", "skip", "stop", "go_on", "back", "unclear"


@dataclass(frozen=True)
class Act:
    """Something that a message does."""


@dataclass(frozen=True)
class Ask(Act):
    """Asks about a topic as a whole, of one role or of all."""

    topic: str
    role: str | None = None
    wanted: Wanted = field(default_factory=Wanted)


@dataclass(frozen=True)
class Check(Act):
    """Asks or claims what statements settle, or do not (`near` is then what comes nearest).

    `topic` is the topic that the classifier took it for, if the statements belong to that.
    `is_claim` marks what a yes or a no would settle, though none may be sure enough to be said.
    `which` is the role that the statements speak for, where that is what is asked.
    """

    verdict: str
    statements: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    wanted: Wanted = field(default_factory=Wanted)
    topic: str | None = None
    is_claim: bool = False
    which: str | None = None


@dataclass(frozen=True)
class Cite(Act):
    """Asks where statements are from; where all is from if there are none."""

    statements: tuple[str, ...] = ()


@dataclass(frozen=True)
class Again(Act):
    """Wants more of what was told, or the same once more."""

    how: str
    statements: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reshape(Act):
    """Wants what was told in another form."""

    wanted: Wanted = field(default_factory=Wanted)


@dataclass(frozen=True)
class Correct(Act):
    """Says that the last reply missed the point; `statements` are the next best reading."""

    statements: tuple[str, ...] = ()
    candidates: tuple[tuple[str, str | None], ...] = ()
    wanted: Wanted = field(default_factory=Wanted)


@dataclass(frozen=True)
class Choose(Act):
    """Picks from what was offered, by place."""

    places: tuple[int, ...] = ()


@dataclass(frozen=True)
class Fit(Act):
    """Wants to find out which role fits."""


@dataclass(frozen=True)
class FormMove(Act):
    """Moves in the guided form."""

    kind: str
    value: str | None = None


@dataclass(frozen=True)
class Rate(Act):
    """Says what it thinks of an answer, the last one if none is named."""

    good: bool
    answer: str | None = None


@dataclass(frozen=True)
class Acknowledge(Act):
    """Takes note of what was told, or tells something; `statements` concern that."""

    kind: str = "ack"
    statements: tuple[str, ...] = ()


@dataclass(frozen=True)
class SmallTalk(Act):
    """Greets, thanks, asks how it is ..."""

    kind: str


@dataclass(frozen=True)
class Refuse(Act):
    """Asks what the article leaves open; `near` is the nearest statement."""

    gap: str
    near: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unclear(Act):
    """Could be several things; `reason` where it could not be read at all."""

    candidates: tuple[tuple[str, str | None], ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class Back(Act):
    """Wants to go back to what was told before."""


@dataclass(frozen=True)
class StartOver(Act):
    """Wants to begin anew."""


@dataclass(frozen=True)
class Version(Act):
    """Asks which content and model it speaks with."""


@dataclass(frozen=True)
class Menu(Act):
    """Wants to see what can be asked."""


ACTS: dict[str, type[Act]] = {each.__name__: each for each in Act.__subclasses__()}


def to_line(act: Act) -> str:
    """An act on one line, for logs: its name, and its values besides the usual ones."""
    values = {name: value for name, value in asdict(act).items() if value not in (None, (), "")}
    if values.get("wanted") == asdict(Wanted()):
        del values["wanted"]
    return f"{type(act).__name__} {json.dumps(values)}" if values else type(act).__name__


def from_line(line: str) -> Act:
    """The act that `to_line` wrote."""
    name, _, rest = line.partition(" ")
    values: dict[str, Any] = json.loads(rest) if rest else {}
    if "wanted" in values:
        values["wanted"] = Wanted(**values["wanted"])
    return ACTS[name](**{key: _frozen(value) for key, value in values.items()})


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
