"""Which replies to what visitors asked would change with edited content, before it is put in place.

The conversations of the store are held twice more in this process, with the content as it is and
with the edited one; what differs is shown, masked. Nothing is written.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.engine import Engine

from content.live import live_content
from content.loader import Content, content_folder, load
from keepers.masking import Masker
from keepers.model_names import newest_model
from keepers.store import Period, add_options, opened, read_events
from keepers.turns import ANSWER, CLARIFY, GAP, PROMPT, TurnReader
from keepers.wording import known_words
from tools.console import CommandError, Progress, guarded, wrapped

if TYPE_CHECKING:
    from keepers.assistant import Assistant, Exchange

_MOST = 200
# Small talk is said in several ways by chance.
_KINDS = (ANSWER, GAP, CLARIFY, PROMPT)


@dataclass(frozen=True)
class Difference:
    """A message whose reply would be another one."""

    text: str
    before: str
    after: str


def talks_of(engine: Engine, period: Period, content: Content, most: int) -> list[list[str]]:
    """The messages of the latest conversations, each the same as another one left out."""
    events = read_events(engine, period, Progress("Reading conversations"))
    talks: dict[int, list[str]] = {}
    for turn in TurnReader(content, period).read(events):
        if not turn.is_thumb:
            talks.setdefault(turn.conversation, []).append(turn.text)
    different = {tuple(talks[number]): talks[number] for number in sorted(talks)}
    return list(different.values())[-most:]


def differences(
    assistant: Assistant, talks: Sequence[Sequence[str]], edited: Path, progress: Progress
) -> Iterator[list[Difference]]:
    """What differs in each conversation."""
    held: list[list[list[Exchange]]] = []
    for folder in (content_folder(), edited):
        live_content().follow(folder)
        held.append([])
        for number, talk in enumerate(talks):
            progress.at(len(held) * len(talks) - len(talks) + number, 2 * len(talks))
            held[-1].append(assistant.talk(talk))
    live_content().follow(content_folder())
    progress.end()
    for before, after in zip(*held, strict=True):
        yield [
            Difference(first.text, _told(first), _told(second))
            for first, second in zip(before, after, strict=True)
            if _told(first) != _told(second)
        ]


def _told(exchange: Exchange) -> str:
    return "\n".join(each["text"] for each in exchange.replies if each["kind"] in _KINDS)


def _show(found: Difference, masker: Masker) -> None:
    print(wrapped(f"> {masker.mask(found.text)}"))
    for mark, reply in (("-", found.before), ("+", found.after)):
        for text in (reply or "(small talk, or nothing)").splitlines():
            print(wrapped(text, "    ", f"  {mark} "))


def _work(options: argparse.Namespace) -> int:
    if options.content is None:
        raise CommandError(
            "copy content/ to a folder, edit it there, and name it: make replay CONTENT=folder"
        )
    content = load()
    load(options.content)  # a fault is told before anything is done
    talks = talks_of(*opened(options), content, options.most)
    model, _ = newest_model(content)
    from keepers.assistant import Assistant

    masker, changed, turns = Masker(known_words()), 0, 0
    progress = Progress("Holding conversations")
    for found in differences(Assistant(model), talks, options.content, progress):
        for each in found:
            _show(each, masker)
        changed += bool(found)
        turns += len(found)
    messages = sum(map(len, talks))
    print(
        f"{turns} of {messages} replies would differ, in {changed} of {len(talks)} conversations."
    )
    return 0


def main() -> int:
    """Command line: `python -m keepers.replay --content FOLDER`; see `--help`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--content", type=Path, help="folder with the edited content")
    add_options(parser)
    parser.add_argument("--most", type=int, default=_MOST, help=f"latest conversations ({_MOST})")
    options = parser.parse_args()
    return guarded(lambda: _work(options))


if __name__ == "__main__":
    sys.exit(main())
