"""Large symmetric matrices in half the memory."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np
from scipy.linalg import lapack

_BLOCK_ROWS = 256
_AT_A_TIME = 2


def in_blocks(
    size: int, work: Callable[[int, int], np.ndarray]
) -> Iterator[tuple[int, np.ndarray]]:
    """Results of some work on rows, block by block in order, each with its first row.

    Two blocks are worked on at a time: NumPy and SciPy let go of the interpreter's lock, and much
    of what they do uses one core only.

    Args:
        size: number of rows.
        work: gets the first row of a block and the one behind its last.
    """
    with ThreadPoolExecutor(max_workers=_AT_A_TIME) as threads:
        waiting: deque[tuple[int, Future[np.ndarray]]] = deque()
        for start in range(0, size, _BLOCK_ROWS):
            stop = min(start + _BLOCK_ROWS, size)
            waiting.append((start, threads.submit(work, start, stop)))
            if len(waiting) > _AT_A_TIME:
                first, done = waiting.popleft()
                yield first, done.result()
        for first, done in waiting:
            yield first, done.result()


class SymmetricMatrix:
    """A symmetric positive definite matrix of which one triangle is kept.

    It is stored in LAPACK's rectangular full packed format (Gustavson, Wasniewski, Dongarra and
    Langou 2010, "Rectangular full packed format for Cholesky's algorithm"): as fast as a full
    matrix, in half the memory. With an even size 2k it is a rectangle of 2k + 1 rows and k columns:
    below its first row stand the first k columns' lower triangle, above its diagonal the last k
    columns' lower triangle, transposed.

    Args:
        size: number of rows.
        rows: gives rows from `start` up to `stop` of the lower triangle, (stop - start, stop); what
            stands right of the diagonal is not read.
    """

    def __init__(self, size: int, rows: Callable[[int, int], np.ndarray]) -> None:
        self._size = size
        self._half = half = (size + 1) // 2
        self._packed = np.zeros((2 * half + 1, half), np.float32, order="F")
        for start, block in in_blocks(size, rows):
            middle = max(0, half - start)
            if middle > 0:
                self._store_first(start, block[:middle])
            if middle < len(block):
                self._store_last(start + middle, block[middle:])
        if size % 2:  # an odd size is made even by a row of the identity
            self._packed[: half - 1, half - 1] = 0.0
            self._packed[half - 1, half - 1] = 1.0

    def _store_first(self, start: int, block: np.ndarray) -> None:
        """Stores rows above the middle; what they hold right of the diagonal is overwritten."""
        stop = start + len(block)
        self._packed[start + 1 : stop + 1, :stop] = block[:, :stop]

    def _store_last(self, start: int, block: np.ndarray) -> None:
        """Stores rows below the middle, all of which come after those above it."""
        half, stop = self._half, start + len(block)
        self._packed[start + 1 : stop + 1, :] = block[:, :half]
        across = slice(start - half, stop - half)
        self._packed[: across.start, across] = block[:, half:start].T
        square = self._packed[across, across]
        np.copyto(square, block[:, start:stop].T, where=np.tri(len(block), dtype=bool).T)

    def add_to_diagonal(self, value: float) -> None:
        """Adds a number to every element of the diagonal."""
        index = np.arange(self._half)
        self._packed[index + 1, index] += value
        self._packed[index, index] += value

    def solve(self, targets: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The solution for right-hand sides (size, m), and part of the diagonal of the inverse.

        Of the diagonal only the last size // 2 elements come back: they take an eighth of the work
        of all, since the inverse's last columns depend on the factor's last columns only. With the
        factor in blocks [[a, 0], [b, c]] they are the squared lengths of the columns of 1/c.

        The matrix is used up.

        Raises:
            numpy.linalg.LinAlgError: if the matrix is not positive definite.
        """
        order, size = 2 * self._half, self._size
        padded = np.zeros((order, targets.shape[1]), np.float32)
        padded[:size] = targets
        flat = self._packed.reshape(-1, order="F")
        flat, failed = lapack.spftrf(order, flat, transr="N", uplo="L", overwrite_a=1)
        if failed:
            raise np.linalg.LinAlgError("the matrix is not positive definite")
        solution, _ = lapack.spftrs(order, flat, padded, transr="N", uplo="L")
        factor = flat.reshape(self._packed.shape, order="F")[: self._half]
        self._packed = np.zeros((0, 0), np.float32)
        last, _ = lapack.strtri(factor, lower=0)  # transposed, as it is stored
        diagonal = np.array([np.square(row[index:]).sum() for index, row in enumerate(last)])
        return solution[:size], diagonal[: size // 2]
