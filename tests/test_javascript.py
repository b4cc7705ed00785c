from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flake8_hfmodels.reference import Known, Reference
from flake8_hfmodels.sources.javascript import references
from flake8_hfmodels.sources.javascript.names import MOST_DECLARED
from flake8_hfmodels.sources.javascript.tokens import Kind, tokens_of, unescaped
from flake8_hfmodels.sources.placed import whole_file
from flake8_hfmodels.sources.source import TextSource
from tests.reading import SHA, Seen, plain, seen

PROBE = Path(__file__).parents[2] / "shared" / "probe" / "p47_pipeline.ts"

NEW = "import { pipeline, env, AutoModel } from '@huggingface/transformers';\n"
HUB = 'import { downloadFile, snapshotDownload, listFiles, modelInfo } from "@huggingface/hub"\n'
NODE = "import { env } from '@huggingface/transformers'; "
PIPELINE = "@huggingface/transformers.pipeline"
LOAD = "@huggingface/transformers.*.from_pretrained"


def found(text: str, everything: bool = False, path: str = "a.ts") -> list[Reference]:
    source = TextSource(
        path,
        "javascript",
        whole_file(text),
        tuple(text.split("\n")),
        lambda name: name == "a/folder",
    )
    return sorted(references(source, everything), key=lambda one: one.span)


def ids(text: str) -> list[object]:
    """What each call of a text loads, those that load something here first."""
    return [plain(one.repo_id) for one in found(text) if one.local is None]


