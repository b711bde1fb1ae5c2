"""How what holds of any input is tried: by hypothesis, which makes the input up."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

_SEARCHED = int(os.environ.get("EXAMPLES", "0"))

#: The decorator of every property: the same few examples at every run, the first that fails is
#: shown as it is, and without a deadline, as how long one takes tells nothing on a busy machine.
#: `EXAMPLES=5000` looks at so many others, and makes what fails as small as can be.
held = settings(
    derandomize=not _SEARCHED,
    max_examples=_SEARCHED or 40,
    phases=tuple(Phase) if _SEARCHED else (Phase.explicit, Phase.generate),
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


def typed() -> st.SearchStrategy[str]:
    """Whatever can be typed or sent: any characters, lone surrogates and control characters too."""
    odd = st.characters(categories=["Cc", "Cf", "Cs", "Co", "Mn", "No", "So", "Zs"])
    return st.text(st.one_of(st.characters(codec=None), odd, st.sampled_from(" ',.?!-%0123abc")))
