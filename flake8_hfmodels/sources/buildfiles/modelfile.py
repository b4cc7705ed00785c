"""Modelfiles, from which ollama builds a model, to references."""

from __future__ import annotations

import re

from flake8_hfmodels.reference import Reference
from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.buildfiles.images import model_references
from flake8_hfmodels.sources.buildfiles.prose import prose_references
from flake8_hfmodels.sources.source import TextSource

# ollama docs/modelfile.mdx: what stands between three quotes goes over several lines.
_BASE = regex(r"\s*(FROM|ADAPTER)\s+[\"']?([^\s\"']+)", re.IGNORECASE)
_QUOTES = '"""'


def is_modelfile(name: str) -> bool:
    """Whether a file of this name is one."""
    lower = name.lower()
    return lower.startswith("modelfile") or lower.endswith(".modelfile")


def modelfile_references(source: TextSource, everything: bool) -> list[Reference]:
    """What a model is built from."""
    found: list[Reference] = []
    comments = []
    quoted = False
    for line in source.text.lines():
        base = None if quoted else _BASE.match(line.text)
        if base is not None:
            span = line.span(base.start(1), base.end())
            model = line.part(*base.span(2))
            found.extend(model_references(model, base[1].upper(), span, source.path))
        elif not quoted and line.text.lstrip().startswith("#"):
            comments.append(line)
        quoted ^= line.text.count(_QUOTES) % 2 == 1
    return [*found, *prose_references(comments, source.path, found)] if everything else found
