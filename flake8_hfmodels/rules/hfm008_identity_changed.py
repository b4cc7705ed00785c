"""The repo is another one than it was: made anew under the old name, or in other hands.

A name on the Hub says nothing of who stands behind it. An account is deleted and registered again,
a repo is deleted and uploaded again by somebody else, a redirect ends in another repo: the program
works all the time, with other people's files. When runwayml emptied its account in August 2024,
strangers uploaded "the same" models again, and code followed. What a name cannot say is said by
the ids that the Hub gives to repos and accounts. They survive renames and transfers, and nobody
gets one twice.

With a lock, `hfmodels audit` asks the Hub again and compares: the id of the repo, its owner and
the owner's id, the hashes of the files. As with SSH's known_hosts, what was there when the lock was
written is trusted, and any other repo is a stranger until somebody accepts it.

Without a lock, git knows something, too. A repo that was created more than 30 days (`grace`) after
the line that names it was last written cannot be the one that was meant. `git blame` says when that
was: the later of the author's and the committer's date, so that a rebase makes a line younger and
never older. Nothing is said of a full commit hash, as the repo that answers has that very commit;
of repos older than March 2022, whose ids do not tell their age; of names put together of parts; of
what the file uploads itself; of lines that are not committed; where git does not know the file or
takes too long; nor in a shallow clone (`fetch-depth: 1`), where a line is as young as its commit.

Look at the repo: who owns it, since when, what it holds. Pin the commit that you trust, or load
another repo. Write a lock with `hfmodels lock`, which remembers who it was. Where a model was
merely published later than the code, a line that is written anew says so, or a comment.
"""

from __future__ import annotations

from flake8_hfmodels.facts import Found, Lacking, Missing, Moved, Owner, Repo
from flake8_hfmodels.rules.rule import Example, Rule, no_check

WRITTEN = 1_672_531_200
"""1 January 2023: since then every line of every example stands in its file."""

_HASH = "607a30d783dfa663caf39e06633721c8d4cfcd7e"
_IMPORT = "from transformers import AutoModel\n"
_LOAD = _IMPORT + "AutoModel.from_pretrained('org/model')"
_LATE = "# this line is of 1 January 2023, the repo of 30 August 2024\n" + _LOAD
_EARLY = "# this line is of 1 January 2023, the repo of 20 May 2022\n" + _LOAD


def _of(object_id: str, name: str = "org/model") -> Repo:
    return Repo(name, object_id, _HASH, ("model.safetensors",))


_OLD = _of("6286da0036468d709f17434d")
_IMPORTED = _of("621ffdc036468d709f17434d")
_SOON = _of("63d85a0036468d709f17434d")
_NEW = _of("66d10b8036468d709f17434d")

RULE = Rule(
    code="HFM008",
    name="identity-changed",
    check=no_check,
    needs_hub=True,
    bad=(
        Example(_LATE, Found(_NEW)),
        Example(_LOAD, Moved(_of(_NEW.object_id, "other/model"), Owner.EXISTS)),
        Example(_LOAD.replace("')", "', revision='v1')"), Found(_NEW)),
        Example(_LOAD.replace("')", "', **options)"), Found(_NEW)),
        Example(
            _IMPORT + "NAME = 'org/model'\n\ndef load(name=NAME):\n"
            "    return AutoModel.from_pretrained(name)",
            Found(_NEW),
        ),
        Example("# see https://huggingface.co/org/model", Found(_NEW)),
    ),
    good=(
        Example(_LOAD),
        Example(_EARLY, Found(_OLD)),
        Example(_LOAD, Found(_IMPORTED)),
        Example(_LOAD, Found(_SOON)),
        Example(_LOAD, Found(_of("main-1"))),
        Example(_LOAD, Missing(Lacking.REPO, Owner.GONE)),
        Example(_LOAD.replace("')", f"', revision='{_HASH}')"), Found(_NEW)),
        Example(_LOAD.replace("')", "', revision=chosen)"), Found(_NEW)),
        Example(_LOAD.replace("'org/model'", "'org/' + 'model'"), Found(_NEW)),
        Example(
            "from sentence_transformers import SentenceTransformer as S\nS('all-MiniLM-L6-v2')",
            Found(_NEW),
        ),
        Example(
            "from huggingface_hub import create_repo, hf_hub_download\n"
            "create_repo('org/model')\n"
            "hf_hub_download('org/model', 'config.json')",
            Found(_NEW),
        ),
    ),
)
