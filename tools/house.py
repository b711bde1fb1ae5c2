"""The packages as a house: rooms, floors, arrows of imports; drawn for docs/architecture.md.

A room stands one floor above the highest that it imports from. Packages that import each other
share a floor, and the arrow between them is red.
"""

from __future__ import annotations

import argparse
import ast
import sys
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from xml.sax.saxutils import escape

from tools.console import guarded
from tools.place import ENGINE

PICTURE = ENGINE / "docs" / "pictures" / "house.svg"
#: What each room is for, as the picture says it.
PURPOSES: Mapping[str, str] = {
    "reading": "reads a message by statements",
    "content": "what the assistant knows",
    "nlu": "intents, roles, Rasa's pipeline",
    "dialogue": "what is to be done: acts",
    "actions": "carries acts out: the reply",
    "server": "what is changed of Rasa",
    "channels": "the web chat's server side",
    "tools": "what make runs",
    "keepers": "report, review, preview",
    "benchmarks": "what is measured",
}
# Outside the house, marked on a room.
_RASA = {"rasa": "Rasa", "rasa_sdk": "Rasa's SDK"}
_WIDTH, _HEIGHT, _GAP, _FLOOR, _MARGIN = 206, 62, 34, 128, 24


@dataclass(frozen=True)
class House:
    """Which package imports which.

    Attributes:
        knows: for each package the others that it imports, and what of Rasa.
    """

    knows: Mapping[str, Set[str]]

    @classmethod
    def of(cls, root: Path, rooms: Sequence[str] = tuple(PURPOSES)) -> House:
        """The house as the source files in a folder build it."""
        known = {*rooms, *_RASA}
        return cls(
            {
                room: {name for path in (root / room).rglob("*.py") for name in imported(path)}
                & known - {room}
                for room in rooms
            }
        )

    @property
    def circles(self) -> Sequence[tuple[str, str]]:
        """Pairs of packages each of which needs the other, straight or through others."""
        return [
            (one, other)
            for one in self.knows
            for other in self.knows
            if one < other and other in self.below[one] and one in self.below[other]
        ]

    @cached_property
    def floors(self) -> Sequence[Sequence[str]]:
        """The packages by floor, the lowest one first."""
        heights = {room: self._height(room) for room in self.knows}
        return [
            [room for room in self.knows if heights[room] == height]
            for height in sorted(set(heights.values()))
        ]

    def _height(self, room: str) -> int:
        lower = [each for each in self.below[room] if room not in self.below[each]]
        return 1 + max(map(self._height, lower), default=-1)

    @cached_property
    def below(self) -> Mapping[str, Set[str]]:
        """All that a package needs, straight or through others."""
        return {room: set(self._needed(room, set())) for room in self.knows}

    def _needed(self, room: str, seen: set[str]) -> Iterator[str]:
        for each in self.knows[room] & self.knows.keys() - seen:
            seen.add(each)
            yield each
            yield from self._needed(each, seen)


def imported(path: Path) -> Iterator[str]:
    """The outermost packages that a source file imports from, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (each.name.partition(".")[0] for each in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield (node.module or "").partition(".")[0]


def picture(house: House) -> str:
    """The house as SVG."""
    places = _places(house)
    width = max(x for x, _ in places.values()) + _WIDTH + _MARGIN
    height = max(y for _, y in places.values()) + _HEIGHT + _MARGIN
    drawn = [_arrow(house, places, one, other) for one in places for other in _next(house, one)]
    drawn += [_room(house, room, *place) for room, place in places.items()]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" font-family="sans-serif" font-size="13">\n'
        "<title>The packages and which of them imports which</title>\n"
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" '
        'markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8Z" fill="context-stroke"/></marker>'
        "</defs>\n"
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>\n'
        + "\n".join(drawn)
        + "\n</svg>\n"
    )


def _places(house: House) -> Mapping[str, tuple[int, int]]:
    """Where each room's upper left corner is: floors from the ground up, each in the middle."""
    most = max(map(len, house.floors))
    places = {}
    for height, rooms in enumerate(reversed(house.floors)):
        left = _MARGIN + (most - len(rooms)) * (_WIDTH + _GAP) // 2
        for place, room in enumerate(rooms):
            places[room] = (left + place * (_WIDTH + _GAP), _MARGIN + height * _FLOOR)
    return places


def _next(house: House, room: str) -> Sequence[str]:
    """What a package imports, without what it would have through another one that it imports."""
    below = house.below
    known = [each for each in house.knows if each in house.knows[room]]
    ways = [each for each in known if room not in below[each]]
    return [
        each
        for each in known
        if not any(each in below[way] and way not in below[each] for way in ways)
    ]


def _arrow(house: House, places: Mapping[str, tuple[int, int]], one: str, other: str) -> str:
    (left, top), (to_left, to_top) = places[one], places[other]
    is_circle = (min(one, other), max(one, other)) in house.circles
    colour = "#c0392b" if is_circle else "#5b6b73"
    if top == to_top:
        side = _WIDTH if left < to_left else 0
        line = f"M{left + side} {top + _HEIGHT // 2}H{to_left + _WIDTH - side}"
    else:
        # Each arrow leaves a little towards where it goes, so that no two lie on one another.
        lean = max(-_WIDTH // 3, min(_WIDTH // 3, (to_left - left) // 5))
        begin, end = left + _WIDTH // 2 + lean, to_left + _WIDTH // 2 - lean
        line = f"M{begin} {top + _HEIGHT}C{begin} {top + _FLOOR} {end} {to_top - 60} {end} {to_top}"
    return (
        f'<path d="{line}" fill="none" stroke="{colour}" stroke-width="1.5" '
        'marker-end="url(#tip)"/>'
    )


def _room(house: House, room: str, left: int, top: int) -> str:
    rasa = ", ".join(name for key, name in _RASA.items() if key in house.knows[room])
    fill = "#fdf3e3" if rasa else "#eaf4f4"
    lines = (
        (22, room, 'fill="#14252b" font-weight="bold"'),
        (39, PURPOSES[room], 'fill="#14252b"'),
        (55, f"imports {rasa}" if rasa else "", 'fill="#51646b" font-size="11"'),
    )
    texts = "".join(
        f'<text x="{left + 10}" y="{top + below}" {look}>{escape(text)}</text>'
        for below, text, look in lines
        if text
    )
    return (
        f'<rect x="{left}" y="{top}" width="{_WIDTH}" height="{_HEIGHT}" rx="6" '
        f'fill="{fill}" stroke="#8aa0a6"/>{texts}'
    )


def main() -> int:
    """Command line: `python -m tools.house [--root FOLDER] [--out FILE]`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, default=ENGINE, help="folder of the packages")
    parser.add_argument("--out", type=Path, default=PICTURE, help="the SVG file")
    given = parser.parse_args()
    house = House.of(given.root)
    given.out.write_text(picture(house), encoding="utf-8")
    print(f"{given.out}: {len(house.knows)} packages on {len(house.floors)} floors, ", end="")
    print(f"circles: {', '.join(map(' <-> '.join, house.circles)) or 'none'}")
    return 0


if __name__ == "__main__":
    sys.exit(guarded(main))
