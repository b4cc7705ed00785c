"""`hfmodels explain CODE`: the rule's own document and examples, and where its page is."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence

from flake8_hfmodels.cli.exits import CLEAN, USAGE
from flake8_hfmodels.cli.outcome import Outcome
from flake8_hfmodels.facts import (
    Code,
    Facts,
    Found,
    History,
    Lacking,
    Missing,
    Moved,
    Repo,
    Unavailable,
)
from flake8_hfmodels.links import help_uri
from flake8_hfmodels.rules import codes, document, load
from flake8_hfmodels.rules.rule import Example, Rule


def explain(code: str) -> Outcome:
    """What a rule is about, with an example of either kind."""
    wanted = code.upper()
    if wanted not in codes():
        return Outcome(USAGE, "", (f"{code} is no rule; there are {', '.join(codes())}",))
    rule = load(wanted)
    parts = (
        f"{rule.code} {rule.name} ({offline(rule)})",
        document(wanted).strip(),
        _example("Reported", rule.bad[0]),
        _example("Not reported", telling(rule)[0]),
        f"Silence it where it stands, and say why: # hfmodels: ignore[{rule.code}] reason",
        f"More: {help_uri(rule.code)}",
    )
    return Outcome(CLEAN, "\n\n".join(parts) + "\n")


def offline(rule: Rule) -> str:
    """What a rule can say without the Hub, by its bad examples."""
    by_itself = [isinstance(one.facts, Unavailable) for one in rule.bad]
    if all(by_itself):
        return "works without the Hub"
    if any(by_itself) and (rule.needs_hub or rule.hears_hub):
        return "works in part without the Hub"
    if any(by_itself):
        return "works without the Hub, says more with its answers"
    return "needs the Hub's answers"


def telling(rule: Rule) -> Sequence[Example]:
    """The good examples that show more than that nobody was asked."""
    if not (rule.needs_hub or rule.hears_hub):
        return rule.good
    return [one for one in rule.good if not isinstance(one.facts, Unavailable)]


def situation(example: Example) -> str:
    """What the Hub says in an example, in words; empty where it was not asked."""
    if isinstance(example.facts, Unavailable):
        return ""
    others = (f"of {name!r}: {said(facts)}" for name, facts in example.others)
    return "; ".join((said(example.facts), *others))


def _example(words: str, example: Example) -> str:
    says = situation(example)
    words = f"{words}, where {says}" if says else words
    return f"{words}:\n\n{textwrap.indent(example.source.strip(), '    ')}"


def said(facts: Facts) -> str:
    """What the Hub says, in words."""
    match facts:
        case Found(repo=repo):
            return ", ".join((*_about(repo), *_beside(facts)))
        case Moved(repo=repo, old_owner=owner):
            return f"the Hub redirects to {repo.id} (the old owner: {owner.value})"
        case Missing(what=Lacking.REVISION):
            return "the repo has no such revision"
        case Missing(owner=owner):
            return f"the Hub has no such repo (its owner: {owner.value})"
        case _:
            return "the Hub does not answer"


def _beside(facts: Found) -> Iterator[str]:
    """What else is known of a repo, where somebody asked: whose it is, what its code does."""
    publisher = facts.publisher
    if publisher is not None:
        is_user = publisher.kind == "user"
        organization = f"{publisher.name}, an organization {_VERIFIED[publisher.is_verified]}"
        yield f"it belongs to {f'the user {publisher.name}' if is_user else organization}"
    if isinstance(facts.code, Code) and facts.code.dangers:
        places = (f"{one.path}:{one.line} {one.what}" for one in facts.code.dangers)
        yield f"in its code {', '.join(places)}"


_VERIFIED: Mapping[bool | None, str] = {
    True: "that is verified",
    False: "that is not verified",
    None: "that may be verified",
}


def _about(repo: Repo) -> Iterator[str]:
    """What a repo holds, and what else of it a rule may look at."""
    yield f"the repo holds {', '.join(repo.files) or 'nothing of interest'}"
    if repo.auto_map:
        yield f"its code is {', '.join(dict.fromkeys(code for _class, code in repo.auto_map))}"
    if repo.adapter_of:
        yield f"it is an adapter for {', '.join(repo.adapter_of)}"
    flagged = [f"{one.path} {one.level}" for one in repo.flagged if one.path in repo.files]
    if flagged:
        yield f"the scanners call {', '.join(flagged)}"
    if repo.history is not History.UNKNOWN:
        where = f", only in {repo.pull_request}" if repo.pull_request else ""
        yield f"the commit is {repo.history.value}{where}"
