"""Records mean what classes of `dataclasses` mean: the same bodies, made by both."""

from __future__ import annotations

import contextlib
import copy
import dataclasses
import importlib
import inspect
import pickle
import pkgutil
from collections.abc import Callable
from typing import Any

import pytest

import flake8_hfmodels
from flake8_hfmodels import record


class Used:
    """Makes records that have been called often, with what no record takes: it is compiled then."""

    field, replace = record.field, record.replace

    @staticmethod
    def dataclass(**how: bool) -> Callable[[Any], Any]:
        def used(plain: Any) -> Any:
            made = record.dataclass(**how)(plain)
            for _ in range(100):
                with contextlib.suppress(TypeError):
                    made(*range(99))
            return made

        return used


MAKERS = {"record": record, "used": Used, "dataclasses": dataclasses}


@pytest.fixture(params=list(MAKERS.values()), ids=list(MAKERS))
def of(request: pytest.FixtureRequest) -> Any:
    """A module that makes such classes."""
    return request.param


class Ours:
    """Where classes stand that are no module's own: what is pickled is found by its full name."""

    @record.dataclass(frozen=True, slots=True)
    class Point:
        x: int
        y: list[int] = record.field(default_factory=list)

    @record.dataclass(slots=True)
    class Pen:
        x: int
        y: list[int] = record.field(default_factory=list)

    @record.dataclass(frozen=True, slots=True)
    class Nothing:
        """It has no fields."""


class Theirs:
    @dataclasses.dataclass(frozen=True, slots=True)
    class Point:
        x: int
        y: list[int] = dataclasses.field(default_factory=list)

    @dataclasses.dataclass(slots=True)
    class Pen:
        x: int
        y: list[int] = dataclasses.field(default_factory=list)

    @dataclasses.dataclass(frozen=True, slots=True)
    class Nothing:
        """It has no fields."""


BOTH = pytest.mark.parametrize("where", [Ours, Theirs])


def frozen(of: Any) -> Any:
    @of.dataclass(frozen=True, slots=True)
    class Point:
        """A place."""

        x: int
        y: int = 7

        @property
        def sum(self) -> int:
            return self.x + self.y

    return Point


def mutable(of: Any) -> Any:
    @of.dataclass(slots=True)
    class Pen:
        x: int
        colours: list[str] = of.field(default_factory=list)

    return Pen


def ordered(of: Any) -> Any:
    @of.dataclass(frozen=True, slots=True, order=True)
    class Version:
        major: int
        minor: int = 0

    return Version


def same(of: Any) -> Any:
    @of.dataclass(frozen=True, slots=True, eq=False)
    class Node:
        x: int

    return Node


def partly(of: Any) -> Any:
    @of.dataclass(frozen=True, slots=True)
    class Answer:
        text: str
        given: float = of.field(default=0.0, compare=False)
        secret: str = of.field(default="", repr=False)

    return Answer


def derived(of: Any) -> Any:
    @of.dataclass(frozen=True, slots=True)
    class Text:
        text: str
        length: int = of.field(init=False)
        marks: list[int] = of.field(init=False, default_factory=list)
        kind: str = of.field(init=False, default="plain")

        def __post_init__(self) -> None:
            object.__setattr__(self, "length", len(self.text))

    return Text


def empty(of: Any) -> Any:
    @of.dataclass(frozen=True, slots=True)
    class Nothing:
        """It has no fields."""

    return Nothing


def alone(of: Any) -> Any:
    @of.dataclass(frozen=True, slots=True)
    class One:
        values: tuple[int, ...]

    return One


def awkward(of: Any) -> Any:
    """Names that whoever writes an `__init__` may want for himself."""

    @of.dataclass(frozen=True, slots=True)
    class Awkward:
        missing: list[int] = of.field(default_factory=list)
        known: int = 1
        default_known: int = 2
        set_known: int = 3
        new_missing: int = 4
        self: int = 5
        name: int = 6
        value: int = 7

    return Awkward


