"""Articles as statements, and what people say about them: the reader's data."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reading.heard import Heard

#: What a statement is to a message. `none` is never written down: it is the rest.
LABELS = ("none", "near", "answers", "confirms", "denies")
#: What a message does, besides or instead of asking.
ACTS = (
    "ask", "form", "more", "repeat", "source", "correct", "choose", "tell", "ack", "greet", "bye",
    "about_bot", "feeling", "person", "other",
)  # fmt: skip
#: Forms in which an answer can be wanted; `other` are those that nobody can be given.
FORMS = (
    "none", "bullets", "numbered", "table", "sentence", "words", "names", "simpler", "shorter",
    "longer", "other",
)  # fmt: skip
#: Acts whose message is to be answered from statements.
ASKING = frozenset({"ask", "correct"})
#: Kinds of turns, told apart in figures.
SINGLE, IN_CONTEXT, CONVERSATION, HARD = "single", "in context", "conversation", "hard"

DATA = Path(__file__).parent / "data"
HELD_OUT = DATA / "held_out.txt"


class ArticleError(Exception):
    """An article's file is not in the form that the reader's data has."""


@dataclass(frozen=True)
class Turn:
    """One message at its place in a conversation.

    Attributes:
        say: the message.
        labels: what each statement that applies is to it, by id.
        kind: one of the kinds above.
        previous: the visitor's message before; empty at the beginning.
        told: ids of the statements that the last reply told.
        reply: the last reply as text, statements and whatever else was told.
        acts: what the message does; empty where nobody has said so.
        verdict: yes, no, partly, answered, not_stated or none, where somebody has said so.
        earlier: the visitor's message before `previous`.
        form: the form that it wants the answer in.
    """

    say: str
    labels: Mapping[str, str]
    kind: str
    previous: str = ""
    told: tuple[str, ...] = ()
    reply: str = ""
    acts: tuple[str, ...] = ()
    verdict: str | None = None
    earlier: str = ""
    form: str = "none"

    @property
    def asks(self) -> bool:
        """Whether it is to be answered from statements."""
        return not self.acts or bool(ASKING & set(self.acts))

    @property
    def heard(self) -> Heard:
        """The turn as the reader hears it."""
        return Heard(self.say, self.reply, self.previous, self.told, self.earlier)


@dataclass(frozen=True)
class Article:
    """Statements by id, and turns on them."""

    name: str
    statements: Mapping[str, str]
    turns: list[Turn] = field(default_factory=list)


def read_article(path: Path) -> Article:
    """Reads an article's file, with its conversations and hard turns where they exist.

    These stand in `dialogues/` beside the file, under the same name.

    Raises:
        ArticleError: if a file cannot be read, lacks a key, or names a statement or a label that
            does not exist.
    """
    found = _read(path)
    statements = found.get("statements")
    if not isinstance(statements, dict) or not statements:
        raise ArticleError(f"{path}: no 'statements'")
    more = path.parent / "dialogues" / path.name
    spoken = _read(more) if more.exists() else {}
    try:
        raw = [(turn, SINGLE) for turn in found.get("turns", [])]
        raw += [(turn, CONVERSATION) for turn in _conversations(spoken.get("dialogues", []))]
        raw += [(turn, HARD) for turn in spoken.get("hard", [])]
        turns = [_turn(turn, kind, statements) for turn, kind in raw]
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise ArticleError(f"{path}: {error!r}") from error
    return Article(str(found.get("name", path.stem)), statements, turns)


def held_out() -> list[str]:
    """Names of the articles that are never trained on."""
    return HELD_OUT.read_text(encoding="utf-8").split()


def read_articles(folder: Path) -> list[Article]:
    """All articles of a folder, by name: each *.json with statements and turns or dialogues.

    Raises:
        ArticleError: if there is none, or one of them is faulty.
    """
    files = sorted(path for path in Path(folder).glob("*.json") if "statements" in _read(path))
    articles = [article for article in map(read_article, files) if article.turns]
    if not articles:
        raise ArticleError(f"{folder}: no article files (*.json with 'statements' and turns)")
    return articles


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ArticleError(f"{path}: cannot be read: {error}") from error
    return found if isinstance(found, dict) else {}


def _conversations(talks: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """The turns of conversations, each with what was said and told before it."""
    for talk in talks:
        previous: str | None = None
        earlier: str | None = None
        told: list[str] = []
        for turn in talk["turns"]:
            after = {"user": previous, "bot": told, "earlier": earlier} if previous else None
            yield {**turn, "after": after}
            earlier, previous, told = previous, turn["say"], list(turn["reply"]) or told


def _turn(raw: Mapping[str, Any], kind: str, statements: Mapping[str, str]) -> Turn:
    after = raw.get("after") or {}
    bots = after.get("bot") or []
    bots = [str(each) for each in (bots if isinstance(bots, list) else [bots]) if each]
    unknown = [key for key in raw["labels"] if key not in statements]
    unknown += [label for label in raw["labels"].values() if label not in LABELS]
    form = raw.get("form") or "none"
    unknown += [form] if form not in FORMS else []
    if unknown:
        raise ValueError(f"{raw['say']!r} has unknown {unknown}")
    return Turn(
        say=str(raw["say"]),
        labels=dict(raw["labels"]),
        kind=IN_CONTEXT if kind == SINGLE and after else kind,
        previous=str(after.get("user") or ""),
        told=tuple(each for each in bots if each in statements),
        reply=" ".join(statements.get(each, each) for each in bots),
        acts=tuple(raw.get("acts") or ()),
        verdict=raw.get("verdict"),
        earlier=str(after.get("earlier") or ""),
        form=form,
    )
