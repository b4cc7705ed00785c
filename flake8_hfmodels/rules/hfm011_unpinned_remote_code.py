"""The revision is pinned, but what runs beside it is not.

A pin holds for the repo that it is given for. The code of a model may lie in another repo, which
its config.json names (`auto_map`: `other/repo--modeling_x.Model`), and is then taken from main at
each start; that of the jina-embeddings-v2 models is. A community pipeline of diffusers is a file
that follows main. An adapter is put on a base model, which follows main unless the adapter's
configuration says otherwise. Whoever can push there changes what the pinned program does.

Pass the full commit hash of the other repo as `code_revision`. Copy a community pipeline into a
folder of your own and pass that. Load the base model yourself, pinned, and put the adapter on it.
"""

from __future__ import annotations

from collections.abc import Iterator

from flake8_hfmodels.companions import base_targets, code_targets, repo_of, trusts
from flake8_hfmodels.facts import Found, Lacking, Missing, Owner, Repo
from flake8_hfmodels.finding import Problem, Severity, written_elsewhere
from flake8_hfmodels.reference import Confidence, Known, Reference, Target, Unknown, Value, Written
from flake8_hfmodels.repo_id import is_commit_hash
from flake8_hfmodels.rules.rule import Example, FactsOf, Rule
from flake8_hfmodels.rules.wording import few, pass_commit


def check(ref: Reference, facts: FactsOf) -> Iterator[Problem]:
    """Report what a pinned reference runs or loads from where its pin does not reach."""
    if ref.local is not None or not _is_pinned(ref.revision):
        return
    yield from _community_pipelines(ref)
    for written, target in ref.targets():
        repo = repo_of(facts(target))
        if repo is not None:
            yield from _code(ref, written, target, repo, facts)
            yield from _base_model(ref, written, repo, facts)


def _is_pinned(revision: Value) -> bool:
    """Whether each value that the source gives is a full commit hash."""
    return isinstance(revision, Known) and all(
        isinstance(one.value, str) and is_commit_hash(one.value) for one in revision.values
    )


def _community_pipelines(ref: Reference) -> Iterator[Problem]:
    """Report names without a slash, which only a custom_pipeline of diffusers has.

    diffusers 0.42.1 utils/dynamic_modules_utils.py:318 takes them from the main branch of
    `diffusers/community-pipelines-mirror`; custom_revision chooses no more than a folder in it.
    """
    param = ref.loader.code_if
    if param is None or ref.loader.runs_code is None:
        return
    name, value = param.names[0], ref.option(param.names[0])
    for written in value.strings() if isinstance(value, Known) else ():
        if "/" not in str(written.value):
            yield Problem(
                what=f"{ref.callee} pins the model, but {name}={written.value!r} is a file of"
                " the diffusers community that follows main",
                remedy="copy it into a folder of your own and pass that",
                severity=Severity.MEDIUM,
                related=written_elsewhere(ref, Known((written,))),
            )


def _code(
    ref: Reference, written: Written, target: Target, repo: Repo, facts: FactsOf
) -> Iterator[Problem]:
    if not repo.auto_map or not trusts(ref) or isinstance(ref.code_revision, Unknown):
        return
    others = code_targets(ref, target, repo)
    moving = _moving(ref.code_revision)
    if _is_pinned(ref.code_revision) or not (others or moving):
        return
    where = f"in {few([repr(one.repo_id) for one in others])}, " if others else ""
    follows = f"taken at {moving!r}, which can move" if moving else "which follows main"
    yield Problem(
        what=f"{ref.callee} pins {written.value!r}, but its code is {where}{follows}",
        remedy=_remedy(ref, target, others, facts),
        severity=Severity.HIGH,
        repo_id=target.repo_id,
        related=written_elsewhere(ref, Known((written,)), ref.code_revision),
    )


def _moving(code_revision: Value) -> str | None:
    """The branch or tag that the source wants the code from, if there is one."""
    names = code_revision.strings() if isinstance(code_revision, Known) else ()
    revisions = (str(written.value) for written in names)
    return next((one for one in revisions if not is_commit_hash(one)), None)


def _remedy(ref: Reference, target: Target, others: tuple[Target, ...], facts: FactsOf) -> str:
    param = ref.loader.code_revision
    if param is None or len(others) > 1:
        return "copy the model and its code into one repo that you control"
    if not others:
        return pass_commit(param, target.revision)
    code = repo_of(facts(others[0]))
    return pass_commit(param, code.sha if code else None)


