"""Small talk that depends on the conversation, and what the guided form needs besides questions."""

from __future__ import annotations

from dataclasses import replace

from actions import form
from actions.answering import ActionMenu
from actions.base import ThreadAction
from actions.choosing import instead, reject
from actions.turn import Reply, Turn


class ActionGreet(ThreadAction):
    """Returns a greeting."""

    def respond(self, turn: Turn) -> Reply:
        """A greeting the first time; another one later, and once to somebody who is back."""
        prompt = "greet"
        if turn.is_return:
            prompt = "welcome_back"
        elif turn.thread.greeted or turn.thread.topic:
            prompt = "greet_again"
        return Reply(replace(turn.thread, greeted=True), prompt=prompt, kind=None)


class ActionFitForm(ThreadAction):
    """Starts the guided form."""

    def respond(self, turn: Turn) -> Reply:
        """Its first question; the subjects to begin with where the content has no form."""
        return form.start(turn) if turn.content.questions else ActionMenu().respond(turn)


class ActionSkip(ThreadAction):
    """Takes "skip" where no question of the guided form is open."""

    def respond(self, turn: Turn) -> Reply:
        """What is wanted instead, if the message names it; else all right."""
        return instead(turn) or reject(turn)


class ActionCancel(ActionSkip):
    """Takes "stop" where no question of the guided form is open."""


class ActionResume(ThreadAction):
    """Follows small talk: comes back to the guided form if one is open, else says nothing."""

    def respond(self, turn: Turn) -> Reply:
        """Nothing of its own."""
        return Reply(turn.thread)
