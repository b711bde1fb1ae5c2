"""What form a message has: a question to say yes or no to, another question, or none."""

from __future__ import annotations

import re
from collections.abc import Sequence

_AUXILIARIES = frozenset(
    "do does did is are am was were can could will would should must has have had may might "
    "don't doesn't didn't isn't aren't wasn't weren't can't couldn't won't wouldn't shouldn't "
    "hasn't haven't dont doesnt didnt isnt arent".split()
)
WH_WORDS = frozenset(
    "what what's whats which who who's whos whom whose where where's when why how how's".split()
)
_REQUESTS = frozenset("tell explain describe list give show name compare define summarise".split())
_POLITE = frozenset("can could would will may".split())
_RECEIVING = frozenset("have get see hear read".split())
# What may stand before the question itself.
OPENINGS = frozenset(
    "so and but ok okay well hi hello hey then now right um uh er hm hmm please also cool thanks "
    "thank you great fine good oh ah wait sorry just actually btw anyway next yes no yeah nice "
    "quick question again still because".split()
)
_TAGS = (
    "right",
    "correct",
    "true",
    "yes",
    "no",
    "yeah",
    "huh",
    "or not",
    "yes or no",
    "isn't it",
    "isnt it",
    "aren't they",
    "arent they",
    "don't they",
    "dont they",
    "doesn't it",
    "doesnt it",
    "didn't it",
    "didn't they",
    "is it",
    "are they",
    "do they",
    "does it",
    "did it",
    "did they",
    "can they",
    "can't they",
    "is that so",
    "is that right",
    "is that true",
    "is that correct",
    "am i right",
    "true or false",
    "i take it",
    "i guess",
    "i suppose",
    "i assume",
    "i presume",
    "i gather",
    "i think",
    "i believe",
    "i reckon",
    "if i get it right",
    "if i got it right",
    "if i got that right",
    "not the other way round",
    "not the other way around",
    "and not the other way round",
    "and not the other way around",
    "not vice versa",
    "not the reverse",
    "if i understand correctly",
    "if i understood correctly",
    "if i understand it right",
    "if i understood it right",
)
# How a statement opens that waits for a yes or a no: "I heard that ...", "my boss says ...".
_BELIEF = re.compile(
    r"(?:(?:my|our|the|a|some) )?\w+ (?:says?|said|thinks?|claims?|claimed|believes?|insists?"
    r"|told me)(?: that)? (?!(?:i|i'm|me|my)\b)\w+ \w+|"
    r"(?:i (?:take it|guess|suppose|assume|presume|gather|think|thought|believe|reckon|understand"
    r"|heard|read|hear|was told)|i've (?:heard|read|been told)|(?:you're|you are) saying|you mean)"
    r" (?:that )?"
    r"(?!(?:i|i'm|i'd|i'll|i've|we|my)\b)"
)
_WHAT_IF = re.compile(r"\bwhat if\b")
_ASKERS = frozenset(
    "wonder wondering know knows tell ask asking asked check sure say says see clear curious "
    "unsure find confirm question idea says mention mentions".split()
)
_IF = frozenset({"if", "whether"})
_OCCURRING = re.compile(
    r"\b(?:(?:come|comes|fit|fits) in|(?:turn|turns|crop|crops) up|occurs?|appears?|needed"
    r"|mentioned)\b"
)
_FEW = 5  # words
_CLAIM_WORDS = 5  # at least
_OBJECTING = frozenset("thought believed assumed mixed swapped confused wrong surely".split())
_EXPLAINED = frozenset(
    "what what's whats how how's when where why explain define describe mean means meaning "
    "learn teach example".split()
)
_WHO = frozenset("who who's whos whose whom".split())
_SOMEBODY = frozenset(
    "one ones role roles job jobs side kind engineer engineers of two example project".split()
)
_KIND = re.compile(r"(?:kind|sort|type) of (?:engineer|person|specialist|expert|role|hire)")
_PEOPLE = frozenset(
    "people person persons those somebody someone anyone anybody everyone everybody folks team "
    "teams professionals specialists experts developers companies firms".split()
)
_RANKING = frozenset(
    "better best worse worst faster fastest easier easiest harder hardest more most less cheaper "
    "higher highest lower".split()
)
_DOING = frozenset(
    "do does did doing is are was were handle handles deal deals build builds built make makes "
    "made work works use uses used need needs take takes took charge cover covers design designs "
    "create creates come comes own owns write writes develop develops put puts get gets bring "
    "brings look looks run runs care job".split()
)
_HIRING = frozenset(
    "hire hiring need employ recruit engage appoint choose pick want call ask get find look search "
    "take contact".split()
)
_OURSELVES = frozenset("we i one you us me our my".split())
_PRONOUNS = frozenset("that this it they those these i we you he she one somebody".split())
# What a message has that speaks of what was said before.
POINTING_BACK = frozenset("it that this there them".split())
_PERSONS = frozenset("they we i you he she".split())
_OTHERS = frozenset("they he she both these those".split())
_OPENLY = _REQUESTS | {"about"}
_VERBS = _AUXILIARIES | frozenset(
    "need needs use uses count counts belong belongs come comes work works build builds deal deals "
    "cover covers include includes go goes fall falls".split()
)
_PAIRS = frozenset({("the", "two"), ("the", "others"), ("the", "pair"), ("the", "roles")})
_MODALS = frozenset("can could must will do does don't doesn't never only".split())
_REACH = 3  # words
_SOURCES = frozenset("article text piece it author authors source page there".split())
_STATES = frozenset(
    "say says said mention mentions mentioned tell tells name names give gives list lists cover "
    "covers discuss discusses state states explain explains describe describes contain contains "
    "include includes talk talks specify specifies recommend recommends suggest suggests know "
    "anything something any info information mentioned address addresses touch "
    "figures".split()
)
_CHOICE = re.compile(r"\bor (?!(?:not|no|what|so|something|anything|more|similar)\b)\w+")


