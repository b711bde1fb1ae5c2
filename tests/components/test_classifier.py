"""The kernel classifier."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from nlu.classifier import KernelClassifier, KernelOptions
from reading.encoder import SentenceEncoder
from tests.components.examples import LABELS, TEXTS

MEANING_ALONE = KernelOptions(word_weight=0.0, character_weight=0.0)
# All of these share all their words and pairs of words, in other numbers: so leaving one out
# changes no inverse document frequency, and the rest can be trained anew to the same kernel.
PATTERNS = [
    *("xx xx yy yy xx", "xx xx xx yy yy xx", "yy yy xx xx yy", "yy xx xx xx xx yy yy"),
    *("yy yy yy xx xx yy", "xx yy yy yy xx xx", "yy xx xx yy yy yy", "xx xx yy xx yy yy"),
]
PATTERN_LABELS = ["a", "a", "b", "b", "c", "c", "a", "b"]


def fitted(
    encoder: SentenceEncoder,
    options: KernelOptions,
    texts: Sequence[str] = TEXTS,
    labels: Sequence[str] = LABELS,
) -> KernelClassifier:
    """A classifier that has learnt some texts."""
    model = KernelClassifier(options)
    model.fit(texts, encoder.encode_batch(texts), labels)
    return model


@pytest.mark.parametrize(
    ("options", "texts", "labels"),
    [(MEANING_ALONE, TEXTS, LABELS), (KernelOptions(), PATTERNS, PATTERN_LABELS)],
    ids=["by meaning alone", "by meaning, words and characters"],
)
def test_leave_one_out_scores_equal_those_of_training_without_the_example(
    encoder: SentenceEncoder, options: KernelOptions, texts: list[str], labels: list[str]
) -> None:
    vectors = encoder.encode_batch(texts)
    held_out = KernelClassifier(options).fit(texts, vectors, labels)
    assert len(held_out) == len(texts) // 2
    for scored, index in enumerate(range(len(texts) - len(held_out), len(texts))):
        rest = [number for number in range(len(texts)) if number != index]
        model = KernelClassifier(options)
        model.fit([texts[i] for i in rest], vectors[rest], [labels[i] for i in rest])
        scores = model.scores([texts[index]], vectors[[index]])[0]
        np.testing.assert_allclose(held_out[scored], scores, atol=2e-4)


def test_leave_one_out_scores_differ_from_those_of_the_examples_learnt(
    encoder: SentenceEncoder,
) -> None:
    model = KernelClassifier(KernelOptions())
    vectors = encoder.encode_batch(TEXTS)
    held_out = model.fit(TEXTS, vectors, LABELS)
    own = [model.classes.index(label) for label in LABELS][-len(held_out) :]
    rows = np.arange(len(held_out))
    scores = model.scores(TEXTS, vectors)[-len(held_out) :]
    assert (scores[rows, own] > held_out[rows, own] + 0.1).all()


def test_examples_learnt_are_put_in_their_class(encoder: SentenceEncoder) -> None:
    model = fitted(encoder, KernelOptions())
    best = model.scores(TEXTS, encoder.encode_batch(TEXTS)).argmax(axis=1)
    assert [model.classes[index] for index in best] == LABELS


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("what do they program in", "tools"),
        ("is the job market growing", "demand"),
        ("what salaries are paid", "gap_pay"),
    ],
)
def test_a_new_text_is_put_where_its_meaning_is(
    encoder: SentenceEncoder, text: str, label: str
) -> None:
    model = fitted(encoder, KernelOptions())
    scores = model.scores([text], encoder.encode_batch([text]))[0]
    assert model.classes[int(scores.argmax())] == label


def test_words_tell_apart_what_means_the_same(encoder: SentenceEncoder) -> None:
    texts, labels = ["alpha beta", "gamma delta"], ["a", "b"]
    same = encoder.encode_batch(["one meaning", "one meaning"])
    model = KernelClassifier(KernelOptions())
    model.fit(texts, same, labels)
    scores = model.scores(texts, same)
    assert scores[0, 0] > scores[0, 1] + 0.5
    assert scores[1, 1] > scores[1, 0] + 0.5


def test_more_ridge_trusts_single_examples_less(encoder: SentenceEncoder) -> None:
    vectors = encoder.encode_batch(TEXTS)
    firm = fitted(encoder, KernelOptions(ridge=0.01)).scores(TEXTS, vectors)
    soft = fitted(encoder, KernelOptions(ridge=10.0)).scores(TEXTS, vectors)
    assert firm.max() > soft.max() + 0.3


def test_probabilities_sum_to_one_and_keep_the_order(encoder: SentenceEncoder) -> None:
    model = fitted(encoder, KernelOptions())
    scores = model.scores(TEXTS, encoder.encode_batch(TEXTS))
    probabilities = model.probabilities(scores)
    np.testing.assert_allclose(probabilities.sum(axis=1), 1.0, atol=1e-5)
    np.testing.assert_array_equal(probabilities.argsort(axis=1), scores.argsort(axis=1))


def test_similarities_are_cosines_to_each_example(encoder: SentenceEncoder) -> None:
    model = fitted(encoder, KernelOptions())
    similarities = model.similarities(encoder.encode_batch(TEXTS))
    np.testing.assert_allclose(np.diag(similarities), 1.0, atol=1e-5)
    assert similarities.shape == (len(TEXTS), len(TEXTS))


def test_a_state_restores_the_classifier(encoder: SentenceEncoder) -> None:
    model = fitted(encoder, KernelOptions())
    again = KernelClassifier.from_state(model.state(), model.options)
    texts = ["what do they program in", "celery soup", "", *TEXTS]
    vectors = encoder.encode_batch(texts)
    scores = model.scores(texts, vectors)
    assert again.classes == model.classes
    np.testing.assert_allclose(again.scores(texts, vectors), scores, atol=1e-6)
    np.testing.assert_allclose(again.probabilities(scores), model.probabilities(scores), atol=1e-6)


def test_a_state_holds_plain_arrays_only(encoder: SentenceEncoder) -> None:
    for name, array in fitted(encoder, KernelOptions()).state().items():
        assert isinstance(array, np.ndarray), name
        assert array.dtype != object, name


def test_a_kernel_without_ridge_over_equal_texts_is_refused(encoder: SentenceEncoder) -> None:
    with pytest.raises(np.linalg.LinAlgError, match="ridge"):
        fitted(encoder, KernelOptions(ridge=-1.0), ["ml", "ml", "ai"], ["a", "b", "b"])
