"""What a message takes for granted, and whether the content denies or confirms it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from actions.figures import percentages, years
from actions.questions import asks_for_yes, asks_of_article, without_tag
from actions.wording import has_phrase, stem, stems, words_of
from content.schema import Confirmation, Correction, Reply

# Words that turn a claim into another one: no plain yes where a message has one of them.
_TURNS = frozenset(
    "only just merely solely exclusively not never no none nothing without always every all "
    "instead rather less fewer least unlike except than or but most nor neither hardly barely "
    "cannot can't don't doesn't isn't aren't won't enough best worst".split()
)
# What may stand between the words of a claim: "the one is also in the other".
_BETWEEN = frozenset("also still too really actually indeed".split())
_TURNED_DOWN = re.compile(r"\W*no[,.!;:]", re.IGNORECASE)  # "no, demand": no claim of "no demand"
_ONES = frozenset(map(stem, ("one", "ones")))
# Words that add nothing to a claim.
_NEUTRAL = frozenset(
    map(
        stem,
        (
            "i i'm i've me my we us our you you're your he she it its they them their this that "
            "these those there here who what which whom where when how one ones someone somebody "
            "anyone anybody person people folks guys somebody's everybody "
            "do does did done doing am have has had having can could will would should shall must "
            "may might ought need needs needed "
            "don't doesn't didn't isn't aren't wasn't weren't hasn't haven't couldn't wouldn't "
            "dont doesnt didnt isnt arent "
            "and as at by for from in into on onto over out to towards up with within about after "
            "before between during through under so then also too if whether because while "
            "k n nd perfect great nice cool fine "
            "well ok okay hi hello hey please thanks thank sorry um uh oh wait yes no yeah "
            "right "
            "true correct sure indeed really actually currently today now nowadays still even ever "
            "usually often typically normally generally commonly mostly mainly sometimes likely "
            "something anything "
            "both two each either other another same such kind sort some any much many lot bit "
            "quite very pretty rather truly fact case way thing things stuff "
            "wonder wondering know tell ask asking check say says said mention mentions mentioned "
            "think believe gather presume reckon told thought mean means heard hear read guess "
            "saying learn study suppose assume understand see correct "
            "article text piece author according list lists listed "
            "role roles job jobs work works working worker "
            "field fields profession professional career position dev devs developer expert "
            "get gets use uses used using go goes make makes take takes be become come comes came "
            "fair possible usual common normal important big good able expect expected require "
            "end ends put found find seen apply applied call called count counts exist exists "
            "company companies employer employers organisation organisations organization "
            "organizations business businesses firm firms industry industries "
            "among part belong belongs "
            "requires required involve involves involved include includes included".split()
        ),
    )
)


def correction(reply: Reply, text: str, words: Sequence[str]) -> Correction | None:
    """The correction that a message calls for, if it takes something wrong for granted.

    Args:
        reply: what is known on the subject.
        text: the message as typed, for its figures.
        words: the message's words.
    """
    if _TURNED_DOWN.match(text):
        words = words[1:]
    for each in reply.corrections:
        if _claims(words, each.claims):
            return each
        if each.percentages and percentages(text) - set(each.percentages):
            return each
        if each.years and years(text) - set(each.years):
            return each
    return None


def confirmation(
    reply: Reply, text: str, words: Sequence[str], names: Sequence[str]
) -> Confirmation | None:
    """What confirms a message that asks yes or no, if a plain yes or no is sure to be right.

    Each word of the message must be one that the reply or a claim has, or that adds nothing: a
    yes to "do they use Python in Germany?" would say too much.

    Args:
        reply: what is known on the subject.
        text: the message as typed.
        words: the message's words.
        names: short names of the roles, which add nothing.
    """
    if not asks_for_yes(text, words):
        return None
    for each in reply.confirmations:
        held = _claims(words, each.claims)
        known = [*_texts(reply), each.answer, *each.claims, *each.also, *names]
        if held and _is_known(words, known, held):
            return each
    return None


def adds_nothing(words: Sequence[str], texts: Iterable[str]) -> bool:
    """Whether a message says nothing beyond some texts but words that carry no claim."""
    return _is_known(words, texts, ())


def is_foreign(reply: Reply, words: Sequence[str], names: Sequence[str]) -> bool:
    """Whether a message names something besides a role, and nothing of it is in the reply."""
    named = telling_stems(words, names)
    return bool(named) and not named & told_stems(reply)


def telling_stems(words: Sequence[str], names: Sequence[str]) -> set[str]:
    """Stems of the words of a message that say what it is on; names of roles do not."""
    return set(stems(words)) - _NEUTRAL - set(map(stem, _TURNS)) - set(map(stem, names))


def told_stems(reply: Reply) -> set[str]:
    """Stems of all words in the plain forms of a reply."""
    return set().union(*(stems(words_of(text)) for text in _texts(reply)))


def turns_around(words: Sequence[str]) -> bool:
    """Whether a message has a word that turns a claim into another one, such as "rather"."""
    return bool(set(_without_edges(words)) & _TURNS)


def is_said(reply: Reply, words: Sequence[str], names: Sequence[str]) -> bool:
    """Whether a message asks if the article says something, and all of it is in the reply."""
    return asks_of_article(words) and _is_known(words, [*_texts(reply), *names], ())


def opens_with_yes_or_no(text: str) -> bool:
    """Whether an answer begins by yes or no."""
    return bool(words_of(text)) and words_of(text)[0] in ("yes", "no")


def _claims(words: Sequence[str], claims: Iterable[str]) -> list[str]:
    """The claims that a message has, be it with "one" behind a role or without."""
    heard = stems(word for word in words if word not in _BETWEEN)
    without = [word for word in heard if word not in _ONES]
    return [each for each in claims if has_phrase(heard, each) or has_phrase(without, each)]


def _texts(reply: Reply) -> list[str]:
    question = getattr(reply, "question", "")
    return [reply.answer, reply.more, reply.short, reply.why or "", question]


def _is_known(words: Sequence[str], texts: Iterable[str], claims: Iterable[str]) -> bool:
    known = _NEUTRAL.union(*(stems(words_of(text)) for text in texts))
    claimed = {word for claim in claims for word in words_of(claim)}
    if set(_without_edges(words)) & _TURNS - claimed:
        return False
    return all(word in known for word in stems(without_tag(words)))


def _without_edges(words: Sequence[str]) -> Sequence[str]:
    """The words without the tag at the end and without the verb in front: "don't they ...?"."""
    return [word for word in without_tag(words)[1:] if word not in ("no", "yes")]
