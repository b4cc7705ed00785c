"""Proof that what a loader is given lies on this machine, or is no name at all."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator

from flake8_hfmodels.loaders.elsewhere import FIRST_REPOS, FOLDERS
from flake8_hfmodels.loaders.likeness import SHORT_NAMES
from flake8_hfmodels.record import dataclass, field
from flake8_hfmodels.reference import Known, Value
from flake8_hfmodels.regex import regex
from flake8_hfmodels.repo_id import names_a_file
from flake8_hfmodels.sources.paths import begins_path, is_local_path
from flake8_hfmodels.sources.python.dictionaries import Here
from flake8_hfmodels.sources.python.flow import bindings_at
from flake8_hfmodels.sources.python.members import only_value
from flake8_hfmodels.sources.python.names import meaning, refers_to
from flake8_hfmodels.sources.python.scopes import Binding, Imported, Own, Scope
from flake8_hfmodels.sources.python.values import Evaluator
from flake8_hfmodels.sources.python.wording import words

# Calls whose result is a path: docs.python.org os.path, tempfile, pathlib; huggingface_hub's
# downloads return the folder or the file that they wrote.
_PATH_CALLS = regex(
    r"os\.path\.(?!expand)\w+|os\.(?:getcwd|fspath|listdir|makedirs)|tempfile\.\w+|pathlib\.\w*Path(?:\.\w+)*"
    r"|glob\.i?glob|shutil\.\w+|importlib\.resources\.\w+"
    r"|(?:huggingface_hub|modelscope|kagglehub)\..*download\w*"
)
_FOLDER_MAKERS = frozenset({"makedirs", "mkdir", "rmtree", "copytree"})
_WRITERS = _FOLDER_MAKERS | {"save_pretrained", "save_to_disk", "save_model"}
# adapters 1.3.0 adapters/model_mixin.py: behind the folder stands the name of what is saved.
_ADAPTER_WRITERS = frozenset({"save_adapter", "save_adapter_fusion", "save_head"})
_OUTPUTS = frozenset({"output_dir", "save_directory", "save_dir", "local_dir", "out_dir"})

_PATHLIKE = regex(
    r"(?:^|_)(?:dirs?|directory|paths?|folders?|files?|filename|ckpts?|checkpoints?|tmp|temp|tmpdir"
    r"|tmpdirname|outputs?|local|saved)(?:_|\d|$)",
    re.IGNORECASE,
)
_NAME_OR_PATH = regex(
    r"name_or_path|id_or_path|path_or_id|repo|hub|hf_|_(?:id|name)$", re.IGNORECASE
)

HOPS = 8


@dataclass(slots=True)
class Locality:
    """Judges ids by what one surveyed module does with them.

    `is_folder` says whether a relative path names a folder beside the file or at the root.
    """

    evaluator: Evaluator
    is_folder: Callable[[str], bool]
    written: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, evaluator: Evaluator, is_folder: Callable[[str], bool]) -> Locality:
        """Note first what the module itself writes to disk."""
        locality = cls(evaluator, is_folder)
        for call, scope in evaluator.survey.calls_with(_WRITERS | _ADAPTER_WRITERS, _OUTPUTS):
            written = _places_written(call)
            locality.written.update(map(_place, written))
            for node in written:
                locality.written.update(locality._plain_folders(node, scope))
        return locality

    def _plain_folders(self, node: ast.expr, scope: Scope) -> Iterator[str]:
        """The folders that a name stands for, those that are one word and no id."""
        if not isinstance(node, ast.Name):
            return
        self.evaluator.steps = 0
        value = self.evaluator.value(node, scope)
        for one in value.strings() if isinstance(value, Known) else ():
            if "/" not in str(one.value) and one.value not in FIRST_REPOS | SHORT_NAMES:
                yield _quoted(str(one.value))

    def proof(self, node: ast.expr, value: Value, scope: Scope) -> str | None:
        """Why an expression names nothing on the Hub, or `None` where it may."""
        if isinstance(value, Known):
            return "written by this file" if _place(node) in self.written else None
        return self._proof_by_shape(node, scope, HOPS) or self._in_memory(node, scope)

    def looks_like_a_path(self, node: ast.expr) -> bool:
        """Whether the name of a value that is decided at run time says that it is a path."""
        name = _naming(node, HOPS)
        return _PATHLIKE.search(name) is not None and _NAME_OR_PATH.search(name) is None

    def is_passed_in(self, node: ast.expr, scope: Scope) -> bool:
        """Whether a value comes from the caller of the function around: code that passes on."""
        for _ in range(HOPS):
            match node:
                case ast.Attribute(value=ast.Name(id="self" | "cls")) as own if (
                    here := self._only_assigned(own, scope)
                ) is not None:
                    node, scope = here
                case ast.Attribute(value=inner) | ast.Subscript(value=inner):
                    node = inner
                case ast.Name():
                    bindings = bindings_at(node, scope)
                    if bindings and all(one.how in ("parameter", "rest") for one in bindings):
                        return True
                    here = only_value(bindings)
                    if here is None:
                        return False
                    node, scope = here
                case _:
                    return False
        return False

    def _only_assigned(self, node: ast.Attribute, scope: Scope) -> Here | None:
        groups = self.evaluator.groups(node, scope)
        return only_value(groups[0]) if len(groups) == 1 else None

    def looks_like_a_folder(self, value: Known) -> bool:
        """Whether every id begins as the folders do that programs write to."""
        parts = [str(one.value).partition("/") for one in value.strings()]
        return all(slash and first.lower() in FOLDERS for first, slash, _ in parts)

    def is_local(self, text: str) -> bool:
        """Whether a string is a path on this machine, by its looks or because it is there."""
        return is_local_path(text) or _quoted(text) in self.written or self.is_folder(text)

    def _in_memory(self, node: ast.expr, scope: Scope) -> str | None:
        match meaning(node, scope):
            case Imported(dotted, instance=True) if not dotted.endswith("()"):
                return "an object in memory"
            case Own(instance=True):
                return "an object in memory"
            case _:
                return None

    def _proof_by_shape(self, node: ast.expr, scope: Scope, hops: int) -> str | None:
        if hops == 0 or self.evaluator.is_spent():
            return None
        if _place(node) in self.written:
            return "written by this file"
        match node:
            case ast.BinOp(op=ast.Div()):
                return "path arithmetic"
            case ast.BinOp(op=ast.Add(), left=left, right=right):
                return self._by_beginning(left, right, scope, hops)
            case ast.JoinedStr(values=[ast.Constant(value=str(text)), *_]) if begins_path(text):
                return "a local path"
            case ast.JoinedStr(values=[ast.FormattedValue(value=inner), *_]):
                return self._proof_by_shape(inner, scope, hops - 1)
            case ast.Call():
                return self._by_call(node, scope, hops)
            case ast.Attribute(value=base, attr="name" | "parent"):
                return self._proof_by_shape(base, scope, hops - 1)
            case ast.Name(id=name):
                return self._by_binding(name, node, scope, hops)
            case ast.Subscript(value=base):
                return self._proof_by_shape(base, scope, hops - 1)
            case _:
                return None

    def _by_beginning(self, left: ast.expr, right: ast.expr, scope: Scope, hops: int) -> str | None:
        match left, right:
            case ast.Constant(value=str(text)), _ if begins_path(text):
                return "a local path"
            case _, ast.Constant(value=str(text)) if names_a_file("…" + text):
                return "a local path"
            case _:
                return self._proof_by_shape(left, scope, hops - 1)

    def _by_call(self, node: ast.Call, scope: Scope, hops: int) -> str | None:
        if isinstance(node.func, ast.Name) and node.func.id == "str" and node.args:
            return self._proof_by_shape(node.args[0], scope, hops - 1)
        if _is_path_call(meaning(node.func, scope)):
            return f"the result of {words(node.func)}()"
        if isinstance(node.func, ast.Attribute) and node.func.attr in _PATH_METHODS:
            return f"the result of {words(node.func)}()"
        return None

    def _by_binding(self, name: str, node: ast.Name, scope: Scope, hops: int) -> str | None:
        """What all bindings of a name prove; one that itself holds the name comes after it.

        `name = snapshot_download(name)` where it is not there yet leaves a folder in any case.
        """
        proofs: set[str | None] = set()
        for binding in bindings_at(node, scope)[:HOPS]:
            if _holds(binding.node, node):
                continue
            here = self._stands_for(binding, name)
            proof = self._proof_by_shape(*here, hops - 1) if here is not None else None
            if proof is not None and refers_to(name, binding):
                return proof
            proofs.add(proof)
        return proofs.pop() if len(proofs) == 1 else None

    def _stands_for(self, binding: Binding, name: str) -> Here | None:
        """What a binding gives a name: what is passed for it, or what is assigned or default."""
        passed = self.evaluator.passed(binding, name)
        if passed is not None:
            return passed
        return (binding.node, binding.scope) if isinstance(binding.node, ast.expr) else None


_PATH_METHODS = frozenset({"joinpath", "as_posix", "resolve", "absolute", "with_suffix", "mktemp"})


def _naming(node: ast.expr, hops: int) -> str:
    """The word that says what a value is: what it begins with, where it is taken from."""
    match node:
        case _ if hops == 0:
            return ""
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Subscript(value=inner, slice=ast.Constant(value=str(key))):
            return f"{_naming(inner, hops - 1)}_{key}"
        case ast.Call(func=ast.Name(id="str"), args=[only]):
            return _naming(only, hops - 1)
        case (
            ast.JoinedStr(values=[ast.FormattedValue(value=inner), *_])
            | ast.BinOp(left=inner)
            | ast.Subscript(value=inner)
            | ast.Call(func=inner)
        ):
            return _naming(inner, hops - 1)
        case _:
            return ""


def _holds(outer: ast.AST | None, inner: ast.expr) -> bool:
    """Whether one expression stands within another, by their places in the text."""
    if not isinstance(outer, ast.expr):
        return False
    begin = (outer.lineno, outer.col_offset) <= (inner.lineno, inner.col_offset)
    end = (inner.end_lineno or 0, inner.end_col_offset or 0) <= (
        outer.end_lineno or 0,
        outer.end_col_offset or 0,
    )
    return begin and end


def _is_path_call(callee: object) -> bool:
    return isinstance(callee, Imported) and _PATH_CALLS.fullmatch(callee.dotted) is not None


def _places_written(call: ast.Call) -> list[ast.expr]:
    """The names and strings that one call is told to write to."""
    places = [one.value for one in call.keywords if one.arg in _OUTPUTS]
    last = call.func.attr if isinstance(call.func, ast.Attribute) else _place(call.func)
    several = _FOLDER_MAKERS | _ADAPTER_WRITERS
    if last in several or (last in _WRITERS and len(call.args) == 1):
        places.extend(call.args[:1])
    return [one for one in places if _place(one)]


def _place(node: ast.expr) -> str:
    """`a.b` for names, the quoted text for strings, nothing for all else."""
    match node:
        case ast.Constant(value=str(text)):
            return _quoted(text)
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=ast.Name(id=base), attr=attribute):
            return f"{base}.{attribute}"
        case _:
            return ""


def _quoted(text: str) -> str:
    return f'"{text}"'
