"""What form a message has: a question to say yes or no to, another question, or none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from actions.wording import stem, stems

_AUXILIARIES = frozenset(
    "do does did is are am was were can could will would should must has have had may might "
    "don't doesn't didn't isn't aren't wasn't weren't can't couldn't won't wouldn't shouldn't "
    "hasn't haven't dont doesnt didnt isnt arent".split()
)
_WH_WORDS = frozenset(
    "what what's whats which who who's whos whom whose where where's when why how how's".split()
)
_REQUESTS = frozenset("tell explain describe list give show name compare define summarise".split())
_POLITE = frozenset("can could would will".split())
# What may stand before the question itself.
_OPENINGS = frozenset(
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
_SUPPOSING = frozenset("suppose supposing imagine assume assuming instead".split())
_BRIEFLY = (
    " briefly ",
    " in brief ",
    " in short ",
    " in a nutshell ",
    " in a word ",
    " in one word ",
    " in a few words ",
    " in one line ",
    " in one breath ",
    " one sentence ",
    " single sentence ",
    " tldr ",
)
_OCCURRING = re.compile(
    r"\b(?:(?:come|comes|fit|fits) in|(?:turn|turns|crop|crops) up|occurs?|appears?|needed"
    r"|mentioned)\b"
)
_LEADING = frozenset("to for with over on in by from of at towards toward into".split())
_ECHOING = _LEADING | frozenset(
    "what do does improve end ends purpose aim goal exactly precisely kind sort the again".split()
)
_WISHES = (" let it be ", " let us say ", " let's say ")
_IF_SO = frozenset("if say rather".split())
_ADDING = frozenset("and also too well about plus either".split())
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
CITING = frozenset(map(stem, "cite quote".split()))
EVIDENCE = frozenset(map(stem, "source citation reference evidence proof".split()))
_WHOM = frozenset("who whom whose anyone anybody someone does do did they".split())
# What somebody is behind: who is behind a system is no question of sources.
_SAYINGS = frozenset("claim statement sentence quotation definition quote".split())
DOUBTING = frozenset("sure certain positive really serious seriously kidding true correct".split())
_SOURCE_OF = re.compile(
    r"\b(?:any|an?|independent|external|the) (?:\w+ )?"
    r"(?:sources?|references?|evidence|citations?|proof|stud(?:y|ies)) (?:for|behind)\b"
    r"|\bwhere (?:does|did) .{0,60}\b(?:get|take|have) .{0,60}\bfrom$"
)
_WHOLE = re.compile(
    r"\b(?:all of (?:them|it|these|those)|(?:whole|full|complete) (?:list|thing|lot|answer)"
    r"|in one go|all at once)\b"
)
_WHOLE_WORDS = 14
_ELSE = re.compile(
    r"\b(?:what|who|which|anything|something) (?:\w+ )?else\b"
    r"|\b(?:apart|aside) from (?:that|those)\b"
)
_CORRECTING = re.compile(
    r"^(?:no no|nope|nah)\b|^no (?:i|not|that|the|what|but)\b"
    r"|\bi (?:meant|didn't mean|don't mean)\b"
    r"|\bi (?:asked|didn't ask|did not ask|wasn't asking|was asking|am asking|just want)\b"
    r"|\bi'm (?:not )?asking\b|\bnot what i (?:asked|meant)\b|\bnot asking (?:about|for)\b"
    r"|\byou (?:just|already|keep|gave|told|said that)\b|\brepeating yourself\b"
)
_SAYING = frozenset("says said claims claimed".split())
_YES_OR_NO = re.compile(
    r"(?:so |and |then |well )*(?:(?:is|was) (?:that|it) (?:an? )?(?:clear |plain )?(?:yes|no)"
    r"(?: or (?:an? )?(?:yes|no))?|(?:(?:just|now|please|simply) )*(?:an? )?yes or (?:an? )?no)"
    r"(?: then| now| please| answer)*$"
)
_CHOICE = re.compile(r"\bor (?!(?:not|no|what|so|something|anything|more|similar)\b)\w+")
_LISTED = re.compile(
    r"\b(?:on|in|of|among) (?:that|the|this|your|those|these) list\b"
    r"|(?<!\b(?:in|of|to|by) )(?<!\bfor )\b(?:one of|among) (?:them|those|these)"
    r"(?: too| also| as well| then)?$"
)


def is_question(text: str, words: Sequence[str]) -> bool:
    """Whether a message asks for something, in the form of a question or of a request."""
    start = _skip_openings(words)
    opens = bool(start) and start[0] in _AUXILIARIES | _WH_WORDS | _REQUESTS
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
    if not _WH_WORDS & set(_WHAT_IF.sub("if", " ".join(start)).split()) and (
        any(map(_takes_up, start, start[1:]))
        or _states(start)
        or _concludes(words, start)
        or _BELIEF.match(" ".join(start))
    ):
        return True
    return not _WH_WORDS & set(start[:2]) and any(_ends(start, tag) for tag in _TAGS)


def _requests(start: Sequence[str]) -> bool:
    """Whether a message asks to be told something: "could you please list them"."""
    rest = [word for word in start[1:4] if word != "please"]
    is_polite = start[0] in _POLITE and rest[:1] in (["you"], ["u"])
    return is_polite and bool(_REQUESTS & set(rest[1:2]))


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


def adds_something(words: Sequence[str]) -> bool:
    """Whether a short message asks of one more thing: "farming as well?", "and what about law?"."""
    return len(words) <= _FEW and (bool(_ADDING & set(words)) or list(words[-1:]) == ["to"])


def asks_who_is_cited(words: Sequence[str]) -> bool:
    """Whether a message asks for those whom the article cites: "who is quoted for the skills?"."""
    heard = set(words)
    who_says = list(words[:1]) == ["who"] and bool(_SAYING & set(words[1:2]))
    if who_says or asks_says_who(words) or {"cited", "quoted", "referenced"} & heard:
        return True
    is_behind = "behind" in heard and bool(_SAYINGS & heard)
    return is_behind or (bool(_WHOM & heard) and bool(CITING & set(stems(words))))


def asks_says_who(words: Sequence[str]) -> bool:
    """Whether a message ends in doubt: "35 % fewer? says who"."""
    return list(words[-2:]) == ["says", "who"]


def asks_if_sure(text: str, words: Sequence[str]) -> bool:
    """Whether a message does no more than doubt what was said: "sure?", "oh really?"."""
    rest = [word for word in words if word not in _OPENINGS]
    is_asked = "?" in text or "really" in rest
    return is_asked and len(rest) == 1 and rest[0] in DOUBTING


def asks_yes_or_no(words: Sequence[str]) -> bool:
    """Whether a message asks for no more than a yes or a no to what was said: "is that a yes?"."""
    return bool(_YES_OR_NO.match(" ".join(words)))


def offers_choice(words: Sequence[str]) -> bool:
    """Whether a message asks which of two: "one person or two?" is not answered by "yes"."""
    return bool(_CHOICE.search(" ".join(_skip_openings(words))))


def asks_if_listed(words: Sequence[str]) -> bool:
    """Whether a message asks if the list told last has something: "is physics one of them?"."""
    return is_yes_no(words) and bool(_LISTED.search(" ".join(without_tag(words))))


def asks_for_evidence(words: Sequence[str]) -> bool:
    """Whether a message asks if somebody is cited at all: "is there a source for that?"."""
    return asks_who_is_cited(words) or (is_yes_no(words) and bool(EVIDENCE & set(stems(words))))


def asks_for_source(words: Sequence[str]) -> bool:
    """Whether a message asks for the source of a thing: "is there a study behind the 35 %?"."""
    return bool(_SOURCE_OF.search(" ".join(words)))


def asks_what_else(words: Sequence[str]) -> bool:
    """Whether a message asks for more than was told: "what else?", "apart from that?"."""
    return bool(_ELSE.search(" ".join(words)))


def asks_for_all(words: Sequence[str]) -> bool:
    """Whether a message wants an answer as a whole: "the whole list, please", "all of them"."""
    return len(words) <= _WHOLE_WORDS and bool(_WHOLE.search(" ".join(words)))


def corrects(words: Sequence[str]) -> bool:
    """Whether a message says that the last answer was not what it asked for."""
    return bool(_CORRECTING.search(" ".join(words)))


def asks_where_it_occurs(words: Sequence[str]) -> bool:
    """Whether a message asks where something has its place: "where do sensors come in?"."""
    return "where" in words and bool(_OCCURRING.search(" ".join(words)))


def echoes(words: Sequence[str]) -> bool:
    """Whether a short message asks back on the last answer: "to do what?", "predicting what?"."""
    rest = [word for word in words if word not in _OPENINGS]
    if not 2 <= len(rest) <= _FEW or "what" not in rest or "doing" in rest:
        return False
    is_led = rest[0] in _LEADING or rest[0].endswith("ing")
    return is_led and all(word in _ECHOING or word.endswith("ing") for word in rest)


def supposes(words: Sequence[str]) -> bool:
    """Whether a message changes a condition: "suppose it were a robot", "say we add speech"."""
    said = f" {' '.join(words)} "
    is_wish = any(wish in said for wish in _WISHES)
    return is_wish or bool(_SUPPOSING & set(words) or _IF_SO & set(words[:2]))


def is_mere_supposition(words: Sequence[str]) -> bool:
    """Whether a message changes a condition and asks nothing else: "and if it must talk too?"."""
    return supposes(words) and not _WH_WORDS & set(words)


def asks_briefly(words: Sequence[str]) -> bool:
    """Whether a question asks for a short answer: "the difference, in one sentence?"."""
    said = f" {' '.join(words)} "
    return any(wish in said for wish in _BRIEFLY)


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
    return any(word in _WH_WORDS and before not in _SOMEBODY | _PEOPLE for before, word in pairs)


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
    while index < len(words) and (words[index] in _OPENINGS or _is_choice(words, index)):
        index += 1
    return words[index:]


def _is_choice(words: Sequence[str], index: int) -> bool:
    """Whether a word joins "yes or no"."""
    return list(words[max(0, index - 1) : index + 2]) == ["yes", "or", "no"]


def _follows(words: Sequence[str], index: int) -> bool:
    return bool(_ASKERS & set(words[max(0, index - _REACH) : index]))


def _ends(words: Sequence[str], tag: str) -> bool:
    ending = tag.split()
    return len(words) > len(ending) + 1 and list(words[-len(ending) :]) == ending
