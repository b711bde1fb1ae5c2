"""Personal data never leaves the store."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from keepers.masking import Masker, is_masked
from keepers.nlu_files import read_examples
from keepers.personal import MARKS
from keepers.wording import known_words

_SEEDS = range(5)
_FIRST = ("Dana", "Yusuf", "Mireille", "Oleksandr", "Chipo", "Bjarne", "Xiomara", "Tadhg")
_LAST = ("Quill", "Abernathy", "Okonkwo", "Szczepanik", "Thornbury", "Vukovic", "O'Malley")
_STREET = ("Baker", "Wisteria", "Elm", "Kingsway", "Marlborough", "Acacia")
_CODES = ("hunter2", "Tr0ub4dor!", "xk77qz", "letmein99", "s3cr3t-x")
_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"


class Person:
    """Somebody made up; each seed makes another one."""

    def __init__(self, seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311  nothing secret hangs on it
        self.first, self.last = chance.choice(_FIRST), chance.choice(_LAST)
        self.street, self.house = chance.choice(_STREET), str(chance.randint(11, 299))
        self.code, self.pin = chance.choice(_CODES), str(chance.randint(3000, 9999))
        self.handle = f"{self.first.lower()}_{chance.randint(10, 99)}"
        self.digits = "".join(chance.choice("123456789") for _ in range(16))
        self.letters = "".join(chance.choice(_LETTERS) for _ in range(6))
        self.day, self.year = str(chance.randint(10, 28)), str(chance.randint(1950, 2009))


Make = Callable[[Person], tuple[str, tuple[str, ...]]]
# What somebody writes, and what of it must be gone. The kinds are the keys.
KINDS: dict[str, Make] = {
    "my name is": lambda p: (f"my name is {p.first} {p.last}", (p.first, p.last)),
    "my name's": lambda p: (f"my name's {p.first}, hello", (p.first,)),
    "name and colon": lambda p: (f"name: {p.first} {p.last}", (p.first, p.last)),
    "first name and colon": lambda p: (f"first name: {p.first}", (p.first,)),
    "my surname is": lambda p: (f"my surname is {p.last}", (p.last,)),
    "my last name is, small": lambda p: (f"my last name is {p.last.lower()}", (p.last,)),
    "I'm called": lambda p: (f"I'm called {p.first}", (p.first,)),
    "i am called, small": lambda p: (f"i am called {p.first.lower()}", (p.first,)),
    "call me": lambda p: (f"call me {p.first}", (p.first,)),
    "I am Dr": lambda p: (f"I am Dr {p.last}", (p.last,)),
    "i am dr., small": lambda p: (f"i am dr. {p.last.lower()} and i want help", (p.last,)),
    "Mrs": lambda p: (f"could you tell Mrs {p.last} about tools", (p.last,)),
    "Professor": lambda p: (f"Professor {p.first} {p.last} sent me", (p.first, p.last)),
    "Herr": lambda p: (f"Herr {p.last} wants to know the skills", (p.last,)),
    "I am": lambda p: (f"hi, I am {p.first}", (p.first,)),
    "I'M, loud": lambda p: (f"I'M {p.first.upper()}", (p.first,)),
    "this is from": lambda p: (f"this is {p.first.lower()} from the harbour", (p.first,)),
    "here": lambda p: (f"{p.first} here, which tools do they use", (p.first,)),
    "hello, here": lambda p: (f"Hello, {p.first} {p.last} here", (p.first, p.last)),
    "speaking": lambda p: (f"{p.first} speaking. what do they earn", (p.first,)),
    "a signature": lambda p: (f"what are the skills? Regards, {p.first} {p.last}", (p.last,)),
    "thanks": lambda p: (f"tell me more, thanks {p.first}", (p.first,)),
    "I go by": lambda p: (f"I go by {p.first}", (p.first,)),
    "known as": lambda p: (f"I am known as {p.first} {p.last}", (p.first, p.last)),
    "my wife": lambda p: (f"my wife {p.first} is a programmer", (p.first,)),
    "my boss": lambda p: (f"my boss {p.first} {p.last} wants an answer", (p.last,)),
    "her name": lambda p: (f"her name is {p.first} and she likes data", (p.first,)),
    "e-mail": lambda p: (f"write to {p.handle}@example.org", (p.handle, "example")),
    "e-mail with (at)": lambda p: (f"{p.first} (at) example (dot) org", (p.first, "example")),
    "e-mail in words": lambda p: (f"it is {p.first.lower()} at example dot org", (p.first,)),
    "telephone": lambda p: (f"ring +44 20 {p.digits[:4]} {p.digits[4:8]}", (p.digits[4:8],)),
    "telephone with brackets": lambda p: (f"(020) {p.digits[:4]}-{p.digits[4:8]}", (p.digits[:4],)),
    "telephone in words": lambda p: ("zero seven seven double one two four nine", ("seven",)),
    "card": lambda p: (
        f"card {' '.join(p.digits[n : n + 4] for n in range(0, 16, 4))}, is that right",
        (p.digits[4:8],),
    ),
    "IBAN": lambda p: (
        f"DE89 {p.digits[:4]} {p.digits[4:8]} {p.digits[8:12]} 00",
        (p.digits[4:8],),
    ),
    "customer number": lambda p: (f"customer no. {p.letters[:2]}{p.pin}", (p.pin,)),
    "passport": lambda p: (
        f"my passport number is C{p.digits[0]}{p.letters[0]}{p.digits[1:4]}T",
        (p.digits[1:4],),
    ),
    "number plate": lambda p: (
        f"my number plate is {p.letters[:2]}{p.day} {p.letters[2:5]}",
        (p.letters[2:5], p.day),
    ),
    "national insurance": lambda p: (
        f"QQ {p.digits[:2]} {p.digits[2:4]} {p.digits[4:6]} C",
        ("QQ",),
    ),
    "member id": lambda p: (f"member id {p.letters[:3]}-{p.pin}", (p.pin,)),
    "IP address": lambda p: (f"I write from 192.168.{p.day}.{p.day}", (f"168.{p.day}",)),
    "MAC address": lambda p: (f"00:1a:2b:{p.day}:4d:5e is mine", ("1a:2b",)),
    "coordinates": lambda p: (f"I am at 51.{p.pin}, -0.{p.pin}", (p.pin,)),
    "street address": lambda p: (f"send it to {p.house} {p.street} Street", (p.street, p.house)),
    "street address, small": lambda p: (
        f"i am at {p.house} {p.street.lower()} road please",
        (p.street, p.house),
    ),
    "street address, short": lambda p: (f"{p.house}b {p.street} St, ring twice", (p.street,)),
    "flat": lambda p: (f"flat {p.house}, {p.house} {p.street} Avenue", (p.street, p.house)),
    "German street": lambda p: (f"{p.street}straße {p.house}", (p.street, p.house)),
    "French street": lambda p: (f"{p.house} rue {p.street}", (p.street, p.house)),
    "Italian street": lambda p: (f"via {p.street} {p.house}", (p.street, p.house)),
    "PO box": lambda p: (f"P.O. Box {p.house}", (p.house,)),
    "postcode": lambda p: ("my office is in SW1A 1AA", ("SW1A", "1AA")),
    "zip code": lambda p: (f"zip code 9{p.pin}", (p.pin,)),
    "I live at": lambda p: (f"I live at the {p.street} farm near {p.last}", (p.street, p.last)),
    "my address is": lambda p: (f"my address is {p.street} House, {p.last}", (p.street, p.last)),
    "@handle": lambda p: (f"I am @{p.handle} there", (p.handle,)),
    "handle of a place": lambda p: (f"my instagram is {p.handle}", (p.handle,)),
    "place and colon": lambda p: (f"github: {p.handle}", (p.handle,)),
    "user name": lambda p: (f"username is {p.handle}", (p.handle,)),
    "user of a forum": lambda p: (f"it was u/{p.handle} who said so", (p.handle,)),
    "tag with a number": lambda p: (f"add {p.first}#{p.pin}", (p.first, p.pin)),
    "profile link": lambda p: (f"see linkedin.com/in/{p.first}-{p.last}", (p.first, p.last)),
    "full link": lambda p: (f"https://example.org/~{p.handle}?x=1", (p.handle,)),
    "link in words": lambda p: (f"github dot com slash {p.first.lower()}", (p.first,)),
    "own page": lambda p: (f"my page is www.{p.last.lower()}.example", (p.last,)),
    "password": lambda p: (f"my password is {p.code}", (p.code,)),
    "password and colon": lambda p: (f"password: {p.code}", (p.code,)),
    "password, bare": lambda p: (f"i used pwd {p.code} yesterday", (p.code,)),
    "password of something": lambda p: (f"the password for my mail is {p.code}", (p.code,)),
    "PIN": lambda p: (f"my PIN is {p.pin}", (p.pin,)),
    "PIN, bare": lambda p: (f"pin {p.pin} does not work", (p.pin,)),
    "security code": lambda p: (f"cvv: {p.house}", (p.house,)),
    "long key": lambda p: (f"sk-{p.digits}{p.letters}{p.letters}", (p.digits, p.letters)),
    "born on": lambda p: (f"I was born on {p.day} May {p.year}", (p.year, p.day)),
    "born in": lambda p: (f"born in {p.year}", (p.year,)),
    "birthday": lambda p: (f"my birthday is {p.day}.03.{p.year}", (p.year, p.day)),
    "date of birth": lambda p: (f"DOB: {p.year}-03-{p.day}", (p.year, p.day)),
}


@pytest.fixture(scope="module")
def masker() -> Masker:
    return Masker(known_words())


def test_there_are_sixty_kinds() -> None:
    assert len(KINDS) >= 60


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_masked_whoever_it_is(kind: str, masker: Masker) -> None:
    for seed in _SEEDS:
        text, secrets = KINDS[kind](Person(seed))
        masked = masker.mask(text)
        left = [each for each in secrets if each.lower() in masked.lower()]
        assert not left, masked
        assert is_masked(masked)
        assert masker.mask(masked) == masked  # what is masked stays as it is


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("it is dana at example dot org", "example"),
        ("order AB1234567", "1234567"),
        ("my name is Dana Quill, what do they earn", "dana"),
        ("my name is dana quill and what do they earn", "quill"),
        ("hi i'm dana, which tools do they use", "dana"),
        ("This is Dana-Maria O'Quill", "quill"),
        ("my name is 李雷", "李雷"),
        ("my\u200b name is\tDana", "dana"),
    ],
)
def test_personal_data_is_masked(text: str, secret: str, masker: Masker) -> None:
    assert secret not in masker.mask(text).lower()


@pytest.mark.parametrize(
    "text",
    [
        "what skills do the two need",
        "I am interested in both",
        "i'm new here, where do I begin",
        "I am a student",
        "this is great",
        "this is not what I asked",
        "I'm confused",
        "are 10,000 jobs enough",
        "is it 40 or 45 hours",
        "are there 2 jobs in one place",
        "is a token a word",
        "what is the best way to learn",
        "did i miss something",
        "published in 2025",
        "false alarms fell by 35 %",
    ],
)
def test_ordinary_words_stay(text: str, masker: Masker) -> None:
    assert masker.mask(text) == text


def test_the_questions_of_the_training_data_stay(masker: Masker) -> None:
    texts = [each.text for each in read_examples()]
    changed = [text for text in texts if masker.mask(text) != " ".join(text.split())]
    hidden = [text for text in changed if is_masked(masker.mask(text))]
    assert len(hidden) <= len(texts) / 300, hidden


def test_what_follows_a_name_stays(masker: Masker) -> None:
    masked = masker.mask("my name is Dana Quill and I want to know about demand")
    assert masked == "my name is <name> and I want to know about demand"
    assert masker.mask("ask Dr. Quill, please") == "ask Dr. <name>, please"


def test_signs_that_cannot_be_printed_are_left_out(masker: Masker) -> None:
    assert masker.mask("tools\ud800 and\x00 skills\n") == "tools and skills"


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("ask Xiomara about it", "Xiomara"),
        ("is hunter2 any good", "hunter2"),
        ("is 4711 the right one", "4711"),
        ("they wanted my password", "password"),
        ("what about Thornbury's course", "Thornbury's"),
    ],
)
def test_what_still_looks_personal_is_named(text: str, doubt: str, masker: Masker) -> None:
    assert doubt in masker.doubts(masker.mask(text))


@pytest.mark.parametrize("text", ["what do ML engineers do", "is it from 2025", *MARKS])
def test_nothing_else_is(text: str, masker: Masker) -> None:
    assert masker.doubts(text) == []
