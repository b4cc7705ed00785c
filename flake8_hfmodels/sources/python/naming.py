"""The names that say what a text is for: of a variable, a parameter, a key, a function."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from flake8_hfmodels.loaders.row import RepoType
from flake8_hfmodels.record import dataclass, field
from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.python.scopes import Scope, Survey
from flake8_hfmodels.sources.python.wording import words
from flake8_hfmodels.sources.text.likeness import Likeness, likeness

HOPS = 8
"""How many lists, dictionaries and calls around a text are looked at."""

_MODEL = regex(
    r"(?:^|_)(?:models?|datasets?|data_?sets?|tokenizers?|pretrained|checkpoints?|ckpt|repos?|hub|hf"
    r"|huggingface|lora|loras|adapters?|vae|unet|controlnet|embeddings?|embedders?|rerankers?"
    r"|encoders?|processors?|llms?|vlm|backbone|weights?|transformers?|pipelines?|detectors?"
    r"|classifiers?|refiner|teacher|student|judge|bert|clip|t5|feature_extractor|base_?models?)(?:\d*(?:_|$))"
)
_ONE_WORD = regex(
    r"(?:^|_)(?:models?|tokenizers?|pretrained|checkpoints?|datasets?|repos?|hf|base_?models?|encoder"
    r"|transformer|backbone|embeddings?)(?:_(?:name|names|id|ids|path|paths|or|checkpoint|str|repo"
    r"|default|list|dataset|model|to|use|used|default)|\d)*$"
)
_KIND = regex(r"(?:^|_)(?:type|types|class|classes|kind|arch|family|format|backend)(?:_|$)")
_OTHER = regex(
    r"(?:^|_)(?:mime\w*|media|content|accept|docker\w*|container|route\w*|endpoints?|timezone|tz|units?"
    r"|metrics?|github|gh|git|branch|license|agent|folder|file|files|filename|wandb|project|experiment"
    r"|s3|kaggle|openrouter|litellm|modelscope|image|images|log|logs|out|output|run|tags?|branch)(?:_|$)"
)
_DATA = regex(r"(?:^|_)(?:data_?sets?|data)(?:_|\d|$)")
_SPACE = regex(r"(?:^|_)spaces?(?:_id|_name|$)")
_WORD = regex(r"(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9]+")

# Calls that name a value by their first texts: argparse, click, environments, dictionaries.
_NAMES_BY_FIRST = frozenset(
    {"add_argument", "option", "get", "getenv", "setdefault", "pop", "Option", "ask", "getattr"}
)


@dataclass(frozen=True, slots=True)
class Naming:
    """What stands around one text: names, the nearest first, and what it stands among.

    `beside` is the call or the dictionary that holds the text and its siblings; `is_key` says
    that the text is a key of it.
    """

    names: Sequence[str]
    beside: ast.Call | ast.Dict | None
    siblings: bool
    is_key: bool

    @property
    def says_model(self) -> bool:
        """Whether a name says that a model, a data set or a repo is meant."""
        return any(map(says_model, self.names))

    @property
    def says_repo(self) -> bool:
        """Whether the nearest name is one for the name of a repo, so that one word is enough."""
        near = self.names[0] if self.names else ""
        return _ONE_WORD.search(near) is not None and not _KIND.search(near)

    @property
    def says_other(self) -> bool:
        """Whether the nearest name says that something else is meant."""
        near = self.names[0] if self.names else ""
        return _OTHER.search(near) is not None and not _MODEL.search(near)

    @property
    def repo_type(self) -> RepoType:
        """What kind of repo the names speak of; a model where they say nothing."""
        for name in self.names:
            if _SPACE.search(name):
                return "space"
            if _DATA.search(name):
                return "dataset"
            if _MODEL.search(name):
                return "model"
        return "model"


def says_model(name: str) -> bool:
    """Whether a name in snake case is one for a model, a data set or a repo."""
    return _MODEL.search(name) is not None and _KIND.search(name) is None


@dataclass(slots=True)
class Namer:
    """Finds the names around texts of one module, remembering what was sorted once."""

    survey: Survey
    keys: dict[int, dict[int, ast.expr | None]] = field(default_factory=dict)
    parameters: dict[int, dict[int, str]] = field(default_factory=dict)
    votes: dict[tuple[int, bool], bool] = field(default_factory=dict)

    def naming(self, node: ast.Constant, parent: ast.AST, scope: Scope) -> Naming:
        """The names around one text."""
        names: list[str] = []
        beside: ast.Call | ast.Dict | None = None
        siblings = is_key = False
        inner: ast.AST = node
        outer: ast.AST | None = parent
        for hop in range(HOPS):
            if outer is None:
                break
            if isinstance(outer, (ast.Call, ast.Dict)) and beside is None:
                beside = outer
            if isinstance(outer, ast.Dict) and hop == 0:
                is_key = id(node) not in self._entries(outer)
            if isinstance(outer, (ast.List, ast.Tuple, ast.Set, ast.Dict)) and hop == 0:
                siblings = self._vote(outer, is_key)
            names.extend(self._names(inner, outer, scope))
            inner, outer = outer, self.survey.around.get(id(outer))
        return Naming([snake(name) for name in names if name], beside, siblings, is_key)

    def _names(self, inner: ast.AST, outer: ast.AST, scope: Scope) -> Iterator[str]:
        match outer:
            case ast.keyword(arg=str(name)):
                yield name
            case ast.Call():
                yield from self._of_call(inner, outer)
            case ast.Dict():
                yield _name_of(self._entries(outer).get(id(inner)))
            case ast.Assign(targets=targets):
                yield from (_name_of(target) for target in targets[:4])
            case ast.AnnAssign(target=target) | ast.NamedExpr(target=target):
                yield _name_of(target)
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Lambda():
                yield self._defaults(outer).get(id(inner), "")
            case ast.BoolOp(values=operands):
                yield from (_name_of(one) for one in operands[:4] if one is not inner)
            case ast.Compare(left=left, comparators=others):
                yield from (_name_of(one) for one in (left, *others[:1]) if one is not inner)
            case ast.IfExp(body=body, orelse=orelse):
                yield from (_name_of(one) for one in (body, orelse) if one is not inner)
            case ast.Return():
                yield getattr(scope.node, "name", "")
            case ast.Subscript(value=base):
                yield _name_of(base)
            case _:
                return

    def _of_call(self, inner: ast.AST, call: ast.Call) -> Iterator[str]:
        callee = words(call.func).rpartition(".")[2]
        if callee in _NAMES_BY_FIRST:
            for one in call.args[:2]:
                if (
                    isinstance(one, ast.Constant)
                    and isinstance(one.value, str)
                    and one is not inner
                ):
                    yield one.value[:80]
        yield callee

    def _entries(self, node: ast.Dict) -> dict[int, ast.expr | None]:
        known = self.keys.get(id(node))
        if known is None:
            pairs = zip(node.keys, node.values, strict=True)
            known = self.keys[id(node)] = {id(value): key for key, value in pairs}
        return known

    def _defaults(
        self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
    ) -> dict[int, str]:
        known = self.parameters.get(id(node))
        if known is None:
            known = self.parameters[id(node)] = dict(_parameters(node.args))
        return known

    def _vote(self, node: ast.List | ast.Tuple | ast.Set | ast.Dict, is_key: bool) -> bool:
        """Whether most of what stands in a list beside a text looks like ids."""
        key = (id(node), is_key)
        if key not in self.votes:
            beside: Sequence[ast.expr | None]
            if isinstance(node, ast.Dict):
                beside = node.keys if is_key else node.values
            else:
                beside = node.elts
            found = [
                likeness(one.value)
                for one in beside
                if isinstance(one, ast.Constant) and isinstance(one.value, str) and "/" in one.value
            ]
            likely = sum(one >= Likeness.LIKELY for one in found)
            self.votes[key] = 0 < len(found) <= 2 * likely
        return self.votes[key]


def _parameters(arguments: ast.arguments) -> Iterator[tuple[int, str]]:
    positional = [*arguments.posonlyargs, *arguments.args]
    with_default = positional[len(positional) - len(arguments.defaults) :]
    for parameter, default in zip(with_default, arguments.defaults, strict=True):
        yield id(default), parameter.arg
    for parameter, other in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        yield id(other), parameter.arg


def _name_of(node: ast.AST | None) -> str:
    """The word by which an expression is called: a name, an attribute, a key."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Constant(value=str(text)):
            return text[:80]
        case ast.Subscript(slice=ast.Constant(value=str(key))):
            return key[:80]
        case ast.Call(func=callee):
            return words(callee).rpartition(".")[2]
        case _:
            return ""


def snake(name: str) -> str:
    """`modelName`, `--model-name` and `Model name` as `model_name`."""
    return _WORD.sub("_", name).strip("_").lower()
