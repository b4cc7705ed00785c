from __future__ import annotations

import subprocess
import sys

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flake8_hfmodels.sources.marked import events, flow, lines
from flake8_hfmodels.sources.marked.growing import DEEPEST
from flake8_hfmodels.sources.marked.tree import Items, Leaf, Mapping, Marked, Node
from flake8_hfmodels.sources.marked.yaml import read_yaml
from flake8_hfmodels.sources.placed import inserted, whole_file
from tests.trees import Plain, comments, documents, places, plain, scalars, spots, strays


def read(source: str) -> Marked:
    return read_yaml(whole_file(source))


@pytest.fixture(params=[True, False], ids=["libyaml", "python"])
def _loaders(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param and not yaml.__with_libyaml__:  # pragma: no cover  # wheels come with it
        pytest.skip("no libyaml here")
    monkeypatch.setattr(yaml, "__with_libyaml__", request.param)


VALUES = [
    pytest.param("", [], id="empty file"),
    pytest.param("# nothing\n", [], id="only a comment"),
    pytest.param("a: b", [{"a": "b"}], id="no line end"),
    pytest.param("a: b\r\nc:\r\n  - d\r\n", [{"a": "b", "c": ["d"]}], id="CRLF"),
    pytest.param("\ufeffa: b\n", [{"a": "b"}], id="byte order mark"),
    pytest.param("a:\nb: ~\n", [{"a": "", "b": "~"}], id="no value"),
    pytest.param("- a\n- [b, c]\n- {d: e}\n", [["a", ["b", "c"], {"d": "e"}]], id="nesting"),
    pytest.param("--- a\n--- b\n", ["a", "b"], id="documents"),
    pytest.param("a: 'it''s'\n", [{"a": "it's"}], id="single quotes"),
    pytest.param('a: "\\x41\\t\\u00e9\\/"\n', [{"a": "A\té/"}], id="escapes"),
    pytest.param('a: "b\n  c\n\n  d"\n', [{"a": "b c\nd"}], id="double quotes over lines"),
    pytest.param('a: "b\\\n  c"\n', [{"a": "bc"}], id="escaped line end"),
    pytest.param("a: 'b\n  c'\n", [{"a": "b c"}], id="single quotes over lines"),
    pytest.param("a: b\n  c\n\n  d\n", [{"a": "b c\nd"}], id="plain over lines"),
    pytest.param("a: |\n  b\n    c\n\n  d\n", [{"a": "b\n  c\n\nd\n"}], id="literal"),
    pytest.param("a: |2-\n    b\n   c\n\n", [{"a": "  b\n c"}], id="literal with a margin"),
    pytest.param("a: |+\n  b\n\n", [{"a": "b\n\n"}], id="literal that keeps blank lines"),
    pytest.param("a: >\n  b\n  c\n\n  d\n    e\n", [{"a": "b c\nd\n  e\n"}], id="folded"),
    pytest.param("a: >-\r\n  b\r\n  c\r\n", [{"a": "b c"}], id="folded, CRLF"),
    pytest.param("a: !!python/object:os.system x\n", [{"a": "x"}], id="tags are but text"),
    pytest.param("a: !f # c\n  x\n", [{"a": "x"}], id="comment behind a tag"),
    pytest.param("%YAML 1.2\n---\na: b\n", [{"a": "b"}], id="directive"),
    pytest.param("a: ${{ matrix.x }}\n", [{"a": "${{ matrix.x }}"}], id="expression of Actions"),
    pytest.param("a: b\0c\n", [{"a": "b\0c"}], id="control character"),
    pytest.param("a: b\u2028c\x85d\n", [{"a": "b\u2028c\x85d"}], id="line ends of YAML 1.1"),
    pytest.param("? [a, b]\n: c\n", [{"[a, b]": "c"}], id="key that is no scalar"),
    pytest.param("a: &x b\nc: *x\n", [{"a": "b", "c": "b"}], id="alias"),
    pytest.param("a: *x\n", [{"a": "*x"}], id="alias of nothing"),
    pytest.param("a: &x [b, *x]\n", [{"a": ["b", "*x"]}], id="alias within itself"),
    pytest.param("- &x a\n---\n- *x\n", [["a"], ["*x"]], id="alias of another document"),
]


@pytest.mark.usefixtures("_loaders")
@pytest.mark.parametrize(("source", "expected"), VALUES)
def test_values(source: str, expected: list[Plain]) -> None:
    marked = read(source)

    assert documents(marked) == expected
    assert marked.mistake == ""
    assert strays(marked, source) == []


def test_places() -> None:
    source = "é: '😀 x'\nk : |2-  # c\n    a\nl: [a b , \"c\\td\"]\n? m\n: &x  n\n"

    assert places(read(source)) == [
        ("é", (1, 1)),
        ("😀 x", (1, 5)),
        ("k", (2, 1)),
        ("  a", (3, 3)),
        ("l", (4, 1)),
        ("a b", (4, 5)),
        ("c\td", (4, 12)),
        ("m", (5, 3)),
        ("n", (6, 7)),
    ]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param(
            "a: |\n  b\n    c\n", [(2, 3), (2, 4), (3, 3), (3, 4), (3, 5), (3, 6)], id="|"
        ),
        pytest.param("a: >\n  b\n  c\n", [(2, 3), (2, 4), (3, 3), (3, 4)], id=">"),
        pytest.param("a: b\n   c\n", [(1, 4), (1, 5), (2, 4)], id="plain"),
        pytest.param("a: 'b\n   c''d'", [(1, 5), (1, 6), (2, 4), (2, 6), (2, 7)], id="single"),
        pytest.param('a: "b\\x41\\\n  c"', [(1, 5), (1, 6), (2, 3)], id="double"),
    ],
)
def test_place_of_each_character(source: str, expected: list[tuple[int, int]]) -> None:
    assert spots(scalars(read(source))[1].text) == expected


