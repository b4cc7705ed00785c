from __future__ import annotations

from typing import NamedTuple

import pytest

from flake8_hfmodels.check import check
from flake8_hfmodels.facts import Unavailable
from flake8_hfmodels.loaders.mentions import FLAG
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.reference import Span
from flake8_hfmodels.rules import chosen
from flake8_hfmodels.sources import python
from flake8_hfmodels.sources.python.flags import flag_references
from flake8_hfmodels.sources.python.survey import survey
from flake8_hfmodels.sources.source import no_folder, no_module
from tests.reading import plain, source_of

AUTO = "from transformers import AutoModel\n"
DATA = "from dataclasses import dataclass, field\n@dataclass\n"
MAKER = "def __init__(self, trust_remote_code): pass"


class Told(NamedTuple):
    """One flag, in short: `piece` is what the source has there."""

    call: str
    piece: str
    confidence: str


def told(text: str) -> list[Told]:
    """The flags in a module beside those that calls of loaders read."""
    source = source_of(text.encode())
    found = python.references(
        source.tree, source.lines, source.path, no_folder, no_module, everything=True
    )
    flags = [one for one in found if one.loader is FLAG]
    lines = text.split("\n")
    return [
        Told(
            one.call,
            lines[one.span.line - 1][one.span.column - 1 : one.span.end_column - 1],
            one.confidence.value,
        )
        for one in flags
    ]


def same(call: str, confidence: str = "medium") -> Told:
    return Told(call, call, confidence)


def findings(text: str, persona: Persona) -> list[tuple[int, str]]:
    rules = chosen(("HFM003",), ())
    nothing = Unavailable("not asked")
    checked = check(
        [source_of(text.encode())], lambda asked: dict.fromkeys(asked, nothing), rules, persona
    )
    return [(one.span.line, one.confidence.value) for one in checked.findings]


def test_a_flag_is_a_reference_of_its_own() -> None:
    source = source_of(b"C = {\n    'model': m,\n    'trust_remote_code': True,\n    **x,\n}")
    (one,) = flag_references(survey(source.tree, source.lines, source.path), ())

    assert (one.kind, one.persona.value, one.span) == ("config", "pedantic", Span(3, 5, 3, 30))
    assert plain(one.trust_remote_code) == (True,)


def test_a_flag_whose_value_a_call_has_read_is_not_told_again() -> None:
    source = source_of(b"C = {'trust_remote_code': True}")
    seen = survey(source.tree, source.lines, source.path)

    assert list(flag_references(seen, (Span(1, 27, 1, 31),))) == []


# --- dictionaries


@pytest.mark.parametrize(
    "text",
    [
        "C = {'trust_remote_code': True}",
        "C = {'model': m, 'trust_remote_code': True, 1: 2, **x}",
        "C = {'a': [{'b': {'trust_remote_code': True}}]}",
        "f(model_kwargs={'trust_remote_code': True})",
        "f(**{'trust_remote_code': True})",
        "C = {'trust_remote_code': True} if x else {}",
        "C = x == y, {'trust_remote_code': True}",
        "assert x == [[[[[[[[[[{'trust_remote_code': True}]]]]]]]]]]",
        AUTO + "AutoModel.from_pretrained('o/m', some_options={'trust_remote_code': True})",
    ],
)
def test_an_entry_of_a_dictionary(text: str) -> None:
    assert told(text) == [same("'trust_remote_code': True")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("C = dict(trust_remote_code=True)", same("trust_remote_code=True")),
        ("f(x=dict(a=1, trust_remote_code=True))", same("trust_remote_code=True")),
        ("C = {'trust-remote-code': True}", same("'trust-remote-code': True")),
        ("T = True\nC = {'trust_remote_code': T}", same("'trust_remote_code': T")),
    ],
)
def test_a_dictionary_that_is_made_otherwise(text: str, expected: Told) -> None:
    assert told(text) == [expected]


