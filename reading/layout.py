"""How a message and a statement to judge it by become one sequence of tokens.

    [CLS] message [SEP] reply [SEP] last message [SEP] the one before [SEP] mark statement [SEP]

`reply` is the last one; the mark says whether it told the statement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from tokenizers import Tokenizer

from reading.heard import Heard

_CLS, _SEP = 101, 102
_NEW, _TOLD = 1, 2  # [unused0] and [unused1], which no text has
_REPLY_WORDS = 45
_MESSAGE, _REPLY, _PREVIOUS, _EARLIER, _STATEMENT = 72, 56, 36, 24, 44  # tokens


@dataclass(frozen=True)
class Laid:
    """Tokens of a message with one statement.

    Attributes:
        ids: of the tokens, (length,).
        start: place of the statement's mark: all from there on is of type 1, all before of type 0.
    """

    ids: np.ndarray
    start: int


@dataclass(frozen=True)
class Batch:
    """Several of them side by side, padded at their ends.

    Attributes:
        ids: of the tokens, (batch, length).
        types: 0 up to the statement and 1 from there on, (batch, length).
        starts: place of each statement's mark, (batch,).
        lengths: without padding, (batch,).
    """

    ids: np.ndarray
    types: np.ndarray
    starts: np.ndarray
    lengths: np.ndarray

    @classmethod
    def of(cls, laid: Sequence[Laid], multiple: int = 1) -> Batch:
        """Pads sequences to the longest of them, or up to the next multiple of a length."""
        lengths = np.array([len(each.ids) for each in laid], dtype=np.int32)
        starts = np.array([each.start for each in laid], dtype=np.int32)
        length = -(-int(lengths.max()) // multiple) * multiple
        ids = np.zeros((len(laid), length), dtype=np.int64)
        for row, each in enumerate(laid):
            ids[row, : len(each.ids)] = each.ids
        types = (np.arange(length)[None] >= starts[:, None]).astype(np.int64)
        return cls(ids, types, starts, lengths)

    def of_statements(self) -> np.ndarray:
        """Which tokens are a statement's, (batch, length), 0 or 1 as float32."""
        within = np.arange(self.ids.shape[1])[None] < self.lengths[:, None]
        return (within & (self.types == 1)).astype(np.float32)


class Layout:
    """Lays messages and statements out with the encoder's own tokenizer.

    Args:
        tokenizer: of the encoder, without padding.
    """

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._statement = lru_cache(maxsize=20_000)(self._tokens)

    def lay_out(self, heard: Heard, statements: Sequence[tuple[str, bool]]) -> list[Laid]:
        """The sequences of a message: one for each statement.

        Args:
            heard: the message, and what was said before it, of which the first words count.
            statements: text of each candidate, and whether the last reply told it.
        """
        reply = " ".join(heard.reply.split()[:_REPLY_WORDS])
        head = [_CLS, *self._tokens(heard.say, _MESSAGE), _SEP, *self._tokens(reply, _REPLY), _SEP]
        head += [*self._tokens(heard.previous, _PREVIOUS), _SEP]
        head += [*self._tokens(heard.earlier, _EARLIER), _SEP]
        return [
            Laid(
                np.array([
                    *head, _TOLD if is_told else _NEW, *self._statement(text, _STATEMENT), _SEP
                ]),
                len(head),
            )
            for text, is_told in statements
        ]  # fmt: skip

    def _tokens(self, text: str, most: int) -> list[int]:
        return self._tokenizer.encode(text, add_special_tokens=False).ids[:most] if text else []
