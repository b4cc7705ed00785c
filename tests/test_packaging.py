"""What is released: a wheel and a source distribution, built and installed as users do."""

from __future__ import annotations

import configparser
import tarfile
import zipfile
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesParser
from pathlib import Path

import pytest

from flake8_hfmodels import __version__
from tests.doors import LOAD, Place
from tests.installing import PROJECT, copy_project, of_pip, once

PACKAGE = "flake8_hfmodels"
STEM = f"flake8_hfmodels-{__version__}"
NAMES = {"sdist": f"{STEM}.tar.gz", "wheel": f"{STEM}-py3-none-any.whl"}

TO_BUILD = ("LICENSE", "MANIFEST.in", "README.md", "pyproject.toml", "setup.cfg")
TO_TEST = (
    ".ci",
    ".github",
    ".pre-commit-hooks.yaml",
    "action.yml",
    "bench",
    "docs",
    "examples",
    "tests",
)
TO_KNOW = ("CHANGELOG.md", "CONTRIBUTING.md", "noxfile.py")


@dataclass(frozen=True)
class Built:
    """A copy of this project, and what was built from it."""

    source: Path
    released: Path

    def file(self, kind: str) -> Path:
        return self.released / NAMES[kind]

    def in_wheel(self) -> dict[str, bytes]:
        with zipfile.ZipFile(self.file("wheel")) as wheel:
            return {name: wheel.read(name) for name in wheel.namelist()}

    def in_sdist(self) -> set[str]:
        with tarfile.open(self.file("sdist")) as sdist:
            files = [one.name for one in sdist.getmembers() if one.isfile()]
        return {name.removeprefix(f"{STEM}/") for name in files}

    def in_source(self, *names: str) -> set[str]:
        below = [path for name in names for path in (self.source / name, *self._below(name))]
        return {str(path.relative_to(self.source)) for path in below if path.is_file()}

    def _below(self, name: str) -> list[Path]:
        return list((self.source / name).rglob("*"))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Both, built as a release is: the wheel from the source distribution."""
    folder = once(tmp_path_factory, "built", _build)
    return Built(folder / "source", folder / "released")


def _build(folder: Path) -> None:
    copy_project(folder / "source")
    place = Place.at(folder / "source", "").unmeasured().where(**of_pip())
    ran = place.python("-m", "build", "--outdir", str(folder / "released"))
    assert ran.code == 0, ran.out + ran.err


@pytest.fixture(params=NAMES)
def kind(request: pytest.FixtureRequest) -> str:
    """One of the two."""
    return str(request.param)


@pytest.fixture
def metadata(kind: str, built: Built) -> Message:
    """What one of the two says of itself."""
    if kind == "wheel":
        return BytesParser().parsebytes(built.in_wheel()[f"{STEM}.dist-info/METADATA"])
    with tarfile.open(built.file("sdist")) as sdist:
        member = sdist.extractfile(f"{STEM}/PKG-INFO")
        assert member is not None
        return BytesParser().parse(member)


@pytest.fixture
def installed(kind: str, built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The commands of a fresh environment with nothing in it but one of the two."""

    def install(folder: Path) -> None:
        place = Place.at(folder / "nowhere", "").unmeasured().where(**of_pip())
        bare = folder / "environment"
        assert place.python("-m", "venv", "--without-pip", str(bare)).code == 0
        ran = place.python(*pip_of(bare / "bin"), "install", str(built.file(kind)))
        assert ran.code == 0, ran.out + ran.err

    return once(tmp_path_factory, f"installed-{kind}", install) / "environment" / "bin"


def pip_of(commands: Path) -> tuple[str, ...]:
    """Our pip, at work on another environment: one less to install."""
    return ("-m", "pip", "--python", str(commands / "python"))


def test_built_are_these_two(built: Built) -> None:
    assert sorted(file.name for file in built.released.iterdir()) == sorted(NAMES.values())


def test_index_would_take_it(built: Built, kind: str, place: Place) -> None:
    checked = place.python("-m", "twine", "check", "--strict", str(built.file(kind)))
    assert checked.code == 0, checked.out + checked.err


