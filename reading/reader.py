"""Reads a message against statements: what each is to it, and what the message does.

The encoder's layers, trained further (reading/training/), run by ONNX Runtime over one sequence of
the message and its candidates (reading/layout.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.special import expit, softmax

from reading.articles import ACTS, LABELS
from reading.bert_graph import BIAS, EMBEDDED, build_session
from reading.bounds import weighed
from reading.candidates import Heard, Retriever, Shelf, gelu
from reading.encoder import SentenceEncoder, packaged_encoder
from reading.layout import Layout
from reading.packing import load_weights
from reading.verdict import Thresholds, verdict_of

WEIGHTS = Path(__file__).parent / "weights"
READER, RETRIEVER, THRESHOLDS = "reader.safetensors", "retriever.npz", "thresholds.json"
#: How many statements are read closely.
CANDIDATES = 12


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

    def as_dict(self) -> dict[str, Any]:
        """The same for JSON, numbers rounded to three digits."""
        return {
            "acts": {act: round(value, 3) for act, value in self.acts.items()},
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
        )


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
        self._heads = {name: tensors[name] for name in tensors if name.startswith(("judge", "act"))}
        self._session, self._weights = build_session(encoder.config, tensors, is_masked=True)
        self._layout = Layout(encoder.tokenizer)
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

    def judge(self, heard: Heard, shelf: Shelf) -> tuple[list[str], np.ndarray, np.ndarray]:
        """Candidates of a message, the probabilities of their labels, (12, 5), and of its acts."""
        heard = heard.renamed(shelf.rename)
        keys = self._retriever.rank(heard, shelf, CANDIDATES)
        labels, acts = self.scores(heard, shelf, keys)
        return keys, weighed(heard.say, [shelf.texts[key] for key in keys], labels), acts

    def scores(
        self, heard: Heard, shelf: Shelf, keys: Sequence[str]
    ) -> tuple[np.ndarray, np.ndarray]:
        """Probabilities of labels, (statements, 5), and of acts, (15,); `heard` is renamed."""
        marked = [(shelf.texts[key], key in heard.told) for key in keys]
        laid = self._layout.lay_out(heard.say, heard.reply, heard.previous, marked)
        embedded = self.encoder.embeddings.of(laid.ids, laid.positions, laid.types)[None]
        (hidden,) = self._session.run(None, {EMBEDDED: embedded, BIAS: laid.bias()[None, None]})
        tokens = hidden[0]
        means = np.stack([tokens[start:end].mean(axis=0) for start, end in laid.spans])
        first = np.broadcast_to(tokens[0], means.shape)
        inner = gelu(self._linear("judge_hidden", np.hstack([means, first])))
        labels: np.ndarray = softmax(self._linear("judge", inner), axis=1)
        acts: np.ndarray = expit(self._linear("act", tokens[0]))
        return labels, acts

    def _linear(self, name: str, values: np.ndarray) -> np.ndarray:
        product: np.ndarray = values @ self._heads[f"{name}.weight"].T + self._heads[f"{name}.bias"]
        return product


def summed_up(
    keys: Sequence[str], labels: np.ndarray, acts: np.ndarray, thresholds: Thresholds
) -> Reading:
    """What a message was understood to do and to ask, from its candidates' probabilities."""
    judged = [
        Judged(key, **{label: float(row[LABELS.index(label)]) for label in LABELS[1:]})
        for key, row in zip(keys, labels, strict=True)
    ]
    judged.sort(key=lambda each: -(each.answers + each.confirms + each.denies + each.near))
    done = {act: float(value) for act, value in zip(ACTS, acts, strict=True)}
    return Reading(done, *verdict_of(keys, labels, thresholds), tuple(judged))
