"""What is asked, at the edges of each row: just enough, and just too little."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from dialogue import acts
from dialogue.acts import Ask, Check, Refuse, Unclear
from dialogue.decode import decode, scores_of
from dialogue.thread import Thread
from dialogue.turn import Turn, candidates, nearest
from dialogue.understanding import Judged, Reading, Understanding, Wanted
from tests.actions.harness import AI, CONTENT, ML, OTHER, answered, reading
from tests.dialogue.test_decode import SAID, TOLD, act, decided

ELSEWHERE: dict[str, Any] = {"intent": "out_of_scope", "outcome": "refuse", "refusal": 3.0}
ELSEWHERE["ranking"] = [("demand", 0.1)]


# What the classifier knows.


@pytest.mark.parametrize(("sure", "kind"), [(0.35, Ask), (0.34, Unclear)])
def test_a_likely_topic_is_told_rather_than_asked_back(sure: float, kind: type) -> None:
    assert isinstance(act(Thread(), intent="demand", sure=sure), kind)
    assert isinstance(act(Thread(), intent="tools", sure=sure, roles=[AI]), kind)


def test_a_likely_topic_is_asked_of_the_role_that_is_named() -> None:
    assert act(Thread(), intent="tools", sure=0.4, roles=[AI]) == Ask("tools", AI)


@pytest.mark.parametrize(("settles", "expected"), [(0.26, Ask("demand")), (0.25, None)])
def test_a_topic_counts_less_than_being_sure_that_it_is_open(
    settles: float, expected: acts.Act | None
) -> None:
    read = reading("not_stated", answers={"sectors": settles})
    found = act(Thread(), intent="demand", sure=0.6, read=read)
    assert found == (expected or Check("not_stated"))


def test_a_topic_that_guides_is_told_though_no_statement_settles_it() -> None:
    read = reading("not_stated")
    assert act(Thread(), intent="role_fit", sure=0.6, read=read) == Ask("role_fit")
    near = reading("not_stated", near={"ai_back": 0.8})
    assert act(Thread(), intent="role_fit", read=near) == Check("not_stated", near=("ai_back",))
    assert act(Thread(), intent="demand", sure=0.6, read=read) == Check("not_stated")


def test_a_gap_is_only_refused_where_the_classifier_decided_so() -> None:
    assert act(Thread(), intent="gap_pay", outcome="refuse") == Refuse("gap_pay")
    unsure = act(Thread(), intent="gap_pay", outcome="unsure", ranking=[("demand", 0.1)])
    assert isinstance(unsure, Unclear)
    assert isinstance(act(Thread(), intent="unheard_of", outcome="refuse"), Unclear)


def test_a_gap_is_not_named_over_what_rather_settles_it() -> None:
    gap: dict[str, Any] = {"intent": "gap_pay", "outcome": "refuse", "refusal": 4.0, "sure": 0.9}
    read = reading("not_stated", confirms={"demand": 0.5}, near={"demand": 0.2})
    assert act(read=read, **gap) == Check("answered", ("demand",))


@pytest.mark.parametrize(("near", "refusal", "told"), [
    (0.59, 2.0, ()), (0.6, 2.0, ("demand",)), (0.89, 3.0, ()), (0.9, 3.0, ("demand",)),
])  # fmt: skip
def test_of_another_subject_only_what_is_nearer_counts(
    near: float, refusal: float, told: tuple[str, ...]
) -> None:
    """The nearer the surer the classifier is of that."""
    read = reading("not_stated", near={"demand": near})
    expected = Check("not_stated", near=told) if told else Refuse("out_of_scope")
    assert act(read=read, **{**ELSEWHERE, "refusal": refusal}) == expected


# What the reader finds.


def test_what_is_only_near_is_no_statement_told_by_somebody() -> None:
    silent = reading("not_stated")
    silent["acts"] = {}
    assert act(read=silent) == Check("not_stated")
    near = reading("not_stated", near={"demand": 0.8})
    near["acts"] = {"ask": 0.4, "tell": 0.3}  # enough only where nothing is near
    assert act(read=near) == Check("not_stated", near=("demand",))


def test_what_settles_it_has_to_do_with_it_and_more_than_by_half() -> None:
    def found(confirms: float, near: float) -> acts.Act:
        of_one = {"confirms": {"demand": confirms}, "near": {"demand": near}}
        return act(read=reading("not_stated", "ask", **of_one))

    told = Check("answered", ("demand",))
    assert found(0.3, 0.3) == told  # together just enough
    assert found(0.29, 0.3) != told
    assert found(0.25, 0.5) != told  # just half


def test_a_topic_is_not_told_again_for_what_stands_elsewhere() -> None:
    """Where all of a topic was told just now, what else the reader finds is worth more."""
    ids = [each.id for each in CONTENT.told_of("case_study", None)]
    told = replace(TOLD, topic="case_study", said=[{**SAID, "statements": ids}])
    message: dict[str, Any] = {
        "intent": "case_study",
        "read": answered("case_35", "case_ml", "demand"),
    }
    assert act(told, **message) == Check(
        "answered", ("case_35", "case_ml", "demand"), topic="case_study"
    )
    some = replace(told, said=[{**SAID, "statements": ids[:-1]}])
    assert act(some, **message) == Ask("case_study")
    nothing_new = {**message, "read": answered("case_35", "case_ml")}
    assert act(told, **nothing_new) == Ask("case_study")


def test_one_statement_is_no_broad_question_nor_is_a_claim() -> None:
    assert isinstance(act(Thread(), intent="case_study", read=answered("case_35")), Check)
    claim = reading("yes", confirms={"case_35": 0.9, "case_ml": 0.9})
    assert isinstance(act(Thread(), intent="case_study", read=claim), Check)


@pytest.mark.parametrize(("sure", "is_asked"), [(0.6, True), (0.59, False)])
def test_a_likely_topic_is_of_the_role_spoken_of(sure: float, is_asked: bool) -> None:
    thread = Thread(topic="skills", role=ML)
    found = act(thread, intent="tools", sure=sure, read=answered("ai_tools_open"))
    assert (found == Ask("tools", ML)) is is_asked
    assert isinstance(found, Ask if is_asked else Check)


def test_a_likely_topic_is_of_the_role_that_is_named() -> None:
    thread = Thread(topic="tools", role=AI)
    named: dict[str, Any] = {"intent": "tools", "sure": 0.6, "roles": [ML]}
    assert act(thread, read=answered("ai_tools_open"), **named) == Ask("tools", ML)
    which = {**answered("ai_tools_open"), "which": 0.9}
    assert act(thread, read=which, **named) == Ask("tools", ML)
    followed = act(thread, intent="followup", read=answered("ai_tools_open"), roles=[ML])
    assert followed == Ask("tools", ML)
    both = act(thread, intent="tools", sure=0.6, read=answered("ai_tools_open"), roles=[ML, AI])
    assert both == Check("answered", ("ai_tools_open",), topic="tools")


@pytest.mark.parametrize(("strength", "asks"), [(0.7, 0.0), (0.69, 0.5)])
def test_what_hardly_asks_needs_a_clear_reading(strength: float, asks: float) -> None:
    read = reading("answered", answers={"demand": strength})
    read["acts"] = {"ask": asks}
    assert isinstance(act(Thread(), read=read), Check)
    less = reading("answered", answers={"demand": 0.69})
    less["acts"] = {"ask": 0.49}
    assert isinstance(act(Thread(), intent="nlu_fallback", read=less), Unclear)


def test_what_both_roles_have_is_told_though_one_is_spoken_of() -> None:
    thread = Thread(topic="tools", role=ML)
    assert isinstance(act(thread, intent="skills", read=answered("problem")), Check)
    nobody = act(Thread(), intent="tools", sure=0.7, read=answered("ai_tools_open"))
    assert isinstance(nobody, Check)


def test_and_the_others_is_the_last_topic_of_another_role() -> None:
    assert act(intent="followup", roles=[OTHER]) == Ask("tools", AI)
    assert act(intent="followup") == Ask("tools", AI)
    assert act(intent="followup", roles=[ML]) == Ask("tools", ML)
    assert isinstance(act(Thread(topic="demand"), intent="followup"), Unclear)


# How much of it.


def test_a_claim_is_carried_by_two_statements_and_a_wide_form_by_all() -> None:
    names = ("demand", "sectors", "both", "hybrid")
    scores = dict(zip(names, (0.9, 0.85, 0.8, 0.5), strict=True))
    claim = reading("yes", confirms=scores)
    assert act(read=claim) == Check("yes", names[:2], is_claim=True)
    assert act(read=reading("answered", answers=scores)) == Check("answered", names[:3])
    wanted = Wanted("table")
    assert act(read=reading("answered", answers=scores), wanted=wanted).statements == names  # type: ignore[attr-defined]


def turn(thread: Thread = TOLD, **values: Any) -> Turn:
    return Turn(Understanding(**values), thread, CONTENT, {})


def test_the_nearest_is_rather_one_that_was_not_told_just_now() -> None:
    judged = (Judged("ml_lang", near=0.9), Judged("demand", near=0.6), Judged("both", near=0.8))
    asked = turn(reading=Reading(judged=judged))
    assert nearest(asked, 0.6) == ("both",)
    assert nearest(asked, 0.81) == ("ml_lang",)
    assert nearest(asked, 0.91) == ()


def test_what_may_be_meant_is_near_then_ranked_then_related_and_three_at_most() -> None:
    judged = (Judged("case_35", near=0.5), Judged("demand", near=0.6), Judged("both", near=0.4))
    ranking = (("sectors", 0.4), ("gap_pay", 0.3), ("demand", 0.2))
    asked = turn(reading=Reading(judged=judged), ranking=ranking)
    assert candidates(asked) == (("demand", None), ("case_result", None), ("sectors", None))
    assert candidates(turn(ranking=(("tools", 0.9),))) == (
        ("skills", None),
        ("work", None),
        ("breadth", None),
    )
    assert candidates(turn(Thread())) == ()


def test_a_check_is_of_the_topic_that_tells_its_first_statement() -> None:
    message: dict[str, Any] = {"intent": "case_study", "sure": 0.7}
    first = act(Thread(), read=answered("case_35", "demand", "ml_lang"), **message)
    assert first == Check("answered", ("case_35", "demand", "ml_lang"), topic="case_study")
    other = act(Thread(), read=answered("demand", "case_35", "ml_lang"), **message)
    assert other == Check("answered", ("demand", "case_35", "ml_lang"))


@pytest.mark.parametrize(("sure", "topic"), [(0.89, None), (0.9, "demand")])
def test_a_table_may_ask_for_several_topics(sure: float, topic: str | None) -> None:
    read = reading("yes", confirms={"demand": 0.9})
    found = act(Thread(), intent="demand", sure=sure, read=read, wanted=Wanted("table"))
    assert isinstance(found, Check)
    assert found.topic == topic


# Scores, buttons, commands, joined questions.


def test_scores_are_the_readers_and_the_classifiers_where_it_does_not_refuse() -> None:
    found = Understanding(
        intent="thanks",
        outcome="answer",
        ranking=(("thanks", 0.6), ("demand", 0.4), ("unheard_of", 0.9)),
        refused=0.5,
        reading=Reading(acts={"ask": 0.1, "ack": 0.2}),
    )
    scores = scores_of(found, CONTENT)
    assert scores["ack"] == pytest.approx(0.2 + 0.6 * 0.5)
    assert scores["ask"] == pytest.approx(0.1 + 0.5 * 0.4 * 0.5 + 0.5 * 0.5)
    assert sum(scores.values()) == pytest.approx(scores["ack"] + scores["ask"])
    outside = scores_of(replace(found, intent="out_of_scope", outcome="refuse"), CONTENT)
    assert outside["other"] == pytest.approx(0.5 * 0.5)
    assert outside["ask"] == pytest.approx(0.1 + 0.5 * 0.4 * 0.5)


def test_the_likelier_kind_is_tried_first_and_none_below_asking() -> None:
    read = reading()
    read["acts"] = {"person": 0.6, "feeling": 0.7, "ask": 0.1}
    assert act(read=read) == acts.SmallTalk("feeling")
    read["acts"] = {"person": 0.8, "feeling": 0.7, "ask": 0.1}
    assert act(read=read) == acts.SmallTalk("person")
    read["acts"]["ask"] = 0.8
    assert act(read=read) == acts.SmallTalk("person")
    read["acts"]["ask"] = 0.81
    assert isinstance(act(read=read), Unclear)
    read["acts"] = {"person": 0.49}
    assert isinstance(act(read=read), Unclear)
    read["acts"] = {"person": 0.5}
    assert act(read=read) == acts.SmallTalk("person")


def test_a_courtesy_counts_beside_a_reading_that_is_not_clear() -> None:
    def found(answers: float, asks: float) -> acts.Act:
        read = reading("answered", "greet", answers={"demand": answers})
        read["acts"]["ask"] = asks
        return act(Thread(), read=read)

    assert isinstance(found(0.7, 0.5), Check)
    assert found(0.69, 0.5) == found(0.7, 0.49) == acts.SmallTalk("greet")


def test_a_button_of_the_form_is_its_choice() -> None:
    pressed = act(intent="fit_form", pressed=True, entities={"option": "interest/0"})
    assert pressed == acts.FormMove(acts.CHOICE, "interest/0")


def test_a_button_names_a_role_only_of_a_topic_that_tells_of_each() -> None:
    assert act(intent="skills", pressed=True, roles=["unheard_of", AI]) == Ask("skills", AI)
    assert act(intent="demand", pressed=True, roles=[AI]) == Ask("demand")
    assert act(intent="more", pressed=True) == acts.Again("more")
    assert isinstance(act(intent="unheard_of", pressed=True), Unclear)


@pytest.mark.parametrize(("intent", "good"), [("feedback_good", True), ("feedback_bad", False)])
def test_a_thumb_is_of_the_answer_that_it_names(intent: str, good: bool) -> None:
    pressed = act(intent=intent, pressed=True, entities={"answer": "skills/ml_engineer"})
    assert pressed == acts.Rate(good, "skills/ml_engineer")
    assert act(intent=intent, pressed=True) == acts.Rate(good)


@pytest.mark.parametrize(("sure", "is_command"), [(0.9, True), (0.89, False)])
def test_a_command_beside_a_clear_reading_is_surer(sure: float, is_command: bool) -> None:
    found = act(intent="version", sure=sure, read=reading("answered", answers={"demand": 0.7}))
    assert (found == acts.Version()) is is_command
    unclear = reading("answered", answers={"demand": 0.69})
    assert act(intent="version", sure=0.7, read=unclear) == acts.Version()


def test_what_is_refused_is_no_command() -> None:
    assert act(intent="version", outcome="refuse", refusal=1.0) != acts.Version()


def test_joined_questions_that_come_to_the_same_are_one() -> None:
    part = {"reading": answered("demand"), "intent": "", "roles": []}
    found = decided(Thread(), read=answered("sectors"), parts=[part, dict(part)])
    assert found.acts == (Check("answered", ("sectors",)),)
    assert found.by == "ask: settled"


def test_joined_questions_are_all_told_in_the_form_that_is_wanted() -> None:
    parts = [
        {"reading": answered("demand"), "intent": "", "roles": []},
        {"reading": answered("gone"), "intent": "skills", "roles": [AI]},
        {"reading": reading("answered", answers={"both": 0.7}), "intent": "gap_pay", "roles": []},
    ]
    wanted = Wanted("bullets")
    found = decided(Thread(), read=answered("demand"), parts=parts, wanted=wanted)
    assert found.by == "ask: joined"
    assert found.acts == (
        Check("answered", ("demand",), wanted=wanted),
        Ask("skills", AI, wanted),
        Check("answered", ("both",), wanted=wanted),  # surer than the gap
    )


def test_a_gap_among_joined_questions_counts_beside_an_unsure_reading() -> None:
    parts = [
        {"reading": answered("demand"), "intent": "", "roles": []},
        {"reading": reading("answered", answers={"both": 0.59}), "intent": "gap_pay", "roles": []},
    ]
    found = decided(Thread(), read=answered("demand"), parts=parts)
    assert found.acts == (Check("answered", ("demand",)), Refuse("gap_pay"))


def test_an_intent_without_a_ranking_is_sure() -> None:
    assert decode(Understanding(intent="version"), Thread(), CONTENT).acts == (acts.Version(),)


def test_what_may_be_meant_is_of_the_role_that_is_named() -> None:
    ranking = (("skills", 0.5), ("demand", 0.4))
    asked = turn(Thread(), ranking=ranking, roles=(AI,))
    assert candidates(asked) == (("skills", AI), ("demand", None))


def test_a_topic_is_of_the_role_that_it_is_asked_of() -> None:
    """What only the other role's part tells is not told by it, and not instead of it."""
    message: dict[str, Any] = {"intent": "tools", "sure": 0.8, "roles": [ML]}
    read = answered("ai_car", "ai_tools_open")
    assert act(Thread(), read=read, **message) == Ask("tools", ML)
    assert isinstance(act(Thread(), read=read, **{**message, "sure": 0.59}), Check)
    assert act(Thread(), read=answered("ml_lang", "ml_frame"), **message) == Ask("tools", ML)


