"""Patterns of personal data: what people say is their name or password, and what looks so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

E_MAIL, NUMBER, NAME, ADDRESS = "<e-mail>", "<number>", "<name>", "<address>"
HANDLE, LINK, DATE = "<handle>", "<link>", "<date>"
SECRET = "<secret>"  # noqa: S105  stands where one was
MARKS = (E_MAIL, NUMBER, NAME, ADDRESS, HANDLE, LINK, SECRET, DATE)

_WORD = r"[^\W\d_]+(?:['-][^\W\d_]+)*"
_NAMES = rf"{_WORD}(?:,? {_WORD}){{0,2}}"
_CAPITAL = r"[^\W\d_a-z][^\W\d_]*(?:['-][^\W\d_]+)*"
_IS = r"(?:'s|\s+(?:is|was|are|being)|\s*[:=]|\s+-)\s*"
# What stands behind "password is" and is none.
_NOTHING = r"(?!(?:an?|the|not|no|it|that|this|needed|required|wrong|lost|gone|forgotten)\b)"
_TO_THE_END = r"[^.!?;]+?(?= and \w+ |[.!?;]|$)"

_KEYS = "pass(?:word|phrase|code|wd)s?|pwd|pin(?: ?code| number)?|cvv|cvc|security code"
_MORE_KEYS = r"(?:api|access|my)[ -]?(?:key|token)|secret (?:word|question|answer|code)"
_OF_SOMETHING = r"(?: (?:for|of|to|on|at) (?:\S+ ){0,2}\S+?)?"

_AT, _DOT = r"(?:@|\(at\)|\[at\]|\{at\})", r"(?:\.|\(dot\)|\[dot\]|\{dot\})"
_ENDS_OF_HOSTS = "com|org|net|io|me|dev|co|uk|de|eu|fr|nl|ch|at|info|app|ai|page"
_SITES = (
    "instagram|insta|twitter|telegram|tiktok|discord|github|gitlab|skype|snapchat|snap|reddit|"
    "linkedin|kaggle|slack|mastodon|bluesky|facebook|youtube|xing|threads|steam|signal"
)
_ACCOUNT = "user ?(?:name|id)|login(?: name)?|handle|nick(?:name)?|screen ?name|gamer ?tag"
_OF_A_SITE = "(?:name|user|account|profile|id|tag|handle)"

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_YEAR = r"(?:,? \d{4})?"
_DAYS = (
    r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}",
    rf"\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}{_YEAR}",
    rf"{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?{_YEAR}",
    r"\d{4}",
)
_BORN = r"born|birthday|birth ?date|date of birth|d\.?o\.?b\.?"

_STREETS = "street|road|avenue|boulevard|crescent|terrace|lane|rd|ave|blvd|mews"
# Words of other things too: streets only where they are written as names are.
_AS_A_NAME = "St|Dr|Drive|Court|Ct|Close|Square|Sq|Place|Pl|Way|Gardens|Row|Hill|Parade|Park"
_STRASSE = "straße|strasse|str\\.|gasse|platz|allee|weg"
_RUE, _VIA = "rue|avenue|boulevard|place|quai|impasse", "via|calle|avenida|rua|viale|corso|ulica"

_DIGIT_WORD = "zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple"
_NUMBERED = (
    "passport|licen[cs]e|plate|insurance|tax|customer|client|account|member(?:ship)?|student|"
    "employee|staff|patient|order|case|reference|ticket|registration|iban|ssn|badge|policy|"
    "identity|id"
)
_KIN = (
    "wife|husband|boss|manager|friend|colleague|son|daughter|brother|sister|partner|teacher|"
    "mother|father|mum|mom|dad|uncle|aunt|cousin|recruiter|mentor|tutor"
)


class Rule(NamedTuple):
    """What is masked: a pattern and its mark; what stands in the group `lead` stays."""

    mark: str
    pattern: re.Pattern[str]


def _rule(mark: str, *parts: str, flags: int = re.IGNORECASE) -> Rule:
    return Rule(mark, re.compile("".join(parts), flags))


# Tried in this order: what is said to be something goes before what only looks like it.
RULES: Sequence[Rule] = (
    _rule(SECRET, rf"(?P<lead>\b(?:{_KEYS}|{_MORE_KEYS}){_OF_SOMETHING}{_IS})", _NOTHING, r"\S+"),
    _rule(SECRET, rf"(?P<lead>\b(?:{_KEYS}) )", r"(?=\S*[\d!$%&#*])\S+"),
    _rule(SECRET, r"\b(?=[\w-]*\d)(?=[\w-]*[a-z])[\w-]{20,}"),
    _rule(LINK, r"\b(?:https?://|www\.)\S+"),
    _rule(E_MAIL, rf"[\w.+-]+\s*{_AT}\s*[\w-]+(?:\s*{_DOT}\s*[\w-]+)+"),
    _rule(E_MAIL, r"[\w.+-]+(?: dot [\w-]+)? at [\w-]+ dot \w+(?: dot \w+)?"),
    _rule(LINK, rf"\b(?:[\w-]+\.)+(?:{_ENDS_OF_HOSTS})\b(?:/\S*)?"),
    _rule(LINK, r"\b[\w-]+ dot (?:com|org|net|io|me|dev) slash \S+(?: slash \S+)*"),
    _rule(HANDLE, r"(?<![\w.])@\w[\w.]+"),
    _rule(HANDLE, r"\bu/\w{3,}|\b\w{2,}#\d{4}\b|\blive:\S+"),
    _rule(
        HANDLE,
        rf"(?P<lead>\b(?:{_ACCOUNT}|(?:my|on|our) (?:{_SITES})(?: {_OF_A_SITE})?",
        rf"|(?:{_SITES}) {_OF_A_SITE})(?:{_IS}|,? (?:as|under) ))",
        _NOTHING,
        r"\S+",
    ),
    _rule(HANDLE, rf"(?P<lead>\b(?:{_SITES})\s*[:=]\s*)\S+"),
    _rule(
        DATE,
        rf"(?P<lead>\b(?:{_BORN})(?:{_IS}|\W)?\s*(?:on |in )?)",
        f"(?:{'|'.join(_DAYS)})",
    ),
    _rule(
        ADDRESS,
        r"(?P<lead>\b(?:my|our|home|postal|e?mail|delivery) address(?: is|:) )",
        _TO_THE_END,
    ),
    _rule(ADDRESS, r"(?P<lead>\b(?:i|we) live (?:at|on) (?!an? ))", _TO_THE_END),
    _rule(ADDRESS, rf"\b\d{{1,5}} ?[a-z]?,? (?:{_WORD} ){{1,3}}(?:{_STREETS})\b\.?"),
    _rule(
        ADDRESS,
        rf"\b\d{{1,5}} ?[a-zA-Z]?,? (?:[A-Z][\w'-]+ ){{1,3}}(?:{_AS_A_NAME})\b\.?",
        flags=0,
    ),
    _rule(ADDRESS, rf"\b[^\W\d_]{{3,}}(?:{_STRASSE}) ?\d{{1,4}} ?[a-z]?\b"),
    _rule(ADDRESS, rf"\b\d{{1,4}},? (?:{_RUE}) (?:{_WORD} ?){{1,4}}"),
    _rule(ADDRESS, rf"\b(?:{_VIA}) (?:{_WORD},? ){{1,3}}\d+\w?"),
    _rule(ADDRESS, r"\bp\.? ?o\.? ?box \d+|\b(?:flat|apt\.?|apartment|suite) #?\d+\w?\b"),
    _rule(ADDRESS, r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"),
    _rule(
        ADDRESS,
        rf"(?P<lead>\b(?:zip|post|postal)(?: ?code)?(?:{_IS}| ))",
        r"(?=\w*\d)[\w-]{3,10}",
    ),
    _rule(NUMBER, r"\b(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}\b"),
    _rule(NUMBER, r"-?\d{1,3}\.\d{3,},? ?-?\d{1,3}\.\d{3,}"),
    _rule(NUMBER, r"\b[a-z]{2} ?(?:\d{2} ?){3}[a-d]\b"),
    # Telephone, card, account and customer numbers: six digits or more, however they are grouped.
    _rule(NUMBER, r"\+?\w*\d(?:[ ()./-]{0,2}\d){5,}\w*"),
    _rule(
        NUMBER,
        rf"(?P<lead>\b(?:{_NUMBERED})(?: card| plate)?",
        rf"(?: number| no\.?| nr\.?| id| code)?(?:{_IS}| #?))",
        r"(?=\S*\d)[\w/-]{4,}(?: ?\w*\d\w*)*(?-i: [A-Z]{1,3}\b)?",
    ),
    _rule(NUMBER, rf"\b(?:(?:{_DIGIT_WORD})\b[ ,-]*){{6,}}"),
)

_NAMED = (
    r"(?:my|her|his|our|their|the) (?:\w+ )?(?:sur|fore)?names?(?:'s| is| was| are|:)",
    r"(?:sur|fore|last |first |full |maiden )?name ?[:=]",
    r"(?:i am|i'm|im) (?:called|named)",
    r"(?:call|calls) me|named|i go by|it's me,|signed,?",
    r"(?:mr|mrs|mx|dr|prof|herr|frau|mme|señora?)\.?",
)
#: Introductions: what follows is a name, unless all visitors use that word.
GIVEN = re.compile(rf"\b({'|'.join(_NAMED)}) ({_NAMES})", re.IGNORECASE)
#: What may be an introduction: a name follows only if it looks like one.
MAYBE = re.compile(
    rf"\b(i am|i'm|im|this is|it's|it is|here is|here's) ((?:{_WORD} ?){{1,3}})", re.IGNORECASE
)
_GOES_BY = "known as|ask for|(?:is|was|he's|she's) called|goes by|call (?:him|her)"
_SIGNED = "regards|sincerely|thanks|thank you|cheers|best|yours|love|greetings"
#: Names only where they are written as names are, in the second group.
WRITTEN = (
    re.compile(rf"\b(?i:({_GOES_BY})) ({_CAPITAL}(?: {_CAPITAL}){{0,2}})"),
    re.compile(
        rf"\b((?:Ms|Miss|Sir|Madam|Professor|Doctor|Madame)\.?) ({_CAPITAL}(?: {_CAPITAL}){{0,2}})"
    ),
    re.compile(rf"\b(?i:(my|our) (?:{_KIN})),? ({_CAPITAL}(?: {_CAPITAL})?)"),
    re.compile(rf"\b(?i:({_SIGNED}))[,!.:-]* ({_CAPITAL}(?: {_CAPITAL}){{0,2}})\W*$"),
)
#: "Somebody here": a greeting, perhaps, and the name.
HERE = re.compile(
    r"(?:^|(?<=[.!?,] ))((?i:hi|hello|hey)?,? ?)"
    rf"({_CAPITAL}(?: {_CAPITAL})?)(?= (?:here|speaking)\b)"
)
#: Words that are said of personal data; whatever was masked close behind is marked "<>".
TOLD = re.compile(
    r"\b(?:password|passcode|passphrase|pin|surname|address|passport|birthday|phone number|iban|"
    r"account number|e-?mail)\b(?!(?:\W+\w+){0,5}\W*<)",
    re.IGNORECASE,
)