def test_places_of_a_text_within_a_file() -> None:
    marked = read_yaml(inserted("a: b\n", 7, 3))

    assert places(marked) == [("a", (7, 3)), ("b", (7, 3))]


def test_no_value_stands_behind_the_colon() -> None:
    assert scalars(read("ab:\nc: d\n"))[1] == Leaf(whole_file("ab:").part(3, 3), plain=True)


@pytest.mark.parametrize(
    ("source", "plain", "block"),
    [
        pytest.param("true", True, False, id="plain"),
        pytest.param("'true'", False, False, id="single quotes"),
        pytest.param('"true"', False, False, id="double quotes"),
        pytest.param("&x 'true'", False, False, id="anchor"),
        pytest.param("|\n true", False, True, id="literal"),
        pytest.param("!t >\n true", False, True, id="folded"),
        pytest.param("&x", True, False, id="nothing but an anchor"),
    ],
)
def test_how_a_scalar_is_written(source: str, plain: bool, block: bool) -> None:
    [leaf] = scalars(read(source))

    assert (leaf.plain, leaf.block) == (plain, block)


def test_comments() -> None:
    source = (
        "# top\na: 'b # no' ## c\nd: |  # header\n  # no\ne: f#no\n"
        "g: [h, # i\n  j]\n&x k: # l\n  m\n#\n"
    )

    assert comments(read(source)) == [
        ("top", (1, 3)),
        ("c", (2, 16)),
        ("header", (3, 9)),
        ("i", (6, 10)),
        ("l", (8, 9)),
        ("", (10, 2)),
    ]


def test_alias_is_the_very_node() -> None:
    [document] = read("a: &x {b: c}\nd: *x\n").documents
    assert isinstance(document, Mapping)

    assert document.entries[0].value is document.entries[1].value


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("- &x {a: b, c: d}\n- {<<: *x, a: e}\n", {"a": "e", "c": "d"}, id="one"),
        pytest.param(
            "- [&x {a: b}, &y {a: c, d: e}]\n- {<<: [*x, *y]}\n", {"a": "b", "d": "e"}, id="two"
        ),
        pytest.param("- &x [a]\n- {<<: *x, b: c}\n", {"b": "c"}, id="no mapping"),
        pytest.param("- 1\n- {'<<': {a: b}}\n", {"<<": {"a": "b"}}, id="quoted, no merge key"),
    ],
)
def test_merge_keys(source: str, expected: Plain) -> None:
    [document] = read(source).documents
    assert isinstance(document, Items)

    assert plain(document.items[1]) == expected


