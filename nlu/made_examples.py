"""Training data that follows from the content, so that an article needs none of its own."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from string import Formatter

import yaml

from content.loader import Content
from content.schema import Role
from nlu.text import words

#: What people say to any assistant: the conversation's own intents, small talk, what is outside.
ENGINE_DATA = Path(__file__).parents[1] / "data" / "nlu"
#: Intent of what is asked of the article where no topic has questions of its own.
STATEMENT = "statement"
_WORDINGS = Path(__file__).parent / "wordings.yml"
_SIDES = ("a", "b")  # how the engine's examples call one role, and another one: "{a.title}"


def engine_files() -> list[Path]:
    """The training files that belong to the engine and to no article."""
    return sorted(ENGINE_DATA.glob("*.yml"))


def made_examples(content: Content) -> Iterator[tuple[str, str]]:
    """The id of each topic with its title, and with the question that it answers; of each gap."""
    for topic in content.topics.values():
        yield topic.id, topic.title
        yield topic.id, topic.question
    for gap in content.gaps.values():
        if not gap.outside:
            yield gap.id, gap.title


def statement_examples(content: Content, asked: Collection[str]) -> Iterator[str]:
    """Statements, as visitors may put them, as examples of what is asked besides topics.

    Which of them settles a message is the reader's to say; the classifier has to know that it is
    about the article at all.

    Args:
        content: the article.
        asked: topics that have questions of their own: these show better how people ask for them.
    """
    for statement in content.statements.values():
        topics = {topic for topic, _ in content.topics_of(statement.id)}
        if not topics & set(asked):
            plain = _uncapitalised(statement.text).rstrip(".")
            yield from (wording.format(statement=plain) for wording in _wordings())


@lru_cache(maxsize=1)
def _wordings() -> list[str]:
    found: list[str] = yaml.safe_load(_WORDINGS.read_text(encoding="utf-8"))
    return found


def _uncapitalised(text: str) -> str:
    """A sentence as it stands within another one; abbreviations keep their capitals."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def model_words(content: Content) -> list[str]:
    """All of the content that a model is made from."""
    names = [f"{role} {name}" for role, names in role_names(content).items() for name in names]
    texts = [each.text for each in content.statements.values()]
    made = [text for _, text in made_examples(content)]
    return [*content.topic_ids, *made, *names, *texts]


def role_names(content: Content) -> dict[str, list[str]]:
    """For each role the names by which it is spotted, in small letters, words parted by a space.

    A name that begins or ends with another one of the same role is found by that one already.
    """
    return {role.id: _shortest(_spelt(role)) for role in content.roles.values()}


def _spelt(role: Role) -> Iterator[str]:
    yield from (" ".join(words(name)) for name in role.all_names)
    for name in role.all_names:
        if name.isupper() and " " not in name:  # an abbreviation may be typed letter by letter
            yield " ".join(name.lower())


def _shortest(names: Iterable[str]) -> list[str]:
    listed = list(dict.fromkeys(filter(None, names)))
    return [
        name
        for name in listed
        if not any(
            other != name and f" {other} " in f" {name} ".replace("s ", " ") for other in listed
        )
    ]


def of_roles(text: str, roles: Mapping[str, Role], place: int = 0) -> str | None:
    """An example of the engine with the names of the article's roles in it.

    Args:
        text: "and for {a.plural}?"; one without such words stays as it is.
        roles: the article's.
        place: of the example: with three roles or more they take turns.

    Returns:
        The example; None where it needs more roles than there are.
    """
    named = [field for _, field, _, _ in Formatter().parse(text) if field]
    if not named:
        return text
    known = list(roles.values())
    turn = place % len(known) if len(known) > len(_SIDES) else 0
    sides = dict(zip(_SIDES, [*known[turn:], *known[:turn]], strict=False))
    if any(field.split(".")[0] not in sides for field in named):
        return None
    return text.format(**sides)
