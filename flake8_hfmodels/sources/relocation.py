"""A reference that was read out of a piece of text, at its place in the file."""

from __future__ import annotations

from collections.abc import Callable

from flake8_hfmodels.record import replace
from flake8_hfmodels.reference import Known, Reference, Span, Value


def relocated(reference: Reference, move: Callable[[Span], Span]) -> Reference:
    """The same reference with the places of this file changed; those of other files stay."""

    def moved(value: Value) -> Value:
        if not isinstance(value, Known):
            return value
        values = (one if one.path else replace(one, span=move(one.span)) for one in value.values)
        return replace(value, values=tuple(values))

    return replace(
        reference,
        span=move(reference.span),
        repo_id=moved(reference.repo_id),
        revision=moved(reference.revision),
        code_revision=moved(reference.code_revision),
        trust_remote_code=moved(reference.trust_remote_code),
        options={name: moved(value) for name, value in reference.options.items()},
    )
