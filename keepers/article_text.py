"""Takes a text or Markdown article apart: title, sections, sentences, and what they look like."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$")
_UNDERLINE = re.compile(r"^(?:=+|-{3,})$")
_POINT = re.compile(r"^\s*(?:[-*+•]|(\d+)[.)])\s+(.+)$")
_ASKED = re.compile(r"^Q(?:uestion)?:\s*(.+\?)\s*(?:A(?:nswer)?:\s*(.*))?$", re.I)
_ANSWERED = re.compile(r"^A(?:nswer)?:\s+", re.IGNORECASE)
_LINK = re.compile(r"\[([^\]]+)\]\(\S+?\)")
_MARKUP = re.compile(r"[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}")
_END = re.compile(r"(?<=[.!?])[\"'”’)]*\s+(?=[\"'“(]?[A-Z0-9])")
_ABBREVIATED = re.compile(
    r"\b(?:[A-Z]|e\.g|i\.e|etc|cf|vs|approx|ca|no|nos|fig|dr|mr|mrs|ms|prof|st|jr|inc|ltd|co)\.$",
    re.IGNORECASE,
)
_ENTRY = re.compile(r".+?(?:https?://\S+|$)")
_HEADING_WORDS = 12
#: Sections that list sources.
SOURCES = re.compile(r"^(?:references?|sources?|literature|bibliography|further reading)$", re.I)
# What a sentence may be besides a plain fact, by how it looks.
_LOOKS = {
    "a reference": re.compile(r"\([^()]*\b(?:19|20)\d\d[a-z]?\)|https?://|\baccording to\b", re.I),
    "a figure": re.compile(r"\d|\b(?:half|third|quarter|twice|double|percent|per cent)\b", re.I),
    "steps in order": re.compile(r"\b(?:first|then|next|finally|before|after)\b.*,", re.I),
    "a comparison": re.compile(r"\b(?:than|while|whereas|unlike|compared|both)\b", re.I),
}
# Words at a sentence's beginning that speak of what stood before it.
_LEANING = re.compile(
    r"^(?:it|its|they|them|their|this|that|these|those|he|she|his|her|here|there|such|then|also|"
    r"therefore|however|moreover|furthermore|otherwise|instead|additionally|"
    r"for example|for instance|in addition)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Sentence:
    """A sentence, and the list that it opens: in order, or by name."""

    text: str
    points: tuple[str, ...] = ()
    is_ordered: bool = False

    @property
    def words(self) -> int:
        """How many it has."""
        return len(self.text.split())

    @property
    def leans(self) -> bool:
        """Whether it needs the sentence before it to be understood."""
        return bool(_LEANING.match(self.text))

    @property
    def looks(self) -> list[str]:
        """What an editor should look at: a figure, a reference, a comparison, steps."""
        return [name for name, pattern in _LOOKS.items() if pattern.search(self.text)]


@dataclass
class Section:
    """A part of the article under its heading; `question` where the heading asks one."""

    title: str
    question: str = ""
    sentences: list[Sentence] = field(default_factory=list)

    @property
    def is_sources(self) -> bool:
        """Whether it lists what the article cites."""
        return bool(SOURCES.match(self.title))


@dataclass(frozen=True)
class Text:
    """An article's title and sections; the first heading is the title."""

    title: str
    sections: Sequence[Section]


def parse(text: str) -> Text:
    """Takes an article apart; lines without an end are headings where they are short."""
    title = ""
    sections: list[Section] = []
    for kind, value in _blocks(text):
        if kind == "heading" and not title:
            title = value
        elif kind == "heading":
            sections.append(Section(value.rstrip(":"), value if value.endswith("?") else ""))
        else:
            if not sections:
                sections.append(Section("Introduction"))
            if kind == "question":
                sections.append(Section(value.rstrip("?"), value))
            elif kind == "text" and sections[-1].is_sources:
                entries = (entry.strip() for entry in _ENTRY.findall(value))
                sections[-1].sentences += [Sentence(each) for each in entries if each]
            elif kind == "text":
                sections[-1].sentences += [Sentence(each) for each in sentences(value)]
            else:
                _add_point(sections[-1], value, kind == "ordered")
    return Text(title, [each for each in sections if each.sentences])


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph, without markup; abbreviations end none."""
    plain = _MARKUP.sub("", _LINK.sub(r"\1", text)).strip()
    found: list[str] = []
    for part in _END.split(plain):
        if found and _ABBREVIATED.search(found[-1]):
            found[-1] = f"{found[-1]} {part}"
        elif part.strip():
            found.append(part.strip())
    return found


def _add_point(section: Section, point: str, is_ordered: bool) -> None:
    """A point of a list belongs to the sentence that announces the list, else it is one itself."""
    plain = " ".join(sentences(point))
    last = section.sentences[-1] if section.sentences else None
    if last is not None and last.text.endswith(":"):
        section.sentences[-1] = Sentence(last.text, (*last.points, plain), is_ordered)
    else:
        section.sentences += [Sentence(each) for each in sentences(point)]


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """Headings, questions, points of lists and paragraphs, in order."""
    paragraph: list[str] = []
    lines = [line.rstrip() for line in text.splitlines()]
    for number, line in enumerate(lines):
        below = lines[number + 1] if number + 1 < len(lines) else ""
        heading, point, asked = _HEADING.match(line), _POINT.match(line), _ASKED.match(line)
        is_lone = not paragraph and not below.strip() and _is_title(line)
        if heading or point or asked or not line.strip() or _UNDERLINE.match(below) or is_lone:
            if paragraph:
                yield "text", " ".join(paragraph)
            paragraph = []
        if _UNDERLINE.match(line):
            continue
        if heading:
            yield "heading", _MARKUP.sub("", heading.group(1))
        elif point:
            yield ("ordered" if point.group(1) else "point"), point.group(2)
        elif asked:
            yield "question", asked.group(1)
            if asked.group(2):
                paragraph = [asked.group(2)]
        elif line.strip() and (_UNDERLINE.match(below) or is_lone):
            yield "heading", line.strip()
        elif line.strip():
            paragraph.append(_ANSWERED.sub("", line.strip()))
    if paragraph:
        yield "text", " ".join(paragraph)


def _is_title(line: str) -> bool:
    text = line.strip()
    if not 0 < len(text.split()) <= _HEADING_WORDS or len(sentences(text)) > 1:
        return False
    return text[-1] not in ".!,;:" and text[0].isupper() and "://" not in text
