"""What was asked and told in a period, counted: all that summary and page tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import Engine

from content.loader import Content, load
from keepers.figures import UNKNOWN, UNNAMED, Figures, count
from keepers.judgements import GRADES, JUDGED, Judgements
from keepers.masking import Masker
from keepers.model_names import model_names
from keepers.repeats import Pair, Repeats, asked_again
from keepers.signs import LAST, LOW, MARGIN, NOTHING, REFUSED, UNSURE, WHY, WRONG
from keepers.store import Period, read_events
from keepers.turns import VERDICTS, TurnReader
from keepers.wording import known_words
from reading.encoder import packaged_encoder
from tools.console import CommandError, Progress, percent

_OF_FIGURES = (UNSURE, REFUSED, NOTHING, MARGIN, LOW)


@dataclass(frozen=True)
class Report:
    """Everything that summary and page tell.

    Attributes:
        period: the days in question, as words.
        content: to name topics by their titles.
        figures: the counts.
        again: pairs of questions asked again in other words, the most alike first.
        masker: masks what visitors wrote.
        models: a readable name for model ids.
        unreadable: how many events of the store are no valid JSON.
        judged: what keepers judged of replies, of all days.
    """

    period: str
    content: Content
    figures: Figures
    again: Sequence[Pair]
    masker: Masker
    models: dict[str, str]
    unreadable: int
    judged: Judgements

    def title(self, key: str) -> str:
        """How people read the key of an answer: its title, and the role it is told of."""
        if key == UNKNOWN:
            return "(no answer before it)"
        if key == UNNAMED:
            return "(no gap of its own)"
        topic_id, _, role = key.partition("/")
        topic = self.content.topic(topic_id)
        title = str(topic.title) if topic else topic_id
        named = self.content.roles.get(role)
        return f"{title} ({named.plural if named else role})" if role else title

    def version(self, content: str, model: str) -> str:
        """A content version and a model, by names as short as can be."""
        return f"{content or '?'} / {self.models.get(model, model[:12]) or '?'}"

    def shown(self, text: str) -> str:
        """What a visitor wrote, masked, and what in it still looks personal."""
        masked = self.masker.mask(text)
        doubts = self.masker.doubts(masked)
        return f"{masked} [personal? {', '.join(doubts)}]" if doubts else masked

    @property
    def again_share(self) -> float:
        """Estimated number of repetitions, where only a sample of the pairs was compared."""
        repeats = self.figures.repeats
        return len(self.again) * repeats.seen / len(repeats.pairs) if repeats.pairs else 0.0


def make_report(engine: Engine, period: Period, judged: Path = JUDGED) -> Report:
    """Reads the store and counts.

    Raises:
        CommandError: if the store cannot be read, or has no turn in the period.
    """
    content = load()
    reader = TurnReader(content, period)
    events = read_events(engine, period, Progress("Reading conversations"))
    figures = count(reader.read(events), Repeats())
    if not figures.turns:
        raise CommandError(f"there are no conversations to report on ({period})")
    pairs = figures.repeats.pairs
    again = asked_again(pairs, packaged_encoder(), Progress("Comparing")) if pairs else []
    return Report(
        str(period),
        content,
        figures,
        again,
        Masker(known_words()),
        model_names(),
        reader.unreadable,
        Judgements(judged),
    )


def verdicts(report: Report) -> list[tuple[str, int]]:
    """How many messages had which verdict, as people read it."""
    counts = report.figures.verdicts
    return [(name.replace("_", " "), counts[name]) for name in VERDICTS]


def signs(report: Report) -> list[tuple[str, str, str]]:
    """Signs of wrong replies, how often, and their share of what was asked."""
    figures = report.figures
    counted = [(WHY[name], figures.signs[name]) for name in (*_OF_FIGURES, WRONG)]
    counted.append((WHY[LAST], figures.left_after))
    return [(why, f"{number:,}", percent(number, figures.questions)) for why, number in counted]


def judged_tables(report: Report) -> list[tuple[str, list[tuple[str, ...]]]]:
    """What keepers judged, by month of the question and by what spoke; none before they did."""
    judged = report.judged
    if not len(judged):
        return []
    versions = {report.version(*key): counts for key, counts in judged.by_version().items()}
    counted = judged.reasons().most_common()
    reasons: list[tuple[str, ...]] = [(name, str(number)) for name, number in counted]
    return [
        ("Judged, by month", _graded(judged.by_month())),
        ("Judged, by content / model", _graded(versions)),
        ("Judged not right, because of", reasons),
    ]


def _graded(counts: Mapping[str, Counter[str]]) -> list[tuple[str, ...]]:
    return [
        (name, str(grades.total()), *(percent(grades[each], grades.total()) for each in GRADES))
        for name, grades in counts.items()
    ]
