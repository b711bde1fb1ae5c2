"""How a message and the statements to judge it by become one sequence of tokens.

    [CLS] message [SEP] last reply [SEP] last message [SEP]  mark statement [SEP]  mark ... [SEP]

A statement sees itself and what stands before all statements, which sees no statement: so each is
judged as if it stood alone, its positions go on from the message's, and the message is read once
for all of them. The mark says whether the last reply told the statement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from tokenizers import Tokenizer

_CLS, _SEP = 101, 102
_NEW, _TOLD = 1, 2  # [unused0] and [unused1], which no text has
_REPLY_WORDS = 45
_MESSAGE, _REPLY, _PREVIOUS, _STATEMENT = 72, 56, 36, 44  # tokens
_HIDDEN = -1e4


@dataclass(frozen=True)
class Laid:
    """Tokens of one message and its candidates.

    Attributes:
        ids: of the tokens, (length,).
        types: 0 up to the last message, 1 for statements, (length,).
        positions: within the message, or within message and statement, (length,).
        groups: -1 up to the last message, then the place of the statement, (length,).
        spans: first token of each statement and the one after its last, (statements, 2).
    """

    ids: np.ndarray
    types: np.ndarray
    positions: np.ndarray
    groups: np.ndarray
    spans: np.ndarray

    def bias(self) -> np.ndarray:
        """What is added to each token's attention to each other one, (length, length)."""
        seen = (self.groups[None, :] == -1) | (self.groups[:, None] == self.groups[None, :])
        return np.where(seen, np.float32(0), np.float32(_HIDDEN))


class Layout:
    """Lays messages out with the encoder's own tokenizer.

    Args:
        tokenizer: of the encoder, without padding.
    """

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._statement = lru_cache(maxsize=20_000)(self._tokens)

    def lay_out(
        self, say: str, reply: str, previous: str, statements: Sequence[tuple[str, bool]]
    ) -> Laid:
        """The sequence of a message.

        Args:
            say: the message.
            reply: the last reply, of which the first words count.
            previous: the visitor's message before.
            statements: text of each candidate, and whether the last reply told it.
        """
        reply = " ".join(reply.split()[:_REPLY_WORDS])
        head = [_CLS, *self._tokens(say, _MESSAGE), _SEP, *self._tokens(reply, _REPLY), _SEP]
        head += [*self._tokens(previous, _PREVIOUS), _SEP]
        ids, groups, positions, spans = list(head), [-1] * len(head), list(range(len(head))), []
        for place, (text, is_told) in enumerate(statements):
            tokens = [_TOLD if is_told else _NEW, *self._statement(text, _STATEMENT), _SEP]
            spans.append((len(ids), len(ids) + len(tokens)))
            ids += tokens
            groups += [place] * len(tokens)
            positions += range(len(head), len(head) + len(tokens))
        kinds = np.array(groups)
        return Laid(
            np.array(ids), (kinds >= 0).astype(np.int64), np.array(positions), kinds,
            np.array(spans, dtype=np.int64).reshape(-1, 2),
        )  # fmt: skip

    def _tokens(self, text: str, most: int) -> list[int]:
        return self._tokenizer.encode(text, add_special_tokens=False).ids[:most] if text else []
