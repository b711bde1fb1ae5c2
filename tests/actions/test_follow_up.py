"""What depends on the replies before."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from actions.reply import Scene
from actions.telling import Telling, tell
from dialogue.thread import Thread
from dialogue.understanding import Wanted
from tests.actions.harness import (
    AI,
    BOTH,
    CONTENT,
    ML,
    OTHER,
    Reply,
    answered,
    buttons,
    press,
    reading,
    run,
    said,
    slots,
    texts,
    told,
)

PROMPTS = CONTENT.prompts


def sorry(text: str) -> list[str]:
    """What a correction may be answered with."""
    return [f"{each} {text}" for each in CONTENT.variants["sorry"]]


@pytest.fixture
def tools() -> Reply:
    """After the tools of ML engineers were told."""
    return run(intent="tools", read=answered("ml_lang", "ml_frame"), roles=[ML])


def more(after: Reply | None) -> Reply:
    """What "tell me more" does."""
    return run(intent="more", read=reading(act="more"), after=after)


def shaped(form: str | None, after: Reply, channel: str = "rest", **length: int | None) -> Reply:
    """The last answer in another form."""
    read = reading(act="form")
    return run(
        intent="shorter", read=read, wanted=Wanted(form, **length), after=after, channel=channel
    )


def corrected(after: Reply, **message: Any) -> Reply:
    """What "that is not what I asked" does."""
    message.setdefault("read", reading(act="correct"))
    return run(intent="correct", after=after, **message)


def test_more_tells_nothing_twice_and_comes_to_an_end(tools: Reply) -> None:
    reply, seen = tools, set(slots(tools)["told"])
    for _ in range(60):
        reply = more(reply)
        if said(reply) == PROMPTS["no_more"]:
            break
        new = set(reply.messages[0]["statements"])
        assert new
        assert not new & seen
        seen |= new
    assert said(reply) == PROMPTS["no_more"]


def test_more_of_what_the_message_names(tools: Reply) -> None:
    read = reading("answered", "more", answers={"deploy_ai": 0.9})
    read["acts"]["ask"] = 0.6
    assert said(run(intent="more", read=read, after=tools)).startswith(told("deploy_ai"))


def test_a_reason_that_is_not_told_is_not_made_up(tools: Reply) -> None:
    reply = run(intent="why", read=reading(act="ask"), after=tools)
    assert said(reply) in CONTENT.variants["not_stated_bare"]


def test_who_asks_on_gets_the_one_statement_that_answers_best(tools: Reply) -> None:
    read, reply = answered("ml_lang", "ml_frame"), tools
    heard = []
    for _ in range(4):
        reply = run(intent="tools", read=read, roles=[ML], after=reply)
        heard.append(said(reply))
    assert heard[0] == told("ml_lang")
    leads = [each.format(answer=told("ml_lang")) for each in CONTENT.variants["again_lead"]]
    assert any(heard[2].startswith(lead) for lead in leads)
    assert all(one != other for one, other in pairwise(heard))


@pytest.mark.parametrize("intent", ["tools", "background"])
def test_a_question_after_an_answer_gets_what_was_not_told_yet(intent: str, tools: Reply) -> None:
    reply = run(intent=intent, read=answered("ml_eval", "ml_frame"), after=tools)
    assert said(reply) == told("ml_eval")


def test_no_reply_is_told_twice_word_for_word(tools: Reply) -> None:
    reply, seen = tools, {said(tools)}
    for _ in range(3):
        other = run(intent="demand", read=answered("demand"), after=reply)
        reply = run(intent="tools", read=answered("ml_lang", "ml_frame"), after=other)
        if said(reply) in seen:
            break
        seen.add(said(reply))
    assert len(seen) > 2


def test_repeat_tells_the_last_reply_as_it_was(tools: Reply) -> None:
    reply = run(intent="repeat", read=reading(act="repeat"), after=tools)
    assert texts(reply) == texts(tools)
    assert reply.messages[0]["statements"] == ["ml_lang", "ml_frame"]


@pytest.mark.parametrize("act", ["more", "repeat", "form"])
def test_before_any_answer_there_is_nothing_to_go_on_with(act: str) -> None:
    assert said(run(read=reading(act=act))) == PROMPTS["nothing_yet"]


def test_bullets_are_lines(tools: Reply) -> None:
    lines = said(shaped("bullets", tools)).splitlines()
    assert lines == [f"- {told('ml_lang')}", f"- {told('ml_frame')}"]


def test_more_bullets_than_were_told_take_what_is_further_known(tools: Reply) -> None:
    assert len(said(shaped("bullets", tools, points=3)).splitlines()) == 3


def test_a_list_of_several_is_the_best_ones_if_it_has_as_many_parts() -> None:
    for ids, count in ((("ml_steps", "ml_monitor"), None), (("ml_excel", "not_same"), 3)):
        best = CONTENT.statements[ids[0]]
        parts = best.steps or best.items
        (text,) = texts(run(read=answered(*ids), wanted=Wanted("bullets", count)))
        found = [line.removeprefix("- ").lower() for line in text.splitlines()]
        assert found == [each.lower() for each in parts]


def test_a_list_of_one_statement_has_its_items_or_steps() -> None:
    reply = run(intent="work", read=answered("ml_steps"))
    steps = CONTENT.statements["ml_steps"].steps
    lines = said(shaped("numbered", reply)).splitlines()
    assert [line.partition(". ")[2].lower() for line in lines] == [each.lower() for each in steps]


@pytest.mark.parametrize(("form", "ordered"), [("bullets", False), ("numbered", True)])
def test_a_list_comes_as_points_beside_its_lines(tools: Reply, form: str, ordered: bool) -> None:
    first = shaped(form, tools)
    again = shaped(form, first)
    for reply in (first, again):
        (message,) = reply.messages
        assert message["points"] == {
            "ordered": ordered,
            "items": [told("ml_lang"), told("ml_frame")],
        }
        mark = "1." if ordered else "-"
        assert f"{mark} {told('ml_lang')}\n" in message["text"]
    assert said(again) == said(first)  # asked for, so nothing is put in front
    assert "points" not in tools.messages[0]


def test_a_table_is_lines_of_text_and_a_real_one_in_the_web_chat(tools: Reply) -> None:
    text = said(shaped("table", tools))
    assert all(line.startswith("| ") for line in text.splitlines())
    (message,) = shaped("table", tools, channel="webchat").messages
    assert "|" not in message["text"]
    assert message["table"]["rows"][0][0] == CONTENT.topics["tools"].title


def test_what_sets_no_roles_side_by_side_gets_the_table_of_all() -> None:
    reply = run(intent="article", read=answered("title"))
    (message,) = shaped("table", reply, channel="webchat").messages
    titles = [CONTENT.topics[name].title for name in CONTENT.topics["differences"].compares]
    assert [row[0] for row in message["table"]["rows"]] == titles


def test_a_table_may_be_asked_of_several_topics_at_once() -> None:
    read = reading("answered", answers={"deploy_ml": 0.9, "breadth_ai": 0.9, "scope_ml": 0.8})
    (message,) = run(read=read, wanted=Wanted("table"), channel="webchat").messages
    rows = {row[0] for row in message["table"]["rows"]}
    assert rows >= {CONTENT.topics[name].title for name in ("scope", "breadth", "deployment")}


def test_without_a_comparison_of_all_such_a_table_is_declined() -> None:
    topics = {name: topic.copy(update={"compares": []}) for name, topic in CONTENT.topics.items()}
    scene = Scene(replace(CONTENT, topics=topics), Thread())
    (message,) = tell(scene, Telling(["title"], wanted=Wanted("table"))).messages
    assert message.text.startswith(PROMPTS["cannot_form"])
    assert message.table is None


def test_one_sentence_names_few_words_and_simple_ones(tools: Reply) -> None:
    assert said(shaped("sentence", tools)) == told("ml_lang")
    assert len(said(shaped("words", tools, words=6)).split()) <= 6
    assert said(shaped("names", tools)).startswith("Python, Java")
    assert str(CONTENT.statements["ml_lang"].simple) in said(shaped("simpler", tools))


def test_points_have_as_many_words_as_are_wanted(tools: Reply) -> None:
    points = said(shaped("bullets", tools, words=7)).splitlines()
    assert points == [f"- {_gist('ml_lang')}", f"- {_gist('ml_frame')}"]


def _gist(statement: str) -> str:
    brief = str(CONTENT.statements[statement].brief)
    return brief[0].upper() + brief[1:] + "."


def test_too_few_words_are_declined(tools: Reply) -> None:
    assert said(shaped("words", tools, words=1)).startswith(PROMPTS["shortest"].split("{")[0])


def test_a_form_that_nobody_knows_is_declined(tools: Reply) -> None:
    declined = said(run(read=reading(act="form"), after=tools))
    assert declined in CONTENT.variants["cannot_form"]


def test_a_new_question_may_name_its_form() -> None:
    reply = run(intent="background", read=answered("ml_back"), wanted=Wanted("bullets"))
    assert len(said(reply).splitlines()) == len(CONTENT.statements["ml_back"].items)


def test_a_correction_is_never_answered_with_the_same(tools: Reply) -> None:
    judged = reading("answered", answers={"ml_lang": 0.9, "ml_eval": 0.4})
    wrong = run(intent="tools", read=judged, roles=[ML])
    first = corrected(wrong)
    assert said(first) in sorry(told("ml_eval"))
    second = corrected(first)
    assert said(second) in CONTENT.variants["correct"]
    assert len(buttons(second)) == 2
    assert said(corrected(second)) != said(second)


def test_a_correction_may_say_what_was_meant(tools: Reply) -> None:
    read = reading("answered", "correct", answers={"ml_lang": 0.9, "ml_back": 0.8})
    assert said(corrected(tools, read=read)) in sorry(told("ml_back"))
    assert slots(corrected(tools, roles=[AI]))["role"] == AI


def test_a_correction_may_name_a_form(tools: Reply) -> None:
    read = reading("answered", "correct", answers={"ml_back": 0.8})
    lines = said(corrected(tools, read=read, wanted=Wanted("bullets"))).splitlines()
    assert lines[0].startswith(tuple(sorry("- ")))
    assert len(lines) == len(CONTENT.statements["ml_back"].items)


def test_a_source_is_that_of_the_last_answer_with_its_reference() -> None:
    work = run(intent="work", read=answered("ml_data"))
    reply = run(intent="source", read=reading(act="source"), after=work)
    assert CONTENT.references["rice"].address in said(reply)


def test_a_source_that_is_not_cited_is_the_section(tools: Reply) -> None:
    read = reading("not_stated", "source", near={"case_35": 0.9})
    text = said(run(intent="source", read=read, after=tools))
    assert "Case Study" in text
    assert "http" not in text


def test_what_the_article_says_of_itself_is_no_source_but_told(tools: Reply) -> None:
    read = reading("answered", "source", answers={"published": 0.9})
    read["acts"]["ask"] = 0.6
    assert said(run(intent="source", read=read, after=tools)) == told("published")


def test_the_source_of_all_names_all_references() -> None:
    text = said(run(intent="source", read=reading(act="source")))
    assert all(each.address in text for each in CONTENT.references.values())


def test_and_the_other_role_is_told_of_the_same_topic(tools: Reply) -> None:
    reply = run(intent="followup", roles=[OTHER], after=tools)
    assert reply.messages[0]["answer"] == f"tools/{AI}"


def test_offers_are_topics_not_told_yet_and_can_be_chosen_by_place(tools: Reply) -> None:
    offered = slots(tools)["offered"]
    assert 1 <= len(offered) <= 3
    read = reading(act="choose")
    reply = run(intent="choose", read=read, places=[1], after=tools)
    assert reply.messages[0]["answer"].partition("/")[0] == offered[1]["intent"]
    both = run(intent="choose", read=read, places=["all"], after=tools)
    assert len(texts(both)) == len(offered)


def test_going_back_tells_what_was_told_before(tools: Reply) -> None:
    second = run(intent="demand", read=answered("demand"), after=tools)
    back = run(intent="go_back", after=second)
    assert said(back) == said(tools)
    assert said(run(intent="go_back", after=back)) == PROMPTS["back_at_start"]


def test_starting_over_forgets_what_was_told(tools: Reply) -> None:
    reply = run(intent="start_over", after=tools)
    assert said(reply) == PROMPTS["start_over"]
    assert slots(reply)["told"] == []


def test_two_messages_that_mean_nothing_get_the_subjects() -> None:
    lost: dict[str, Any] = {"intent": "nlu_fallback", "outcome": "unsure"}
    first = run(ranking=[("demand", 0.1)], **lost)
    assert said(first) == PROMPTS["did_you_mean"]
    assert buttons(first)[-1]["title"] == PROMPTS["none_title"]
    assert CONTENT.topics["work"].title in said(run(after=first, **lost))


def test_pressing_a_topic_twice_tells_something_else() -> None:
    first = press("demand")
    assert said(press("demand", after=first)) != said(first)


PARTS = CONTENT.statements["three_diffs"].parts


def test_the_points_of_a_list_are_what_its_parts_tell_of_each_role() -> None:
    lines = said(run(read=answered("three_diffs"), wanted=Wanted("bullets"))).splitlines()
    assert len(lines) == len(PARTS)
    for line, topic in zip(lines, PARTS, strict=True):
        gists = [CONTENT.told_of(topic, role)[0].brief for role in (ML, AI)]
        assert all(f"{gist} (" in line for gist in gists)
    short = run(read=answered("three_diffs"), wanted=Wanted("bullets", words=3))
    assert said(short).splitlines()[0] == "- Scope of work"


@pytest.mark.parametrize(("count", "is_list"), [(None, False), (3, True), (2, False)])
def test_a_list_is_wanted_where_it_leads_or_has_as_many_parts(
    count: int | None, is_list: bool
) -> None:
    read = answered("sum_roles", "scope_ml", "three_diffs")
    text = said(run(read=read, wanted=Wanted("bullets", count)))
    assert ("- Deployment context:" in text) is is_list
    assert told("three_diffs") not in text  # it only announces what others tell


def test_a_part_that_is_a_statement_is_told_as_it_stands() -> None:
    reply = run(read=answered("refs"), wanted=Wanted("numbered"))
    parts = CONTENT.statements["refs"].parts
    assert said(reply).splitlines() == [f"{n}. {told(each)}" for n, each in enumerate(parts, 1)]
    assert reply.messages[0]["statements"] == ["refs", *parts]


def test_a_table_of_a_list_has_a_row_for_each_part_and_as_many_as_are_wanted() -> None:
    reply = run(read=answered("three_diffs"))
    for count, rows in ((None, 3), (2, 2), (9, 3)):
        (message,) = shaped("table", reply, channel="webchat", points=count).messages
        titles = [CONTENT.topics[each].title for each in PARTS]
        assert [row[0] for row in message["table"]["rows"]] == titles[:rows]


def test_what_shall_be_shorter_keeps_its_form(tools: Reply) -> None:
    listed = shaped("bullets", tools)
    shorter = said(shaped("shorter", listed)).splitlines()
    assert shorter == [
        "- A language such as Python or Java.",
        "- Frameworks such as TensorFlow or PyTorch.",
    ]
    assert said(shaped("words", listed, words=8)).splitlines() == shorter
    assert "\n" not in said(shaped("words", listed, words=40))
    assert said(shaped("sentence", listed)) == told("ml_lang")
    table = shaped("table", run(read=answered("three_diffs")))
    assert len(said(shaped(None, table, points=1)).splitlines()) == 3
    assert "|" in said(shaped("words", table, words=4))


def test_a_table_that_only_came_along_is_no_form_that_is_kept() -> None:
    compared = run(intent="skills", roles=[BOTH])
    assert "table" in compared.messages[0]
    assert "|" not in said(shaped("words", compared, words=8))


def test_a_table_with_fewer_rows_has_the_first_of_its_own() -> None:
    read = answered("ml_lang", "ml_back")
    table = run(intent="demand", sure=0.5, read=read, wanted=Wanted("table"))
    rows = said(table).splitlines()
    assert len(rows) > 3
    fewer = run(intent="shorter", read=reading(act="form"), wanted=Wanted("table", 1), after=table)
    assert said(fewer).splitlines() == rows[:3]


def test_a_leading_list_is_cut_to_as_many_points_as_are_wanted() -> None:
    whole = said(run(read=answered("three_diffs"), wanted=Wanted("bullets"))).splitlines()
    fewer = run(read=answered("sum_roles", "three_diffs"), wanted=Wanted("bullets", 2))
    assert said(fewer).splitlines() == whole[:2]


def test_what_was_not_understood_twice_is_not_told_twice_without_a_word(tools: Reply) -> None:
    simpler = shaped("simpler", tools)
    assert said(shaped("simpler", simpler)) != said(simpler)


def picked(after: Reply, place: int) -> Reply:
    return run(read=reading(act="choose"), places=[place], after=after)


def test_parts_can_be_picked_until_something_else_is_told_or_offered() -> None:
    listed = run(read=answered("refs"))
    second = picked(listed, 1)
    assert said(second) == told("ref_reddit")
    assert said(picked(second, 2)) == told("ref_uic")
    for after in (press("help", after=listed), run(read=answered("demand"), after=listed)):
        assert said(picked(after, 1)) != told("ref_reddit")
