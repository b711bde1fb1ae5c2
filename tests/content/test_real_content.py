"""The content as it is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from actions.compose import MAX_STATEMENTS, MAX_WORDS
from content.loader import load
from content.schema import PROMPTS
from tests.content.folder import Folder

CONTENT = load()
ANSWERS = [
    (topic, role)
    for topic in CONTENT.topics
    for role in (None, *(CONTENT.roles if CONTENT.is_grid(topic) else ()))
]
STATEMENT_IDS = """
    ml_def ml_data ml_lang ml_frame ai_tools_open ml_eval ml_example ml_steps ml_deep ml_monitor
    ai_def ai_fields ai_nlp ai_human ai_combine ai_example ai_car ai_know subset not_same ml_focus
    ai_wide scope_ml scope_ai breadth_ai breadth_ml deploy_ml deploy_ai three_diffs impact align
    ml_back ai_back ml_excel ai_persp problem ai_collab ai_ling ml_analysts demand sectors hybrid
    lv_modules lv_both lv_courses lv_for case_who case_ml case_ai case_35 case_outcome case_both fit
    both title published author_open refs ref_rice ref_reddit ref_uic ref_tds no_ref sum_build
    sum_alloc sum_roles confused advanced
""".split()
"""What conversations, their tests and what the reader was trained on call the statements."""


def told(topic: str, role: str | None = None) -> list[str]:
    """Ids of what is told of a topic."""
    return [each.id for each in CONTENT.told_of(topic, role)]


def texts() -> Iterator[str]:
    """Everything that a visitor may be told."""
    for statement in CONTENT.statements.values():
        yield statement.text
        yield from filter(None, (statement.brief, statement.simple))
        yield from (*statement.items, *statement.steps)
    yield from (gap.answer for gap in CONTENT.gaps.values())
    for variants in CONTENT.variants.values():
        yield from variants


def test_the_content_has_something_of_every_kind() -> None:
    assert len(CONTENT.roles) == 2
    assert CONTENT.topics
    assert CONTENT.gaps
    assert set(CONTENT.prompts) == set(CONTENT.variants) == set(PROMPTS)


def test_a_copy_is_the_same_content(folder: Folder) -> None:
    assert load(folder.path).version == CONTENT.version
    folder.edit("prompts.yml", "Hello.", "Good day.", after="greet:")
    assert load(folder.path).prompts["greet"].startswith("Good day.")
    assert load(folder.path).version != CONTENT.version


def test_every_statement_keeps_its_id() -> None:
    assert set(STATEMENT_IDS) <= set(CONTENT.statements)


@pytest.mark.parametrize(("topic", "role"), ANSWERS)
def test_an_answer_is_short_enough_to_read_at_a_glance(topic: str, role: str | None) -> None:
    first = CONTENT.told_of(topic, role)[:MAX_STATEMENTS]
    assert first
    assert sum(len(each.text.split()) for each in first) <= MAX_WORDS


@pytest.mark.parametrize("topic", [each for each in CONTENT.topics if CONTENT.is_grid(each)])
def test_the_roles_are_told_of_in_different_words(topic: str) -> None:
    first = {told(topic, role)[0] for role in CONTENT.roles}
    assert len(first) == len(CONTENT.roles)
    assert first == set(told(topic)[: len(first)])


@pytest.mark.parametrize("topic", CONTENT.topic_ids)
def test_every_related_topic_leads_to_an_answer(topic: str) -> None:
    found = CONTENT.topic(topic)
    assert found is not None
    assert all(told(related) for related in found.related)


@pytest.mark.parametrize("name", STATEMENT_IDS)
def test_the_first_statements_have_a_gist(name: str) -> None:
    assert CONTENT.statements[name].brief


def test_no_text_has_markdown_in_it() -> None:
    assert not [text for text in texts() if any(sign in text for sign in ("**", "__", "`", "# "))]


def test_every_section_and_reference_backs_a_statement() -> None:
    sources = [each.source for each in CONTENT.statements.values() if each.source]
    assert {each.section for each in sources} == set(CONTENT.sections)
    assert {each.reference for each in sources} - {None} == set(CONTENT.references)


def test_a_grid_topic_tells_of_all_roles_in_turns_and_what_they_share_last() -> None:
    assert told("case_roles") == ["case_ml", "case_ai", "case_both"]


def test_nothing_is_told_twice_in_one_answer() -> None:
    for topic, role in ANSWERS:
        assert len(set(told(topic, role))) == len(told(topic, role)), topic


def test_a_topic_without_roles_tells_the_same_of_each() -> None:
    assert told("demand", "ml_engineer") == told("demand")


def test_an_unknown_topic_has_no_statements() -> None:
    assert CONTENT.topic("no_such_topic") is None
    with pytest.raises(KeyError):
        CONTENT.told_of("no_such_topic", None)


def test_a_role_that_does_not_exist_is_told_nothing_of() -> None:
    with pytest.raises(KeyError):
        CONTENT.told_of("skills", "qa_engineer")


def test_a_gap_tells_no_statement() -> None:
    gap = next(iter(CONTENT.gaps))
    assert CONTENT.told_of(gap, None) == []
    assert not CONTENT.is_grid(gap)


def test_the_topics_of_a_statement_begin_with_the_one_that_tells_it_first() -> None:
    assert CONTENT.topics_of("sectors")[0] == ("sectors", None)
    assert CONTENT.topics_of("ml_lang")[0] == ("tools", "ml_engineer")
    assert ("skills", "ai_engineer") in CONTENT.topics_of("problem")


def test_a_role_goes_by_all_its_names() -> None:
    names = CONTENT.roles["ml_engineer"].all_names
    assert {"ML engineer", "ML engineers", "ML engineering", "ML", "MLE"} <= set(names)
    assert len(names) == len(set(names))
