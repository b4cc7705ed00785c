"""The Hub's decisions: a request and a World in, an answer out. No sockets here."""

from __future__ import annotations

import json
from collections.abc import Callable
from urllib.parse import parse_qs, unquote, urlencode

from tests.fakehub import bodies, listings, profiles
from tests.fakehub.answers import (
    BAD_TOKEN,
    DISABLED,
    NO_ENTRY,
    NO_PAGE,
    NO_USER,
    Answer,
    Request,
    error,
    json_answer,
    missing_repo,
    missing_revision,
    not_modified,
    redirect,
)
from tests.fakehub.files import answer_file, cached_file, refuse, resolved_file
from tests.fakehub.objects import Repo, RepoType
from tests.fakehub.route import REPO_TYPES, Route, api_route, file_route
from tests.fakehub.world import World

COMMITS_PER_PAGE = 50


def answer(world: World, request: Request) -> Answer:
    """What the Hub says to a request."""
    if not request.who.valid:
        return error(request, 401, BAD_TOKEN)
    return _dispatch(world, request)


def revalidated(made: Answer, if_none_match: str | None) -> Answer:
    """The answer, or 304 where the client's ETag still holds."""
    fresh = made.status == 200 and if_none_match and if_none_match == made.header("ETag")
    return not_modified(made) if fresh else made


def _dispatch(world: World, request: Request) -> Answer:
    parts = tuple(request.path.strip("/").split("/"))
    match parts:
        case ("api", "whoami-v2"):
            return _whoami(world, request)
        case ("api", "users", name, "overview"):
            return _user(world, request, unquote(name))
        case ("api", "organizations", name, "overview"):
            return _organization(world, request, unquote(name))
        case ("api", "resolve-cache", kinds, owner, name, revision, *path) if kinds in REPO_TYPES:
            route = Route(REPO_TYPES[kinds], f"{owner}/{name}", ("resolve", revision, *path))
            return answer_file(world, request, route, cached_file)
        case ("api", "models" | "datasets" | "spaces" as kinds):
            return _listing(world, request, REPO_TYPES[kinds])
        case ("api", kinds, *rest) if kinds in REPO_TYPES:
            return _repo(world, request, api_route(REPO_TYPES[kinds], tuple(rest)))
        case _ if "resolve" in parts[1:4]:
            return answer_file(world, request, file_route(parts), resolved_file)
    return error(request, 404, NO_PAGE)


def _whoami(world: World, request: Request) -> Answer:
    user = world.account(request.who.user) if request.who.user else None
    if user is None:
        return missing_repo(request)
    return json_answer(profiles.whoami(world, user))


def _user(world: World, request: Request, name: str) -> Answer:
    account = world.account(name)
    if account is None or account.kind != "user":
        return error(request, 404, NO_USER)
    if account.name != name:
        return redirect(_with_query(f"/api/users/{account.name}/overview", request))
    return json_answer(profiles.user_overview(world, account))


def _organization(world: World, request: Request, name: str) -> Answer:
    account = world.account(name)
    if account is None or account.kind != "org":
        return error(request, 404, NO_PAGE)
    return json_answer(profiles.organization_overview(world, account))


def _listing(world: World, request: Request, kind: RepoType) -> Answer:
    keys = request.options("expand")
    if not set(keys) <= set(bodies.EXPAND[kind]):
        return _bad_expand(request, kind)
    author = request.option("author").lower()
    search = request.option("search").lower()
    found = [
        repo
        for repo in world.repos(kind)
        if world.can_see(repo, request.who)
        and author in ("", repo.owner.lower())
        and search in repo.id.lower()
    ]
    shown = sorted(found, key=lambda repo: -repo.downloads)[: request.number("limit", 1000)]
    if keys:
        return json_answer([bodies.expanded_info(repo, repo.head, keys) for repo in shown])
    full = request.flag("full")
    return json_answer([bodies.listed_info(repo, full=full) for repo in shown])


def _repo(world: World, request: Request, route: Route) -> Answer:
    repo = world.find_repo(route.kind, route.repo_id)
    if repo is None or not world.can_see(repo, request.who):
        return missing_repo(request)
    if repo.id != route.repo_id:
        path = "/".join(("", "api", f"{repo.kind}s", repo.id, *route.rest))
        return redirect(_with_query(path, request))
    if repo.blocked:
        return error(request, 403, DISABLED)
    part = PARTS.get(route.part)
    if part is None:
        return error(request, 404, NO_PAGE)
    return part(world, request, repo, route)


