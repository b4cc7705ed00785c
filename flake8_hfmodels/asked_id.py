"""What somebody means who names a repo on the command line: `[datasets/]owner/name[@revision]`.

Addresses are taken too, as they are copied from a browser or from code: `hf://…` and pages of the
Hub. A file in a repo stands for the repo.
"""

from __future__ import annotations

from typing import NoReturn

from flake8_hfmodels.loaders.row import RepoType
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.reference import Target
from flake8_hfmodels.regex import regex
from flake8_hfmodels.repo_id import is_repo_id

# The Hub serves pages under these names, so that nobody can have them as an account.
_TYPES: dict[str, RepoType] = {
    "models": "model",
    "datasets": "dataset",
    "spaces": "space",
    "kernels": "kernel",
}
_FORMS = "write owner/name or owner/name@revision"
_SHOWN = 80

# https://git-scm.com/docs/git-check-ref-format: what no name of a ref holds or ends with. A dash
# in front is git's as well: it takes what follows for an option.
_NO_REF = regex(r"[^!-~]|[~^:?*\[\\]|\.\.|@\{|//|/\.|^[-./]|[./]$|\.lock(?:/|$)|^@$")
_LONGEST = 255


@dataclass(frozen=True, slots=True)
class Asked:
    """A repo that somebody asks about. `revision` is `None` where nothing is said of it.

    `says_type`: the type was said, and is not only the one that is most frequent.
    """

    repo_type: RepoType
    repo_id: str
    revision: str | None
    says_type: bool = False

    @property
    def target(self) -> Target:
        """The question to the Hub."""
        return Target(self.repo_type, self.repo_id, self.revision)

    def __str__(self) -> str:
        at = "" if self.revision is None else f"@{self.revision}"
        prefix = f"{self.repo_type}s/" if self.says_type and self.repo_type != "model" else ""
        return f"{prefix}{self.repo_id}{at}"


def parse_asked(text: str, repo_type: RepoType | None = None) -> Asked:
    """What a text of the command line asks about; `repo_type` is what is said beside it.

    Raises `ValueError` with a line for people.
    """
    said, repo_id, revision = _address(text) if "://" in text else _plain(text)
    if said and repo_type and said != repo_type:
        raise ValueError(f"{_shown(text)} is a {said}, and asked for is a {repo_type}")
    if not is_repo_id(repo_id):
        _refuse(text)
    if revision is not None and not is_revision(revision):
        raise ValueError(
            f"{_shown(text)}: behind the @ must stand a branch, a tag or a commit, "
            f"which {_shown(revision)} cannot be"
        )
    chosen = said or repo_type
    return Asked(chosen or "model", repo_id, revision, chosen is not None)


def is_revision(text: str) -> bool:
    """Whether git could have a branch or tag of this name, in ASCII, or it is a commit's hash."""
    return 0 < len(text) <= _LONGEST and _NO_REF.search(text) is None


def _plain(text: str) -> tuple[RepoType | None, str, str | None]:
    name, at, revision = text.partition("@")
    first, slash, rest = name.partition("/")
    repo_type = _TYPES.get(first) if slash else None
    return repo_type, rest if repo_type else name, revision if at else None


def _address(text: str) -> tuple[RepoType | None, str, str | None]:
    from flake8_hfmodels.sources.text.links import find_links

    link = next(find_links(text), None)
    if link is None or link.start or text[link.end :][:1] not in ("", "?", "#"):
        _refuse(text)
    return link.repo_type, link.repo_id, link.revision


def _refuse(text: str) -> NoReturn:
    raise ValueError(f"{_shown(text)} is no id of a repo; {_FORMS}")


def _shown(text: str) -> str:
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")
