"""What `speed.py` measures on: Python files of a given size, with and without references."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, cycle, zip_longest

STANDARD = """import json
from pathlib import Path
"""
LIBRARIES = """
from diffusers import DiffusionPipeline
from huggingface_hub import hf_hub_download, snapshot_download
from sentence_transformers import CrossEncoder, SentenceTransformer
from transformers import AutoConfig, AutoModel, AutoTokenizer, pipeline
"""

# Each loads one model without a revision; all names stand in LIBRARIES.
LOADS = (
    'AutoModel.from_pretrained("{}")',
    'AutoTokenizer.from_pretrained("{}", use_fast=True)',
    'pipeline("text-generation", model="{}")',
    'snapshot_download("{}")',
    'hf_hub_download("{}", "model.safetensors")',
    'SentenceTransformer("{}")',
    'CrossEncoder("{}")',
    'AutoConfig.from_pretrained("{}")',
    'DiffusionPipeline.from_pretrained("{}")',
    'AutoModel.from_pretrained(str("{}"))',
)
LOAD = """

def load_{number}():
    return {call}
"""
SETTING = "SETTING_{} = {}\n"
BLOCK = '''

class Ledger{number}:
    """Keeps the amounts of account {number}, in the order they came."""

    def __init__(self, limit: int = {number}) -> None:
        self.limit = limit
        self.amounts: list[int] = []

    def add(self, amount: int) -> int:
        if amount < 0 or len(self.amounts) >= self.limit:
            raise ValueError(f"account {number}: {{amount}} is not taken")
        self.amounts.append(amount)
        return sum(self.amounts)

    def report(self, path: str) -> None:
        rows = [{{"account": {number}, "amount": one}} for one in self.amounts]
        Path(path).write_text(json.dumps(rows, indent=2), encoding="utf-8")
'''
LINES_OF_A_BLOCK = BLOCK.count("\n")


def source(lines: int, repo_ids: Sequence[str] = ()) -> str:
    """A module of so many lines: ordinary code, and functions that load these models."""
    calls = (form.format(one) for form, one in zip(cycle(LOADS), repo_ids, strict=False))
    loads = [LOAD.format(number=number, call=call) for number, call in enumerate(calls)]
    head = STANDARD + (LIBRARIES if loads else "")
    free = lines - sum(text.count("\n") for text in (head, "\n", *loads))
    settings = (SETTING.format(one, one) for one in range(free % LINES_OF_A_BLOCK))
    blocks = (BLOCK.format(number=one) for one in range(free // LINES_OF_A_BLOCK))
    mixed = chain.from_iterable(zip_longest(blocks, loads, fillvalue=""))
    return "".join((head, "\n", *settings, *mixed))


HEAD = "from transformers import AutoModel\n"
ONE_LOAD = 'MODEL = AutoModel.from_pretrained("org/name")\n'
CALL = 'row_{0:06} = ledger.account.add({0}, "EUR", note="entry {0:06}, as the bank has told it")\n'
LOADING = (
    'model_{0:06} = AutoModel.from_pretrained("org/name-{0:06}", cache_dir="/srv/{0:06}/cache")\n'
)
CONSTANTS = ("VALUE_{0:06} = {0}\n", 'VALUE_{0:06} = "text {0}"\n')
WORDS = "words of a text that is as long as a book and stands in one string, "


@dataclass(frozen=True, slots=True)
class Big:
    """A kind of big file, its full size in what it consists of, and the references in it."""

    name: str
    size: int
    references: int
    content: Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Nested:
    """An argument of a call that nests: `core` between so many of `before` and of `after`."""

    name: str
    before: str
    core: str
    after: str

    def statement(self, depth: int) -> str:
        """A call whose argument is nested so deep."""
        start, end = self.around()
        return f"{start}{self.before * depth}{self.core}{self.after * depth}{end}"

    def around(self) -> tuple[str, str]:
        """What stands before the argument and after it."""
        return "AutoModel.from_pretrained(", ")\n"

    def big(self, depth: int, characters: int) -> Big:
        """A file with about so many characters of it."""
        statement = self.statement(depth)

        def content(copies: int) -> str:
            return HEAD + statement * copies

        name = f"{characters // 1000} kB of {self.name} nested {depth} deep"
        copies = max(2, characters // len(statement))
        return Big(name, copies, copies, content)


NESTED = (
    Nested("parentheses", "(", '"org/name"', ")"),
    Nested("lists", "[", '"org/name"', "]"),
    Nested("calls", "str(", '"org/name"', ")"),
    Nested("attributes", "", "settings", ".name"),
    Nested("additions", "", '"org/name"', ' + "s"'),
)


def bigs(calls: int, constants: int, characters: int) -> Iterator[Big]:
    """The files that are big without nesting; each has at least one reference."""
    yield Big(f"{calls} calls, one of them loads", calls, 1, _among(CALL))
    yield Big(f"{calls} calls that load", calls, calls + 1, _among(LOADING))
    yield Big(f"{constants} constants", constants, 1, _among(*CONSTANTS))
    yield Big(f"one string of {characters} characters", characters, 1, _string)


def _among(*forms: str) -> Callable[[int], str]:
    def content(number: int) -> str:
        lines = (form.format(one) for form, one in zip(cycle(forms), range(number), strict=False))
        return "".join((HEAD, ONE_LOAD, *lines))

    return content


def _string(characters: int) -> str:
    text = (WORDS * (characters // len(WORDS) + 1))[:characters]
    return f'{HEAD}{ONE_LOAD}TEXT = "{text}"\n'
