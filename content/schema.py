"""Shapes of the content files."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Extra, Field, constr

Text = constr(strip_whitespace=True, min_length=1)
Id = constr(regex=r"^[a-z][a-z0-9_]*$")


class _Strict(BaseModel):
    class Config:
        extra = Extra.forbid
        allow_mutation = False


class Source(_Strict):
    """Where a statement comes from: a section of the article, and the article's own reference."""

    section: Id  # type: ignore[valid-type]
    reference: Id | None = None  # type: ignore[valid-type]


class Reply(_Strict):
    """An answer: `answer` stands by itself, `more` is what "tell me more" adds.

    `empty` marks what the article leaves out although it tells it of the other role.
    """

    answer: Text  # type: ignore[valid-type]
    more: Text  # type: ignore[valid-type]
    source: Source
    empty: bool = False


class Titled(_Strict):
    """What can be offered by name: `title` on a button, `question` in "did you mean"."""

    id: Id  # type: ignore[valid-type]
    title: Text  # type: ignore[valid-type]
    related: list[Id] = Field(..., min_items=1)  # type: ignore[valid-type]


class Aspect(Titled):
    """One row of the grid: a reply for each role, and one for all roles side by side."""

    question: Text  # type: ignore[valid-type]
    cells: dict[str, Reply]
    comparison: Reply


class Entry(Titled):
    """A topic that belongs to no single role."""

    question: Text  # type: ignore[valid-type]
    answer: Text  # type: ignore[valid-type]
    more: Text  # type: ignore[valid-type]
    source: Source

    def reply(self) -> Reply:
        """The entry's answer in the shape that a cell of the grid has."""
        return Reply(answer=self.answer, more=self.more, source=self.source)


class Gap(Titled):
    """A subject that people ask about and the article leaves open."""

    answer: Text  # type: ignore[valid-type]


class Role(_Strict):
    """One of the roles that the assistant tells apart."""

    id: Id  # type: ignore[valid-type]
    title: Text  # type: ignore[valid-type]
    plural: Text  # type: ignore[valid-type]
    field: Text  # type: ignore[valid-type]
    short: Text  # type: ignore[valid-type]


class Article(_Strict):
    """The article that everything is taken from."""

    title: Text  # type: ignore[valid-type]
    published: Text  # type: ignore[valid-type]
    publisher: Text  # type: ignore[valid-type]


class Section(_Strict):
    """A section of the article."""

    id: Id  # type: ignore[valid-type]
    title: Text  # type: ignore[valid-type]


class Reference(_Strict):
    """A source that the article itself cites."""

    id: Id  # type: ignore[valid-type]
    author: Text  # type: ignore[valid-type]
    title: Text  # type: ignore[valid-type]
    published: Text  # type: ignore[valid-type]
    address: Text  # type: ignore[valid-type]


#: Top-level key of a content file, and the shape of each item below it.
KINDS: dict[str, Any] = {
    "roles": Role,
    "aspects": Aspect,
    "entries": Entry,
    "gaps": Gap,
    "sections": Section,
    "references": Reference,
}

#: Every prompt that the actions use, and the words in braces that it must have.
PROMPTS: dict[str, frozenset[str]] = {
    "next": frozenset({"options"}),
    "for_example": frozenset(),
    "did_you_mean": frozenset(),
    "rephrase": frozenset(),
    "subjects": frozenset({"subjects"}),
    "none_of_these": frozenset(),
    "all_right": frozenset(),
    "no_such_option": frozenset(),
    "nothing_yet": frozenset(),
    "no_more": frozenset(),
    "correct": frozenset(),
    "back_at_start": frozenset(),
    "start_over": frozenset(),
    "source": frozenset({"section", "title", "publisher", "published"}),
    "source_reference": frozenset(
        ["section", "title", "publisher", "published", "author", "reference", "cited", "address"]
    ),
    "source_gap": frozenset({"title", "publisher", "published"}),
    "feedback_good": frozenset(),
    "feedback_bad": frozenset(),
    "no_words": frozenset(),
    "too_long": frozenset(),
    "failure": frozenset(),
}
