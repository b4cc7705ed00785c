"""Bars that show how much of something is what; the numbers stand beside them."""

from __future__ import annotations

from collections.abc import Sequence

from flake8_hfmodels.page.markup import Html, tag

HEIGHT = 10
WIDTH = 1000
"""Units of a bar that is full; on the page it is as wide as there is room."""


def bar(parts: Sequence[tuple[str, int]], full: int, words: str = "", class_: str = "") -> Html:
    """A bar of parts, each a class of the style sheet and a number; `full` of them fill it.

    `words` say the same to who does not see it; without any it is left out for them.
    """
    pieces = []
    at = 0
    for name, number in parts:
        end = at + number
        left, right = round(at * WIDTH / full), round(end * WIDTH / full)
        if right > left:
            pieces.append(tag("rect", x=left, width=right - left, height=HEIGHT, class_=name))
        at = end
    about = {"role": "img", "aria-label": words} if words else {"aria-hidden": "true"}
    return tag(
        "svg",
        *pieces,
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        preserveAspectRatio="none",
        class_=f"bar {class_}".strip(),
        **about,
    )
