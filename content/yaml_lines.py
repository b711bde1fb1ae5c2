"""Reads YAML and remembers on which line each value stands."""

from __future__ import annotations

from typing import Any

import yaml

Path_ = tuple[Any, ...]


class Document:
    """A parsed YAML file.

    Attributes:
        value: plain Python data.
        duplicates: key paths that occur twice in one mapping, each with its line.
    """

    def __init__(self, text: str) -> None:
        self._lines: dict[Path_, int] = {}
        self.duplicates: list[tuple[Path_, int]] = []
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        self.value: Any = None
        if node is not None:
            self.value = yaml.safe_load(text)
            self._walk(node, ())

    def line(self, path: Path_) -> int:
        """Line, from 1, of the value at a path or of the nearest thing around it."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)

    def _walk(self, node: yaml.Node, path: Path_) -> None:
        self._lines.setdefault(path, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            seen = set()
            for key, value in node.value:
                below = (*path, key.value)
                line = key.start_mark.line + 1
                if key.value in seen:
                    self.duplicates.append((below, line))
                seen.add(key.value)
                self._lines[below] = line
                self._walk(value, below)
        elif isinstance(node, yaml.SequenceNode):
            for index, value in enumerate(node.value):
                self._walk(value, (*path, index))
