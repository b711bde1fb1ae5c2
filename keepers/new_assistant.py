"""Begins an assistant for another article in a folder of its own, which uses this engine.

Nothing of the engine is copied: the folder has content, and a Makefile that says where the engine
is.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from content.files import write_all
from content.names import plural_of
from keepers.draft_article import quoted
from reading.articles import ArticleError, read_article
from reading.sides import renaming, sides_of
from tools.console import CommandError, guarded
from tools.place import ENGINE

_SKELETON = Path(__file__).parent / "skeleton"
_WORD = re.compile(r"[a-z0-9]+")


class Side(NamedTuple):
    """One of the things that an article compares: its id and what it goes by."""

    id: str
    names: Sequence[str]


class Start(NamedTuple):
    """What an assistant begins with."""

    title: str
    statements: Mapping[str, str]
    sides: Sequence[Side]


def sides_named(name: str) -> list[Side]:
    """The sides that a name tells apart, `plumber-vs-electrician`; none without `-vs-`."""
    return [Side("_".join(_WORD.findall(names[0])), names) for names in sides_of(name)]


def started(path: Path) -> Start:
    """What an article's file of the reader's form tells.

    Raises:
        CommandError: if it is none.
    """
    try:
        article = read_article(path)
    except ArticleError as error:
        raise CommandError(str(error)) from error
    title = article.name.replace("-", " ").strip().capitalize()
    return Start(title, article.statements, sides_named(article.name))


def texts_of(start: Start) -> dict[str, str]:
    """Content files by name."""
    return {
        "content/sources.yml": _filled("sources.yml", title=quoted(start.title)),
        "content/roles.yml": _filled("roles.yml", roles=_roles(start.sides)),
        "content/statements.yml": _filled("statements.yml", statements=_statements(start)),
        "content/topics.yml": _filled("topics.yml"),
    }


def _filled(name: str, **values: str) -> str:
    text = (_SKELETON / name).read_text(encoding="utf-8")
    for key, value in values.items():
        text = text.replace(f"<{key}>", value)
    return text


def _roles(sides: Sequence[Side]) -> str:
    if not sides:
        return "roles: []"
    items = []
    for side in sides:
        title, *others = side.names
        item = f"  - id: {side.id}\n    title: {quoted(title)}\n"
        item += f"    plural: {quoted(plural_of(title))}\n"
        if others:
            item += f"    names: [{', '.join(map(quoted, others))}]\n"
        items.append(item)
    return "roles:\n" + "".join(items).rstrip("\n")


def _statements(start: Start) -> str:
    if not start.statements:
        return "statements: []"
    lines = ["statements:"]
    rename = [renaming([side.names]) for side in start.sides]
    for name, text in start.statements.items():
        lines += [f"  - id: {_id(name)}", f"    text: {quoted(text)}"]
        about = [s.id for s, of in zip(start.sides, rename, strict=True) if of(text) != text]
        lines += [f"    role: {about[0]}"] if len(about) == 1 else []
    return "\n".join(lines)


def _id(name: str) -> str:
    found = "_".join(_WORD.findall(name.lower()))
    return found if found[:1].isalpha() else f"s{found}"


def new_assistant(folder: Path, start: Start) -> list[Path]:
    """Writes the folder's files, all or none; returns them.

    Raises:
        CommandError: if something is there already.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CommandError(f"{folder} is there already, and not empty: name a new folder")
    if folder.resolve() == ENGINE or folder.resolve() in ENGINE.parents:
        raise CommandError(f"{folder} is this repository, or around it: name a new folder")
    texts = texts_of(start)
    texts["Makefile"] = _filled("Makefile", engine=os.path.relpath(ENGINE, folder.resolve()))
    texts["README.md"] = _filled("README.md", title=start.title)
    texts[".gitignore"] = _filled("gitignore")
    texts["tests/conversations.yml"] = _filled("conversations.yml")
    write_all({folder / name: text for name, text in texts.items()})
    return [folder / name for name in texts]


def _work(options: argparse.Namespace) -> None:
    if not options.folder.strip():
        raise CommandError("name a new folder: DIR=../my-assistant")
    folder = Path(options.folder)
    title = folder.resolve().name.replace("-", " ").replace("_", " ").capitalize()
    start = started(Path(options.statements)) if options.statements else Start(title, {}, ())
    new_assistant(folder, start)
    print(f"Begun in {folder}, with {len(start.statements)} statements. Now:")
    print(f"  cd {folder}")
    print("  make chat     # talk to it")
    print("  make serve    # the same in the web chat")
    print("What it knows stands in content/statements.yml; 'make check-content' looks it over.")


def main() -> int:
    """Command line: `python -m keepers.new_assistant FOLDER [--statements FILE]`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder")
    parser.add_argument("--statements", help="a JSON file with `name` and `statements` by id")
    options = parser.parse_args()
    return guarded(lambda: _work(options))


if __name__ == "__main__":
    sys.exit(main())
