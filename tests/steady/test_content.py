"""An editor breaks the content while the assistant runs."""

from __future__ import annotations

from content.live import KEPT
from tests.channels.visitor import call
from tests.steady.conftest import QUESTION, Assistant, in_time


def test_a_broken_edit_leaves_the_last_good_answers(assistant: Assistant) -> None:
    (before,) = assistant.visitor().say(QUESTION)
    path = assistant.folder / "content" / "topics.yml"
    good = path.read_text(encoding="utf-8")
    try:
        for broken in (good[: len(good) // 2], "topics: [", "", "\0"):
            path.write_text(broken, encoding="utf-8")
            visitor = assistant.visitor()  # somebody who was told it already would be told more
            with in_time():
                (reply,) = visitor.say(QUESTION)
            assert reply["text"] == before["text"]
    finally:
        path.write_text(good, encoding="utf-8")


def test_started_with_broken_content_it_goes_on_with_the_last_good_one(
    assistant: Assistant,
) -> None:
    (before,) = assistant.visitor().say(QUESTION)
    path = assistant.folder / "content" / "topics.yml"
    good = path.read_text(encoding="utf-8")
    assistant.kill(assistant.actions)
    try:
        path.write_text("topics: [", encoding="utf-8")
        assistant.start_actions()
        with in_time():
            (reply,) = assistant.visitor().say(QUESTION)
        assert reply["text"] == before["text"]
        assert call(assistant.base, "GET", "/ready").status == 200
        log = (assistant.folder / "actions.log").read_text(encoding="utf-8")
        assert "started with the last good content" in log
        assert "topics.yml:" in log
    finally:
        path.write_text(good, encoding="utf-8")


def test_without_any_good_content_it_is_not_ready_and_apologises_until_it_is_mended(
    assistant: Assistant,
) -> None:
    visitor = assistant.visitor()
    path = assistant.folder / "content" / "topics.yml"
    good = path.read_text(encoding="utf-8")
    assistant.kill(assistant.actions)
    try:
        (assistant.folder / ".run" / KEPT.name).unlink()
        path.write_text("topics: [", encoding="utf-8")
        assistant.start_actions()
        with in_time():
            assert visitor.say(QUESTION)[0]["kind"] == "apology"
        ready = call(assistant.base, "GET", "/ready")
        assert (ready.status, ready.json["actions"]) == (503, False)
    finally:
        path.write_text(good, encoding="utf-8")
    assert visitor.say(QUESTION)[0]["kind"] != "apology"
    assert call(assistant.base, "GET", "/ready").status == 200