def revisions(text: str) -> list[object]:
    return [plain(one.revision) for one in found(text)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(NEW + "pipeline('x', 'o/m')", id="named"),
        pytest.param("import {pipeline as p} from '@xenova/transformers'; p('x', 'o/m')", id="as"),
        pytest.param(
            "import * as t from '@xenova/transformers'\nt.pipeline('x', \"o/m\")", id="all"
        ),
        pytest.param(
            "import t, {env} from '@huggingface/transformers'\nt.pipeline('x', 'o/m')", id="default"
        ),
        pytest.param(
            "import type {X} from '@huggingface/transformers'\n" + NEW + "pipeline('x', 'o/m')",
            id="types-beside",
        ),
        pytest.param(
            "const { pipeline } = require('@xenova/transformers'); pipeline('x', 'o/m')",
            id="require",
        ),
        pytest.param(
            "const { pipeline: p } = await import('@xenova/transformers'); p('x', 'o/m')",
            id="dynamic",
        ),
        pytest.param(
            "let t = await import(`@huggingface/transformers`)\nt.pipeline('x', 'o/m')",
            id="dynamic-all",
        ),
        pytest.param(
            "const t = require('@xenova/transformers'), { pipeline } = t; pipeline('x', 'o/m')",
            id="taken-apart",
        ),
        pytest.param(
            "import('@xenova/transformers').then(({ pipeline }) => pipeline('x', 'o/m'))",
            id="then",
        ),
        pytest.param(
            "import('@xenova/transformers').then(async t => t.pipeline('x', 'o/m'))",
            id="then-all",
        ),
        pytest.param(
            "import {pipeline} from 'https://cdn.jsdelivr.net/npm/@xenova/transformers@2.17.2'\n"
            "pipeline('x', 'o/m')",
            id="server",
        ),
        pytest.param(
            "import {pipeline} from 'npm:@huggingface/transformers@3'\npipeline('x', 'o/m')",
            id="deno",
        ),
        pytest.param(NEW + "pipeline<'x', Map<a, b>>('x', 'o/m')", id="generic"),
        pytest.param(NEW + "pipeline?.('x', 'o/m')", id="optional"),
        pytest.param(NEW + "const p = pipeline\np('x', 'o/m')", id="renamed"),
        pytest.param(NEW + "AutoModel.from_pretrained('o/m')", id="class"),
        pytest.param(NEW + "const M = choose()\nM.from_pretrained('o/m')", id="some-class"),
        pytest.param(
            "import * as t from '@xenova/transformers'\nt.AutoModel.from_pretrained('o/m')",
            id="class-of-all",
        ),
        pytest.param(
            "import { KokoroTTS } from 'kokoro-js'\nKokoroTTS.from_pretrained('o/m')", id="kokoro"
        ),
        pytest.param(NEW + "const a = b / 2; pipeline('x', 'o/m'); c = d / 3", id="division"),
        pytest.param(NEW + "x = /['\"`(]/g; pipeline('x', 'o/m')", id="regex"),
        pytest.param(NEW + "return /'/.test(a)\npipeline('x', 'o/m')", id="regex-after-a-word"),
        pytest.param(NEW + "<p>It's</p>\npipeline('x', 'o/m')", id="markup"),
        pytest.param(NEW + "/* ' */ pipeline('x', // '\n'o/m')", id="comments"),
        pytest.param(NEW + "`a ${b + `${c}`} '`; pipeline('x', 'o/m')", id="templates"),
        pytest.param(NEW + "a({; b(]; pipeline('x', 'o/m')", id="brackets"),
        pytest.param("require; import x;\nimport {" + NEW + "pipeline('x', 'o/m')", id="cut-off"),
        pytest.param(
            "import('@xenova/transformers').then(1); [a] = await import('@xenova/transformers')\n"
            "import * as t from '@xenova/transformers'\n} = t; t.pipeline('x', 'o/m')",
            id="other-patterns",
        ),
        pytest.param("/" + NEW[6:] + NEW + "pipeline('x', 'o/m')", id="slash-first"),
    ],
)
def test_a_function_of_a_package(text: str) -> None:
    assert ids(text) == [("o/m",)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param(
            NODE + "import {pipeline} from 'node:stream/promises'\npipeline('a/b', 'c/d')", id="s"
        ),
        pytest.param(
            NODE + "const { pipeline } = require('stream'); pipeline('a', 'o/m')", id="require"
        ),
        pytest.param("pipeline('x', 'o/m')", id="nobody's"),
        pytest.param("X.from_pretrained('o/m')", id="another-library"),
        pytest.param("import 'x'; import {a; b} from '@huggingface/transformers'", id="broken"),
        pytest.param(NEW + "function pipeline(a, b) {}", id="own-function"),
        pytest.param(NEW + "env.backends.pipeline('x', 'o/m')", id="a-method"),
        pytest.param(NEW + "const p = other.thing\np('x', 'o/m')", id="another-name"),
        pytest.param(
            "let pipeline = '@huggingface/hub'; pipeline = b; pipeline('x', 'o/m')", id="own-name"
        ),
        pytest.param(NEW + "const p = pipeline[0]; p('x', 'o/m')", id="part-of-it"),
        pytest.param(NEW + "p.from_url('o/m')", id="another-method"),
        pytest.param(NEW + "pipeline < 3; pipeline", id="no-call"),
        pytest.param(NEW + "pipeline('x', 'o/m'", id="never-closed"),
        pytest.param("import { InferenceClient } from '@huggingface/inference'", id="inference"),
        pytest.param(
            "const a = '@huggingface/hub', b = '/api/models', c = 'text/html'", id="texts"
        ),
        pytest.param(NEW + "pipeline('x', './model')", id="path"),
        pytest.param(NEW + "pipeline('x', 'a/folder')", id="folder"),
        pytest.param(NEW + "pipeline('x', 'o/m', {local_files_only: true})", id="local-only"),
        pytest.param(
            NEW + "env.allowRemoteModels = false\npipeline('x', 'o/m')", id="switched-off"
        ),
        pytest.param(
            NEW + "env.remoteHost = 'https://a.example'\npipeline('x', 'o/m')", id="server"
        ),
    ],
)
def test_nothing_is_loaded_from_the_hub(text: str) -> None:
    assert ids(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("const M = 'o/m'; pipeline('x', M)", ("o/m",)),
        ("const M: string = 'o/m'\npipeline('x', M)", ("o/m",)),
        ("let M: 'a' | 'b' = 'o/m'; pipeline('x', M)", ("o/m",)),
        ("const M = 'o/m' as const; pipeline('x', M)", ("o/m",)),
        ("const M = 'o' + '/' + 'm'; pipeline('x', M)", ("o/m",)),
        ("const N = 'm'; pipeline('x', `o/${N}`)", ("o/m",)),
        ("pipeline('x', `o/m`)", ("o/m",)),
        ("pipeline('x', (await 'o/m')!)", ("o/m",)),
        ("pipeline('x', 'o\\/m')", ("o/m",)),
        ("pipeline('x', a ? 'o/m' : 'o/n')", ("o/m", "o/n")),
        ("pipeline('x', a ? b ? 'o/m' : 'o/n' : 'o/p')", ("o/m", "o/n", "o/p")),
        ("pipeline('x', process.env.M || 'o/m')", ("o/m",)),
        ("pipeline('x', a?.b ?? 'o/m')", ("o/m",)),
        ("const M = {a: 'o/m', 'b': 'o/n'}; pipeline('x', M.a)", ("o/m",)),
        ("const M = {a: 'o/m', 'b': 'o/n'}; pipeline('x', M['b'])", ("o/n",)),
        ("const M = {a: 'o/m', 'b': 'o/n'}; pipeline('x', M[key])", ("o/m", "o/n")),
        ("const M = {a: {id: 'o/m'}}; pipeline('x', M.a.id)", ("o/m",)),
        ("const M = Object.freeze({a: 'o/m'}); pipeline('x', M.a)", ("o/m",)),
        ("const M = ['o/m', 'o/n']; pipeline('x', M[i])", ("o/m", "o/n")),
        ("for (const m of ['o/m', 'o/n']) pipeline('x', m)", ("o/m", "o/n")),
        ("const A = ['o/m']; for await (const m of A) { pipeline('x', m) }", ("o/m",)),
        ("class A { static m = 'o/m'; f() { pipeline('x', this.m) } }", ("o/m",)),
        ("class A<B> extends C { m: string = 'o/m'; f() { pipeline('x', this.m) } }", ("o/m",)),
        ("class A { static m = null }; A.m = 'o/m'; pipeline('x', A.m)", ("o/m",)),
        ("function f(m = 'o/m') { pipeline('x', m) }", ("o/m",)),
        ("function f(m: string = 'o/m') { pipeline('x', m) }", ("o/m",)),
        ("const f = async (m = 'o/m') => pipeline('x', m)", ("o/m",)),
        ("function f({ m = 'o/m' }: O): Promise<X> { pipeline('x', m) }", ("o/m",)),
        ("const m = 'o/n'; { const m = 'o/m'; pipeline('x', m) }", ("o/m",)),
        ("let m = null; if (a) { m = 'o/m' }\npipeline('x', m)", ("o/m",)),
        ("let m; m = 'o/m'; pipeline('x', m)", ("o/m",)),
        ("const a = 1, m = 'o/m'\npipeline('x', m)", ("o/m",)),
        ("const m = m2\nconst m2 = 'o/m'\npipeline('x', m)", ("o/m",)),
        ("pipeline('x', m)\nvar m = 'o/m'", ("o/m",)),
        ("pipeline('x', 'o/m',,)", ("o/m",)),
        ("pipeline('x', a ? 'o/m')", ("o/m",)),
        ("pipeline('x', await)", "unknown"),
        ("for (const m of ) pipeline('x', m)", "unknown"),
        ("for (const m of choose()) pipeline('x', m)", "unknown"),
        ("const f = (A) => { for (const m of A) pipeline('x', m) }", "unknown"),
        ("const a = a.b; pipeline('x', a.b)", "unknown"),
        (
            "const m = 'o/m'; (a of b); (1 of c); a.require('x'); (m + a) => {}; pipeline('x', m)",
            ("o/m",),
        ),
        ("a | m = 'o/n'; const m = 'o/m'; pipeline('x', m)", ("o/m",)),
        (f"const m: {'A | ' * 30}B = 'o/n'; pipeline('x', m)", "unknown"),
        (f"function f(m: {'A | ' * 30}B) {{ pipeline('x', m) }}", "unknown"),
        (f"const f = (m): {'A | ' * 30}B => pipeline('x', m)", "unknown"),
        (
            f"class A extends {'B.' * 30}C {{ m = 'o/m'; f() {{ pipeline('x', this.m) }} }}",
            "unknown",
        ),
        ("const m = 'o/m'; function f(m: string, b?) { pipeline('x', m) }", "unknown"),
        ("const m = 'o/m'; const f = m => pipeline('x', m)", "unknown"),
        ("pipeline('x', event.data.model)", "unknown"),
        ("pipeline('x', `o/${name}`)", "unknown"),
        ("pipeline('x', -1)", "unknown"),
        ("pipeline('x', choose('o/m'))", "unknown"),
        ("pipeline(...args)", "unknown"),
        ("const m = m; pipeline('x', m)", "unknown"),
        ("pipeline('x', `${`o`}/m` + 1)", "unknown"),
        ("pipeline('x', `a` `b`)", "unknown"),
        ("a = 'o/m';" * (MOST_DECLARED + 1) + "pipeline('x', a)", "unknown"),
    ],
)
def test_what_an_expression_comes_to(text: str, expected: object) -> None:
    assert ids(NEW + text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pipeline('x', 'o/m')", "absent"),
        ("pipeline('x', 'o/m', {})", "absent"),
        ("pipeline('x', 'o/m', null)", "absent"),
        ("pipeline('x', 'o/m', { revision: 'main' })", ("main",)),
        ("pipeline('x', 'o/m', { 'revision': 'main' })", ("main",)),
        ("pipeline('x', 'o/m', { revision: REV })", (SHA,)),
        ("pipeline('x', 'o/m', { revision: choose() })", "unknown"),
        ("pipeline('x', 'o/m', { f() {}, dtype: 'q8' })", "absent"),
        ("const revision = 'v1'; pipeline('x', 'o/m', { revision })", ("v1",)),
        ("const O = { revision: 'v1' }; pipeline('x', 'o/m', O)", ("v1",)),
        ("const O = { revision: 'v1' }; pipeline('x', 'o/m', { ...O, a: 1 })", ("v1",)),
        ("const O = { a: 'v1' }; pipeline('x', 'o/m', { ...O })", "absent"),
        ("pipeline('x', 'o/m', { ...options })", "unknown"),
        ("pipeline('x', 'o/m', options)", "unknown"),
        ("pipeline('x', 'o/m', 'o/n')", "unknown"),
        ("let O = { revision: 'a' }; O = { revision: 'b' }; pipeline('x', 'o/m', O)", ("a", "b")),
        ("const O = O; pipeline('x', 'o/m', O)", "unknown"),
        ("AutoModel.from_pretrained('o/m', { revision: 'main' })", ("main",)),
    ],
)
def test_the_revision(text: str, expected: object) -> None:
    assert revisions(NEW + f"const REV = '{SHA}';\n" + text) == [expected]


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("pipeline('fill-mask')", Seen(2, PIPELINE, ("onnx-community/ettin-encoder-32m-ONNX",))),
        (
            "pipeline('ner', null)",
            Seen(2, PIPELINE, ("Xenova/bert-base-multilingual-cased-ner-hrl",)),
        ),
        ("pipeline('my-task')", Seen(2, PIPELINE, "absent")),
        (
            "pipeline(task)",
            Seen(2, PIPELINE, "absent", persona="pedantic", confidence="low"),
        ),
        ("pipeline()", Seen(2, PIPELINE, "absent", persona="pedantic", confidence="low")),
    ],
)
def test_the_model_of_a_task(call: str, expected: Seen) -> None:
    assert [seen(one) for one in found(NEW + call)] == [expected]


