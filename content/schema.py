"""Shapes of the content files."""

from __future__ import annotations

import contextlib
import datetime
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, Extra, Field, constr, root_validator, validator

if TYPE_CHECKING:
    Text = str
    Id = str
else:
    Text = constr(strip_whitespace=True, min_length=1)
    Id = constr(regex=r"^[a-z][a-z0-9_]*$")


class _Strict(BaseModel):
    class Config:
        extra = Extra.forbid
        allow_mutation = False


class Source(_Strict):
    """Where a statement comes from: a section of the article, and the article's own reference."""

    section: Id
    reference: Id | None = None


class Correction(_Strict):
    """What to say instead of the answer to somebody who takes the opposite for granted.

    It applies to a message that has one of the `claims`, or a percentage or a year that is none of
    those given. Articles, forms of "be" and the words "engineer" and "engineering" do not count in
    claims, nor do grammatical endings: "one part other" is found in "one is a part of the other".
    """

    claims: list[Text] = []
    percentages: list[int] = []
    years: list[int] = []
    answer: Text

    @root_validator(skip_on_failure=True)
    def _has_a_condition(cls, values: dict[str, Any]) -> dict[str, Any]:  # noqa: N805
        if not any(values[name] for name in ("claims", "percentages", "years")):
            raise ValueError("needs 'claims', 'percentages' or 'years'")
        return values


class Confirmation(_Strict):
    """What to say to a yes/no question that has one of the `claims`: a clear yes (or no).

    It applies only where the rest of the question adds nothing: its words must be known from the
    reply, or stand in `also`.
    """

    claims: list[Text] = Field(..., min_items=1)
    also: list[Text] = []
    answer: Text


class Reply(_Strict):
    """An answer in its forms.

    `answer` stands by itself, `more` is what "tell me more" adds, `short` is the answer in one
    plain sentence, `why` its reason where `more` is not one. `limits` says of a list that it names
    no others, to somebody who asks for one. `steps` are those that the answer tells, in order, each
    as "collecting the data". `empty` marks what the article leaves out although it tells it of the
    other role.
    """

    answer: Text
    more: Text
    short: Text
    why: Text | None = None
    limits: Text | None = None
    steps: list[Text] = []
    source: Source
    empty: bool = False
    corrections: list[Correction] = []
    confirmations: list[Confirmation] = []


class Titled(_Strict):
    """What can be offered by name: `title` on a button, `question` in "did you mean".

    `instead` tells for topics that are asked for right after this one, without a role or much else,
    which one is meant: after a sector "give me an example" is the case study, after the case study
    a figure is one of its details.
    `reviewed` is the day on which somebody last compared it with the source (`make coverage`).
    """

    id: Id
    title: Text
    related: list[Id] = Field(..., min_items=1)
    reviewed: datetime.date | None = None
    instead: dict[Id, Id] = {}

    @validator("reviewed", pre=True)
    def _is_a_day(cls, value: Any) -> Any:  # noqa: N805
        # pydantic would take a bare number for seconds since 1970.
        if type(value) is not datetime.date:
            raise ValueError("must be a day like 2025-11-30, without quotes")
        return value


class Cell(Reply):
    """The reply on an aspect of one role; `brief` is its gist for a table, `short` by default."""

    brief: Text | None = None


class Aspect(Titled):
    """One row of the grid: a reply for each role, and one for all roles side by side."""

    question: Text
    cells: dict[str, Cell]
    comparison: Reply


class Fit(Reply):
    """Why a role suits somebody.

    `interests` are words that speak for it, `appeal` what would speak for it if another suits.
    """

    role: Id
    appeal: Text
    interests: list[Text] = Field(..., min_items=1)


class Entry(Titled, Reply):
    """A topic that belongs to no single role.

    `fits`, one for each role or none at all, answer instead where the question tells of interests,
    and `tie` where these speak for several roles alike.
    `compares` names aspects, which set the roles side by side below the answer. A question that
    has none of the words in `asked_with`, if there are any, and names a related aspect is on that;
    and only one that has them gets the yes or no that the answer opens with.
    `shortens` has words that in a short message, "in short?", ask for the last answer's short form.
    """

    question: Text
    fits: list[Fit] = []
    tie: Text | None = None
    compares: list[Id] = []
    asked_with: list[Text] = []
    shortens: list[Text] = []

    def fit(self, role: str) -> Fit | None:
        """The fit of a role, if the entry has one."""
        return next((each for each in self.fits if each.role == role), None)


class Gap(Titled):
    """A subject that people ask about and the article leaves open.

    `outside` marks what has nothing to do with the article: there "does it say ...?" gets no "no".
    `adds_terms` adds what is told of a term that the question names: to "is a degree in statistics
    needed?" that statistics is a usual background.
    `yields` names what it gives way to: `terms`, where a question asks who does something that is
    one, and `fits`, where it asks which role suits somebody with interests that are known.
    """

    answer: Text
    outside: bool = False
    adds_terms: bool = False
    yields: list[Literal["terms", "fits"]] = []


