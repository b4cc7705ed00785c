"""What is loaded is outside of what the project's policy allows.

Whoever answers for the supply chain wants to say once what may be loaded: whose models, in which
formats, under which licence, how well known, and whether code of a repo may run. Without a rule it
stands in a document, and nobody sees when the next pull request does something else. With a policy
in `pyproject.toml` every check says so at the line, with the reason that the team has given.

The table `[tool.hfmodels.policy]` says what is allowed; without it this rule says nothing. These
examples are judged by:

    [tool.hfmodels.policy]
    deny = [{ match = "evil/*", reason = "incident 12" }]
    pinned = true
    forbid-pickle = true
    remote-code = "listed"
    remote-code-from = ["acme/*"]
    licences = ["apache-2.0", "mit"]
    min-age = "30d"

The name in the code counts, the name that it leads to where the repo has moved, and the repos that
come along: of code, and below an adapter. What the Hub has not said is not held against anybody
here; `hfmodels gate` lets nothing through that is not known. That HFM001 or HFM002 is silenced, or
that `policies` asks for no pin, changes nothing.

Load something that is allowed. Where the policy should allow this one, have it changed by who
answers for it: `allow` takes a reason, and `[[tool.hfmodels.policy.for]]` makes an exception.
`hfmodels gate ID` says the same of a repo before anybody uses it.
"""

from __future__ import annotations

from flake8_hfmodels.facts import Found, Lacking, Missing, Moved, Owner, Repo
from flake8_hfmodels.record import replace
from flake8_hfmodels.rules.rule import Example, Rule, no_check

_HASH = "607a30d783dfa663caf39e06633721c8d4cfcd7e"
_LOAD = (
    "from transformers import AutoModel\n"
    f"AutoModel.from_pretrained('org/model', revision='{_HASH}')"
)
_TRUST = _LOAD.replace("')", "', trust_remote_code=True)")
_DENIED = _LOAD.replace("org/model", "evil/model")
_REPO = Repo(
    "org/model",
    "6286da0036468d709f17434d",
    _HASH,
    ("config.json", "model.safetensors"),
    ("license:mit",),
)
_PICKLED = replace(_REPO, files=("config.json", "pytorch_model.bin"))
_CODE = (("AutoModel", "other/code--modeling_x.X"),)

RULE = Rule(
    code="HFM013",
    name="policy",
    check=no_check,
    hears_hub=True,
    bad=(
        Example(_DENIED),
        Example(_LOAD.replace(f", revision='{_HASH}'", "")),
        Example(_LOAD, Found(_PICKLED)),
        Example(_TRUST, Found(_REPO)),
        Example(_LOAD, Found(replace(_REPO, tags=("license:gpl-3.0",)))),
        Example(_LOAD, Found(replace(_REPO, object_id="f286da0036468d709f17434d"))),
        Example(_LOAD, Moved(replace(_REPO, id="evil/model"), Owner.EXISTS)),
        Example("# see https://huggingface.co/evil/model"),
        Example(
            _TRUST.replace("org/model", "acme/model").replace(
                "True)", f"True, code_revision='{_HASH}')"
            ),
            Found(replace(_REPO, id="acme/model", auto_map=_CODE)),
            (("other/code", Found(replace(_REPO, id="other/code"))),),
        ),
    ),
    good=(
        Example(_LOAD),
        Example(_LOAD, Found(_REPO)),
        Example(_LOAD, Missing(Lacking.REPO, Owner.EXISTS)),
        Example(_LOAD.replace("AutoModel", "AutoTokenizer"), Found(_PICKLED)),
        Example(_LOAD.replace("')", "', use_safetensors=chosen)"), Found(_PICKLED)),
        Example(_TRUST.replace("org/model", "acme/model"), Found(replace(_REPO, id="acme/model"))),
        Example(_LOAD, Found(replace(_REPO, files=(*_REPO.files, "pytorch_model.bin")))),
        Example("from transformers import AutoModel\nAutoModel.from_pretrained('./evil/model')"),
        Example(
            "from huggingface_hub import upload_folder\n"
            "upload_folder(repo_id='evil/model', folder_path='out')"
        ),
    ),
)
