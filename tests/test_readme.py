"""README says what the code does."""

from __future__ import annotations

import re

from tests.readme import README, written


def test_generated_parts_are_current() -> None:
    readme = README.read_text(encoding="utf-8")
    assert readme == written(readme)


def test_commands() -> None:
    blocks = re.findall(r"```console\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert blocks[1:4] == [
        "python3 -m venv .venv && . .venv/bin/activate\npip install -e '.[test]'\n",
        "hfmodels check examples\n",
        "pytest    # all tests\n",
    ]