def test_each_entry_is_told_once() -> None:
    assert told("C = {'trust_remote_code': True, 'trust_remote_code': True}") == [
        same("'trust_remote_code': True"),
        same("'trust_remote_code': True"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "C = {'trust_remote_code': False}",
        "C = {'trust_remote_code': None}",
        "C = {'trust_remote_code': 1}",
        "C = {'trust_remote_code': x}",
        "C = {'trust_remote_code': True if x else False}",
        "C = ['trust_remote_code', True]",
        "C = {b'trust_remote_code': True}",
        "C = {'trust': True}",
        "C = {'trust_remote_code" + "x" * 100 + "': True}",
        "dict(trust_remote_code=False)",
        "def f(t=True):\n    return {'trust_remote_code': t}",
        "assert x == {'trust_remote_code': True}",
        "assert x == [{'model_kwargs': {'trust_remote_code': True}}]",
        "assert x == dict(trust_remote_code=True)",
        "self.assertEqual(x, {'trust_remote_code': True})",
        "m.assert_called_with(model_kwargs={'trust_remote_code': True})",
    ],
)
def test_what_turns_nothing_on(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "AutoModel.from_pretrained('o/m', trust_remote_code=True)",
        "AutoModel.from_pretrained('o/m', **{'trust_remote_code': True})",
        "AutoModel.from_pretrained('o/m', **dict(trust_remote_code=True))",
        "AutoModel.from_pretrained('o/m', **({'trust_remote_code': True} if x else {}))",
        "C = {'trust_remote_code': True}\nAutoModel.from_pretrained('o/m', **C)",
        "C = dict(trust_remote_code=True)\nAutoModel.from_pretrained('o/m', **C)",
        "AutoModel.from_pretrained('o/m', trust_remote_code=o.get('trust_remote_code', True))",
        "def f(n, trust_remote_code=True):\n"
        "    AutoModel.from_pretrained(n, trust_remote_code=trust_remote_code)",
        "def f(n, trust_remote_code):\n"
        "    AutoModel.from_pretrained(n, trust_remote_code=trust_remote_code)\n"
        "f('o/m', trust_remote_code=True)",
        "from functools import partial\n"
        "f = partial(AutoModel.from_pretrained, trust_remote_code=True)\nf('o/m')",
        "import concurrent.futures\n"
        "pool.submit(AutoModel.from_pretrained, 'o/m', trust_remote_code=True)",
    ],
)
def test_what_a_loader_speaks_of_is_told_by_nobody_else(text: str) -> None:
    assert told(AUTO + text) == []


# --- calls


@pytest.mark.parametrize(
    ("call", "confidence"),
    [
        ("load_video('Qwen/Qwen-VL', trust_remote_code=True)", "medium"),
        ("load_video(repo='x', trust_remote_code=True)", "medium"),
        ("LLMConfig(model_name, trust_remote_code=True)", "medium"),
        ("LLMConfig(args.model, trust_remote_code=True)", "medium"),
        ("Config(trust_remote_code=True)", "low"),
        ("Config('a', 1, size=model, trust_remote_code=True)", "low"),
        ("client.create(x, trust_remote_code=True, **y)", "low"),
        ("super().__init__(trust_remote_code=True)", "low"),
    ],
)
def test_a_call_of_what_nobody_knows(call: str, confidence: str) -> None:
    assert told(call) == [same("trust_remote_code=True", confidence)]


def test_a_name_that_is_only_true_is_told_of_where_it_is_passed() -> None:
    text = "T = True\nf(trust_remote_code=T)\ng(trust_remote_code=T)"

    assert told(text) == [same("trust_remote_code=T", "low"), same("trust_remote_code=T", "low")]