def own(of: Any) -> Any:
    @of.dataclass(frozen=True, slots=True)
    class Own:
        x: int

        def __repr__(self) -> str:
            return f"<{self.x}>"

        def __hash__(self) -> int:
            return 42

    return Own


@pytest.mark.parametrize(
    ("make", "given", "shown"),
    [
        pytest.param(frozen, (1,), "frozen.<locals>.Point(x=1, y=7)", id="default"),
        pytest.param(mutable, (1,), "mutable.<locals>.Pen(x=1, colours=[])", id="factory"),
        pytest.param(partly, ("a",), "partly.<locals>.Answer(text='a', given=0.0)", id="hidden"),
        pytest.param(
            derived,
            ("abc",),
            "derived.<locals>.Text(text='abc', length=3, marks=[], kind='plain')",
            id="derived",
        ),
        pytest.param(empty, (), "empty.<locals>.Nothing()", id="nothing"),
        pytest.param(own, (1,), "<1>", id="own"),
        pytest.param(
            awkward,
            (),
            "awkward.<locals>.Awkward(missing=[], known=1, default_known=2, set_known=3, "
            "new_missing=4, self=5, name=6, value=7)",
            id="awkward-names",
        ),
    ],
)
def test_representation(
    of: Any, make: Callable[[Any], Any], given: tuple[object, ...], shown: str
) -> None:
    assert repr(make(of)(*given)) == shown


@pytest.mark.parametrize(
    ("make", "one", "other", "equal"),
    [
        pytest.param(frozen, (1, 7), (1,), True, id="same"),
        pytest.param(frozen, (1,), (2,), False, id="other-value"),
        pytest.param(mutable, (1, ["red"]), (1, ["red"]), True, id="mutable"),
        pytest.param(partly, ("a", 1.0), ("a", 2.0), True, id="left-out"),
        pytest.param(partly, ("a", 1.0, "b"), ("a", 1.0), False, id="not-shown-but-compared"),
        pytest.param(empty, (), (), True, id="nothing"),
        pytest.param(alone, ((1, 2),), ((1, 2),), True, id="one-field"),
        pytest.param(same, (1,), (1,), False, id="identity"),
    ],
)
def test_equality(
    of: Any,
    make: Callable[[Any], Any],
    one: tuple[object, ...],
    other: tuple[object, ...],
    equal: bool,
) -> None:
    made = make(of)
    assert (made(*one) == made(*other)) is equal
    assert (made(*one) != made(*other)) is not equal


@pytest.mark.parametrize("make", [frozen, mutable, same])
def test_each_equals_itself_and_nothing_of_another_class(
    of: Any, make: Callable[[Any], Any]
) -> None:
    one = make(of)(1)
    assert one == one
    assert one != make(of)(1)
    assert one != (1, 7)


@pytest.mark.parametrize(
    ("make", "given"),
    [
        pytest.param(frozen, (1,), id="several-fields"),
        pytest.param(alone, ((1, 2),), id="one-field"),
        pytest.param(partly, ("a",), id="left-out"),
        pytest.param(empty, (), id="nothing"),
        pytest.param(own, (1,), id="own"),
    ],
)
def test_equal_ones_have_one_hash(
    of: Any, make: Callable[[Any], Any], given: tuple[object, ...]
) -> None:
    made = make(of)
    assert len({made(*given), made(*given)}) == 1


def test_what_is_not_compared_is_not_hashed(of: Any) -> None:
    answer = partly(of)
    assert hash(answer("a", 1.0)) == hash(answer("a", 2.0))


def test_own_hash_stays(of: Any) -> None:
    assert hash(own(of)(1)) == 42


def test_identity_is_hashed_where_it_is_compared(of: Any) -> None:
    node = same(of)
    assert len({node(1), node(1)}) == 2


@pytest.mark.parametrize(
    ("make", "given"),
    [
        pytest.param(mutable, (1,), id="class-that-changes"),
        pytest.param(alone, ([1],), id="value-that-changes"),
    ],
)
def test_what_changes_has_no_hash(
    of: Any, make: Callable[[Any], Any], given: tuple[object, ...]
) -> None:
    one = make(of)(*given)
    with pytest.raises(TypeError, match="unhashable type"):
        hash(one)


