"""What messages do besides asking: a function for each row of the table's middle part."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from dialogue import acts
from dialogue.acts import Act, Again, Ask, Check, Choose, Cite, Correct, FormMove, Refuse
from dialogue.asking import LIKELY, OUTSIDE_NEAR, TOPIC, of_topic, settled_by
from dialogue.thread import resolve_role
from dialogue.turn import CLEAR, NEAR, Turn, ask, candidates, check, nearest, side
from dialogue.understanding import ALL, ANSWERED, NOT_STATED, TABLE, Wanted

OUTSIDE = "out_of_scope"
HELP = (acts.SmallTalk("help"), acts.Menu())
_SURE = 0.8  # probability of an unknown form that is then declined
# Intents that name a finer kind of small talk; others take the act's own name.
_FINER: Mapping[str, str] = {
    **dict.fromkeys(("thanks", "praise"), "ack"),
    **dict.fromkeys(("how_are_you", "bot_challenge"), "about_bot"),
}
# Forms that are wanted without a word for them.
_FORMS = {"shorter": "shorter", "confused": "simpler"}
_USUAL = {"about_bot": "bot_challenge", "bye": "goodbye"}


def in_form(turn: Turn) -> tuple[Act, ...]:
    """What speaks to the open question of the guided form."""
    found, form = turn.found, turn.thread.form
    if not form:
        return ()
    places = [each for each in found.places if isinstance(each, int)]
    offered = turn.thread.offered
    if places and -len(offered) <= places[0] < len(offered):
        offer = offered[places[0]]
        return (FormMove(acts.CHOICE, offer["option"]),) if offer.get("option") else _move(offer)
    if turn.scores.get("correct", 0) >= _SURE or turn.scores.get("bye", 0) >= _SURE:
        return (FormMove(acts.STOP),)  # who complains or leaves is asked no further
    if turn.reading.strength >= CLEAR and not found.is_pressed:
        return ()
    interrupted = bool(form.get("interrupted"))
    moves = {"cancel": acts.STOP, "skip": acts.SKIP, "none_of_these": acts.SKIP}
    moves |= {"affirm": acts.GO_ON, "repeat": acts.GO_ON, "go_back": acts.BACK}
    moves["deny"] = acts.STOP if interrupted else acts.SKIP
    if found.intent in moves:
        return (FormMove(moves[found.intent]),)
    is_lost = found.intent in ("nlu_fallback", OUTSIDE) or not found.intent
    lost = is_lost and turn.reading.nearness < NEAR
    return (FormMove(acts.UNCLEAR),) if lost else ()


def _move(offer: Mapping[str, object]) -> tuple[Act, ...]:
    return (FormMove(acts.STOP if offer["intent"] == "cancel" else acts.SKIP),)


def correct(turn: Turn) -> tuple[Act, ...]:
    """What is meant instead: the message's own reading, else the next best of the one before."""
    found, thread, content = turn.found, turn.thread, turn.content
    if found.intent == "feedback_bad" and not turn.fresh():
        return (acts.Rate(False),)
    if not thread.said:
        return ()
    if turn.carrying() and (turn.is_claim or side(turn, turn.carrying())):
        return (check(turn, turn.carrying()),)
    if turn.fresh():
        return (Correct(turn.fresh(), wanted=found.wanted),)
    near = nearest(turn, OUTSIDE_NEAR)
    if near and near[0] not in thread.last:
        settling = settled_by(turn)
        return (Correct(settling) if settling else Check(NOT_STATED, near=near),)
    role = resolve_role(content, thread, found.roles) if found.roles else thread.role
    if role != thread.role and content.is_grid(thread.topic or ""):
        return (Ask(str(thread.topic), role),)
    if turn.is_topic and found.confidence(found.intent) >= TOPIC and found.intent != thread.topic:
        return (ask(turn, found.intent),)
    if found.wanted or found.wanted.points:
        return (acts.Reshape(replace(found.wanted, form=found.wanted.form or "bullets")),)
    left = [each for each in thread.heard if each not in thread.told]
    return (Correct(tuple(left[:1]), () if left else candidates(turn)[:2]),)


def choose(turn: Turn) -> tuple[Act, ...]:
    """A choice among what was listed or offered, or the rejection of all that was offered."""
    found, offered = turn.found, turn.thread.offered
    parts = _parts(turn)
    if parts:
        return parts
    if not offered:
        return ()
    if found.intent in ("deny", "none_of_these") and not found.places:
        return (acts.SmallTalk("none_of_these" if turn.thread.unsure else "all_right"),)
    if ALL in found.places:
        return (Choose(tuple(range(len(offered)))),)
    named = [each for each in found.places if isinstance(each, int)]
    places = tuple(each for each in named if -len(offered) <= each < len(offered))
    if not places and found.intent == "affirm":
        # Offers stand below every answer: a bare yes picks one only where the last reply asked.
        if not turn.thread.unsure:
            return (acts.Acknowledge(),)
        places = (0,)
    return (Choose(places),) if places or found.intent == "choose" else ()


