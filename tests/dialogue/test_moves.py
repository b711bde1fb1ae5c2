"""What messages do besides asking, at the edges of each rule."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from dialogue import acts
from dialogue.acts import Again, Ask, Check, Choose, Cite, Correct, Reshape
from dialogue.thread import Thread
from dialogue.understanding import Wanted
from tests.actions.harness import AI, ML, answered, reading
from tests.dialogue.test_decode import TOLD, act, decided

# "That is not what I asked."


def test_who_finds_the_answer_bad_and_names_nothing_new_rates_it() -> None:
    bad = reading(act="correct")
    assert act(intent="feedback_bad", read=bad, sure=0.5) == acts.Rate(False)
    fresh = answered("ml_eval", act="correct")
    assert act(intent="feedback_bad", read=fresh, sure=0.5) == Correct(("ml_eval",))


def test_a_correction_names_another_topic_than_the_one_told() -> None:
    read = reading(act="correct")
    meant = act(intent="demand", read=read, ranking=[("demand", 0.6)])
    assert meant == Ask("demand")
    assert act(intent="tools", read=read, ranking=[("tools", 0.6)]) == Correct(("ml_eval",))
    assert act(intent="demand", read=read, ranking=[("demand", 0.59)]) == Correct(("ml_eval",))


@pytest.mark.parametrize(
    ("wanted", "form"),
    [
        (Wanted(None, 3, None), "bullets"),
        (Wanted(None, 3, 20), "bullets"),
        (Wanted("numbered", 3, None), "numbered"),
    ],
)
def test_a_correction_of_the_length_wants_the_same_in_that_length(
    wanted: Wanted, form: str
) -> None:
    found = act(intent="correct", read=reading(act="correct"), wanted=wanted)
    assert found == Reshape(replace(wanted, form=form))


def test_a_correction_tells_the_likeliest_that_was_not_told_and_only_that() -> None:
    thread = replace(TOLD, heard=["ml_lang", "ml_eval", "demand"])
    assert act(thread, intent="correct", read=reading(act="correct")) == Correct(("ml_eval",))


def test_who_complains_that_no_role_was_named_hears_it_though_all_was_told() -> None:
    read = {**answered("ml_lang", act="correct"), "which": 0.9}
    found = act(intent="correct", read=read)
    assert found == Check("answered", ("ml_lang",), which=ML)


def test_nothing_is_corrected_before_anything_was_said() -> None:
    assert not isinstance(act(Thread(), intent="correct", read=reading(act="correct")), Correct)


# "The second one."

LISTED = replace(TOLD, listed=["scope", "breadth", "deployment"])
CITED = replace(TOLD, listed=["ref_rice", "ref_reddit"])


def test_places_are_parts_of_what_was_listed_rather_than_offers() -> None:
    choosing = reading(act="choose")
    assert act(LISTED, read=choosing, places=[2]) == Ask("deployment")
    found = decided(LISTED, read=choosing, places=[0, -1, 7], wanted=Wanted("bullets")).acts
    assert found == tuple(Ask(each, None, Wanted("bullets")) for each in ("scope", "deployment"))
    assert len(decided(LISTED, read=choosing, places=["all"]).acts) == 3
    assert act(CITED, read=choosing, places=[1]) == Check("answered", ("ref_reddit",))


def test_a_part_is_picked_once_and_of_the_role_that_is_named() -> None:
    choosing = reading(act="choose")
    assert act(LISTED, read=choosing, places=[2, -1]) == Ask("deployment")
    assert act(LISTED, read=choosing, places=[1], roles=[AI]) == Ask("breadth", AI)
    assert act(LISTED, read=choosing, places=[1], roles=[ML, AI]) == Ask("breadth")


def test_places_are_offers_where_they_are_no_parts() -> None:
    choosing = reading(act="choose")
    assert act(LISTED, intent="choose", read=choosing, places=[5]) == Choose(())
    assert act(read=choosing, places=[1]) == Choose((1,))


@pytest.mark.parametrize(
    ("place", "is_offered"), [(-3, False), (-2, True), (0, True), (1, True), (2, False)]
)
def test_only_a_place_among_what_is_offered_is_chosen(place: int, is_offered: bool) -> None:
    found = act(intent="more", read=reading(act="choose"), places=[place])
    assert (found == Choose((place,))) is is_offered
    assert isinstance(found, Choose) is is_offered


def test_a_choice_that_names_no_place_is_one_where_the_classifier_says_so() -> None:
    read = reading(act="choose")
    assert act(intent="choose", read=read) == Choose(())
    assert not isinstance(act(intent="thanks", read=read), Choose)


def test_a_yes_with_a_place_chooses_that_place() -> None:
    read = reading(act="choose")
    assert act(replace(TOLD, unsure=1), intent="affirm", read=read, places=[1]) == Choose((1,))


def test_none_of_these_is_asked_on_where_the_last_reply_asked() -> None:
    read, unsure = reading(act="choose"), replace(TOLD, unsure=1)
    assert act(unsure, intent="none_of_these", read=read) == acts.SmallTalk("none_of_these")
    assert act(intent="none_of_these", read=read) == acts.SmallTalk("all_right")
    assert act(unsure, intent="deny", read=read, places=[1]) == Choose((1,))


# "Why?", "more", "where from?"


def test_more_begins_with_what_is_named_only_where_something_is_asked() -> None:
    read = answered("demand", act="more")
    assert act(intent="more", read=read, sure=0.5) == Again("more")
    read["acts"]["ask"] = 0.6
    assert act(intent="more", read=read, sure=0.5) == Again("more", ("demand",))


def test_why_tells_what_settles_it_rather_than_what_was_told() -> None:
    found = act(intent="why", read=answered("ml_lang", "demand", act="more"), sure=0.5)
    assert found == Check("answered", ("demand",))
    told = act(intent="why", read=answered("ml_lang", act="more"), sure=0.5)
    assert told == Check("answered", ("ml_lang",))


def test_why_without_a_reason_is_not_stated_where_something_was_told() -> None:
    read = reading("not_stated", "more", near={"demand": 0.5, "sectors": 0.4})
    assert act(intent="why", read=read) == Check("not_stated", near=("demand",))
    bare = reading("none", "more")
    assert act(intent="why", read=bare) == Check("not_stated")
    assert act(Thread(), intent="why", read=bare) != Check("not_stated")


def test_a_source_is_of_the_likeliest_fact_alone() -> None:
    read = reading("answered", "source", answers={"demand": 0.75, "case_35": 0.9})
    assert act(intent="source", read=read, sure=0.99) == Cite(("case_35",))


def test_who_says_that_names_no_fact_whatever_it_may_be_on() -> None:
    read = reading("answered", act="source", answers={"case_35": 0.9})
    other = {**read["judged"][0], "id": "demand"}
    for alone in ([], [other]):  # "where does that come from?" by itself: of backgrounds
        assert act(read={**read, "alone": alone}) == Cite(("ml_lang", "ml_frame"))


def test_a_source_is_of_all_that_was_told_where_it_is_on_some_of_that() -> None:
    read = reading("answered", "source", answers={"demand": 0.9, "ml_frame": 0.8})
    assert act(intent="source", read=read, sure=0.99) == Cite(("ml_lang", "ml_frame"))


def test_two_statements_concern_what_is_told() -> None:
    read = answered("demand", "sectors", "both", act="tell")
    read["judged"] = [{**each, "answers": 0.6} for each in read["judged"]]
    assert act(read=read) == acts.Acknowledge("tell", ("demand", "sectors"))


def test_thanks_at_the_end_is_a_goodbye() -> None:
    read = reading(act="ack")
    read["acts"]["bye"] = 0.8
    assert act(intent="thanks", read=read, thread=TOLD) == acts.SmallTalk("goodbye")
    read["acts"]["bye"] = 0.79
    assert act(intent="thanks", read=read, thread=TOLD) == acts.SmallTalk("thanks")


def test_the_role_spoken_of_stays_where_a_topic_tells_of_each() -> None:
    assert act(Thread(topic="skills", role=ML), intent="tools") == Ask("tools", ML)
    assert act(Thread(topic="skills", role=ML), intent="demand") == Ask("demand")


# Another form.


def test_shorter_is_a_form_by_the_intent_alone() -> None:
    assert act(intent="shorter", read=reading(act="form"), sure=0.5) == Reshape(Wanted("shorter"))
    wanted = Wanted("words", None, 10)
    assert act(intent="shorter", read=reading(act="form"), sure=0.5, wanted=wanted) == Reshape(
        wanted
    )


def test_longer_is_more() -> None:
    found = act(intent="more", read=reading(act="form"), sure=0.4, wanted=Wanted("longer"))
    assert found == Again("more")


def test_a_form_before_anything_was_told_is_of_what_is_asked() -> None:
    wanted = Wanted("bullets")
    read = answered("demand", "ml_lang", "both", act="form")
    assert act(Thread(), intent="unheard_of", read=read, wanted=wanted, sure=0.3) == Check(
        "answered", ("demand", "ml_lang", "both"), wanted=wanted
    )
    nothing = reading(act="form")
    assert act(Thread(), intent="demand", read=nothing, wanted=wanted, sure=0.4) == Ask(
        "demand", wanted=wanted
    )
    unclear = act(Thread(), intent="demand", read=nothing, wanted=wanted, sure=0.34)
    assert isinstance(unclear, acts.Unclear)


@pytest.mark.parametrize(("sure", "is_asked"), [(0.6, True), (0.59, False)])
def test_a_form_is_of_a_topic_that_is_named_surely(sure: float, is_asked: bool) -> None:
    wanted = Wanted("bullets")
    found = act(intent="demand", read=reading(act="form"), wanted=wanted, sure=sure)
    assert found == (Ask("demand", wanted=wanted) if is_asked else Reshape(wanted))


@pytest.mark.parametrize(
    ("form", "answers", "is_check"),
    [("bullets", 0.7, True), ("bullets", 0.69, False), ("table", 0.45, True)],
)
def test_a_form_of_a_topic_gives_way_to_a_clear_reading_and_a_table_to_any(
    form: str, answers: float, is_check: bool
) -> None:
    read = reading("answered", "form", answers={"demand": answers})
    message = {"intent": "demand", "read": read, "wanted": Wanted(form), "sure": 0.8}
    found = act(Thread(), **message)
    if is_check:
        assert isinstance(found, Check)
        assert (found.statements, found.wanted) == (("demand",), Wanted(form))
    else:
        assert found == Ask("demand", wanted=Wanted(form))


@pytest.mark.parametrize(("sure", "is_form"), [(0.8, True), (0.79, False)])
def test_a_form_that_nobody_knows_is_one_where_the_reader_is_sure(
    sure: float, is_form: bool
) -> None:
    read = reading()
    read["acts"] = {"form": sure}
    assert (act(intent="unheard_of", sure=0.1, read=read) == Reshape(Wanted())) is is_form


# The guided form.

OFFERED = [
    {"title": "Data", "intent": "fit_form", "option": "interest/0"},
    {"title": "Skip", "intent": "skip"},
    {"title": "Stop", "intent": "cancel"},
]
ASKED = replace(TOLD, form={"asked": "interest", "choices": {}}, offered=OFFERED)


def moved(**message: object) -> acts.Act:
    """What a message does while a question of the guided form is open."""
    return act(ASKED, **{"intent": "unheard_of", "sure": 0.3, **message})


@pytest.mark.parametrize(
    ("place", "move"),
    [
        (0, acts.FormMove(acts.CHOICE, "interest/0")),
        (1, acts.FormMove(acts.SKIP)),
        (2, acts.FormMove(acts.STOP)),
        (-1, acts.FormMove(acts.STOP)),
        (-3, acts.FormMove(acts.CHOICE, "interest/0")),
    ],
)
def test_a_place_in_the_form_is_what_stands_there(place: int, move: acts.Act) -> None:
    assert moved(places=[place]) == move
    assert moved(places=["all", place]) == move


@pytest.mark.parametrize("place", [3, -4])
def test_a_place_that_the_form_does_not_offer_is_none(place: int) -> None:
    assert moved(intent="nlu_fallback", places=[place]) == acts.FormMove(acts.UNCLEAR)


@pytest.mark.parametrize(
    ("intent", "kind"),
    [
        ("cancel", acts.STOP),
        ("skip", acts.SKIP),
        ("none_of_these", acts.SKIP),
        ("affirm", acts.GO_ON),
        ("repeat", acts.GO_ON),
        ("go_back", acts.BACK),
        ("deny", acts.SKIP),
        ("nlu_fallback", acts.UNCLEAR),
        ("out_of_scope", acts.UNCLEAR),
        ("", acts.UNCLEAR),
    ],
)
def test_an_intent_moves_in_the_form(intent: str, kind: str) -> None:
    assert moved(intent=intent) == acts.FormMove(kind)
    assert not isinstance(act(TOLD, intent=intent, sure=0.3), acts.FormMove)


def test_a_no_ends_a_form_that_was_interrupted() -> None:
    interrupted = replace(ASKED, form={"asked": "interest", "choices": {}, "interrupted": True})
    assert act(interrupted, intent="deny") == acts.FormMove(acts.STOP)


def test_who_speaks_of_the_subject_has_not_lost_the_form() -> None:
    near = reading("not_stated", near={"demand": 0.5})
    assert moved(intent="nlu_fallback", read=near) == Check("not_stated", near=("demand",))
    far = reading("not_stated", near={"demand": 0.49})
    assert moved(intent="nlu_fallback", read=far) == acts.FormMove(acts.UNCLEAR)


@pytest.mark.parametrize(("answers", "kind"), [(0.7, Check), (0.69, acts.FormMove)])
def test_a_clear_question_goes_before_the_form(answers: float, kind: type) -> None:
    read = reading("answered", answers={"demand": answers})
    assert isinstance(moved(intent="skip", read=read), kind)


@pytest.mark.parametrize(("kind", "score"), [("correct", 0.8), ("bye", 0.8)])
def test_complaining_has_to_be_sure_to_end_the_form(kind: str, score: float) -> None:
    read = reading()
    read["acts"] = {kind: score}
    assert moved(intent="skip", read=read) == acts.FormMove(acts.STOP)
    read["acts"] = {kind: 0.79}
    assert moved(intent="skip", read=read) == acts.FormMove(acts.SKIP)


def test_a_form_with_another_role_is_of_the_last_topic() -> None:
    read = answered("ai_fields", act="form")
    wanted = Wanted("sentence", 1)
    found = act(read=read, intent="followup", roles=[AI], wanted=wanted)
    assert found == Ask("tools", AI, wanted)
    new = act(read=read, intent="demand", sure=0.5, roles=[AI], wanted=wanted)
    assert new == Check("answered", ("ai_fields",), wanted=wanted)
    longer = act(read=read, intent="followup", roles=[AI], wanted=Wanted("longer"))
    assert longer == Ask("tools", AI)
    same = act(read=read, intent="followup", roles=[ML], wanted=wanted)
    assert same == Check("answered", ("ai_fields",), wanted=wanted)


@pytest.mark.parametrize(("told", "is_new"), [(0.8, True), (0.81, False)])
def test_a_form_is_of_something_new_where_that_is_clearly_surer(told: float, is_new: bool) -> None:
    read = reading("answered", act="form", answers={"case_who": 0.95, "ml_lang": told})
    found = act(read=read, wanted=Wanted("words", None, 20))
    assert isinstance(found, Check if is_new else Reshape)
    weak = reading("answered", act="form", answers={"case_who": 0.69})
    assert isinstance(act(read=weak, wanted=Wanted("words", None, 20)), Reshape)


def test_a_table_of_a_topic_is_that_topics_unless_a_list_with_it_is_meant() -> None:
    table: dict[str, Any] = {"intent": "scope", "wanted": Wanted("table")}
    found = act(read=answered("subset", act="form"), ranking=[("scope", 0.6)], **table)
    assert found == Ask("scope", None, Wanted("table"))
    listed = act(read=answered("scope_ml", "three_diffs", act="form"), **table)
    assert isinstance(listed, Check)
    assert listed.statements == ("scope_ml", "three_diffs")


@pytest.mark.parametrize(("intent", "form"), [("shorter", "shorter"), ("confused", "simpler")])
def test_some_intents_want_a_form_without_naming_it(intent: str, form: str) -> None:
    assert act(intent=intent, read=reading(act="form")) == Reshape(Wanted(form))
