"""Shell text is split as a shell splits it, and every word knows where it is written."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from flake8_hfmodels.sources.shell_words import (
    HOLE,
    LONGEST,
    MANY,
    MOST,
    ShellWord,
    simple_commands,
)


def texts(text: str) -> list[list[str]]:
    """Every word of every command, alternatives with a bar between, holes as a question mark."""
    return [[_plain(word) for word in words] for words in simple_commands(text)]


def _plain(word: ShellWord) -> str:
    return "|".join(piece.text for piece in word.pieces).replace(HOLE, "?")


def only_word(text: str) -> ShellWord:
    return simple_commands(text)[-1][-1]


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
        pytest.param("A=a; A+=b; x $A", "?", id="added-to"),
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
            f"for A in {'a ' * 8}; do for B in {'b ' * 8}; do x $A$B; done; done",
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
        pytest.param("A=(a); A+=(b); x ${A[@]}", ["x", "?"], id="array-that-grows"),
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
        pytest.param("x 'o/m'", "'o/m'", id="quoted"),
        pytest.param("A=o/m; x $A", "o/m", id="variable"),
        pytest.param("A='o/m'; x $A", "'o/m'", id="quoted-variable"),
        pytest.param("A=o/m; x $A-b", "$A-b", id="part-of-a-word"),
        pytest.param("for A in o/m; do x $A; done", "o/m", id="loop"),
        pytest.param("A=(o/m); x ${A[@]}", "o/m", id="array"),
    ],
)
def test_word_knows_where_it_is_written(text: str, expected: str) -> None:
    piece = only_word(text).pieces[0]
    assert text[piece.start : piece.end] == expected


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
    text = between.join(" ".join(quoted for _plain, quoted in words) for words in lines)
    found = [
        [(word.text, text[word.pieces[0].start : word.pieces[0].end]) for word in words]
        for words in simple_commands(text)
    ]
    assert found == lines


@given(ANYTHING)
@example("${" * 50)
@example("$(" * 50)
@example('"$(`' * 30)
@example("a=(" * 20)
@example("<<" * 9 + "\n")
@settings(deadline=None, max_examples=300)
def test_any_text_is_read(text: str) -> None:
    words = [word for words in simple_commands(text) for word in words]
    pieces = [piece for word in words for piece in word.pieces]
    assert all(0 <= piece.start <= piece.end <= len(text) for piece in pieces)


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
    simple_commands(part * (30_000 // len(part)))
    assert time.perf_counter() - started < 5