def test_order(of: Any) -> None:
    version = ordered(of)
    old, new = version(1, 9), version(2)
    assert sorted([new, old]) == [old, new]
    assert (old < new, old <= new, old > new, old >= new) == (True, True, False, False)
    assert (old <= version(1, 9), old >= version(1, 9)) == (True, True)


@pytest.mark.parametrize(
    ("make", "other"),
    [
        pytest.param(ordered, (1, 0), id="another-type"),
        pytest.param(frozen, frozen(record)(1), id="no-order"),
    ],
)
def test_no_order_is_an_error(of: Any, make: Callable[[Any], Any], other: object) -> None:
    one = make(of)(1)
    with pytest.raises(TypeError, match="not supported between instances"):
        _ = one < other


@pytest.mark.parametrize("name", ["x", "y"])
def test_frozen(of: Any, name: str) -> None:
    point = frozen(of)(1)
    with pytest.raises(AttributeError, match=name):
        setattr(point, name, 2)
    with pytest.raises(AttributeError, match=name):
        delattr(point, name)
    assert point == type(point)(1)


def test_mutable(of: Any) -> None:
    pen = mutable(of)(1)
    pen.x = 2
    pen.colours.append("red")
    assert pen == type(pen)(2, ["red"])


@pytest.mark.parametrize("make", [mutable, same])
def test_there_are_slots_and_nothing_else(of: Any, make: Callable[[Any], Any]) -> None:
    one = make(of)(1)
    assert not hasattr(one, "__dict__")
    assert type(one).__slots__ == tuple(type(one).__annotations__)


def test_factory_makes_a_new_value_each_time(of: Any) -> None:
    pen = mutable(of)
    assert pen(1).colours is not pen(1).colours


@pytest.mark.parametrize("value", [None, ..., False, ()], ids=str)
def test_what_is_passed_is_taken_instead_of_a_default(of: Any, value: object) -> None:
    assert frozen(of)(1, value).y is value


def test_default_that_all_would_share_is_an_error(of: Any) -> None:
    def shared() -> object:
        @of.dataclass(slots=True)
        class Shared:
            items: list[int] = []  # noqa: RUF012 - that is what is wrong

        return Shared

    with pytest.raises(ValueError, match=r"items|mutable default"):
        shared()


@pytest.mark.parametrize(
    ("given", "named"),
    [
        pytest.param((1, 2), {}, id="by-position"),
        pytest.param((), {"y": 2, "x": 1}, id="by-name"),
        pytest.param((1,), {"y": 2}, id="both"),
    ],
)
def test_arguments(of: Any, given: tuple[int, ...], named: dict[str, int]) -> None:
    point = frozen(of)(*given, **named)
    assert (point.x, point.y, point.sum) == (1, 2, 3)


@pytest.mark.parametrize(
    ("make", "given"),
    [
        pytest.param(frozen, (1,), id="default"),
        pytest.param(mutable, (1,), id="factory"),
        pytest.param(derived, ("abc",), id="derived"),
        pytest.param(awkward, (), id="awkward-names"),
        pytest.param(empty, (), id="nothing"),
    ],
)
def test_many_instances_are_like_the_first(
    of: Any, make: Callable[[Any], Any], given: tuple[object, ...]
) -> None:
    made = make(of)
    assert len({repr(made(*given)) for _ in range(200)}) == 1


