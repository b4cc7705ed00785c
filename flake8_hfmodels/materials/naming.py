"""What materials are called: addresses, package URLs, properties. Both formats take these."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from packageurl import PackageURL

from flake8_hfmodels.facts import Blob
from flake8_hfmodels.loaders.row import RepoType
from flake8_hfmodels.lock.answers import facts_of
from flake8_hfmodels.materials.entries import HUB, Bill, Material
from flake8_hfmodels.materials.licences import licences_in
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.regex import regex
from flake8_hfmodels.repo_id import is_commit_hash, is_repo_id, owner_of

LONGEST = 2000
"""Characters of the longest text: names may be somebody else's."""

_FOLDERS = {"model": "", "dataset": "datasets/", "space": "spaces/", "kernel": "kernels/"}
"""What stands before the id of a repo in the addresses of the Hub."""

_SHA256 = regex(r"[0-9a-f]{64}")


def shown(text: str) -> str:
    """A text without characters that XML does not know or that a terminal obeys, as escapes."""
    text = text[:LONGEST]
    if text.isprintable():
        return text
    return "".join(one if one.isprintable() else _escaped(one) for one in text)


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


def quoted(text: str, plain: str = "/") -> str:
    """A text as a part of an address, but for `plain` characters; no two texts become one."""
    return quote(text, safe=plain, errors="surrogatepass")


def name_of(repo_id: str) -> tuple[str, str]:
    """The owner in an id, empty where there is none, and the name."""
    owner = owner_of(repo_id)
    return owner, repo_id[len(owner) + 1 :] if owner else repo_id


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where a repo is on its Hub."""

    endpoint: str
    repo_type: RepoType
    id: str
    commit: str = ""

    @property
    def owner(self) -> str:
        """The page of the owner."""
        return f"{self.endpoint}/{quoted(owner_of(self.id))}"

    @property
    def page(self) -> str:
        """The page of the repo, which git takes as well."""
        return f"{self.endpoint}/{_FOLDERS[self.repo_type]}{quoted(self.id)}"

    @property
    def tree(self) -> str:
        """What the repo is at its commit."""
        return f"{self.page}/tree/{self.commit}"

    def file(self, path: str, view: str = "resolve") -> str:
        """Where a file is downloaded at the commit, or `blob`: seen."""
        return f"{self.page}/{view}/{self.commit}/{quoted(path)}"


def addresses(material: Material) -> Addresses | None:
    """Where a material is; `None` where its name is none that a Hub could have."""
    if not is_repo_id(material.id):
        return None
    return Addresses(material.endpoint, material.repo_type, material.id, material.commit)


def purl_of(endpoint: str, repo_type: RepoType, repo_id: str, commit: str) -> PackageURL | None:
    """The package URL of a repo, if there is one for it.

    purl-spec types/huggingface-definition.json: a namespace is required, both names keep their
    case, the version is the commit in lower case. The type has models alone: of a dataset, it
    would name the model that has the same name.
    """
    owner, name = name_of(repo_id)
    if repo_type != "model" or not owner or not is_repo_id(repo_id):
        return None
    return PackageURL(
        type="huggingface",
        namespace=owner,
        name=name,
        version=commit or None,
        qualifiers=None if endpoint == HUB else {"repository_url": endpoint},
    )


def licences_of(material: Material) -> tuple[str, ...]:
    """The licences of a material in the Hub's words."""
    return () if material.entry is None else licences_in(material.entry.tags)


def gitoid(file: Blob) -> str:
    """What git calls the content of a file; of a large file it knows a pointer alone."""
    if file.sha256 or not is_commit_hash(file.blob_id):
        return ""
    return f"gitoid:blob:sha1:{file.blob_id}"


def sha256(file: Blob) -> str:
    """The hash of the content of a large file, where it is one."""
    return file.sha256 if _SHA256.fullmatch(file.sha256) else ""


def properties(material: Material) -> Iterator[tuple[str, str]]:
    """What neither format has a place for, as names and values."""
    yield "hfmodels:type", material.repo_type
    yield "hfmodels:pinned", material.pin
    yield from (("hfmodels:revision", one) for one in material.revisions if one)
    yield from (("hfmodels:named_as", one) for one in material.names if one != material.id)
    if material.why:
        yield "hfmodels:unresolved", material.why
    entry = material.entry
    if entry is None:
        return
    yield "hfmodels:locked", _flag(material.is_locked)
    yield "hfmodels:object_id", entry.object_id
    if entry.ref:
        yield "hfmodels:ref", entry.ref
    if entry.created_at:
        yield "hfmodels:created_at", entry.created_at
    if entry.owner is not None:
        yield "hfmodels:owner_id", entry.owner.object_id
    yield "hfmodels:custom_code", _flag(facts_of(entry).repo.has_custom_code)
    yield "hfmodels:gated", _flag(entry.gated)
    yield "hfmodels:private", _flag(entry.private)
    yield from (("hfmodels:format", one) for one in entry.formats)
    yield from (("hfmodels:flagged", f"{one.level}: {one.path}") for one in entry.flagged)


def properties_of_file(file: Blob) -> Iterator[tuple[str, str]]:
    """The same of a file."""
    if file.size is not None:
        yield "hfmodels:size", str(file.size)
    if file.blob_id:
        yield "hfmodels:git_blob", file.blob_id


def properties_of_bill(bill: Bill) -> Iterator[tuple[str, str]]:
    """The same of a whole bill: what it lacks."""
    for one in bill.unnamed:
        yield "hfmodels:unnamed", f"{one.path}:{one.line}: {one.symbol}"


def _flag(value: bool) -> str:
    return "true" if value else "false"
