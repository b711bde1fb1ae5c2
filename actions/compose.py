"""Statements as text: prose with pronouns, and the other forms that visitors ask for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from actions.reply import Points
from content.loader import Content
from content.names import capital
from content.schema import Statement
from dialogue.understanding import Wanted

MAX_WORDS, MAX_STATEMENTS, MAX_POINTS = 60, 3, 6
_LEADING = 2  # statements of which one may be the list that is wanted


class Told(NamedTuple):
    """A text, ids of its statements, whether it has the form that was wanted, and its list."""

    text: str
    statements: tuple[str, ...]
    is_done: bool = True
    points: Points | None = None


class Source(NamedTuple):
    """What a text is made of: statements to tell, and further ones for a form that needs more."""

    content: Content
    statements: Sequence[Statement]
    further: Sequence[Statement] = ()


def prose(content: Content, statements: Sequence[Statement], most: int = MAX_STATEMENTS) -> Told:
    """The first statements, as many as make an answer: three, and sixty words, at most."""
    chosen: list[Statement] = []
    words = 0
    for each in statements[:most]:
        words += len(each.text.split())
        if chosen and words > MAX_WORDS:
            break
        chosen.append(each)
    return Told(" ".join(_linked(content, chosen)), _ids(chosen))


def _linked(content: Content, statements: Sequence[Statement]) -> list[str]:
    """The sentences; later ones do not say again who they are on, nor what stands before that."""
    pronouns = {role.plural: "They" for role in content.roles.values()}
    pronouns |= {role.field: "It" for role in content.roles.values()}
    pronouns |= {capital(name): pronoun for name, pronoun in pronouns.items()}
    if content.article.publisher:
        pronouns[content.article.publisher] = "It"
    sentences, before = [], ("", "")
    for each in statements:
        opening, subject, rest = _parted(each.text, pronouns)
        text = each.text
        if opening and opening == before[0]:
            text = subject + rest
        elif not opening and subject and before == ("", subject):
            text = pronouns[subject] + rest
        sentences.append(text)
        before = (opening, subject)
    return sentences


def _parted(text: str, subjects: Iterable[str]) -> tuple[str, str, str]:
    """What stands before the first subject in a sentence, the subject, and the rest."""
    found = [(text.find(f"{each} "), each) for each in subjects]
    place, subject = min((one for one in found if one[0] >= 0), default=(0, ""))
    return text[:place], subject, text[place + len(subject) :]


def _ids(statements: Iterable[Statement]) -> tuple[str, ...]:
    return tuple(each.id for each in statements)


# Forms


def shape(source: Source, wanted: Wanted) -> Told:
    """The statements in the form that is wanted; the plain one where that cannot be done."""
    make = _FORMS.get(wanted.form or "")
    if make is None:
        return prose(source.content, source.statements)._replace(is_done=False)
    return make(source, wanted)


def _list_of(statements: Sequence[Statement], count: int | None) -> Statement | None:
    """The statement whose parts are the list that is wanted: one that leads, or has so many."""
    for place, each in enumerate(statements):
        size = len(each.parts)
        if size and (size == count or (place < _LEADING and (count is None or count < size))):
            return each
    return None


def _points(source: Source, wanted: Wanted) -> list[tuple[str, tuple[str, ...]]]:
    """Points of a list, each with ids of its statements.

    They are the parts of a statement that has some, with what is told of each; else its steps or
    items; else a statement each, without those that only announce parts.
    """
    found = _list_of(source.statements, wanted.points)
    if found is not None:
        pairs = [*zip(found.items, found.parts, strict=True)][: wanted.points]
        return [_part(source.content, *pair, found.id, wanted.words) for pair in pairs]
    listed = [each for each in source.statements if not each.parts] or list(source.statements)
    return [(text, (name,)) for text, name in _plain_points(source, listed, wanted)]


def _part(
    content: Content, item: str, part: str, of: str, words: int | None
) -> tuple[str, tuple[str, ...]]:
    """A part of a statement as a point: the statement that tells it, or its topic's gist a role."""
    told = content.told_of_part(part)
    text = told[0].text
    if part in content.topics:
        gists = [f"{each.brief or each.text}{_side(content, each)}" for each in told]
        text = f"{capital(item)}: {'; '.join(gists)}"
    if words and len(text.split()) > words:
        return capital(item), (of,)
    return text, (of, *_ids(told))


def _side(content: Content, statement: Statement) -> str:
    role = content.roles.get(statement.role or "")
    return f" ({role.short})" if role else ""


