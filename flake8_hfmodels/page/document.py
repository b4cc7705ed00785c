"""The whole page: what it allows itself, its style and its script, and its parts in order."""

from __future__ import annotations

import os
from base64 import b64encode
from hashlib import sha256

from flake8_hfmodels.page.content import Content
from flake8_hfmodels.page.drawing import mapping
from flake8_hfmodels.page.found import findings
from flake8_hfmodels.page.inventory import references, repos, risk
from flake8_hfmodels.page.markup import Html, rows, tag
from flake8_hfmodels.page.overview import masthead, overview, pins, troubles

BEGINNING = "<!DOCTYPE html>"

PARTS = (
    ("overview", "Overview"),
    ("pins", "Pins"),
    ("risk", "Risk"),
    ("findings", "Findings"),
    ("map", "Map"),
    ("repos", "Repos"),
    ("references", "References"),
)
"""The parts of the page that can be gone to, and what they are called."""


def render(content: Content) -> str:
    """The page. It loads nothing, from nowhere, and its policy forbids it."""
    title = f"{content.origin.project}: hfmodels report"
    page = tag("html", _head(title), _body(content), lang="en")
    return f"{BEGINNING}\n{page.text}\n"


def data(name: str) -> str:
    """A file that lies beside this one."""
    with open(os.path.join(os.path.dirname(__file__), name), encoding="utf-8") as stream:
        return stream.read()


def _head(title: str) -> Html:
    style, script = data("style.css"), data("script.js")
    policy = (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    return tag(
        "head",
        rows(
            (
                tag("meta", charset="utf-8"),
                tag("meta", http_equiv="Content-Security-Policy", content=policy),
                tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
                tag("meta", name="color-scheme", content="light dark"),
                tag("meta", name="referrer", content="no-referrer"),
                tag("meta", name="robots", content="noindex"),
                tag("title", title),
                tag("link", rel="icon", href="data:,"),
                tag("style", Html(style)),
                tag("script", Html(script), type="module"),
            )
        ),
    )


def _digest(text: str) -> str:
    """What a Content Security Policy calls an inline style or script."""
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _body(content: Content) -> Html:
    return tag(
        "body",
        tag("a", "Skip to the content", href="#content", class_="skip"),
        masthead(content),
        _bar(),
        tag(
            "main",
            rows(
                (
                    overview(content),
                    troubles(content),
                    pins(content),
                    risk(content),
                    findings(content),
                    mapping(content),
                    repos(content),
                    references(content),
                )
            ),
            id="content",
            tabindex=-1,
        ),
        tag("footer", _footer(content)),
    )


def _bar() -> Html:
    links = (tag("li", tag("a", title, href=f"#{target}")) for target, title in PARTS)
    return tag(
        "div",
        tag("nav", tag("ul", *links), aria_label="Parts of this page"),
        tag(
            "search",
            tag("label", "Filter", for_="filter"),
            tag(
                "input",
                id="filter",
                type="search",
                autocomplete="off",
                spellcheck="false",
                aria_describedby="filter-help",
            ),
            tag(
                "p",
                "Words of a finding, a repo, a file or an owner.",
                id="filter-help",
                class_="quiet",
            ),
            tag(
                "label",
                tag("input", id="slash", type="checkbox", checked=True),
                " the key / leads here",
            ),
            tag("p", id="shown", role="status"),
            hidden=True,
            class_="filter",
        ),
        class_="bar-of-parts",
    )


def _footer(content: Content) -> Html:
    return tag(
        "p",
        f"Made by hfmodels {content.origin.version} at ",
        tag("time", content.origin.when, datetime=content.origin.when),
        ". This page loads nothing and asks nobody.",
    )