def test_the_old_package_has_other_models() -> None:
    text = "import { pipeline } from '@xenova/transformers'\npipeline('fill-mask')"

    assert ids(text) == [("Xenova/bert-base-uncased",)]


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("downloadFile({ repo: 'o/m', path: 'a' })", ("call", "model", ("o/m",), "absent")),
        ("downloadFile({ repo: 'datasets/o/d' })", ("call", "dataset", ("o/d",), "absent")),
        ("downloadFile({ repo: 'spaces/o/s' })", ("call", "space", ("o/s",), "absent")),
        (
            "snapshotDownload({ repo: { type: 'dataset', name: 'o/d' }, revision: 'main' })",
            ("call", "dataset", ("o/d",), ("main",)),
        ),
        ("snapshotDownload({ repo: { name: 'o/m' } })", ("call", "model", ("o/m",), "absent")),
        (
            "snapshotDownload({ repo: { type, name: 'o/m' } })",
            ("call", "model", ("o/m",), "absent"),
        ),
        ("snapshotDownload({ repo: {} })", ("call", "model", "absent", "absent")),
        ("downloadFile({ repo: 'a/b/c' })", ("call", "model", "unknown", "absent")),
        ("downloadFile({ repo: name })", ("call", "model", "unknown", "absent")),
        ("downloadFile()", ("call", "model", "absent", "absent")),
        ("listFiles({ repo: 'o/m' })", ("mention", "model", ("o/m",), "absent")),
        ("modelInfo({ name: 'o/m' })", ("mention", "model", ("o/m",), "absent")),
    ],
)
def test_the_client_of_the_hub(call: str, expected: object) -> None:
    (one,) = found(HUB + call)

    assert (one.kind, one.repo_type, plain(one.repo_id), plain(one.revision)) == expected


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("pipeline('x', 'o/m')", ("regular", "high")),
        ("pipeline('x', 'models/m')", ("pedantic", "low")),
        ("pipeline('x', name)", ("pedantic", "low")),
    ],
)
def test_for_whom_it_is(call: str, expected: tuple[str, str]) -> None:
    (one,) = found(NEW + call)

    assert (one.persona.value, one.confidence.value) == expected


