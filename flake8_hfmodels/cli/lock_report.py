"""What `hfmodels lock` tells: for people, and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from flake8_hfmodels.finding import Finding
from flake8_hfmodels.lock.entry import Entry
from flake8_hfmodels.lock.lock import Lock
from flake8_hfmodels.lock.needs import Need
from flake8_hfmodels.lock.planning import Plan, Unlocked, unowned
from flake8_hfmodels.record import dataclass, field
from flake8_hfmodels.reference import Target
from flake8_hfmodels.report.footer import count
from flake8_hfmodels.report.paint import printable
from flake8_hfmodels.rules.wording import few

_RUN = "run `hfmodels lock`"


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one lock, or is to be said of it.

    `lost` is why it could not be written. Of a check: `is_missing`, where the code needs a lock and
    there is none; `findings` are references that are not in it, `idle` are entries that nothing
    uses, `unhashed` those that lack the hashes of files that are loaded.
    """

    path: str
    lock: Lock | None = None
    plan: Plan | None = None
    needs: Mapping[Target, Need] = field(default_factory=dict)
    lost: str = ""
    is_missing: bool = False
    findings: Sequence[Finding] = ()
    idle: Sequence[Entry] = ()
    unhashed: Sequence[Entry] = ()

    @property
    def unlocked(self) -> Sequence[Unlocked]:
        """What the code needs and the lock lacks."""
        return self.plan.unlocked if self.plan is not None else ()

    @property
    def unowned(self) -> Sequence[Entry]:
        """The entries without an owner."""
        return [*unowned(self.plan)] if self.plan is not None else []

    @property
    def is_unanswered(self) -> bool:
        """Whether something was asked in vain."""
        return any(one.is_unanswered for one in self.unlocked)

    @property
    def disagrees(self) -> bool:
        """Whether code and lock do not say the same."""
        lost = self.plan is not None and self.plan.lost
        told = (self.unlocked, self.findings, self.idle, self.unhashed, lost)
        return self.is_missing or any(told)


def in_text(results: Sequence[Result]) -> str:
    """Lines for people, the numbers last."""
    if not results:
        return "nothing to lock: no file names a repo\n"
    lines = (line for one in results for line in (*_lines(one), _summary(one)))
    return "".join(f"{printable(line)}\n" for line in lines)


def in_json(results: Sequence[Result]) -> str:
    """The same for programs. ASCII throughout, as other reports."""
    return json.dumps({"version": 1, "locks": [*map(_object, results)]}, indent=2) + "\n"


def _lines(one: Result) -> Iterator[str]:
    if one.plan is not None:
        yield from _of_plan(one.plan)
    for each in one.unlocked:
        yield from _of_unlocked(each, one.needs)
    if one.plan is not None and one.plan.lost:
        names = few([_name(each) for each in one.plan.lost])
        yield f"{one.path}: left as it is, as the two sides of a merge differ: {names}"
    for finding in one.findings:
        where = f"{finding.path}:{finding.span.line}:{finding.span.column}"
        yield f"{where}: {finding.code} {finding.message}"
    for entry in one.idle:
        yield f"{one.path}: nothing uses {_name(entry.target)}; {_RUN}"
    for entry in one.unhashed:
        yield f"{one.path}: lacks hashes of files that are loaded of {_name(entry.target)}; {_RUN}"


def _of_plan(plan: Plan) -> Iterator[str]:
    for entry in plan.added:
        yield f"+ {_name(entry.target)}: {_stand(entry)}"
    for before, entry in plan.moved:
        yield f"~ {_name(entry.target)}: {_stand(before)} -> {_stand(entry)}"
    for entry in plan.completed:
        yield f"~ {_name(entry.target)}: {_stand(entry)}, with what was not known of it"
    for entry in plan.dropped:
        yield f"- {_name(entry.target)}: nothing uses it any more"


def _of_unlocked(one: Unlocked, needs: Mapping[Target, Need]) -> Iterator[str]:
    """A line for each place that needs it."""
    code = f"{one.code} " if one.code else ""
    remedy = f"; look at it, then `hfmodels lock --accept {one.target.repo_id}`"
    advice = remedy if one.is_doubted else ""
    for path, line in dict.fromkeys(needs[one.target].places):
        yield f"{path}:{line}: {code}not locked: {_name(one.target)}: {one.why}{advice}"


def _summary(one: Result) -> str:
    if one.is_missing:
        return f"{one.path}: is not there; {_RUN}"
    number = count(len(one.lock.entries) if one.lock is not None else 0, "entry").replace(
        "entrys", "entries"
    )
    plan = one.plan
    if plan is None:
        wrong = len(one.findings) + len(one.idle) + len(one.unhashed)
        agree = f"{wrong} not as the code has it" if wrong else "as the code has it"
        return f"{one.path}: {number}, {agree}"
    parts = {
        "added": len(plan.added),
        "moved": len(plan.moved),
        "completed": len(plan.completed),
        "dropped": len(plan.dropped),
        "not locked": len({each.target for each in plan.unlocked}),
    }
    told = [f"{value} {name}" for name, value in parts.items() if value]
    lost = "not written: " if one.lost else ""
    return f"{one.path}: {lost}{', '.join([number, *(told or ['nothing new'])])}"


def _stand(entry: Entry) -> str:
    ref = f" ({entry.ref})" if entry.ref else ""
    return f"{entry.commit[:12]}{ref} of {entry.owner.name if entry.owner else '?'}"


def _name(target: Target) -> str:
    revision = "" if target.revision is None else f" at {target.revision!r}"
    return f"{target.repo_type} {target.repo_id!r}{revision}"


def _object(one: Result) -> Mapping[str, object]:
    plan = one.plan
    return {
        "path": one.path,
        "entries": len(one.lock.entries) if one.lock is not None else 0,
        "missing": one.is_missing,
        "error": one.lost or None,
        "added": _entries(plan.added if plan else ()),
        "moved": [
            {**_target(new.target), "from": old.commit, "commit": new.commit}
            for old, new in (plan.moved if plan else ())
        ],
        "completed": _entries(plan.completed if plan else ()),
        "dropped": _entries(plan.dropped if plan else ()),
        "unresolved": [_target(each) for each in (plan.lost if plan else ())],
        "not_locked": [
            {
                **_target(each.target),
                "why": each.why,
                "code": each.code or None,
                "unanswered": each.is_unanswered,
                "places": [
                    {"path": path, "line": line}
                    for path, line in dict.fromkeys(one.needs[each.target].places)
                ],
            }
            for each in one.unlocked
        ],
        "findings": [
            {
                "code": each.code,
                "path": each.path,
                "line": each.span.line,
                "column": each.span.column,
                "message": each.message,
                "repo_id": each.repo_id,
            }
            for each in one.findings
        ],
        "unused": _entries(one.idle),
        "without_hashes": _entries(one.unhashed),
    }


def _entries(entries: Iterable[Entry]) -> list[Mapping[str, object]]:
    return [{**_target(one.target), "commit": one.commit} for one in entries]


def _target(target: Target) -> Mapping[str, object]:
    return {"type": target.repo_type, "repo": target.repo_id, "revision": target.revision}