def test_aliases_do_not_nest_deeper_than_brackets_may() -> None:
    chain = "".join(f"- &a{n} [*a{n - 1}]\n" for n in range(1, 300))

    assert _depth(read("- &a0 x\n" + chain).documents[0]) == DEEPEST


def _depth(node: Node) -> int:
    depth, level = 0, [node]
    while level := [child for one in level for child in _children(one)]:
        depth += 1
    return depth


def _children(node: Node) -> list[Node]:
    match node:
        case Mapping(entries):
            return [entry.value for entry in entries]
        case Items(items):
            return list(items)
        case _:
            return []


def test_aliases_do_not_multiply_without_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "MOST_VALUES", 1000)
    laughs = "".join(f"- &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30))
    marked = read("- &a0 x\n" + laughs)

    assert len(scalars(marked)) < 2000


def test_merge_keys_do_not_multiply_without_bound() -> None:
    keys = ", ".join(f"k{n}: 1" for n in range(1000))
    marked = read(f"- &x {{{keys}}}\n" + "- {<<: *x}\n" * 300)

    assert len(scalars(marked)) < 250_000


def test_merged_lists_do_not_multiply_without_bound() -> None:
    marked = read(f"- &x [{'{a: b}, ' * 1000}]\n" + "- {<<: *x}\n" * 300)

    assert plain(marked.documents[0])[-1] == {}  # type: ignore[index]  # a list


def test_too_many_values(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "MOST_VALUES", 9)
    marked = read("a:\n" + "- [b]\n" * 20 + "# c\n")
    [document] = marked.documents

    assert plain(document) == {"a": [["b"]] * 5}
    assert (marked.mistake, marked.line) == ("it holds more than 9 values", 6)
    assert marked.comments == ()


@pytest.mark.parametrize("bracket", ["[", "{", "- ", "? "])
def test_too_deep(bracket: str) -> None:
    marked = read(bracket * 10_000)

    assert marked.mistake == f"it nests deeper than {DEEPEST} levels"


TEMPLATES = [
    pytest.param("a: {{ .Values.b }}\n", [{"a": "\0" * 15}], id="value"),
    pytest.param("a: {{ b }}/c\n", [{"a": "\0" * 7 + "/c"}], id="part of a value"),
    pytest.param("{{ a }}: b\n", [{"\0" * 7: "b"}], id="key"),
    pytest.param("- {{ a }}\n- b\n", [["\0" * 7, "b"]], id="item"),
    pytest.param("[${{ a }}, b]\n", [["$" + "\0" * 7, "b"]], id="item in brackets"),
    pytest.param("{{- if a }}\nb: c\n{{- end }}\n", [{"b": "c"}], id="lines of their own"),
    pytest.param("{% set a %}{# b #}\nb: c\n", [{"b": "c"}], id="Jinja"),
    pytest.param("a:\n  {{ b\n  c }}\nd: e\n", [{"a": "", "d": "e"}], id="over lines"),
    pytest.param('a: "{{ b "c" }}d"\n', [{"a": '{{ b "c" }}d'}], id="shown within quotes"),
    pytest.param("a: {{ b }}\nc: |\n  {{ d }} e\n", [{"a": "\0" * 7, "c": "{{ d }} e\n"}], id="|"),
    pytest.param("a: {{ b }}\nc: d\0\n", [{"a": "\0" * 7, "c": "d\0"}], id="control character"),
]


@pytest.mark.parametrize(("source", "expected"), TEMPLATES)
def test_templates(source: str, expected: list[Plain]) -> None:
    marked = read(source)

    assert documents(marked) == expected
    assert marked.mistake == ""
    assert strays(marked, source) == []


def test_templates_end_nearby() -> None:
    marked = read("a: b: c\nd: {{ e\nf: g\n" + "# h\n" * 2000 + "i: }}\n")

    assert ("g", (3, 4)) in places(marked)


MISTAKES = [
    pytest.param("a: b: c\nd: e\n", 1, [{"a": "b: c", "d": "e"}], id="two colons"),
    pytest.param("a: 'b\nc: d\n", 3, [{"a": "b", "c": "d"}], id="open quotes"),
    pytest.param("a: '\nc: d\n", 3, [{"a": "", "c": "d"}], id="nothing but quotes"),
    pytest.param("a: @b  # c\nd: '@e' # f\n", 1, [{"a": "@b", "d": "@e"}], id="comments"),
    pytest.param("a:\n\t- b\n\t- c: d\n", 2, [{"a": ["b", {"c": "d"}]}], id="tabs"),
    pytest.param(
        "@\na:\n- b\n-  c: d\n   e: f\ng: h\n",
        1,
        ["@", {"a": ["b", {"c": "d", "e": "f"}], "g": "h"}],
        id="item at its key's column",
    ),
    pytest.param(
        "@: x\na:\n  b:\n    c: d\n  e: f\n",
        1,
        [{"@": "x", "a": {"b": {"c": "d"}, "e": "f"}}],
        id="nesting",
    ),
    pytest.param(
        "@:\n- - a\n  - b\n-\n  c: d\n- &x e\n- !t\n",
        1,
        [{"@": [["a", "b"], {"c": "d"}, "e"]}],
        id="dashes",
    ),
    pytest.param(
        "@:\n'a b': \"c\\td\"\n\"e\": 'f''g'\n",
        1,
        [{"@": "", "a b": "c\td", "e": "f'g"}],
        id="quotes",
    ),
    pytest.param(
        "@:\na: |  # b\n  c\n    d\n\n  e\n\nf: >\n  g\n  h\n",
        1,
        [{"@": "", "a": "c\n  d\n\ne\n", "f": "g h "}],
        id="blocks",
    ),
    pytest.param("@:\na: |\nb: c\n", 1, [{"@": "", "a": "", "b": "c"}], id="empty block"),
    pytest.param("@ |\n  a\n", 1, ["@ |", "a"], id="no block without a key"),
    pytest.param(
        '@:\na: [b, \'c d\', {e: f}]\ng: {"h":"i", "j":1, k}\n',
        1,
        [{"@": "", "a": ["b", "c d", {"e": "f"}], "g": {"h": "i", "j": "1", "k": ""}}],
        id="brackets",
    ),
    pytest.param("@:\na: [b, # c\nd: ]\n", 1, [{"@": "", "a": ["b"], "d": "]"}], id="open bracket"),
    pytest.param("@:\na: [[b]}, c]\n", 1, [{"@": "", "a": [["b"], "c"]}], id="wrong bracket"),
    pytest.param("@:\n  a: b\nc: d\n", 1, [{"@": {"a": "b"}, "c": "d"}], id="back out"),
    pytest.param(
        "  @: a\n b: c\nd: e\n", 1, [{"@": "a", "b": "c", "d": "e"}], id="margins that shrink"
    ),
    pytest.param(
        "@: a\n---\nb: c\n...\nd: e: f\n--- g\nh\n",
        1,
        [{"@": "a"}, {"b": "c"}, {"d": "e: f"}, "g h"],
        id="documents",
    ),
    pytest.param("a: b\n  c: d\n", 2, [{"a": {"c": "d"}}], id="value and mapping"),
    pytest.param("|\n a\n@\n", 3, ["a\n@\n"], id="block without a key"),
]


@pytest.mark.parametrize(("source", "line", "expected"), MISTAKES)
def test_mistakes(source: str, line: int, expected: list[Plain]) -> None:
    marked = read(source)

    assert documents(marked) == expected
    assert (bool(marked.mistake), marked.line) == (True, line)
    assert strays(marked, source) == []


def test_mistake_names_what_is_wrong() -> None:
    assert read("a: b: c\n").mistake == "mapping values are not allowed in this context"


def test_documents_behind_many_mistakes() -> None:
    marked = read("---\na: b: c\n" * 30 + "---\na: b\n")

    assert documents(marked) == [{"a": "b: c"}] * 30 + [{"a": "b"}]


def test_comments_of_a_file_with_a_mistake() -> None:
    source = "# top\na: b: c # d\ne: 'f # no' # g\nh: | # i\n  # no\nj: [k] # l\nm: n#no\n"

    assert comments(read(source)) == [
        ("top", (1, 3)),
        ("d", (2, 11)),
        ("g", (3, 15)),
        ("i", (4, 8)),
        ("l", (6, 10)),
    ]


def test_lines_do_not_nest_deeper_than_brackets_may() -> None:
    steps = "".join(" " * n + "- a:\n" for n in range(300))
    marked = read("a: b: c\n" + steps + "d: " + "[" * 300 + "\n")

    assert _depth(marked.documents[0]) <= 2 * DEEPEST


def test_too_many_values_on_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "MOST_VALUES", 10)

    assert documents(read("@\n" + "- a\n" * 20)) == ["@", ["a"] * 9]


