"""The Hub's decisions about files: who gets them, and from where."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote, quote_plus, unquote

from tests.fakehub.answers import (
    DISABLED,
    NO_ENTRY,
    TEXT,
    Answer,
    Request,
    error,
    gated_repo,
    missing_repo,
    missing_revision,
    redirect,
)
from tests.fakehub.objects import File, Repo
from tests.fakehub.route import REPO_TYPES, Route
from tests.fakehub.world import World

Found = Callable[[Request, Repo, str, File], Answer]


def refuse(world: World, request: Request, repo: Repo) -> Answer | None:
    """Why somebody who sees a repository gets no commits and files of it, or None."""
    if repo.blocked:
        return error(request, 403, DISABLED)
    if not world.can_download(repo, request.who):
        return gated_repo(request, repo)
    if repo.disabled:
        return error(request, 403, DISABLED)
    return None


def answer_file(world: World, request: Request, route: Route, found: Found) -> Answer:
    """A file by any name of its repository: renamed and legacy ids serve, they do not redirect."""
    repo = world.find_repo(route.kind, route.repo_id)
    if repo is None or not world.can_see(repo, request.who):
        return missing_repo(request)
    refusal = refuse(world, request, repo)
    if refusal is not None:
        return refusal
    oid = repo.resolve(route.revision)
    if oid is None:
        return missing_revision(request, route.revision)
    file = repo.commits[oid].files.get(route.path)
    if file is None:
        refused = error(request, 404, NO_ENTRY, "EntryNotFound")
        return refused.adding(("X-Repo-Commit", oid))
    return found(request, repo, oid, file)


def resolved_file(request: Request, repo: Repo, oid: str, file: File) -> Answer:
    """Where a file is: small ones in the Hub's own cache, large ones on the storage host."""
    shared = (
        ("X-Repo-Commit", oid),
        ("X-Linked-ETag", f'"{file.etag}"'),
        ("Accept-Ranges", "bytes"),
    )
    if file.lfs:
        name = f"{repo.kind}s/{repo.id}/{oid}/{file.name}"
        location = f"{request.storage}/storage/{quote(name)}"
        made = Answer(302, (TEXT, ("Location", location), ("Cache-Control", "no-store")))
        size = ("X-Linked-Size", str(file.size))
        return made.adding(("Vary", "Origin, Accept"), size, *shared)
    asked = quote_plus(unquote(request.path))
    etag = quote_plus(f'"{file.etag}"')
    cache = f"/api/resolve-cache/{repo.kind}s/{repo.id}/{oid}/{quote(file.name)}"
    return redirect(f"{cache}?{asked}=&etag={etag}").adding(*shared)


def cached_file(_request: Request, _repo: Repo, oid: str, file: File) -> Answer:
    """The file itself."""
    return _served_file(file).adding(("X-Repo-Commit", oid))


def _served_file(file: File) -> Answer:
    """The bytes of a file, with its hash as a strong ETag."""
    headers = (("Content-Type", "application/octet-stream"), ("Accept-Ranges", "bytes"))
    return Answer(200, (*headers, ("ETag", f'"{file.etag}"')), file=file)


def stored_file(world: World, path: str) -> Answer:
    """What the storage host answers: large files, open to whoever has the address."""
    match path.strip("/").split("/"):
        case ["storage", kinds, owner, name, oid, *rest] if kinds in REPO_TYPES:
            repo = world.find_repo(REPO_TYPES[kinds], f"{owner}/{name}")
            commit = repo.commits.get(oid) if repo else None
            file = commit.files.get(unquote("/".join(rest))) if commit else None
            if file is not None:
                return _served_file(file)
    return Answer(404, (TEXT,), b"Not Found")