def is_question(text: str, words: Sequence[str]) -> bool:
    """Whether a message asks for something, in the form of a question or of a request."""
    start = _skip_openings(words)
    opens = bool(start) and start[0] in _AUXILIARIES | WH_WORDS | _REQUESTS
    return "?" in text or opens or is_yes_no(words)


def is_yes_no(words: Sequence[str]) -> bool:
    """Whether a message asks something that can be answered by yes or no.

    It opens with an auxiliary verb, wonders whether something is so, or states or believes
    something and asks for consent. "Can you tell me which ..." is none, "does the article say which
    ..." is one.
    """
    if any(_follows(words, index) for index in range(len(words)) if words[index] in _IF):
        return True
    start = _skip_openings(words)
    if not start or _requests(start):
        return False
    if start[0] in _AUXILIARIES:
        return asks_of_article(words) or not _asks_wh(start)
    if not WH_WORDS & set(_WHAT_IF.sub("if", " ".join(start)).split()) and (
        any(map(_takes_up, start, start[1:]))
        or _states(start)
        or _concludes(words, start)
        or _BELIEF.match(" ".join(start))
    ):
        return True
    return not WH_WORDS & set(start[:2]) and any(_ends(start, tag) for tag in _TAGS)


def _requests(start: Sequence[str]) -> bool:
    """Whether a message asks to be told something: "could you please list them"."""
    rest = [word for word in start[1:4] if word != "please"]
    if start[0] not in _POLITE:
        return False
    asks_you = rest[:1] in (["you"], ["u"]) and bool(_REQUESTS & set(rest[1:2]))
    return asks_you or (rest[:1] == ["i"] and bool(_RECEIVING & set(rest[1:2])))


def asks_for_consent(text: str, words: Sequence[str]) -> bool:
    """Whether a message states something and waits for a yes or a no.

    "They come from robotics?", "I thought robots were theirs".
    """
    return (
        (text.rstrip().endswith("?") or bool(_OBJECTING & set(words)))
        and len(words) >= _CLAIM_WORDS
        and not asks_for_explanation(words)
        and not asks_who(words)
        and "which" not in words
    )


def asks_for_yes(text: str, words: Sequence[str]) -> bool:
    """Whether a message asks, or waits, for a yes or a no."""
    return is_yes_no(words) or asks_for_consent(text, words)


def asks_openly(words: Sequence[str]) -> bool:
    """Whether a message asks for more than yes or no: "what is it?", "tell me about demand"."""
    if is_yes_no(words):
        return False
    start = _skip_openings(words)
    return _asks_wh(words) or bool(_OPENLY & set(start[:1]))