@pytest.mark.parametrize(
    ("sure", "refusal", "is_topic"), [(0.9, -3.0, True), (0.89, -3.0, False), (0.9, -2.0, False)]
)
def test_a_certain_topic_needs_one_statement_in_common(
    sure: float, refusal: float, is_topic: bool
) -> None:
    read = answered("demand", "ml_lang", "ai_back")
    found = act(Thread(), intent="demand", sure=sure, refusal=refusal, read=read)
    assert isinstance(found, Ask if is_topic else Check)


def test_a_form_goes_along_with_the_other_role() -> None:
    wanted = Wanted("sentence")
    assert act(intent="followup", wanted=wanted) == Ask("tools", AI, wanted)
    thread = Thread(topic="skills", role=ML)
    found = act(thread, intent="tools", sure=0.7, read=answered("ai_tools_open"), wanted=wanted)
    assert found == Ask("tools", ML, wanted)


def test_a_topic_of_a_role_needs_an_answer_and_what_only_the_others_have() -> None:
    thread = Thread(topic="skills", role=ML)
    read = answered("ai_tools_open")
    refused: dict[str, Any] = {"intent": "tools", "sure": 0.7, "outcome": "unsure"}
    assert isinstance(act(thread, read=read, **refused), Check)
    assert act(thread, intent="demand", sure=0.7, read=read) == Check(
        "answered", ("ai_tools_open",)
    )


