"""The normaliser takes whatever visitors type."""

from __future__ import annotations

import unicodedata

from hypothesis import assume, given
from hypothesis import strategies as st

from nlu.normaliser import Normaliser
from nlu.spelling import SHORTHAND, SpellingRepair
from nlu.text import clean, tokenize, words
from tests.support.properties import held, typed

# Words that mean something to the normaliser, in any order, among others.
_TOLD = """machine learning engineer enginers ML AI engineers the other both former latter and or
not no I mean actually sorry what do does hi please thanks skils tools ? ! , . ' - comma period
question mark""".split()


def messages() -> st.SearchStrategy[str]:
    """Messages of known words, and of any characters."""
    return st.one_of(typed(), st.lists(st.one_of(st.sampled_from(_TOLD), typed())).map(" ".join))


@held
@given(messages())
def test_a_clean_text_has_nothing_that_cannot_be_seen(text: str) -> None:
    cleaned = clean(text)
    assert cleaned == " ".join(cleaned.split())
    assert not [each for each in cleaned if unicodedata.category(each) in ("Cc", "Cf", "Cs", "Co")]
    cleaned.encode("utf-8")


@held
@given(messages())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@held
@given(messages())
def test_tokens_are_the_text_without_its_spaces(text: str) -> None:
    cleaned = clean(text)
    found = tokenize(cleaned)
    assert [cleaned[each.start : each.end] for each in found] == [each.text for each in found]
    assert "".join(each.text for each in found) == cleaned.replace(" ", "").replace("_", "")
    assert [each.start for each in found] == sorted({each.start for each in found})


@held
@given(messages())
def test_a_message_is_normalised_whatever_it_is(normaliser: Normaliser, text: str) -> None:
    found = normaliser.normalise(text)
    cleaned = clean(text)
    assert found.words == len(words(cleaned))
    assert 0 <= found.unknown <= 1
    for each in found.roles.mentions:
        assert 0 <= each.start < each.end <= len(cleaned)
    for text in (found.text, found.typed, found.question, *(part.text for part in found.parts)):
        assert text == " ".join(text.split())
    assert len(found.parts) != 1
    assert not (found.parts and found.question)


@held
@given(messages())
def test_only_words_are_repaired(normaliser: Normaliser, repair: SpellingRepair, text: str) -> None:
    """What was typed stays as it was, but for each word that is repaired by itself, and roles."""
    assume(not normaliser.normalise(text).roles.mentions)
    before, after = tokenize(clean(text)), tokenize(normaliser.normalise(text).typed)
    assert [repair.repair_word(each.text) for each in before] == [each.text for each in after]


@held
@given(st.one_of(st.text("abcdefghilmnorst", min_size=1, max_size=9), typed()))
def test_a_repaired_word_needs_no_repair(repair: SpellingRepair, word: str) -> None:
    repaired = repair.repair_word(word)
    assert repair.repair_word(repaired) == repaired
    assert repaired == word or repair.knows(repaired)


@held
@given(
    st.dictionaries(st.text("aeinst", min_size=1, max_size=6), st.integers(1, 30), max_size=12),
    st.sets(st.text("aeinst", min_size=1, max_size=6), max_size=6),
)
def test_a_word_of_the_lexicon_is_never_touched(counts: dict[str, int], lexicon: set[str]) -> None:
    repair = SpellingRepair(counts, lexicon)
    assert [repair.repair_word(each) for each in lexicon] == list(lexicon)
    assert all(repair.knows(each) for each in lexicon)
    for word in counts:
        assert repair.repair_word(word) in {word, *counts, *SHORTHAND.values()}