def _base_model(ref: Reference, written: Written, repo: Repo, facts: FactsOf) -> Iterator[Problem]:
    for base in base_targets(ref, repo):
        found = repo_of(facts(base))
        commit = found.sha if found else None
        yield Problem(
            what=f"{ref.callee} pins the adapter {written.value!r}, but its base model "
            f"{base.repo_id!r} follows main unless adapter_config.json names a revision",
            remedy="load that"
            f" with revision={repr(commit) if commit else '<full commit hash>'} and put the"
            " adapter on it with PeftModel.from_pretrained()",
            severity=Severity.HIGH if trusts(ref) else Severity.MEDIUM,
            repo_id=str(written.value),
            confidence=Confidence.MEDIUM,
            related=written_elsewhere(ref, Known((written,))),
        )


def _repo(*auto_map: tuple[str, str], adapter_of: tuple[str, ...] = ()) -> Found:
    object_id = "621ffdc036468d709f17434d"
    files = ("config.json",)
    return Found(
        Repo("org/model", object_id, _HASH, files, auto_map=auto_map, adapter_of=adapter_of)
    )


_HASH = "607a30d783dfa663caf39e06633721c8d4cfcd7e"
_LOAD = (
    "from transformers import AutoModel\n"
    f"AutoModel.from_pretrained('org/model', revision='{_HASH}', {{}})"
)
_TRUST = _LOAD.format("trust_remote_code=True")
_AT = _LOAD.format("trust_remote_code=True, code_revision={}")
_ELSEWHERE = _repo(("AutoModel", "other/code--modeling_x.X"))
_OWN = _repo(("AutoModel", "modeling_x.X"))
_CODE = (("other/code", Found(Repo("other/code", "621ffdc036468d709f17434e", "c" * 40, ()))),)
_LOST = (("other/code", Missing(Lacking.REPO, Owner.EXISTS)),)
_PIPELINE = (
    "from diffusers import DiffusionPipeline\n"
    f"DiffusionPipeline.from_pretrained('org/model', revision='{_HASH}', custom_pipeline={{}})"
)
_ADAPTER = (
    "from peft import AutoPeftModelForCausalLM\n"
    f"AutoPeftModelForCausalLM.from_pretrained('org/model', revision='{_HASH}')"
)
_ON_BASE = _repo(adapter_of=("org/base",))
_BASE = (("org/base", _CODE[0][1]),)

RULE = Rule(
    code="HFM011",
    name="unpinned-remote-code",
    check=check,
    hears_hub=True,
    bad=(
        Example(_TRUST, _ELSEWHERE, _CODE),
        Example(_TRUST, _ELSEWHERE, _LOST),
        Example(_AT.format("None"), _ELSEWHERE, _CODE),
        Example(_AT.format("'v1'"), _ELSEWHERE, _CODE),
        Example(_AT.format("'main'"), _OWN),
        Example(
            _TRUST,
            _repo(("AutoModel", "other/code--modeling_x.X"), ("AutoConfig", "more/code--c.C")),
            (*_CODE, ("more/code", Missing(Lacking.REPO, Owner.EXISTS))),
        ),
        Example(_PIPELINE.format("'lpw_stable_diffusion'")),
        Example("NAME = 'lpw'\n" + _PIPELINE.format("NAME")),
        Example(_ADAPTER, _ON_BASE, _BASE),
        Example(_ADAPTER.replace(")", ", trust_remote_code=True)"), _ON_BASE, _BASE),
    ),
    good=(
        Example(_TRUST),
        Example(_TRUST, _OWN),
        Example(_TRUST, _repo(("AutoModel", "org/model--modeling_x.X"))),
        Example(_TRUST, Missing(Lacking.REPO, Owner.EXISTS)),
        Example(_TRUST.replace(_HASH, "main"), _ELSEWHERE, _CODE),
        Example(_TRUST.replace(f"'{_HASH}'", "chosen"), _ELSEWHERE, _CODE),
        Example(_LOAD.format(""), _ELSEWHERE, _CODE),
        Example(_AT.format(f"'{'c' * 40}'"), _ELSEWHERE, _CODE),
        Example(_AT.format("chosen"), _ELSEWHERE, _CODE),
        Example(_AT.format("None"), _OWN),
        Example(_AT.format("'main'"), _repo()),
        Example(_LOAD.format("code_revision='main'"), _OWN),
        Example(_PIPELINE.format("'my_pipeline.py'")),
        Example(_PIPELINE.format("'lpw', local_files_only=True")),
        Example(_PIPELINE.format("'./pipelines/lpw'")),
        Example(_PIPELINE.format("'someone/pipeline'")),
        Example(_PIPELINE.format("chosen")),
        Example(_PIPELINE.replace(_HASH, "main").format("'lpw_stable_diffusion'")),
        Example(_ADAPTER, _repo()),
        Example(_ADAPTER.replace(_HASH, "main"), _ON_BASE, _BASE),
        Example(_ADAPTER.replace("AutoPeftModelForCausalLM", "PeftConfig"), _ON_BASE, _BASE),
    ),
)
