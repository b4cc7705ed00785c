"""What the screen of a repo says, in lines of words: a label, and what belongs to it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flake8_hfmodels.companions import repo_of
from flake8_hfmodels.facts import Code, Facts, Found, History, Owner, Publisher, Repo, Unavailable
from flake8_hfmodels.inspecting.dossier import Dossier, code_files, state_of, told, unknown
from flake8_hfmodels.inspecting.families import Format, Pickle, Read
from flake8_hfmodels.rules.wording import few

MOST = 6
"""Pickles, formats, dangers and base models that a screen shows; JSON has all of them."""

LONGEST = 160
"""Characters of somebody else's name that are shown."""

NO_SIGNATURES = "commit signatures: the Hub does not offer them by API; not checked"
IMPORTED = "2022-03-02"
"""The day of the oldest `_id`s: what is older was given a new one then."""

NOT_KNOWN = "not known"


def said(dossier: Dossier) -> Iterator[tuple[str, Sequence[str]]]:
    """What there is to say, by labels."""
    repo = repo_of(dossier.facts)
    yield "repo", [*_standing(dossier, repo)]
    owner = _owner(dossier)
    if owner:
        yield "owner", [owner]
    yield "head", [_stands_at(dossier.head)]
    if dossier.asked.revision is not None:
        yield "asked", [_asked(dossier)]
    if repo is not None:
        yield from _contents(dossier, repo)


def _contents(dossier: Dossier, repo: Repo) -> Iterator[tuple[str, Sequence[str]]]:
    yield "files", [_files(dossier.formats)]
    is_model = dossier.asked.repo_type == "model"
    if is_model or dossier.reads:
        none = ["nothing that the loaders known here would take for weights"]
        yield "loaders", [*map(_read, dossier.reads)] or none
    if repo.files:
        yield "pickles", [*_pickles(dossier.pickles)]
    others = [
        one for one in repo.flagged if one.path not in {each.path for each in dossier.pickles}
    ]
    if others:
        shown = [f"{short(one.path)} {one.level}" for one in others]
        yield "flagged", [f"by the Hub's scanners: {few(shown)}"]
    yield "code", [*_code(dossier, repo)]
    yield "access", [_access(repo)]
    yield "licence", [short(repo.licence) or "none named"]
    if dossier.bases:
        yield "made of", [*_bases(dossier)]
    yield "use", [_use(repo)]
    yield "proof", [*_proof(repo)]


def _standing(dossier: Dossier, repo: Repo | None) -> Iterator[str]:
    """How it is with the repo, where that is not merely well, and which one it is."""
    if not isinstance(dossier.facts, Found):
        yield told(dossier.facts, dossier.asked.repo_id)
    if dossier.is_stale:
        yield "the Hub did not answer: all of this is by old answers, which the cache kept"
    if repo is not None:
        yield _identity(repo)


def _identity(repo: Repo) -> str:
    made = repo.created_at[:10]
    if made == IMPORTED:
        made += " or before"
    return f"_id {short(repo.object_id)}, made {made or NOT_KNOWN}"


def _owner(dossier: Dossier) -> str:
    match dossier.owner:
        case Publisher() as found:
            full = f" ({short(found.fullname)})" if found.fullname not in ("", found.name) else ""
            return f"{found.name}{full}, {_kind(found)}; _id {short(found.object_id)}"
        case Unavailable(why=why):
            return unknown(why)
        case Owner.GONE:
            return "nobody: anybody can register the name"
        case _:
            return ""


def _kind(publisher: Publisher) -> str:
    if publisher.kind == "user":
        return "a user (the Hub verifies organizations only)"
    match publisher.is_verified:
        case True:
            return "an organization that the Hub has verified"
        case False:
            return "an organization that the Hub has not verified"
        case _:
            return "an organization; whether it is verified, the Hub does not say"


def _stands_at(facts: Facts) -> str:
    repo = repo_of(facts)
    if repo is None:
        return unknown(facts.why) if isinstance(facts, Unavailable) else "none"
    return repo.sha or unknown("the Hub does not say it")


def _asked(dossier: Dossier) -> str:
    repo, head = repo_of(dossier.facts), repo_of(dossier.head)
    name = short(dossier.asked.revision or "")
    if repo is None or repo.sha is None:
        return f"{name}: {state_of(dossier.facts)}"
    is_head = head is not None and head.sha == repo.sha
    where = "the head" if is_head else "not the head" if head is not None else "head not known"
    at = "" if name == repo.sha else f" is {repo.sha}"
    return f"{name}{at}, {where}{_history(repo)}"


def _history(repo: Repo) -> str:
    match repo.history:
        case History.OWN:
            return ", in a branch or tag"
        case History.FOREIGN:
            where = f", only in {repo.pull_request}" if repo.pull_request else ""
            return f", in no branch or tag{where}"
        case _:
            return ""


