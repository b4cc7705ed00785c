"""Rows for what names a repo without calling a loader: addresses, pages, plain texts, flags."""

from __future__ import annotations

import re

from flake8_hfmodels.loaders.row import Loader, Param
from flake8_hfmodels.regex import regex

HOSTS = ("hf://", "hf.co/", "huggingface.co/", "hf-mirror.com/")
"""One of these stands in every address of the Hub."""

CODE_MARKS = (">>>", "```", "~~~", "::")
"""One of these stands before every piece of code in prose: a doctest, a fence, a literal block."""

HASH_IN_THE_URI = "write the full commit hash behind the name: hf://…/name@<hash>/…"
HASH_IN_THE_URL = "put the full commit hash where the branch stands: …/resolve/<hash>/…"

URI = Loader(
    package="",
    name="hf://",
    source="huggingface_hub 2.4.0 huggingface_hub/utils/_hf_uris.py:1",
    repo_id=(Param(("uri",)),),
    revision=None,
    reads="files",
    at_revision=True,
    never_local=True,
    instead=HASH_IN_THE_URI,
)
"""An address that fsspec, pandas, polars, dask, duckdb, datasets and keras read."""

FILE_URL = Loader(
    package="",
    name="https://huggingface.co/…/resolve/…",
    source="huggingface_hub 2.4.0 huggingface_hub/constants.py HUGGINGFACE_CO_URL_TEMPLATE",
    repo_id=(Param(("url",)),),
    revision=None,
    reads="files",
    at_revision=True,
    never_local=True,
    instead=HASH_IN_THE_URL,
)
"""A web address of one file at one revision."""

PAGE = Loader(
    package="",
    name="https://huggingface.co/…",
    source="huggingface_hub 2.4.0 huggingface_hub/utils/_hf_uris.py _url_to_uri_body",
    repo_id=(Param(("url",)),),
    revision=None,
    reads="files",
    at_revision=True,
    never_local=True,
    instead="link the commit that is meant: …/tree/<hash>",
)
"""A web page of a repo: nothing is loaded from it, but readers follow it."""

TEXT = Loader(
    package="",
    name="a text",
    source="the form of ids: huggingface_hub 2.4.0 huggingface_hub/utils/_validators.py:102",
    repo_id=(Param(("text",)),),
    revision=Param(("revision",)),
    reads="files",
    instead="give its full commit hash to whatever loads it",
)
"""A text in the form of an id: a constant, a default, an entry, a word in prose."""

TRUST = Param(("trust_remote_code",))
"""What transformers, and all that hand options on to it, call the flag."""

FLAG = Loader(
    package="",
    name="trust_remote_code",
    source="transformers 5.23.0 transformers/dynamic_module_utils.py resolve_trust_remote_code",
    repo_id=(),
    revision=None,
    reads="config",
    trust_remote_code=TRUST,
    downloads=False,
)
"""An option, a default, an entry of a dictionary: what lets the code of a model run."""

# docs.python.org/3/library/unittest.html, docs.python.org/3/library/unittest.mock.html
CHECKS = regex(r"assert[A-Z_]\w*")
"""Calls that compare what was passed: the flag in them turns nothing on."""

MEDIA = regex(
    r"\.(?:avif|bmp|flac|gif|jpe?g|m4a|mov|mp3|mp4|ogg|png|svg|tiff?|wav|webm|webp)(?:[?#].*)?$",
    re.IGNORECASE,
)
"""An address of a picture, a sound or a film: what it shows may change, nothing of it runs."""

# https://choosealicense.com/appendix/ and model cards: how such files are named.
SHOWN = regex(
    r"/blob/.*(?:/(?:licen[cs]e|notice|copying|readme)[^/]*|\.(?:html?|ipynb|md|pdf|py|rst|txt))$",
    re.IGNORECASE,
)
"""The page that shows people a text of a repo: its licence, its card, its code. Who loads such a
file has `resolve` in the address; of weights both are seen, as diffusers takes either."""


def mentions_hub(text: str) -> bool:
    """Whether a text can hold an address at all: a quick look."""
    return any(host in text for host in HOSTS)