class Term(_Strict):
    """Something that the article names, for questions like "who does that?" or "is it part of it?".

    `names` are what people call it, `statement` what the article says of it, in one sentence that
    stands by itself. The topic, of the role if the term belongs to one, tells more, and where it is
    from.
    """

    id: Id
    names: list[Text] = Field(..., min_items=1)
    topic: Id
    role: Id | None = None
    statement: Text


class Choice(_Strict):
    """One answer to a question of the guided form.

    `weights` say how much it speaks for which role, `reason` why, in a sentence of the article's
    facts; `words` are those that people may type instead of its title.
    """

    title: Text
    words: list[Text] = []
    weights: dict[Id, int] = {}
    reason: Text | None = None

    @root_validator(skip_on_failure=True)
    def _has_a_reason(cls, values: dict[str, Any]) -> dict[str, Any]:  # noqa: N805
        if bool(values["weights"]) != bool(values["reason"]):
            raise ValueError("needs 'weights' and 'reason', or neither")
        return values


class Question(_Strict):
    """A question of the guided form that finds out which role suits somebody."""

    id: Id
    question: Text
    choices: list[Choice] = Field(..., min_items=2)


class Role(_Strict):
    """One of the roles that the assistant tells apart.

    `described` are words by which people tell it from the others: "the broader one".
    """

    id: Id
    title: Text
    plural: Text
    field: Text
    short: Text
    described: list[Text] = []


class Article(_Strict):
    """The article that everything is taken from."""

    title: Text
    published: Text
    publisher: Text


class Section(_Strict):
    """A section of the article."""

    id: Id
    title: Text


_DATES = ("%d %B %Y", "%B %Y", "%Y")


class Reference(_Strict):
    """A source that the article itself cites.

    `names` are what people call it, `kinds` what it is one of: "the forum", "the universities".
    """

    id: Id
    names: list[Text] = Field(..., min_items=1)
    kinds: list[Text] = []
    cited_for: Text
    author: Text
    title: Text
    published: Text
    address: Text

    @property
    def date(self) -> datetime.date | None:
        """When it was published, or the first day of that month or year; None if it is unclear."""
        for form in _DATES:
            with contextlib.suppress(ValueError):
                return datetime.datetime.strptime(self.published, form).date()
        return None


#: Top-level key of a content file, and the shape of each item below it.
KINDS: dict[str, Any] = {
    "roles": Role,
    "aspects": Aspect,
    "entries": Entry,
    "gaps": Gap,
    "sections": Section,
    "references": Reference,
    "questions": Question,
    "terms": Term,
}

#: Every prompt that the actions use, and the words in braces that it must have.
PROMPTS: dict[str, frozenset[str]] = {
    "table_aspect": frozenset(),
    "say_yes": frozenset({"answer"}),
    "say_no": frozenset({"answer"}),
    "term_yes": frozenset({"statement"}),
    "term_no": frozenset({"statement"}),
    "listed_not": frozenset({"answer"}),
    "yes_or_no": frozenset({"answer"}),
    "first_step": frozenset({"step"}),
    "last_step": frozenset({"step"}),
    "step_before": frozenset({"step", "other"}),
    "step_after": frozenset({"step", "other"}),
    "no_step_before": frozenset({"step"}),
    "no_step_after": frozenset({"step"}),
    "reference": frozenset({"author", "reference", "cited", "cited_for", "address"}),
    "reference_item": frozenset({"author", "reference", "cited", "address", "cited_for"}),
    "greet": frozenset(),
    "greet_again": frozenset(),
    "welcome_back": frozenset(),
    "next": frozenset({"options"}),
    "for_example": frozenset(),
    "did_you_mean": frozenset(),
    "rephrase": frozenset(),
    "subjects": frozenset({"subjects"}),
    "none_of_these": frozenset(),
    "none_title": frozenset(),
    "form_title": frozenset(),
    "form_resume": frozenset({"question"}),
    "form_unclear": frozenset({"question"}),
    "form_skip": frozenset(),
    "form_stop": frozenset(),
    "form_stopped": frozenset(),
    "form_result": frozenset({"field", "reasons", "other", "appeal"}),
    "form_result_mixed": frozenset({"field", "reasons", "other", "against"}),
    "form_tie": frozenset({"reasons"}),
    "form_open": frozenset(),
    "all_right": frozenset(),
    "no_such_option": frozenset(),
    "nothing_yet": frozenset(),
    "no_more": frozenset(),
    "shortest": frozenset({"answer"}),
    "correct": frozenset(),
    "back_at_start": frozenset(),
    "start_over": frozenset(),
    "source": frozenset({"section", "title", "publisher", "published"}),
    "source_reference": frozenset(
        ["section", "title", "publisher", "published", "author", "reference", "cited", "address"]
    ),
    "source_uncited": frozenset({"section", "title", "publisher", "published"}),
    "source_all": frozenset({"title", "publisher", "published", "references"}),
    "no_references": frozenset(),
    "doubt": frozenset({"answer"}),
    "source_gap": frozenset({"title", "publisher", "published"}),
    "version": frozenset({"content", "model", "title", "published"}),
    "feedback_good": frozenset(),
    "feedback_bad": frozenset(),
    "no_words": frozenset(),
    "too_long": frozenset(),
    "failure": frozenset(),
}
