"""A comment or an entry of the baseline silences something that is not there.

The code that it was written for has been mended, moved or deleted, or its code is mistyped. What
is left says that somebody looked at this place and let it be, which nobody did: the next finding
that comes to stand there goes unnoticed.

Remove the comment, or the code that it need not name. Have the baseline written anew with
`hfmodels check --write-baseline`. Nothing is said of a code whose rule would have to hear the Hub
first, where the Hub did not answer, nor of `# noqa` without one of our codes.
"""

from __future__ import annotations

from flake8_hfmodels.facts import Found, Repo
from flake8_hfmodels.rules.rule import Example, Rule, no_check

_HASH = "607a30d783dfa663caf39e06633721c8d4cfcd7e"
_AUTO = "from transformers import AutoModel\n"
_PINNED = _AUTO + f"AutoModel.from_pretrained('org/model', revision='{_HASH}')"
_UNPINNED = _AUTO + "AutoModel.from_pretrained('org/model')"
_REPO = Found(Repo("org/model", "621ffdc036468d709f17434d", _HASH, ("model.safetensors",)))

RULE = Rule(
    code="HFM900",
    name="unused-ignore",
    check=no_check,
    bad=(
        Example(_PINNED + "  # hfmodels: ignore[HFM001] a demo"),
        Example(_PINNED + "  # noqa: HFM001"),
        Example(_UNPINNED + "  # hfmodels: ignore[HFM001, HFM003] a demo"),
        Example(_UNPINNED + "  # hfmodels: ignore[HFM004] ours", _REPO),
        Example(_UNPINNED + "  # hfmodels: ignore[HFM999]"),
        Example("x = 1  # hfmodels: ignore[HFM001] it used to load"),
        Example("# flake8: noqa: HFM001\nx = 1"),
    ),
    good=(
        Example(_UNPINNED + "  # hfmodels: ignore[HFM001] a demo"),
        Example(_UNPINNED + "  # noqa: HFM001"),
        Example(_PINNED + "  # noqa"),
        Example(_PINNED + "  # noqa: E501"),
        Example(_UNPINNED + "  # hfmodels: ignore[HFM004] nobody was asked"),
        Example(_PINNED + "  # hfmodels: ignore[HFM001, HFM900] it comes and goes"),
        Example('def load():\n    """Say `# hfmodels: ignore[HFM001]` and why."""'),
        Example(
            _AUTO
            + "def load(name):  # of which only pedantic readers hear\n"
            + "    return AutoModel.from_pretrained(name)  # hfmodels: ignore[HFM001] they pin"
        ),
    ),
)
