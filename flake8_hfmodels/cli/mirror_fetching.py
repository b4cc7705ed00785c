"""What a repo has at a commit, and its files: asked for, downloaded, checked, put in place."""

from __future__ import annotations

import time
from argparse import Namespace
from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timezone
from typing import TYPE_CHECKING, TypeVar

from flake8_hfmodels.cli.exits import FINDINGS, INTERRUPTED, NOT_ASKED, USAGE
from flake8_hfmodels.cli.mirror_report import size_in_words
from flake8_hfmodels.cli.progress import ProgressLine
from flake8_hfmodels.cli.writing import write_whole
from flake8_hfmodels.companions import repo_of
from flake8_hfmodels.facts import Blob, Facts, History, Lacking, Missing, Repo, Unavailable
from flake8_hfmodels.lock.audit import few
from flake8_hfmodels.lock.entry import LockedOwner
from flake8_hfmodels.mirroring import placing
from flake8_hfmodels.mirroring.checking import Checked, check
from flake8_hfmodels.mirroring.choosing import Expected, chosen, disagreeing, expected
from flake8_hfmodels.mirroring.manifest import Kept, Manifest, written
from flake8_hfmodels.mirroring.names import refusal
from flake8_hfmodels.mirroring.wanted import Wanted
from flake8_hfmodels.record import dataclass, replace
from flake8_hfmodels.repo_id import is_commit_hash
from flake8_hfmodels.settings import Settings

if TYPE_CHECKING:
    from flake8_hfmodels.hub.downloading import Place
    from flake8_hfmodels.hub.lookup import Hub

T = TypeVar("T")

HASHING = "hashing files: {done} of {total} bytes"
_DOWNLOADING = "downloading: {done} of {total} bytes"
_NO_LOADED = "--only-loaded: the lock has no files of this commit; `hfmodels lock` writes them"


