"""Names that come from other modules of the project: parsed, never imported."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from flake8_hfmodels.project import BUDGET, HELD, LARGEST, Project
from flake8_hfmodels.reference import Known, Reference
from flake8_hfmodels.sources import python
from flake8_hfmodels.sources.python.parse import parse
from flake8_hfmodels.sources.source import PythonSource
from tests.reading import SHA, Plain, plain

LOAD = "from huggingface_hub import snapshot_download as load\n"


@pytest.fixture(autouse=True)
def _in_an_empty_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pyproject.toml").touch()
    monkeypatch.chdir(tmp_path)


def write(files: dict[str, str]) -> None:
    for name, text in files.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text, encoding="utf-8")


def values(path: str, project: Project | None = None) -> list[tuple[Plain, Plain]]:
    """Ids and revision of each reference of a file."""
    return [(plain(one.repo_id), plain(one.revision)) for one in references(path, project)]


def references(path: str, project: Project | None = None) -> list[Reference]:
    source = parse(path, Path(path).read_bytes())
    assert isinstance(source, PythonSource)
    finder = (project or Project()).finder(path)
    return python.references(source.tree, source.lines, path, source.is_folder, finder)


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"p/a.py": "from .b import N\nload(N)", "p/b.py": "N = 'o/m'"}, ("o/m",), id="relative"
        ),
        pytest.param(
            {"p/a.py": "from ..b import N\nload(N)", "b.py": "N = 'o/m'"}, ("o/m",), id="above"
        ),
        pytest.param(
            {"p/a.py": "from . import b\nload(b.N)", "p/b.py": "N = 'o/m'"}, ("o/m",), id="module"
        ),
        pytest.param(
            {"p/a.py": "from . import N\nload(N)", "p/__init__.py": "N = 'o/m'"},
            ("o/m",),
            id="package",
        ),
        pytest.param(
            {"p/a.py": "from p.b import N\nload(N)", "p/b.py": "N = 'o/m'"}, ("o/m",), id="absolute"
        ),
        pytest.param(
            {"src/p/a.py": "from p.b import N\nload(N)", "src/p/b.py": "N = 'o/m'"},
            ("o/m",),
            id="source-folder",
        ),
        pytest.param(
            {"tests/a.py": "from p.b import N\nload(N)", "src/p/b.py": "N = 'o/m'"},
            ("o/m",),
            id="tests-beside-the-source-folder",
        ),
        pytest.param(
            {"p/a.py": "import p.b\nload(p.b.N)", "p/b.py": "N = 'o/m'"}, ("o/m",), id="import"
        ),
        pytest.param(
            {"p/a.py": "import p.b as c\nload(c.N)", "p/b.py": "N = 'o/m'"}, ("o/m",), id="alias"
        ),
        pytest.param(
            {"p/a.py": "from .b import *\nload(N)", "p/b.py": "N = 'o/m'"}, ("o/m",), id="star"
        ),
        pytest.param(
            {
                "p/a.py": "from .b import N\nload(N)",
                "p/b.py": "from .c import M as N",
                "p/c.py": "from .d import *",
                "p/d.py": "M = 'o/m'",
            },
            ("o/m",),
            id="handed-on",
        ),
        pytest.param(
            {"p/a.py": "from .b import N\nload(N)", "p/b.py": "from .a import N"},
            "unknown",
            id="circle",
        ),
        pytest.param(
            {
                "p/a.py": "from .b import s\nload(s.name)",
                "p/b.py": "class S:\n name = 'o/m'\ns = S()",
            },
            ("o/m",),
            id="object",
        ),
        pytest.param(
            {
                "p/a.py": "from .b import S\ndef f(s: S):\n load(s.name)",
                "p/b.py": "class S:\n name = 'o/m'",
            },
            ("o/m",),
            id="annotation",
        ),
        pytest.param(
            {"p/a.py": "from .b import D\nload(D['n'])", "p/b.py": "D = {'n': 'o/m'}"},
            ("o/m",),
            id="dictionary",
        ),
        pytest.param(
            {"p/a.py": "from .b import D\nload(**D)", "p/b.py": "D = {'repo_id': 'o/m'}"},
            ("o/m",),
            id="options",
        ),
        pytest.param(
            {"p/a.py": "from . import b\nload(b.D['n'])", "p/b.py": "D = {}\nD['n'] = 'o/m'"},
            ("o/m",),
            id="dictionary-filled-there",
        ),
        pytest.param(
            {"p/a.py": "from .b import f\nload(f('k'))", "p/b.py": "def f(k):\n return 'o/' + k"},
            ("o/k",),
            id="function",
        ),
        pytest.param(
            {
                "p/a.py": "from .b import get\nargs = get()\nload(args.model)",
                "p/b.py": "def get():\n p = argparse.ArgumentParser()\n"
                " p.add_argument('--model', default='o/m')\n return p.parse_args()",
            },
            ("o/m",),
            id="options-of-a-command-line",
        ),
        pytest.param(
            {"p/a.py": "from .b import L\nfor n in L:\n load(n)", "p/b.py": "L = ['o/a', 'o/b']"},
            ("o/a", "o/b"),
            id="list",
        ),
        pytest.param(
            {"p/a.py": "from .b import P\nload(P)", "p/b.py": "P = x()"}, "unknown", id="unknown"
        ),
        pytest.param(
            {"p/a.py": "from .b import N\nload(N)", "p/b.py": "N = ("},
            "unknown",
            id="not-python",
        ),
        pytest.param({"p/a.py": "from .b import N\nload(N)"}, "unknown", id="not-there"),
        pytest.param(
            {"p/a.py": "from .b import N\nload(N)", "p/b/c.py": ""}, "unknown", id="no-package"
        ),
        pytest.param(
            {"p/a.py": "from timm import N\nload(N)", "timm.py": "N = 'o/m'"},
            "unknown",
            id="name-of-a-library",
        ),
        pytest.param(
            {"p/a.py": "from json import N\nload(N)", "json.py": "N = 'o/m'"},
            "unknown",
            id="name-of-the-standard-library",
        ),
        pytest.param(
            {"p/a.py": "from .b import N\nload(N)", "p/b.py": "N = 'o/m'\n" + "#" * LARGEST},
            "unknown",
            id="too-large",
        ),
        pytest.param(
            {"p/a.py": "from . import nothing\nload(nothing)", "p/__init__.py": ""},
            "unknown",
            id="not-in-the-package",
        ),
    ],
)
def test_name_of_another_module(files: dict[str, str], expected: Plain) -> None:
    path, text = next(iter(files.items()))
    write({**files, path: LOAD + text})
    assert [ids for ids, _revision in values(path)] == [expected]


def test_revision_of_another_module() -> None:
    write({"a.py": LOAD + "import b\nload('o/m', revision=b.R)", "b.py": f"R = '{SHA}'"})
    assert values("a.py") == [(("o/m",), (SHA,))]


def test_place_is_in_the_other_file() -> None:
    write({"p/a.py": LOAD + "from .b import N\nload(N)", "p/b.py": "\nN = 'o/m'"})
    (reference,) = references("p/a.py")
    assert isinstance(reference.repo_id, Known)
    (written,) = reference.repo_id.values
    assert (written.path, written.span.line, written.span.column) == ("p/b.py", 2, 5)


def test_place_in_the_same_file_has_no_path() -> None:
    write({"a.py": LOAD + "N = 'o/m'\nload(N)"})
    (reference,) = references("a.py")
    assert isinstance(reference.repo_id, Known)
    assert [one.path for one in reference.repo_id.values] == [""]


@pytest.mark.parametrize(
    ("library", "found"),
    [
        pytest.param("from transformers import PreTrainedModel as B", ["B"], id="of-the-hub"),
        pytest.param("class B:\n @classmethod\n def from_pretrained(c, x): ...", [], id="own"),
    ],
)
def test_class_of_another_module(library: str, found: list[str]) -> None:
    write(
        {"a.py": "from b import A\nA.from_pretrained('o/m')", "b.py": f"{library}\nclass A(B): 1"}
    )
    assert [one.call.partition(".")[0] for one in references("a.py")] == ["A"] * len(found)


def test_class_of_an_imported_module() -> None:
    write({"a.py": "import b\nb.A.from_pretrained('o/m')"})
    write({"b.py": "from transformers import AutoModel as A"})
    assert values("a.py") == [(("o/m",), "absent")]


def test_root_is_not_looked_for_without_end() -> None:
    deep = "/".join("d" * 14)
    write({f"{deep}/a.py": LOAD + "from b import N\nload(N)", "b.py": "N = 'o/m'"})
    assert values(f"{deep}/a.py") == [("unknown", "absent")]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("from .b import f\nf('o/m')\nopen(f)", id="function"),
        pytest.param("from .b import f\nf.get('o/m')", id="method-of-some-rows"),
        pytest.param("from .b import f\nx = f(1)\nx('o/m')", id="object-that-is-called"),
        pytest.param("from .b import f\nclass A(f): pass\nA('o/m')", id="class-made-from-it"),
        pytest.param("from .b import f\ndef g(): f()\ng('o/m')", id="function-that-calls-it"),
    ],
)
def test_other_module_is_read_only_for_a_reference(text: str) -> None:
    write({"a.py": text, "b.py": "f = 1"})
    project = Project()
    assert (values("a.py", project), project.read) == ([], 0)


def test_other_module_is_read_once() -> None:
    write(
        {
            "a.py": LOAD + "from b import N, M\nload(N)\nload(M)",
            "c.py": LOAD + "import b\nload(b.N)",
            "b.py": "N = M = 'o/m'",
        }
    )
    project = Project()
    found = values("a.py", project) + values("c.py", project)
    assert (len(found), project.read) == (3, 1)


def test_other_module_is_read_again_when_it_has_changed() -> None:
    write({"a.py": LOAD + "from b import N\nload(N)", "b.py": "N = 'o/m'"})
    project = Project()
    values("a.py", project)
    write({"b.py": "N = 'o/another'"})
    assert values("a.py", project) == [(("o/another",), "absent")]


def test_other_module_is_not_imported() -> None:
    write(
        {
            "a.py": LOAD + "from b import N\nload(N)",
            "b.py": "open('ran', 'w')\nN = 'o/m'",
        }
    )
    assert (values("a.py"), os.path.exists("ran")) == ([(("o/m",), "absent")], False)


def test_link_out_of_the_project_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path.parent / f"{tmp_path.name}-outside.py"
    outside.write_text("N = 'o/secret'", encoding="utf-8")
    write({"a.py": LOAD + "from b import N\nload(N)"})
    Path("b.py").symlink_to(outside)
    assert values("a.py") == [("unknown", "absent")]


def test_nothing_above_the_root_is_looked_at() -> None:
    write(
        {"in/pyproject.toml": "", "in/a.py": LOAD + "from b import N\nload(N)", "b.py": "N = 'o/m'"}
    )
    assert values("in/a.py") == [("unknown", "absent")]


def test_file_without_a_project_is_looked_at_with_its_neighbours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir("/")
    folder = tmp_path / "deep"
    write({f"{folder}/a.py": LOAD + "from b import N\nload(N)", f"{folder}/b.py": "N = 'o/m'"})
    (tmp_path / "pyproject.toml").unlink()
    assert values(f"{folder}/a.py") == [(("o/m",), "absent")]


def test_only_the_package_counts_where_nothing_marks_a_root(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir("/")
    folder = tmp_path / "here"
    (tmp_path / "pyproject.toml").unlink()
    write(
        {
            f"{folder}/p/__init__.py": "",
            f"{folder}/p/a.py": LOAD + "from p.b import N\nload(N)\nfrom c import M\nload(M)",
            f"{folder}/p/b.py": "N = 'o/m'",
            f"{folder}/c.py": "M = 'o/c'",
            f"{tmp_path}/c.py": "M = 'o/secret'",
            f"{folder}/x.py": LOAD + "from d.e import S\nload(S)",
            f"{tmp_path}/d/e.py": "S = 'o/secret'",
        }
    )
    assert values(f"{folder}/p/a.py") == [(("o/m",), "absent"), (("o/c",), "absent")]
    assert values(f"{folder}/x.py") == [("unknown", "absent")]


def test_package_that_goes_up_and_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("/")
    (tmp_path / "pyproject.toml").unlink()
    folders = ["/".join(["p"] * depth) for depth in range(1, 15)]
    write({f"{tmp_path}/{folder}/__init__.py": "" for folder in folders})
    write({f"{tmp_path}/{folders[-1]}/a.py": LOAD + "from .b import N\nload(N)"})
    write({f"{tmp_path}/{folders[-1]}/b.py": "N = 'o/m'"})
    assert values(f"{tmp_path}/{folders[-1]}/a.py") == [(("o/m",), "absent")]


def test_chain_of_links_without_end() -> None:
    write({"a.py": LOAD + "from p import N\nload(N)"})
    Path("p").mkdir()
    Path("p/__init__.py").symlink_to("l0")
    for number in range(1200):
        Path(f"p/l{number}").symlink_to(f"l{number + 1}")
    assert values("a.py") == [("unknown", "absent")]


def test_module_goes_by_its_real_name() -> None:
    write({"a.py": LOAD + "from loop.b import N\nload(N)", "b.py": "N = 'o/m'"})
    Path("loop").symlink_to(".")
    (reference,) = references("a.py")
    assert isinstance(reference.repo_id, Known)
    assert [one.path for one in reference.repo_id.values] == ["b.py"]


def test_folder_that_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert Project().finder("a.py")(".b.N") is None


def test_order_of_files_says_nothing() -> None:
    names = "".join(f"x{n + 1} = x{n}\n" for n in range(14))
    write(
        {
            "m.py": f"from transformers import AutoModel as x0\n{names}",
            "a.py": "import m\ny = m.x14\ny.from_pretrained('o/m')",
            "b.py": "import m\nm.x9.from_pretrained('o/m')",
        }
    )
    first, second = Project(), Project()
    forwards = [references(path, first) for path in ("a.py", "b.py")]
    backwards = [references(path, second) for path in ("b.py", "a.py")]
    assert forwards == backwards[::-1]


def test_module_that_cannot_bind_the_name_is_not_parsed() -> None:
    write({"a.py": LOAD + "from b import N\nload(N)", "b.py": "M = 'o/m'"})
    project = Project()
    assert (values("a.py", project), project.read) == ([("unknown", "absent")], 0)


@pytest.mark.parametrize(
    ("files", "expected", "read"),
    [
        pytest.param({"b.py": "M = 2 * 3"}, "unknown", 0, id="no-star-import"),
        pytest.param(
            {"b.py": "from c import *", "c.py": "M = 2 * 3"}, "unknown", 1, id="star-without-it"
        ),
        pytest.param(
            {"b.py": "from c import \\\n  *", "c.py": "N = 'o/m'"}, ("o/m",), 2, id="star-with-it"
        ),
        pytest.param(
            {"b.py": "from c import *\nfrom d import *", "c.py": "M = 1", "d.py": "N = 'o/m'"},
            ("o/m",),
            2,
            id="the-other-star",
        ),
        pytest.param(
            {"b.py": "from .c import *", "c/__init__.py": "N = 'o/m'", "c/N.py": ""},
            ("o/m",),
            3,
            id="star-with-a-module-of-the-name",
        ),
        pytest.param(
            {"b.py": "from .c import *", "c/d/N.py": "", "c/N.py": ""},
            "unknown",
            2,
            id="star-of-a-folder-with-a-module-of-the-name",
        ),
        pytest.param({"b.py": "from . import *", "N.py": "1"}, "unknown", 2, id="star-of-a-folder"),
    ],
)
def test_module_behind_a_star_is_parsed_only_for_its_names(
    files: dict[str, str], expected: Plain, read: int
) -> None:
    write({"a.py": LOAD + "from b import N\nload(N)", **files})
    project = Project()
    assert (values("a.py", project), project.read) == ([(expected, "absent")], read)


def test_other_modules_are_not_read_for_the_functions_beside_a_partial() -> None:
    write(
        {
            "a.py": LOAD + "from functools import partial\nfrom b import f\n"
            "p = partial(load, 'o/m')\np()\nf()",
            "b.py": "f = 1",
        }
    )
    project = Project()
    assert (values("a.py", project), project.read) == ([(("o/m",), "absent")], 0)


def filler(size: int) -> str:
    return "#" * (size - 20)


def test_modules_of_one_file_have_a_budget() -> None:
    count = BUDGET // LARGEST
    lines = "".join(f"from m{n} import N{n}\nload(N{n})\n" for n in range(count + 1))
    write({"a.py": LOAD + lines})
    write({f"m{n}.py": f"N{n} = 'o/m'\n{filler(LARGEST)}" for n in range(count + 1)})
    found = [ids for ids, _revision in values("a.py")]
    assert found == [("o/m",)] * count + ["unknown"]


def test_modules_that_are_not_used_any_more_are_let_go() -> None:
    count = HELD // LARGEST + 2
    write({f"m{n}.py": f"N = 'o/m'\n{filler(LARGEST)}" for n in range(count)})
    write({f"a{n}.py": LOAD + f"from m{n} import N\nload(N)" for n in range(count)})
    project = Project()
    for n in range(count):
        values(f"a{n}.py", project)
    values(f"a{count - 1}.py", project)
    assert project.read == count
    values("a0.py", project)
    assert project.read == count + 1


def test_module_that_cannot_be_parsed_is_let_go_too() -> None:
    count = HELD // LARGEST + 2
    write({f"m{n}.py": f"N = (\n{filler(LARGEST)}" for n in range(count)})
    write({f"a{n}.py": LOAD + f"from m{n} import N\nload(N)" for n in range(count)})
    project = Project()
    found = [values(f"a{n}.py", project) for n in (*range(count), 0)]
    assert project.read == count + 1
    assert {ids for one in found for ids, _revision in one} == {"unknown"}
