"""Shapes of the content files."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, Extra, Field, constr, root_validator, validator

from content.names import article_of, plural_of

if TYPE_CHECKING:
    Text = str
    Id = str
else:
    # Strict: YAML reads `No`, `2024`, `12:30` and dates as something else than the text they were.
    Text = constr(strict=True, strip_whitespace=True, min_length=1)
    Id = constr(strict=True, regex=r"^[a-z][a-z0-9_]*$")

# How many words a text may have, so that an answer reads at a glance.
TEXT_WORDS = (5, 28)
BRIEF_WORDS = (2, 8)
SIMPLE_WORDS = (3, 25)
ANSWER_WORDS = (5, 60)


def _words(low: int, high: int) -> Callable[[Any], Any]:
    """A check that a text, where there is one, has at least `low` words and at most `high`."""

    def check(value: str | None) -> str | None:
        if value is not None and not low <= len(value.split()) <= high:
            raise ValueError(f"has {len(value.split())} words; must have {low} to {high}")
        return value

    return check


class _Strict(BaseModel):
    class Config:
        extra = Extra.forbid
        allow_mutation = False


class Source(_Strict):
    """Where a statement comes from: a section of the article, and the article's own reference."""

    section: Id
    reference: Id | None = None


class Statement(_Strict):
    """One fact that the article tells, or leaves out, in a sentence that stands by itself.

    Attributes:
        role: the role that it is about, where it is about one alone.
        source: where it is from; the article's first section if nothing is said.
        brief: its gist for a cell of a table, "Python or Java".
        simple: the same for a fourteen-year-old.
        items: what it lists, by name.
        parts: topics or statements that tell more of the items, one for each in their order.
        steps: what it tells in order, each as "collecting the data".
        open: whether it says what the article leaves out.
    """

    id: Id
    text: Text
    role: Id | None = None
    source: Source | None = None
    brief: Text | None = None
    simple: Text | None = None
    items: list[Text] = []
    parts: list[Id] = []
    steps: list[Text] = []
    open: bool = False

    _text = validator("text", allow_reuse=True)(_words(*TEXT_WORDS))
    _brief = validator("brief", allow_reuse=True)(_words(*BRIEF_WORDS))
    _simple = validator("simple", allow_reuse=True)(_words(*SIMPLE_WORDS))

    @validator("items", "steps")
    def _is_no_long_list(cls, value: list[str]) -> list[str]:  # noqa: N805
        number = sum(len(each.split()) for each in value)
        if number > ANSWER_WORDS[1]:
            raise ValueError(f"has {number} words in all; must have at most {ANSWER_WORDS[1]}")
        return value

    @validator("parts")
    def _has_one_for_each_item(cls, value: list[str], values: dict[str, Any]) -> list[str]:  # noqa: N805
        if value and len(value) != len(values.get("items", [])):
            raise ValueError("must name a topic or a statement for each of the items")
        return value

    @validator("brief")
    def _is_no_sentence(cls, value: str | None) -> str | None:  # noqa: N805
        if value and value.endswith("."):
            raise ValueError("stands in a table: no full stop at its end")
        return value


class Titled(_Strict):
    """What can be asked about and offered by name: `title` on a button.

    Attributes:
        related: topics to go on with; those that come next if none are named.
        reviewed: the day on which somebody last compared it with the source (`make coverage`).
    """

    id: Id
    title: Text
    related: list[Id] = []
    reviewed: datetime.date | None = None

    @validator("reviewed", pre=True)
    def _is_a_day(cls, value: Any) -> Any:  # noqa: N805
        # pydantic would take a bare number for seconds since 1970.
        if type(value) is not datetime.date:
            raise ValueError("must be a day like 2025-11-30, without quotes")
        return value


class Topic(Titled):
    """An ordered choice of statements; the first few are what a fair person wants to hear first.

    A grid topic has one choice for each role instead, and may have some that are told when asked of
    all roles at once.

    Attributes:
        question: what "did you mean" asks; the title if nothing is said.
        compares: grid topics that make up the table below the answer.
        form: whether the answer offers the guided form.
    """

    question: Text = ""
    statements: list[Id] = []
    roles: dict[Id, list[Id]] = {}
    shared: list[Id] = []
    compares: list[Id] = []
    form: bool = False

    @root_validator(skip_on_failure=True)
    def _has_one_way_of_telling(cls, values: dict[str, Any]) -> dict[str, Any]:  # noqa: N805
        if bool(values["statements"]) == bool(values["roles"]):
            raise ValueError("needs either 'statements' or 'roles'")
        if values["shared"] and not values["roles"]:
            raise ValueError("has 'shared' without 'roles'")
        values["question"] = values["question"] or f"{values['title']}?"
        return values


class Gap(Titled):
    """A subject that people ask about and the article leaves open.

    `outside` marks what has nothing to do with the article.
    """

    answer: Text
    outside: bool = False

    _answer = validator("answer", allow_reuse=True)(_words(*ANSWER_WORDS))


class Choice(_Strict):
    """One answer to a question of the guided form.

    `weights` say how much it speaks for which role, `statements` why.
    """

    title: Text
    weights: dict[Id, int] = {}
    statements: list[Id] = []

    @root_validator(skip_on_failure=True)
    def _has_a_reason(cls, values: dict[str, Any]) -> dict[str, Any]:  # noqa: N805
        if bool(values["weights"]) != bool(values["statements"]):
            raise ValueError("needs 'weights' and 'statements', or neither")
        return values


class Question(_Strict):
    """A question of the guided form that finds out which role suits somebody."""

    id: Id
    question: Text
    choices: list[Choice] = Field(..., min_items=2)


