"""A question at the end of a longer message."""

from __future__ import annotations

import numpy as np
import pytest
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu.clauses import last_question
from nlu.components.sentence_featurizer import SentenceFeaturizer
from nlu.components.text_normaliser import NORMALISED
from nlu.normaliser import Normaliser
from reading.encoder import SentenceEncoder

QUESTION = "which skills does an ML engineer need?"
CHATTY = f"We had rain all week and my tent leaked, so tell me, {QUESTION}"


@pytest.mark.parametrize(
    ("text", "question"),
    [
        (CHATTY, QUESTION),
        (f"I bake bread for a living. {QUESTION} Thanks for any help at all.", QUESTION),
        ("I came by tram today, and it is the tools of the job I want", "it is the tools"),
        (QUESTION, ""),
        ("Rain again. Which skills?", ""),
        ("We need robots and we need forecasts. Which of the two roles should we look for?", ""),
        ("", ""),
    ],
)
def test_it_is_found_unless_it_is_all_of_the_message(text: str, question: str) -> None:
    assert last_question(text).startswith(question)
    assert bool(last_question(text)) == bool(question)


def test_joined_questions_have_no_last_one_of_their_own(normaliser: Normaliser) -> None:
    found = normaliser.normalise("Which tools do ML engineers use, and is demand growing at all?")
    assert len(found.parts) == 2
    assert found.question == ""


def test_a_part_that_only_adds_a_role_is_no_question(normaliser: Normaliser) -> None:
    found = normaliser.normalise("Who might ML engineers work with, and who AI engineers?")
    assert found.parts == ()
    assert found.roles.asked == ("ml_engineer", "ai_engineer")


def test_the_vector_of_a_message_is_drawn_towards_it(
    normaliser: Normaliser, encoder: SentenceEncoder
) -> None:
    message = Message({TEXT: CHATTY, NORMALISED: normaliser.normalise(CHATTY)})
    featurizer = SentenceFeaturizer(SentenceFeaturizer.get_default_config(), "featurizer")
    featurizer.process([message])
    vector = message.get_dense_features(TEXT, [])[1].features[0]
    normalised = message.get(NORMALISED)
    whole, question = map(encoder.encode, (normalised.text, normalised.question))
    assert np.linalg.norm(vector) == pytest.approx(1.0, abs=1e-5)
    assert whole @ question < vector @ question < 1.0
    assert vector @ whole > whole @ question
