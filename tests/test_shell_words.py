"""Shell text is split as a shell splits it, and every word knows where it is written."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from flake8_hfmodels.reference import Span
from flake8_hfmodels.sources.placed import whole_file
from flake8_hfmodels.sources.shell.grammar import parsed
from flake8_hfmodels.sources.shell.parts import LONGEST
from flake8_hfmodels.sources.shell.syntax import Assigned, Script, Simple
from flake8_hfmodels.sources.shell.variables import MANY, MOST, Variables
from flake8_hfmodels.sources.shell.word import HOLE, Text, Word


def script(text: str) -> Script:
    return parsed(Text(text, whole_file(text)), Variables())


def simple(text: str) -> list[Simple]:
    return [step for step in script(text).steps if isinstance(step, Simple)]


def words(text: str) -> list[list[Word]]:
    return [list(one.words) for one in simple(text)]


def cut(text: str, span: Span) -> str:
    """What stands at a place; line ends count as one character."""
    lines = text.split("\n")
    starts = [sum(len(line) + 1 for line in lines[:number]) for number in range(len(lines))]
    begin = starts[span.line - 1] + span.column - 1
    return text[begin : starts[span.end_line - 1] + span.end_column - 1]


def texts(text: str) -> list[list[str]]:
    """Every word of every command, alternatives with a bar between, holes as a question mark."""
    return [[_plain(word) for word in command] for command in words(text)]


def _plain(word: Word) -> str:
    return "|".join(word.texts).replace(HOLE, "?")


def only_word(text: str) -> Word:
    return words(text)[-1][-1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", [], id="nothing"),
        pytest.param("a b\tc", [["a", "b", "c"]], id="blanks"),
        pytest.param("a\nb\r\nc", [["a"], ["b"], ["c"]], id="lines"),
        pytest.param("a; b && c || d | e & f", [[one] for one in "abcdef"], id="operators"),
        pytest.param("a \\\n b", [["a", "b"]], id="continued"),
        pytest.param("a\\\nb", [["ab"]], id="continued-in-a-word"),
        pytest.param("a 'b c' d", [["a", "b c", "d"]], id="single-quotes"),
        pytest.param("a 'b $x", [["a", "b $x"]], id="open-single-quote"),
        pytest.param('a "b c"d', [["a", "b cd"]], id="double-quotes"),
        pytest.param('a "" b', [["a", "", "b"]], id="empty-word"),
        pytest.param("a '' b", [["a", "", "b"]], id="empty-word-in-single-quotes"),
        pytest.param('a "b', [["a", "b"]], id="open-double-quote"),
        pytest.param('"\\"\\$\\n\\\n"', [['"$\\n']], id="escapes-in-double-quotes"),
        pytest.param('"a\\', [["a\\"]], id="escape-at-the-end-of-double-quotes"),
        pytest.param("a\\ b\\", [["a b"]], id="escapes"),
        pytest.param("a # b\nc#d", [["a"], ["c#d"]], id="comments"),
        pytest.param("# b", [], id="comment-at-the-end"),
        pytest.param("(a; b) { c; }", [["a"], ["b"], ["c"]], id="groups"),
        pytest.param("a > b 2>&1 < c >> d c", [["a", "c"]], id="redirections"),
        pytest.param("a &> b", [["a"]], id="both-redirected"),
        pytest.param("a >", [["a"]], id="redirected-nowhere"),
        pytest.param("a <<< b c", [["a", "c"]], id="here-string"),
        pytest.param("diff <(a) b", [["diff"], ["a"], ["b"]], id="process-substitution"),
        pytest.param("a 2 > b", [["a", "2"]], id="number-before-a-redirection"),
        pytest.param("a <<E\nb\nE\nc", [["a"], ["c"]], id="here-document"),
        pytest.param("a <<-'E' x\nb\n\tE\nc", [["a", "x"], ["c"]], id="indented-here-document"),
        pytest.param("a <<E\nb", [["a"]], id="open-here-document"),
        pytest.param("a <<E <<F\nb\nE\nc\nF\nd", [["a"], ["d"]], id="two-here-documents"),
        pytest.param("if a; then b; else c; fi", [["a"], ["b"], ["c"]], id="if"),
        pytest.param("while ! a; do b; done", [["a"], ["b"]], id="while"),
        pytest.param("case $x in\n y) a ;;\nesac\nb", [["y"], ["a"], ["b"]], id="case"),
        pytest.param("A=1 b", [["A=1", "b"]], id="variable-of-one-command"),
        pytest.param("A=1", [], id="variable"),
        pytest.param("export A=1 B", [], id="export"),
    ],
)
def test_commands_are_split(text: str, expected: list[list[str]]) -> None:
    assert texts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("A=o/m; x $A", "o/m", id="set"),
        pytest.param("A=o/m; x ${A}", "o/m", id="in-braces"),
        pytest.param("A='o/m'; x \"$A-b\"", "o/m-b", id="in-double-quotes"),
        pytest.param("x '$A'", "$A", id="in-single-quotes"),
        pytest.param("export A=o/m; x $A", "o/m", id="exported"),
        pytest.param("A=a; A=b; x $A", "b", id="set-again"),
        pytest.param("A=a; A+=b; x $A", "ab", id="added-to"),
        pytest.param("A+=b; x $A", "?", id="added-to-what-is-unknown"),
        pytest.param("A=$1; A+=b; x $A", "?", id="added-to-what-is-given"),
        pytest.param(": ${A:=a}; x $A", "a", id="default-that-stays"),
        pytest.param(": ${A:-a}; x $A", "?", id="default-that-goes"),
        pytest.param("A=a; x ${A:?none}", "a", id="demanded"),
        pytest.param("x ${A:?none}", "?", id="demanded-and-unknown"),
        pytest.param("x ${A:+a}", "a", id="alternative"),
        pytest.param("A=a/b/c; x ${A#*/}", "b/c", id="without-shortest-start"),
        pytest.param("A=a/b/c; x ${A##*/}", "c", id="without-longest-start"),
        pytest.param("A=a/b/c; x ${A%/*}", "a/b", id="without-shortest-end"),
        pytest.param("A=a/b/c; x ${A%%/*}", "a", id="without-longest-end"),
        pytest.param("A=a/b; x ${A#?}", "/b", id="without-a-character"),
        pytest.param("A=a/b; x ${A#x}", "a/b", id="without-what-is-not-there"),
        pytest.param("A='a|b'; x ${A%\\|*}", "a", id="without-what-is-escaped"),
        pytest.param("A=$1; x ${A#*/}", "?", id="without-part-of-what-is-given"),
        pytest.param("x ${A#*/}", "?", id="without-part-of-what-is-unknown"),
        pytest.param(f"A={'a' * 201}; x ${{A#a}}", "?", id="without-part-of-what-is-long"),
        pytest.param("declare -A M; M[k]=a; x ${M[k]}", "a", id="item"),
        pytest.param("M[k]=a; x ${M[$1]}", "a", id="item-of-what-is-not-declared"),
        pytest.param("set -- a b; x $2", "b", id="argument-that-the-script-sets"),
        pytest.param('set -- a "$@"; x $1', "?", id="arguments-in-front-of-others"),
        pytest.param("read A B <<< 'a b c'; x \"$B\"", "b c", id="read"),
        pytest.param("IFS=, read -r A B <<< 'a,b'; x $A", "a", id="read-with-separators"),
        pytest.param("IFS=, read -ra A <<< 'a,b'; x ${A[1]}", "b", id="read-into-an-array"),
        pytest.param("IFS= read -r A <<< 'a b'; x \"$A\"", "a b", id="read-a-line"),
        pytest.param("read A B <<< a; x $B", "?", id="read-too-much"),
        pytest.param("read -r <<< a; x $A", "?", id="read-into-nothing"),
        pytest.param("read A; x $A", "?", id="read-from-somewhere"),
        pytest.param("B=, read A C <<< 'a,b c'; x $A", "a,b", id="read-with-another-variable"),
        pytest.param("A=a; if y; then A=b; fi; x $A", "a|b", id="set-in-a-branch"),
        pytest.param("if y; then A=b; fi; x $A", "b", id="set-in-a-branch-only"),
        pytest.param("fi; A=a; A=b; x $A", "b", id="end-of-no-branch"),
        pytest.param("x $A", "?", id="never-set"),
        pytest.param("x a$A-b", "a?-b", id="part-of-a-word"),
        pytest.param("A=$1; x $A", "?", id="argument"),
        pytest.param("A=a; read -p y A; x $A", "?", id="read"),
        pytest.param("x ${A:-o/m}", "o/m", id="default"),
        pytest.param("A=a; x ${A:-o/m}", "a", id="default-of-what-is-set"),
        pytest.param("A=$1; x ${A:-o/m}", "o/m", id="default-of-an-argument"),
        pytest.param("A=${1:-o/m}; x $A", "o/m", id="argument-with-a-default"),
        pytest.param("x ${A:='o m'}", "o m", id="quoted-default"),
        pytest.param('x "${A:-o m (a)}"', "o m (a)", id="default-with-spaces"),
        pytest.param("B=o; x ${A:-${B}/m}", "o/m", id="default-of-a-default"),
        pytest.param("x ${A:-o", "o", id="open-default"),
        pytest.param("x ${A##*/}", "?", id="changed"),
        pytest.param("x ${A%${B}} y", "y", id="changed-by-another"),
        pytest.param("x ${A%", "?", id="open-braces"),
        pytest.param("x ${!A}", "?", id="indirect"),
        pytest.param("x $(y)/m", "?/m", id="output"),
        pytest.param("x `y`/m", "?/m", id="output-in-backticks"),
        pytest.param("x $((1 + 2))", "?", id="arithmetic"),
        pytest.param("x $", "$", id="lone-dollar"),
        pytest.param("x $'a b'", "a b", id="ansi-quotes"),
        pytest.param('x "$\'"', "$'", id="dollar-and-quote-in-quotes"),
        pytest.param("for A in a b; do x $A; done", "a|b", id="loop"),
        pytest.param("for A; do x $A; done", "?", id="loop-over-arguments"),
        pytest.param("for A in; do x $A; done", "?", id="loop-over-nothing"),
        pytest.param("for\nx $A", "?", id="loop-without-a-name"),
        pytest.param(f"for A in {'a ' * (MOST + 1)}; do x $A; done", "?", id="long-loop"),
        pytest.param("for A in a b; do for B in c d; do x $A/$B; done; done", "a/c|a/d|b/c|b/d"),
        pytest.param("L=(a b); for A in ${L[@]}; do x $A; done", "a|b", id="loop-over-an-array"),
        pytest.param(f"A={'a' * LONGEST}; x b$A", "?", id="longest"),
        pytest.param(
            f"for A in {'a ' * 9}; do for B in {'b ' * 9}; do x $A$B; done; done",
            "?",
            id="too-many",
        ),
    ],
)
def test_variable_is_filled_in(text: str, expected: str) -> None:
    assert _plain(only_word(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("A=(a 'b c')\nx \"${A[@]}\" y", ["x", "a", "b c", "y"], id="array"),
        pytest.param(
            "A=(a # b\n c \\\n d)\nx ${A[*]}", ["x", "a", "c", "d"], id="lines-of-an-array"
        ),
        pytest.param('A=(a); B=("${A[@]}" b); x ${B[@]}', ["x", "a", "b"], id="array-in-an-array"),
        pytest.param("A=(a); A+=(b); x ${A[@]}", ["x", "a", "b"], id="array-that-grows"),
        pytest.param("A+=(b); x ${A[@]}", ["x", "?"], id="growth-of-an-unknown-array"),
        pytest.param("A=([k]=a [l]=b); x ${A[@]}", ["x", "a", "b"], id="array-with-keys"),
        pytest.param("A=(a b); x $A", ["x", "a"], id="array-without-an-index"),
        pytest.param("A=(a b); x ${A[1]}", ["x", "b"], id="item"),
        pytest.param("A=(a b); x ${A[$i]}", ["x", "a|b"], id="any-item"),
        pytest.param("x ${A[$i]}", ["x", "?"], id="item-of-an-unknown-array"),
        pytest.param(f"A=({'a ' * (MANY + 1)}); x ${{A[k]}}", ["x", "?"], id="one-of-many"),
        pytest.param("A=(a b", [], id="open-array"),
        pytest.param("A=(a b); x -${A[@]}", ["x", "-?"], id="array-in-a-word"),
        pytest.param(f"A=({'a ' * (MANY + 1)}); x ${{A[@]}}", ["x", "?"], id="long-array"),
        pytest.param("A='--a b'; x $A", ["x", "--a", "b"], id="words-of-a-variable"),
        pytest.param("A='--a b'; x \"$A\"", ["x", "--a b"], id="quoted-variable"),
        pytest.param("A=; x $A y", ["x", "y"], id="empty-variable"),
        pytest.param(f"A='{'a ' * (MANY + 1)}'; x $A", ["x", "?"], id="many-words-of-a-variable"),
    ],
)
def test_expansion_gives_several_words(text: str, expected: list[str]) -> None:
    assert texts(text) == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("x $(y z)", [["y", "z"], ["x", "?"]], id="parentheses"),
        pytest.param("x \"$(y 'z')\"", [["y", "z"], ["x", "?"]], id="in-quotes"),
        pytest.param('x "`y "z"`"', [["y", "z"], ["x", "?"]], id="backticks-in-quotes"),
        pytest.param("x `y $(z)`", [["z"], ["y", "?"], ["x", "?"]], id="nested"),
        pytest.param("x $( (y) )", [["y"], ["x", "?"]], id="group"),
        pytest.param("A=$(y)", [["y"]], id="assigned"),
        pytest.param("x `A=(y`", [["x", "?"]], id="array-in-backticks"),
        pytest.param("x `${A:-$1`", [["?"], ["x", "?"]], id="default-in-backticks"),
    ],
)
def test_commands_in_substitutions_are_read(text: str, expected: list[list[str]]) -> None:
    assert texts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param('x "$@"', True, id="arguments"),
        pytest.param("x ${@}", True, id="arguments-in-braces"),
        pytest.param("x $EXTRA_ARGS", True, id="options"),
        pytest.param('x "$EXTRA_ARGS"', False, id="quoted-options"),
        pytest.param('x "${LIST[@]}"', True, id="unknown-array"),
        pytest.param("x ${LIST[@]:1}", True, id="part-of-an-array"),
        pytest.param("x $MODEL", False, id="variable"),
        pytest.param("ARGS=$1; x $ARGS", True, id="options-set-to-an-argument"),
        pytest.param("ARGS=-v; x $ARGS", False, id="options-that-are-known"),
        pytest.param('A=(a "$@"); x ${A[@]}', True, id="array-with-arguments"),
    ],
)
def test_word_may_be_several(text: str, expected: bool) -> None:
    assert only_word(text).spread is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("A=a; x $A", True, id="set"),
        pytest.param("x ${A:-a}", False, id="default"),
        pytest.param("A=${1:-a}; x $A", False, id="set-to-a-default"),
        pytest.param("A=${1:-a}; x ${A:-b}", False, id="default-of-a-default"),
        pytest.param("A=(${1:-a}); x ${A[@]}", False, id="array"),
        pytest.param("for A in ${1:-a}; do x $A; done", False, id="loop"),
    ],
)
def test_others_can_be_passed_instead(text: str, expected: bool) -> None:
    assert only_word(text).closed is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("x o/m", "o/m", id="word"),
        pytest.param("x 'o/m'", "o/m", id="quoted"),
        pytest.param("x ''", "''", id="empty"),
        pytest.param("x o'/'m", "o'/'m", id="quoted-in-part"),
        pytest.param('x "o/m"', "o/m", id="in-double-quotes"),
        pytest.param("x o\\/m", "o\\/m", id="escaped"),
        pytest.param("x o/\\\nm", "o/\\\nm", id="continued"),
        pytest.param("A=o/m; x $A", "o/m", id="variable"),
        pytest.param("A='o/m'; x $A", "o/m", id="quoted-variable"),
        pytest.param("export B A=o/m C; x $A", "o/m", id="exported-variable"),
        pytest.param("A=o/m; x $A-b", "$A-b", id="part-of-a-word"),
        pytest.param("A=o/m; B=$A; x $B", "o/m", id="variable-of-a-variable"),
        pytest.param('A=o/m; B="$A"; x "$B"', "o/m", id="quoted-variable-of-a-variable"),
        pytest.param("x ${A:-o/m}", "o/m", id="default"),
        pytest.param('A="${1:-o/m}"; x $A', "o/m", id="variable-with-a-default"),
        pytest.param("x $A", "$A", id="unknown"),
        pytest.param("x a$(y)b", "a$(y)b", id="unknown-in-part"),
        pytest.param("A='a b'; x $A", "b", id="one-of-several-words"),
        pytest.param("for A in o/m; do x $A; done", "o/m", id="loop"),
        pytest.param("A=(o/m); x ${A[@]}", "o/m", id="array"),
        pytest.param("A=([k]='o/m'); x ${A[k]}", "o/m", id="array-with-a-key"),
    ],
)
def test_word_knows_where_it_is_written(text: str, expected: str) -> None:
    assert cut(text, only_word(text).choices[0].span()) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("x --a=o/m", "o/m", id="behind-an-equals-sign"),
        pytest.param("x '--a=o/m'", "o/m", id="in-quotes"),
        pytest.param("A=o/m; x --a=$A", "o/m", id="variable"),
        pytest.param("A=o; x --a=$A/m", "--a=$A/m", id="put-together"),
    ],
)
def test_part_of_a_word_knows_where_it_is_written(text: str, expected: str) -> None:
    assert cut(text, only_word(text).behind("=").choices[0].span()) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("  a b  ; c", ["a b", "c"], id="words"),
        pytest.param("A=b c 'd' > e", ["A=b c 'd' > e"[:9]], id="redirected"),
        pytest.param("a \\\n  b\n", ["a \\\n  b"], id="continued"),
        pytest.param("if ! a b; then c; fi", ["a b", "c"], id="behind-keywords"),
        pytest.param("x=o; a $x", ["a $x"], id="variable"),
        pytest.param("a $(b c) d", ["b c", "a $(b c) d"], id="substitution"),
        pytest.param("a \\\r\n b\r\n", ["a \\\r\n b"], id="carriage-returns"),
    ],
)
def test_command_knows_where_it_is_written(text: str, expected: list[str]) -> None:
    assert [cut(text, one.place.span()) for one in simple(text)] == expected


def assigned(text: str) -> list[tuple[str, str, bool]]:
    steps = [step for step in script(text).steps if isinstance(step, Assigned)]
    return [(one.name, _plain(one.word), one.exported) for one in steps]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("A=a B=b", [("A", "a", False), ("B", "b", False)], id="plain"),
        pytest.param("export A=a", [("A", "a", True)], id="exported"),
        pytest.param("A=a; export A B", [("A", "a", False), ("A", "a", True)], id="later"),
        pytest.param("declare -x A=a", [("A", "a", True)], id="declared"),
        pytest.param("local A=a", [("A", "a", False)], id="local"),
        pytest.param("A+=b", [("A", "b", False)], id="added"),
        pytest.param("A[k]=b", [("A", "b", False)], id="item"),
        pytest.param("x ${A:-b}", [("A", "b", False)], id="default"),
        pytest.param("x ${1:-b}", [], id="default-of-an-argument"),
        pytest.param("A=(a b); A=()", [("A", "a|b", False)], id="array"),
        pytest.param("for A in a b; do x; done", [("A", "a|b", False)], id="loop"),
        pytest.param("A=b x", [], id="of-one-command"),
    ],
)
def test_assignment_is_noted(text: str, expected: list[tuple[str, str, bool]]) -> None:
    assert assigned(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("f() { a; }; b", ({"f": " a; "}, ["f", ""]), id="parentheses"),
        pytest.param("f () {\na\n}", ({"f": "\na\n"}, ["f"]), id="lines"),
        pytest.param("function f { a; }", ({"f": " a; "}, ["f"]), id="keyword"),
        pytest.param("function f() { a; }", ({"f": " a; "}, ["f"]), id="both"),
        pytest.param("function f\n{\na\n}", ({}, [""] * 2), id="keyword-and-lines"),
        pytest.param("f() { if a; then b; fi; }", ({"f": " if a; then b; fi; "}, ["f"] * 2)),
        pytest.param("f() { { a; }; b; }", ({"f": " { a; }; b; "}, ["f"] * 2), id="group"),
        pytest.param("f() { a; ", ({}, ["f"]), id="open"),
        pytest.param("a 'b c'() { d; }", ({}, ["", ""]), id="no-name"),
        pytest.param("} a", ({}, []), id="end-of-nothing"),
        pytest.param("function f g", ({}, [""]), id="keyword-without-a-body"),
    ],
)
def test_function_is_found(text: str, expected: tuple[dict[str, str], list[str]]) -> None:
    read = script(text)
    bodies = {name: body.text for name, body in read.functions.items()}
    assert (bodies, [one.function for one in simple(text)]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a <<E\nb $x\nE", ["b ?\n"], id="document"),
        pytest.param("x=c; a <<E\nb $x \\$y `z`\nE", ["b c $y ?\n"], id="variables"),
        pytest.param("a <<'E'\nb $x\nE", ["b $x\n"], id="quoted"),
        pytest.param("a <<\\E\nb $x\nE", ["b $x\n"], id="escaped"),
        pytest.param("a <<-E\n\tb\n\t\tc\n\tE", ["b\nc\n"], id="tabs"),
        pytest.param("a <<-E\nb\nE", ["b\n"], id="no-tabs"),
        pytest.param("a <<E\nb", ["b"], id="open"),
        pytest.param('a <<E\n"b"\nE', ['"b"\n'], id="quotes-in-it"),
        pytest.param("a <<< 'b c'", ["b c"], id="here-string"),
        pytest.param("a <<A <<B\n1\nA\n2\nB", ["1\n", "2\n"], id="two"),
    ],
)
def test_document_is_read(text: str, expected: list[str]) -> None:
    documents = [document for command in simple(text) for document in command.documents]
    assert [_plain(one) for one in documents] == expected


def test_commands_in_a_document_are_read() -> None:
    assert texts("a <<E\n$(b c)\nE") == [["a"], ["b", "c"]]


def test_document_in_documents_is_left_alone_at_last() -> None:
    text = "x"
    for number in range(40):
        text = f"$(a <<E{number}\n{text}\nE{number}\n)"
    assert len(texts(text)) > 10


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a > b", ["b"], id="written"),
        pytest.param("a >> b 2> c", ["b"], id="added"),
        pytest.param("a &> b", ["b"], id="both"),
        pytest.param("a < b", [None], id="read"),
    ],
)
def test_output_is_noted(text: str, expected: list[str | None]) -> None:
    found = [one.output.text if one.output is not None else None for one in simple(text)]
    assert found == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a | b", [False, True]),
        ("a || b", [False, False]),
        ("a |& b", [False, False]),
        ("a; b", [False, False]),
    ],
)
def test_pipe_is_noted(text: str, expected: list[bool]) -> None:
    assert [one.piped for one in simple(text)] == expected


def test_comments_are_kept() -> None:
    found = [comment.text for comment in script("a # b\n# c\nA=(d # e\n)").comments]
    assert found == ["# b", "# c", "# e"]


SIMPLE = st.text("ab/-_.é", min_size=1, max_size=6)
QUOTED = st.one_of(
    SIMPLE.map(lambda text: (text, text)),
    SIMPLE.map(lambda text: (text + " b", f"'{text} b'")),
    SIMPLE.map(lambda text: (text + "; b", f'"{text}; b"')),
)
LINES = st.lists(st.lists(QUOTED, min_size=1, max_size=4), max_size=4)
ANYTHING = st.text(st.sampled_from("ab$\"'`\\(){}[]@#;&|<>=!-: \n\t1é\0"), max_size=60)


@given(LINES, st.sampled_from([";", "\n", " && ", "|"]))
@settings(deadline=None)
def test_what_was_quoted_is_read_again_where_it_stands(
    lines: list[list[tuple[str, str]]], between: str
) -> None:
    text = between.join(" ".join(quoted for _plain, quoted in line) for line in lines)
    found = [
        [(word.text, cut(text, word.choices[0].span())) for word in command]
        for command in words(text)
    ]
    assert found == [[(plain, plain) for plain, _quoted in line] for line in lines]


@given(ANYTHING)
@example("${" * 50)
@example("$(" * 50)
@example('"$(`' * 30)
@example("a=(" * 20)
@example("<<" * 9 + "\n")
@settings(deadline=None, max_examples=300)
def test_any_text_is_read(text: str) -> None:
    read = script(text)
    found = [one for step in read.steps for one in _words_of(step)]
    spans = [choice.span() for word in found for choice in word.choices]
    end = whole_file(text).span(len(text), len(text))
    assert all(Span(1, 1, 1, 1) <= one for one in spans)
    assert all((one.end_line, one.end_column) <= (end.line, end.column) for one in spans)


def _words_of(step: Simple | Assigned) -> list[Word]:
    return [step.word] if isinstance(step, Assigned) else [*step.words, *step.documents]


@pytest.mark.parametrize(
    "part",
    [
        "a ",
        "'a",
        '"',
        "$(",
        "${",
        "`",
        "a=$a$a;",
        "<<E\n",
        "a=(",
        "\\",
        "$a",
        "${a:-",
        "a b;",
        "$((",
        "(",
        "if ",
    ],
)
def test_time_grows_no_faster_than_the_text(part: str) -> None:
    started = time.perf_counter()
    script(part * (30_000 // len(part)))
    assert time.perf_counter() - started < 5
