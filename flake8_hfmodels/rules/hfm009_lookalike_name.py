"""The name could be taken for a well-known one, and is another.

Nobody but its owner can put a model under `meta-llama`, and anybody can register `meta-Ilama` with
a capital i, `mistra1ai`, `stabilityia` or `openai-official`. Whoever reads the code sees the name
that he expects; the program loads what a stranger put there. In May 2026 a copy of OpenAI's
`openai/privacy-filter` under another account had some 244,000 downloads, in part made up, within a
day, and code in it that stole passwords; HiddenLayer found it.

Compared are owners, with those of a list that comes with this package, of November 2026, and with
names that the project itself adds (`watch`). Reported are letters that look alike, also of other
alphabets; letters that are left out, doubled, swapped, added, or lie beside each other on the
keyboard; other separators; additions such as `-ai`, `-hf`, `the-`. What an owner calls his own
repos is his affair. A well-known model under an unknown owner is mostly somebody's copy, which
`pedantic` hears of, as of separators and additions.

Without the Hub this is a guess of low confidence. With it, the other name speaks for itself where
its owner is verified, where it is older than the original, or where it is no newcomer and many load
it; then nothing is said. Confidence is high where it is new or hardly loaded and the original is
there, and where nobody has the name yet: that is a slip today, and may be an attack tomorrow.

Write the name that you mean. If it is this one, look who that is, and say so in a comment that
silences the rule.
"""

from __future__ import annotations

from collections.abc import Iterator

from flake8_hfmodels.facts import Found, Lacking, Missing, Moved, Owner, Publisher, Repo
from flake8_hfmodels.finding import Problem
from flake8_hfmodels.lookalikes.judging import problems
from flake8_hfmodels.reference import Reference
from flake8_hfmodels.rules.rule import Example, FactsOf, Rule


def check(ref: Reference, facts: FactsOf) -> Iterator[Problem]:
    """Report each id that imitates one of those that come with this package."""
    yield from problems(ref, facts)


_AUTO = "from transformers import AutoModel\n"


def _load(repo_id: str, note: str = "") -> str:
    comment = f"# {note}\n" if note else ""
    return f"{comment}{_AUTO}AutoModel.from_pretrained('{repo_id}')"


def _repo(repo_id: str, created: str, downloads: int) -> Repo:
    return Repo(
        repo_id, f"{created}36468d709f17434d", "a" * 40, ("config.json",), downloads=downloads
    )


_LATE, _MIDDLE, _EARLY = "66d10b80", "64b6f000", "6286da00"
_LLAMA = "meta-llama/Llama-2-7b-hf"
_THERE = Found(_repo(_LLAMA, _MIDDLE, 3_000_000))
_FEW = Found(_repo("meta-Ilama/Llama-2-7b-hf", _LATE, 12))
_MANY = Found(_repo("meta-Ilama/Llama-2-7b-hf", _LATE, 900_000))
_OLDER = Found(_repo("meta-Ilama/Llama-2-7b-hf", _EARLY, 12))
_VERIFIED = Found(_FEW.repo, publisher=Publisher("meta-Ilama", "org", "b" * 24, is_verified=True))
_NOWHERE = Missing(Lacking.REPO, Owner.GONE)
_ORIGINAL = ((_LLAMA, _THERE),)

_MENTION = "# see https://huggingface.co/deepseek-al/DeepSeek-R1"  # hfmodels: ignore[HFM009] demo

RULE = Rule(
    code="HFM009",
    name="lookalike-name",
    check=check,
    hears_hub=True,
    bad=(
        Example(_load("meta-Ilama/Llama-2-7b-hf")),
        Example(_load("meta-Ilama/Llama-2-7b-hf", "hardly anybody loads this"), _FEW, _ORIGINAL),
        Example(_load("meta-Ilama/Llama-2-7b-hf"), _NOWHERE, _ORIGINAL),
        Example(
            _load("metallama/Llama-Prompt-Guard-2-86M", "only the other owner has such a model"),
            _NOWHERE,
            (("meta-llama/Llama-Prompt-Guard-2-86M", _THERE),),
        ),
        Example(_load("stabilityia/any"), _NOWHERE),
        Example(_load("nvidai/any")),
        Example(_load("opena/any")),
        Example(_load("facebbook/any")),
        Example(_load("nicrosoft/any")),
        Example(_load("openai-official/whisper-large-v3")),
        Example(_load("mistral-ai/Mistral-7B-v0.1")),
        Example(_load("sentance-transfomers/all-MiniLM-L6-v2")),
        Example(_load("met\u0430-llama/Llama-2-7b-hf")),
        Example(_MENTION),
    ),
    good=(
        Example(_load(_LLAMA)),
        Example(_load("Meta-LLaMA/Llama-2-7b-hf")),
        Example(_load("meta-llama/Llama-2-7b-hff")),
        Example(_load("mistral-community/Mixtral-8x22B-v0.1")),
        Example(_load("TheBloke/Llama-2-7B-GGUF")),
        Example(_load("NousResearch/Meta-Llama-3.1-8B")),
        Example(_load("my-copies/Llama-2-7b-hf")),
        Example(_load("unc-nlp/lxmert-base-uncased")),
        Example(_load("blair/any")),
        Example(_load("gpt2")),
        Example(_load("./meta-Ilama/Llama-2-7b-hf")),
        Example(_load("Ilm/Ilama-2")),
        Example("from huggingface_hub import create_repo\ncreate_repo('meta-Ilama/model')"),
        Example(
            _load("meta-Ilama/Llama-2-7b-hf", "the Hub has verified who owns this"),
            _VERIFIED,
            _ORIGINAL,
        ),
        Example(
            _load("meta-Ilama/Llama-2-7b-hf", "this is older than the original"), _OLDER, _ORIGINAL
        ),
        Example(
            _load("meta-Ilama/Llama-2-7b-hf", "this is of 2024, and many load it"), _MANY, _ORIGINAL
        ),
        Example(_load("meta-Ilama/Llama-2-7b-hf"), Moved(_THERE.repo, Owner.EXISTS), _ORIGINAL),
    ),
)