class StoppedError(Exception):
    """Why there is nothing to report, in words for people, and what to exit with."""

    def __init__(self, line: str, code: int = USAGE) -> None:
        super().__init__(line)
        self.code = code


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be downloaded: of a repo as the Hub describes it, these files."""

    wish: Wanted
    repo: Repo
    files: Sequence[Expected]
    left_out: tuple[str, ...]

    @property
    def size(self) -> int:
        """The bytes of all files, as far as they are known."""
        return sum(one.blob.size or 0 for one in self.files)


class Fetching:
    """Asks the Hub of some settings, and downloads from there. All raise `StoppedError`."""

    def __init__(self, options: Namespace, settings: Settings) -> None:
        from flake8_hfmodels.hub.opening import open_hub

        self.options = options
        self.settings = settings
        self.hub: Hub = open_hub(settings, with_blobs=True, since=time.time())
        if self.hub.client.identity.offline:
            raise StoppedError(f"{options.id}: offline: nothing can be downloaded")

    def warnings(self) -> Sequence[str]:
        """What went wrong with the token or the cache, a line each."""
        return list(self.hub.client.warnings)

    def plan(self, wish: Wanted) -> Plan:
        """What is to be done for a wish, if nothing speaks against it."""
        repo = self._repo(wish)
        wish = replace(wish, commit=str(repo.sha))
        blobs = {one.path: one for one in self._blobs(wish, repo)}
        locked = {one.path: one for one in wish.entry.files} if wish.entry is not None else {}
        if wish.entry is not None and wish.entry.object_id != repo.object_id:
            raise StoppedError(
                f"{wish.name}: another repo has the name now (_id {repo.object_id}, locked: "
                f"{wish.entry.object_id})",
                FINDINGS,
            )
        others = disagreeing(blobs, locked) if repo.blobs else []
        if others:
            raise StoppedError(
                f"{wish.name}: the Hub has other files than were locked, which no honest server "
                f"can have: {few(others)}",
                FINDINGS,
            )
        wanted = choice(self.options, blobs, wish)
        why = refusal(wanted)
        if why:
            raise StoppedError(f"{wish.name}: a file has a name that is refused: {why}", FINDINGS)
        files, unknown = expected(wanted, blobs, locked)
        if unknown:
            raise StoppedError(
                f"{wish.name}: nobody tells the hashes of {few(unknown)}; lock them at the Hub, "
                "or take --only-loaded"
            )
        return Plan(wish, repo, files, tuple(sorted(blobs.keys() - set(wanted))))

    def manifest(self, plan: Plan) -> Manifest:
        """What is to lie beside the folder; the hashes are those that are asked for."""
        wish, repo = plan.wish, plan.repo
        return Manifest(
            repo_type=wish.repo_type,
            repo_id=wish.repo_id,
            id=repo.id,
            commit=wish.commit,
            object_id=repo.object_id,
            owner=self._owner(plan),
            licence=repo.licence,
            endpoint=self.hub.client.identity.endpoint,
            when=datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
            files=tuple(Kept(one.blob, one.by_lock) for one in plan.files),
            left_out=plan.left_out,
        )

    def fetch(self, plan: Plan, manifest: Manifest) -> tuple[Manifest, Checked]:
        """Download and check; the folder is there only if nothing differs."""
        folder = self.options.destination
        try:
            self._make_sure_of_room(folder, plan.size)
            with placing.workplace(folder) as place:
                self._download(plan, place.files)
                with ProgressLine(HASHING) as progress:
                    checked = check(place.files, [one.blob for one in plan.files], progress)
                if checked.differences:
                    return manifest, checked
                manifest = _with_digests(manifest, checked)
                with place.put(folder):
                    lost = write_whole(placing.beside(folder), written(manifest))
                    if lost is not None:
                        raise StoppedError(f"{placing.beside(folder)}: {lost}")
        except OSError as error:
            why = (error.strerror or str(error)).lower()
            raise StoppedError(f"{folder}: cannot be written ({why})") from error
        except KeyboardInterrupt:
            line = f"interrupted: nothing was written to {folder}"
            raise StoppedError(line, INTERRUPTED) from None
        return manifest, checked

    # What the Hub says

    def _repo(self, wish: Wanted) -> Repo:
        with ProgressLine() as progress:
            facts = self.hub([wish.target], None, progress)[wish.target]
        repo = repo_of(facts)
        if repo is None:
            raise self._unanswered(wish, facts)
        if not (repo.sha and is_commit_hash(repo.sha)):
            raise StoppedError(f"{wish.name}: the Hub names no commit of it")
        if repo.disabled:
            raise StoppedError(f"{wish.name}: it is disabled: the Hub does not serve its files")
        if repo.history is History.FOREIGN:
            who = f"only {repo.pull_request}" if repo.pull_request else "no branch or tag"
            raise StoppedError(
                f"{wish.name}: {who} has this commit, and anybody may open a pull request (HFM007)",
                FINDINGS,
            )
        return repo

    def _unanswered(self, wish: Wanted, facts: Facts) -> StoppedError:
        if isinstance(facts, Missing):
            if facts.what is Lacking.REVISION:
                return StoppedError(f"{wish.name}: the Hub has no such revision")
            remedy = "" if facts.with_token else "; if it is private, log in with `hf auth login`"
            return StoppedError(f"{wish.name}: the Hub shows no such repo{remedy}")
        why = facts.why if isinstance(facts, Unavailable) else "the Hub describes no repo"
        code = NOT_ASKED if self.settings.strict else USAGE
        return StoppedError(f"{wish.name}: {why}; nothing is mirrored", code)

    def _blobs(self, wish: Wanted, repo: Repo) -> Sequence[Blob]:
        """The files of a repo with their hashes, of which a kernel's description has none."""
        if wish.repo_type == "kernel":
            from flake8_hfmodels.hub.downloading import listing

            place = self._place(wish, repo)
            return self._heard(wish, lambda: listing(place))
        return repo.blobs or tuple(Blob(path, None, "") for path in repo.files)

    def _owner(self, plan: Plan) -> LockedOwner | None:
        """The account of the name, as far as it is known."""
        from flake8_hfmodels.hub.answers import Account

        name = plan.repo.id.rpartition("/")[0]
        found = self.hub.accounts({name: None})[name] if name else None
        if isinstance(found, Account):
            return LockedOwner(found.name, found.kind, found.object_id)
        return plan.wish.entry.owner if plan.wish.entry is not None else None

    # The download

    def _make_sure_of_room(self, folder: str, size: int) -> None:
        free = placing.free_bytes(folder)
        if size > free:
            raise StoppedError(
                f"{folder}: there is no room: it takes {size_in_words(size)}, and "
                f"{size_in_words(free)} are free"
            )

    def _download(self, plan: Plan, folder: str) -> None:
        from flake8_hfmodels.hub.downloading import download

        place = self._place(plan.wish, plan.repo)
        names = [one.blob.path for one in plan.files]
        limit = None if any(one.blob.size is None for one in plan.files) else plan.size
        with ProgressLine(_DOWNLOADING) as progress:
            self._heard(
                plan.wish, lambda: download(place, names, folder, plan.size, progress, limit)
            )

    def _place(self, wish: Wanted, repo: Repo) -> Place:
        from flake8_hfmodels.hub.downloading import place_at

        place = place_at(self.hub.client, wish.repo_type, repo.id, str(repo.sha))
        return replace(place, patience=self.hub.deadline)

    def _heard(self, wish: Wanted, ask: Callable[[], T]) -> T:
        from flake8_hfmodels.hub.downloading import DownloadError

        try:
            return ask()
        except DownloadError as error:
            code = NOT_ASKED if self.settings.strict else USAGE
            raise StoppedError(f"{wish.name}: {error}; nothing is mirrored", code) from error


def choice(options: Namespace, paths: Collection[str], wish: Wanted) -> list[str]:
    """The files that are wanted of all there are. Raises `StoppedError` where none is."""
    only: frozenset[str] | None = None
    if options.only_loaded:
        only = frozenset(one.path for one in wish.entry.files) if wish.entry else frozenset()
        if not only:
            raise StoppedError(_NO_LOADED)
    found = chosen(paths, options.allowed, options.ignored, only)
    if not found:
        raise StoppedError(f"{wish.name}: there is no file that is wanted; see --allow, --ignore")
    return found


def _with_digests(manifest: Manifest, checked: Checked) -> Manifest:
    """The manifest with the hash of the content of every file, and its size."""
    files = [
        replace(one, blob=replace(one.blob, size=digest.size, sha256=digest.sha256))
        for one in manifest.files
        for digest in (checked.digests[one.blob.path],)
    ]
    return replace(manifest, files=tuple(files))
