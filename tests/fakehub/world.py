"""The state of a Hub without any HTTP: who exists, which repositories, what names lead to them."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, TypedDict

from tests.fakehub.objects import (
    Account,
    Commit,
    Content,
    File,
    Gated,
    Issue,
    Repo,
    RepoType,
    make_file,
    object_id,
    parse_time,
)

if TYPE_CHECKING:
    from typing_extensions import Unpack

FIRST_MOMENT = "2025-01-01"
TICK = timedelta(minutes=1)
INITIAL_FILES: Mapping[str, Content] = {
    ".gitattributes": "*.bin filter=lfs diff=lfs merge=lfs -text\n"
}


class Traits(TypedDict, total=False):
    """What can be said of a repository when it is created, and changed by ``World.change``."""

    private: bool
    gated: Gated
    disabled: bool
    blocked: bool
    granted: frozenset[str]
    tags: tuple[str, ...]
    config: Mapping[str, object]
    library_name: str | None
    pipeline_tag: str | None
    downloads: int
    likes: int
    issues: tuple[Issue, ...]
    scans_done: bool
    situation: str
    details: Mapping[str, object]


@dataclass(frozen=True)
class Identity:
    """Who asks. ``user`` is None for anonymous; ``valid`` is False for a token nobody issued."""

    user: str | None = None
    valid: bool = True


class World:
    """A Hub's accounts, repositories, redirects and tokens, and what can happen to them.

    Repos and accounts are handed out as frozen snapshots: ask again after a change. Names are
    compared without case. Each operation happens at ``at`` (ISO text), else one minute after the
    operation before it, from 2025-01-01 on; so ids and hashes are the same in every run.
    An operation that the Hub would refuse raises ValueError, an unknown name raises KeyError.
    """

    def __init__(self) -> None:
        self._accounts: dict[str, Account] = {}
        self._repos: dict[tuple[RepoType, str], Repo] = {}
        self._redirects: dict[tuple[RepoType, str], str] = {}
        self._tokens: dict[str, str] = {}
        self._notes: dict[str, str] = {}
        self._now = parse_time(FIRST_MOMENT)
        self._counter = 0
        self._lock = threading.RLock()

    def copy(self) -> World:
        """Another World in the same state, for one's own changes."""
        with self._lock:
            other = World()
            other._accounts = dict(self._accounts)
            other._repos = dict(self._repos)
            other._redirects = dict(self._redirects)
            other._tokens = dict(self._tokens)
            other._notes = dict(self._notes)
            other._now = self._now
            other._counter = self._counter
            return other

    # Asking

    def repo(self, kind: RepoType, repo_id: str) -> Repo:
        """The repository of that very id (in any case, no redirects), or KeyError."""
        return self._repos[kind, repo_id.lower()]

    def find_repo(self, kind: RepoType, repo_id: str) -> Repo | None:
        """The repository which an id leads to, by itself or by redirects; None for missing."""
        seen: set[str] = set()
        name = repo_id.lower()
        while (kind, name) not in self._repos and name not in seen:
            seen.add(name)
            name = self._redirects.get((kind, name), name).lower()
        return self._repos.get((kind, name))

    def repos(self, kind: RepoType | None = None) -> list[Repo]:
        """All repositories, or all of one type, in order of creation."""
        return [repo for repo in list(self._repos.values()) if kind in (None, repo.kind)]

    def redirects(self) -> dict[tuple[RepoType, str], str]:
        """Where old names lead: (type, lower-cased old id) to an id."""
        return dict(self._redirects)

    def account(self, name: str) -> Account | None:
        """The user or organization of that name in any case, or None."""
        return self._accounts.get(name.lower())

    def accounts(self) -> list[Account]:
        """All accounts, in order of creation."""
        return list(self._accounts.values())

    def organizations_of(self, user: str) -> list[Account]:
        """The organizations that a user is a member of."""
        return [account for account in self.accounts() if user in account.members]

    def identify(self, token: str | None) -> Identity:
        """Who a token stands for."""
        if token is None:
            return Identity()
        return Identity(self._tokens.get(token), valid=token in self._tokens)

    def can_see(self, repo: Repo, who: Identity) -> bool:
        """Whether a repository exists for somebody: public, own, or of an own organization."""
        return not repo.private or self._belongs_to(repo, who)

    def can_download(self, repo: Repo, who: Identity) -> bool:
        """Whether somebody who sees a repository gets its files and commits, gating considered."""
        return repo.gated is False or self._belongs_to(repo, who) or who.user in repo.granted

    def notes(self) -> dict[str, str]:
        """Situations of ids that are not repositories of their own (see ``note``)."""
        return dict(self._notes)

    # Accounts

    def create_user(
        self, name: str, *, fullname: str = "", pro: bool = False, at: str | None = None
    ) -> Account:
        """A new user. A name that another account gave up is free again, and gets a new id."""
        identity = self._new_identity(at)
        return self._register(Account(identity, name, "user", fullname or name, pro=pro))

    def create_organization(
        self,
        name: str,
        *,
        fullname: str = "",
        verified: bool = False,
        plan: str | None = None,
        members: Iterable[str] = (),
        at: str | None = None,
    ) -> Account:
        """A new organization, in the same namespace as users."""
        account = Account(
            self._new_identity(at),
            name,
            "org",
            fullname or name,
            verified=verified,
            plan=plan,
            members=frozenset(members),
        )
        return self._register(account)

    def rename_account(self, old: str, new: str) -> Account:
        """Give an account another name: ids move with redirects, and the old name is free."""
        with self._lock:
            account = self._accounts[old.lower()]
            if old.lower() != new.lower():
                self._refuse_taken_account(new)
            del self._accounts[old.lower()]
            renamed = self._register_unchecked(replace(account, name=new))
            for repo in self._owned_by(old):
                self._move(repo, f"{new}/{repo.id.partition('/')[2]}")
            return renamed

    def delete_account(self, name: str) -> None:
        """Remove an account and the repositories it still owns.

        Redirects from its former repositories to where they were transferred stay; its tokens end.
        """
        with self._lock:
            gone = self._accounts.pop(name.lower())
            for repo in self._owned_by(name):
                del self._repos[repo.kind, repo.id.lower()]
            self._tokens = {key: user for key, user in self._tokens.items() if user != gone.name}

    def add_token(self, token: str, user: str) -> None:
        """Make a token valid for a user. Every other token is a bad one."""
        self._tokens[token] = self._accounts[user.lower()].name

    # Repositories

    def create_repo(
        self,
        kind: RepoType,
        repo_id: str,
        files: Mapping[str, Content] | None = None,
        *,
        at: str | None = None,
        **traits: Unpack[Traits],
    ) -> Repo:
        """A new repository with one commit on ``main``. It wins over a redirect from that name.

        ``files`` are bytes, text, or only a size. The owner must exist.
        """
        with self._lock:
            owner = self._accounts.get(repo_id.partition("/")[0].lower())
            if owner is None or "/" not in repo_id:
                raise ValueError(f"nobody owns the namespace of {repo_id}")
            self._refuse_taken_repo(kind, repo_id)
            identity = self._new_identity(at)
            first = self._snapshot(None, files or INITIAL_FILES, (), "initial commit", owner.name)
            repo = Repo(
                identity,
                kind,
                repo_id,
                {first.oid: first},
                {"refs/heads/main": first.oid},
                **traits,
            )
            self._redirects.pop((kind, repo_id.lower()), None)
            return self._store(repo)

    def call_head(self, kind: RepoType, repo_id: str, oid: str) -> Repo:
        """Give the newest commit of ``main`` the hash that the real Hub's repository has."""
        with self._lock:
            repo = self.repo(kind, repo_id)
            commits = dict(repo.commits)
            head = replace(commits.pop(repo.head), given_oid=oid)
            refs = {ref: oid if at == repo.head else at for ref, at in repo.refs.items()}
            return self._store(replace(repo, commits={**commits, oid: head}, refs=refs))

    def change(self, kind: RepoType, repo_id: str, **traits: Unpack[Traits]) -> Repo:
        """Change what is said of a repository: private, gated, issues, downloads, ..."""
        with self._lock:
            return self._store(replace(self.repo(kind, repo_id), **traits))

    def grant_access(self, kind: RepoType, repo_id: str, user: str) -> Repo:
        """Let a user into a gated repository."""
        return self.change(kind, repo_id, granted=self.repo(kind, repo_id).granted | {user})

    def commit(
        self,
        kind: RepoType,
        repo_id: str,
        files: Mapping[str, Content],
        *,
        delete: Iterable[str] = (),
        branch: str = "main",
        title: str = "Upload files",
        message: str = "",
        author: str = "",
        at: str | None = None,
    ) -> Commit:
        """Add or replace files (and remove ``delete``) on a branch."""
        ref = f"refs/heads/{branch}"
        return self._extend(kind, repo_id, ref, ref, files, delete, title, message, author, at)

    def commit_often(
        self, kind: RepoType, repo_id: str, count: int, *, branch: str = "main"
    ) -> list[Commit]:
        """Commits called Step 0, Step 1, ... on a branch, oldest first; cheap by the hundred."""
        ref = f"refs/heads/{branch}"
        with self._lock:
            repo = self.repo(kind, repo_id)
            tip = repo.commits[repo.refs[ref]]
            made: list[Commit] = []
            for number in range(count):
                self._advance(None)
                files = {"log.txt": str(number)}
                tip = self._snapshot(tip, files, (), f"Step {number}", repo.owner)
                made.append(tip)
            commits = {**repo.commits, **{one.oid: one for one in made}}
            self._store(replace(repo, commits=commits, refs={**repo.refs, ref: tip.oid}))
            return made

    def open_pull_request(
        self,
        kind: RepoType,
        repo_id: str,
        files: Mapping[str, Content],
        *,
        delete: Iterable[str] = (),
        title: str = "Upload files",
        message: str = "",
        author: str = "",
        at: str | None = None,
    ) -> Commit:
        """A commit upon ``main`` that only ``refs/pr/N`` leads to; N counts from 1."""
        start, ref = "refs/heads/main", self._next_pull_request(kind, repo_id)
        return self._extend(kind, repo_id, start, ref, files, delete, title, message, author, at)

    def open_draft(self, kind: RepoType, repo_id: str) -> Repo:
        """A pull request without commits: its ``refs/pr/N`` is the newest commit of ``main``."""
        return self._point(kind, repo_id, self._next_pull_request(kind, repo_id), "main")

    def merge_pull_request(
        self, kind: RepoType, repo_id: str, number: int, *, at: str | None = None
    ) -> Commit:
        """One new commit on ``main``, by the owner, whose message names the original's hash.

        ``refs/pr/N`` stays where it was, and ``main`` never has that commit itself.
        """
        with self._lock:
            repo = self.repo(kind, repo_id)
            original = repo.commits[repo.refs[f"refs/pr/{number}"]]
            before = repo.commits[str(original.parent)].files
            changed = {
                name: file.content
                for name, file in original.files.items()
                if before.get(name) != file
            }
            self._advance(at)
            made = self._snapshot(
                repo.commits[repo.head],
                changed,
                before.keys() - original.files.keys(),
                f"{original.title} (#{number})",
                repo.owner,
                f"\n\n\n- {original.title} ({original.oid})\n\n{_co_authored(original.author)}",
            )
            made = replace(made, co_authors=(original.author,))
            commits = {**repo.commits, made.oid: made}
            refs = {**repo.refs, "refs/heads/main": made.oid}
            self._store(replace(repo, commits=commits, refs=refs))
            return made

    def branch(self, kind: RepoType, repo_id: str, name: str, *, revision: str = "main") -> Repo:
        """A branch at a revision."""
        return self._point(kind, repo_id, f"refs/heads/{name}", revision)

    def tag(self, kind: RepoType, repo_id: str, name: str, *, revision: str = "main") -> Repo:
        """A tag at a revision; an existing one of that name is moved."""
        return self._point(kind, repo_id, f"refs/tags/{name}", revision)

    def convert(self, kind: RepoType, repo_id: str, name: str, *, revision: str = "main") -> Repo:
        """A conversion (``refs/convert/parquet``) at a revision."""
        return self._point(kind, repo_id, f"refs/convert/{name}", revision)

    def delete_ref(self, kind: RepoType, repo_id: str, ref: str) -> Repo:
        """Remove a ref by its full name, and the commits that nothing else leads to."""
        with self._lock:
            repo = self.repo(kind, repo_id)
            refs = {name: oid for name, oid in repo.refs.items() if name != ref}
            return self._store(_swept(replace(repo, refs=refs)))

    def squash_history(self, kind: RepoType, repo_id: str, *, at: str | None = None) -> Commit:
        """Make ``main`` one commit without a parent; what no other ref holds no longer exists."""
        with self._lock:
            repo = self.repo(kind, repo_id)
            self._advance(at)
            head = repo.commits[repo.head]
            squashed = replace(
                head, parent=None, title="Super-squash branch 'main'", message="", date=self._now
            )
            commits = {**repo.commits, squashed.oid: squashed}
            refs = {**repo.refs, "refs/heads/main": squashed.oid}
            self._store(_swept(replace(repo, commits=commits, refs=refs)))
            return squashed

    def rename(self, kind: RepoType, old: str, new: str) -> Repo:
        """Rename or transfer a repository: same ``_id``, and the old id redirects to the new."""
        with self._lock:
            repo = self.repo(kind, old)
            if new.partition("/")[0].lower() not in self._accounts:
                raise ValueError(f"nobody owns the namespace of {new}")
            if old.lower() != new.lower():
                self._refuse_taken_repo(kind, new)
            return self._move(repo, new)

    def transfer(self, kind: RepoType, repo_id: str, owner: str) -> Repo:
        """Hand a repository over to another account, under the same name."""
        return self.rename(kind, repo_id, f"{owner}/{repo_id.partition('/')[2]}")

    def delete_repo(self, kind: RepoType, repo_id: str) -> None:
        """Remove a repository. Redirects to it lead nowhere until its name is used again."""
        with self._lock:
            del self._repos[kind, repo_id.lower()]

    def redirect(self, kind: RepoType, old: str, new: str) -> None:
        """Let an id lead to another one: legacy one-word names, or redirects set by hand."""
        with self._lock:
            self._refuse_taken_repo(kind, old)
            self._redirects[kind, old.lower()] = new

    def note(self, repo_id: str, situation: str) -> None:
        """Say what an id stands for that is no repository, for the listing of the seeded world."""
        self._notes[repo_id] = situation

    # Steps

    def _belongs_to(self, repo: Repo, who: Identity) -> bool:
        if who.user is None:
            return False
        owner = self.account(repo.owner)
        return who.user == repo.owner or (owner is not None and who.user in owner.members)

    def _owned_by(self, name: str) -> list[Repo]:
        return [repo for repo in self.repos() if repo.owner.lower() == name.lower()]

    def _register(self, account: Account) -> Account:
        with self._lock:
            self._refuse_taken_account(account.name)
            return self._register_unchecked(account)

    def _register_unchecked(self, account: Account) -> Account:
        self._accounts[account.name.lower()] = account
        return account

    def _refuse_taken_account(self, name: str) -> None:
        if name.lower() in self._accounts:
            raise ValueError(f"the name {name} is taken")

    def _refuse_taken_repo(self, kind: RepoType, repo_id: str) -> None:
        if (kind, repo_id.lower()) in self._repos:
            raise ValueError(f"the {kind} {repo_id} exists")

    def _store(self, repo: Repo) -> Repo:
        self._repos[repo.kind, repo.id.lower()] = repo
        return repo

    def _move(self, repo: Repo, new: str) -> Repo:
        del self._repos[repo.kind, repo.id.lower()]
        self._redirects[repo.kind, repo.id.lower()] = new
        self._redirects.pop((repo.kind, new.lower()), None)
        return self._store(replace(repo, id=new))

    def _advance(self, at: str | None) -> None:
        self._now = parse_time(at) if at else self._now + TICK

    def _new_identity(self, at: str | None) -> str:
        with self._lock:
            self._advance(at)
            self._counter += 1
            return object_id(self._now, self._counter)

    def _snapshot(
        self,
        parent: Commit | None,
        files: Mapping[str, Content],
        delete: Iterable[str],
        title: str,
        author: str,
        message: str = "",
    ) -> Commit:
        before: dict[str, File] = dict(parent.files) if parent else {}
        after = before | {name: make_file(name, content) for name, content in files.items()}
        kept = {name: after[name] for name in sorted(after.keys() - set(delete))}
        return Commit(parent.oid if parent else None, title, message, author, self._now, kept)

    def _extend(
        self,
        kind: RepoType,
        repo_id: str,
        start: str,
        ref: str,
        files: Mapping[str, Content],
        delete: Iterable[str],
        title: str,
        message: str,
        author: str,
        at: str | None,
    ) -> Commit:
        with self._lock:
            repo = self.repo(kind, repo_id)
            self._advance(at)
            parent = repo.commits[repo.refs[start]]
            made = self._snapshot(parent, files, delete, title, author or repo.owner, message)
            commits = {**repo.commits, made.oid: made}
            self._store(replace(repo, commits=commits, refs={**repo.refs, ref: made.oid}))
            return made

    def _next_pull_request(self, kind: RepoType, repo_id: str) -> str:
        refs = self.repo(kind, repo_id).refs
        return f"refs/pr/{1 + sum(ref.startswith('refs/pr/') for ref in refs)}"

    def _point(self, kind: RepoType, repo_id: str, ref: str, revision: str) -> Repo:
        with self._lock:
            repo = self.repo(kind, repo_id)
            oid = repo.resolve(revision)
            if oid is None:
                raise KeyError(revision)
            return self._store(replace(repo, refs={**repo.refs, ref: oid}))


def _co_authored(login: str) -> str:
    return f"\n\nCo-authored-by: {login} <{login}@users.noreply.huggingface.co>\n"


def _swept(repo: Repo) -> Repo:
    """The repository without the commits that no ref leads to."""
    kept = {commit.oid: commit for oid in repo.refs.values() for commit in repo.history(oid)}
    return replace(repo, commits=kept)
