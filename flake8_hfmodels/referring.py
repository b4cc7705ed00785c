"""What is kept of a file that has references: all that is needed to judge them and to show why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flake8_hfmodels.loaders.kinds import KindName
from flake8_hfmodels.path_pattern import matches
from flake8_hfmodels.record import dataclass, replace
from flake8_hfmodels.reference import Reference, Span
from flake8_hfmodels.sources import reading
from flake8_hfmodels.sources.placed import split_lines, whole_file
from flake8_hfmodels.sources.source import Source, TextSource
from flake8_hfmodels.suppress import Silencers, silencers_in


@dataclass(frozen=True, slots=True)
class Referring:
    """A file with references. It goes from one process to another, so it has no syntax tree.

    `silencers` are the comments in it that silence findings, and what is set for its path.
    """

    path: str
    kind: KindName
    text: str
    references: Sequence[Reference]
    silencers: Silencers

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

        source = TextSource(self.path, self.kind, whole_file(self.text), split_lines(self.text))
        for span in spans:
            yield span, excerpt(source, span)


def refer(
    source: Source,
    everything: bool = False,
    noqa: bool = True,
    per_file_ignores: Sequence[tuple[str, tuple[str, ...]]] = (),
) -> Referring | None:
    """Read the references off a file; `None` where it has none.

    With `everything` also the doubtful ones. `noqa` says whether `# noqa` counts.
    `per_file_ignores` are patterns of paths, each with the beginnings of the codes that are
    silenced there.
    """
    found = reading.references(source, everything)
    if not found:
        return None
    silencers = silencers_in(source, noqa)
    set_here = tuple(
        code
        for pattern, codes in per_file_ignores
        if matches(source.path, [pattern])
        for code in codes
    )
    if set_here:
        silencers = replace(silencers, settings=set_here)
    if isinstance(source, TextSource):
        return Referring(source.path, source.kind, source.text.text, found, silencers)
    return Referring(source.path, "python", "\n".join(source.lines), found, silencers)
