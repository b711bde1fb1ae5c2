"""Goes through the questions that were not answered, group by group, and makes examples of them.

2        all wordings of the group are examples of topic 2 of those listed
2 a c    only the wordings a and c are
demand   of the topic with that id, listed or not
n        noise: never show these again (n b: only b)
s        skip the group; it comes again next time
q        quit
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from string import ascii_lowercase

from content.loader import Content, load
from keepers.copies import Copies
from keepers.decisions import HELD_OUT, KNOWN, NOISE, STATE, Decisions, alone
from keepers.figures import Question, count, most_asked
from keepers.groups import grouped, nearest_topics
from keepers.masking import Masker
from keepers.nlu_files import Example, add_examples, home_of, read_examples, unwritable
from keepers.repeats import Repeats
from keepers.store import Period, open_store, read_events, read_store_config
from keepers.turns import TurnReader
from keepers.wording import Vectors, known_words, make_normaliser
from nlu.text import words
from reading.encoder import SentenceEncoder
from tools.console import Progress, guarded, wrapped
from tools.place import file_of

_MOST_QUESTIONS = 2_000
_MOST_SHOWN = len(ascii_lowercase)
_TOPICS = 5
_QUIT, _SKIP, _NOISE, _HELP = "q", "s", "n", "?"
_MASKED = re.compile(r"<(e-mail|number|name)>")


@dataclass(frozen=True)
class Wording:
    """A question to decide on: masked, as the model read it, and how often it was asked."""

    text: str
    plain: str
    count: int


@dataclass(frozen=True)
class Group:
    """Wordings that mean the same, and the topics nearest to them."""

    wordings: list[Wording]
    topics: list[tuple[str, float]]


@dataclass(frozen=True)
class Answer:
    """What the keeper typed: a topic's id, noise, skip or quit, and the wordings it is for."""

    decision: str
    chosen: list[Wording]


class Reviewer:
    """Decides with the keeper, and writes down each decision before the next.

    Args:
        content: knows the topics.
        copies: knows what is in the training data and in the hold-out.
        decisions: what was decided before.
    """

    def __init__(self, content: Content, copies: Copies, decisions: Decisions) -> None:
        self._content = content
        self._copies = copies
        self._decisions = decisions
        self.added = 0

    def review(self, groups: Sequence[Group]) -> None:
        """Goes through the groups until they or the keeper's answers end."""
        for number, group in enumerate(groups, 1):
            left = group.wordings[:_MOST_SHOWN]
            while left:
                self._show(f"{number} of {len(groups)}", left, group.topics)
                answer = self._ask(left, group.topics)
                if answer.decision == _QUIT:
                    return
                if answer.decision == _SKIP:
                    break
                self._decide(answer)
                left = [wording for wording in left if wording not in answer.chosen]

    def _show(
        self, heading: str, left: Sequence[Wording], topics: Sequence[tuple[str, float]]
    ) -> None:
        print(f"\nGroup {heading}, asked {sum(each.count for each in left)} times")
        for letter, each in zip(ascii_lowercase, left, strict=False):
            print(wrapped(f"{letter}  {each.count:>3} x {each.text}", " " * 9, "  "))
        for place, (name, similarity) in enumerate(topics, 1):
            topic = self._content.topic(name)
            print(wrapped(f"{place}  {name} ({topic.title if topic else '-'}) {similarity:.2f}"))

    def _ask(self, left: Sequence[Wording], topics: Sequence[tuple[str, float]]) -> Answer:
        while True:
            try:
                typed = input("topic, n, s, q or ? > ").lower().split()
            except EOFError:
                print()
                return Answer(_QUIT, [])
            answer = self._read(typed, left, topics) if typed else None
            if answer is not None:
                return answer
            print(str(__doc__).partition("\n\n")[2].rstrip())

    def _read(
        self, typed: list[str], left: Sequence[Wording], topics: Sequence[tuple[str, float]]
    ) -> Answer | None:
        what, letters = typed[0], "".join(typed[1:])
        places = [ascii_lowercase.find(letter) for letter in dict.fromkeys(letters)]
        if any(not 0 <= place < len(left) for place in places):
            return None
        chosen = [left[place] for place in places] or list(left)
        if what in (_QUIT, _SKIP, _NOISE):
            return Answer(what, chosen)
        if what.isdigit() and 0 < int(what) <= len(topics):
            return Answer(topics[int(what) - 1][0], chosen)
        if self._content.topic(what):
            return Answer(what, chosen)
        if what != _HELP:
            print(f"There is no topic {what!r}.")
        return None

    def _decide(self, answer: Answer) -> None:
        if answer.decision == _NOISE:
            self._decisions.keep({each.text: NOISE for each in answer.chosen})
            return
        topic, decided, new = answer.decision, {}, []
        path = home_of(topic)
        for wording in answer.chosen:
            decision = self._judge(wording.text, topic)
            decided[wording.text] = decision
            if decision == topic:
                new.append(wording.text)
                self._copies.learn(Example(wording.text, topic, path))
        # The examples first: ended in between, the next review finds them there and goes on.
        if new:
            add_examples(path, topic, new)
            self.added += len(new)
            print(wrapped(f"{len(new)} added to {path}", "  ", "  "))
        self._decisions.keep(decided)

    def _judge(self, text: str, topic: str) -> str:
        """The topic if a wording can be its example, else why it is not made one."""
        known = self._copies.in_training(text)
        if known is not None:
            _refuse(text, f"{known.intent} has it already: {known.text}")
            return KNOWN
        if self._copies.in_holdout(text):
            _refuse(text, "it is too near to a question of the hold-out")
            return HELD_OUT
        reason = "personal data is masked in it" if _MASKED.search(text) else unwritable(text)
        if reason:
            _refuse(text, f"{reason}; word it anew by hand")
            return NOISE
        return topic


