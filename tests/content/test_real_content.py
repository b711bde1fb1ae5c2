"""The content as it is."""

from __future__ import annotations

import pytest

from content.loader import Content, load
from content.schema import PROMPTS, Reply

MAX_WORDS = 60
MAX_SHORT_WORDS = 25
MAX_CELL_WORDS = 12
CONTENT = load()


def replies(content: Content) -> dict[str, Reply]:
    """Every answer but those of the gaps, under its topic and role."""
    found: dict[str, Reply] = {}
    for topic in content.aspects:
        found.update({f"{topic}/{role}": content.reply(topic, role) for role in content.roles})
        found[topic] = content.reply(topic, None)
    found.update({topic: content.reply(topic, None) for topic in content.entries})
    return found


def test_the_content_has_topics_of_every_kind() -> None:
    assert CONTENT.aspects
    assert CONTENT.entries
    assert CONTENT.gaps
    assert len(CONTENT.roles) == 2
    assert set(CONTENT.prompts) == set(PROMPTS)


def test_every_aspect_has_an_answer_for_each_role_and_they_differ() -> None:
    for topic, aspect in CONTENT.aspects.items():
        answers = {aspect.comparison.answer, *(cell.answer for cell in aspect.cells.values())}
        assert set(aspect.cells) == set(CONTENT.roles), topic
        assert len(answers) == len(CONTENT.roles) + 1, topic


@pytest.mark.parametrize("topic", CONTENT.topic_ids)
def test_every_related_topic_leads_to_an_answer(topic: str) -> None:
    found = CONTENT.topic(topic)
    assert found is not None
    for related in found.related:
        assert related != topic
        assert CONTENT.reply(related, None).answer
        if related in CONTENT.aspects:
            assert all(CONTENT.reply(related, role).answer for role in CONTENT.roles)


@pytest.mark.parametrize(("name", "reply"), replies(CONTENT).items())
def test_an_answer_is_short_enough_to_read_at_a_glance(name: str, reply: Reply) -> None:
    assert len(reply.answer.split()) <= MAX_WORDS, name
    assert len(reply.more.split()) <= MAX_WORDS, name


@pytest.mark.parametrize(("name", "reply"), replies(CONTENT).items())
def test_a_short_form_is_one_plain_sentence(name: str, reply: Reply) -> None:
    assert len(reply.short.split()) <= MAX_SHORT_WORDS, name
    assert reply.short.count(".") == 1, name


@pytest.mark.parametrize(("name", "reply"), replies(CONTENT).items())
def test_a_correction_or_confirmation_says_yes_or_no_first(name: str, reply: Reply) -> None:
    answers = [each.answer for each in reply.corrections]
    answers += [each.answer for each in reply.confirmations]
    for answer in answers:
        assert answer.split()[0] in ("Yes,", "No,"), name
        assert len(answer.split()) <= MAX_WORDS, name


def test_every_cell_fits_a_table() -> None:
    for topic, aspect in CONTENT.aspects.items():
        for cell in aspect.cells.values():
            assert cell.brief, topic
            assert len(cell.brief.split()) <= MAX_CELL_WORDS, topic


def test_no_text_has_markdown_in_it() -> None:
    texts = [
        *CONTENT.prompts.values(),
        *(gap.answer for gap in CONTENT.gaps.values()),
        *(text for reply in replies(CONTENT).values() for text in (reply.answer, reply.more)),
    ]
    assert not [text for text in texts if any(sign in text for sign in ("**", "__", "`", "# "))]


@pytest.mark.parametrize("topic", CONTENT.gaps)
def test_a_gap_reads_well_behind_a_no(topic: str) -> None:
    gap = CONTENT.gaps[topic]
    assert gap.outside or gap.answer.startswith("The article ")


@pytest.mark.parametrize("topic", CONTENT.gaps)
def test_a_gap_is_told_in_few_words(topic: str) -> None:
    assert len(CONTENT.gaps[topic].answer.split()) <= MAX_WORDS


@pytest.mark.parametrize(("name", "reply"), replies(CONTENT).items())
def test_every_answer_names_a_section_and_maybe_a_reference(name: str, reply: Reply) -> None:
    assert reply.source.section in CONTENT.sections, name
    assert reply.source.reference is None or reply.source.reference in CONTENT.references, name


def test_an_unknown_topic_has_no_reply() -> None:
    assert CONTENT.topic("no_such_topic") is None
    with pytest.raises(KeyError):
        CONTENT.reply("no_such_topic", None)


def test_a_gap_has_no_reply() -> None:
    with pytest.raises(KeyError):
        CONTENT.reply(next(iter(CONTENT.gaps)), None)