@pytest.mark.parametrize(
    "text",
    [
        "def f(trust_remote_code): pass\nf(trust_remote_code=True)",
        f"class A:\n    {MAKER}\nA(trust_remote_code=True)",
        f"class B:\n    {MAKER}\nclass A(B): pass\nA(trust_remote_code=True)",
        DATA + "class A:\n    trust_remote_code: bool\nA(trust_remote_code=True)",
        "class A:\n    trust_remote_code = False\nA(trust_remote_code=True)",
        "import torch\ntorch.hub.load('a/b', trust_remote_code=True)",
        "from modelscope import A\nA.from_pretrained('o/m', trust_remote_code=True)",
        "from unittest.mock import call\ncall('o/m', trust_remote_code=True)",
        "m.assert_called_once_with('o/m', trust_remote_code=True)",
        "f(trust_remote_code=x)",
        "f(trust_remote_code=False)",
        "f(trust=True)",
    ],
)
def test_calls_that_are_not_meant(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "def f(**options): pass\nf(trust_remote_code=True)",
        "class A: pass\nA(trust_remote_code=True)",
    ],
)
def test_a_call_of_our_own_that_has_no_such_parameter(text: str) -> None:
    assert told(text) == [same("trust_remote_code=True", "low")]


# --- parameters and fields


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("def f(trust_remote_code=True): pass", same("trust_remote_code=True", "low")),
        ("def f(model, *, trust_remote_code=True): pass", same("trust_remote_code=True")),
        (
            "async def f(model_id, trust_remote_code: bool | None = True): pass",
            same("trust_remote_code: bool | None = True"),
        ),
        (
            "T = True\ndef f(trust_remote_code: bool = T): pass",
            same("trust_remote_code: bool = T", "low"),
        ),
        (
            "def f(trust_remote_code: bool = typer.Option(True)): pass",
            Told(
                "trust_remote_code: bool = True",
                "trust_remote_code: bool = typer.Option(True",
                "low",
            ),
        ),
        (
            "def f(trust_remote_code: Annotated[bool, 'let the code of others run'] = True): pass",
            Told(
                "trust_remote_code: … = True",
                "trust_remote_code: Annotated[bool, 'let the code of others run'] = True",
                "low",
            ),
        ),
    ],
)
def test_a_default_of_a_parameter(text: str, expected: Told) -> None:
    assert told(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("class A:\n    trust_remote_code = True", same("trust_remote_code = True", "low")),
        (
            "class A:\n    model: str = ''\n    def f(): pass\n    trust_remote_code: bool = True",
            same("trust_remote_code: bool = True"),
        ),
        (
            "class ModelArguments:\n    trust_remote_code: bool = True",
            same("trust_remote_code: bool = True"),
        ),
        (
            DATA + "class A:\n    trust_remote_code: bool = field(metadata=x, default=True)",
            Told(
                "trust_remote_code: bool = True",
                "trust_remote_code: bool = field(metadata=x, default=True",
                "low",
            ),
        ),
    ],
)
def test_a_field_of_a_class(text: str, expected: Told) -> None:
    assert told(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "def f(trust_remote_code): pass",
        "def f(trust_remote_code=False): pass",
        "def f(trust_remote_code: bool = x): pass",
        "def f(trust_remote_code: bool = x()): pass",
        "def f():\n    trust_remote_code = True",
        "trust_remote_code = True",
        "class A:\n    trust_remote_code: bool",
        "class A:\n    trust_remote_code: bool = False",
    ],
)
def test_defaults_that_leave_it_off(text: str) -> None:
    assert told(text) == []


# --- options


@pytest.mark.parametrize(
    ("text", "call", "piece"),
    [
        (
            "p.add_argument('--trust-remote-code', default=True)",
            "--trust-remote-code",
            "'--trust-remote-code'",
        ),
        (
            "p.add_argument('--trust_remote_code', '--trc', type=bool, default=True)",
            "--trust_remote_code",
            "'--trust_remote_code'",
        ),
        (
            "p.add_argument('--trust-remote-code', action='store_false')",
            "--trust-remote-code",
            "'--trust-remote-code'",
        ),
        (
            "p.add_argument('--safe', dest='trust_remote_code', action='store_false')",
            "trust_remote_code=True",
            "'trust_remote_code'",
        ),
        (
            "@click.option('--trust-remote-code/--safe', default=True)\ndef f(x): pass",
            "--trust-remote-code/--safe",
            "'--trust-remote-code/--safe'",
        ),
        (
            "p.add_argument('trust_remote_code', nargs='?', default=True)",
            "trust_remote_code=True",
            "'trust_remote_code'",
        ),
        ("p.set_defaults(trust_remote_code=True)", *["trust_remote_code=True"] * 2),
        ("flags.DEFINE_bool('trust_remote_code', True, '')", *["'trust_remote_code', True"] * 2),
        ("options.pop('trust_remote_code', True)", *["'trust_remote_code', True"] * 2),
        (
            "f(trust_remote_code=o.get('trust_remote_code', True))",
            *["'trust_remote_code', True"] * 2,
        ),
    ],
)
def test_an_option_that_is_on_by_default(text: str, call: str, piece: str) -> None:
    assert told(text) == [Told(call, piece, "low")]


