"""Programs that Python starts: their command lines are found, however they are put together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flake8_hfmodels.reference import Known, Reference, Span
from flake8_hfmodels.sources.python.processes import HOPS, MOST_TEXTS, process_references
from flake8_hfmodels.sources.python.survey import survey
from flake8_hfmodels.sources.python.values import STEPS, Evaluator
from tests.reading import SHA, Plain, plain, source_of

HEAD = "import os, shlex, subprocess, sys\n"


class Seen(NamedTuple):
    """One reference, in short."""

    line: int
    ids: Plain
    revision: Plain = "absent"
    trust: Plain = "absent"


def references(text: str) -> Iterator[Reference]:
    source = source_of(text.encode())
    evaluator = Evaluator(survey(source.tree, source.lines, source.path))
    for call, scope in evaluator.survey.calls:
        evaluator.steps = 0
        yield from process_references(call, scope, evaluator)


def read(text: str) -> list[Seen]:
    return [
        Seen(one.span.line, plain(one.repo_id), plain(one.revision), plain(one.trust_remote_code))
        for one in references(HEAD + text)
    ]


WORDS = "['hf', 'download', 'o/m']"
LINE = "'hf download o/m'"


@pytest.mark.parametrize(
    "text",
    [
        *(
            f"subprocess.{name}({WORDS})"
            for name in ("run", "call", "check_call", "check_output", "Popen")
        ),
        f"subprocess.run(args={WORDS}, check=True)",
        f"subprocess.run({LINE}, shell=True)",
        f"subprocess.run([{LINE}], shell=True)",
        f"subprocess.getoutput({LINE})",
        f"subprocess.getstatusoutput({LINE})",
        f"os.system({LINE})",
        f"os.popen({LINE})",
        f"os.execvp('hf', {WORDS})",
        f"os.execve('hf', {WORDS}, os.environ)",
        f"os.posix_spawn('hf', {WORDS}, {{}})",
        f"os.spawnv(os.P_WAIT, 'hf', {WORDS})",
        "os.execlp('hf', 'hf', 'download', 'o/m')",
        "os.spawnlp(os.P_WAIT, 'hf', 'hf', 'download', 'o/m')",
        "import subprocess as sp; sp.run(('hf', 'download', 'o/m'))",
        f"from subprocess import check_call as go; go({WORDS})",
        f"run = subprocess.run; run({WORDS})",
        "import asyncio; asyncio.create_subprocess_exec('hf', 'download', 'o/m')",
        f"import asyncio; asyncio.create_subprocess_shell({LINE})",
        f"import pexpect; pexpect.spawn({LINE})",
        f"import anyio; anyio.run_process({WORDS})",
        "import sh; sh.hf('download', 'o/m')",
        "from sh import hf; hf.download('o/m')",
        f"get_ipython().system({LINE})",
        f"from IPython import get_ipython; get_ipython().getoutput({LINE})",
    ],
)
def test_call_starts_a_program(text: str) -> None:
    assert read(text) == [Seen(2, ("o/m",))]


@pytest.mark.parametrize(
    "text",
    [
        f"other.run({WORDS})",
        f"def run(words): ...\nrun({WORDS})",
        f"print({WORDS})",
        "subprocess.run()",
        "subprocess.run(*words)",
        "subprocess.run(words)",
        "subprocess.run(f())",
        "subprocess.run(text.split(','))",
        "subprocess.run(''.split())",
        "subprocess.run(a + b)",
        "subprocess.run(['echo', 'hf download o/m'])",
        "subprocess.run(['git', 'clone', url])",
        "subprocess.run(words := [])",
        "words = 1\nwords = 2\nsubprocess.run(words)",
        "a, b = subprocess.run(a), 1",
        "def f(words):\n    subprocess.run(words)\nf()",
        "x = x\nsubprocess.run(x)",
        "for x in y: subprocess.run(x)",
        "subprocess.run(' '.join(x))",
        "subprocess.run(' '.join())",
        "import sh\nsh.echo('hf')\nprint(sh)",
    ],
)
def test_call_loads_nothing(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        pytest.param(
            "NAME = 'o/m'\nsubprocess.run(['hf', 'download', NAME])", ("o/m",), id="constant"
        ),
        pytest.param(f"words = {WORDS}\nsubprocess.run(words)", ("o/m",), id="name"),
        pytest.param("subprocess.run(['hf', 'download'] + ['o/m'])", ("o/m",), id="sum"),
        pytest.param(
            "subprocess.run(['hf', 'download', 'o/m'] + rest)", ("o/m",), id="sum-with-rest"
        ),
        pytest.param("subprocess.run(['hf', *['download', 'o/m']])", ("o/m",), id="star"),
        pytest.param("subprocess.run(['hf', 'download', *rest])", (), id="star-out-of-sight"),
        pytest.param("subprocess.run(list(('hf', 'download', 'o/m')))", ("o/m",), id="list"),
        pytest.param(f"subprocess.run({LINE}.split())", ("o/m",), id="split"),
        pytest.param(f"subprocess.run(shlex.split({LINE}))", ("o/m",), id="shlex"),
        pytest.param(
            f"from shlex import split\nsubprocess.run(split({LINE}))", ("o/m",), id="split-alone"
        ),
        pytest.param(
            "os.system(f'hf download {\"o/m\"} --local-dir {out}')", ("o/m",), id="f-string"
        ),
        pytest.param("os.system('hf download %s -q' % 'o/m')", ("o/m",), id="percent"),
        pytest.param("os.system('hf download {} {}'.format('o/m', x))", ("o/m",), id="format"),
        pytest.param("os.system('hf download ' + 'o/m ' + file)", ("o/m",), id="sum-of-texts"),
        pytest.param("os.system('hf download o/m %(x)s' % d)", (), id="percent-out-of-sight"),
        pytest.param("os.system(f'hf download o/m {x:>3}')", (), id="format-of-a-part"),
        pytest.param(
            "line = f'hf download o/m {x}'\nos.system(line)", ("o/m",), id="named-f-string"
        ),
        pytest.param("os.system(' '.join(['hf', 'download', 'o/m', x]))", ("o/m",), id="join"),
        pytest.param(
            "os.system('; '.join(['cd x', 'hf download o/m']))", ("o/m",), id="join-of-commands"
        ),
        pytest.param(
            "subprocess.run([sys.executable, '-m', 'lm_eval', '--model_args', 'pretrained=o/m'])",
            ("o/m",),
            id="interpreter",
        ),
        pytest.param(
            "from sys import executable as python\n"
            "subprocess.run([python, '-m', 'lm_eval', '--model_args', 'pretrained=o/m'])",
            ("o/m",),
            id="interpreter-alone",
        ),
        pytest.param(
            "subprocess.run([f'{bin}/hf', 'download', 'o/m', 3])", ("o/m",), id="folder-and-number"
        ),
        pytest.param(
            "for n in 'o/a', 'o/b':\n    os.system(f'hf download {n} -q {x}')",
            ("o/a", "o/b"),
            id="loop",
        ),
        pytest.param(
            "n = 'o/a' if x else 'o/b'\nsubprocess.run(['hf', 'download', n])",
            ("o/a", "o/b"),
            id="conditional",
        ),
        pytest.param("subprocess.run(['hf', 'download', name])", "unknown", id="unknown"),
        pytest.param("os.system(f'hf download {name}')", "unknown", id="unknown-in-a-text"),
        pytest.param(
            "n = 'o/a' if x else None\nsubprocess.run(['hf', 'download', n])",
            "unknown",
            id="not-only-texts",
        ),
    ],
)
def test_words_are_found(text: str, ids: Plain) -> None:
    assert [one.ids for one in read(text)] == ([ids] if ids else [])


GROWING = "words = ['vllm', 'serve', 'o/m']\n{}\nsubprocess.run(words)"


@pytest.mark.parametrize(
    ("growth", "revision", "trust"),
    [
        pytest.param("pass", "absent", "absent", id="not"),
        pytest.param("words.append('--revision=v1')", ("v1",), "absent", id="append"),
        pytest.param("words.extend(['--revision', 'v1'])", ("v1",), "absent", id="extend"),
        pytest.param("words.append('--trust-remote-code')", "absent", (True,), id="trust"),
        pytest.param("words.extend(rest)", "unknown", "unknown", id="extend-out-of-sight"),
        pytest.param("words.insert(1, x)", "unknown", "unknown", id="insert"),
        pytest.param("words += ['--revision', 'v1']", "unknown", "unknown", id="augmented"),
        pytest.param(
            "if x:\n    words.append('--trust-remote-code')", "unknown", "unknown", id="if"
        ),
        pytest.param("\n".join(["words.append('-x')"] * 2000), "unknown", "unknown", id="often"),
    ],
)
def test_list_that_grows_is_followed(growth: str, revision: Plain, trust: Plain) -> None:
    (found,) = read(GROWING.format(growth))
    assert (found.revision, found.trust) == (revision, trust)


def test_growth_behind_the_call_does_not_count() -> None:
    text = f"words = {WORDS}\nsubprocess.run(words)\nwords.append('--revision=v1')"
    assert read(text) == [Seen(3, ("o/m",))]


@pytest.mark.parametrize(
    "text",
    [
        f"run({WORDS})",
        f"run(command={WORDS})",
        f"run({LINE})",
    ],
)
def test_caller_says_what_is_run(text: str) -> None:
    function = "def run(command, **options):\n    return subprocess.run(command, **options)\n"
    assert read(function + text) == [Seen(4, ("o/m",))]


def test_caller_out_of_sight_says_nothing() -> None:
    function = "def run(command):\n    return subprocess.run(command)\n"
    assert read(function + "run(*rest)") == []


@pytest.mark.parametrize(
    ("text", "revision"),
    [
        pytest.param(f"os.system('hf download o/m --revision {SHA}')", (SHA,), id="text"),
        pytest.param("os.system(f'hf download o/m --revision {x}')", "unknown", id="hole"),
        pytest.param("subprocess.run(['hf', 'download', 'o/m', f'--revision={x}'])", "unknown"),
        pytest.param(
            f"os.system('git clone https://hf.co/o/m && cd m && git checkout {SHA}')", (SHA,)
        ),
    ],
)
def test_revision_is_read(text: str, revision: Plain) -> None:
    assert read(text) == [Seen(2, ("o/m",), revision)]


def test_span_is_that_of_the_call_and_the_words_have_their_own() -> None:
    (reference,) = references("import subprocess\nx = subprocess.run(['hf', 'download', 'o/m'])")
    assert reference.span == Span(2, 5, 2, 46)
    assert isinstance(reference.repo_id, Known)
    assert reference.repo_id.values[0].span == Span(2, 39, 2, 44)


def test_too_many_texts_become_a_hole() -> None:
    names = ", ".join(f"'o/{number}'" for number in range(MOST_TEXTS + 1))
    assert read(f"for n in ({names}):\n    os.system(f'hf download {{n}} -q {{x}}')") == [
        Seen(3, "unknown")
    ]


def test_commands_that_differ_in_more_than_the_id_stay_apart() -> None:
    text = "for n in ('o/a', 'o/b'):\n    os.system(f'vllm serve {n}; hf download {n} -q {x}')"
    assert read(text) == [Seen(3, ("o/a", "o/b")), Seen(3, ("o/a", "o/b"))]


def test_ids_that_nobody_knows_become_one() -> None:
    text = "for n in ('o/a', 'o/b'):\n    os.system(f'hf download {n}{x}')"
    assert read(text) == [Seen(3, "unknown")]


def test_longest_list_is_left_alone() -> None:
    assert read(f"subprocess.run(['hf', 'download', 'o/m', {'x, ' * STEPS}])") == []


def test_longest_text_becomes_a_hole() -> None:
    assert read(f"os.system('hf download o/m ' + x + '{'y' * 20_000}')") == []


def test_names_are_not_followed_for_ever() -> None:
    chain = "".join(f"x{number + 1} = f'{{x{number}}}{{y}}'\n" for number in range(HOPS + 2))
    assert read(f"x0 = 'hf download o/m'\n{chain}os.system(x{HOPS + 2})") == []


def test_folder_beside_the_file_is_local() -> None:
    source = source_of(b"import os\nos.system('vllm serve out/m')")
    evaluator = Evaluator(survey(source.tree, source.lines, source.path))
    (call, scope) = evaluator.survey.calls[0]
    found = process_references(call, scope, evaluator, lambda text: text == "out/m")
    assert [one.local for one in found] == ["a local path"]


PARTS = st.recursive(
    st.sampled_from(
        ["a", "'hf'", "'hf download o/m'", "'o/m'", "'git clone https://hf.co/a/b'", "x"]
    ),
    lambda inner: st.one_of(
        st.builds("[{}, {}]".format, inner, inner),
        st.builds("[*{}, {}]".format, inner, inner),
        st.builds("({} + {})".format, inner, inner),
        st.builds("{}.split()".format, inner),
        st.builds("shlex.split({})".format, inner),
        st.builds("' '.join({})".format, inner),
        st.builds("str({})".format, inner),
        st.builds("f'hf download {{({})}}'".format, st.sampled_from(["a", "x", "sys.executable"])),
        st.builds("list({})".format, inner),
    ),
    max_leaves=8,
)


@given(st.lists(PARTS, min_size=3, max_size=3), st.sampled_from(["", "a.append(x)", "a += x"]))
@settings(deadline=None, max_examples=150)
def test_any_call_is_read(parts: list[str], growth: str) -> None:
    text = f"a = {parts[0]}\nx = {parts[1]}\n{growth}\nsubprocess.run({parts[2]})"
    assert read(text) == read(text)
