"""Reads YAML and remembers on which line each value stands."""

from __future__ import annotations

from typing import Any

import yaml

# The one in C, where there is one, takes a tenth of the time.
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Path_ = tuple[Any, ...]


class _Loader(_Base):
    """Says where a value stands that looks like a day or a number and is none: "2025-02-30"."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        try:
            return super().construct_object(node, deep)
        except (ValueError, TypeError, LookupError, AttributeError, OverflowError) as error:
            raise yaml.constructor.ConstructorError(
                problem="cannot be read as the value that it looks like: put a text in quotes",
                problem_mark=node.start_mark,
            ) from error


def line_of(error: UnicodeDecodeError) -> int:
    """The line, from 1, of the byte at which a file stops being UTF-8."""
    return error.object.count(b"\n", 0, error.start) + 1


class Document:
    """A parsed YAML file.

    Attributes:
        value: plain Python data.
        duplicates: key paths that occur twice in one mapping, each with its line.

    Raises:
        yaml.YAMLError: if the text is not YAML, or a value in it contains itself.
    """

    def __init__(self, text: str) -> None:
        self._lines: dict[Path_, int] = {}
        self.duplicates: list[tuple[Path_, int]] = []
        self.value: Any = None
        try:
            node = yaml.compose(text, Loader=_Loader)
            if node is not None:
                self._walk(node, (), ())
                self.value = yaml.load(text, Loader=_Loader)  # noqa: S506  safe in either language
        except RecursionError as error:
            raise yaml.composer.ComposerError(problem="nested too deeply") from error

    def line(self, path: Path_) -> int:
        """Line, from 1, of the value at a path or of the nearest thing around it."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)

    def _walk(self, node: yaml.Node, path: Path_, around: tuple[yaml.Node, ...]) -> None:
        if any(node is each for each in around):
            raise yaml.composer.ComposerError(
                problem="a value contains itself", problem_mark=node.start_mark
            )
        around = (*around, node)
        self._lines.setdefault(path, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            seen = set()
            for key, value in node.value:
                if not isinstance(key, yaml.ScalarNode):
                    raise yaml.composer.ComposerError(
                        problem="a key must be a name", problem_mark=key.start_mark
                    )
                below = (*path, key.value)
                line = key.start_mark.line + 1
                if key.value in seen:
                    self.duplicates.append((below, line))
                seen.add(key.value)
                self._lines[below] = line
                self._walk(value, below, around)
        elif isinstance(node, yaml.SequenceNode):
            for index, value in enumerate(node.value):
                self._walk(value, (*path, index), around)
