"""What an incident report says in each of its eight chapters, with commands for this very case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from flake8_hfmodels.record import dataclass
from flake8_hfmodels.report.footer import count
from flake8_hfmodels.responding import wording
from flake8_hfmodels.responding.commands import (
    again,
    cached_name,
    command,
    folders_of,
    page,
    shell_word,
)
from flake8_hfmodels.responding.incident import Incident
from flake8_hfmodels.responding.suspect import Trace

MOST = 200
"""Facts of a kind that are listed; JSON has all."""

Facts = tuple[str, Sequence[str]]
"""A heading, and what was found, with names in it that anybody may have chosen."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do, in words of our own, and the commands for it."""

    words: str
    commands: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of the report."""

    title: str
    facts: Sequence[Facts]
    steps: Sequence[Step]


def chapters(incident: Incident) -> Iterator[Chapter]:
    """All of the report."""
    yield _isolate(incident)
    yield _identify(incident)
    yield _contain(incident)
    yield _investigate(incident)
    yield _assess(incident)
    yield _remediate(incident)
    yield _report(incident)
    yield _harden(incident)


def _isolate(incident: Incident) -> Chapter:
    loading = [_line(incident, one) for one in incident.loading]
    steps = [
        Step(
            "Stop the jobs, services and notebooks that run these files; do not start them again."
            if loading
            else "Stop whatever else is known to load it; no file that was read does."
        ),
        Step(
            "Take the machines that loaded it off the network, and leave them switched on: what "
            "ran is in their memory."
        ),
        Step(
            "Where something must go on, keep it from downloading (it still loads what is cached).",
            ("export HF_HUB_OFFLINE=1",),
        ),
        Step(
            "Keep what is known now, before anything is changed.",
            (
                "mkdir -m 700 evidence",
                again(incident, "--format", "json", "--output", "evidence/respond.json"),
            ),
        ),
    ]
    return Chapter("Isolate", [("Loaded by", _some(loading))], steps)


def _identify(incident: Incident) -> Chapter:
    hub = ["; ".join(wording.of_facts(target, facts)) for target, facts in incident.hub] or [
        "not asked, as never-ask says" if incident.is_private else "not asked"
    ]
    asked = incident.suspect
    what = [
        f"id {asked.asked.repo_id}",
        f"revision {asked.asked.revision or 'any'}",
        *(f"commit {one}" for one in sorted(asked.commits)),
        *(f"also called {one}" for one in sorted(asked.names - {asked.asked.repo_id.casefold()})),
    ]
    locks = [
        *(wording.of_entry(entry, one, asked) for one in incident.locks for entry in one.entries),
        *(wording.of_change(told) for one in incident.locks for told in one.changed),
        *(wording.of_needing(entry, one) for one in incident.locks for entry in one.needing),
    ]
    hashes = [
        f"{kept.sha256 or 'not read'}  {kept.path}"
        + (" (pickle)" if kept.is_pickle else " (code)" if kept.is_code else "")
        + (f", {kept.verdict}" if kept.verdict else "")
        for here in incident.copies
        for kept in here.files
    ]
    facts: list[Facts] = [
        ("What it is", what),
        ("What the Hub says", hub),
        ("What the locks say", _some(locks)),
        ("SHA-256 of the files here", _some(list(dict.fromkeys(hashes)))),
    ]
    look = command("hfmodels", "inspect", incident.name)
    return Chapter("Identify", facts, [Step("See what it is, and what would run.", (look,))])


def _contain(incident: Incident) -> Chapter:
    copies = ["; ".join(wording.of_copy(one, incident.suspect)) for one in incident.copies]
    moves = [
        command("mv", "--", folder, f"evidence/copy-{number}")
        for number, folder in enumerate(folders_of(incident), 1)
    ]
    pages = [page(one, incident.suspect.asked.repo_id) for one in incident.types]
    steps = [_denial(incident)]
    if moves:
        words = "Take the copies out of the way of programs, and keep them as evidence."
        steps.append(Step(words, ("mkdir -p -m 700 evidence", *moves)))
    steps += [
        Step("Block its addresses in the proxy or the mirror.", (*(f"# {one}" for one in pages),)),
        Step("Hold the releases and merges of what loads it."),
    ]
    return Chapter("Contain", [("Copies on this machine", copies)], steps)


def _denial(incident: Incident) -> Step:
    ruled = incident.ruled
    if ruled is not None and not ruled.why:
        return Step("The policy denies it; commit that file.", (command("git", "add", ruled.path),))
    words = "Have every later check fail that finds it."
    deny = again(incident, "--deny", "why")
    by_hand = () if ruled is None else (f"# [tool.hfmodels.policy] of {ruled.path}:",)
    return Step(words, (*by_hand, *(f"# {one}" for one in ruled.lines)) if ruled else (deny,))


def _investigate(incident: Incident) -> Chapter:
    past = incident.past
    stories = [f"{one.path}: {'; '.join(wording.of_story(one))}" for one in past.stories]
    read = [
        *(wording.of_history(one) for one in past.histories),
        *(trouble for one in past.histories for trouble in one.troubles),
        *(f"{one}: no git repository" for one in past.outside),
        *(() if past.wanted else ("the history was not searched (--no-history)",)),
    ]
    repo_id = incident.suspect.asked.repo_id
    search = ("git", "log", "--all", "--date=short", "--format=%h %ad %an %s", "-i")
    folders = [cached_name(one, repo_id) for one in incident.types]
    finds = [f"find / -xdev -type d -name {shell_word(one)} 2>/dev/null" for one in folders]
    steps = [
        Step(
            "Look at the commits that brought it, and who reviewed them.",
            (command(*search, "-S", repo_id), command("git", "grep", "-n", "-i", "-F", repo_id)),
        ),
        Step(
            "Look on every other machine that could have it: workstations, CI, servers, images.",
            (command("hfmodels", "respond", incident.name, "--no-history"), *finds),
        ),
        Step(
            "Look in the logs of programs, proxies and jobs for downloads of it.",
            (command("grep", "-rniF", "-e", repo_id, "/var/log"),),
        ),
    ]
    pickles = [kept.where for one in incident.copies for kept in one.files if kept.is_pickle]
    if pickles:
        words = "List what its pickles call, which loads nothing. A file that is a ZIP holds them."
        shown = [command("python", "-m", "pickletools", "--", one) for one in pickles[:5]]
        steps.append(Step(words, tuple(shown)))
    facts: list[Facts] = [
        ("In the history", _some(stories)),
        ("In text only, without a reference that is known", _some(incident.texts)),
        ("How much was read", [wording.of_skipped(incident), *read]),
    ]
    return Chapter("Investigate", facts, steps)


def _assess(incident: Incident) -> Chapter:
    runs = [_line(incident, one) for one in incident.loading if one.runs_code]
    risky = [
        f"{one.where}: {count(len(one.pickles), 'pickle')}, {count(len(one.code), 'code file')}"
        for one in incident.copies
        if one.pickles or one.code
    ]
    window = f"{incident.first[:10] or 'not known'} to {incident.day}"
    facts: list[Facts] = [
        ("Exposed from the first commit that is known to today", [window]),
        ("Calls that let its code run", _some(runs)),
        ("Copies that can run something", _some(risky)),
        ("Branches and tags that name it", _some(_refs(incident))),
    ]
    steps = [
        Step(
            "Decide whether code of it ran: a pickle or code that was loaded counts as run."
            if runs or risky
            else "Decide whether code of it ran: no pickle and no code of it was found here."
        ),
        Step("List what those processes could read: tokens, keys, data, other services."),
        Step("List what was made with it: fine-tuned models, embeddings, answers, reports."),
    ]
    return Chapter("Assess", facts, steps)


def _remediate(incident: Incident) -> Chapter:
    asked = incident.suspect.asked
    files = list(dict.fromkeys(one.path for one in incident.loading))
    todo = [_line(incident, one) for one in incident.code.traces]
    good = _good(incident)
    again: tuple[str, ...] = (command("hfmodels", "pin", "--", *files),) if files else ()
    mirror = [
        command("hfmodels", "mirror", f"{asked.repo_id}@{one}", f"models/{asked.repo_id}")
        for one in good
    ]
    removals = [
        *(command("rm", "-r", "--", one) for one in folders_of(incident)),
        *(
            command("hf", "cache", "rm", f"{one.repo_type}/{one.repo_id}")
            for one in incident.copies
            if one.of == "cache"
        ),
    ]
    steps = [
        Step("Replace or remove each reference, then pin and lock.", (*again, "hfmodels lock")),
        *(
            Step("A commit that is not the bad one, once it was looked at.", (one,))
            for one in mirror
        ),
        Step("Revoke the tokens that were in reach, at https://huggingface.co/settings/tokens."),
        Step("Log in anew with a token that can read, and no more.", ("hf auth login",)),
        Step("Build images and environments anew, and empty the caches of CI."),
        Step("Hold what is left here against the lock.", ("hfmodels audit --local",)),
    ]
    if removals:
        words = "When the evidence is safe: remove the copies (either way; `hf` from 1.0 on)."
        steps.insert(1, Step(words, tuple(dict.fromkeys(removals))))
    return Chapter("Remediate", [("References to replace", _some(todo))], steps)


def _good(incident: Incident) -> list[str]:
    """Commits that are known and are not the bad one, where only one revision is bad."""
    known = [*(one.commit for one in incident.entries), *(one.sha for one in incident.repos)]
    bearing = incident.suspect.bearing
    return list(dict.fromkeys(one for one in known if one and bearing(one) == "other"))


def _report(incident: Incident) -> Chapter:
    pages = [page(one, incident.suspect.asked.repo_id) for one in incident.types]
    users = [user for one in incident.entries for user in one.used_by]
    authors = [change.commit.author for one in incident.past.stories for change in one.changes[:1]]
    facts: list[Facts] = [
        ("Its pages on the Hub", pages),
        ("Files that the locks name", _some(list(dict.fromkeys(users)))),
        ("Who brought it in, to be asked", _some(list(dict.fromkeys(authors)))),
    ]
    steps = [
        Step("Report the repo on its page (the menu has it), and to `security@huggingface.co`."),
        Step("Tell the security team and the owners of those files."),
        Step("Tell who uses the branches and releases that chapter 5 lists."),
        Step(
            "Ask whether personal data was in reach: article 33 of the GDPR leaves 72 hours to "
            "notify the authority."
        ),
    ]
    return Chapter("Report", facts, steps)


def _harden(incident: Incident) -> Chapter:
    steps = [
        Step("In CI: fail on what the policy denies.", ("hfmodels check --strict",)),
        Step("In CI: fail on what is not locked.", ("hfmodels lock --check",)),
        Step("Before a model is used: ask the policy.", ("hfmodels gate ID@REVISION",)),
        Step(
            "Every night: what changed on the Hub.",
            ("hfmodels audit", "hfmodels watch"),
        ),
        Step(
            "Load safetensors alone (`use_safetensors=True`), and no code of others "
            "(`trust_remote_code=False`)."
        ),
    ]
    unpinned = [_line(incident, one) for one in incident.code.traces if one.pin != "commit"]
    return Chapter("Harden", [("References that no commit hash pins", _some(unpinned))], steps)


def _line(incident: Incident, trace: Trace) -> str:
    place = f"{trace.path}:{trace.line}:{trace.column}"
    return f"{place}: {trace.callee}: {wording.of_trace(trace, incident.suspect)}"


def _refs(incident: Incident) -> list[str]:
    stories = incident.past.stories
    return list(dict.fromkeys(ref for one in stories for ref in one.refs))


def _some(lines: Iterable[str]) -> Sequence[str]:
    every = [*lines]
    rest = len(every) - MOST
    return [*every[:MOST], f"and {rest} more; --format json has all"] if rest > 0 else every