def test_too_many_values_in_brackets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flow, "MOST_VALUES", 4)

    assert documents(read("@:\na: [b, c, d, e]\n")) == [{"@": "", "a": ["b", "c"]}]


@pytest.mark.parametrize("escape", ['"\\UFFFFFFFF"', '"\\U00110000"', "%YAML 1." + "9" * 5000])
def test_numbers_that_are_too_large(monkeypatch: pytest.MonkeyPatch, escape: str) -> None:
    monkeypatch.setattr(yaml, "__with_libyaml__", False)

    assert read(escape).mistake


def test_long_file_without_libyaml_is_read_by_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml, "__with_libyaml__", False)
    marked = read("a: @b\nc: d\n" + "# e\n" * 30_000)

    assert documents(marked) == [{"a": "@b", "c": "d"}]
    assert (marked.mistake, len(marked.comments)) == ("", 30_000)


def test_yaml_is_imported_when_it_is_needed() -> None:
    code = "import sys, flake8_hfmodels.sources.marked.yaml; print('yaml' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert run.stdout == "False\n"


PARTS = st.sampled_from(
    (
        *("a", "b: ", "- ", "? ", ": ", "&a ", "*a", "<<: *a", "!t ", "'", '"', "\\", "''", "#"),
        *(" #x", "[", "]", "{", "}", ",", "|", "|2-", ">-\n", "> ", "---\n", "...", "%YAML 1.1"),
        *("\n", "\n  ", "\n    ", "\r\n", "\r", "\t", " ", "\\u0041", "\\x4", "\\\n", "é😀", "\0"),
        *("{{ x }}", "{% y %}", "\n{{- z }}\n", "{{", "}}", "\x85", "\u2028", "\ufeff", "\ud800"),
    )
)


