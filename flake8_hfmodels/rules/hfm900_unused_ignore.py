"""A comment or an entry of the baseline silences something that is not there.

The code that it was written for has been mended, moved or deleted, or its code is mistyped. What
is left says that somebody looked at this place and let it be, which nobody did: the next finding
that comes to stand there goes unnoticed.

Remove the comment, or the code that it need not name. Have the baseline written anew with
`hfmodels check --write-baseline`. Nothing is said of a code whose rule hears the Hub, where the Hub
did not answer or left something open (an old answer, a private repo, an owner, a scan or a history
that is not known), of what may be no comment but text, nor of `# noqa` without one of our codes.
"""

from __future__ import annotations

from flake8_hfmodels.facts import Found, History, Lacking, Missing, Owner, Repo
from flake8_hfmodels.record import replace
from flake8_hfmodels.rules.rule import Example, Rule, no_check

_HASH = "607a30d783dfa663caf39e06633721c8d4cfcd7e"
_AUTO = "from transformers import AutoModel\n"
_PINNED = _AUTO + f"AutoModel.from_pretrained('org/model', revision='{_HASH}')"
_UNPINNED = _AUTO + "AutoModel.from_pretrained('org/model')"
_BARE = Repo("org/model", "621ffdc036468d709f17434d", _HASH, ("model.safetensors",))
_OWN = replace(_BARE, history=History.OWN)
_PRIVATE = replace(_BARE, private=True)
_OWNERLESS = Missing(Lacking.REVISION, Owner.UNKNOWN)

RULE = Rule(
    code="HFM900",
    name="unused-ignore",
    check=no_check,
    hears_hub=True,
    bad=(
        Example(_PINNED + "  # hfmodels: ignore[HFM001] a demo"),
        Example(_PINNED + "  # noqa: HFM001"),
        Example(_UNPINNED + "  # hfmodels: ignore[HFM001, HFM003] a demo"),
        Example(_UNPINNED + "  # hfmodels: ignore[HFM004] ours", Found(_BARE)),
        Example(_UNPINNED + "  # hfmodels: ignore[HFM999]"),
        Example(_UNPINNED + "  # hfmodels: ignore[unpinned-revision] a demo"),
        Example(_UNPINNED + "  # hfmodels: ignore[]"),
        Example(_UNPINNED + "  # hfmodels: ignore"),
        Example(_UNPINNED + "  # hfmodels: ignore [HFM001] a demo"),
        Example(_PINNED + "  # hfmodels: ignore[HFM007]", Found(_OWN)),
        Example(_PINNED + "  # hfmodels: ignore[HFM001, foo] a demo"),
        Example("x = 1  # hfmodels: ignore[HFM001] it used to load"),
        Example("# flake8: noqa: HFM001\nx = 1"),
    ),
    good=(
        Example(_UNPINNED + "  # hfmodels: ignore[HFM001] a demo"),
        Example(_UNPINNED + "  # noqa: HFM001"),
        Example(_PINNED + "  # noqa"),
        Example(_PINNED + "  # noqa: E501"),
        Example(_UNPINNED + "  # hfmodels: ignore[HFM001, foo] a demo"),
        Example(_UNPINNED + "  # hfmodels: ignore[HFM004] nobody was asked"),
        Example(_UNPINNED + "  # hfmodels: ignore[HFM004] by an old answer", Found(_BARE, True)),
        Example(_UNPINNED + "  # hfmodels: ignore[HFM006] hidden from others", Found(_PRIVATE)),
        Example(_UNPINNED + "  # hfmodels: ignore[HFM004] who owns it?", _OWNERLESS),
        Example(_UNPINNED + "  # hfmodels: ignore[HFM010] not scanned yet", Found(_BARE)),
        Example(_PINNED + "  # hfmodels: ignore[HFM007] whose commit?", Found(_BARE)),
        Example("x = 1  # hfmodels: ignores nothing"),
        Example("x = 1  # say `# hfmodels: ignore[HFM001]` and why"),
        Example(_PINNED + "  # hfmodels: ignore[HFM001, HFM900] it comes and goes"),
        Example('def load():\n    """Say `# hfmodels: ignore[HFM001]` and why."""'),
        Example(
            _AUTO
            + "def load(name):  # of which only pedantic readers hear\n"
            + "    return AutoModel.from_pretrained(name)  # hfmodels: ignore[HFM001] they pin"
        ),
    ),
)
