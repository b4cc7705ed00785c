"""Commands of a shell with names in them that anybody may have chosen. Nobody runs them here."""

from __future__ import annotations

import os
import shlex
from collections.abc import Sequence

from flake8_hfmodels.responding.incident import Incident
from flake8_hfmodels.responding.machine import Here


def shell_word(text: str) -> str:
    """A text as one word of a shell, on one line, of characters that are seen.

    What is not seen goes into `$'...'`, byte by byte, which bash, zsh and ksh know.
    """
    if text.isprintable():
        return shlex.quote(text)
    escaped = "".join(
        one
        if one.isprintable() and one not in "'\\"
        else "".join(f"\\x{byte:02x}" for byte in os.fsencode(one))
        for one in text
    )
    return f"$'{escaped}'"


def command(*words: str) -> str:
    """A command with all of its words quoted where they need it."""
    return " ".join(map(shell_word, words))


def again(incident: Incident, *options: str) -> str:
    """The command that finds all of it once more, with these options."""
    paths = () if incident.paths == (os.curdir,) else incident.paths
    return command("hfmodels", "respond", incident.name, *paths, *options)


def folder_of(here: Here) -> str:
    """What to move or remove of a copy: in a cache all of the repo, as revisions share files."""
    return os.path.dirname(os.path.dirname(here.where)) if here.of == "cache" else here.where


def folders_of(incident: Incident) -> Sequence[str]:
    """Those of all copies that are bad or may be, each once."""
    return list(dict.fromkeys(map(folder_of, incident.copies)))


def cached_name(repo_type: str, repo_id: str) -> str:
    """What huggingface_hub calls the folder of a repo in its cache."""
    return "--".join((f"{repo_type}s", *repo_id.split("/")))


def page(repo_type: str, repo_id: str) -> str:
    """The address of a repo on the Hub."""
    folder = "" if repo_type == "model" else f"{repo_type}s/"
    return f"https://huggingface.co/{folder}{repo_id}"
