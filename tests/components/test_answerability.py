"""Whether a question has an answer in the source."""

from __future__ import annotations

import numpy as np
import pytest

from nlu.answerability import SIGNALS, Answerability, signals

# Two classes, the second without an answer; four examples, the last two of the second class.
CLASS_IS_OPEN = np.array([False, True])
EXAMPLE_IS_OPEN = np.array([False, False, True, True])


def signals_of(
    scores: list[float], probabilities: list[float], similarities: list[float]
) -> dict[str, float]:
    """The signals of one text, by name."""
    (row,) = signals(
        np.array([scores]),
        np.array([probabilities]),
        np.array([similarities]),
        CLASS_IS_OPEN,
        EXAMPLE_IS_OPEN,
    )
    return dict(zip(SIGNALS, map(float, row), strict=True))


def test_signals_are_what_their_names_say() -> None:
    found = signals_of([0.2, 0.9], [0.25, 0.75], [0.1, 0.3, 0.6, 0.8])
    assert found["probability"] == pytest.approx(np.log(3))
    assert found["class_margin"] == pytest.approx(0.7)
    assert found["nearest"] == pytest.approx(0.5)
    assert found["neighbours"] == pytest.approx(0.5)
    assert found["familiarity"] == pytest.approx(0.2)


def test_signals_turn_round_with_the_classes() -> None:
    one = signals_of([0.2, 0.9], [0.25, 0.75], [0.1, 0.3, 0.6, 0.8])
    other = signals_of([0.9, 0.2], [0.75, 0.25], [0.6, 0.8, 0.1, 0.3])
    for name in ("probability", "class_margin", "nearest", "neighbours"):
        assert one[name] == pytest.approx(-other[name])


def test_certainty_gives_no_infinite_signal() -> None:
    for probabilities in ([0.0, 1.0], [1.0, 0.0]):
        assert np.isfinite(
            signals_of([0.0, 1.0], probabilities, [0.0, 0.0, 1.0, 1.0])["probability"]
        )


def fitted() -> tuple[Answerability, np.ndarray, np.ndarray]:
    """A model, and what it learnt from: examples whose second signal tells."""
    random = np.random.default_rng(7)
    is_open = np.arange(200) % 2 == 0
    values = random.normal(size=(200, len(SIGNALS)))
    values[:, 1] += np.where(is_open, 2.0, -2.0)
    return Answerability.fit(values, is_open), values, is_open


def test_log_odds_are_above_zero_for_what_has_no_answer() -> None:
    model, values, is_open = fitted()
    assert ((model.log_odds(values) > 0) == is_open).mean() > 0.95


def test_the_signal_that_tells_weighs_most() -> None:
    assert np.abs(fitted()[0].weights).argmax() == 1


def test_the_scale_of_a_signal_does_not_matter() -> None:
    model, values, is_open = fitted()
    scales = np.array([1000.0, 0.001, 1.0, 10.0, 0.1])
    scaled = Answerability.fit(values * scales, is_open)
    np.testing.assert_allclose(
        scaled.log_odds(values * scales), model.log_odds(values), atol=0.05, rtol=0.02
    )


def test_a_state_restores_the_model() -> None:
    model, values, _ = fitted()
    again = Answerability.from_state(model.state())
    np.testing.assert_array_equal(again.log_odds(values), model.log_odds(values))
