"""YAML to trees whose every value knows where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from flake8_hfmodels.record import dataclass, field
from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.marked.events import Events
from flake8_hfmodels.sources.marked.growing import MOST_VALUES
from flake8_hfmodels.sources.marked.lines import read_lines
from flake8_hfmodels.sources.marked.sheet import Sheet
from flake8_hfmodels.sources.marked.templates import without_templates
from flake8_hfmodels.sources.marked.tree import Marked, Node
from flake8_hfmodels.sources.placed import Placed

# https://yaml.org/spec/1.2.2/#51-character-set; the last three are line ends in YAML 1.1 only.
_NOT_PRINTABLE = regex(
    "[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u2028\u2029\ufeff]"
)
_NEXT_DOCUMENT = regex(r"(?m)^---(?=\s|\Z)")
_COMMENT = regex(r"(?m)(?:^|(?<=[\s,\[\]{}\"']))#+[ \t]*([^\r\n]*)")
# Documents of one file that are no YAML; what comes behind them is read line by line.
_MOST_MISTAKES = 20
# PyYAML takes a second for it without libyaml; what is longer is then read line by line.
_LONGEST_WITHOUT_LIBYAML = 100_000


def read_yaml(text: Placed) -> Marked:
    """The documents of a YAML file, and its comments.

    Nodes with an anchor are shared, never copied: a node may be met more than once, though never
    within itself. What a merge key names stands behind a mapping's own entries. A file that is no
    YAML as it stands is read with holes in place of its templates; a document that is none then
    is read line by line.
    """
    if text.text.startswith("\ufeff"):
        text = text.part(1, len(text.text))
    parsed = _NOT_PRINTABLE.sub("\ufffd", text.text)
    reading = _Reading(Sheet(parsed, text, text))
    reading.run()
    if reading.mistake or reading.odd_key:
        templated = without_templates(parsed, text)
        if templated is not None:
            reading = _Reading(templated)
            reading.run()
    comments = tuple(islice(_comments(reading.sheet, sorted(reading.taken)), MOST_VALUES))
    line = text.at(reading.offset)[0] if reading.mistake else 0
    return Marked(tuple(reading.documents), comments, reading.mistake, line)


def _comments(sheet: Sheet, taken: Sequence[tuple[int, int]]) -> Iterable[Placed]:
    """Comments stand between scalars, where no other `#` stands behind a blank."""
    position = 0
    for start, end in (*taken, (len(sheet.parsed), 0)):
        for found in _COMMENT.finditer(sheet.parsed, position, start):
            yield sheet.text.part(*found.span(1))
        position = end


@dataclass(slots=True)
class _Reading:
    sheet: Sheet
    documents: list[Node] = field(default_factory=list)
    taken: list[tuple[int, int]] = field(default_factory=list)
    mistake: str = ""
    offset: int = 0
    odd_key: bool = False

    def run(self) -> None:
        start, end = 0, len(self.sheet.parsed)
        for _ in range(_MOST_MISTAKES):
            if not _in_time(end - start):
                break
            found = Events(self.sheet, start)
            found.run()
            self.documents += found.documents
            self.taken += found.taken
            self.odd_key |= found.odd_key
            if not found.mistake:
                return
            if not self.mistake:
                self.mistake, self.offset = found.mistake, found.offset
            if found.is_full:
                self.taken.append((found.offset, end))
                return
            behind = _NEXT_DOCUMENT.search(self.sheet.parsed, max(found.offset, found.begin + 1))
            start = behind.start() if behind else end
            self._read_lines(found.begin, start)
        self._read_lines(start, end)

    def _read_lines(self, start: int, end: int) -> None:
        documents, taken = read_lines(self.sheet, start, end)
        self.documents += documents
        self.taken += taken


def _in_time(length: int) -> bool:
    import yaml

    return length <= _LONGEST_WITHOUT_LIBYAML or yaml.__with_libyaml__
