"""The code of the repo that runs here does what code of a model need not do.

A loader that may run code of a repo imports Python files that its owner wrote. Here the files that
would run at this commit were read, not run: they start processes, talk to the network, read
credentials, hide what they call, or do something else for which a model has no use. There may be a
good reason, as for a kernel that is compiled on first use; who attacks has the same means.
What is found is no proof, and a file of which nothing is said is not proven harmless.

Read the lines at the address in the message. Where there is no good reason, do without the repo,
and without `trust_remote_code`. Where there is one, pin the commit that you have read.
`hfmodels inspect` lists all that was found.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from flake8_hfmodels.companions import code_targets, repo_of
from flake8_hfmodels.facts import (
    Code,
    Danger,
    Facts,
    Found,
    Lacking,
    Missing,
    Moved,
    Owner,
    Repo,
    Unavailable,
)
from flake8_hfmodels.finding import Problem, written_elsewhere
from flake8_hfmodels.hazards.wanting import runs_code
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.record import replace
from flake8_hfmodels.reference import Confidence, Known, Reference, Target, Written
from flake8_hfmodels.rules.rule import Example, FactsOf, Rule

if TYPE_CHECKING:
    from flake8_hfmodels.hazards.kinds import Hazard

MOST = 3
"""How many kinds of danger are told of one repo, the worst first; of the rest, how many."""


def check(ref: Reference, facts: FactsOf) -> Iterator[Problem]:
    """Report what is dangerous in each repo whose code a reference lets run, by kinds."""
    yield from dict.fromkeys(_problems(ref, facts))


def _problems(ref: Reference, facts: FactsOf) -> Iterator[Problem]:
    if not runs_code(ref):
        return
    for written, target in ref.targets():
        repo = repo_of(facts(target))
        if repo is not None:
            for holder in (target, *code_targets(ref, target, repo)):
                yield from _of_repo(ref, written, holder, facts(holder))


def _of_repo(ref: Reference, written: Written, holder: Target, facts: Facts) -> Iterator[Problem]:
    code = facts.code if isinstance(facts, Found | Moved) else None
    if not isinstance(code, Code) or not code.dangers:
        return
    from flake8_hfmodels.hazards.kinds import HAZARDS  # hardly any repo has such code

    by_kind = _by_kind(code)
    for persona in (Persona.REGULAR, Persona.PEDANTIC):
        kinds = [kind for kind in by_kind if HAZARDS[kind].persona is persona]
        for number, kind in enumerate(kinds[:MOST], 1):
            more = len(kinds) - MOST if number == MOST else 0
            yield _problem(ref, written, holder, code, HAZARDS[kind], by_kind[kind], more)


def _problem(
    ref: Reference,
    written: Written,
    holder: Target,
    code: Code,
    hazard: Hazard,
    places: Sequence[Danger],
    more_kinds: int,
) -> Problem:
    from flake8_hfmodels.hazards.pages import blob_page

    first, also = places[0], len(places) - 1
    beside = f" and {also} more" if also else ""
    further = f" (there is more, of {more_kinds} other kinds)" if more_kinds > 0 else ""
    page = blob_page(holder.repo_type, code.repo_id, code.commit, first.path, first.line)
    return Problem(
        what=f"{_says(ref, written, code)} that {hazard.words}: {first.path}:{first.line}"
        f" {first.what}{beside}{further}",
        remedy=f"read it before you let it run: {page}",
        severity=hazard.severity,
        confidence=_least(ref.confidence, hazard.confidence),
        persona=None if hazard.persona is Persona.REGULAR else hazard.persona,
        repo_id=code.repo_id,
        related=written_elsewhere(ref, Known((written,))),
    )


def _by_kind(code: Code) -> dict[str, list[Danger]]:
    """The dangers of each kind, the worst first; what happens anyway counts for what may happen."""
    from flake8_hfmodels.hazards.kinds import AT_IMPORT, HAZARDS, order

    found: dict[str, list[Danger]] = {}
    for one in sorted(code.dangers, key=order):
        worse = f"{one.kind}{AT_IMPORT}"
        if one.kind in HAZARDS:
            found.setdefault(worse if worse in found else one.kind, []).append(one)
    return found


def _says(ref: Reference, written: Written, code: Code) -> str:
    whose = "" if written.value == code.repo_id else f" of {code.repo_id!r}"
    return f"{ref.says(repr(written.value))}, and runs code{whose}"


def _least(*confidences: Confidence) -> Confidence:
    """The least of them, by the order in which they are defined."""
    ranks = list(Confidence)
    return ranks[min(ranks.index(one) for one in confidences)]


_HASH = "607a30d783dfa663caf39e06633721c8d4cfcd7e"
_REPO = Repo("org/model", "621ffdc036468d709f17434d", _HASH, ("config.json", "modeling_x.py"))


def _code(*dangers: tuple[str, str], path: str = "modeling_x.py", line: int = 3) -> Code:
    found = (Danger(path, line, kind, what) for kind, what in dangers)
    return Code("org/model", _HASH, (path,), tuple(found))


_STARTS = _code(("process-at-import", "calls subprocess.Popen"))
_FETCHES = _code(("network", "calls requests.get"))
_ELSEWHERE = replace(_REPO, auto_map=(("AutoModel", "other/code--modeling_x.X"),))
_OTHER = Found(
    Repo("other/code", "621ffdc036468d709f17434e", _HASH, ("modeling_x.py",)),
    code=replace(_STARTS, repo_id="other/code"),
)
_LOAD = "from transformers import AutoModel\nAutoModel.from_pretrained('org/model', {})"
_TRUST = _LOAD.format("trust_remote_code=True")

RULE = Rule(
    code="HFM012",
    name="dangerous-remote-code",
    check=check,
    needs_hub=True,
    bad=(
        Example(_TRUST, Found(_REPO, code=_STARTS)),
        Example(_TRUST, Found(_REPO, code=_code(("unpickling", "calls pickle.load")))),
        Example(_TRUST, Found(_REPO, code=_code(("no-python", "null bytes"), line=1))),
        Example(_TRUST, Moved(_REPO, Owner.EXISTS, code=_STARTS)),
        Example(_TRUST, Found(_ELSEWHERE), (("other/code", _OTHER),)),
        Example("import evaluate\nevaluate.load('org/model')", Found(_REPO, code=_STARTS)),
        Example(
            "from transformers import AutoModel\n"
            "for tag in ('v1', 'v2'):\n"
            "    AutoModel.from_pretrained('org/model', revision=tag, trust_remote_code=True)",
            Found(_REPO, code=_STARTS),
        ),
    ),
    good=(
        Example(_TRUST),
        Example(_TRUST, Missing(Lacking.REPO, Owner.EXISTS)),
        Example(_TRUST, Found(_REPO)),
        Example(_TRUST, Found(_REPO, code=_code())),
        Example(_TRUST, Found(_REPO, code=_FETCHES)),
        Example(_TRUST, Found(_REPO, code=Unavailable("the repo is gated"))),
        Example(
            _TRUST,
            Found(_REPO, code=replace(_code(), files=(), unread=(("modeling_x.py", "too large"),))),
        ),
        Example(_LOAD.format("trust_remote_code=False"), Found(_REPO, code=_STARTS)),
        Example(_LOAD.format("trust_remote_code=flag"), Found(_REPO, code=_STARTS)),
        Example(
            _LOAD.format("revision=chosen, trust_remote_code=True"), Found(_REPO, code=_STARTS)
        ),
        Example("from transformers import AutoModel\nAutoModel", Found(_REPO, code=_STARTS)),
    ),
)