class Role(_Strict):
    """One of the roles, products or other things that the article sets side by side.

    Attributes:
        title: what one of them is called.
        plural: several of them; made of the title if nothing is said.
        field: what they do or belong to, "baking"; the plural if nothing is said.
        short: the shortest name; the title if nothing is said.
        article: "a" or "an", where that does not follow from the title.
        names: all other ways to call it.
    """

    id: Id
    title: Text
    plural: Text = ""
    field: Text = ""
    short: Text = ""
    article: Text = ""
    names: list[Text] = []

    @root_validator(skip_on_failure=True)
    def _has_all_names(cls, values: dict[str, Any]) -> dict[str, Any]:  # noqa: N805
        values["plural"] = values["plural"] or plural_of(values["title"])
        values["field"] = values["field"] or values["plural"]
        values["short"] = values["short"] or values["title"]
        values["article"] = values["article"] or article_of(values["title"])
        return values

    @property
    def one(self) -> str:
        """One of them, with its article: "an electrician"."""
        return f"{self.article} {self.title}"

    @property
    def all_names(self) -> list[str]:
        """Everything the role goes by."""
        own = (self.title, self.plural, self.field, self.short)
        return list(dict.fromkeys([*own, *self.names]))


class Article(_Strict):
    """The article that everything is taken from.

    `subject` is what it is on, in a few words behind "on": "baking and brewing". If
    nothing is said, the roles' fields are named, and the title where there are no roles.
    """

    title: Text
    published: Text | None = None
    publisher: Text | None = None
    subject: Text | None = None


class Section(_Strict):
    """A section of the article.

    `about_article` marks one that tells of the article itself: who asks for a source of what it
    tells wants just that.
    """

    id: Id
    title: Text
    about_article: bool = False


class Reference(_Strict):
    """A source that the article itself cites."""

    id: Id
    cited_for: Text
    author: Text
    title: Text
    published: Text
    address: Text


#: Top-level key of a content file, and the shape of each item below it.
KINDS: dict[str, Any] = {
    "roles": Role,
    "statements": Statement,
    "topics": Topic,
    "gaps": Gap,
    "sections": Section,
    "references": Reference,
    "questions": Question,
}

#: Words in braces that every prompt may have: the loader fills them in (`content.words`).
GENERAL = frozenset({"subject", "roles", "article", "publisher", "example"})
#: Every prompt, and the words in braces that it must have. A prompt is a text or a list of texts.
PROMPTS: dict[str, frozenset[str]] = {
    # In front of what is told.
    "say_yes": frozenset({"answer"}),
    "say_no": frozenset({"answer"}),
    "say_partly": frozenset({"answer"}),
    "unsettled": frozenset({"answer"}),
    "unsettled_again": frozenset({"answer"}),
    "which_side": frozenset({"one"}),
    "not_stated": frozenset({"nearest"}),
    "not_stated_bare": frozenset(),
    "near_lead": frozenset({"statement"}),
    "again_lead": frozenset({"answer"}),
    "sorry": frozenset(),
    "shortest": frozenset({"answer"}),
    # When there is no more to tell.
    "all_told": frozenset(),
    "no_more": frozenset(),
    "nothing_yet": frozenset(),
    "cannot_form": frozenset(),
    "table_aspect": frozenset(),
    # Small talk and what the visitor tells of themselves.
    "greet": frozenset(),
    "greet_again": frozenset(),
    "welcome_back": frozenset(),
    "acknowledge": frozenset(),
    "tell": frozenset(),
    "feeling": frozenset(),
    "person": frozenset(),
    "bot_challenge": frozenset(),
    "how_are_you": frozenset(),
    "help": frozenset(),
    "feedback_good": frozenset(),
    "feedback_bad": frozenset(),
    # What the article has nothing on.
    "outside": frozenset(),
    "outside_title": frozenset(),
    "knows_nothing": frozenset(),
    # Offers and what comes of them.
    "next": frozenset({"options"}),
    "for_example": frozenset(),
    "did_you_mean": frozenset(),
    "rephrase": frozenset(),
    "subjects": frozenset({"subjects"}),
    "none_title": frozenset(),
    "none_of_these": frozenset(),
    "all_right": frozenset(),
    "no_such_option": frozenset(),
    "correct": frozenset(),
    "back_at_start": frozenset(),
    "start_over": frozenset(),
    # The guided form.
    "form_title": frozenset(),
    "form_resume": frozenset({"question"}),
    "form_unclear": frozenset({"question"}),
    "form_skip": frozenset(),
    "form_stop": frozenset(),
    "form_stopped": frozenset(),
    "form_result": frozenset({"field", "reasons"}),
    "form_result_mixed": frozenset({"field", "reasons", "other", "against"}),
    "form_tie": frozenset({"reasons"}),
    "form_open": frozenset(),
    # Where it is from.
    "article_named": frozenset({"title", "publisher", "published"}),
    "article_titled": frozenset({"title"}),
    "publisher_unknown": frozenset(),
    "source": frozenset({"section"}),
    "source_article": frozenset(),
    "source_reference": frozenset({"section", "author", "reference", "cited", "address"}),
    "source_uncited": frozenset({"section"}),
    "source_all": frozenset({"references"}),
    "no_references": frozenset(),
    "source_gap": frozenset(),
    "reference": frozenset({"author", "reference", "cited", "cited_for", "address"}),
    "reference_item": frozenset({"author", "reference", "cited", "cited_for", "address"}),
    "version": frozenset({"content", "model"}),
    # When a message cannot be read.
    "no_example": frozenset(),
    "no_words": frozenset(),
    "too_long": frozenset(),
    "failure": frozenset(),
}
