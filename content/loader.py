"""Loads the content folder and reports every fault in it at once."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from string import Formatter
from typing import Any, NamedTuple

import yaml
from pydantic import ValidationError

from content.schema import (
    KINDS,
    PROMPTS,
    Article,
    Aspect,
    Entry,
    Gap,
    Question,
    Reference,
    Reply,
    Role,
    Section,
    Term,
)
from content.yaml_lines import Document

DEFAULT_FOLDER = Path(__file__).parent
Topic = Aspect | Entry | Gap


class Fault(NamedTuple):
    """Something wrong in a content file: where, at which key, and what."""

    file: str
    line: int
    key: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.key}: {self.message}"


class ContentError(Exception):
    """The content folder does not load; `faults` has one item for each thing to mend."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(map(str, self.faults)))


@dataclass(frozen=True)
class Content:
    """Everything the assistant knows. Built by `load`, never changed."""

    article: Article
    roles: dict[str, Role]
    aspects: dict[str, Aspect]
    entries: dict[str, Entry]
    gaps: dict[str, Gap]
    sections: dict[str, Section]
    references: dict[str, Reference]
    questions: dict[str, Question]
    terms: dict[str, Term]
    prompts: dict[str, str]
    version: str

    def topic(self, topic_id: str) -> Topic | None:
        """The aspect, entry or gap of that id, if there is one."""
        return self.aspects.get(topic_id) or self.entries.get(topic_id) or self.gaps.get(topic_id)

    @property
    def topic_ids(self) -> list[str]:
        """Ids of all that can be asked about: aspects, entries, gaps."""
        return [*self.aspects, *self.entries, *self.gaps]

    def reply(self, topic_id: str, role: str | None) -> Reply:
        """What is known on a topic, of one role, or of all roles side by side when `role` is None.

        Raises:
            KeyError: for an unknown topic or role, and for gaps, which have no such reply.
        """
        aspect = self.aspects.get(topic_id)
        if aspect is not None:
            return aspect.comparison if role is None else aspect.cells[role]
        entry = self.entries[topic_id]
        return (entry.fit(role) if role else None) or entry


@dataclass
class _Draft:
    """What has been read so far, and what is wrong with it."""

    faults: list[Fault] = field(default_factory=list)
    articles: list[tuple[Article, str, int]] = field(default_factory=list)
    blocks: set[str] = field(default_factory=set)
    unread: bool = False
    prompts_read: bool = False
    prompts: dict[str, str] = field(default_factory=dict)
    items: dict[str, dict[str, Any]] = field(default_factory=lambda: {kind: {} for kind in KINDS})
    # Ids of faulty items too, so that one fault does not drag "no such id" faults behind it.
    ids: dict[str, set[str]] = field(default_factory=lambda: {kind: set() for kind in KINDS})
    places: dict[tuple[str, str], tuple[str, Document, tuple[Any, ...]]] = field(
        default_factory=dict
    )

    def fault(self, kind: str, item_id: str, path: tuple[Any, ...], message: str) -> None:
        file, document, base = self.places[kind, item_id]
        key = ".".join(map(str, (item_id, *path)))
        self.faults.append(Fault(file, document.line((*base, *path)), key, message))


def load(folder: Path = DEFAULT_FOLDER) -> Content:
    """Reads all YAML files of a folder.

    Raises:
        ContentError: with every fault found, if there is any.
    """
    draft = _Draft()
    digest = hashlib.sha256()
    files = sorted(Path(folder).glob("*.yml"))
    if not files:
        raise ContentError([Fault(str(folder), 1, "-", "no content files (*.yml) here")])
    for path in files:
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            draft.faults.append(Fault(path.name, 1, "-", f"cannot be read: {error}"))
            draft.unread = True
            continue
        digest.update(path.name.encode() + b"\0" + text.encode() + b"\0")
        _read_file(path.name, text, draft)
    if not draft.unread:  # else every id of the unread file would count as missing
        _check_blocks(draft)
        _cross_check(draft)
    if draft.faults:
        raise ContentError(sorted(draft.faults))
    return Content(
        article=draft.articles[0][0],
        prompts=draft.prompts,
        version=digest.hexdigest()[:12],
        **draft.items,
    )


