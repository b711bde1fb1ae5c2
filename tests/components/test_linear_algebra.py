"""Symmetric matrices in half the memory."""

from __future__ import annotations

import numpy as np
import pytest

from nlu.linear_algebra import SymmetricMatrix


def positive_definite(size: int) -> np.ndarray:
    """A well-conditioned matrix, (size, size)."""
    values = np.random.default_rng(size).normal(size=(size, size + 5)).astype(np.float32)
    matrix: np.ndarray = values @ values.T / size + np.eye(size, dtype=np.float32)
    return matrix


@pytest.mark.parametrize("size", [1, 2, 3, 8, 513, 1100])
def test_it_solves_and_inverts_as_a_full_matrix_does(size: int) -> None:
    full = positive_definite(size)
    targets = np.random.default_rng(0).normal(size=(size, 3)).astype(np.float32)
    packed = SymmetricMatrix(size, lambda start, stop: full[start:stop, :stop])
    packed.add_to_diagonal(0.5)
    solution, diagonal = packed.solve(targets)
    inverse = np.linalg.inv(full.astype(float) + 0.5 * np.eye(size))
    np.testing.assert_allclose(solution, inverse @ targets, atol=1e-4)
    np.testing.assert_allclose(diagonal, np.diag(inverse)[size - size // 2 :], atol=1e-4)


def test_a_matrix_that_is_not_positive_definite_is_refused() -> None:
    packed = SymmetricMatrix(4, lambda start, stop: np.ones((stop - start, stop), np.float32))
    packed.add_to_diagonal(-2.0)
    with pytest.raises(np.linalg.LinAlgError, match="not positive definite"):
        packed.solve(np.ones((4, 1), np.float32))
