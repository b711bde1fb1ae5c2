"""Whatever stands in a content file: it is content, or its faults are told with file and line."""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from typing import Any

import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from content.loader import PROMPTS_FILE, Content, ContentError, compile_texts
from content.schema import KINDS
from tests.content.folder import small_content
from tests.support.properties import held, typed

Values = st.SearchStrategy[Any]
_FILE = "all.yml"
_ENGINE = f"engine/{PROMPTS_FILE.name}"
_NAMES = ["article", "prompts", "draft", *KINDS]
_KEYS = sorted({name for kind in KINDS.values() for name in kind.__fields__} | {"weights"})


def contents(*values: Values) -> Values:
    """Values as YAML has them, below names that the loader knows."""
    names = st.one_of(st.sampled_from([*_NAMES, *_KEYS]), st.text(max_size=3), st.integers())
    plain = st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.dates(), st.binary(max_size=3),
        st.text(max_size=8), st.sampled_from(["a", "a b c d e f", "{subject}", "{", "{a.b!r:3}"]),
        *values,
    )  # fmt: skip
    return st.recursive(
        plain,
        lambda below: st.lists(below, max_size=3) | st.dictionaries(names, below, max_size=4),
        max_leaves=12,
    )


def loaded(text: str) -> Content | None:
    """The content of a file; None where its faults are told, each on a line of the file."""
    try:
        return compile_texts({_FILE: text, _ENGINE: prompts()})
    except ContentError as error:
        faults = error.faults
    assert faults
    assert all(each.message for each in faults)
    lines = [each.line for each in faults if each.file == _FILE]
    assert all(1 <= each <= len(text.splitlines()) + 1 for each in lines)
    return None


@cache
def prompts() -> str:
    """The engine's own prompts."""
    return PROMPTS_FILE.read_text(encoding="utf-8")


@cache
def small() -> dict[str, Any]:
    """The small content as data."""
    found: dict[str, Any] = yaml.safe_load(small_content())
    return found


@held
@given(st.one_of(typed(), st.lists(st.sampled_from("[]{}:,-?&*!|>%@#\n a1'\"<=~_.")).map("".join)))
@example("topics: [{id: a, title: b, reviewed: 2025-02-30}]")
@example("? [topics]\n: []")
@example("topics: !!int ten")
@example("topics: !!bool perhaps")
@example("topics: !!timestamp soon")
@example("topics: " + 2000 * "[" + 2000 * "]")
def test_any_text_is_read_or_its_faults_are_told(text: str) -> None:
    loaded(text)


@held
@given(st.dictionaries(st.sampled_from(_NAMES), contents(), max_size=4))
def test_any_values_are_read_or_their_faults_are_told(value: dict[str, Any]) -> None:
    loaded(yaml.safe_dump(value, allow_unicode=True))


@held
@given(st.data())
def test_a_value_put_anywhere_is_read_or_told(data: st.DataObject) -> None:
    """One value of sound content is another one, or is missing."""
    value = deepcopy(small())
    inside: Any = value
    while True:
        places = list(inside) if isinstance(inside, dict) else range(len(inside))
        place = data.draw(st.sampled_from(places))
        below = inside[place]
        if not isinstance(below, (dict, list)) or not below or data.draw(st.booleans()):
            break
        inside = below
    if data.draw(st.booleans()):
        del inside[place]
    else:
        inside[place] = data.draw(contents(st.just(below)))
    loaded(yaml.safe_dump(value, allow_unicode=True))


def dumped(content: Content) -> str:
    """Content as a file."""
    kinds = ("roles", "statements", "topics", "gaps", "sections", "references", "questions")
    items = {kind: [each.dict() for each in getattr(content, kind).values()] for kind in kinds}
    value = {**items, "article": content.article.dict()}
    return yaml.safe_dump(_without_none(value), sort_keys=False, allow_unicode=True)


def _without_none(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_none(each) for key, each in value.items() if each is not None}
    return [_without_none(each) for each in value] if isinstance(value, list) else value


def texts(low: int, high: int) -> st.SearchStrategy[str]:
    """Texts of so many words, with signs that mean something in YAML."""
    word = st.text("abcXY'\"#:-{}[]&*!?é1", min_size=1, max_size=6)
    return st.lists(word, min_size=low, max_size=high).map(" ".join)


@held
@given(
    st.lists(texts(5, 28), min_size=1, max_size=6, unique_by=str.lower),
    st.lists(st.one_of(st.none(), texts(3, 25)), min_size=6, max_size=6),
    st.lists(st.lists(texts(1, 3), max_size=4), min_size=6, max_size=6),
    texts(1, 5),
)
def test_what_is_written_down_is_what_is_read(
    told: list[str], simple: list[str | None], items: list[list[str]], title: str
) -> None:
    """Content, written as a file and read again, is the same content."""
    ids = [f"s{place}" for place in range(len(told))]
    statements: list[dict[str, Any]] = [
        {"id": name, "text": text, "items": more}
        for name, text, more in zip(ids, told, items, strict=False)
    ]
    for each, text in zip(statements, simple, strict=False):
        each |= {"simple": text} if text else {}
    value = {
        "article": {"title": title},
        "statements": statements,
        "topics": [{"id": "all", "title": title, "statements": ids}],
    }
    first = loaded(yaml.safe_dump(value, allow_unicode=True))
    assert first is not None
    assert [each.text for each in first.statements.values()] == told
    assert [each.id for each in first.told_of("all", None)] == ids
    again = loaded(dumped(first))
    assert again is not None
    for name in ("article", "statements", "topics", "sections", "gaps"):
        assert getattr(again, name) == getattr(first, name)


def test_the_small_content_is_read_as_it_is_written() -> None:
    first = loaded(small_content())
    assert first is not None
    again = loaded(dumped(first))
    assert again is not None
    assert {**vars(again), "version": ""} == {**vars(first), "version": ""}
