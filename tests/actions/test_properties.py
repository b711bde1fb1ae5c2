"""What is told in whatever form, and that there is always something to tell."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from actions.compose import MAX_POINTS, MAX_STATEMENTS, MAX_WORDS, Source, adds_to, prose, shape
from content.schema import Statement
from dialogue.understanding import Wanted
from tests.actions.harness import CONTENT
from tests.support.properties import held

_STATEMENTS = st.lists(
    st.sampled_from([*CONTENT.statements.values()]), min_size=1, max_size=9, unique_by=id
)
_FORMS = "bullets numbered sentence words shorter simpler names table unheard_of".split()


@st.composite
def wishes(draw: st.DrawFn) -> tuple[Source, Wanted]:
    """Statements, the last of them further ones, and a form for them."""
    chosen = draw(_STATEMENTS)
    own = draw(st.integers(1, len(chosen)))
    lengths = st.none() | st.integers(1, 12)
    wanted = Wanted(draw(st.sampled_from(_FORMS)), draw(lengths), draw(lengths))
    return Source(CONTENT, chosen[:own], chosen[own:]), wanted


def count(text: str) -> int:
    return len(text.split())


@held
@given(_STATEMENTS, st.integers(1, 5))
def test_prose_is_the_first_statements_and_no_more_than_is_read_at_a_glance(
    statements: list[Statement], most: int
) -> None:
    told = prose(CONTENT, statements, most)
    ids = tuple(each.id for each in statements)
    assert told.statements == ids[: len(told.statements)]
    assert 1 <= len(told.statements) <= most
    plain = sum(count(each.text) for each in statements[: len(told.statements)])
    assert count(told.text) <= plain <= MAX_WORDS
    if len(told.statements) < min(most, len(statements)):  # one more would be too long
        following = statements[len(told.statements)]
        assert plain + count(following.text) > MAX_WORDS


@held
@given(wishes())
def test_every_form_tells_only_what_there_is(wish: tuple[Source, Wanted]) -> None:
    source, wanted = wish
    told = shape(source, wanted)
    assert told.text.strip()
    assert told.statements
    given = (*source.statements, *source.further)
    parts = [one for each in given for part in each.parts for one in CONTENT.told_of_part(part)]
    assert set(told.statements) <= {each.id for each in (*given, *parts)}
    assert len(set(told.statements)) == len(told.statements)
    assert count(told.text) <= max(MAX_WORDS, MAX_POINTS * 30)
    if wanted.form in ("table", "unheard_of"):
        assert not told.is_done
        assert told.text == prose(CONTENT, source.statements).text


@held
@given(wishes(), st.sampled_from(["bullets", "numbered"]))
def test_a_list_has_as_many_points_as_are_wanted(wish: tuple[Source, Wanted], form: str) -> None:
    source, wanted = wish
    told = shape(source, Wanted(form, wanted.points, wanted.words))
    assert told.points is not None
    items = told.points.items
    assert told.points.ordered is (form == "numbered")
    assert len(items) <= max(MAX_POINTS, wanted.points or 0)
    assert told.is_done is (wanted.points is None or len(items) == wanted.points)
    marks = [f"{place}. " if told.points.ordered else "- " for place in range(1, len(items) + 1)]
    assert told.text.split("\n") == [mark + item for mark, item in zip(marks, items, strict=True)]
    if wanted.points is None and len(source.statements) > 1:
        lists = [(each.parts, each.steps, each.items) for each in source.statements]
        most = max(len(one) for each in lists for one in each)
        assert len(items) <= max(len(source.statements), MAX_STATEMENTS, most)


@held
@given(wishes(), st.integers(1, 40), st.sampled_from(["words", "sentence", "shorter"]))
def test_so_many_words_are_not_exceeded_or_it_is_said(
    wish: tuple[Source, Wanted], limit: int, form: str
) -> None:
    source, wanted = wish
    told = shape(source, Wanted(form, wanted.points, limit))
    assert told.is_done is (count(told.text) <= limit)
    if wanted.points and told.is_done:
        assert len(told.statements) <= wanted.points


@held
@given(_STATEMENTS, st.none() | st.integers(1, 5))
def test_shorter_is_shorter_or_it_is_said(statements: list[Statement], points: int | None) -> None:
    told = shape(Source(CONTENT, statements), Wanted("shorter", points))
    if told.is_done:
        assert count(told.text) < count(prose(CONTENT, statements).text)
    else:
        assert told.text == statements[0].text


@held
@given(_STATEMENTS, st.none() | st.integers(1, 9))
def test_names_are_those_of_the_items(statements: list[Statement], points: int | None) -> None:
    told = shape(Source(CONTENT, statements), Wanted("names", points))
    items = [item for each in statements for item in each.items]
    assert told.is_done is bool(items)
    if items:
        named = told.text.removesuffix(".").lower()
        wanted = list(dict.fromkeys(items))[: points or len(items)]
        assert named == ", ".join(wanted).lower()


@held
@given(_STATEMENTS)
def test_nothing_is_added_by_what_was_told(statements: list[Statement]) -> None:
    text = " ".join(each.text for each in statements)
    assume(len(text.split()) > 5)
    assert not any(adds_to(CONTENT, text, each) for each in statements)
    assert all(adds_to(CONTENT, "", each) for each in statements)
