"""No word of this article stands in the engine: the words are taken from its content."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from content.loader import ASSISTANT, Content, load
from nlu.made_examples import engine_files
from tests.conftest import ROOT

_CODE = {".py", ".ts", ".css", ".html", ".yml", ".json", ".sh", ".conf", ""}
#: Folders and files of the engine; content/*.yml but the prompts, data/nlu/*/ and docs/ are not.
_ENGINE = (
    *("actions", "channels", "deploy", "dialogue", "keepers", "nlu", "server", "tools"),
    *("benchmarks", "content", "reading", "widget/src", "widget/demo", "Makefile", "Dockerfile"),
    *("compose.yml", "config.yml", "credentials.yml", "domain.yml", "endpoints.yml", ".ci"),
)
_NOT_ENGINE = (
    *("reading/data", "reading/weights", "benchmarks/unseen", "keepers/reviewed.jsonl"),
    *(f"content/{path.name}" for path in (ROOT / "content").glob("*.yml")),
)
#: Files, folders: texts that an article has to be given in another way, examples of what is meant.
_LEFT = {
    "widget/src/chat/labels": "the web chat's greeting, before a server has said anything",
    "widget/demo/index.html": "the demo page of this article",
    "tools/widget_pictures.py": "what is asked for the pictures of this article's docs",
    "benchmarks/scale.py": "what is asked of this article under load",
    "reading/sides.py": "an example of names",
}
_PHRASE = 5  # words in a row that only the article would say

if os.environ.get(ASSISTANT):
    pytest.skip("the engine's own test", allow_module_level=True)


def _files() -> Iterator[Path]:
    for name in _ENGINE:
        path = ROOT / name
        yield from [path] if path.is_file() else sorted(path.rglob("*"))
    yield from engine_files()
    yield ROOT / "content" / "prompts.yml"


def _is_engine(path: Path) -> bool:
    name = path.relative_to(ROOT).as_posix()
    if name.startswith(tuple(_LEFT)) or not path.is_file():
        return False
    if "__pycache__" in name or "node_modules" in name:
        return False
    is_other = name.startswith(_NOT_ENGINE) and name != "content/prompts.yml"
    return path.suffix in _CODE and not is_other


def names(content: Content) -> set[str]:
    """What the article's roles, its publisher and its references are called, and its ids."""
    found = {content.article.title, content.article.publisher or content.article.title}
    for role in content.roles.values():
        found |= {role.id, *role.all_names}
    found |= {each.author for each in content.references.values()}
    return {name for name in found if len(name) > 1}


def phrases(content: Content) -> set[str]:
    """Words in a row of all that the article tells; what it leaves out any article may."""
    texts = [each.text for each in content.statements.values() if not each.open]
    rows = (re.findall(r"[a-z]+", text.lower()) for text in texts)
    return {
        " ".join(row[start : start + _PHRASE])
        for row in rows
        for start in range(len(row) - _PHRASE + 1)
    }


def test_no_file_of_the_engine_has_a_name_of_the_article() -> None:
    # In the letters that the content has: an abbreviation may be part of any word.
    listed = "|".join(map(re.escape, sorted(names(load()))))
    pattern = re.compile(rf"(?<![\w-])(?:{listed})(?![\w-])")
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for path in filter(_is_engine, _files())
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line)
    ]
    assert not found, "\n".join(found)


def test_no_file_of_the_engine_says_what_the_article_says() -> None:
    told = phrases(load())
    found = []
    for path in filter(_is_engine, _files()):
        row = re.findall(r"[a-z]+", path.read_text(encoding="utf-8").lower())
        said = {" ".join(row[start : start + _PHRASE]) for start in range(len(row))}
        found += [f"{path.relative_to(ROOT)}: {each}" for each in said & told]
    assert not found, "\n".join(found)


def test_the_words_are_the_contents_own() -> None:
    listed = yaml.safe_load((ROOT / "content" / "roles.yml").read_text(encoding="utf-8"))["roles"]
    assert {each["title"] for each in listed} <= names(load())
    assert len(phrases(load())) > len(load().statements)


def test_whatever_is_left_is_there() -> None:
    assert not [name for name in _LEFT if not (ROOT / name).exists()]
