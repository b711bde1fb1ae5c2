"""Checks on the last answer: "so the second kind, right?", "is physics one of them?"."""

from __future__ import annotations

from actions.claims import opens_with_yes_or_no, telling_stems, told_stems
from actions.questions import is_yes_no
from actions.reactions import asks_if_listed
from actions.subjects import resolve_subject
from actions.telling import say_on
from actions.turn import Reply, Turn
from actions.wording import stem

# What a message may have besides a role that only checks whose the last answer was.
_CHECKING = frozenset(
    "so then that that's thats it it's its is isn't would be was by this an a the one job role "
    "engineer engineers engineering need needs we i our my your us team thought hire hiring "
    "look looking for should must someone "
    "right correct yes yeah true rather than not and instead of therefore means mean you talking "
    "people folks guys lot team ones in case here only basically work field side".split()
)
_CONCLUDING = frozenset("that that's thats it it's its a an".split())
_OPENED = ("say_yes", "term_yes", "term_no")  # prompts that open with yes or no
_LIST = frozenset(map(stem, ("list", "named", "mentioned")))


def claim_on_role(turn: Turn) -> Reply | None:
    """Yes or no to a message that only checks which role the last answer is on."""
    last = turn.thread.subject
    said = [str(each["text"]) for each in turn.thread.said]
    roles = {str(each["subject"]).partition("/")[2] for each in turn.thread.said}
    claimed = turn.named_roles
    concludes = turn.words[:1] == ["so"] and bool(_CONCLUDING & set(turn.words))
    is_claim = is_yes_no(turn.words) or (concludes and "?" in turn.text)
    is_bare = not set(turn.words) - _CHECKING - set(turn.role_names)
    if last is None or last.role is None or roles != {last.role} or not (is_claim and is_bare):
        return None
    if len(claimed) != 1:
        return None
    text = _without_opening(turn, said[-1])
    text = turn.content.reply(*last).short if opens_with_yes_or_no(text) else text
    if claimed[0] == last.role:
        return say_on(turn, last, turn.content.prompts["say_yes"].format(answer=text))
    return say_on(turn, last, turn.content.prompts["term_no"].format(statement=text))


def answer_on_list(turn: Turn) -> Reply | None:
    """Whether the list told last has what a message asks for: "isn't physics on that list?"."""
    last = turn.last_answer
    if last is None or not asks_if_listed(turn.words):
        return None
    if last.topic in turn.content.aspects:
        last = resolve_subject(turn.content, turn.thread, last.topic, turn.roles)
    reply = turn.content.reply(*last)
    named = telling_stems(turn.words, turn.role_names) - _LIST
    if not named:
        return None
    if named & told_stems(reply):
        return say_on(turn, last, turn.content.prompts["say_yes"].format(answer=reply.answer))
    limits = reply.limits or turn.content.prompts["listed_not"].format(answer=reply.short)
    return say_on(turn, last, limits)


def _without_opening(turn: Turn, text: str) -> str:
    """A text told before without the yes or no that a prompt put in front."""
    for name in _OPENED:
        text = text.removeprefix(turn.content.prompts[name].partition("{")[0])
    return text
