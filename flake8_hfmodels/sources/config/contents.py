"""What a file of keys and values means, whatever it is written in."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase

from flake8_hfmodels.loaders.config.elsewhere import LOCK_FILES
from flake8_hfmodels.reference import Reference
from flake8_hfmodels.sources.config.commands import command_references
from flake8_hfmodels.sources.config.document import Document
from flake8_hfmodels.sources.config.generic import generic_references
from flake8_hfmodels.sources.config.systems import system_references
from flake8_hfmodels.sources.config.texts import comment_references, text_references
from flake8_hfmodels.sources.config.trust import with_trust
from flake8_hfmodels.sources.marked.tree import Marked
from flake8_hfmodels.sources.source import Context


def contents_references(contents: Marked, context: Context) -> list[Reference]:
    """The references in the trees and the comments of a file."""
    name = context.path.replace("\\", "/").rpartition("/")[2].lower()
    locked = any(fnmatchcase(name, pattern) for pattern in LOCK_FILES)
    found: list[Reference] = []
    for root in contents.documents:
        document = Document(root)
        meant = [] if locked else list(_meant(document, context))
        found.extend(meant)
        found.extend(text_references(document, context, meant, not locked))
    found.extend(comment_references(contents.comments, context, found, not locked))
    return found


def _meant(document: Document, context: Context) -> Iterator[Reference]:
    """What the document has a program load."""
    commands = command_references(document, context)
    known = list(system_references(document, context))
    generic = list(generic_references(document, context, known))
    yield from commands
    for one in with_trust(document, context, [*known, *generic], commands):
        yield one.reference
