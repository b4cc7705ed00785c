"""Which assignments can reach a use of a name: those above it, on a path that leads there."""

from __future__ import annotations

import ast
from bisect import bisect_right
from collections.abc import Sequence

from flake8_hfmodels.record import dataclass
from flake8_hfmodels.sources.python.names import bindings_of
from flake8_hfmodels.sources.python.possibilities import MOST
from flake8_hfmodels.sources.python.scopes import COMPREHENSIONS, Binding, Block, Scope, Survey

Position = tuple[int, int]
"""Line from 1, offset in bytes from 0: as the parser counts."""


@dataclass(frozen=True, slots=True)
class Blocks:
    """The arms and loops of one module by their places, each with the one around it."""

    blocks: Sequence[Block]
    starts: Sequence[Position]
    parents: Sequence[int]

    @classmethod
    def of(cls, survey: Survey) -> Blocks:
        """Sort the blocks of a module, once."""
        blocks = sorted(survey.blocks, key=lambda one: (one.start, (-one.end[0], -one.end[1])))
        parents: list[int] = []
        open_blocks: list[int] = []
        for number, block in enumerate(blocks):
            while open_blocks and blocks[open_blocks[-1]].end < block.end:
                open_blocks.pop()
            parents.append(open_blocks[-1] if open_blocks else -1)
            open_blocks.append(number)
        return cls(blocks, [block.start for block in blocks], parents)

    def around(self, place: Position) -> Sequence[int]:
        """The blocks that a place stands in, the innermost first."""
        number = bisect_right(self.starts, place) - 1
        found: list[int] = []
        while number >= 0:
            if self.blocks[number].end >= place:
                found.append(number)
            number = self.parents[number]
        return found


def reaching(node: ast.Name, scope: Scope) -> Sequence[Binding] | None:
    """The bindings that a use of a name can see; `None` where its place says nothing about it.

    A name of another scope can be bound anew between any two calls; one that is bound once, or
    only below (in a loop of some other kind), is what it is.
    """
    holder = scope.holder(node.id)
    bindings = bindings_of(node.id, scope)
    if holder is None or holder is not running(scope) or not 1 < len(bindings) <= MOST:
        return None
    if any(running(one.scope) is not holder and one.how not in _PASSED for one in bindings):
        return None
    places = [_place(one) for one in bindings]
    if not hasattr(node, "lineno") or None in places:
        return None
    blocks = scope.survey.block_tree()
    found = _Use(blocks, (node.lineno, node.col_offset)).seen(
        [(place, one) for place, one in zip(places, bindings, strict=True) if place is not None]
    )
    return found or None


def bindings_at(node: ast.Name, scope: Scope) -> Sequence[Binding]:
    """The bindings that a use of a name can see, or all of them where its place says nothing."""
    reached = reaching(node, scope)
    return reached if reached is not None else bindings_of(node.id, scope)


_PASSED = ("parameter", "rest")


def running(scope: Scope) -> Scope:
    """The scope whose statements run one after the other around a place."""
    while isinstance(scope.node, COMPREHENSIONS) and scope.parent is not None:
        scope = scope.parent
    return scope


def _place(binding: Binding) -> Position | None:
    """Where a binding has taken place, or `None` where nobody can tell."""
    if binding.how in _PASSED:
        return (0, 0)
    if binding.end != (0, 0):
        return binding.end
    line = getattr(binding.node, "end_lineno", None)
    column = getattr(binding.node, "end_col_offset", None)
    return (line, column) if line is not None and column is not None else None


def _position(entry: tuple[Position, Binding, Sequence[int]]) -> Position:
    return entry[0]


class _Use:
    """One use of a name, and what stands around it."""

    def __init__(self, blocks: Blocks, place: Position) -> None:
        self.blocks = blocks
        self.place = place
        self.around = set(blocks.around(place))
        self.arms = {
            blocks.blocks[one].statement: blocks.blocks[one].arm
            for one in self.around
            if blocks.blocks[one].exclusive
        }

    def seen(self, bindings: Sequence[tuple[Position, Binding]]) -> Sequence[Binding]:
        """Those bindings of its name that it can see."""
        possible = [
            (place, one, around)
            for place, one in bindings
            if self._can_see(place, around := self.blocks.around(place))
        ]
        above = sorted((entry for entry in possible if entry[0] <= self.place), key=_position)
        dead = {
            id(entry[1])
            for number, entry in enumerate(above)
            if any(set(later[2]) <= set(entry[2]) for later in above[number + 1 :])
        }
        possible = [entry for entry in possible if id(entry[1]) not in dead]
        certain = [entry for entry in above if self.around.issuperset(entry[2])]
        if not certain:
            return [one for _place, one, _around in possible]
        last = certain[-1]
        return [
            one
            for place, one, around in possible
            if one is last[1] or self._comes_between(place, around, last)
        ]

    def _can_see(self, place: Position, around: Sequence[int]) -> bool:
        """Whether a binding stands above, or comes round in a loop, and not in another arm."""
        if place > self.place and not self._loops(around):
            return False
        blocks = (self.blocks.blocks[one] for one in around)
        return all(
            self.arms.get(block.statement, block.arm) == block.arm
            for block in blocks
            if block.exclusive
        )

    def _comes_between(
        self,
        place: Position,
        around: Sequence[int],
        last: tuple[Position, Binding, Sequence[int]],
    ) -> bool:
        """Whether a binding can replace the last one that certainly took place."""
        if last[0] < place <= self.place:
            return True
        return place > self.place and bool(self._loops(around) - set(last[2]))

    def _loops(self, around: Sequence[int]) -> set[int]:
        return {one for one in around if one in self.around and self.blocks.blocks[one].loop}
