"""The Rasa server is killed, or starts with half a model."""

from __future__ import annotations

import threading
from http.client import HTTPException
from pathlib import Path

import pytest

from benchmarks.hanging import hanging
from tests.channels.visitor import call
from tests.steady.conftest import FOLLOW_UP, QUESTION, Assistant, in_time
from tools import launch
from tools.train import is_intact


def test_killed_in_the_middle_of_a_turn(assistant: Assistant) -> None:
    visitor = assistant.visitor()
    visitor.say(QUESTION)
    lost = threading.Event()

    def ask() -> None:
        try:
            visitor.post(text="which tools do they use?")
        except (HTTPException, OSError):
            lost.set()

    with hanging(assistant.actions.pid):
        asking = threading.Thread(target=ask)
        asking.start()
        asking.join(0.5)
        assistant.kill(assistant.server)
        asking.join()
    assistant.start_server()
    assert lost.is_set()
    assert visitor.said == [QUESTION]
    (reply,) = visitor.say(FOLLOW_UP)
    assert "AI engineer" in reply["text"]
    assert visitor.said == [QUESTION, FOLLOW_UP]


@pytest.fixture
def half_a_model(model_path: Path, tmp_path: Path) -> Path:
    """A model whose file was cut short, as when the disk was full while it was copied."""
    path = tmp_path / model_path.name
    data = model_path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    return path


def test_started_with_a_model_cut_short(
    model_path: Path, half_a_model: Path, tmp_path: Path
) -> None:
    (tmp_path / "broken").mkdir()
    broken = Assistant(tmp_path / "broken", half_a_model)
    try:
        broken.start_server()
        ready = call(broken.base, "GET", "/ready")
        assert (ready.status, ready.json["model"]) == (503, False)
        with in_time():
            assert call(broken.base, "POST", "/webhooks/webchat/session").status == 503
        with in_time():
            assert broken.rest("visitor", QUESTION)
    finally:
        launch.stop(broken.server)


def test_a_model_cut_short_is_not_taken_for_one(model_path: Path, half_a_model: Path) -> None:
    assert is_intact(model_path)
    assert not is_intact(half_a_model)