@pytest.mark.parametrize(
    "host", ["'https://huggingface.co'", "'https://hf-mirror.com/'", "choose()", "1"]
)
def test_a_server_that_may_be_the_hub(host: str) -> None:
    assert ids(NEW + f"env.remoteHost = {host};\npipeline('x', 'o/m')") == [("o/m",)]


def test_a_switch_that_is_on() -> None:
    text = NEW + "env.allowRemoteModels = true\npipeline('x', 'o/m')"

    assert ids(text) == [("o/m",)]


def test_where_a_call_stands() -> None:
    (one,) = found(
        NEW + "const p = await t . pipeline . x;\n  await AutoModel\n.from_pretrained('o/m')"
    )

    assert isinstance(one.repo_id, Known)
    assert (one.call, one.span.line, one.span.column, one.span.end_line) == (
        "AutoModel.from_pretrained",
        3,
        9,
        4,
    )
    assert (one.repo_id.values[0].span.line, one.repo_id.values[0].span.column) == (4, 18)


URL = "https://huggingface.co/o/m/resolve/main/a.onnx"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"fetch('{URL}')", ("uri", "regular")),
        (f"fetch(`{URL}?download=true`)", ("uri", "regular")),
        (f"fetch(`{URL[:-1]}${{x}}`)", ("uri", "regular")),
        (f"const a = 'from {URL}'", ("mention", "pedantic")),
        (f"const a = '{URL} is it'", ("mention", "pedantic")),
        (f"// {URL}", ("mention", "pedantic")),
        (f"/* {URL} */", ("mention", "pedantic")),
        (f"<p>{URL}</p>", ("mention", "pedantic")),
        (f'<a href="{URL}">', ("mention", "pedantic")),
        (f"const a = {{ link: '{URL}' }}", ("mention", "pedantic")),
        ("const a = 'https://huggingface.co/o/m'", ("mention", "auditor")),
        (f"const a = '{URL.replace('onnx', 'png')}'", ("uri", "pedantic")),
    ],
)
def test_addresses(text: str, expected: tuple[str, str]) -> None:
    assert [(one.kind, one.persona.value) for one in found(text)] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("const a = 'Qwen/Qwen2-7B'", [("Qwen/Qwen2-7B", "auditor")]),
        ("// the model Qwen/Qwen2-7B", [("Qwen/Qwen2-7B", "auditor")]),
        (NEW + "const MODEL_ID = 'who/what'", [("who/what", "pedantic")]),
        (NEW + "run({ model: 'who/what' })", [("who/what", "pedantic")]),
        (NEW + "run({ model: 'a/folder', repo: 'you/x.json',\nx: 'who/what' })", []),
        (NEW + "run({ model: 'your-org/x', dataset: 'one' })", []),
        (NEW + "run({ model: 'google/gemini-2.0-flash' })", []),
        (NEW + "pipeline('x', model = 'who/what')", [("who/what", "pedantic")]),
        ("const MODEL_ID = 'who/what'", [("who/what", "auditor")]),
        ("const ROUTE = 'who/what'", []),
        ("import a from 'jest/bert-base'; import('@x/bert-base'); require('y/t5-base')", []),
        ("const a = '@huggingface/bert-base'", []),
        ("fetch('/api/models'); const t = 'application/json'", []),
    ],
)
def test_ids_that_are_named(text: str, expected: list[tuple[str, str]]) -> None:
    said = [
        (str(written.value), one.persona.value)
        for one in found(text, everything=True)
        if isinstance(one.repo_id, Known) and one.kind == "mention"
        for written in one.repo_id.strings()
    ]
    assert said == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "const C = { model: 'o/m' }; const { model } = C; pipeline('x', model)", "o/m", id="key"
        ),
        pytest.param(
            "const C = { a: 1, b: 'o/m' }; let { a, b: id } = C; pipeline('x', id)",
            "o/m",
            id="renamed",
        ),
        pytest.param(
            "const { a = 'o/m' } = props; pipeline('x', a)", "o/m", id="nothing-but-a-default"
        ),
        pytest.param(
            "const C = { a: { b: 'o/m' } }; const { a } = C; pipeline('x', a.b)",
            "o/m",
            id="object-in-an-object",
        ),
        pytest.param(
            "const C = { a: ['o/m'] }; const { a } = C; for (const b of a) pipeline('x', b)",
            "o/m",
            id="list-in-an-object",
        ),
        pytest.param(
            "const C: { a: string } = { a: 'o/m' }; pipeline('x', C.a)", "o/m", id="written-type"
        ),
        pytest.param(
            "const C: Record<string, { id: string }> = { a: { id: 'o/m' } };\n"
            "for (const k of Object.keys(C)) pipeline('x', C[k].id)",
            "o/m",
            id="each-key",
        ),
        pytest.param(
            "function f(y, id) { pipeline('x', id) }\nf(1, 'o/m'); f(2); f(", "o/m", id="function"
        ),
        pytest.param(
            "const f = async (id: string) => pipeline('x', id)\nf('o/m')", "o/m", id="arrow"
        ),
        pytest.param(
            "function f(id) { f(id); pipeline('x', id) }\nf('o/m')", "o/m", id="calls-itself"
        ),
    ],
)
def test_ids_that_are_passed_on(text: str, expected: str) -> None:
    calls = [one for one in found(NEW + text) if one.kind == "call"]
    assert [plain(one.repo_id) for one in calls] == [(expected,)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("const { a } = { b: 'o/m' }; pipeline('x', a)", id="another-key"),
        pytest.param("const { ...a } = { a: 'o/m' }; pipeline('x', a)", id="the-rest"),
        pytest.param("({ a } = { a: 'o/m' }); pipeline('x', a)", id="not-declared"),
        pytest.param("({ a }) => pipeline('x', a); f({ a: 'o/m' })", id="in-an-object"),
        pytest.param("function f(id) { pipeline('x', id) }\ng.f('o/m')", id="method"),
        pytest.param("(id) => pipeline('x', id)", id="without-name"),
        pytest.param("a = (id) => pipeline('x', id); a('o/m')", id="given-again"),
    ],
)
def test_ids_that_are_not_in_sight(text: str) -> None:
    (call,) = [one for one in found(NEW + text) if one.kind == "call"]
    assert plain(call.repo_id) == "unknown"


