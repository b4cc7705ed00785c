"""Classes that are their fields: the part of `dataclasses` that we use, at a hundredth of its cost.

Importing `dataclasses` takes as long as starting Python, and each class that it makes takes it a
millisecond, used or not: for all of ours together longer than a check of one file may take. Here
methods are shared, and what has to be compiled for a class is compiled once it has many instances.
To a type checker these are the functions of `dataclasses` themselves. What they mean is the same;
left out is what we have no use for: inheritance between such classes, class variables, fields
without slots.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["dataclass", "field", "replace"]

if TYPE_CHECKING:
    from dataclasses import dataclass, field, replace
else:
    from operator import attrgetter, ge, gt, le, lt

    # Compiling an `__init__` takes as long as so many instances take longer without it.
    _MANY = 100

    class field:  # noqa: N801 - it is a function to who calls it
        """What is to be said of a field beside its type; the names are those of `dataclasses`."""

        __slots__ = ("compare", "default", "factory", "init", "repr")

        def __init__(
            self, *, default=..., default_factory=None, init=True, repr=True, compare=True
        ):
            self.default = default
            self.factory = default_factory
            self.init = init
            self.repr = repr
            self.compare = compare

    def dataclass(*, slots, frozen=False, eq=True, order=False):
        """Make a class of its annotated fields, all of them in slots."""
        assert slots
        return lambda plain: _made(plain, frozen, eq, order)

    def replace(record, /, **changes):
        """The same record with other values in some fields."""
        for name in record.__match_args__:
            if name not in changes:
                changes[name] = getattr(record, name)
        return type(record)(**changes)

    def _made(plain, frozen, eq, order):
        names = tuple(plain.__annotations__)
        said = {name: plain.__dict__[name] for name in names if name in plain.__dict__}
        for name, one in said.items():
            default = one.default if isinstance(one, field) else one
            if type(default).__hash__ is None:
                where = f"{plain.__qualname__}.{name}"
                raise ValueError(f"{where}: all instances would share the default")
        content = {
            "__qualname__": plain.__qualname__,
            "__slots__": names,
            "__match_args__": _names(names, said, "init"),
            "__getstate__": _state,
            "__setstate__": _set_state,
            "__repr__": _representation(_names(names, said, "repr")),
        }
        if eq:
            content.update(_comparison(_names(names, said, "compare"), frozen, order))
        if frozen:
            content["__setattr__"] = content["__delattr__"] = _refuse
        content.update(plain.__dict__)
        for name in (*said, "__dict__", "__weakref__"):
            content.pop(name, None)

        def initialise(self, /, *given, **named):
            fields = {name: _field(said.get(name, ...)) for name in names}
            made.__init__ = _first_initialiser(made, fields, frozen)
            made.__init__(self, *given, **named)

        content["__init__"] = initialise
        made = type(plain)(plain.__name__, plain.__bases__, content)
        return made

    def _field(one):
        return one if isinstance(one, field) else field(default=one)

    def _names(names, said, part):
        """The names of the fields that have a part in something."""
        without = [
            name for name, one in said.items() if isinstance(one, field) and not getattr(one, part)
        ]
        return tuple(name for name in names if name not in without) if without else names

    def _first_initialiser(made, fields, frozen):
        """The `__init__` of a class with few instances; a call that is wrong goes to the other."""
        names = made.__match_args__
        fill = [(name, made.__dict__[name].__set__, one) for name, one in fields.items()]
        left = _MANY
        with_more = hasattr(made, "__post_init__")

        def initialise(self, /, *given, **named):
            nonlocal left
            left -= 1
            values = dict(zip(names, given))  # noqa: B905 - too many are found out below
            values.update(named)
            if left and len(values) == len(given) + len(named) and _filled(self, fill, values):
                if with_more:
                    self.__post_init__()
                return
            made.__init__ = _initialiser(made, fields, frozen)
            made.__init__(self, *given, **named)

        return initialise

    def _filled(record, fill, values):
        """Whether these values, and no others, are what the fields of a record take."""
        for name, put, one in fill:
            if one.init and name in values:
                put(record, values.pop(name))
            elif one.default is not ...:
                put(record, one.default)
            elif one.factory is not None:
                put(record, one.factory())
            elif one.init:
                return False
        return not values

    def _initialiser(made, fields, frozen):
        """The `__init__` of a class, compiled: nothing else takes arguments as fast.

        Names with two underscores in front are ours: no field has one, in a class they change.
        """
        known = {"__missing": ...}
        parameters, steps = ["__self"], []
        for name, one in fields.items():
            known[f"__default_{name}"] = one.default
            known[f"__new_{name}"] = one.factory
            known[f"__set_{name}"] = made.__dict__[name].__set__
            if one.init:
                parameters.append(name + _default(name, one))
            elif one.default is ... and one.factory is None:
                continue
            value = _value(name, one)
            steps.append(f"__set_{name}(__self, {value})" if frozen else f"__self.{name} = {value}")
        if hasattr(made, "__post_init__"):
            steps.append("__self.__post_init__()")
        body = "".join(f"\n {step}" for step in steps or ["pass"])
        exec(f"def __init__({', '.join(parameters)}):{body}", known)
        initialiser = known["__init__"]
        initialiser.__qualname__ = f"{made.__qualname__}.__init__"  # what a wrong call is told
        return initialiser

    def _default(name, one):
        if one.factory is not None:
            return "=__missing"
        return "" if one.default is ... else f"=__default_{name}"

    def _value(name, one):
        if one.factory is None:
            return name if one.init else f"__default_{name}"
        new = f"__new_{name}()"
        return f"{name} if {name} is not __missing else {new}" if one.init else new

    def _representation(names):
        def representation(self):
            shown = (f"{name}={getattr(self, name)!r}" for name in names)
            return f"{type(self).__qualname__}({', '.join(shown)})"

        return representation

    def _comparison(names, frozen, order):
        values = attrgetter(*names) if names else _no_values

        def compared_by(operation):
            def compare(self, other):
                if type(self) is not type(other):
                    return NotImplemented
                return operation(values(self), values(other))

            return compare

        def equal(self, other):
            if type(self) is not type(other):
                return NotImplemented
            return self is other or values(self) == values(other)

        def digest(self):
            return hash(values(self))

        methods = {"__eq__": equal, "__hash__": digest if frozen else None}
        if order:
            operations = {"__lt__": lt, "__le__": le, "__gt__": gt, "__ge__": ge}
            methods |= {name: compared_by(one) for name, one in operations.items()}
        return methods

    def _no_values(_record):
        return ()

    def _state(self):
        return [getattr(self, name) for name in self.__slots__]

    def _set_state(self, state):
        for name, value in zip(self.__slots__, state, strict=True):
            object.__setattr__(self, name, value)

    def _refuse(self, name, *_value):
        raise AttributeError(f"{type(self).__qualname__}.{name} cannot be changed")