def test_wheel_holds_the_package_and_nothing_else(built: Built) -> None:
    about = {name for name in built.in_wheel() if name.startswith(f"{STEM}.dist-info/")}
    assert set(built.in_wheel()) - about == built.in_source(PACKAGE)
    assert f"{PACKAGE}/py.typed" in built.in_wheel()


def test_wheel_holds_the_licence(built: Built) -> None:
    licence = built.in_wheel()[f"{STEM}.dist-info/licenses/LICENSE"]
    assert licence == (PROJECT / "LICENSE").read_bytes()


@pytest.mark.parametrize("names", [TO_BUILD, TO_TEST, TO_KNOW, (PACKAGE,)])
def test_sdist_holds(built: Built, names: tuple[str, ...]) -> None:
    wanted = built.in_source(*names)
    assert {name.split("/")[0] for name in wanted} == set(names)
    assert wanted - built.in_sdist() == set()


def test_sdist_holds_nothing_that_a_tool_left_behind(built: Built) -> None:
    made = {name for name in built.in_sdist() if "egg-info" in name} | {"PKG-INFO"}
    assert built.in_sdist() - made - built.in_source(".") == set()
    assert not [name for name in built.in_sdist() if "cache" in Path(name).parent.name]


def test_tests_of_the_sdist_can_be_run(built: Built, place: Place) -> None:
    with tarfile.open(built.file("sdist")) as sdist:
        sdist.extractall(place.folder, filter="data")
    unpacked = Place.at(place.folder / STEM, "").unmeasured()
    some = "tests/test_examples.py"
    ran = unpacked.python("-m", "pytest", "-n0", "-q", "-p", "no:cacheprovider", some)
    assert ran.code == 0, ran.out + ran.err


def test_metadata_is_what_setup_cfg_says(metadata: Message) -> None:
    assert metadata["Name"] == "flake8-hfmodels"
    assert metadata["Version"] == __version__
    assert "Apache-2.0" in (metadata["License-Expression"], metadata["License"])
    assert metadata["License-File"] == "LICENSE"
    assert metadata["Requires-Python"] == ">=3.10"


def test_readme_is_the_description(metadata: Message) -> None:
    assert metadata["Description-Content-Type"] == "text/markdown"
    described = metadata.get_payload(decode=True)
    assert isinstance(described, bytes)
    assert described.decode().strip() == (PROJECT / "README.md").read_text("utf-8").strip()


def test_entry_points_are_both_doors(built: Built) -> None:
    entry_points = configparser.ConfigParser()
    entry_points.optionxform = str  # type: ignore[assignment,method-assign]
    entry_points.read_string(built.in_wheel()[f"{STEM}.dist-info/entry_points.txt"].decode())
    assert {name: dict(entry_points[name]) for name in entry_points.sections()} == {
        "console_scripts": {"hfmodels": "flake8_hfmodels.cli.main:main"},
        "flake8.extension": {"HFM": "flake8_hfmodels.plugin:Plugin"},
    }


def test_command_says_its_version(installed: Path, place: Place) -> None:
    said = place.run(str(installed / "hfmodels"), "--version")
    assert (said.code, said.out.split()[-1]) == (0, __version__)


def test_command_finds(installed: Path, place: Place) -> None:
    place.write("app.py", LOAD.format("org/name", ""))
    ran = place.run(str(installed / "hfmodels"), "check", "--offline", "app.py")
    assert (ran.code, ran.codes()) == (1, ["HFM001"])


def test_flake8_lists_it(installed: Path, place: Place) -> None:
    said = place.run(str(installed / "flake8"), "--version")
    assert f"flake8-hfmodels: {__version__}" in said.out


def test_flake8_finds(installed: Path, place: Place) -> None:
    place.write("app.py", LOAD.format("org/name", ""))
    ran = place.run(str(installed / "flake8"), "--hfmodels-offline", "app.py")
    assert (ran.code, ran.codes()) == (1, ["HFM001"])


def test_what_it_needs_fits_together(installed: Path, place: Place) -> None:
    checked = place.python(*pip_of(installed), "check")
    assert checked.code == 0, checked.out