def _info(_world: World, request: Request, repo: Repo, route: Route) -> Answer:
    keys = request.options("expand")
    if keys and repo.kind != "kernel" and not set(keys) <= set(bodies.EXPAND[repo.kind]):
        return _bad_expand(request, repo.kind)
    oid = repo.resolve(route.revision)
    if oid is None:
        return missing_revision(request, route.revision)
    blobs = request.flag("blobs")
    if keys and repo.kind != "kernel":
        return json_answer(bodies.expanded_info(repo, oid, keys, blobs=blobs))
    security = request.flag("securityStatus")
    return json_answer(bodies.repo_info(repo, oid, blobs=blobs, security=security))


def _refs(_world: World, request: Request, repo: Repo, _route: Route) -> Answer:
    return json_answer(listings.refs(repo, pull_requests=request.flag("include_prs")))


def _scan(_world: World, _request: Request, repo: Repo, _route: Route) -> Answer:
    return json_answer(bodies.scan_status(repo))


def _commits(world: World, request: Request, repo: Repo, route: Route) -> Answer:
    refusal = refuse(world, request, repo)
    if refusal is not None:
        return refusal
    oid = repo.resolve(route.revision)
    if oid is None:
        return missing_revision(request, route.revision)
    history = repo.history(oid)
    limit = max(1, request.number("limit", COMMITS_PER_PAGE))
    page = request.number("p", 0)
    formatted = "formatted" in request.options("expand")
    shown = history[page * limit : (page + 1) * limit]
    headers = [("X-Total-Count", str(len(history)))]
    if (page + 1) * limit < len(history):
        headers.append(_next_page(request, p=page + 1, limit=limit))
    return json_answer([listings.commit(each, formatted=formatted) for each in shown], *headers)


def _tree(_world: World, request: Request, repo: Repo, route: Route) -> Answer:
    oid = repo.resolve(route.revision)
    if oid is None:
        return missing_revision(request, route.revision)
    expand, recursive = request.flag("expand"), request.flag("recursive")
    entries = listings.tree(repo, oid, route.path, recursive=recursive, expand=expand)
    if not entries:
        return error(request, 404, NO_ENTRY, "EntryNotFound")
    limit = max(1, request.number("limit", 50 if expand else 1000))
    start = request.number("cursor", 0)
    headers = [("X-Repo-Commit", oid)]
    if start + limit < len(entries):
        options = {"recursive": str(recursive).lower(), "expand": str(expand).lower()}
        headers.append(_next_page(request, **options, limit=limit, cursor=start + limit))
    return json_answer(entries[start : start + limit], *headers)


def _paths_info(_world: World, request: Request, repo: Repo, route: Route) -> Answer:
    oid = repo.resolve(route.revision)
    if oid is None:
        return missing_revision(request, route.revision)
    paths, expand = _asked_paths(request.body.decode())
    return json_answer(listings.paths_info(repo, oid, paths, expand=expand))


PARTS: dict[str, Callable[[World, Request, Repo, Route], Answer]] = {
    "": _info,
    "revision": _info,
    "refs": _refs,
    "scan": _scan,
    "commits": _commits,
    "tree": _tree,
    "paths-info": _paths_info,
}


def _asked_paths(body: str) -> tuple[list[str], bool]:
    """Paths and the expand flag of a paths-info call, sent as JSON or as a form."""
    if body.startswith("{"):
        sent = json.loads(body)
        paths = sent["paths"]
        return ([paths] if isinstance(paths, str) else list(paths)), bool(sent.get("expand"))
    form = parse_qs(body)
    return form.get("paths", []), form.get("expand", [""])[0].lower() == "true"


def _bad_expand(request: Request, kind: RepoType) -> Answer:
    options = "|".join(f'"{key}"' for key in bodies.EXPAND[kind])
    return error(request, 400, f"✖ Invalid option: expected one of {options}")


def _with_query(path: str, request: Request) -> str:
    return f"{path}?{request.query}" if request.query else path


def _next_page(request: Request, **options: object) -> tuple[str, str]:
    return ("Link", f'<{request.base}{request.path}?{urlencode(options)}>; rel="next"')
