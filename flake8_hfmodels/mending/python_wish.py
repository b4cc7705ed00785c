"""What is to stand for a revision in Python: a hash, or a table of hashes by ids."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

from flake8_hfmodels.loaders.row import Loader
from flake8_hfmodels.mending.job import Job
from flake8_hfmodels.mending.python_calls import Call, is_fixed, is_put_together
from flake8_hfmodels.mending.python_code import FORMATTED, Code, Nodes, RefusedError
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.reference import Known, Written

# transformers, diffusers, datasets, sentence-transformers, huggingface_hub, evaluate and peft
# declare `revision: str | None`, or hand it to hf_hub_download, to which `None` is the default
# branch. The method of an unknown class is judged with them, but its fix is not safe.
TAKES_NONE = frozenset(
    {
        "",
        "datasets",
        "diffusers",
        "evaluate",
        "huggingface_hub",
        "peft",
        "sentence_transformers",
        "transformers",
    }
)
"""Packages whose loaders take `revision=None` for no revision at all."""


@dataclass(frozen=True, slots=True, eq=False)
class Wish:
    """The pins that one call is to get.

    `table` pairs each text that may be passed as the id with its hash; `is_for_one` says that the
    only id is that of the call for certain, so that a bare hash says it all.
    """

    table: Mapping[str, str]
    is_for_one: bool
    repo_id: str
    quote: str

    @property
    def commits(self) -> Sequence[str]:
        """The hashes, each once."""
        return list(dict.fromkeys(self.table.values()))

    def text(self, otherwise: str = "") -> str:
        """The expression for all that is known; `otherwise` is what holds for other ids."""
        if self.is_for_one:
            return self.literal()
        entries = ", ".join(self.entries())
        rest = f", {otherwise}" if otherwise not in ("", "None") else ""
        return f"{{{entries}}}.get({self.repo_id}{rest})"

    def literal(self) -> str:
        """The only hash, in quotes."""
        (commit,) = self.commits
        return f"{self.quote}{commit}{self.quote}"

    def entries(self) -> list[str]:
        """The entries of a table."""
        quote = self.quote
        return [
            f"{quote}{text}{quote}: {quote}{commit}{quote}" for text, commit in self.table.items()
        ]


def wish_of(jobs: Sequence[Job], call: Call, code: Code, nodes: Nodes) -> Wish:
    """What is to be said in a call by jobs that are all about its one parameter."""
    commits = dict(one for job in jobs for one in job.commits)
    ids = [job.ref.repo_id for job in jobs]
    written = [one for value in ids if isinstance(value, Known) for one in value.strings()]
    table: dict[str, str] = {}
    of_code = jobs[0].task == "pin the code"
    if of_code and len({one.value for one in written}) > 1:
        raise RefusedError("several ids are possible here, and the code of one of them is meant")
    for one in written:
        commit = jobs[0].commits[0][1] if of_code else commits[str(one.value)]
        table[_passed(one, call.loader, nodes)] = commit
    quote = quote_of(call.node, code)
    name = call.repo_id
    if len(set(table.values())) == 1 and _is_one(call, jobs, written):
        return Wish(table, True, "", quote)
    if name is None or not is_fixed(name):
        raise RefusedError("the name is put together or chosen in the call itself")
    _refuse_where_none_is_a_revision(jobs[0], call.loader)
    return Wish(table, False, code.source(name), quote)


def _is_one(call: Call, jobs: Sequence[Job], written: Sequence[Written]) -> bool:
    """Whether the call has one id for certain: a text in it, or a constant of this file."""
    name = call.repo_id
    if isinstance(name, ast.Constant):
        return True
    closed = all(isinstance(job.ref.repo_id, Known) and job.ref.repo_id.closed for job in jobs)
    is_here = closed and not any(one.path for one in written)
    if not is_here or call.loader.default_model or len({one.value for one in written}) > 1:
        return False
    return name is None or is_put_together(name)


def _passed(written: Written, loader: Loader, nodes: Nodes) -> str:
    """The text that the program passes, of which the loader makes the id."""
    repo_id = str(written.value)
    if not (loader.bare_owner or loader.prefixes or loader.at_revision or loader.hub_path):
        return repo_id
    node = nodes.at(written.span) if not written.path else None
    text = str(node.value) if isinstance(node, ast.Constant) else ""
    alike = {repo_id, *(f"{prefix}{repo_id}" for prefix in loader.prefixes)}
    if text in alike or (text and f"{loader.bare_owner}/{text}" == repo_id):
        return text
    raise RefusedError("what the loader is passed for the name is not written in one piece")


def _refuse_where_none_is_a_revision(job: Job, loader: Loader) -> None:
    param = job.param
    is_plain = param is not None and param.names[0] in ("revision", "code_revision")
    if loader.package not in TAKES_NONE or not is_plain:
        raise RefusedError("other names can be passed here, and this loader takes no revision=None")


def quote_of(node: ast.AST, code: Code) -> str:
    """The quote that a piece of a program uses, or that all of it does."""
    own = _quotes(node, code)
    return max(own) if len(own) == 1 else _usual(code)


@lru_cache(maxsize=1)
def _usual(code: Code) -> str:
    counted = _quotes(code.tree, code)
    return "'" if counted["'"] > counted['"'] else '"'


def _quotes(node: ast.AST, code: Code) -> Counter[str]:
    """The quotes of the texts in a piece of a program, but of those that are part of others."""
    counted: Counter[str] = Counter()
    left = [node]
    while left:
        one = left.pop()
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and '"' not in one.value:
            counted[code.source(one)[-1]] += 1
        if type(one).__name__ not in FORMATTED:
            left += ast.iter_child_nodes(one)
    return counted
