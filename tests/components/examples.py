"""A tiny training set that small models learn in no time."""

from __future__ import annotations

TEXTS = [
    "which programming languages are used",
    "what frameworks do they code in",
    "is Python needed",
    "which libraries should I know",
    "is demand growing",
    "are these jobs wanted",
    "does the market want such engineers",
    "is the need for them rising",
    "how much do they earn",
    "what is the salary",
    "are they paid well",
    "what would my wage be",
]
LABELS = ["tools"] * 4 + ["demand"] * 4 + ["gap_pay"] * 4
OPEN = ("gap_",)
