"""The head of the page: what it is about, the numbers, and what is pinned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flake8_hfmodels.page.bars import bar
from flake8_hfmodels.page.content import Content, Pin, counted
from flake8_hfmodels.page.markup import Html, rows, tag, together, visible
from flake8_hfmodels.page.words import PIN_CLASSES
from flake8_hfmodels.report.footer import count
from flake8_hfmodels.report.report import Mode

_MODES: Mapping[Mode, str] = {
    "online": "online: the Hub was asked",
    "strict": "strict: the Hub was asked, and has to answer",
    "offline": "offline: nobody was asked, so that what only the Hub knows is missing",
    "locked": "locked: what is known of repos is what hfmodels.lock says",
}


def masthead(content: Content) -> Html:
    """What the page is about, when it was made and how."""
    origin, summary = content.origin, content.report.summary
    about = (
        (
            "Made",
            tag("time", origin.when.replace("T", " ").replace("Z", " UTC"), datetime=origin.when),
        ),
        ("Mode", _MODES[summary.mode]),
        ("Files", f"{summary.files:,} read{_skipped(content)}"),
        ("By", f"hfmodels {origin.version}"),
    )
    return tag(
        "header",
        tag("p", "Models, datasets and Spaces in the code of", class_="above"),
        tag("h1", origin.project),
        tag("dl", *(tag("div", tag("dt", key), tag("dd", value)) for key, value in about)),
        class_="masthead",
    )


def _skipped(content: Content) -> str:
    skipped = content.report.summary.skipped
    each = (f"{number} {why}" for why, number in skipped.items())
    return f"; passed over: {', '.join(each)}" if skipped else ""


def overview(content: Content) -> Html:
    """The numbers, each a way to the part that has the rest."""
    found = counted(content.report.findings)
    worst = ", ".join(f"{number} {one.value}" for one, number in found.items() if number)
    loading = content.loading
    pinned = content.pins.get(Pin.COMMIT, 0)
    owned = len([one for one in content.owners if one])
    tiles = (
        ("findings", len(content.report.findings), "finding", worst or "none"),
        ("references", loading, "reference", f"in {count(len(content.files), 'file')}"),
        ("repos", len(content.repos), "repo", f"of {count(owned, 'owner')}"),
        ("pins", pinned, "pinned", f"of {count(loading, 'reference')}"),
    )
    return tag(
        "section",
        tag("h2", "Overview", id="overview"),
        tag("ul", rows(_tile(*one) for one in tiles), class_="tiles"),
        *_hub(content),
        aria_labelledby="overview",
    )


def _tile(target: str, number: int, noun: str, about: str) -> Html:
    words = noun if number == 1 or noun == "pinned" else f"{noun}s"
    return tag(
        "li",
        tag(
            "a",
            tag("strong", f"{number:,}"),
            tag("span", f" {words}"),
            tag("small", about),
            href=f"#{target}",
        ),
    )


def _hub(content: Content) -> Iterator[Html]:
    """What the answers of the Hub do not cover."""
    summary = content.report.summary
    if summary.mode != "offline" and summary.unanswered:
        words = f"{count(summary.unanswered, 'repo')} without an answer of the Hub."
        yield tag("p", f"{words} Nothing is said of what it would have told.", class_="note")
    if summary.stale:
        words = f"{count(summary.stale, 'repo')} known by an earlier answer of the Hub alone."
        yield tag("p", words, class_="note")
    ownerless = [one for one in content.repos if one.is_ownerless]
    if ownerless:
        ids = ", ".join(visible(one.repo_id, 100) for one in ownerless[:5])
        more = f" and {len(ownerless) - 5} more" if len(ownerless) > 5 else ""
        words = "Names that nobody owns, and that anybody can register:"
        yield tag("p", tag("strong", words), f" {ids}{more}.", class_="note bad")


def pins(content: Content) -> Html:
    """What is pinned and what is not."""
    loading = content.loading
    parts = [(PIN_CLASSES[pin], number) for pin, number in content.pins.items()]
    words = ", ".join(f"{number} {pin.value}" for pin, number in content.pins.items())
    nothing = sum(one.pin is Pin.NOTHING for one in content.places)
    beside = f" Not counted: {count(nothing, 'reference')} without a download." if nothing else ""
    return tag(
        "section",
        tag("h2", "What is pinned", id="pins"),
        tag(
            "p",
            "Only a full commit hash means the same files each time. A branch or a tag can be "
            f"moved by its owner, or by whoever has the account by then.{beside}",
        ),
        *(
            (
                bar(parts, loading, f"Of {count(loading, 'reference')}: {words}", "wide"),
                tag(
                    "ul",
                    rows(_legend(pin, number, loading) for pin, number in content.pins.items()),
                    class_="legend",
                ),
            )
            if loading
            else ()
        ),
        aria_labelledby="pins",
    )


def _legend(pin: Pin, number: int, of: int) -> Html:
    return tag(
        "li",
        tag("span", class_=f"swatch {PIN_CLASSES[pin]}", aria_hidden="true"),
        tag("strong", f"{number:,}"),
        f" {pin.value} ({100 * number / of:.0f} %)",
    )


def troubles(content: Content) -> Html:
    """What could not be looked at, and what else went wrong; nothing where all went well."""
    lines = [*map(str, content.report.troubles), *content.report.warnings]
    if not lines:
        return together(())
    return tag(
        "section",
        tag("h2", "What went wrong", id="troubles"),
        tag("ul", rows(tag("li", one) for one in lines)),
        aria_labelledby="troubles",
    )
