"""Training of the retriever: a projection of what was said towards the statements it is about."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from reading.articles import Article
from reading.candidates import Retriever, Shelf, features
from reading.encoder import SentenceEncoder
from reading.heard import Heard
from reading.sides import sides_of

_BATCH, _RATE, _DECAY, _DROPOUT = 64, 1.5e-3, 0.01, 0.2
_PASSES = 2  # a third one fits the training articles alone
_WARM_UP = 0.05
_SCALE = 15.0
_INNER, _FEATURES = 32, 11


@dataclass
class Encoded:
    """An article ready for training: its shelf, and what each turn looks like to the retriever."""

    article: Article
    shelf: Shelf
    heard: list[Heard]
    views: np.ndarray
    wanted: np.ndarray

    def scores(self, ranker: Retriever) -> np.ndarray:
        """Scores of all statements for each turn, (turns, statements)."""
        return ranker.scores(self.views.astype(np.float32), self.shelf, self.heard)


def encode(article: Article, encoder: SentenceEncoder) -> Encoded:
    """Encodes an article's statements and turns once."""
    shelf = Shelf(article.statements, sides_of(article.name), encoder)
    heard = [turn.heard.renamed(shelf.rename) for turn in article.turns]
    texts = [view for each in heard for view in each.views]
    distinct = sorted({text for text in texts if text})
    known = dict(zip(distinct, encoder.encode_batch(distinct), strict=True))
    empty = np.zeros_like(shelf.vectors[0])
    views = np.stack([known.get(text, empty) for text in texts]).reshape(len(heard), 4, -1)
    wanted = np.array(
        [[key in turn.labels for key in shelf.ids] for turn in article.turns], dtype=np.float32
    )
    return Encoded(article, shelf, heard, views.astype(np.float16), wanted)


class _Projection(nn.Module):
    def __init__(self, size: int) -> None:
        super().__init__()
        self.query = nn.Linear(4 * size, size, bias=False)
        self.statement = nn.Linear(size, size, bias=False)
        nn.init.zeros_(self.query.weight)
        nn.init.zeros_(self.statement.weight)
        self.mix = nn.Parameter(torch.tensor([1.0, 0.6, 0.2, 0.1]))
        self.spelling = nn.Parameter(torch.tensor([0.5]))
        self.inner, self.outer = nn.Linear(_FEATURES, _INNER), nn.Linear(_INNER, 1)
        nn.init.zeros_(self.outer.weight)
        nn.init.zeros_(self.outer.bias)

    def forward(self, views: Tensor, statements: Tensor, seen: Tensor) -> Tensor:
        dropped = functional.dropout(views, _DROPOUT, self.training).flatten(1)
        query = (views * self.mix[None, :, None]).sum(1) + self.query(dropped)
        dropped = functional.dropout(statements, _DROPOUT, self.training)
        known = functional.normalize(statements + self.statement(dropped), dim=-1)
        similar = functional.normalize(query, dim=-1) @ known.T
        inner = self.inner(torch.cat([seen, similar[..., None]], -1))
        outer = self.outer(functional.gelu(inner))[..., 0]
        return _SCALE * (similar + self.spelling * seen[..., 4] + outer)


def train(encoded: Sequence[Encoded], seed: int = 0) -> dict[str, np.ndarray]:
    """Weights for `reading.candidates.Retriever`, learnt on articles."""
    torch.manual_seed(seed)
    shuffle = random.Random(seed).shuffle  # noqa: S311  no secret
    model = _Projection(encoded[0].views.shape[-1])
    optimiser = torch.optim.AdamW(model.parameters(), lr=_RATE, weight_decay=_DECAY)
    asking = [
        [n for n, turn in enumerate(each.article.turns) if turn.labels and turn.asks]
        for each in encoded
    ]
    seen = [
        features(each.views.astype(np.float32), each.shelf, each.heard).astype(np.float16)
        for each in encoded
    ]
    steps = _PASSES * sum(-(-len(rows) // _BATCH) for rows in asking)
    step = 0
    for _ in range(_PASSES):
        order = list(zip(encoded, asking, seen, strict=True))
        shuffle(order)
        for each, rows, known in order:
            shuffle(rows)
            statements = torch.from_numpy(each.shelf.vectors)
            for start in range(0, len(rows), _BATCH):
                for group in optimiser.param_groups:
                    share = step / steps
                    group["lr"] = _RATE * min(1.0, share / _WARM_UP) * (1 - share)
                step += 1
                batch = rows[start : start + _BATCH]
                views = each.views[batch].astype(np.float32)
                extra = torch.from_numpy(known[batch].astype(np.float32))
                scores = model(torch.from_numpy(views), statements, extra)
                loss = _loss(scores, torch.from_numpy(each.wanted[batch]))
                optimiser.zero_grad()
                loss.backward()
                optimiser.step()
    return _weights(model)


def _weights(model: _Projection) -> dict[str, np.ndarray]:
    found = {
        "mix": model.mix,
        "query": model.query.weight,
        "statement": model.statement.weight,
        "spelling": model.spelling,
        "inner": model.inner.weight,
        "inner_bias": model.inner.bias,
        "outer": model.outer.weight,
        "outer_bias": model.outer.bias,
    }
    return {name: value.detach().numpy().astype(np.float16) for name, value in found.items()}


def _loss(scores: Tensor, wanted: Tensor) -> Tensor:
    """Half that some wanted statement comes first, half that all of them do."""
    share = functional.log_softmax(scores, 1)
    some = torch.logsumexp(share.masked_fill(wanted == 0, -1e9), 1)
    every = (share * wanted).sum(1) / wanted.sum(1)
    return -(some + every).mean() / 2