def test_what_is_near_a_gap_is_told_in_the_form_that_is_wanted() -> None:
    wanted = Wanted("sentence")
    gap: dict[str, Any] = {"intent": "gap_pay", "outcome": "refuse", "refusal": 4.0, "sure": 0.5}
    assert act(wanted=wanted, **gap) == Check("not_stated", wanted=wanted)


def test_all_that_only_the_other_role_has_is_not_meant_either() -> None:
    thread = Thread(topic="skills", role=ML)
    read = answered("ai_tools_open", "ai_car")
    assert act(thread, intent="tools", sure=0.7, read=read) == Ask("tools", ML)


def test_what_is_told_and_not_asked_at_all_is_acknowledged() -> None:
    read = reading("not_stated", near={"demand": 0.8})
    read["acts"] = {"tell": 0.45}
    assert act(read=read) == acts.Acknowledge("tell")


def test_what_is_not_stated_goes_along_with_the_form() -> None:
    wanted = Wanted("sentence")
    near = reading("not_stated", near={"demand": 0.8})
    assert act(read=near, wanted=wanted) == Check("not_stated", near=("demand",), wanted=wanted)
    rather = reading("not_stated", confirms={"demand": 0.4}, near={"demand": 0.2})
    told = Check("answered", ("demand",), wanted=wanted)
    assert act(read=rather, wanted=wanted) == told