def _plain_points(source: Source, listed: list[Statement], wanted: Wanted) -> list[tuple[str, str]]:
    count, first = wanted.points, listed[0]
    parts = [*first.steps] or [*first.items]
    # Of several statements the best one is the list that was asked for if it has as many parts.
    is_whole = len(listed) == 1 or bool(first.steps) or count == len(parts)
    if len(parts) > 1 and is_whole and (count is None or count <= len(parts)):
        return [(capital(part), first.id) for part in parts[: count or len(parts)]]
    limit = count or min(max(len(listed), MAX_STATEMENTS), MAX_POINTS)
    if len(listed) == 1:
        listed = [*listed, *source.further]
    return [(_fitting(each, wanted.words), each.id) for each in listed[: min(limit, MAX_POINTS)]]


def _listing(ordered: bool) -> Callable[[Source, Wanted], Told]:
    def make(source: Source, wanted: Wanted) -> Told:
        points = _points(source, wanted)
        items = [text for text, _ in points]
        ids = tuple(dict.fromkeys(name for _, names in points for name in names))
        is_done = wanted.points is None or len(points) == wanted.points
        return Told(_as_lines(ordered, items), ids, is_done, Points(ordered, items))

    return make


def _as_lines(ordered: bool, items: Iterable[str]) -> str:
    """The list for channels that show text alone; the web chat looks for these very lines."""
    marked = (f"{place}. {text}" if ordered else f"- {text}" for place, text in enumerate(items, 1))
    return "\n".join(marked)


def _sentence(source: Source, wanted: Wanted) -> Told:
    if wanted.words:
        return _words(source, wanted)
    return prose(source.content, source.statements, wanted.points or 1)


def _words(source: Source, wanted: Wanted) -> Told:
    """As much as fits into so many words: whole sentences, else the gist of the first statement."""
    limit = wanted.words or MAX_WORDS
    chosen: list[Statement] = []
    for each in [*source.statements, *source.further][: wanted.points]:
        if sum(len(one.text.split()) for one in [*chosen, each]) > limit:
            break
        chosen.append(each)
    if chosen:
        return Told(" ".join(_linked(source.content, chosen)), _ids(chosen))
    first = source.statements[0]
    text = _fitting(first, limit)
    return Told(text, (first.id,), len(text.split()) <= limit)


def _fitting(statement: Statement, words: int | None) -> str:
    """A statement in so many words, if it has a gist that is short enough; else its shortest."""
    gists = [each for each in (statement.brief, ", ".join(statement.items)) if each]
    texts = [statement.text, *map(_sentence_of, gists)]
    if words is None:
        return texts[0]
    shortest = min(texts, key=lambda text: len(text.split()))
    return next((text for text in texts if len(text.split()) <= words), shortest)


def _shorter(source: Source, wanted: Wanted) -> Told:
    """Fewer statements; of a single one its gist."""
    if wanted.words:
        return _words(source, wanted)
    first = source.statements[0]
    if len(source.statements) > 1 or not first.brief:
        return Told(first.text, (first.id,), len(source.statements) > 1)
    shorter = len(first.brief.split()) < len(first.text.split())
    return Told(_sentence_of(first.brief) if shorter else first.text, (first.id,), shorter)


def _simpler(source: Source, wanted: Wanted) -> Told:
    simple = [
        each.copy(update={"text": each.simple or each.text})
        for each in source.statements[: wanted.points or MAX_STATEMENTS]
    ]
    chosen = [each for each in simple if each.id in prose(source.content, simple).statements]
    text = " ".join(each.text for each in chosen)
    return Told(text, _ids(chosen), any(each.simple for each in chosen))


def _names(source: Source, wanted: Wanted) -> Told:
    chosen = [each for each in source.statements if each.items]
    names = list(dict.fromkeys(item for each in chosen for item in each.items))
    if not names:
        return Told(
            prose(source.content, source.statements, 1).text, _ids(source.statements[:1]), False
        )
    return Told(capital(", ".join(names[: wanted.points or len(names)])) + ".", _ids(chosen))


def _sentence_of(gist: str) -> str:
    return capital(gist) + "."


_FORMS: Mapping[str, Callable[[Source, Wanted], Told]] = {
    "bullets": _listing(ordered=False),
    "numbered": _listing(ordered=True),
    "sentence": _sentence,
    "words": _words,
    "shorter": _shorter,
    "simpler": _simpler,
    "names": _names,
}


def adds_to(content: Content, text: str, statement: Statement) -> bool:
    """Whether a statement tells what a text of the content does not tell already.

    Half of its words must be new, by their beginnings and without the names of the roles.
    """
    names = " ".join(f"{role.plural} {role.field}" for role in content.roles.values())
    told, new, roles = (
        set(re.findall(r"\b[a-z]{4}", each.lower())) for each in (text, statement.text, names)
    )
    return 2 * len((new - roles) & told) < len(new - roles)