def _files(formats: Sequence[Format]) -> str:
    shown = [f"{one.number} {one.name}{_in_bytes(one.size)}" for one in formats[:MOST]]
    left = sum(one.number for one in formats[MOST:])
    more = [f"{left} more"] if left else []
    return ", ".join([*shown, *more]) or "the Hub lists none"


def _in_bytes(size: int | None) -> str:
    """A size as the Hub's pages write it: powers of ten."""
    if size is None:
        return ""
    amount, unit = float(size), "bytes"
    for bigger in ("kB", "MB", "GB", "TB"):
        if amount < 1000:
            break
        amount, unit = amount / 1000, bigger
    digits = 0 if unit == "bytes" or amount >= 10 else 1
    return f" ({amount:.{digits}f} {unit})"


def _read(read: Read) -> str:
    files = [short(one) for one in read.files if one not in set(read.pickles)]
    parts = [few(files)] if files else []
    if read.pickles:
        happens = f", {read.happens}" if read.happens else ""
        parts.append(f"unpickles {few([short(one) for one in read.pickles])}{happens}")
    return f"{read.family}: {'; '.join(parts)}"


def _pickles(pickles: Sequence[Pickle]) -> Iterator[str]:
    if not pickles:
        yield "none"
    for one in pickles[:MOST]:
        said = f"flagged as {short(one.level)}" if one.level else one.scanners
        readers = f"; read by {few(one.read_by)}" if one.read_by else ""
        yield f"{short(one.path)}{_in_bytes(one.size)}; the Hub's scanners: {said}{readers}"
    if len(pickles) > MOST:
        yield f"{len(pickles) - MOST} more"


def _code(dossier: Dossier, repo: Repo) -> Iterator[str]:
    files = [
        short(path if owner == repo.id else f"{owner}: {path}") for owner, path in code_files(repo)
    ]
    if files:
        yield f"with trust_remote_code: {few(files)} (auto_map)"
    elif repo.has_custom_code:
        yield "with trust_remote_code: the repo is marked as having code, auto_map names no file"
    elif dossier.asked.repo_type == "kernel":
        yield "a kernel is code: whatever loads it runs it"
    else:
        yield "none that a loader would run"
    for holder in dossier.holders:
        whose = "" if holder.repo_id == dossier.asked.repo_id else f"{holder.repo_id}: "
        if whose and repo_of(holder.facts) is None:
            yield f"{whose}{told(holder.facts, holder.repo_id)}"
        match holder.code:
            case Code() as code:
                yield from (whose + one for one in _looked_at(code))
            case Unavailable(why=why):
                yield f"{whose}what it does is {unknown(why)}"
            case _:
                pass


def _looked_at(code: Code) -> Iterator[str]:
    if code.files:
        yield f"read at {code.commit[:12]}: {few([short(one) for one in code.files])}"
    for one in code.dangers[:MOST]:
        yield f"{short(one.path)}:{one.line}: {short(one.what)}"
    if len(code.dangers) > MOST:
        yield f"{len(code.dangers) - MOST} more places"
    for path, why in code.unread[:MOST]:
        yield f"{short(path)} was not read: {short(why)}"


def _access(repo: Repo) -> str:
    words = [
        "gated: files only for who has accepted its terms" if repo.gated else "",
        "private" if repo.private else "",
        "disabled by the Hub: nothing can be downloaded" if repo.disabled else "",
    ]
    return "; ".join(filter(None, words)) or "open to everybody"


def _bases(dossier: Dossier) -> Iterator[str]:
    for one in dossier.bases[:MOST]:
        loaded = ", loaded with it" if one.is_loaded else ""
        yield f"{short(one.repo_id)}{loaded}: {told(one.facts, one.repo_id)}"
    left = len(dossier.bases) - MOST
    left = max(left, 0) + dossier.bases_left_out
    if left:
        yield f"{left} more"


def _use(repo: Repo) -> str:
    parts = [
        "" if repo.downloads is None else f"{repo.downloads:,} downloads in 30 days",
        "" if repo.likes is None else f"{repo.likes:,} like{'' if repo.likes == 1 else 's'}",
        f"last changed {short(repo.modified)[:10]}" if repo.modified else "",
    ]
    return ", ".join(filter(None, parts)) or NOT_KNOWN


def _proof(repo: Repo) -> Iterator[str]:
    """What can be held against what the Hub says, and what it does not say."""
    yield "identity: _id of repo and owner; `lock` keeps them, `audit` compares"
    hashed, large = len(repo.blobs), sum(1 for one in repo.blobs if one.sha256)
    if hashed:
        numbers = f"{hashed} of {len(repo.files)}, {large} in SHA-256"
        yield f"file hashes: {numbers}; `audit --local` compares copies"
    else:
        yield "file hashes: the Hub says none"
    yield NO_SIGNATURES


def short(text: str) -> str:
    """Somebody else's name, or the beginning of it."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}..."
