"""What has been read of the content files while they load, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from content.schema import KINDS, Article
from content.yaml_lines import Document


class Fault(NamedTuple):
    """Something wrong in a content file: where, at which key, and what."""

    file: str
    line: int
    key: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.key}: {self.message}"


@dataclass
class Draft:
    """What has been read so far, and what is wrong with it."""

    faults: list[Fault] = field(default_factory=list)
    articles: list[tuple[Article, str, int]] = field(default_factory=list)
    blocks: set[str] = field(default_factory=set)
    unread: bool = False
    is_base: bool = False  # whether the file that is read has prompts for want of others
    is_last: bool = False  # whether it is the engine's own, so that no prompt may be missing then
    named: set[str] = field(default_factory=set)  # prompts, faulty ones too
    variants: dict[str, tuple[str, ...]] = field(default_factory=dict)
    items: dict[str, dict[str, Any]] = field(default_factory=lambda: {kind: {} for kind in KINDS})
    # Ids of faulty items too, so that one fault does not drag "no such id" faults behind it.
    ids: dict[str, set[str]] = field(default_factory=lambda: {kind: set() for kind in KINDS})
    places: dict[tuple[str, str], tuple[str, Document, tuple[Any, ...]]] = field(
        default_factory=dict
    )

    def fault(self, kind: str, item_id: str, path: tuple[Any, ...], message: str) -> None:
        """Notes what is wrong at a path of an item that could be read."""
        file, document, base = self.places[kind, item_id]
        key = ".".join(map(str, (item_id, *path)))
        self.faults.append(Fault(file, document.line((*base, *path)), key, message))