@pytest.mark.parametrize("again", [False, True], ids=["first-instance", "later"])
@pytest.mark.parametrize(
    ("make", "given", "named", "message"),
    [
        pytest.param(
            frozen, (), {}, r"Point.__init__\(\) missing 1 required .*argument: 'x'", id="missing"
        ),
        pytest.param(
            frozen,
            (1, 2, 3),
            {},
            r"Point.__init__\(\) takes from 2 to 3 .*arguments but 4 were given",
            id="too-many",
        ),
        pytest.param(
            frozen, (1,), {"z": 1}, r"Point.__init__\(\) got an unexpected .*'z'", id="unknown"
        ),
        pytest.param(
            frozen, (1,), {"x": 1}, r"Point.__init__\(\) got multiple values .*'x'", id="twice"
        ),
        pytest.param(
            derived, ("a",), {"length": 1}, r"Text.__init__\(\) got an .*'length'", id="not-taken"
        ),
    ],
)
def test_wrong_arguments(
    of: Any,
    make: Callable[[Any], Any],
    given: tuple[object, ...],
    named: dict[str, object],
    message: str,
    again: bool,
) -> None:
    made = make(of)
    for _ in range(1 + again):
        with pytest.raises(TypeError, match=message):
            made(*given, **named)


@pytest.mark.parametrize("make", [frozen, own], ids=["plain", "own-methods"])
def test_match(of: Any, make: Callable[[Any], Any]) -> None:
    made = make(of)
    match made(3):
        case made(x) if isinstance(x, int):
            assert x == 3
        case _:
            pytest.fail("it does not match")


def test_match_takes_what_the_class_is_called_with(of: Any) -> None:
    assert [make(of).__match_args__ for make in (frozen, derived, empty)] == [
        ("x", "y"),
        ("text",),
        (),
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, (1, 2), id="nothing"),
        pytest.param({"y": 5}, (1, 5), id="one"),
        pytest.param({"x": 5, "y": None}, (5, None), id="all"),
    ],
)
def test_replace(of: Any, changes: dict[str, object], expected: tuple[object, ...]) -> None:
    point = frozen(of)
    before = point(1, 2)
    assert of.replace(before, **changes) == point(*expected)
    assert before == point(1, 2)


def test_replace_derives_anew(of: Any) -> None:
    assert of.replace(derived(of)("a"), text="abc").length == 3


def test_replace_of_what_is_no_field(of: Any) -> None:
    point = frozen(of)(1)
    with pytest.raises(TypeError, match="'z'"):
        of.replace(point, z=1)


@BOTH
@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_pickle(where: Any, protocol: int) -> None:
    all_of_them = [where.Point(1, [2]), where.Pen(3), where.Nothing()]
    assert pickle.loads(pickle.dumps(all_of_them, protocol)) == all_of_them


@BOTH
@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy])
@pytest.mark.parametrize("name", ["Point", "Pen"])
def test_copy(where: Any, name: str, copied: Callable[[Any], Any]) -> None:
    one = getattr(where, name)(1, [2])
    other = copied(one)
    assert other == one
    assert other is not one
    assert (other.y is one.y) is (copied is copy.copy)


@BOTH
def test_full_name(where: Any) -> None:
    assert where.Point.__qualname__ == f"{where.__name__}.Point"
    assert where.Point.__module__ == __name__
    assert where.Nothing.__doc__ == "It has no fields."


def test_every_record_can_be_made() -> None:
    """What a class is made of is looked at with its first instance: here, not at a user's."""
    assert len(RECORDS) > 100
    for one in RECORDS:
        with pytest.raises(TypeError, match="'no such field'"):
            one(**{"no such field": None})


def test_records_are_what_they_can_be() -> None:
    """Neither derived from one another, nor with variables of the class among their fields."""
    assert [one for one in RECORDS if one.__bases__ != (object,)] == []
    kinds = [kind for one in RECORDS for kind in one.__annotations__.values()]
    assert [kind for kind in kinds if not isinstance(kind, str) or "ClassVar" in kind] == []


MODULES = [
    importlib.import_module(module.name)
    for module in pkgutil.walk_packages(flake8_hfmodels.__path__, "flake8_hfmodels.")
]
RECORDS = {
    one
    for module in MODULES
    for _name, one in inspect.getmembers(module, inspect.isclass)
    if one.__module__ == module.__name__ and {"__match_args__", "__setstate__"} <= set(vars(one))
}
