"""Programs that fetch from the Hub as such: its own, git, pip."""

from __future__ import annotations

from flake8_hfmodels.loaders.commands.row import (
    CHECKOUT,
    HASH_IN_THE_URL,
    REVISION,
    TYPE,
    Command,
    Load,
    model,
)
from flake8_hfmodels.loaders.row import Loader, Param

_HF_SWITCHES = ("--quiet", "-q", "--force-download", "--resume-download", "--dry-run")

_CLONE_SWITCHES = (
    *("--bare", "--mirror", "--quiet", "-q", "--verbose", "-v", "--progress", "--local"),
    *("--no-checkout", "-n", "--single-branch", "--no-single-branch", "--recursive", "-l"),
    *(
        "--recurse-submodules",
        "--shallow-submodules",
        "--no-tags",
        "--sparse",
        "--dissociate",
    ),
    *("--no-hardlinks", "--shared", "-s", "--remote-submodules"),
)

HUB = (
    Command(
        words=("hf", "download"),
        switches=_HF_SWITCHES,
        loads=(
            Load(
                Loader(
                    package="huggingface_hub",
                    name="hf download",
                    source="huggingface_hub 2.4.0 huggingface_hub/cli/download.py:112",
                    repo_id=model(position=0),
                    revision=REVISION,
                    reads="files",
                    repo_type_param=TYPE,
                    never_local=True,
                )
            ),
        ),
    ),
    Command(
        words=("huggingface-cli", "download"),
        switches=_HF_SWITCHES,
        loads=(
            Load(
                Loader(
                    package="huggingface_hub",
                    name="huggingface-cli download",
                    source="huggingface_hub 0.36.2 huggingface_hub/commands/download.py:72",
                    repo_id=model(position=0),
                    revision=REVISION,
                    reads="files",
                    repo_type_param=TYPE,
                    never_local=True,
                )
            ),
        ),
    ),
    Command(
        words=("hf", "cp|sync"),
        switches=("--delete", "--quiet", "-q", "--dry-run", "--verbose"),
        loads=(
            Load(
                Loader(
                    package="huggingface_hub",
                    name="hf cp",
                    source="huggingface_hub 2.4.0 huggingface_hub/cli/_cp.py:193",
                    repo_id=model(position=0),
                    revision=None,
                    reads="files",
                    at_revision=True,
                ),
                form="uri",
            ),
        ),
    ),
    Command(
        words=("git", "clone"),
        switches=_CLONE_SWITCHES,
        loads=(
            Load(
                Loader(
                    package="git",
                    name="git clone",
                    source="hub-docs 242f4a1e docs/hub/repositories-getting-started.md:109",
                    repo_id=model(position=0),
                    revision=Param(("--revision", "--branch", "-b")),
                    reads="files",
                    instead=CHECKOUT,
                    never_local=True,
                ),
                form="git",
            ),
        ),
    ),
    Command(
        words=("git", "lfs", "clone"),
        switches=_CLONE_SWITCHES,
        loads=(
            Load(
                Loader(
                    package="git",
                    name="git lfs clone",
                    source="git-lfs 0808c573 docs/man/git-lfs-clone.adoc",
                    repo_id=model(position=0),
                    revision=Param(("--branch", "-b")),
                    reads="files",
                    instead=CHECKOUT,
                    never_local=True,
                ),
                form="git",
            ),
        ),
    ),
    Command(
        words=("git", "submodule", "add"),
        switches=("--force", "-f", "--quiet", "-q"),
        loads=(
            Load(
                Loader(
                    package="git",
                    name="git submodule add",
                    source="hub-docs 242f4a1e docs/hub/repositories-getting-started.md:109",
                    repo_id=model(position=0),
                    revision=Param(("--branch", "-b")),
                    reads="files",
                    instead=CHECKOUT,
                    never_local=True,
                ),
                form="git",
            ),
        ),
    ),
    *(
        Command(
            words=words,
            modules=modules,
            switches=(
                "-U",
                "--upgrade",
                "-q",
                "--quiet",
                "--no-deps",
                "-e",
                "--editable",
                "--user",
            ),
            loads=(
                Load(
                    Loader(
                        package="pip",
                        name=f"{words[0].partition('|')[0]} {words[-1]}",
                        source="pip docs/html/topics/vcs-support.md",
                        repo_id=model(position=0),
                        revision=None,
                        reads="code",
                        runs_code="the set-up code of the package",
                        prefixes=("git+",),
                        at_revision=True,
                    ),
                    form="git",
                    many=True,
                ),
                Load(
                    Loader(
                        package="pip",
                        name=f"{words[0].partition('|')[0]} {words[-1]} of a file",
                        source="spacy_huggingface_hub 0.0.10 spacy_huggingface_hub/push.py:138",
                        repo_id=model(position=0),
                        revision=None,
                        reads="code",
                        runs_code="the code of the package",
                        at_revision=True,
                        instead=HASH_IN_THE_URL,
                    ),
                    form="file",
                    many=True,
                ),
            ),
        )
        for words, modules in (
            (("pip|pip3|pipx", "install"), ("pip",)),
            (("uv", "pip", "install"), ()),
            (("uv", "add"), ()),
        )
    ),
)
