"""Groups questions by meaning, and finds the topics that come nearest to a group."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import scipy.cluster.hierarchy

# Mean cosine distance between two groups below which they are one.
_REACH = 0.45
_NEIGHBOURS = 3


def grouped(vectors: np.ndarray, counts: Sequence[int]) -> list[list[int]]:
    """Indices of the questions that belong together, the groups asked most first.

    Average-linkage agglomerative clustering by cosine distance.

    Args:
        vectors: unit vectors, (n, dimension).
        counts: how often each question was asked.
    """
    if len(vectors) < 2:
        return [[index] for index in range(len(vectors))]
    tree = scipy.cluster.hierarchy.linkage(vectors, "average", "cosine")
    labels = scipy.cluster.hierarchy.fcluster(tree, _REACH, "distance")
    groups: dict[int, list[int]] = {}
    for index in sorted(range(len(vectors)), key=lambda index: -counts[index]):
        groups.setdefault(int(labels[index]), []).append(index)
    return sorted(groups.values(), key=lambda group: -sum(counts[index] for index in group))


def nearest_topics(
    group: np.ndarray, examples: np.ndarray, intents: Sequence[str], most: int
) -> list[tuple[str, float]]:
    """Intents whose examples come nearest to a group, with the similarity.

    Similarity is that of the three nearest examples of an intent, averaged over the group.

    Args:
        group: vectors of the group, (n, dimension).
        examples: vectors of the training data, (m, dimension).
        intents: their intents.
        most: how many to name.
    """
    similarities = group @ examples.T
    names = np.asarray(intents)
    found = []
    for name in sorted(set(intents)):
        own = np.sort(similarities[:, names == name], axis=1)[:, -_NEIGHBOURS:]
        found.append((name, float(own.mean())))
    return sorted(found, key=lambda item: -item[1])[:most]
