"""What is changed of Rasa in a process, all of it behind one switch.

Rasa offers no place for these changes: they are put in while its command line starts. That is
before it reads any file of configuration, and `run`, `train` and `test` read different ones; so the
switch is a variable of the environment, `RASA_STOCK`. "all" leaves everything out, names (with
commas between) leave out those. What Rasa itself asks for by name (components, importer, channels,
the stores in endpoints.yml) is no change: another name in those files takes its place.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from importlib import import_module
from typing import NamedTuple

#: The variable that leaves changes out, and what stands in it for all of them.
SWITCH, ALL = "RASA_STOCK", "all"
_ON = {ALL, "1", "true", "yes"}


class UnknownChange(ValueError):
    """The switch names something that is no change."""


class Change(NamedTuple):
    """A change of Rasa; docs/rasa.md says what each is and what it brings.

    Attributes:
        name: of the module of `server` that puts it in with `install`.
        commands: of Rasa's command line that it is for; of none in particular: for all.
        is_first: whether it has to be there before Rasa is imported.
    """

    name: str
    commands: tuple[str, ...]
    is_first: bool = False


_SERVING = ("run", "shell")
CHANGES = (
    Change("no_tensorflow", (), is_first=True),
    Change("agent", _SERVING),
    Change("remote_action", _SERVING),
    Change("training", ("train",)),
    Change("stories", ("test",)),
)


def left_out() -> set[str]:
    """Names of the changes that the environment leaves out.

    Raises:
        UnknownChange: if it names another one.
    """
    given = {each.strip() for each in os.environ.get(SWITCH, "").split(",")} - {""}
    names = {each.name for each in CHANGES}
    if given & _ON:
        return names
    if given - names:
        unknown, known = ", ".join(sorted(given - names)), ", ".join(sorted(names))
        raise UnknownChange(f"{SWITCH}: {unknown} is no change of Rasa; there are {known}, {ALL}")
    return given


def install(command: str, is_first: bool = False, besides: Iterable[str] = ()) -> None:
    """Puts a command's changes in.

    Args:
        command: of Rasa's command line.
        is_first: whether Rasa is still to be imported.
        besides: names of changes that are left out whatever the environment says.
    """
    stock = left_out() | set(besides)
    for each in CHANGES:
        is_meant = not each.commands or command in each.commands
        if is_meant and each.is_first == is_first and each.name not in stock:
            import_module(f"server.{each.name}").install()
