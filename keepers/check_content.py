"""Looks the content over: what an editor had better change, though it loads.

The reader is asked each statement as a visitor would claim it: one that another statement settles
as well as it settles itself will be mixed up with it.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from content.loader import Content, load
from keepers.article_text import Sentence
from keepers.coverage import untold, without_an_answer
from tools.console import Progress, guarded, wrapped

if TYPE_CHECKING:
    from reading.reader import StatementReader

_ALIKE = 0.8  # cosine from which two statements that confirm each other say the same
_LONG = 24  # words from which a statement had better be two
_LEAD = 0.05  # by which a statement has to be confirmed more than any other one by its own words


class Advice(NamedTuple):
    """What could be better: of which statement or topic, and why."""

    about: str
    why: str


def of_texts(content: Content) -> Iterator[Advice]:
    """Statements that lean on another sentence, or hold more than one fact."""
    for each in content.statements.values():
        words = re.findall(r"[\w'-]+", each.text)
        if Sentence(each.text).leans:
            yield Advice(each.id, f"does not stand by itself: '{words[0]}' points to what?")
        if len(words) > _LONG or ";" in each.text:
            yield Advice(each.id, f"has {len(words)} words: are these two facts?")


def of_topics(content: Content) -> Iterator[Advice]:
    """Statements that nothing leads to, where there are topics; and topics that tell little."""
    if not content.topics:
        yield Advice("topics.yml", "no topics: nothing is offered on buttons")
        return
    for name in untold(content):
        if not content.statements[name].open:
            yield Advice(name, "no topic tells it: only a question for just that finds it")
    for topic in without_an_answer(content):
        yield Advice(topic, "tells only what the article leaves out: rather a gap")


def of_reading(content: Content, reader: StatementReader) -> Iterator[Advice]:
    """Statements that say the same, and statements that the reader mixes up with another one."""
    from reading.candidates import Heard

    texts = {name: each.text for name, each in content.statements.items()}
    if not texts:
        return
    shelf = reader.shelf(texts, [role.all_names for role in content.roles.values()])
    alike = shelf.vectors @ shelf.vectors.T
    progress, done = Progress("Asking each statement"), set()
    for place, (name, text) in enumerate(texts.items()):
        progress.at(place, len(texts))
        judged = {each.id: each for each in reader.read(Heard(text), shelf).judged}
        own = judged.pop(name, None)
        best = max(judged.values(), key=lambda each: each.confirms, default=None)
        if own is None:
            yield Advice(name, "the reader does not find it by its own words: word it plainly")
        elif best is not None and best.confirms >= own.confirms - _LEAD and name not in done:
            done |= {name, best.id}  # said once, of the two
            is_same = alike[place, shelf.ids.index(best.id)] >= _ALIKE
            same = f"says the same as '{best.id}', or nearly: is one of them enough?"
            mixed = f"the reader mixes it up with '{best.id}': say in both what sets them apart"
            yield Advice(name, same if is_same else mixed)
    progress.end()


def advice(content: Content, reader: StatementReader) -> list[Advice]:
    """All of it."""
    return [*of_texts(content), *of_topics(content), *of_reading(content, reader)]


def _work(_: argparse.Namespace) -> None:
    from reading.encoder import packaged_encoder
    from reading.reader import StatementReader

    content = load()
    found = advice(content, StatementReader(packaged_encoder()))
    for each in found:
        print(wrapped(f"{each.about}: {each.why}", "    ", ""))
    number = len(content.statements)
    print(f"{number} statements, no faults, {len(found)} things that could be better.")


def main() -> int:
    """Command line: `python -m keepers.check_content`; faults end it, advice does not."""
    options = argparse.ArgumentParser(description=__doc__).parse_args()
    return guarded(lambda: _work(options))


if __name__ == "__main__":
    sys.exit(main())
