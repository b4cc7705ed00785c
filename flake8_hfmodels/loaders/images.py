"""What instructions of Dockerfiles and Modelfiles load by themselves: rows of the instructions."""

from __future__ import annotations

from flake8_hfmodels.loaders.row import Loader, Param

ADD_GIT = Loader(
    package="docker",
    name="ADD",
    source="docs.docker.com/reference/dockerfile#adding-files-from-a-git-repository",
    repo_id=(Param(("source",), 0),),
    revision=None,
    reads="files",
    at_revision=True,
    never_local=True,
    instead="put the full commit hash behind the address: ….git#<hash>",
)
"""`ADD https://huggingface.co/owner/name.git#commit`."""

SPACE_IMAGE = Loader(
    package="",
    name="FROM registry.hf.space/…",
    source="hub-docs 242f4a1e docs/hub/spaces-run-with-docker.md",
    repo_id=(Param(("image",), 0),),
    revision=None,
    repo_type="space",
    reads="code",
    never_local=True,
    instead="name the image by its digest: …@sha256:<digest>",
)
"""The image of a Space, which the Hub builds from whatever stands there."""

MODEL_IMAGE = Loader(
    package="ollama",
    name="FROM hf.co/…",
    source="hub-docs 242f4a1e docs/hub/ollama.md:53; ollama docs/modelfile.mdx",
    repo_id=(Param(("model",), 0),),
    revision=None,
    reads="weights",
    never_local=True,
    instead="download the GGUF file at a full commit hash (hf download --revision) and name that",
)
"""`FROM hf.co/owner/name:quantization`, `ADAPTER hf.co/…`: what ollama builds a model from."""

# docs.docker.com/reference/dockerfile#shell; POSIX.1-2024 sh.
POSIX_SHELLS = ("sh", "bash", "dash", "ash", "zsh", "ksh")
"""Programs that read the text behind `-c` as we do."""

OTHER_SHELLS = ("powershell", "pwsh", "cmd", "python", "python3", "node", "perl", "ruby")
"""Programs that read it otherwise."""
