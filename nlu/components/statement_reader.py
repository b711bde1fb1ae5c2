"""Rasa component: reads a message against the statements of the article."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.constants import INTENT_MESSAGE_PREFIX
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from content.live import LiveContent, live_content
from content.loader import Content, ContentError
from nlu.components.conversation import SaidBefore
from nlu.components.intent_classifier import PART_INTENTS
from nlu.components.text_normaliser import NORMALISED, SAID_BEFORE
from nlu.outcome import UNREADABLE
from nlu.pointers import counted, left_over, places, titled
from nlu.text import clean
from reading.articles import FORMS
from reading.candidates import Shelf
from reading.encoder import packaged_encoder
from reading.heard import Heard
from reading.reader import WEIGHTS
from reading.reader import StatementReader as Reader

_LIKELY = 0.5  # probability of an act from which it is reckoned with


class LiveShelf:
    """The statements of the content, encoded anew when the content has changed.

    Args:
        reader: that will read against them.
        live: the content.
    """

    def __init__(self, reader: Reader, live: LiveContent) -> None:
        self._reader = reader
        self._live = live
        self._version = ""
        self._shelf: Shelf | None = None

    def get(self) -> Shelf | None:
        """The shelf of today's content; None while there is nothing to read."""
        try:
            content = self._live.get()
        except ContentError:
            return None
        if content.version != self._version:
            self._shelf = self._made(content)
            self._version = content.version
        return self._shelf

    def _made(self, content: Content) -> Shelf | None:
        statements = {key: each.text for key, each in content.statements.items()}
        sides = [role.all_names for role in content.roles.values()]
        return self._reader.shelf(statements, sides) if statements else None


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class StatementReader(GraphComponent):
    """Adds what the article's statements are to a message, and what form and place it points to.

    A message gets:

    - `reading`: acts, verdict and statements (`reading.reader.Reading.as_dict`), but where there is
      nothing to read, or no content to read it against; and, where it asks for a source, `alone`:
      what the statements are to it whatever was said before, so that "who says that?" names none;
    - `parts`: where it joins several questions, `reading`, `intent` and `roles` of each;
    - `wanted`: the `form` that the answer is wanted in, and how many `points` and `words`;
    - `places`: what it points to among what was offered or told (`nlu.pointers.places`).
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Options.

        `weights`: folder of the reader's weights, null for the packaged ones. `sure`: lead from
        which a yes or a no is said, null for the one chosen on articles that it never saw.
        """
        return {"weights": None, "sure": None}

    @staticmethod
    def required_packages() -> list[str]:
        """Python packages besides Rasa's own."""
        return ["onnx", "onnxruntime", "safetensors", "tokenizers"]

    def __init__(self, reader: Reader, live: LiveContent) -> None:
        self._reader = reader
        self._shelf = LiveShelf(reader, live)

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> StatementReader:
        """Loads the reader (see Rasa's GraphComponent)."""
        reader = Reader(packaged_encoder(), Path(config["weights"] or WEIGHTS))
        if config["sure"] is not None:
            reader.thresholds = replace(reader.thresholds, sure=float(config["sure"]))
        component = cls(reader, live_content())
        component._shelf.get()  # encoded now, so that the first message need not wait
        return component

    def process(self, messages: list[Message]) -> list[Message]:
        """Reads each message."""
        for message in messages:
            typed = message.get(NORMALISED).typed
            shelf = self._shelf.get() if _is_readable(message) else None
            if shelf is not None:
                message.set("reading", self._read(message, shelf), add_to_output=True)
            parts = self._parts(message, shelf) if shelf is not None else []
            message.set("parts", parts, add_to_output=True)
            message.set("wanted", _wanted(message.get("reading"), typed), add_to_output=True)
            before: SaidBefore = message.get(SAID_BEFORE)
            named = places(typed) or titled(clean(message.get(TEXT) or ""), before.titles)
            message.set("places", named, add_to_output=True)
        return messages

    def _read(self, message: Message, shelf: Shelf) -> dict[str, Any]:
        before: SaidBefore = message.get(SAID_BEFORE)
        typed = message.get(NORMALISED).typed
        heard = Heard(typed, before.reply, before.previous, before.told, before.earlier)
        found = self._reader.read(heard, shelf).as_dict()
        asks_source = found["acts"]["source"] >= _LIKELY
        alone = self._reader.read(Heard(typed), shelf).as_dict() if asks_source else None
        return {**found, "alone": alone["judged"] if alone else []}

    def _parts(self, message: Message, shelf: Shelf) -> list[dict[str, Any]]:
        """Each question of a message, heard after the one before it."""
        before: SaidBefore = message.get(SAID_BEFORE)
        previous, earlier, found = before.previous, before.earlier, []
        parts = message.get(NORMALISED).parts
        for part, intent in zip(parts, message.get(PART_INTENTS), strict=True):
            reading = self._reader.read(
                Heard(part.text, before.reply, previous, before.told, earlier), shelf
            )
            roles = list(part.roles)
            found.append({"reading": reading.as_dict(), "intent": intent, "roles": roles})
            previous, earlier = part.text, previous
        return found


def _wanted(reading: dict[str, Any] | None, typed: str) -> dict[str, Any]:
    """The form of an answer: what it is is learnt, how long it is is said in figures."""
    length = counted(typed)
    form = reading["form"] if reading else FORMS[0]
    if form == FORMS[0] and length.words:
        form = "words"  # whoever counts them wants them counted
    elif form == "words" and not length.words:
        form = "shorter"
    if form != FORMS[0] and not any(length):
        length = length._replace(points=left_over(typed))
    return {"form": form if form != FORMS[0] else None, **length._asdict()}


def _is_readable(message: Message) -> bool:
    """Whether somebody wrote it, and it has words, and not too many."""
    is_payload = (message.get(TEXT) or "").startswith(INTENT_MESSAGE_PREFIX)
    return not is_payload and message.get("understanding")["outcome"] != UNREADABLE
