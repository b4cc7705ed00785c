"""`hfmodels explain CODE`: the rule's own document and examples."""

from __future__ import annotations

import textwrap

from flake8_hfmodels.cli.exits import CLEAN, USAGE
from flake8_hfmodels.cli.outcome import Outcome
from flake8_hfmodels.facts import Facts, Found, Lacking, Missing, Moved, Unavailable
from flake8_hfmodels.rules import codes, document, load
from flake8_hfmodels.rules.rule import Example


def explain(code: str) -> Outcome:
    """What a rule is about, with an example of either kind."""
    wanted = code.upper()
    if wanted not in codes():
        return Outcome(USAGE, "", (f"{code} is no rule; there are {', '.join(codes())}",))
    rule = load(wanted)
    hub = "needs the Hub's answer" if rule.needs_hub else "works without the Hub"
    parts = (
        f"{rule.code} {rule.name} ({hub})",
        document(wanted).strip(),
        _example("Reported", rule.bad[0], rule.needs_hub),
        _example("Not reported", _near_miss(rule.good, rule.needs_hub), rule.needs_hub),
    )
    return Outcome(CLEAN, "\n\n".join(parts) + "\n")


def _near_miss(good: tuple[Example, ...], needs_hub: bool) -> Example:
    """The first example that shows more than that nobody was asked."""
    telling = (one for one in good if not (needs_hub and isinstance(one.facts, Unavailable)))
    return next(telling, good[0])


def _example(words: str, example: Example, needs_hub: bool) -> str:
    where = f", where {said(example.facts)}" if needs_hub else ""
    return f"{words}{where}:\n\n{textwrap.indent(example.source.strip(), '    ')}"


def said(facts: Facts) -> str:
    """What the Hub says, in words."""
    match facts:
        case Found(repo=repo):
            return f"the repo holds {', '.join(repo.files)}"
        case Moved(repo=repo, old_owner=owner):
            return f"the Hub redirects to {repo.id} (the old owner: {owner.value})"
        case Missing(what=Lacking.REVISION):
            return "the repo has no such revision"
        case Missing(owner=owner):
            return f"the Hub has no such repo (its owner: {owner.value})"
        case _:
            return "the Hub does not answer"
