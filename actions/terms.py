"""Questions about something that the article names: who does it, whether it is part of a role."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from actions.claims import adds_nothing, turns_around
from actions.context import asks_which_role
from actions.moves import MOVING
from actions.naming import ASIDE
from actions.options import next_options
from actions.questions import (
    POINTING_BACK,
    asks_for_explanation,
    asks_for_yes,
    asks_where_it_occurs,
    is_yes_no,
)
from actions.reactions import is_mere_supposition, supposes
from actions.subjects import resolve_role
from actions.telling import message_on
from actions.thread import Subject
from actions.turn import Reply, Turn
from actions.wording import has_phrase, phrase_end, stems, words_of
from content.loader import Content
from content.schema import Term

_BELONGING = "part of belong belongs among included more"  # says no more than "yes" does
_MAX_TERMS = 2
_BARE_WORDS = 6  # at most
# What a question has that asks which role suits somebody, besides the things it names.
_SUITING = frozenset(
    "me myself suit suits suited fit fits fitting match right better best should like likes "
    "love loves enjoy enjoys prefer prefers want wants interested interest keen into fan good "
    "choose pick somebody someone person son daughter".split()
)
_INVOLVED = frozenset(
    "need needs needed know learn use uses used part belong belongs in involved required".split()
)
_MENTIONED = frozenset("mention mentions mentioned named listed covered said included".split())
_ADDED_WORDS = 9  # at most


def named_terms(turn: Turn) -> list[Term]:
    """The terms that a message names, longest names first; no two of the same words.

    Of several, those are left out that the message puts aside: "forget the robots, speech only".
    """
    meant, aside = terms_named(turn)
    return (meant or aside)[:_MAX_TERMS]


def subject_of_terms(turn: Turn) -> Subject | None:
    """The subject that the first of the terms in a message belongs to."""
    return next((Subject(term.topic, term.role) for term in named_terms(turn)), None)


def terms_named(turn: Turn) -> tuple[list[Term], list[Term]]:
    """The terms that a message means, and those that it puts aside."""
    heard = stems(turn.words)
    names = [(name, term) for term in turn.content.terms.values() for name in term.names]
    meant: dict[str, Term] = {}
    aside: dict[str, Term] = {}
    for name, term in sorted(names, key=lambda item: -len(item[0])):
        end = phrase_end(heard, name)
        if end and _is_meant(turn, name):
            start = end - len(stems(words_of(name)))
            is_aside = bool(ASIDE & set(heard[max(0, start - 2) : start]))
            (aside if is_aside else meant)[str(term.id)] = term
            heard[start:end] = [""] * (end - start)
    return list(meant.values()), list(aside.values())


def _is_meant(turn: Turn, name: str) -> bool:
    """Whether a name of one word is there as it is or in the plural: "care" is no "car"."""
    return " " in name or "-" in name or bool({name, f"{name}s"} & set(turn.words))


def answer_on_terms(turn: Turn, subject: Subject | None = None) -> Reply | None:
    """What the article says of terms, to a message that asks whose they are or only names them.

    None where the message asks something else, or the answer on the subject it was taken for, if
    there is one, tells of them.
    """
    if not _may_answer(turn):
        return None
    terms = named_terms(turn)
    if not terms:
        return None
    names = [name for term in terms for name in term.names]
    is_asked = (
        asks_which_role(turn)
        or asks_where_it_occurs(turn.words)
        or (turn.thread.topic is not None and supposes(turn.words))
        or _adds_term(turn)
    )
    if not (is_asked or _is_bare(turn, names)) or _is_told(turn.content, subject, terms):
        return None
    return _telling(turn, terms)


def _adds_term(turn: Turn) -> bool:
    """Whether a message goes on with one more thing: "and for a chatbot on our site"."""
    is_short = len(turn.words) <= _ADDED_WORDS and turn.words[:1] == ["and"]
    is_question = is_yes_no(turn.words) or asks_for_explanation(turn.words)
    is_open = turn.intent in turn.content.gaps and turn.thread.subject is not None
    return is_short and is_open and not is_question


def _is_bare(turn: Turn, names: Sequence[str]) -> bool:
    """Whether a message has little but a term's name: "and chatbots?"."""
    return (
        len(turn.words) <= _BARE_WORDS
        and not is_yes_no(turn.words)
        and not asks_for_explanation(turn.words)
        and adds_nothing(turn.words, [*names, *turn.role_names])
    )


