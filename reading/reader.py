"""Reads a message against statements: what each is to it, and what the message does.

The encoder's layers, trained further (reading/training/), run by ONNX Runtime over the message with
each of its candidates (reading/layout.py).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.special import expit, softmax

from reading.articles import ACTS, FORMS, LABELS
from reading.bert_graph import EMBEDDED, LENGTHS, build_session
from reading.bounds import weighed
from reading.candidates import Retriever, Shelf, gelu
from reading.encoder import SentenceEncoder, packaged_encoder
from reading.heard import Heard
from reading.layout import Batch, Laid, Layout
from reading.packing import load_weights
from reading.verdict import Thresholds, verdict_of

WEIGHTS = Path(__file__).parent / "weights"
READER, RETRIEVER, THRESHOLDS = "reader.safetensors", "retriever.npz", "thresholds.json"
#: How many statements are read closely.
CANDIDATES = 12
_THREADS = 2
_HEADS = ("judge", "act", "form", "which")
# Probability that some form is wanted, from which the likeliest one is: of a message, of its end.
_FORMED, _FORMED_SURELY = 0.4, 0.8
_SIGNS = ",.;:?! "
_CLAUSE_END = re.compile(rf"[{_SIGNS.strip()}]+\s+")


@dataclass(frozen=True)
class Judged:
    """What a statement is to a message: probabilities; the rest is that it has no part in it."""

    id: str
    answers: float
    confirms: float
    denies: float
    near: float


@dataclass(frozen=True)
class Reading:
    """What a message was understood to do and to ask.

    Attributes:
        acts: probability of each act.
        form: the form that the answer is wanted in, "none" for whatever form.
        which: how likely it asks which of the sides something is, does or fits.
        verdict: on the message as a whole (see reading/verdict.py).
        leaning: the verdict that it would be if a yes or a no were always said.
        confidence: of the verdict, 0 to 1.
        statements: ids that carry it, best first; for what is not stated the nearest.
        judged: all candidates, likeliest to apply first.
    """

    acts: Mapping[str, float]
    verdict: str
    leaning: str
    confidence: float
    statements: tuple[str, ...]
    judged: tuple[Judged, ...]
    form: str = FORMS[0]
    which: float = 0.0

    def as_dict(self) -> dict[str, Any]:
        """The same for JSON, numbers rounded to three digits."""
        return {
            "acts": {act: round(value, 3) for act, value in self.acts.items()},
            "form": self.form,
            "which": round(self.which, 3),
            "verdict": self.verdict,
            "leaning": self.leaning,
            "confidence": round(self.confidence, 3),
            "statements": list(self.statements),
            "judged": [
                {
                    "id": each.id,
                    "answers": round(each.answers, 3),
                    "confirms": round(each.confirms, 3),
                    "denies": round(each.denies, 3),
                    "near": round(each.near, 3),
                }
                for each in self.judged
            ],
        }

    @classmethod
    def from_dict(cls, found: Mapping[str, Any]) -> Reading:
        """What `as_dict` wrote."""
        return cls(
            acts=dict(found["acts"]),
            verdict=str(found["verdict"]),
            leaning=str(found["leaning"]),
            confidence=float(found["confidence"]),
            statements=tuple(found["statements"]),
            judged=tuple(Judged(**each) for each in found["judged"]),
            form=str(found["form"]),
            which=float(found["which"]),
        )


class Scores(NamedTuple):
    """Probabilities: of labels, (statements, 5), acts, (15,), forms, (11,), and of asking which."""

    labels: np.ndarray
    acts: np.ndarray
    forms: np.ndarray
    which: float = 0.0


class StatementReader:
    """The reader with its retriever and thresholds.

    Args:
        encoder: of sentences; the reader shares its embeddings.
        folder: with the weights.

    Raises:
        WeightsError: if the weights are missing or do not parse.
    """

    def __init__(self, encoder: SentenceEncoder, folder: Path = WEIGHTS) -> None:
        self.encoder = encoder
        tensors = load_weights(folder / READER)
        self._heads = {name: tensors[name] for name in tensors if name.startswith(_HEADS)}
        self._session, self._weights = build_session(encoder.config, tensors, is_padded=True)
        self._layout = Layout(encoder.tokenizer)
        self._threads = ThreadPoolExecutor(max_workers=_THREADS)
        self._retriever = Retriever.load(folder / RETRIEVER, encoder)
        self.thresholds = Thresholds.load(folder / THRESHOLDS)

    @classmethod
    def packaged(cls) -> StatementReader:
        """The reader as it is committed, on the packaged encoder."""
        return cls(packaged_encoder())

    def shelf(self, statements: Mapping[str, str], sides: Sequence[Sequence[str]]) -> Shelf:
        """An article ready to be read against (see `reading.candidates.Shelf`)."""
        return Shelf(statements, sides, self.encoder)

    def read(self, heard: Heard, shelf: Shelf) -> Reading:
        """Reads a message against the statements of a shelf."""
        return summed_up(*self.judge(heard, shelf), self.thresholds)

    def judge(self, heard: Heard, shelf: Shelf) -> tuple[list[str], Scores]:
        """Candidates of a message, and what they, its acts and its form probably are."""
        heard = heard.renamed(shelf.rename)
        keys = self._retriever.rank(heard, shelf, CANDIDATES)
        scores = self.scores(heard, shelf, keys)
        texts = [shelf.texts[key] for key in keys]
        return keys, scores._replace(labels=weighed(heard.say, texts, scores.labels))

    def scores(self, heard: Heard, shelf: Shelf, keys: Sequence[str]) -> Scores:
        """What statements, acts and form of a message probably are; `heard` is renamed."""
        marked = [(shelf.texts[key], key in heard.told) for key in keys]
        laid = self._layout.lay_out(heard, marked)
        # Those of like length together, so that little is padded: a batch for each of two cores.
        order = np.argsort([len(each.ids) for each in laid])
        halves = [half for half in np.array_split(order, _THREADS) if len(half)]
        scored = list(self._threads.map(lambda half: self._run([laid[n] for n in half]), halves))
        back = np.argsort(np.concatenate(halves))
        logits, first = (np.concatenate(each)[back] for each in zip(*scored, strict=True))
        return Scores(
            softmax(logits, axis=1),
            expit(self._linear("act", first.mean(axis=0))),
            *self._by_vector(heard.say),
        )

    def _by_vector(self, say: str) -> tuple[np.ndarray, float]:
        """Probabilities of forms, and that it asks which side.

        A form is that of the message, or of its last clause where that alone wants one: "Which
        industries are hiring? As bullets" has the vector of a question for industries.
        """
        last = _CLAUSE_END.split(say.rstrip(_SIGNS))[-1]
        texts = [say] if last == say.rstrip(_SIGNS) else [say, last]
        vectors = self.encoder.encode_batch(texts)
        forms = softmax(self._linear("form", vectors), axis=1)
        is_in_last = forms[0, 0] > 1 - _FORMED and 1 - forms[-1, 0] >= _FORMED_SURELY
        which = float(expit(self._linear("which", vectors[0]))[0])
        return np.asarray(forms[-1 if is_in_last else 0]), which

    def _run(self, laid: Sequence[Laid]) -> tuple[np.ndarray, np.ndarray]:
        """Logits of labels, (statements, 5), and the first tokens, (statements, dimension)."""
        batch = Batch.of(laid)
        embedded = self.encoder.embeddings.of(batch.ids, np.arange(batch.ids.shape[1]), batch.types)
        (hidden,) = self._session.run(None, {EMBEDDED: embedded, LENGTHS: batch.lengths})
        of_statement = batch.of_statements()[..., None]
        means = (hidden * of_statement).sum(axis=1) / of_statement.sum(axis=1)
        inner = gelu(self._linear("judge_hidden", np.hstack([means, hidden[:, 0]])))
        return self._linear("judge", inner), hidden[:, 0]

    def _linear(self, name: str, values: np.ndarray) -> np.ndarray:
        product: np.ndarray = values @ self._heads[f"{name}.weight"].T + self._heads[f"{name}.bias"]
        return product


def summed_up(keys: Sequence[str], scores: Scores, thresholds: Thresholds) -> Reading:
    """What a message was understood to do and to ask, from its candidates' probabilities."""
    labels = scores.labels
    judged = [
        Judged(key, **{label: float(row[LABELS.index(label)]) for label in LABELS[1:]})
        for key, row in zip(keys, labels, strict=True)
    ]
    judged.sort(key=lambda each: -(each.answers + each.confirms + each.denies + each.near))
    done = {act: float(value) for act, value in zip(ACTS, scores.acts, strict=True)}
    is_formed = 1 - scores.forms[0] >= _FORMED
    form = FORMS[1 + int(scores.forms[1:].argmax())] if is_formed else FORMS[0]
    verdict = verdict_of(keys, labels, thresholds)
    return Reading(done, *verdict, tuple(judged), form, scores.which)