def _refuse(text: str, reason: str) -> None:
    print(wrapped(f"not added: {text} ({reason})", "    ", "  "))


def wordings_to_decide(
    questions: Sequence[Question], masker: Masker, decisions: Decisions
) -> list[Wording]:
    """Questions that nothing was decided on yet, masked, the most asked first."""
    found: dict[str, Wording] = {}
    for question in questions:
        text = masker.mask(question.text)
        if words(text) and text not in decisions:
            before = found.get(text)
            number = question.count + (before.count if before else 0)
            found[text] = Wording(text, question.plain, number)
    return list(found.values())


def make_groups(wordings: Sequence[Wording], examples: Sequence[Example]) -> list[Group]:
    """The wordings grouped by meaning, with the topics nearest to each group."""
    encoder = SentenceEncoder()
    normaliser = make_normaliser(examples)
    plain = [normaliser.normalise(example.text).text for example in examples]
    known = Vectors(encoder).of(plain, Progress("Reading the training data"))
    vectors = encoder.encode_batch([wording.plain for wording in wordings])
    intents = [example.intent for example in examples]
    return [
        Group(
            [wordings[index] for index in group],
            nearest_topics(vectors[group], known, intents, _TOPICS),
        )
        for group in grouped(vectors, [wording.count for wording in wordings])
    ]


def read_questions(endpoints: Path, period: Period, content: Content) -> list[Question]:
    """Unsure and unanswered questions of the store, the most asked first."""
    engine = open_store(read_store_config(endpoints))
    reader = TurnReader(content, period)
    events = read_events(engine, period, Progress("Reading conversations"))
    figures = count(reader.read(events), Repeats(most=0))
    return most_asked({**figures.unanswered, **figures.unsure}, _MOST_QUESTIONS)


def _work(options: argparse.Namespace) -> None:
    content, decisions = load(), Decisions(options.state)
    period = Period.read(options.first, options.last)
    questions = read_questions(options.endpoints, period, content)
    wordings = wordings_to_decide(questions, Masker(known_words()), decisions)
    if not wordings:
        print("Nothing to review: every question was answered or decided on.")
        return
    examples = [each for each in read_examples() if content.topic(each.intent)]
    print(f"{len(wordings)} questions that were not answered; ? tells what to type.")
    reviewer = Reviewer(content, Copies(read_examples()), decisions)
    with alone():
        try:
            reviewer.review(make_groups(wordings, examples))
        finally:
            print(f"\n{reviewer.added} examples added; {len(decisions)} decisions in all.")


def main() -> int:
    """Command line: `python -m keepers.review`; see `--help`."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--endpoints", type=Path, default=file_of("endpoints.yml"))
    parser.add_argument("--from", dest="first", metavar="DAY", help="first day, 2025-11-01")
    parser.add_argument("--to", dest="last", metavar="DAY", help="last day, 2025-11-30")
    parser.add_argument("--state", type=Path, default=STATE, help=f"what was decided ({STATE})")
    options = parser.parse_args()
    return guarded(lambda: _work(options))


if __name__ == "__main__":
    sys.exit(main())
