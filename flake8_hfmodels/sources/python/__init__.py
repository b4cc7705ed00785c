"""Python source: text and tree to references. Nothing is imported or run."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence

from flake8_hfmodels.reference import Reference
from flake8_hfmodels.sources.python.calls import call_references
from flake8_hfmodels.sources.python.locality import Locality
from flake8_hfmodels.sources.python.matching import match, works_with_hub
from flake8_hfmodels.sources.python.partials import whole_calls
from flake8_hfmodels.sources.python.scopes import FindModule
from flake8_hfmodels.sources.python.survey import survey
from flake8_hfmodels.sources.python.values import Evaluator
from flake8_hfmodels.sources.source import no_folder, no_module


def references(
    tree: ast.Module,
    lines: Sequence[str],
    path: str,
    is_folder: Callable[[str], bool] = no_folder,
    find_module: FindModule = no_module,
) -> list[Reference]:
    """Every reference in a module, in the order of the source.

    `is_folder` says whether a relative path names a folder beside the file or at the root;
    `find_module` finds the other modules of the project.
    """
    seen = survey(tree, lines, path, find_module)
    evaluator = Evaluator(seen)
    locality = Locality.of(evaluator, is_folder)
    with_hub = works_with_hub(seen)
    found: list[Reference] = []
    for call, scope in whole_calls(seen):
        evaluator.steps = 0
        matched = match(call, scope, with_hub)
        if matched is not None:
            found.extend(call_references(call, scope, *matched, locality))
    return sorted(found, key=lambda one: one.span)