def claim_on_term(turn: Turn) -> Reply | None:
    """Yes or no to a question whether a term belongs to a role; None where it asks something else.

    The role is the one named, else the one spoken of.
    """
    if not asks_for_yes(turn.text, turn.words):
        return None
    terms = named_terms(turn) or _terms_before(turn)
    claimed = _claimed_role(turn)
    if len(terms) != 1 or terms[0].role is None:
        return None
    known = [*terms[0].names, terms[0].statement, _BELONGING, *turn.role_names]
    adds = not adds_nothing(turn.words, known)
    if claimed is None:
        is_asked = not turn.roles and not adds and _may_answer(turn)
        is_yes = bool(_MENTIONED & set(turn.words)) and not turns_around(turn.words)
        is_asked = is_asked and (is_yes or bool(_INVOLVED & set(turn.words)))
        return _telling(turn, terms, "term_yes" if is_yes else "") if is_asked else None
    if adds and (not _may_answer(turn) or MOVING & set(turn.words)):
        return None
    if claimed != terms[0].role and (turn.roles or not adds):
        return _telling(turn, terms, "" if turns_around(turn.words) else "term_no")
    if claimed == terms[0].role and not adds:
        return _telling(turn, terms, "term_yes")
    return None


def _terms_before(turn: Turn) -> list[Term]:
    """The terms to which a message's last question points back: "he knows X. Is that yours?"."""
    points_back = bool(POINTING_BACK & set(turn.words))
    return named_terms(replace(turn, words=turn.whole)) if points_back and turn.whole else []


def _telling(turn: Turn, terms: Sequence[Term], prompt: str = "") -> Reply:
    """The terms' statements, the first in a prompt if one is named."""
    thread, messages = turn.thread, []
    for term in terms:
        text = str(term.statement)
        if prompt:
            text, prompt = turn.content.prompts[prompt].format(statement=text), ""
        subject = Subject(term.topic, term.role)
        thread = thread.told(subject, term.role is not None, is_covered=False)
        messages.append(message_on(turn, subject, text, is_whole=False))
    last = Subject(terms[-1].topic, terms[-1].role)
    return Reply.telling(thread, messages, next_options(turn.content, thread, last))


def on_terms(turn: Turn) -> Reply | None:
    """Yes or no to a claim on a term, else what is told of the terms that a message names."""
    terms = named_terms(turn)
    return claim_on_term(turn) or (_telling(turn, terms) if terms else None)


def with_terms(turn: Turn, reply: Reply) -> Reply:
    """The reply on a gap, and what is told of the terms that the message names."""
    terms = named_terms(turn)
    if not terms:
        return reply
    told = _telling(replace(turn, thread=reply.thread), terms)
    return Reply.telling(told.thread, [*reply.messages, *told.messages], told.options)


def _may_answer(turn: Turn) -> bool:
    """Whether the intent leaves it open what is asked: gaps stand unless they give way."""
    gap = turn.content.gaps.get(turn.intent)
    entry = turn.content.entries.get(turn.intent)
    if entry is not None and entry.fits:
        return not _SUITING & set(turn.words)
    return gap is None or "terms" in gap.yields or is_mere_supposition(turn.words)


def _claimed_role(turn: Turn) -> str | None:
    named = set(turn.named_roles)
    if named:
        return named.pop() if len(named) == 1 else None
    return resolve_role(turn.content, turn.thread, turn.roles)


def _is_told(content: Content, subject: Subject | None, terms: Sequence[Term]) -> bool:
    """Whether the plain answer on a subject speaks of one of the terms as clearly as they do."""
    if subject is None or subject.topic in content.gaps:
        return False
    if subject.role is None and subject.topic in {term.topic for term in terms}:
        return False  # the terms' own words say more clearly which of the roles it is
    text = stems(words_of(content.reply(*subject).answer))
    return any(has_phrase(text, name) for term in terms for name in term.names)