def asks_who(words: Sequence[str]) -> bool:
    """Whether a message asks which of the roles does something.

    "Who handles that?", "whom should we hire for it?"; not "with whom do I need to work?".
    """
    if _RANKING & set(words):
        return False
    for index, word in enumerate(words):
        after = words[index + 1 : index + 1 + _REACH]
        if word in _WHO and _OURSELVES & set(after) and _HIRING & set(words[index + 1 :][:_FEW]):
            return "with" not in words
        if word == "which" and _SOMEBODY & set(after):
            return True
        if word == "what" and _KIND.match(" ".join(after)):
            return True
        if word in _WHO and (not after or _DOING & set(after)) and not _PERSONS & set(after[:2]):
            return True
    return False


def offers_choice(words: Sequence[str]) -> bool:
    """Whether a message asks which of two: "one person or two?" is not answered by "yes"."""
    return bool(_CHOICE.search(" ".join(_skip_openings(words))))


def asks_where_it_occurs(words: Sequence[str]) -> bool:
    """Whether a message asks where something has its place: "where do sensors come in?"."""
    return "where" in words and bool(_OCCURRING.search(" ".join(words)))


def asks_for_explanation(words: Sequence[str]) -> bool:
    """Whether a message asks what something is or how it goes, not whose it is."""
    asked = _EXPLAINED & set(words)
    return bool(asked) and not (asked <= {"what", "how"} and "about" in words)


def asks_of_article(words: Sequence[str]) -> bool:
    """Whether a message asks if the article says something: "is there anything on pay?"."""
    start = _skip_openings(words)
    if not start or start[0] not in _AUXILIARIES:
        return False
    if start[1:2] == ["you"]:  # "do you know ...?" asks; "can you tell me ...?" requests
        return start[2:3] in (["know"], ["have"])
    return bool(_SOURCES & set(start[1:4])) and bool(_STATES & set(start[2:6]))


def _asks_wh(words: Sequence[str]) -> bool:
    """Whether there is a word that asks, and not only one like in "the ones who build it"."""
    pairs = zip(["", *words], words, strict=False)
    return any(word in WH_WORDS and before not in _SOMEBODY | _PEOPLE for before, word in pairs)


def _takes_up(word: str, following: str) -> bool:
    """Whether two words ask of what was said before them: "tuning, is that part of it?"."""
    return word in _AUXILIARIES and following in _PRONOUNS


def _states(words: Sequence[str]) -> bool:
    """Whether a message states something of others: "so the two can do the same"."""
    subject = 2 if tuple(words[:2]) in _PAIRS else 1
    is_other = subject == 2 or words[0] in _OTHERS
    return is_other and bool(_MODALS & set(words[subject : subject + 1]))


def _concludes(words: Sequence[str], start: Sequence[str]) -> bool:
    """Whether a message draws a conclusion: "so vision counts too", "robots are theirs then"."""
    is_statement = start[0] not in _REQUESTS | _OURSELVES and bool(_VERBS & set(start[1:]))
    return is_statement and ("so" in words[:2] or words[-1] == "then")


def without_tag(words: Sequence[str]) -> Sequence[str]:
    """The words without "don't they" or the like at the end, or "yes or no" before a question."""
    rest = _skip_openings(words)
    if "or" in words[: len(words) - len(rest)]:
        words = rest
    for tag in sorted(_TAGS, key=len, reverse=True):
        if _ends(words, tag):
            return words[: -len(tag.split())]
    return words


def _skip_openings(words: Sequence[str]) -> Sequence[str]:
    index = 0
    while index < len(words) and (words[index] in OPENINGS or _is_choice(words, index)):
        index += 1
    return words[index:]


def _is_choice(words: Sequence[str], index: int) -> bool:
    """Whether a word joins "yes or no"."""
    return list(words[max(0, index - 1) : index + 2]) == ["yes", "or", "no"]


def _follows(words: Sequence[str], index: int) -> bool:
    return bool(_ASKERS & set(words[max(0, index - _REACH) : index]))


def _ends(words: Sequence[str], tag: str) -> bool:
    ending = tag.split()
    if WH_WORDS & set(words[-len(ending) - 1 : -len(ending)]):
        return False  # "what is it"
    return len(words) > len(ending) + 1 and list(words[-len(ending) :]) == ending
