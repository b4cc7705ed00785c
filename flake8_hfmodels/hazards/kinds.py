"""What code of a repo may do that code of a model need not do, and how bad that is."""

from __future__ import annotations

from flake8_hfmodels.facts import Danger
from flake8_hfmodels.finding import Severity
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.reference import Confidence

VERSION = 2
"""Of all that decides about a verdict; what an older one said is not heard any more."""

AT_IMPORT = "-at-import"
"""The end of the kinds of what happens as soon as a loader imports the file."""


@dataclass(frozen=True, slots=True)
class Hazard:
    """One kind of danger: in words that follow "code that", and who wants to hear of it."""

    words: str
    severity: Severity
    confidence: Confidence = Confidence.HIGH
    persona: Persona = Persona.REGULAR


def _both(kind: str, words: str, hazard: Hazard) -> dict[str, Hazard]:
    """A kind, and before it the same at import, which nobody has to call and which is worse."""
    is_little = hazard.severity is Severity.LOW
    worse = Hazard(
        f"{words} when it is imported",
        Severity.MEDIUM if is_little else Severity.HIGH,
        hazard.confidence,
    )
    return {f"{kind}{AT_IMPORT}": worse, kind: hazard}


_HIGH, _MEDIUM, _LOW = Severity.HIGH, Severity.MEDIUM, Severity.LOW
_PERHAPS = Confidence.MEDIUM


def _kind(
    kind: str,
    words: str,
    severity: Severity,
    confidence: Confidence = Confidence.HIGH,
    persona: Persona = Persona.REGULAR,
) -> dict[str, Hazard]:
    return _both(kind, words, Hazard(words, severity, confidence, persona))


# The worst first. What is for the pedantic is what files of well-known models do as well: VLMs
# fetch pictures by address, checkpoints are read with torch.load, which asks for weights alone
# since torch 2.6, and parts of a model are loaded with the trust that the whole was given.
HAZARDS: dict[str, Hazard] = {
    **_kind("decoded-code", "runs what it decodes or downloads first", _HIGH),
    **_kind("process", "starts a process", _HIGH),
    **_kind("raw-network", "talks to the network by itself", _HIGH),
    **_kind("credentials", "reads credentials", _HIGH, _PERHAPS),
    "hidden-text": Hazard("hides text from its readers", _HIGH),
    **_kind("concealed-name", "conceals what it calls", _HIGH, _PERHAPS),
    **_kind("write-outside", "changes files outside its folder", _HIGH),
    **_kind("code-from-text", "runs text as code", _HIGH, _PERHAPS),
    **_kind("patching", "changes how other code runs", _MEDIUM, _PERHAPS),
    **_kind("sending", "sends data over the network", _MEDIUM, _PERHAPS),
    **_kind("environment", "reads all environment variables", _MEDIUM, _PERHAPS),
    **_kind("native-code", "loads native code", _MEDIUM),
    **_kind("unpickling", "reads data in a way that lets it run code", _MEDIUM),
    **_kind("further-code", "loads code from yet another place", _MEDIUM, _PERHAPS),
    "no-python": Hazard("cannot be judged", _MEDIUM, _PERHAPS),
    **_kind(
        "dynamic-import", "imports what is decided at run time", _LOW, _PERHAPS, Persona.PEDANTIC
    ),
    **_kind("network", "reads from the network", _LOW, Confidence.HIGH, Persona.PEDANTIC),
    "nested-trust": Hazard("lets the code of further models run", _LOW, _PERHAPS, Persona.PEDANTIC),
    **_kind(
        "default-unpickling",
        "leaves it to the version of torch whether data may run code",
        _LOW,
        _PERHAPS,
        Persona.PEDANTIC,
    ),
}

_RANKS = {kind: number for number, kind in enumerate(HAZARDS)}


def order(danger: Danger) -> tuple[int, str, int, str]:
    """Dangers are told the worst first."""
    return (_RANKS.get(danger.kind, len(_RANKS)), danger.path, danger.line, danger.what)