def test_functions_that_are_entries_are_none_of_the_package() -> None:
    text = "const { run } = pipeline; run('x', 'o/m')"
    assert [one for one in found(NEW + text) if one.kind == "call"] == []


VUE = (
    '<template><a href="https://huggingface.co/o/page">x</a></template>\n'
    f'<script setup lang="ts">\n{NEW}pipeline("x", "o/m")\n</script>\n'
)


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("a.vue", VUE, [(1, ("o/page",)), (4, ("o/m",))]),
        ("a.svelte", VUE, [(1, ("o/page",)), (4, ("o/m",))]),
        ("a.astro", f"---\n{NEW}pipeline('x', 'o/m')\n---\n<p/>", [(3, ("o/m",))]),
    ],
)
def test_scripts_in_other_files(path: str, text: str, expected: object) -> None:
    assert [(one.span.line, plain(one.repo_id)) for one in found(text, path=path)] == expected


@pytest.mark.skipif(not PROBE.is_file(), reason="the probes are not beside the project")
def test_the_probe() -> None:
    assert [one.span.line for one in found(PROBE.read_text(encoding="utf-8"))] == [3]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("a /b/ c", "NAME MARK NAME MARK NAME"),
        ("a = /b[/]\\/c/gi", "NAME MARK REGEX"),
        ("/a", "MARK NAME"),
        ("/* a", ""),
        ("'a\\'b' \"c", "TEXT TEXT"),
        ("`a${1}b`", "TEMPLATE NUMBER TEMPLATE"),
        ("} ) ]", "MARK MARK MARK"),
        ("a?.b ?? c => $d #e", "NAME MARK NAME MARK NAME MARK NAME NAME"),
    ],
)
def test_tokens(text: str, kinds: str) -> None:
    tokens = tokens_of(text)

    assert " ".join(Kind(one).name for one in tokens.kinds) == kinds


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("a/b", "a/b"),
        ("a\\/b", "a/b"),
        ("\\x61\\u0062\\u{63}\\n", "abc\n"),
        ("\\ud83d", "\ufffd"),
        ("\\u{ffffff}", "\ufffd"),
        ("\\", "\\"),
    ],
)
def test_escapes(written: str, said: str) -> None:
    assert unescaped(written) == said


PIECES = st.sampled_from(
    [
        *(NEW, HUB, "pipeline('x', 'o/m', { revision: 'main' });", "const M = {a: 'o/m'};", "M.a"),
        *("class A { static m = 'o/m' }", "function f(m = 'o/m') {", "=> ", "downloadFile({repo: "),
        *("${", "`", "{", "}", "(", ")", "[", "]", "'", '"', "/", "/*", "//", "<", ">", "?", ":"),
        *(
            "=",
            "...",
            " as ",
            "this.",
            "import ",
            "import(",
            "\n",
            "\r\n",
            "\t",
            "é",
            URL,
            "pipeline",
        ),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES | st.text(max_size=6), max_size=24), st.booleans(), st.booleans())
def test_any_text_is_read(parts: list[str], everything: bool, is_vue: bool) -> None:
    text = NEW + "".join(parts)
    lines = [len(line.text) for line in whole_file(text).lines()]

    for one in found(text, everything, "a.vue" if is_vue else "a.ts"):
        assert 1 <= one.span.line <= one.span.end_line <= len(lines)
        assert one.span.end_column <= lines[one.span.end_line - 1] + 1
