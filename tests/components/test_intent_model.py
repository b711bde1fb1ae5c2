"""Intent and answerability in one model, learnt from a tiny training set."""

from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np
import pytest

from nlu.classifier import KernelOptions
from nlu.intent_model import IntentModel, IntentRanking, is_open
from reading.encoder import SentenceEncoder
from tests.components.examples import LABELS, OPEN, TEXTS

UNREADABLE = (ValueError, OSError, KeyError, EOFError, zipfile.BadZipFile)
NEW = ["what do they program in", "is the job market growing", "what salaries are paid", ""]


def fitted(encoder: SentenceEncoder, prefixes: tuple[str, ...] = OPEN) -> IntentModel:
    """A model that has learnt the examples."""
    model = IntentModel(prefixes, KernelOptions())
    model.fit(TEXTS, encoder.encode_batch(TEXTS), LABELS)
    return model


@pytest.fixture(scope="module")
def model(encoder: SentenceEncoder) -> IntentModel:
    """A model that has learnt the examples."""
    return fitted(encoder)


@pytest.fixture(scope="module")
def saved(model: IntentModel, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The model's file."""
    path = tmp_path_factory.mktemp("saved") / "model.npz"
    model.save(path)
    return path.read_bytes()


def views(model: IntentModel, encoder: SentenceEncoder) -> list[IntentRanking]:
    """What a model makes of texts it has not seen."""
    return model.understand(NEW, encoder.encode_batch(NEW))


def test_the_likeliest_intent_comes_first(model: IntentModel, encoder: SentenceEncoder) -> None:
    assert [view.ranking[0][0] for view in views(model, encoder)[:3]] == [
        "tools",
        "demand",
        "gap_pay",
    ]


def test_a_ranking_has_every_intent_once_in_falling_order(
    model: IntentModel, encoder: SentenceEncoder
) -> None:
    for view in views(model, encoder):
        probabilities = [probability for _, probability in view.ranking]
        assert {name for name, _ in view.ranking} == set(LABELS)
        assert probabilities == sorted(probabilities, reverse=True)
        assert sum(probabilities) == pytest.approx(1.0, abs=1e-5)


def test_a_question_without_an_answer_is_refused_more_than_one_with(
    model: IntentModel, encoder: SentenceEncoder
) -> None:
    tools, demand, pay, _ = (view.refusal for view in views(model, encoder))
    assert pay is not None
    assert tools is not None
    assert demand is not None
    assert pay > 0 > max(tools, demand)


@pytest.mark.parametrize("prefixes", [("none_",), ("tools", "demand", "gap_")])
def test_nothing_is_refused_where_all_or_no_intents_have_an_answer(
    encoder: SentenceEncoder, prefixes: tuple[str, ...]
) -> None:
    assert {view.refusal for view in views(fitted(encoder, prefixes), encoder)} == {None}


def test_one_text_alone_gives_the_same_view_as_among_others(
    model: IntentModel, encoder: SentenceEncoder
) -> None:
    vectors = encoder.encode_batch(NEW)
    (alone,) = model.understand(NEW[:1], vectors[:1])
    among = model.understand(NEW, vectors)[0]
    assert [name for name, _ in alone.ranking] == [name for name, _ in among.ranking]
    assert alone.refusal == pytest.approx(among.refusal, abs=1e-4)


VAGUE = "hm okay"


def in_context(
    model: IntentModel, encoder: SentenceEncoder, text: str, *before: str
) -> IntentRanking:
    """What a model makes of a text that follows others."""
    context = encoder.encode_batch(before) if before else None
    return model.understand([text], encoder.encode_batch([text]), context)[0]


@pytest.mark.parametrize(
    ("before", "intent"), [(TEXTS[LABELS.index(name)], name) for name in ("tools", "demand")]
)
def test_a_vague_text_is_read_in_the_light_of_what_was_said_before(
    model: IntentModel, encoder: SentenceEncoder, before: str, intent: str
) -> None:
    alone = in_context(model, encoder, VAGUE)
    light = in_context(model, encoder, VAGUE, before, before)
    assert dict(light.ranking)[intent] > dict(alone.ranking)[intent]
    assert sum(dict(light.ranking).values()) == pytest.approx(1.0)
    assert light.own_ranking == alone.ranking
    assert light.refusal == alone.refusal


def test_a_clear_text_is_read_by_itself(model: IntentModel, encoder: SentenceEncoder) -> None:
    clear = next(text for text in TEXTS if in_context(model, encoder, text).ranking[0][1] > 0.95)
    other = next(text for text, name in zip(TEXTS, LABELS, strict=True) if name == "demand")
    light = in_context(model, encoder, clear, other)
    assert light.ranking == in_context(model, encoder, clear).ranking
    assert not light.own_ranking


def test_a_saved_model_understands_the_same_when_loaded(
    model: IntentModel, encoder: SentenceEncoder, saved: bytes, tmp_path: Path
) -> None:
    (tmp_path / "model.npz").write_bytes(saved)
    again = IntentModel.load(tmp_path / "model.npz", OPEN, KernelOptions())
    for before, after in zip(views(model, encoder), views(again, encoder), strict=True):
        assert [name for name, _ in after.ranking] == [name for name, _ in before.ranking]
        np.testing.assert_allclose(
            [probability for _, probability in after.ranking],
            [probability for _, probability in before.ranking],
            atol=1e-6,
        )
        assert after.refusal == pytest.approx(before.refusal, abs=1e-5)


@pytest.mark.parametrize("share", [0.0, 0.001, 0.1, 0.5, 0.9, 0.99, 0.9999])
def test_a_file_cut_short_does_not_load(saved: bytes, tmp_path: Path, share: float) -> None:
    (tmp_path / "model.npz").write_bytes(saved[: int(len(saved) * share)])
    with pytest.raises(UNREADABLE):
        IntentModel.load(tmp_path / "model.npz", OPEN, KernelOptions())


def test_a_missing_file_does_not_load(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        IntentModel.load(tmp_path / "model.npz", OPEN, KernelOptions())


def test_a_file_of_another_kind_does_not_load(tmp_path: Path) -> None:
    np.savez(tmp_path / "model.npz", something=np.arange(3))
    with pytest.raises(KeyError):
        IntentModel.load(tmp_path / "model.npz", OPEN, KernelOptions())


def test_a_pickle_is_not_run(tmp_path: Path) -> None:
    np.savez(tmp_path / "model.npz", classes=np.array([{"a": 1}], dtype=object))
    with pytest.raises(ValueError, match="allow_pickle"):
        IntentModel.load(tmp_path / "model.npz", OPEN, KernelOptions())


@pytest.mark.parametrize(
    ("intent", "without_answer"),
    [("gap_pay", True), ("out_of_scope", True), ("skills", False), ("mind_the_gap_", False)],
)
def test_an_intent_is_open_by_the_beginning_of_its_name(intent: str, without_answer: bool) -> None:
    assert is_open(intent, ["gap_", "out_of_scope"]) is without_answer
