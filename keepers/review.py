"""Goes through what was perhaps answered wrongly: judge the replies, mend, make training data.

The queue has the likeliest wrong first, and at every tenth place a question of a random sample.
"""

from __future__ import annotations

import argparse
import sys
from functools import lru_cache
from pathlib import Path

from sqlalchemy.engine import Engine

from content.loader import Content, load
from keepers import by_groups, walk
from keepers.assigning import Assigner
from keepers.copies import Copies
from keepers.decisions import STATE, Decisions, alone
from keepers.figures import Question, count, most_asked
from keepers.judgements import JUDGED, Judgements
from keepers.masking import Masker
from keepers.nlu_files import read_examples
from keepers.repeats import Repeats
from keepers.signs import SIGNS, WHY
from keepers.store import Period, add_options, opened, read_events
from keepers.suspects import Watch, queue, read_signs
from keepers.transcript import read_conversation
from keepers.turns import TurnReader
from keepers.wording import known_words
from reading.encoder import packaged_encoder
from tools.console import Progress, guarded, table, wrapped
from tools.train import model_of

_MOST_QUESTIONS = 2_000
_MOST_ENTRIES = 200


def watched(engine: Engine, period: Period, content: Content) -> Watch:
    """All questions of a store with their signs."""
    events = read_events(engine, period, Progress("Reading conversations"))
    watch = Watch().watch(TurnReader(content, period).read(events))
    watch.mark_repeats(packaged_encoder(), Progress("Comparing"))
    return watch


def unanswered(engine: Engine, period: Period, content: Content) -> list[Question]:
    """Unsure and unanswered questions of a store, the most asked first."""
    events = read_events(engine, period, Progress("Reading conversations"))
    figures = count(TurnReader(content, period).read(events), Repeats(most=0))
    return most_asked({**figures.unanswered, **figures.unsure}, _MOST_QUESTIONS)


def signs_table(watch: Watch) -> str:
    """How many questions have each sign."""
    rows = [
        (f"{name}: {WHY[name]}", sum(name in each.signs for each in watch.suspects))
        for name in SIGNS
    ]
    return table((f"{len(watch.suspects):,} questions, by sign (ONLY=sign)", "times"), rows)


def next_steps(content: Content, added: int, begun: list[str]) -> str:
    """What a keeper does next, named."""
    steps = [f"fill in content/{name}.yml" for name in begun]
    if begun:
        steps.append("'make validate'")
    if added or begun:
        steps += ["'make train'", "'make restart' for an assistant that runs"]
    elif not model_of(content).exists():
        steps.append("'make train': something changed since the last training")
    return f"Next: {', then '.join(steps)}." if steps else ""


def _walk(
    options: argparse.Namespace, content: Content, masker: Masker, judged: Judgements
) -> None:
    engine, period = opened(options)
    watch = watched(engine, period, content)
    decisions = Decisions(options.state)
    suspects = queue(watch.suspects, read_signs(options.only or ""))
    listed = walk.entries(suspects, masker, judged, decisions)
    print(signs_table(watch))
    if options.list:
        for number, each in enumerate(listed, 1):
            signs = ",".join(each.suspect.signs)
            print(
                wrapped(f"{each.suspect.doubt:.2f} {signs}: {each.text}", " " * 6, f"{number:>4}  ")
            )
        return
    if not listed:
        print("Nothing to review: all of it was judged or decided on.")
        return
    listed = listed[:_MOST_ENTRIES]
    vectors = packaged_encoder().encode_batch([each.suspect.turn.plain for each in listed])
    walk.bring_together(listed, vectors)
    assigner = Assigner(Copies(read_examples()), decisions, masker)
    read = lru_cache(maxsize=64)(lambda sender: read_conversation(engine, sender))
    going = walk.Walk(content, masker, judged, assigner, read)
    with alone():
        try:
            going.go(listed)
        finally:
            print(f"\n{going.done} judged, {len(judged)} in all; {assigner.added} examples added.")
            _say(next_steps(content, assigner.added, going.begun))


def _groups(options: argparse.Namespace, content: Content, masker: Masker) -> None:
    decisions = Decisions(options.state)
    questions = unanswered(*opened(options), content)
    assigner = Assigner(Copies(read_examples()), decisions, masker)
    with alone():
        try:
            by_groups.review_groups(questions, content, masker, decisions, assigner)
        finally:
            print(f"\n{assigner.added} examples added; {len(decisions)} decisions in all.")
            _say(next_steps(content, assigner.added, []))


def _say(text: str) -> None:
    if text:
        print(wrapped(text, "  "))


def _work(options: argparse.Namespace) -> None:
    content, masker = load(), Masker(known_words())
    if options.groups:
        _groups(options, content, masker)
    else:
        _walk(options, content, masker, Judgements(options.judged))


def main() -> int:
    """Command line: `python -m keepers.review`; see `--help`."""
    parser = argparse.ArgumentParser(
        description=f"{__doc__}\n{walk.__doc__}\nWith --groups: {by_groups.__doc__}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_options(parser)
    parser.add_argument("--state", type=Path, default=STATE, help=f"what was decided ({STATE})")
    parser.add_argument("--judged", type=Path, default=JUDGED, help=f"what was judged ({JUDGED})")
    parser.add_argument("--only", metavar="SIGNS", help=f"some of {', '.join(SIGNS)}")
    parser.add_argument("--list", action="store_true", help="list the queue and ask nothing")
    parser.add_argument("--groups", action="store_true", help="what was not answered, by meaning")
    options = parser.parse_args()
    return guarded(lambda: _work(options))


if __name__ == "__main__":
    sys.exit(main())
