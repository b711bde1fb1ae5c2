"""Which act a message is, by reader, classifier and thread."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from dialogue import acts
from dialogue.acts import Again, Ask, Check, Cite, Correct, Refuse, Reshape, Unclear
from dialogue.decode import ASKED, FIRST, KINDS, Decision, decode
from dialogue.thread import Thread
from dialogue.understanding import Understanding, Wanted
from tests.actions.harness import AI, BOTH, CONTENT, ML, OTHER, answered, make_tracker, reading

SAID: dict[str, Any] = {
    **{"text": "x", "kind": "answer", "topic": "tools", "role": ML},
    **{"verdict": "answered", "form": None},
}
TOLD = Thread(
    topic="tools",
    role=ML,
    said=[{**SAID, "statements": ["ml_lang", "ml_frame"]}],
    told=["ml_lang", "ml_frame"],
    heard=["ml_eval"],
    offered=[{"title": "Demand", "intent": "demand"}, {"title": "Skills", "intent": "skills"}],
)


def decided(thread: Thread = TOLD, **message: Any) -> Decision:
    """The decision on a message, after the tools of ML engineers were told."""
    parsed = make_tracker(**message)["latest_message"]
    return decode(Understanding.from_message(parsed), thread, CONTENT)


def act(thread: Thread = TOLD, **message: Any) -> acts.Act:
    """The only act of a message."""
    (only,) = decided(thread, **message).acts
    return only


def test_what_statements_settle_is_a_check() -> None:
    found = act(intent="background", read=reading("no", denies={"ml_back": 0.9}))
    assert found == Check("no", ("ml_back",), (), Wanted(), "background", is_claim=True)


def test_what_leans_to_yes_or_no_is_a_claim_though_neither_is_sure() -> None:
    read = reading("answered", confirms={"ml_lang": 0.5}, denies={"ml_lang": 0.25})
    assert act(read=read).is_claim is False  # type: ignore[attr-defined]
    read["leaning"] = "yes"
    assert act(read=read) == Check("answered", ("ml_lang",), is_claim=True)
    read = reading("answered", confirms={"ml_lang": 0.5}, denies={"ml_lang": 0.24})
    assert act(read={**read, "leaning": "yes"}).is_claim is False  # type: ignore[attr-defined]


def test_what_comes_nearest_is_rather_on_the_role_spoken_of() -> None:
    read = reading("not_stated", near={"ai_back": 0.9, "ml_back": 0.8, "problem": 0.6})
    assert act(read=read) == Check("not_stated", near=("ml_back",))
    assert act(read=read, roles=[AI]) == Check("not_stated", near=("ai_back",))
    assert act(read=reading("not_stated", near={"ai_back": 0.9})).near == ("ai_back",)  # type: ignore[attr-defined]
    read = reading("not_stated", near={"ml_lang": 0.9, "ml_back": 0.8})
    assert act(read=read).near == ("ml_back",)  # type: ignore[attr-defined]
    read = reading("not_stated", near={"ml_lang": 0.9, "ml_back": 0.7})
    assert act(read=read).near == ("ml_lang",)  # type: ignore[attr-defined]


def test_statements_much_less_sure_than_the_best_are_left_out() -> None:
    read = reading("answered", answers={"demand": 0.9, "sectors": 0.77, "hybrid": 0.76})
    assert act(read=read).statements == ("demand", "sectors")  # type: ignore[attr-defined]


def test_what_speaks_to_a_claim_besides_may_be_less_sure() -> None:
    read = reading("no", denies={"not_same": 0.9, "subset": 0.64, "ai_def": 0.62})
    assert act(read=read).statements == ("not_same", "subset")  # type: ignore[attr-defined]
    read = reading("no", denies={"not_same": 0.9, "subset": 0.62})
    assert act(read=read).statements == ("not_same",)  # type: ignore[attr-defined]


def test_without_a_name_the_role_spoken_of_is_meant_where_anything_is_on_it() -> None:
    found = [act(read=answered(*told)) for told in (("ai_back", "ml_lang"), ("ai_back", "problem"))]
    assert [each.statements for each in found] == [("ml_lang",), ("ai_back", "problem")]  # type: ignore[attr-defined]
    of_all = act(replace(TOLD, role=None), read=answered("ai_back", "ml_lang"))
    assert of_all.statements == ("ai_back", "ml_lang")  # type: ignore[attr-defined]


@pytest.mark.parametrize(("which", "role"), [(0.8, ML), (0.79, None)])
def test_what_asks_which_role_is_told_of_the_one_that_all_of_it_is_on(
    which: float, role: str | None
) -> None:
    def found(*told: str, **more: Any) -> Any:
        return act(Thread(role=AI), read={**answered(*told), "which": which}, **more)

    assert found("ml_back", "ml_lang").which == role
    assert found("ml_back", "problem").which is None
    assert found("ml_back", "ai_back").which is None
    assert found("problem").which is None
    assert found("ml_back", "fit", intent="role_fit", ranking=[("role_fit", 0.95)]).which == role
    claimed = {**reading("yes", confirms={"ml_back": 0.9}), "which": which}
    assert act(Thread(), read=claimed).which is None  # type: ignore[attr-defined]


@pytest.mark.parametrize(("form", "first"), [("sentence", "problem"), ("bullets", "ml_lang")])
def test_with_room_for_one_it_is_rather_one_on_all_roles(form: str, first: str) -> None:
    read = answered("ml_lang", "ai_back", "problem")
    found = act(Thread(), read=read, roles=[ML, AI], wanted=Wanted(form))
    assert found.statements[0] == first  # type: ignore[attr-defined]
    only = act(Thread(), read=read, roles=[ML], wanted=Wanted(form))
    assert only.statements[0] == "ml_lang"  # type: ignore[attr-defined]


def test_who_asks_which_role_does_not_mean_the_one_spoken_of() -> None:
    read = {**answered("ai_back", "ml_lang"), "which": 0.8}
    assert act(read=read).statements == ("ai_back", "ml_lang")  # type: ignore[attr-defined]
    thread = Thread(topic="skills", role=ML)
    asked = {**answered("ai_tools_open"), "which": 0.8}
    assert isinstance(act(thread, intent="tools", sure=0.6, read=asked), Check)


def test_an_answer_on_one_role_tells_nothing_of_another() -> None:
    read = answered("ml_lang", "ai_back", "problem")
    found = [act(read=read, roles=roles) for roles in ([ML], [AI], [ML, AI], [BOTH])]
    assert [each.statements for each in found] == [  # type: ignore[attr-defined]
        ("ml_lang", "problem"),
        ("ai_back", "problem"),
        *[("ml_lang", "ai_back", "problem")] * 2,
    ]
    checked = act(read=reading("no", denies={"ai_back": 0.9}), roles=[ML])
    assert checked.statements == ("ai_back",)  # type: ignore[attr-defined]


def test_partly_begins_with_what_is_true_and_what_is_not() -> None:
    read = reading("partly", confirms={"ml_back": 0.95, "ml_excel": 0.9}, denies={"ai_back": 0.6})
    found = act(read=read)
    assert isinstance(found, Check)
    assert found.statements == ("ml_back", "ai_back", "ml_excel")


def test_a_clear_reading_is_a_question_whatever_courtesy_is_in_it() -> None:
    read = reading("answered", "ack", answers={"demand": 0.9})
    read["acts"]["ask"] = 0.5
    assert isinstance(act(intent="thanks", read=read), Check)
    read["acts"]["ask"] = 0.49
    assert act(intent="thanks", read=read) == acts.SmallTalk("thanks")


def test_a_broad_question_is_told_in_the_topics_order() -> None:
    read = answered("case_35", "case_ml", "case_who")
    assert act(intent="case_study", read=read) == Ask("case_study")


def test_a_topic_of_all_roles_is_too_broad_for_what_is_on_one() -> None:
    read = answered("ai_back", "ai_persp")
    assert isinstance(act(Thread(), intent="background", read=read), Check)
    both = answered("ai_back", "ml_back")
    assert act(Thread(), intent="background", read=both) == Ask("background")


def test_a_topic_without_the_best_statement_is_not_told_as_a_whole() -> None:
    read = answered("ml_lang", "case_35", "case_ml")
    assert isinstance(act(Thread(), intent="case_study", sure=0.89, read=read), Check)
    assert act(Thread(), intent="case_study", sure=0.9, read=read) == Ask("case_study")


def test_what_is_asked_of_both_roles_is_not_answered_of_one() -> None:
    message: dict[str, Any] = {"intent": "background", "read": answered("ml_back")}
    assert act(Thread(), roles=[ML, AI], **message) == Ask("background")
    assert isinstance(act(Thread(), roles=[ML], **message), Check)


def test_a_topic_is_told_as_a_whole_where_it_tells_half_of_what_is_found() -> None:
    message: dict[str, Any] = {"intent": "demand", "thread": Thread(), "sure": 0.8}
    assert act(read=answered("demand", "ml_lang"), **message) == Ask("demand")
    less = act(read=answered("demand", "ml_lang", "ai_back"), **message)
    assert isinstance(less, Check)
    assert less.statements == ("demand", "ml_lang", "ai_back")
    certain = {**message, "sure": 0.95}
    assert act(read=answered("demand", "ml_lang", "ai_back"), **certain) == Ask("demand")


def test_a_form_is_of_a_clear_reading_before_the_topic() -> None:
    message: dict[str, Any] = {
        "intent": "demand",
        "wanted": Wanted("bullets", 3),
        "thread": Thread(),
    }
    clear = act(read=answered("demand", "ml_lang", act="form"), **message)
    assert isinstance(clear, Check)
    unclear = reading("answered", "form", answers={"demand": 0.6})
    assert act(read=unclear, **message) == Ask("demand", wanted=Wanted("bullets", 3))


def test_a_topic_without_a_role_is_of_the_role_spoken_of() -> None:
    thread = Thread(topic="skills", role=ML)
    read = answered("ai_tools_open")
    assert act(thread, intent="tools", sure=0.95, read=read) == Ask("tools", ML)
    assert isinstance(act(thread, intent="tools", sure=0.95, read=read, roles=[AI]), Check)


def test_a_topic_counts_where_the_reader_finds_nothing() -> None:
    assert act(intent="skills", roles=[AI]) == Ask("skills", AI)


def test_a_topic_does_not_count_where_the_reader_is_sure_that_it_is_open() -> None:
    read = reading("not_stated", near={"demand": 0.6})
    assert act(intent="demand", read=read) == Check("not_stated", near=("demand",))


@pytest.mark.parametrize(("refusal", "kind"), [(0.2, Check), (4.0, Refuse)])
def test_the_surer_of_gap_and_reading_decides(refusal: float, kind: type) -> None:
    read = reading("answered", answers={"demand": 0.8})
    message: dict[str, Any] = {"intent": "gap_pay", "outcome": "refuse", "refusal": refusal}
    assert isinstance(act(read=read, ranking=[("demand", 0.5)], **message), kind)


def test_a_gap_that_is_not_sure_is_not_named() -> None:
    gap: dict[str, Any] = {"intent": "gap_pay", "outcome": "refuse", "refusal": 4.0}
    assert act(sure=0.79, **gap) == Check("not_stated")
    near = reading("not_stated", near={"both": 0.7, "demand": 0.5})
    assert act(read=near, sure=0.79, **gap) == Check("not_stated", near=("both",))
    assert act(read=near, sure=0.8, **gap) == Refuse("gap_pay", ("both",))


def test_another_subject_is_refused() -> None:
    found = act(intent="out_of_scope", outcome="refuse", refusal=3.0, ranking=[("demand", 0.1)])
    assert found == Refuse("out_of_scope")


def test_a_button_says_what_is_meant() -> None:
    assert act(intent="skills", pressed=True, roles=[AI]) == Ask("skills", AI)
    assert act(intent="gap_pay", pressed=True) == Refuse("gap_pay")


def test_a_correction_takes_its_own_reading_first() -> None:
    read = reading("answered", "correct", answers={"ml_lang": 0.9, "ml_eval": 0.8})
    found = act(intent="correct", read=read, wanted=Wanted("bullets", 3))
    assert found == Correct(("ml_eval",), wanted=Wanted("bullets", 3))


def test_a_correction_that_claims_something_is_a_check() -> None:
    read = reading("yes", "correct", confirms={"ml_eval": 0.9})
    assert act(intent="correct", read=read) == Check("yes", ("ml_eval",), is_claim=True)
    read = reading("yes", "correct", confirms={"ml_lang": 0.9})  # said just now, and doubted
    assert act(intent="correct", read=read) == Check("yes", ("ml_lang",), is_claim=True)


def test_what_comes_near_in_a_correction_goes_before_an_older_reading() -> None:
    read = reading("not_stated", "correct", near={"demand": 0.8})
    assert act(intent="correct", read=read) == Check("not_stated", near=("demand",))
    read = reading("not_stated", "correct", confirms={"demand": 0.4}, near={"demand": 0.4})
    assert act(intent="correct", read=read) == Correct(("demand",))
    read = reading("not_stated", "correct", near={"ml_lang": 0.8})
    assert act(intent="correct", read=read) == Correct(("ml_eval",))


def test_then_the_other_role_then_the_next_best_reading_of_the_message_before() -> None:
    read = reading(act="correct")
    assert act(intent="correct", read=read, roles=[OTHER]) == Ask("tools", AI)
    assert act(intent="correct", read=read) == Correct(("ml_eval",))


def test_then_it_asks_back_with_two_candidates() -> None:
    thread = Thread(topic="tools", role=ML, said=TOLD.said)
    found = act(thread, intent="correct", read=reading(act="correct"))
    assert isinstance(found, Correct)
    assert (found.statements, len(found.candidates)) == ((), 2)


def test_a_form_is_of_the_last_answer_or_of_a_new_question() -> None:
    wanted = Wanted("bullets", 3)
    asked: dict[str, Any] = {"intent": "shorter", "sure": 0.5, "wanted": Wanted("bullets", 3)}
    assert act(read=reading(act="form"), **asked) == Reshape(wanted)
    read = reading("answered", "form", answers={"demand": 0.9})
    read["acts"]["ask"] = 0.6
    assert act(read=read, **asked) == Check("answered", ("demand",), (), wanted)


def test_a_choice_without_offers_is_no_choice() -> None:
    message: dict[str, Any] = {"intent": "choose", "read": reading(act="choose"), "places": [1]}
    assert act(**message) == acts.Choose((1,))
    assert isinstance(act(Thread(), **message), Unclear)


def test_all_chooses_and_yes_where_the_last_reply_asked() -> None:
    read = reading(act="choose")
    assert act(intent="choose", read=read, places=["all"]) == acts.Choose((0, 1))
    assert act(intent="affirm", read=read) == acts.Acknowledge()
    assert act(replace(TOLD, unsure=1), intent="affirm", read=read) == acts.Choose((0,))
    assert act(intent="deny", read=read) == acts.SmallTalk("all_right")


def test_a_source_is_of_what_is_named_else_of_the_last_answer() -> None:
    assert act(intent="source", read=reading(act="source")) == Cite(("ml_lang", "ml_frame"))
    named = reading("answered", "source", answers={"case_35": 0.9})
    assert act(intent="source", read=named, sure=0.99) == Cite(("case_35",))
    near = reading("not_stated", "source", near={"case_35": 0.7})
    assert act(intent="source", read=near) == Cite(("case_35",))


def test_a_source_is_the_last_answers_unless_the_reading_is_clear() -> None:
    for verdict, labels in (("answered", {"answers": {"case_35": 0.6}}), ("not_stated", {})):
        read = reading(verdict, "source", near={"sectors": 0.6}, **labels)
        assert act(intent="source", read=read) == Cite(("ml_lang", "ml_frame"))


def test_what_the_article_says_of_itself_answers_a_question_for_a_source() -> None:
    read = reading("answered", "source", answers={"ref_rice": 0.9})
    assert act(intent="source", read=read) == Cite(("ml_lang", "ml_frame"))  # "where from?" alone
    read["acts"]["ask"] = 0.6
    assert act(intent="source", read=read) == Check("answered", ("ref_rice",))
    told = replace(TOLD, said=[{**SAID, "statements": ["ref_rice"]}])
    assert act(told, intent="source", read=read) == Cite(("ref_rice",))


def test_what_is_told_and_not_settled_is_acknowledged() -> None:
    read = reading("not_stated", near={"demand": 0.8})
    assert isinstance(act(read=read), Check)
    read["acts"] = {"ask": 0.49, "tell": 0.4}
    assert act(read=read) == acts.Acknowledge("tell")
    bare = reading("not_stated")
    bare["acts"] = {"ask": 0.49, "tell": 0.2}  # less will do where nothing is near
    assert act(read=bare) == acts.Acknowledge("tell")
    bare["acts"] = {"ask": 0.5, "tell": 0.45}  # what is asked too wants an answer
    assert isinstance(act(read=bare), Check)


@pytest.mark.parametrize(
    ("confirms", "near", "is_told"),
    [(0.4, 0.2, True), (0.2, 0.5, False), (0.3, 0.2, False)],  # rather near; hardly anything
)
def test_what_rather_settles_it_than_is_near_is_told(
    confirms: float, near: float, is_told: bool
) -> None:
    read = reading("not_stated", confirms={"demand": confirms}, near={"demand": near})
    told = Check("answered", ("demand",))
    assert act(read=read) == (told if is_told else Check("not_stated", near=("demand",)))


def test_more_begins_with_what_is_named() -> None:
    assert act(intent="more", read=reading(act="more")) == Again("more")


def test_what_gets_the_same_answer_is_one_question() -> None:
    parts: list[dict[str, Any]] = [
        {"reading": answered("demand"), "intent": None, "roles": []},
        {"reading": answered("demand", "sectors"), "intent": None, "roles": []},
    ]
    found = act(read=answered("demand"), parts=parts)
    assert found == Check("answered", ("demand",))


def test_what_was_told_just_now_does_not_settle_a_question_after_it() -> None:
    scores: dict[str, Any] = {"confirms": {"ml_lang": 0.4}, "near": {"ml_lang": 0.3}}
    assert act(read=reading("not_stated", **scores)) == Check("not_stated", near=("ml_lang",))
    found = act(Thread(), read=reading("not_stated", **scores))
    assert found == Check("answered", ("ml_lang",))


def test_joined_questions_are_each_decided_alone() -> None:
    parts = [
        {"reading": answered("demand"), "intent": "demand", "roles": []},
        {"reading": reading(), "intent": "gap_pay", "roles": []},
    ]
    assert [type(each) for each in decided(read=answered("demand"), parts=parts).acts] == [
        Check,
        Refuse,
    ]


@pytest.mark.parametrize(
    ("intent", "kind", "expected"),
    [
        ("thanks", "ack", acts.SmallTalk("thanks")),
        ("", "ack", acts.Acknowledge()),
        ("", "person", acts.SmallTalk("person")),
        ("", "feeling", acts.SmallTalk("feeling")),
        ("insult", "feeling", acts.SmallTalk("insult")),
        ("", "bye", acts.SmallTalk("goodbye")),
        ("how_are_you", "about_bot", acts.SmallTalk("how_are_you")),
        ("", "about_bot", acts.SmallTalk("bot_challenge")),
        ("", "tell", acts.Acknowledge("tell")),
        ("repeat", "repeat", Again("repeat")),
    ],
)
def test_reader_and_classifier_together_know_small_talk(
    intent: str, kind: str, expected: acts.Act
) -> None:
    assert act(intent=intent, read=reading(act=kind)) == expected


def test_what_only_the_classifier_knows_counts_where_it_is_sure() -> None:
    assert act(intent="version", sure=0.7) == acts.Version()
    assert isinstance(act(intent="version", sure=0.69), Unclear)


@pytest.mark.parametrize("kind", ["correct", "bye"])
def test_who_complains_or_leaves_ends_the_guided_form(kind: str) -> None:
    asked = replace(TOLD, form={"asked": "interest", "choices": {}})
    read = reading("answered", kind, answers={"ml_eval": 0.9})
    assert act(asked, read=read) == acts.FormMove(acts.STOP)
    read["acts"][kind] = 0.7
    assert act(asked, read=read) != acts.FormMove(acts.STOP)


@pytest.mark.parametrize("intent", ["start_over", "go_back", "fit_form", "version"])
def test_what_only_the_classifier_knows_needs_no_reading(intent: str) -> None:
    assert not isinstance(act(intent=intent), Unclear | Ask | Check)


def test_nothing_at_all_is_unclear() -> None:
    assert isinstance(decode(Understanding(), Thread(), CONTENT).acts[0], Unclear)


def test_a_statement_that_is_no_longer_there_is_no_answer() -> None:
    read = reading("answered", answers={"gone": 0.9})
    assert isinstance(act(Thread(), intent="nlu_fallback", outcome="unsure", read=read), Unclear)


def test_every_row_has_a_reason() -> None:
    assert all(row.reason for row in (*FIRST, *KINDS.values(), *ASKED))


def test_a_decision_is_one_line_that_names_acts_row_and_scores() -> None:
    line = decided(intent="skills", roles=[AI]).line()
    assert line.startswith('Ask {"topic": "skills", "role": "ai_engineer"} by ask: topic (ask=')
    assert "\n" not in line


@pytest.mark.parametrize(
    "each",
    [
        Ask("skills", AI, Wanted("bullets", 3)),
        Check("no", ("ml_lang",), (), Wanted(), "tools", is_claim=True),
        Correct(("ml_lang",), wanted=Wanted("bullets", 3)),
        Correct((), (("skills", AI), ("tools", None))),
        acts.Choose((0, -1)),
        acts.Menu(),
        acts.Rate(False),
    ],
)
def test_acts_are_written_to_a_line_and_read_back(each: acts.Act) -> None:
    assert acts.from_line(acts.to_line(each)) == each


def test_what_an_earlier_version_kept_is_forgotten() -> None:
    old = {"said": [{"text": "x", "subject": "tools"}], "trail": ["tools"], "topic": "tools"}
    assert Thread.from_slots(old) == Thread(topic="tools")


def test_the_thread_is_made_of_what_json_has() -> None:
    after = TOLD.saying(TOLD.said).uttering(["a text"])
    assert Thread.from_slots(json.loads(json.dumps(after.changes(Thread())))) == after
