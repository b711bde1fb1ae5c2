"""What all custom actions share: state in, reply out, and an apology when something breaks."""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import choosing, form
from actions.checks import answer_on_list, claim_on_role
from actions.echo import answer_on_echo
from actions.provenance import version_events
from actions.references import answer_on_references, with_cited
from actions.sourcing import answer_on_source
from actions.speech import say
from actions.steps import answer_on_steps
from actions.telling import on_doubt, on_figure, tell_whole
from actions.terms import answer_on_terms
from actions.thread import Thread
from actions.turn import APOLOGY, Reply, Turn, read_turn
from content.live import live_content

# Intents of messages that may be on the last answer though they say something else.
_DOUBTS = frozenset("nlu_fallback source correct deny feedback_bad".split())
# Intents of small talk in which a thing that the article names has no part: "hello robot".
_SMALL_TALK = frozenset("greet goodbye thanks how_are_you praise insult".split())
logger = logging.getLogger(__name__)


class ThreadAction(Action, ABC):
    """An action that turns the visitor's message and the thread into a reply."""

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Answers; any failure is logged and told to the visitor as an apology.

        A custom action that raises leaves the visitor without a word (rasa/core/processor.py,
        `_run_action`), so nothing may pass this method.
        """
        try:
            turn = read_turn(tracker, live_content().get())
            reply = form.take(turn) or form.resume(turn, self._reply(turn))
            reply = with_cited(turn, reply)
            say(dispatcher, turn, reply)
            events = reply.thread.events(Thread.from_tracker(tracker))
            return [*events, *version_events(tracker, turn.content)]
        except Exception:
            logger.exception("%s failed", self.name())
            dispatcher.messages.clear()
            dispatcher.utter_message(text=live_content().apology(), kind=APOLOGY)
            return []

    def name(self) -> str:
        """Name in the domain: ActionTellMore is `action_tell_more`."""
        words = "".join(f"_{c.lower()}" if c.isupper() else c for c in type(self).__name__)
        return words.lstrip("_")

    def _reply(self, turn: Turn) -> Reply:
        """What the message is whatever its intent, else this action's own reply."""
        if turn.reason:
            return self.respond(turn)  # it could not be read
        whatever = (
            answer_on_source(turn)
            or choosing.take_title(turn)
            or answer_on_references(turn)
            or answer_on_echo(turn)
            or answer_on_steps(turn)
            or tell_whole(turn)
            or answer_on_list(turn)
            or claim_on_role(turn)
            or on_doubt(turn)
            or (on_figure(turn) if self._doubts(turn) else None)
        )
        is_taken = turn.intent in _SMALL_TALK or turn.content.topic(turn.intent) is not None
        if whatever is None and not is_taken:
            whatever = answer_on_terms(turn)
        return whatever or self.respond(turn)

    @staticmethod
    def _doubts(turn: Turn) -> bool:
        """Whether a message may doubt the last answer: it asks for nothing that is known."""
        is_gap = turn.intent in turn.content.gaps
        return turn.intent in _DOUBTS or is_gap or turn.intent == turn.thread.topic

    @abstractmethod
    def respond(self, turn: Turn) -> Reply:
        """What to say in this turn."""
