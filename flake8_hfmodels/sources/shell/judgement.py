"""How sure it is that a command line means a repo, and who wants to hear of it."""

from __future__ import annotations

from typing import Literal

from flake8_hfmodels.loaders.elsewhere import FIRST_REPOS, FOLDERS
from flake8_hfmodels.loaders.likeness import FIRST_DATASETS
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.record import replace
from flake8_hfmodels.reference import Confidence, Known, Reference
from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.text.likeness import Likeness, likeness

Doubt = Literal["never", "folder", "script", "custom", "flag", "program"]
"""What else the word could be.

never: nothing. folder: a folder of this machine. script: the flag is one of a script that nobody
knows, in a command line that a program puts together. custom: the same in one that somebody
types. flag: and many flags of that name have nothing to do with the Hub. program: and it need not
even be a Python program.
"""

_UPLOADS = regex(r"upload|push|publish")


def judged(reference: Reference, doubt: Doubt) -> Reference:
    """The same reference with how sure it is, and for whom."""
    if doubt in ("never", "folder"):
        doubtful = doubt == "folder" and _is_doubtful(reference)
        sure = isinstance(reference.repo_id, Known)
        return _for(reference, "doubt" if doubtful else "sure" if sure else "likely")
    if doubt == "script":
        return _for(reference, "doubt")
    likely = max(map(_likeness, _names(reference)), default=Likeness.NONE)
    if reference.repo_type == "dataset" and not FIRST_DATASETS.isdisjoint(_names(reference)):
        likely = max(likely, Likeness.LIKELY)
    if likely is Likeness.POSSIBLE and _trusts(reference):
        likely = Likeness.LIKELY
    if _UPLOADS.search(reference.call):
        return _for(reference, "guess")
    if doubt == "custom":
        if likely is Likeness.CERTAIN:
            return _for(reference, "sure")
        return _for(reference, "likely" if likely is not Likeness.NONE else "doubt")
    if likely < Likeness.LIKELY:
        return _for(reference, "guess")
    return _for(reference, "likely" if doubt == "flag" else "maybe")


def for_the_curious(reference: Reference) -> Reference:
    """The same reference as something that is not run as it stands."""
    if reference.persona is Persona.AUDITOR:
        return reference
    return _for(reference, "doubt")


def _for(
    reference: Reference, how: Literal["sure", "likely", "maybe", "doubt", "guess"]
) -> Reference:
    confidence, persona = {
        "sure": (Confidence.HIGH, Persona.REGULAR),
        "likely": (Confidence.MEDIUM, Persona.REGULAR),
        "maybe": (Confidence.MEDIUM, Persona.PEDANTIC),
        "doubt": (Confidence.LOW, Persona.PEDANTIC),
        "guess": (Confidence.LOW, Persona.AUDITOR),
    }[how]
    return replace(reference, confidence=confidence, persona=persona)


def _trusts(reference: Reference) -> bool:
    """Whether code of a model may run, so that one is meant."""
    match reference.trust_remote_code:
        case Known((one, *_)):
            return one.value is True
        case _:
            return False


def _likeness(name: str) -> Likeness:
    return Likeness.LIKELY if name in FIRST_REPOS else likeness(name)


def _is_doubtful(reference: Reference) -> bool:
    """Whether it may be a folder: by its first word, or as nobody knows what it is."""
    if not isinstance(reference.repo_id, Known):
        return True
    parts = [name.partition("/") for name in _names(reference)]
    return all(slash and first.lower() in FOLDERS for first, slash, _rest in parts)


def _names(reference: Reference) -> list[str]:
    if not isinstance(reference.repo_id, Known):
        return []
    return [str(one.value) for one in reference.repo_id.strings()]