@pytest.mark.parametrize(
    "text",
    [
        "p.add_argument('--trust-remote-code', action='store_true')",
        "p.add_argument('--trust-remote-code', action='store_true', default=False)",
        "p.add_argument('--trust-remote-code', dest=x, help='x')",
        "x = g(dest='trust_remote_code')",
        "class A(B, dest='trust_remote_code'): pass",
        "options.get('trust_remote_code')",
        "options.get('trust_remote_code', False)",
        "'trust_remote_code'.join(x)",
    ],
)
def test_options_that_are_off(text: str) -> None:
    assert told(text) == []


# --- assignments


@pytest.mark.parametrize(
    ("text", "confidence"),
    [
        ("config.trust_remote_code = True", "low"),
        ("args.model.trust_remote_code = True", "medium"),
        ("self.trust_remote_code = True", "low"),
        ("model_kwargs['trust_remote_code'] = True", "medium"),
        ("x['trust_remote_code'] = True", "low"),
    ],
)
def test_an_assignment(text: str, confidence: str) -> None:
    assert told(text) == [same(text, confidence)]


@pytest.mark.parametrize(
    "text",
    [
        "config.trust_remote_code = False",
        "config.trust = True",
        "x['trust'] = True",
        "x[0] = True",
        "config.trust_remote_code = args.trust_remote_code",
    ],
)
def test_other_assignments(text: str) -> None:
    assert told(text) == []


def test_a_flag_that_is_handed_on_is_told_of_where_it_is_set() -> None:
    text = (
        "class A:\n"
        "    trust_remote_code = True\n"
        "    def f(self):\n"
        "        load(trust_remote_code=self.trust_remote_code)"
    )

    assert told(text) == [same("trust_remote_code = True", "low")]


# --- who hears of it


EVERY_PLACE = (
    "C = {'trust_remote_code': True}\n"
    "f(trust_remote_code=True)\n"
    "def g(trust_remote_code=True): pass\n"
    "p.add_argument('--trust-remote-code', default=True)\n"
    "config.trust_remote_code = True\n"
)


def test_the_regular_persona_hears_of_none() -> None:
    assert findings(EVERY_PLACE, Persona.REGULAR) == []


def test_the_pedantic_persona_hears_of_each() -> None:
    assert findings(EVERY_PLACE, Persona.PEDANTIC) == [
        (1, "medium"),
        (2, "low"),
        (3, "low"),
        (4, "low"),
        (5, "low"),
    ]


# --- time


@pytest.mark.parametrize(
    "text",
    [
        "f(" + "'trust_remote_code', " * 20_000 + ")",
        "x = [" + "{'trust_remote_code': x}, " * 10_000 + "]",
        "x = {" + "'trust_remote_code': x, " * 20_000 + "}",
        "f(trust_remote_code=x)\n" * 10_000,
        "class A:\n" + "    trust_remote_code = x\n" * 10_000,
        "def f(trust_remote_code=x, " + ", ".join(f"a{n}=1" for n in range(10_000)) + "): pass",
        "x.trust_remote_code = x\n" * 10_000,
    ],
    ids="texts dictionaries entries calls fields parameters stores".split(),
)
def test_the_work_grows_with_the_text_and_no_faster(text: str) -> None:
    assert told(text) == []
