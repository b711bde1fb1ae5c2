"""Large symmetric matrices in half the memory."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np
from scipy.linalg import blas, lapack

_BLOCK_ROWS = 512
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
            self._store(start, block)
        if size % 2:  # an odd size is made even by a row of the identity
            self._packed[half - 1, half - 1] = 1.0

    def _store(self, start: int, block: np.ndarray) -> None:
        half = self._half
        for row, values in enumerate(block, start):
            if row < half:
                self._packed[row + 1, : row + 1] = values[: row + 1]
            else:
                self._packed[row + 1, :] = values[:half]
                self._packed[: row - half + 1, row - half] = values[half : row + 1]

    def add_to_diagonal(self, value: float) -> None:
        """Adds a number to every element of the diagonal."""
        index = np.arange(self._half)
        self._packed[index + 1, index] += value
        self._packed[index, index] += value

    def solve(self, targets: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The solution for right-hand sides (size, m), and the diagonal of the inverse, (size,).

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
        self._packed = flat.reshape(self._packed.shape, order="F")
        return solution[:size], self._inverse_diagonal()[:size]

    def _inverse_diagonal(self) -> np.ndarray:
        """Diagonal of the inverse of the matrix whose Cholesky factor is stored.

        It is the squared lengths of the columns of the inverted factor, which takes half the work
        of inverting the matrix. With the factor in blocks [[a, 0], [b, c]] its inverse is
        [[1/a, 0], [-1/c b 1/a, 1/c]].
        """
        half = self._half
        first, _ = lapack.strtri(self._packed[1 : half + 1], lower=1)
        left = np.array([np.square(first[row:, row]).sum() for row in range(half)])
        below = blas.strmm(1.0, first, self._packed[half + 1 :], side=1, lower=1)
        del first
        last, _ = lapack.strtri(self._packed[:half], lower=0)  # transposed, as it is stored
        self._packed = np.zeros((0, 0), np.float32)
        right = np.array([np.square(last[row, row:]).sum() for row in range(half)])
        below = blas.strmm(1.0, last, below, lower=0, trans_a=1, overwrite_b=1)
        return np.concatenate([left + np.einsum("ij,ij->j", below, below), right])
