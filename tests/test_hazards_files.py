"""What a file of a repo takes of another one, and that files cannot be too much for each other."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from flake8_hfmodels.hazards import files as hazards_files
from flake8_hfmodels.hazards.judging import dangers_of_all

CALL = [("m.py", 2, "process-at-import", "calls os.system")]


def found(files: Mapping[str, str]) -> list[tuple[str, int, str, str]]:
    judged = dangers_of_all({path: text.encode() for path, text in files.items()})
    return [(one.path, one.line, one.kind, one.what) for every in judged.values() for one in every]


@pytest.mark.parametrize(
    "files",
    [
        pytest.param(
            {"m.py": "from .h import run as r\nr('x')", "h.py": "from os import system as run"},
            id="name",
        ),
        pytest.param(
            {"m.py": "from . import h\nh.o.system('x')", "h.py": "import os as o"}, id="module"
        ),
        pytest.param(
            {"m.py": "import h\nh.run('x')", "h.py": "from os import system as run"}, id="beside"
        ),
        pytest.param(
            {"m.py": "from .h import *\no.system('x')", "h.py": "import os as o"}, id="star"
        ),
        pytest.param(
            {"m.py": "from .h import A\nA.o.system('x')", "h.py": "class A: import os as o"},
            id="attribute-of-a-class",
        ),
        pytest.param(
            {"m.py": "from .h import A\nA().o.system('x')", "h.py": "class A: import os as o"},
            id="attribute-of-an-instance",
        ),
        pytest.param(
            {
                "m.py": "from .h import x\nx.system('x')",
                "h.py": "from .i import x",
                "i.py": "from .j import *",
                "j.py": "import os as x",
            },
            id="from-file-to-file",
        ),
        pytest.param(
            {
                "m.py": "from .p import q\nq.system('x')",
                "p/__init__.py": "from .c import o as q",
                "p/c.py": "import os as o",
            },
            id="package",
        ),
        pytest.param(
            {
                "m.py": "import p\np.c.o.system('x')",
                "p/__init__.py": "",
                "p/c.py": "from .. import d\no = d.o",
                "d.py": "import os as o",
            },
            id="module-of-a-package",
        ),
    ],
)
def test_names_are_followed_into_other_files(files: Mapping[str, str]) -> None:
    assert found(files) == CALL


def test_members_are_followed_into_classes_of_other_files() -> None:
    files = {
        "m.py": "from .h import A\nclass B(A):\n    def f(self): self.o.system('x')",
        "h.py": "import os\nclass A:\n    o = os",
    }
    assert found(files) == [("m.py", 3, "process", "calls os.system")]


def test_texts_are_followed_into_other_files() -> None:
    files = {
        "m.py": "from .h import N, X, h\n__import__(N).getcwd(); getattr(X, h)",
        "h.py": "N = 'o' + 's'\ndef X(): pass",
    }
    assert found(files) == [("m.py", 2, "concealed-name-at-import", "imports os by a call")]


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"m.py": "from .h import x\nx.system('x')", "h.py": "x = ("}, id="no-python"),
        pytest.param({"m.py": "from .os import system\nsystem('x')", "os.py": ""}, id="own-module"),
        pytest.param({"m.py": "from .p import x\nx()", "p/__init__.py": ""}, id="not-there"),
        pytest.param({"m.py": "from .h import y\ny.z()", "h.py": "def y(): pass"}, id="function"),
        pytest.param(
            {"m.py": "from .h import C\nC.a.b()", "h.py": "class C: pass\nC = 1"}, id="class"
        ),
        pytest.param({"m.py": "from .h import x\nx()", "h.py": "from .m import x"}, id="circle"),
        pytest.param({"m.py": "from .m import *\nfrom m import *\nx.system('x')"}, id="itself"),
        pytest.param(
            {"m.py": "from .h import n\n__import__(n)", "h.py": "from .m import n"}, id="text"
        ),
        pytest.param(
            {
                "m.py": "from .h import x as y\nx = y.z\nx.system('x')",
                "h.py": "from .m import x as y\nx = y.w",
            },
            id="names-that-grow",
        ),
    ],
)
def test_nothing_is_taken(files: Mapping[str, str]) -> None:
    told = [kind for _path, _line, kind, _what in found(files)]
    assert set(told) <= {"no-python", "dynamic-import-at-import"}


def test_files_that_are_entangled_are_told() -> None:
    files = {
        f"f{one}.py": "".join(f"from .f{other} import x as x{other}\n" for other in range(60))
        + f"x = {' or '.join(f'x{other}.p{one}' for other in range(60))}\nx.system('x')\n"
        for one in range(60)
    }
    assert {kind for _path, _line, kind, _what in found(files)} == {"no-python"}


def test_more_names_than_are_looked_up_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hazards_files, "MOST_ASKED", 1)
    files = {"m.py": "from .h import a, b\na.c(); b.d()", "h.py": "a = b = 1"}
    assert [kind for _path, _line, kind, _what in found(files)] == ["no-python"] * 2


def test_more_bytes_than_are_kept_in_mind_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hazards_files, "MOST_TOGETHER", 10)
    files = {"m.py": "from .h import a\na.b()", "h.py": "import os as a"}
    assert [kind for _path, _line, kind, _what in found(files)] == ["no-python"] * 2
