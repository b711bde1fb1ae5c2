"""Questions about the sources that the article itself cites: their titles, dates and links."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from actions.evidence import EVIDENCE, asks_who_is_cited
from actions.questions import is_yes_no
from actions.sources import named_references
from actions.sourcing import of_role, spoken_of
from actions.telling import SOURCE, source_message
from actions.turn import PROMPT, Message, Reply, Turn
from actions.wording import has_phrase, stems, words_of
from content.loader import Content
from content.schema import Reference

_DETAILS = frozenset(
    "title titled called name date dated year years when old link links url urls address "
    "website cited cites cite referenced claim statement statements".split()
)
_ON_ITSELF = frozenset("about link links url address website".split())
_OLDEST = frozenset("oldest earliest".split())
_NEWEST = frozenset("newest latest recent".split())
_WHICH = re.compile(r"\bwhich (?:one|source|of (?:them|these|those|the \w+))\b")
_FROM = frozenset("from by based behind".split())
_IT = frozenset("it that this published written".split())
_SHORT = 7  # words of a message that speaks of what was cited just before


def answer_on_references(turn: Turn) -> Reply | None:
    """What there is to say of the references that a message names or, asking a detail, means."""
    named = named_references(turn.content, turn.words)
    if is_yes_no(turn.words) and not (named and _ON_ITSELF & set(turn.words)):
        return _is_backed(turn)
    asks_when = turn.manner == SOURCE and "when" in turn.words and bool(_IT & set(turn.words))
    asks_detail = asks_when or bool(_DETAILS & set(turn.words))
    if turn.intent in turn.content.gaps and named and not asks_detail:
        return None
    if not named:
        meant = _meant(turn) if asks_detail else _backing(turn, _asks_which(turn))
        picked = _picked(turn)
        named = [each for each in picked if each in meant] or picked or meant
    if not named:
        return None
    prompt = "reference" if len(named) == 1 else "reference_item"
    text = "\n".join(_card(turn.content, each, prompt) for each in named)
    return Reply(replace(turn.thread, manner=SOURCE), [Message(text, PROMPT)])


def _is_backed(turn: Turn) -> Reply | None:
    """Yes or no to "is that from Rice too?", on what the message names, was cited or told last."""
    named = named_references(turn.content, turn.words)
    if len(named) != 1 or not _FROM & set(turn.words):
        return None
    subject = spoken_of(replace(turn, words=_without_names(turn, named[0])))
    if subject is None and turn.manner == SOURCE and turn.thread.cited:
        return _say_whether(turn, named[0], turn.thread.cited)
    subject = subject or turn.thread.subject
    if subject is None or subject.topic in turn.content.gaps:
        return None
    source = turn.content.reply(*subject).source.reference
    if source is not None:
        return _say_whether(turn, named[0], [source])
    message = source_message(turn, subject)
    said = turn.content.prompts["say_no"].format(answer=_lowered(message.text))
    return Reply(replace(turn.thread, manner=SOURCE), [replace(message, text=said)])


def _say_whether(turn: Turn, named: Reference, cited: Sequence[str]) -> Reply:
    """Yes or no, and the references that are cited."""
    prompt = "say_yes" if named.id in cited else "say_no"
    cards = [_card(turn.content, turn.content.references[each], "reference") for each in cited]
    first = cards[0] if named.id in cited else _lowered(cards[0])
    text = turn.content.prompts[prompt].format(answer="\n".join([first, *cards[1:]]))
    return Reply(replace(turn.thread, manner=SOURCE), [Message(text, PROMPT)])


def _lowered(text: str) -> str:
    return text[0].lower() + text[1:]


def _without_names(turn: Turn, reference: Reference) -> list[str]:
    names = {word for name in reference.names for word in words_of(name)}
    return [word for word in turn.words if word not in names]


def _picked(turn: Turn) -> list[Reference]:
    """The references that a message picks by age or kind, where it can only mean references."""
    heard = stems(turn.words)
    asks_cited = asks_who_is_cited(turn.words)
    entry = turn.content.entries.get(turn.intent)
    title = words_of(entry.title) if entry else []
    is_on_sources = asks_cited or bool(EVIDENCE & {*heard, *stems(title)})
    references = list(turn.content.references.values())
    by_age = sorted((each.date, index) for index, each in enumerate(references) if each.date)
    for ages, place in ((_OLDEST, 0), (_NEWEST, -1)):
        if by_age and ages & set(turn.words) and (is_on_sources or turn.thread.cited):
            return [references[by_age[place][1]]]
    is_gap = turn.intent in turn.content.gaps
    if not (asks_cited or ((is_on_sources or turn.thread.cited) and not is_gap)):
        return []
    return [each for each in references if any(has_phrase(heard, kind) for kind in each.kinds)]


def _meant(turn: Turn) -> list[Reference]:
    """The references that a message which asks a detail means though it names none."""
    cited = turn.thread.cited if len(turn.words) <= _SHORT else []
    is_asked = asks_who_is_cited(turn.words) or _asks_which(turn)
    return _backing(turn, is_asked) or [turn.content.references[each] for each in cited]


def _asks_which(turn: Turn) -> bool:
    """Whether a message asks which of the references told last: "which one is on robots?"."""
    is_on_sources = len(turn.thread.cited) > 1 or turn.manner == SOURCE
    return is_on_sources and bool(_WHICH.search(" ".join(turn.words)))


def _backing(turn: Turn, is_asked: bool) -> list[Reference]:
    """The reference behind the subject that a message names, if it asks for one."""
    subject = (spoken_of(turn) or of_role(turn)) if is_asked else None
    if subject is None or subject.topic in turn.content.gaps:
        return []
    cited = turn.content.reply(*subject).source.reference
    return [] if cited is None else [turn.content.references[cited]]


def with_cited(turn: Turn, reply: Reply) -> Reply:
    """The reply with a thread that knows which references it names, of those asked about."""
    words = [word for each in reply.messages for word in words_of(each.text)]
    cited = [str(each.id) for each in named_references(turn.content, words)]
    asked = [
        str(each.id) for each in named_references(turn.content, turn.words) if each.id in cited
    ]
    return replace(reply, thread=replace(reply.thread, cited=asked or cited))


def _card(content: Content, reference: Reference, prompt: str) -> str:
    values = {
        "author": reference.author,
        "reference": reference.title,
        "cited": reference.published,
        "address": reference.address,
        "cited_for": reference.cited_for,
    }
    return content.prompts[prompt].format(**values)
