"""`--output`: a report is written whole or not at all."""

from __future__ import annotations

import json
import os
import re
import signal
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from flake8_hfmodels.cli.writing import write_whole
from tests.doors import GENEROUS, LOAD, Place

OLD = "old\n"
NEW = "new é \udc80\n"
BYTES = "new é \\udc80\n".encode()


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


@pytest.mark.parametrize(
    "name",
    ["a.txt", "no suffix", "-a", "é🤗", "🤗" * 63, "x" * 255, ".hidden", "a\nb", "\udcff"],
)
def test_new_file(tmp_path: Path, name: str) -> None:
    assert write_whole(str(tmp_path / name), NEW) is None
    assert (tmp_path / name).read_bytes() == BYTES
    assert names(tmp_path) == [name]


def test_in_the_place_of_another(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text(OLD * 1000)
    assert write_whole(str(path), NEW) is None
    assert path.read_bytes() == BYTES
    assert names(tmp_path) == ["a"]


def test_who_reads_meanwhile_keeps_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text(OLD)
    with path.open(encoding="utf-8") as reader:
        write_whole(str(path), NEW)
        assert reader.read() == OLD


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o664, 0o755, 0o400])
def test_mode_is_kept(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "a"
    path.touch()
    path.chmod(mode)
    write_whole(str(path), NEW)
    assert stat.S_IMODE(path.stat().st_mode) == mode


@pytest.mark.parametrize("umask", [0o022, 0o077, 0o002])
def test_mode_of_a_new_file(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    write_whole(str(tmp_path / "a"), NEW)
    assert os.umask(before) == umask
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o666 & ~umask


def test_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there/a").write_text(OLD)
    (tmp_path / "b").symlink_to("there/a")
    assert write_whole(str(tmp_path / "b"), NEW) is None
    assert (tmp_path / "b").is_symlink()
    assert (tmp_path / "there/a").read_bytes() == BYTES


def test_link_to_what_is_not_there_yet(tmp_path: Path) -> None:
    (tmp_path / "b").symlink_to("a")
    assert write_whole(str(tmp_path / "b"), NEW) is None
    assert (tmp_path / "a").read_bytes() == BYTES


@pytest.mark.parametrize(
    ("name", "why"),
    [
        pytest.param(".", "it is a folder", id="folder"),
        pytest.param("link", "it is a folder", id="link-to-a-folder"),
        pytest.param("none/a", "no such file or directory", id="no-folder"),
        pytest.param("file/a", "not a directory", id="file-for-a-folder"),
        pytest.param("loop", "too many levels of symbolic links", id="loop"),
        pytest.param("x" * 256, "file name too long", id="long"),
    ],
)
def test_what_cannot_be_written(tmp_path: Path, name: str, why: str) -> None:
    (tmp_path / "file").write_text(OLD)
    (tmp_path / "link").symlink_to(".")
    (tmp_path / "loop").symlink_to("loop")
    assert write_whole(str(tmp_path / name), NEW) == f"cannot be written ({why})"
    assert names(tmp_path) == ["file", "link", "loop"]
    assert (tmp_path / "file").read_text() == OLD


def test_full_device() -> None:
    assert write_whole("/dev/full", NEW) == "cannot be written (no space left on device)"


def test_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    assert write_whole(str(pipe), NEW) is None
    reader.join(GENEROUS)
    assert read == [BYTES]
    assert names(tmp_path) == ["pipe"]


WRITE = "import sys; from flake8_hfmodels.cli.writing import write_whole\n"


def test_file_that_grows_too_large(tmp_path: Path) -> None:
    """As on a disk that is full: there are limits that nobody is exempt from."""
    path = tmp_path / "a"
    path.write_text(OLD)
    program = (
        WRITE + "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "print(write_whole(sys.argv[1], 'x' * 100_000))"
    )
    unmeasured = {key: one for key, one in os.environ.items() if "COVERAGE" not in key}
    done = subprocess.run(
        (sys.executable, "-c", program, path),
        capture_output=True,
        text=True,
        check=True,
        env=unmeasured,  # what coverage writes would grow too large as well
    )
    assert done.stdout == "cannot be written (file too large)\n"
    assert path.read_text() == OLD
    assert names(tmp_path) == ["a"]


def test_process_that_is_killed_between_writing_and_replacing(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text(OLD)
    program = (
        WRITE + "import os, signal\n"
        "os.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "write_whole(sys.argv[1], 'new')"
    )
    done = subprocess.run((sys.executable, "-c", program, path), check=False)
    assert done.returncode == -signal.SIGKILL
    assert path.read_text() == OLD
    left = [name for name in names(tmp_path) if name != "a"]
    assert [name[:3] for name in left] == [".a."]


def test_process_that_is_interrupted_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text(OLD)
    program = (
        WRITE + "import os, signal\n"
        "os.fsync = lambda *_: os.kill(os.getpid(), signal.SIGINT)\n"
        "write_whole(sys.argv[1], 'new')"
    )
    done = subprocess.run((sys.executable, "-c", program, path), check=False, capture_output=True)
    assert done.returncode == -signal.SIGINT
    assert path.read_text() == OLD
    assert names(tmp_path) == ["a"]


def test_many_write_at_once(tmp_path: Path) -> None:
    path = tmp_path / "a"
    texts = [str(number) * 100_000 for number in range(8)]
    threads = [threading.Thread(target=write_whole, args=(str(path), text)) for text in texts]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        assert not path.exists() or path.read_text() in texts
    assert path.read_text() in texts
    assert names(tmp_path) == ["a"]


UNPINNED = LOAD.format("a/b", "")


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github", "gitlab", "junit"])
def test_report_is_that_of_standard_output(lonely: Place, form: str) -> None:
    lonely.write("app.py", UNPINNED)
    told = lonely.hfmodels("check", "--offline", "--quiet", "--format", form, "app.py")
    ran = lonely.hfmodels(
        *("check", "--offline", "--quiet", "--format", form, "--output", "out", "app.py")
    )
    assert (ran.out, ran.err, ran.code) == ("", "", 1)
    written = (lonely.folder / "out").read_text()
    assert untimed(written) == untimed(told.out)
    assert "HFM001" in written


def untimed(text: str) -> str:
    """A report without what a clock says."""
    return re.sub(r"\d+\.\d+|\d\d:\d\d:\d\d", "0", text)


def test_list_is_written_too(lonely: Place) -> None:
    lonely.write("app.py", UNPINNED)
    ran = lonely.hfmodels("list", "--format", "json", "--output", "out", "app.py")
    assert (ran.out.partition(", 1 repo")[0], ran.err, ran.code) == ("1 file, 1 reference", "", 0)
    assert json.loads((lonely.folder / "out").read_text())["references"]


def test_nothing_found_leaves_no_old_report(lonely: Place) -> None:
    lonely.write("app.py", "")
    lonely.write("out", OLD)
    assert lonely.hfmodels("check", "--quiet", "--output", "out", "app.py").code == 0
    assert (lonely.folder / "out").read_text() == ""


def test_report_that_cannot_be_written(lonely: Place) -> None:
    lonely.write("app.py", UNPINNED)
    ran = lonely.hfmodels("check", "--offline", "--output", "none/out", "app.py")
    assert ran.complaints == [
        "hfmodels: --output: none/out: cannot be written (no such file or directory)"
    ]
    assert (ran.out, ran.code) == ("", 2)


def test_no_colours_in_a_file(lonely: Place) -> None:
    lonely.write("app.py", UNPINNED)
    coloured = lonely.where(FORCE_COLOR="1")
    coloured.hfmodels("check", "--offline", "--output", "out", "app.py")
    assert "\x1b" not in (lonely.folder / "out").read_text()


def test_colours_that_somebody_wants(lonely: Place) -> None:
    lonely.write("app.py", UNPINNED)
    lonely.hfmodels("check", "--offline", "--color", "always", "--output", "out", "app.py")
    assert "\x1b" in (lonely.folder / "out").read_text()


@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
def test_standard_output_by_name(lonely: Place, name: str) -> None:
    lonely.write("app.py", UNPINNED)
    ran = lonely.hfmodels("check", "--offline", "--format", "json", "--output", name, "app.py")
    assert (ran.codes(), ran.err, ran.code) == (["HFM001"], "", 1)


@pytest.mark.parametrize("name", ["/dev/stdout", "/proc/self/fd/1"])
def test_standard_output_that_goes_to_a_log(lonely: Place, name: str) -> None:
    """What stands in the log stays, and what comes later is behind it."""
    lonely.write("app.py", UNPINNED)
    log = lonely.write("log", OLD)
    check = f"-m flake8_hfmodels check --offline --output {name} app.py"
    lonely.run("sh", "-c", f"({lonely.interpreter} {check}; echo end) >> log")
    lines = log.read_text().splitlines()
    assert (lines[0], lines[1].split()[1], lines[-1]) == ("old", "HFM001", "end")


def test_shared_memory_is_a_folder_as_any(tmp_path: Path) -> None:
    path = Path(f"/dev/shm/hfmodels-{os.getpid()}")
    path.write_text(OLD)
    assert write_whole(str(path), NEW) is None
    assert path.read_bytes() == BYTES
    path.unlink()
