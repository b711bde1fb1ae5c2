"""A copy of the content that a test may break."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from content.loader import DEFAULT_FOLDER, ContentError, Fault, load


class Place(NamedTuple):
    """Where a fault is reported."""

    file: str
    line: int
    key: str


class Breakage(NamedTuple):
    """One thing made wrong, and how that has to be reported.

    Attributes:
        file: the file that is edited.
        after: a text that stands before the place.
        old: the text that is taken out, the first behind `after`.
        new: the text that takes its place.
        key: the key that has to be named.
        message: part of what has to be said.
        at: text on the line that has to be named, behind `after`; `new` by default.
    """

    file: str
    after: str
    old: str
    new: str
    key: str
    message: str
    at: str | None = None


class Folder:
    """A folder of content files.

    Args:
        path: where it is.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir()

    @classmethod
    def copy(cls, path: Path) -> Folder:
        """The real files, copied to `path`."""
        folder = cls(path)
        for file in DEFAULT_FOLDER.glob("*.yml"):
            shutil.copy(file, path)
        return folder

    @classmethod
    def small(cls, path: Path) -> Folder:
        """The real content cut down to one file with a topic of each kind: it loads fast."""
        folder = cls(path)
        folder.add(small_content(), "all.yml")
        return folder

    def edit(self, file: str, old: str, new: str, after: str = "") -> None:
        """Replaces the first `old` behind `after`."""
        text = (self.path / file).read_text(encoding="utf-8")
        start = text.index(old, text.index(after))
        edited = text[:start] + new + text[start + len(old) :]
        (self.path / file).write_text(edited, encoding="utf-8")

    def line(self, file: str, wanted: str, after: str = "") -> int:
        """Line, from 1, of the first `wanted` behind `after`."""
        text = (self.path / file).read_text(encoding="utf-8")
        return text.count("\n", 0, text.index(wanted, text.index(after))) + 1

    def cut(self, file: str, kind: str) -> None:
        """Takes a kind out of a file, and all below it."""
        kinds = yaml.safe_load((self.path / file).read_text(encoding="utf-8"))
        del kinds[kind]
        self.add(yaml.safe_dump(kinds, sort_keys=False, width=1000), file)

    def add(self, text: str, file: str = "extra.yml") -> None:
        """Writes one more file."""
        (self.path / file).write_text(text, encoding="utf-8")

    def break_by(self, breakages: Iterable[Breakage]) -> None:
        """Makes many things wrong."""
        for breakage in breakages:
            self.edit(breakage.file, breakage.old, breakage.new, breakage.after)

    def place(self, breakage: Breakage) -> Place:
        """Where a breakage has to be reported, now that all edits are made."""
        at = breakage.new if breakage.at is None else breakage.at
        return Place(breakage.file, self.line(breakage.file, at, breakage.after), breakage.key)

    def first_topic(self) -> str:
        """Id of the first topic."""
        kinds = yaml.safe_load((self.path / "all.yml").read_text(encoding="utf-8"))
        return str(kinds["topics"][0]["id"])

    def topic_with_statement(self, statement: str, text: str) -> str:
        """A file with a statement, and with a topic on it whose id is taken."""
        kinds = yaml.safe_load((self.path / "all.yml").read_text(encoding="utf-8"))
        first, second = kinds["topics"][:2]
        source = kinds["statements"][0]["source"]
        topic = {"id": first["id"], "title": "Twice", "question": "Which one is it?"}
        topic |= {"statements": [statement], "related": [second["id"]]}
        item = {"id": statement, "text": text, "source": source}
        return yaml.safe_dump({"statements": [item], "topics": [topic]})

    def faults(self) -> list[Fault]:
        """What the loader reports."""
        try:
            load(self.path)
        except ContentError as error:
            return error.faults
        return []


def places(faults: Iterable[Fault]) -> list[Place]:
    """Where faults are reported."""
    return [Place(fault.file, fault.line, fault.key) for fault in faults]


@cache
def small_content() -> str:
    """The real content cut down to a topic of each kind, as the text of one file."""
    kinds: dict[str, Any] = {}
    for file in sorted(DEFAULT_FOLDER.glob("*.yml")):
        for kind, items in yaml.safe_load(file.read_text(encoding="utf-8")).items():
            kinds[kind] = [*kinds.get(kind, []), *items] if isinstance(items, list) else items
    grid = next(each for each in kinds["topics"] if "roles" in each)
    flat = next(each for each in kinds["topics"] if "statements" in each)
    gap = kinds["gaps"][0]
    grid["related"], flat["related"] = [flat["id"]], [grid["id"]]
    gap.update(id="gap_pay", title="Pay", related=[flat["id"]])
    flat["compares"] = [grid["id"]]
    told = {*flat["statements"], *grid.get("shared", []), *chain(*grid["roles"].values())}
    asked = [choice for each in kinds["questions"] for choice in each["choices"]]
    told.update(chain.from_iterable(choice.get("statements", []) for choice in asked))
    statements = [each for each in kinds["statements"] if each["id"] in told]
    # The form's reasons are told by the flat topic, so that none is left over.
    flat["statements"] = [each["id"] for each in statements]
    for each in statements:  # most of what lists name is left out
        each.pop("parts", None)
    kinds.update(topics=[grid, flat], gaps=[gap], statements=statements)
    return yaml.safe_dump(kinds, sort_keys=False, width=1000)