@pytest.mark.usefixtures("_loaders")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PARTS, max_size=30).map("".join))
def test_whatever_a_file_holds(source: str) -> None:
    assert strays(read(source), source) == []


SEED = """\
apiVersion: serving.kserve.io/v1beta1  # KServe
spec:
  predictor: &base
    model:
      args: ["--model_id=org/model", '--revision', "\\x6dain"]
      storageUri: hf://org/model:main
    command:
      - sh
      - -c
      - |
        vllm serve org/model \\
          --revision main
  other:
    <<: *base
    note: >-
      two lines of
      text
---
image: {{ .Values.image }}
{{- if .Values.model }}
model: "{{ .Values.model }}"
{{- end }}
"""


@given(st.data())
def test_whatever_happens_to_a_file(data: st.DataObject) -> None:
    source = SEED
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(source)))
        end = data.draw(st.integers(start, min(start + 10, len(source))))
        source = source[:start] + data.draw(PARTS) + source[end:]

    assert strays(read(source), source) == []


# PyYAML writes YAML 1.1, where these are line ends.
LINE_ENDS = "\x85\u2028\u2029"
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters=LINE_ENDS), max_size=30)
TREES = st.recursive(
    TEXTS,
    lambda trees: st.lists(trees, max_size=4) | st.dictionaries(TEXTS, trees, max_size=4),
    max_leaves=20,
)


@given(TREES, st.sampled_from([None, "'", '"', "|", ">"]), st.booleans(), st.integers(10, 80))
def test_what_was_written_is_read(tree: Plain, style: str | None, braces: bool, width: int) -> None:
    source = yaml.safe_dump(
        tree, default_style=style, default_flow_style=braces, width=width, allow_unicode=True
    )
    marked = read(source)

    assert (documents(marked), marked.mistake) == ([tree], "")
    assert strays(marked, source) == []


def test_value_whose_places_cannot_be_told_stands_at_its_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(yaml, "__with_libyaml__", False)

    assert spots(scalars(read('a: "b\\ud800"'))[1].text) == [(1, 4)] * 2