def _parts(turn: Turn) -> tuple[Act, ...]:
    """Parts of what was listed, by place."""
    parts, wanted = turn.thread.listed, turn.found.wanted
    named = range(len(parts)) if ALL in turn.found.places else turn.found.places
    picked = [parts[n] for n in named if isinstance(n, int) and -len(parts) <= n < len(parts)]
    role = turn.named_role
    return tuple(
        Ask(part, role if turn.content.is_grid(part) else None, wanted)
        if part in turn.content.topics
        else Check(ANSWERED, (part,), wanted=wanted)
        for part in dict.fromkeys(picked)
    )


def form(turn: Turn) -> tuple[Act, ...]:
    """Another form of what a new question in it asks for, else of the last answer."""
    wanted, thread = turn.found.wanted, turn.thread
    if not wanted:
        wanted = replace(wanted, form=_FORMS.get(turn.found.intent))
    is_named = turn.is_topic and turn.found.confidence(turn.found.intent) >= TOPIC
    is_table = wanted.form == TABLE  # of what the reader finds, surely or not: many rows
    is_of_last = turn.found.intent == "followup" or not (turn.asks_anew or turn.moves_on)
    if turn.turns_to and is_of_last and not is_named and turn.content.is_grid(str(thread.topic)):
        wanted = Wanted() if wanted.form == "longer" else wanted
        return (Ask(str(thread.topic), turn.turns_to, wanted),)
    if is_table and is_named and turn.content.is_grid(turn.found.intent):
        listed = [one for each in turn.carrying() for one in turn.content.statements[each].parts]
        if turn.found.intent not in listed:  # else several rows of the list are asked for
            return (Ask(turn.found.intent, None, wanted),)
    if turn.asks_anew or is_named or turn.moves_on or not thread.last:
        if turn.fresh() and (is_table or turn.reading.strength >= CLEAR):
            return (check(turn, turn.carrying(), wanted),)
        topic = of_topic(replace(turn, found=replace(turn.found, wanted=wanted)), LIKELY)
        if topic or turn.fresh():
            return topic or (check(turn, turn.carrying(), wanted),)
    if wanted.form == "longer":
        return (Again(acts.MORE),)
    if wanted and not turn.thread.last:
        return ()  # nothing to put into another form: it is asked for in the new question
    is_sure = turn.reading.acts.get("form", 0) >= _SURE
    return (acts.Reshape(wanted),) if wanted or is_sure else ()


def more(turn: Turn) -> tuple[Act, ...]:
    """More, first of what it names; or why: what is further known is no reason, so it is read."""
    if turn.found.intent != "why":
        return (Again(acts.MORE, turn.fresh() if turn.asks_anew else ()),)
    if turn.reading.is_settled:
        return (check(turn, turn.fresh() or turn.reading.carrying()),)
    return (Check(NOT_STATED, near=nearest(turn, NEAR)),) if turn.thread.said else ()


def repeat(turn: Turn) -> tuple[Act, ...]:
    """The last reply once more."""
    return (Again(acts.REPEAT),)


def source(turn: Turn) -> tuple[Act, ...]:
    """The source of the fact it names, else of the last answer; who is cited is told as a fact."""
    content, last = turn.content, turn.thread.last
    named = {each.id for each in turn.reading.alone if each.applies >= CLEAR}
    likely = sorted(turn.reading.judged, key=lambda each: -each.applies)
    facts = [
        each.id
        for each in likely
        if each.applies >= CLEAR and each.id in named
        if not content.section_of(each.id).about_article
    ]
    if facts:
        return (Cite(tuple(last) if set(facts) & set(last) else tuple(facts[:1])),)
    is_asked = not last or (turn.asks_anew and turn.fresh())  # "where from?" alone asks of the last
    if turn.reading.strength >= CLEAR and is_asked:
        return (check(turn, turn.carrying()),)
    return (Cite(tuple(last)),)


def tell(turn: Turn) -> tuple[Act, ...]:
    """Something that visitors tell, with what concerns it."""
    return (acts.Acknowledge("tell", turn.fresh()[:2]),)


def feeling(turn: Turn) -> tuple[Act, ...]:
    """A feeling, or an insult."""
    return (acts.SmallTalk("insult" if turn.found.intent == "insult" else "feeling"),)


def small_talk(kind: str) -> Callable[[Turn], tuple[Act, ...]]:
    """A row for a kind of small talk: the classifier knows the finer one."""

    def decide(turn: Turn) -> tuple[Act, ...]:
        finer = turn.found.intent
        if kind == "ack" and turn.scores.get("bye", 0) >= _SURE:
            return (acts.SmallTalk(_USUAL["bye"]),)  # thanks at the end of a visit
        if finer == "help":
            return HELP
        if _FINER.get(finer) != kind:
            finer = _USUAL.get(kind, kind)
        return (acts.Acknowledge(),) if finer == "ack" else (acts.SmallTalk(finer),)

    return decide


def other(turn: Turn) -> tuple[Act, ...]:
    """Another subject."""
    return (Refuse(OUTSIDE),) if OUTSIDE in turn.content.gaps else ()
