"""Loads the content folder and reports every fault in it at once."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest
from pathlib import Path, PurePath
from string import Formatter
from typing import Any

import yaml
from pydantic import ValidationError

from content.checks import cross_check
from content.draft import Draft, Fault
from content.schema import (
    ANSWER_WORDS,
    GENERAL,
    KINDS,
    PROMPTS,
    Article,
    Gap,
    Question,
    Reference,
    Role,
    Section,
    Source,
    Statement,
    Topic,
)
from content.words import Variants, filled
from content.yaml_lines import Document, line_of

DEFAULT_FOLDER = Path(__file__).parent
#: What the assistant says around any answer; a folder's own prompts go before these.
PROMPTS_FILE = DEFAULT_FOLDER / "prompts.yml"
#: Names the folder of another assistant, with `content/` in it (`make new-assistant`).
ASSISTANT = "ASSISTANT"
OUTSIDE = "out_of_scope"
# The engine's prompts among the texts; a folder may have a file of that name as well.
_BASE = f"engine/{PROMPTS_FILE.name}"
# Read from the text: what is half written need not be YAML yet.
_DRAFT = re.compile(r"^draft: *true\b", re.MULTILINE)
_ID = re.compile(r"""(?:^|[ {,])["']?id["']?: *["']?(\w+)""", re.MULTILINE)


class ContentError(Exception):
    """The content folder does not load; `faults` has one item for each thing to mend."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(map(str, self.faults)))


@dataclass(frozen=True)
class Content:
    """Everything the assistant knows. Built by `load`, never changed.

    `prompts` has one text of each prompt; `variants` all of them, where it is told in several ways.
    """

    article: Article
    roles: dict[str, Role]
    statements: dict[str, Statement]
    topics: dict[str, Topic]
    gaps: dict[str, Gap]
    sections: dict[str, Section]
    references: dict[str, Reference]
    questions: dict[str, Question]
    prompts: dict[str, str]
    variants: dict[str, tuple[str, ...]]
    version: str

    def topic(self, topic_id: str) -> Topic | Gap | None:
        """The topic or gap of that id, if there is one."""
        return self.topics.get(topic_id) or self.gaps.get(topic_id)

    @property
    def topic_ids(self) -> list[str]:
        """Ids of all that can be asked about: topics, then gaps."""
        return [*self.topics, *self.gaps]

    def is_grid(self, topic_id: str) -> bool:
        """Whether a topic tells something of each role by itself."""
        return topic_id in self.topics and bool(self.topics[topic_id].roles)

    def told_of(self, topic_id: str, role: str | None) -> list[Statement]:
        """The statements of a topic in the order of telling.

        Of a grid topic those of one role, or where `role` is None the roles' in turns and what they
        share at the end. A gap has none.

        Raises:
            KeyError: for an unknown topic, and for an unknown role of a grid topic.
        """
        if topic_id in self.gaps:
            return []
        topic = self.topics[topic_id]
        ids = list(topic.statements)
        if topic.roles and role is not None:
            ids = topic.roles[role]
        elif topic.roles:
            turns = zip_longest(*(topic.roles[each] for each in self.roles))
            ids = [*filter(None, chain.from_iterable(turns)), *topic.shared]
        return [self.statements[each] for each in dict.fromkeys(ids)]

    def told_of_part(self, part: str) -> list[Statement]:
        """What a part of a statement tells first: of a topic one for each role; else itself.

        Raises:
            KeyError: if it is neither a statement nor a topic.
        """
        if part not in self.topics:
            return [self.statements[part]]
        roles = list(self.roles) if self.is_grid(part) else [None]
        found = [self.told_of(part, role)[0] for role in roles]
        return list({each.id: each for each in found}.values())

    def is_on_one(self, statement_id: str) -> bool:
        """Whether a statement tells something of one role, and does not name another one."""
        statement = self.statements[statement_id]
        if statement.open or statement.role not in self.roles:
            return False
        others = (role for role in self.roles.values() if role.id != statement.role)
        names = "|".join(re.escape(name) for role in others for name in role.all_names)
        return not (names and re.search(rf"\b(?:{names})\b", statement.text))

    def section_of(self, statement_id: str) -> Section:
        """The section that a statement is from; the first one if it names none."""
        source = self.statements[statement_id].source
        return self.sections[source.section] if source else next(iter(self.sections.values()))

    def topics_of(self, statement_id: str) -> list[tuple[str, str | None]]:
        """Topics that tell a statement, and of which role; those that tell it first come first."""
        found: list[tuple[int, str, str | None]] = []
        for topic in self.topics.values():
            own = [(None, [*topic.statements, *topic.shared]), *topic.roles.items()]
            for role, ids in own:
                if statement_id in ids:
                    order = [each.id for each in self.told_of(topic.id, role)]
                    found.append((order.index(statement_id), topic.id, role))
        return [(topic_id, role) for _, topic_id, role in sorted(found, key=lambda each: each[0])]


def content_folder() -> Path:
    """Where the article is that the assistant tells: here, or in the folder that is named."""
    named = os.environ.get(ASSISTANT)
    return Path(named) / "content" if named else DEFAULT_FOLDER


def content_files(folder: Path) -> list[Path]:
    """The files that a folder's content is read from: its own, and the engine's prompts."""
    own = sorted(Path(folder).glob("*.yml"))
    return [*(path for path in own if not _is_base(path)), PROMPTS_FILE] if own else []


def _is_base(path: Path) -> bool:
    return path.resolve() == PROMPTS_FILE.resolve()


def draft_files(folder: Path | None = None) -> list[Path]:
    """Files with `draft: true`: what stands in them is not told yet."""
    folder = content_folder() if folder is None else folder
    return [path for path in content_files(folder) if _DRAFT.search(_half_written(path))]


def draft_ids(folder: Path | None = None) -> frozenset[str]:
    """Ids of all that stands in drafts."""
    texts = map(_half_written, draft_files(folder))
    return frozenset(each for text in texts for each in ids_in(text))


def ids_in(text: str) -> list[str]:
    """Ids of the items in a text, in whatever style of YAML; it may be half written."""
    return _ID.findall(text)


def _half_written(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


def load(folder: Path | None = None, with_drafts: bool = False) -> Content:
    """Reads all YAML files of a folder, and the engine's prompts for want of its own.

    Args:
        folder: where they are; the assistant's own content if not given.
        with_drafts: whether files with `draft: true` are read too; else what is half written in
            one keeps no other edit from being told.

    Raises:
        ContentError: with every fault found, if there is any.
    """
    return compile_texts(*read_texts(folder, with_drafts))


def read_texts(
    folder: Path | None = None, with_drafts: bool = False
) -> tuple[dict[str, str], list[Fault]]:
    """The texts that a folder's content is read from by names, and which files cannot be read.

    Raises:
        ContentError: if there are no such files.
    """
    folder = content_folder() if folder is None else folder
    texts: dict[str, str] = {}
    faults: list[Fault] = []
    files = content_files(folder)
    if not files:
        raise ContentError([Fault(str(folder), 1, "-", "no content files (*.yml) here")])
    for path in files:
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            line = line_of(error) if isinstance(error, UnicodeDecodeError) else 1
            faults.append(Fault(path.name, line, "-", f"cannot be read: {error}"))
            continue
        if _DRAFT.search(text) and not with_drafts:
            continue
        texts[_BASE if path == PROMPTS_FILE else path.name] = text
    if texts.get(PROMPTS_FILE.name) == texts.get(_BASE):
        texts.pop(PROMPTS_FILE.name, None)  # a copy says nothing else: it is the same content
    return texts, faults


def compile_texts(texts: Mapping[str, str], unread: Sequence[Fault] = ()) -> Content:
    """Makes content of the texts of all files.

    Args:
        texts: by the files' names.
        unread: files that cannot be read.

    Raises:
        ContentError: with every fault found, if there is any.
    """
    draft = Draft(faults=list(unread), unread=bool(unread))
    digest = hashlib.sha256()
    for key in sorted(texts, key=_place_of):
        name, text = PurePath(key).name, texts[key]
        digest.update(name.encode() + b"\0" + text.encode() + b"\0")
        draft.is_base, draft.is_last = name == PROMPTS_FILE.name, key == _BASE
        _read_file(name, text, draft)
    if not draft.unread:  # else every id of the unread file would count as missing
        _check_blocks(draft)
        cross_check(draft)
    if draft.faults:
        raise ContentError(sorted(draft.faults))
    article, items = draft.articles[0][0], draft.items
    variants = filled(draft.variants, article, items["roles"].values(), items["topics"].values())
    _complete(items, article, variants)
    return Content(
        article=article,
        prompts={name: texts[0] for name, texts in variants.items()},
        variants=variants,
        version=digest.hexdigest()[:12],
        **items,
    )


def _place_of(key: str) -> tuple[bool, bool, str]:
    """When a file is read: prompts last, of these the engine's."""
    return PurePath(key).name == PROMPTS_FILE.name, key == _BASE, key


def _complete(items: dict[str, dict[str, Any]], article: Article, variants: Variants) -> None:
    """Adds what follows from the rest: a section, sources, and what all else is outside of."""
    if not items["sections"]:
        items["sections"] = {"article": Section(id="article", title=article.title)}
    first = Source(section=next(iter(items["sections"])))
    items["statements"] = {
        key: each if each.source else each.copy(update={"source": first})
        for key, each in items["statements"].items()
    }
    if OUTSIDE not in items["gaps"]:
        title, answer = variants["outside_title"][0], variants["outside"][0]
        items["gaps"][OUTSIDE] = Gap(id=OUTSIDE, title=title, answer=answer, outside=True)


def _read_file(name: str, text: str, draft: Draft) -> None:
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
        draft.faults.append(Fault(name, 1, "-", "must be a mapping of kinds, such as 'topics:'"))
        return
    for kind, items in document.value.items():
        if kind == "draft":
            if not isinstance(items, bool):
                fault = Fault(name, document.line((kind,)), kind, "must be true or false")
                draft.faults.append(fault)
            continue
        draft.blocks.add(str(kind))
        if kind == "article":
            article = _parse(Article, items, name, document, ("article",), draft)
            draft.articles.append((article, name, document.line(("article",))))
        elif kind == "prompts":
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


def _read_prompts(items: Any, name: str, document: Document, draft: Draft) -> None:
    items = items if isinstance(items, dict) else {}
    # Prompts that the folder does not have itself are the engine's.
    expected = PROMPTS if draft.is_last else ()
    for prompt in dict.fromkeys([*expected, *items]):
        value, line = items.get(prompt), document.line(("prompts", prompt))
        texts = value if isinstance(value, list) and value else [value]
        if draft.is_base and prompt in draft.named:
            continue
        draft.named.add(prompt)
        if prompt not in PROMPTS:
            message = "unknown key"
        elif prompt in draft.variants:
            message = "occurs in another file too"
        elif not all(isinstance(text, str) and text.strip() for text in texts):
            message = "must be a text, or a list of texts"
        elif any(_misfit(_words_in_braces(text), PROMPTS[prompt]) for text in texts):
            message = (
                f"must have exactly these words in braces: {sorted(PROMPTS[prompt])}"
                f" (and may have {sorted(GENERAL)})"
            )
        elif any(len(text.split()) > ANSWER_WORDS[1] for text in texts):
            message = f"must have at most {ANSWER_WORDS[1]} words"
        else:
            draft.variants[prompt] = tuple(texts)
            continue
        draft.faults.append(Fault(name, line, f"prompts.{prompt}", message))


def _misfit(found: set[str] | None, required: frozenset[str]) -> bool:
    """Whether a prompt lacks a word in braces that it must have, or has one that nobody fills."""
    return found is None or not required <= found <= required | GENERAL


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
    kind: str, item: Any, name: str, document: Document, path: tuple[Any, ...], draft: Draft
) -> None:
    if isinstance(item, dict) and isinstance(item.get("id"), str):
        draft.ids[kind].add(item["id"])
    parsed = _parse(KINDS[kind], item, name, document, path, draft)
    if parsed is None:
        return
    if parsed.id in draft.items[kind]:
        first, other, place = draft.places[kind, parsed.id]
        # Files are read in the order of their names: which of both is the new one, nobody knows.
        also = f"id is used twice, here and at {first}:{other.line((*place, 'id'))}"
        draft.faults.append(Fault(name, document.line((*path, "id")), f"{kind}.{parsed.id}", also))
        return
    draft.items[kind][parsed.id] = parsed
    draft.places[kind, parsed.id] = (name, document, path)


def _parse(
    model: Any, item: Any, name: str, document: Document, path: tuple[Any, ...], draft: Draft
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
            elif problem["type"] == "type_error.str":
                message = _as_text(item, where)
            elif problem["type"] == "type_error.none.not_allowed":
                message = "is empty: fill it in"
            elif problem["type"] == "value_error.list.min_items":
                message = "is empty: name at least one"
            key = ".".join(map(str, (base, *where)))
            draft.faults.append(Fault(name, document.line((*path, *where)), key, message))
        return None


def _as_text(item: Any, where: tuple[Any, ...]) -> str:
    """What to do about a value that YAML reads as something else than the text it was."""
    for part in where:
        try:
            item = item[part]
        except (KeyError, IndexError, TypeError):
            return "must be a text: put it in quotes"
    if isinstance(item, (list, dict)):
        return "must be a text"
    return f"must be a text, but YAML reads it as {item!r}: put it in quotes"


def _with_text_keys(value: Any) -> Any:
    """The value with every key a text: YAML reads an unquoted `yes` or `1` as something else."""
    if isinstance(value, dict):
        return {str(key): _with_text_keys(each) for key, each in value.items()}
    return [_with_text_keys(each) for each in value] if isinstance(value, list) else value


def _check_blocks(draft: Draft) -> None:
    if "article" not in draft.blocks:
        draft.faults.append(Fault("sources.yml", 1, "article", "'article:' is missing"))
    if not draft.named.issuperset(PROMPTS):
        draft.faults.append(Fault(PROMPTS_FILE.name, 1, "prompts", "'prompts:' is missing"))
    for _, name, line in draft.articles[1:]:
        draft.faults.append(Fault(name, line, "article", "'article:' occurs twice"))