def _read_file(name: str, text: str, draft: _Draft) -> None:
    try:
        document = Document(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problem = getattr(error, "problem", None) or "not readable"
        draft.faults.append(Fault(name, line, "-", f"not valid YAML: {problem}"))
        draft.unread = True
        return
    for path, line in document.duplicates:
        draft.faults.append(Fault(name, line, ".".join(map(str, path)), "key occurs twice"))
    if document.value is None:
        return
    if not isinstance(document.value, dict):
        draft.faults.append(Fault(name, 1, "-", "must be a mapping of kinds, such as 'entries:'"))
        return
    for kind, items in document.value.items():
        draft.blocks.add(str(kind))
        if kind == "article":
            article = _parse(Article, items, name, document, ("article",), draft)
            draft.articles.append((article, name, document.line(("article",))))
        elif kind == "prompts" and draft.prompts_read:
            line = document.line(("prompts",))
            draft.faults.append(Fault(name, line, "prompts", "'prompts:' occurs twice"))
        elif kind == "prompts":
            draft.prompts_read = True
            _read_prompts(items, name, document, draft)
        elif kind not in KINDS:
            known = ", ".join(["article", "prompts", *KINDS])
            line = document.line((kind,))
            draft.faults.append(Fault(name, line, str(kind), f"unknown kind; known are {known}"))
        elif not isinstance(items, list):
            draft.faults.append(Fault(name, document.line((kind,)), kind, "must be a list"))
        else:
            for index, item in enumerate(items):
                _read_item(kind, item, name, document, (kind, index), draft)


def _read_prompts(items: Any, name: str, document: Document, draft: _Draft) -> None:
    items = items if isinstance(items, dict) else {}
    for prompt in [*PROMPTS, *(key for key in items if key not in PROMPTS)]:
        text, line = items.get(prompt), document.line(("prompts", prompt))
        if prompt not in PROMPTS:
            message = "unknown key"
        elif not isinstance(text, str) or not text.strip():
            message = "must be a text"
        elif _words_in_braces(text) != PROMPTS[prompt]:
            message = f"must have exactly these words in braces: {sorted(PROMPTS[prompt])}"
        else:
            draft.prompts[prompt] = text
            continue
        draft.faults.append(Fault(name, line, f"prompts.{prompt}", message))


def _words_in_braces(text: str) -> set[str] | None:
    """Plain names that `str.format` would fill in; None where there is anything else in braces."""
    try:
        fields = [rest for _, *rest in Formatter().parse(text) if rest[0] is not None]
    except ValueError:
        return None
    if any(spec or conversion for _, spec, conversion in fields):
        return None
    return {str(name) for name, _, _ in fields}


def _read_item(
    kind: str, item: Any, name: str, document: Document, path: tuple[Any, ...], draft: _Draft
) -> None:
    if isinstance(item, dict) and isinstance(item.get("id"), str):
        draft.ids[kind].add(item["id"])
    parsed = _parse(KINDS[kind], item, name, document, path, draft)
    if parsed is None:
        return
    if parsed.id in draft.items[kind]:
        draft.faults.append(
            Fault(name, document.line((*path, "id")), f"{kind}.{parsed.id}", "id is used twice")
        )
        return
    draft.items[kind][parsed.id] = parsed
    draft.places[kind, parsed.id] = (name, document, path)


def _parse(
    model: Any, item: Any, name: str, document: Document, path: tuple[Any, ...], draft: _Draft
) -> Any:
    try:
        return model.parse_obj(_with_text_keys(item))
    except ValidationError as error:
        label = item.get("id") if isinstance(item, dict) else None
        base = str(label or ".".join(map(str, path)))
        for problem in error.errors():
            where = tuple(part for part in problem["loc"] if part != "__root__")
            message = problem["msg"]
            if problem["type"] == "value_error.extra":
                message = "unknown key"
            elif problem["type"] == "type_error.none.not_allowed":
                message = "is empty: fill it in"
            elif problem["type"] == "value_error.list.min_items":
                message = "is empty: name at least one"
            key = ".".join(map(str, (base, *where)))
            draft.faults.append(Fault(name, document.line((*path, *where)), key, message))
        return None


def _with_text_keys(value: Any) -> Any:
    """The value with every key a text: YAML reads an unquoted `yes` or `1` as something else."""
    if isinstance(value, dict):
        return {str(key): _with_text_keys(each) for key, each in value.items()}
    return [_with_text_keys(each) for each in value] if isinstance(value, list) else value


def _check_blocks(draft: _Draft) -> None:
    for kind, file in (("article", "sources.yml"), ("prompts", "prompts.yml")):
        if kind not in draft.blocks:
            draft.faults.append(Fault(file, 1, kind, f"'{kind}:' is missing"))
    for _, name, line in draft.articles[1:]:
        draft.faults.append(Fault(name, line, "article", "'article:' occurs twice"))


def _cross_check(draft: _Draft) -> None:
    items = draft.items
    topics: dict[str, str] = {}
    for kind in ("aspects", "entries", "gaps"):
        for item_id in items[kind]:
            if item_id in topics:
                draft.fault(kind, item_id, ("id",), f"id is used in {topics[item_id]} too")
        topics.update(dict.fromkeys(draft.ids[kind] - set(topics), kind))
    titles: dict[str, str] = {}
    for kind in ("aspects", "entries", "gaps"):
        for item_id, item in items[kind].items():
            first = titles.setdefault(item.title.lower(), item_id)
            if first != item_id:
                draft.fault(kind, item_id, ("title",), f"'{first}' has the same title")
            _check_related(draft, kind, item, topics)
            for asked, meant in item.instead.items():
                for topic in (asked, meant):
                    if topic not in topics:
                        where = ("instead", asked)
                        draft.fault(kind, item_id, where, f"no topic has the id '{topic}'")
    for aspect in items["aspects"].values():
        _check_cells(draft, aspect)
    for question in items["questions"].values():
        _check_choices(draft, question)
    _check_terms(draft, topics)
    for entry in items["entries"].values():
        _check_source(draft, "entries", entry.id, (), entry)
        _check_fits(draft, entry)
        for index, name in enumerate(entry.compares):
            if name not in draft.ids["aspects"]:
                draft.fault("entries", entry.id, ("compares", index), f"no aspect is '{name}'")


def _check_choices(draft: _Draft, question: Question) -> None:
    for index, choice in enumerate(question.choices):
        for role in choice.weights:
            if role not in draft.ids["roles"]:
                where = ("choices", index, "weights", role)
                draft.fault("questions", question.id, where, "no role has this id")


def _check_terms(draft: _Draft, topics: dict[str, str]) -> None:
    owners: dict[str, str] = {}
    for term in draft.items["terms"].values():
        if topics.get(term.topic, "gaps") == "gaps":
            draft.fault("terms", term.id, ("topic",), f"no answer has the id '{term.topic}'")
        if term.role is not None and term.role not in draft.ids["roles"]:
            draft.fault("terms", term.id, ("role",), "no role has this id")
        for index, name in enumerate(term.names):
            owner = owners.setdefault(name.lower(), term.id)
            if owner != term.id:
                draft.fault("terms", term.id, ("names", index), f"is a name of '{owner}' too")


def _check_related(draft: _Draft, kind: str, item: Any, topics: dict[str, str]) -> None:
    for index, related in enumerate(item.related):
        if related == item.id:
            draft.fault(kind, item.id, ("related", index), "names itself")
        elif related not in topics:
            draft.fault(kind, item.id, ("related", index), f"no topic has the id '{related}'")
        elif topics[related] == "gaps":
            draft.fault(kind, item.id, ("related", index), f"'{related}' is a gap, not an answer")


def _check_cells(draft: _Draft, aspect: Aspect) -> None:
    for role in sorted(draft.ids["roles"]):
        if role not in aspect.cells:
            draft.fault("aspects", aspect.id, ("cells",), f"the cell of '{role}' is missing")
    for role, cell in aspect.cells.items():
        if role not in draft.ids["roles"]:
            draft.fault("aspects", aspect.id, ("cells", role), "no role has this id")
        _check_source(draft, "aspects", aspect.id, ("cells", role), cell)
    _check_source(draft, "aspects", aspect.id, ("comparison",), aspect.comparison)


def _check_fits(draft: _Draft, entry: Entry) -> None:
    roles = [fit.role for fit in entry.fits]
    for index, fit in enumerate(entry.fits):
        if fit.role not in draft.ids["roles"]:
            message = f"no role has the id '{fit.role}'"
            draft.fault("entries", entry.id, ("fits", index, "role"), message)
        _check_source(draft, "entries", entry.id, ("fits", index), fit)
    if roles and sorted(roles) != sorted(draft.ids["roles"]):
        draft.fault("entries", entry.id, ("fits",), "must have one item for each role")


def _check_source(
    draft: _Draft, kind: str, item_id: str, path: tuple[Any, ...], reply: Reply
) -> None:
    source = reply.source
    for name, known in (("section", "sections"), ("reference", "references")):
        value = getattr(source, name)
        if value is not None and value not in draft.ids[known]:
            where = (*path, "source", name)
            draft.fault(kind, item_id, where, f"no {name} has the id '{value}'")
