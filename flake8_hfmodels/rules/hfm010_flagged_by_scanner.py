"""The Hub's own scanners call a file in this revision unsafe or suspicious.

The Hub runs an anti-virus and several scanners of pickles over what is uploaded. It marks what
they find on the page of the repo, and serves it all the same: loaders never see the mark. Of the
hundred or so repos with working payloads that JFrog wrote about in February 2024, one opened a
reverse shell; a file that is called unsafe can be downloaded and loaded like any other.

Do not load this revision before somebody has read the report on its page. Take another repo, or a
revision without the file; where the file is one that you do not need, name the one that you do.
"""

from __future__ import annotations

from collections.abc import Iterator

from flake8_hfmodels.companions import repo_of
from flake8_hfmodels.facts import Flagged, Found, Lacking, Missing, Moved, Owner, Repo
from flake8_hfmodels.finding import Problem, Severity, written_elsewhere
from flake8_hfmodels.reference import Known, Reference, Unknown
from flake8_hfmodels.rules.rule import Example, FactsOf, Rule
from flake8_hfmodels.rules.wording import few

_LEVELS = {"unsafe": Severity.HIGH, "suspicious": Severity.MEDIUM}
_LOWER = {Severity.HIGH: Severity.MEDIUM, Severity.MEDIUM: Severity.LOW}
_NAMES_ITS_FILE = ("filename", "gguf_file", "weight_name")


def check(ref: Reference, facts: FactsOf) -> Iterator[Problem]:
    """Report each repo with files that the scanners warn of, at the revision that is loaded."""
    yield from dict.fromkeys(_problems(ref, facts))


def _problems(ref: Reference, facts: FactsOf) -> Iterator[Problem]:
    if isinstance(ref.revision, Unknown):
        return
    for written, target in ref.targets():
        repo = repo_of(facts(target))
        flagged = {} if repo is None else _by_level(ref, repo)
        if not flagged:
            continue
        severity = next(_LEVELS[level] for level in flagged)
        words = " and ".join(f"{few(files)} {level}" for level, files in flagged.items())
        yield Problem(
            what=f"{ref.says(repr(written.value))}: the Hub's scanners call {words}",
            remedy="take another revision or repo, or read their report on its page first",
            severity=_LOWER[severity] if ref.loader.reads == "config" else severity,
            repo_id=target.repo_id,
            related=written_elsewhere(ref, Known((written,))),
        )


def _by_level(ref: Reference, repo: Repo) -> dict[str, list[str]]:
    """The files of this revision that the scanners warn of, the worst level first.

    Flags are the repo's, whatever revision the file is in; files are the revision's. A scan that
    is not done (any push starts one) takes nothing back of what is flagged already.
    """
    here = set(repo.files)
    flagged = [one for one in repo.flagged if one.path in here and _may_be_read(ref, one.path)]
    by_level = {level: [one.path for one in flagged if one.level == level] for level in _LEVELS}
    return {level: files for level, files in by_level.items() if files}


def _may_be_read(ref: Reference, path: str) -> bool:
    """Whether the call may read a file: where it names one that we know, only that one."""
    for option in _NAMES_ITS_FILE:
        named = ref.option(option)
        if isinstance(named, Known) and (names := named.strings()):
            return any(f"/{path}".endswith(f"/{one.value}") for one in names)
    return True


def _flagging(*levels: str, is_scanned: bool | None = True) -> Repo:
    """A repo with one flagged file for each level, and one that was flagged and is gone."""
    return Repo(
        "org/model",
        "621ffdc036468d709f17434d",
        "a" * 40,
        ("config.json", *(f"{level}.bin" for level in levels)),
        flagged=(Flagged("gone.bin", "unsafe"), *(Flagged(f"{one}.bin", one) for one in levels)),
        is_scanned=is_scanned,
    )


_LOAD = "from transformers import AutoModel\nAutoModel.from_pretrained('org/model')"
_FILE = "from huggingface_hub import hf_hub_download\nhf_hub_download('org/model', filename='{}')"

RULE = Rule(
    code="HFM010",
    name="flagged-by-scanner",
    check=check,
    needs_hub=True,
    bad=(
        Example(_LOAD, Found(_flagging("unsafe"))),
        Example(_LOAD, Found(_flagging("suspicious"))),
        Example(_LOAD, Found(_flagging("unsafe", is_scanned=False))),
        Example(_LOAD, Found(_flagging("caution", "suspicious", "unsafe"))),
        Example(_LOAD, Moved(_flagging("unsafe"), Owner.EXISTS)),
        Example(_LOAD.replace("AutoModel", "AutoTokenizer"), Found(_flagging("unsafe"))),
        Example(_FILE.format("unsafe.bin"), Found(_flagging("unsafe"))),
        Example(
            "from transformers import AutoModel\n"
            "for tag in ('v1', 'v2'):\n"
            "    AutoModel.from_pretrained('org/model', revision=tag)",
            Found(_flagging("unsafe")),
        ),
    ),
    good=(
        Example(_LOAD),
        Example(_LOAD, Missing(Lacking.REPO, Owner.EXISTS)),
        Example(_LOAD, Found(_flagging())),
        Example(_LOAD, Found(_flagging("caution"))),
        Example(_LOAD, Found(_flagging(is_scanned=False))),
        Example(_LOAD.replace("')", "', revision=chosen)"), Found(_flagging("unsafe"))),
        Example(_FILE.format("config.json"), Found(_flagging("unsafe"))),
    ),
)
