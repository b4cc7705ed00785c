"""What a call asks of the files of a repo: the options that decide which of them are read."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product

from flake8_hfmodels.loaders.formats import COMPONENTS, LOAD_FORMATS, OTHER_FORMATS, SAFE_ENDINGS
from flake8_hfmodels.record import dataclass, replace
from flake8_hfmodels.reference import Absent, Known, Reference, Scalar

MOST = 32
"""How many combinations of options are looked at."""

_CHOOSING = ("use_safetensors", "variant", "subfolder", "load_format", "weight_name", "filename")
_DECIDING = (
    *_CHOOSING,
    *("gguf_file", "backend", "load_onnx_model", "pretrained", "model_kwargs"),
    *("data_files", "data_dir"),
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What one call asks for: its options, empty where it leaves the choice to the loader.

    `name` is the file that it names; `patterns` are those of the format that it names. `given`
    are the components of a pipeline that it brings along.
    """

    safe: bool | None = None
    variant: str = ""
    folder: str = ""
    name: str = ""
    patterns: tuple[str, ...] = ()
    given: tuple[str, ...] = ()


def is_decided(ref: Reference) -> bool:
    """Whether the source says everything on which the files that are read depend."""
    return all(_is_known(ref, name) for name in _DECIDING)


def possible(ref: Reference, name: str) -> tuple[Scalar, ...]:
    """The values that an option can have, as far as the source says; `None` is the default."""
    value = ref.option(name)
    return tuple(one.value for one in value.values) if isinstance(value, Known) else (None,)


def wishes(ref: Reference) -> tuple[Wish, ...]:
    """Everything that a call may ask for of which something may be pickled."""
    if not is_decided(ref) or _has_no_weights(ref):
        return ()
    given = tuple(name for name in COMPONENTS if not isinstance(ref.option(name), Absent))
    options = product(*(possible(ref, name) for name in _CHOOSING))
    found = (one for each in islice(options, MOST) for one in _wishes(each, given))
    return tuple(dict.fromkeys(found))


def is_safe(name: str) -> bool:
    """Whether a file of that name holds no pickle, whoever reads it."""
    return name.lower().endswith(SAFE_ENDINGS)


def _is_known(ref: Reference, name: str) -> bool:
    return isinstance(ref.option(name), (Known, Absent))


def _has_no_weights(ref: Reference) -> bool:
    """Whether the call reads no weights, or those of another format than torch's."""
    if "pretrained" in ref.options and not any(possible(ref, "pretrained")):
        return True
    if any(possible(ref, "gguf_file")):
        return True
    others = ((possible(ref, name), values) for name, values in OTHER_FORMATS.items())
    return any(chosen in values for chosens, values in others for chosen in chosens)


def _wishes(options: tuple[Scalar, ...], given: tuple[str, ...]) -> Iterator[Wish]:
    """One combination of options as a wish, unless what it names holds no pickle."""
    safe, variant, folder, load_format, *names = options
    wish = Wish(
        safe=safe if isinstance(safe, bool) else None,
        variant=str(variant or ""),
        folder=str(folder or "").strip("/").removeprefix("./"),
        name=next((one for one in names if isinstance(one, str)), ""),
        given=given,
    )
    patterns = LOAD_FORMATS.get(str(load_format or "auto").lower())
    if patterns is not None and not is_safe(wish.name):
        yield replace(wish, patterns=patterns)
