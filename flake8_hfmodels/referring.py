"""What is kept of a file that has references: all that is needed to judge them and to show why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flake8_hfmodels.loaders.kinds import KindName
from flake8_hfmodels.path_pattern import matches
from flake8_hfmodels.record import dataclass, replace
from flake8_hfmodels.reference import Reference, Span
from flake8_hfmodels.sources import reading
from flake8_hfmodels.sources.placed import split_lines, whole_file
from flake8_hfmodels.sources.source import SkimmedSource, Source, TextSource
from flake8_hfmodels.sources.trouble import Trouble
from flake8_hfmodels.suppress import Silencers, silencers_in


@dataclass(frozen=True, slots=True)
class Referring:
    """A file with references. It goes from one process to another, so it has no syntax tree.

    `silencers` are the comments in it that silence findings, and what is set for its path.
    `doubtful` are further references that only curious readers hear of, where a comment may have
    been written for one of them.
    """

    path: str
    kind: KindName
    text: str
    references: Sequence[Reference]
    silencers: Silencers
    doubtful: Sequence[Reference] = ()

    def lines(self) -> Sequence[str]:
        """The lines of the file without their ends."""
        return split_lines(self.text)

    def excerpts(self, spans: Sequence[Span]) -> Iterator[tuple[Span, tuple[str, Span]]]:
        """What to show of a notebook, whose lines in the file are not those that people wrote.

        For each span the line of the cell that stands there, and the place in that line.
        """
        if self.kind != "notebook":
            return
        from flake8_hfmodels.sources.notebook import excerpt

        source = self._source()
        for span in spans:
            yield span, excerpt(source, span)

    def cells_of(self, spans: Sequence[Span]) -> Iterator[tuple[int, int] | None]:
        """In a notebook, the numbers of the cell and of the line in it where each place is."""
        if self.kind != "notebook":
            yield from (None for _span in spans)
            return
        from flake8_hfmodels.sources.notebook.lines import lines_of

        lines = lines_of(self._source())
        for span in spans:
            line = lines.at((span.line, span.column))
            yield line.cell.number, line.number

    def _source(self) -> TextSource:
        return TextSource(self.path, self.kind, whole_file(self.text), split_lines(self.text))


def refer(
    source: Source,
    everything: bool = False,
    noqa: bool = True,
    per_file_ignores: Sequence[tuple[str, tuple[str, ...]]] = (),
) -> Referring | None:
    """Read the references off a file; `None` where it has none, nor a comment for one.

    With `everything` also the doubtful ones. `noqa` says whether `# noqa` counts.
    `per_file_ignores` are patterns of paths, each with the beginnings of the codes that are
    silenced there.
    """
    found = reading.references(source, everything)
    silencers = silencers_in(source, noqa)
    is_marked = any(one.is_checked for one in silencers.comments())
    if not (found or is_marked):
        return None
    doubtful = () if everything or not is_marked else _doubtful(source, found)
    set_here = tuple(
        code
        for pattern, codes in per_file_ignores
        if matches(source.path, [pattern])
        for code in codes
    )
    if set_here:
        silencers = replace(silencers, settings=set_here)
    if isinstance(source, TextSource):
        kind, text = source.kind, source.text.text
    else:
        kind, text = "python", "\n".join(source.lines)
    return Referring(source.path, kind, text, found, silencers, doubtful)


def _doubtful(source: Source, found: Sequence[Reference]) -> Sequence[Reference]:
    """What else a curious reader finds in a file."""
    if isinstance(source, SkimmedSource):
        from flake8_hfmodels.sources.python.parse import parse_text

        parsed = parse_text(source.path, "\n".join(source.lines))
        if isinstance(parsed, Trouble):
            return ()
        source = parsed
    known = {_key(one) for one in found}
    return [one for one in reading.references(source, everything=True) if _key(one) not in known]


def _key(reference: Reference) -> tuple[object, ...]:
    """All that is said of a reference, as what a set can hold."""
    values = (getattr(reference, name) for name in Reference.__match_args__)
    return tuple(frozenset(one.items()) if isinstance(one, dict) else one for one in values)
