"""`hfmodels pin` and `check --fix` on a fake Hub: what is written, what is left, what is safe."""

from __future__ import annotations

import codecs
import os
import re
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from flake8_hfmodels.cli.rewriting import changed
from flake8_hfmodels.discover import File
from flake8_hfmodels.sources.decoding import recoder
from flake8_hfmodels.sources.trouble import Trouble
from tests.doors import GENEROUS, HEAD, LOAD, Place
from tests.fakehub import FakeHub, Fault
from tests.test_pre_commit import KINDS

ID = "openai-community/gpt2"
UNPINNED = LOAD.format(ID, "")
UNFIXABLE = HEAD + "AutoModel.from_pretrained(choose())\n"
DAY = r"\d{4}-\d\d-\d\d"


@pytest.fixture
def sha(hub: FakeHub) -> str:
    return hub.world.repo("model", ID).head


def pinned(sha: str, comment: str = "  # main, DAY") -> str:
    return LOAD.format(ID, f', revision="{sha}"').rstrip("\n") + comment + "\n"


def undated(text: str) -> str:
    return re.sub(DAY, "DAY", text)


def test_pin(place: Place, sha: str) -> None:
    file = place.write("a.py", UNPINNED)
    ran = place.hfmodels("pin")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == f"a.py:2:1: pin revision to {sha}\n1 reference pinned in 1 file\n"
    assert undated(file.read_text()) == pinned(sha)
    assert place.hfmodels("check").code == 0


def test_second_run_changes_nothing(place: Place) -> None:
    file = place.write("a.py", UNPINNED)
    place.hfmodels("pin")
    before, about = file.read_bytes(), file.stat()
    assert place.hfmodels("pin").out == "0 references pinned in 0 files\n"
    assert (file.read_bytes(), file.stat().st_ino) == (before, about.st_ino)


def test_what_the_hub_said_earlier_does_not_count(place: Place, hub: FakeHub, sha: str) -> None:
    file = place.write("a.py", UNPINNED)
    place.hfmodels("check")
    new = hub.world.commit("model", ID, {"new": "file"}).oid
    assert place.hfmodels("pin", "--no-comment", "--offline").code == 0
    assert file.read_text() == pinned(sha, "")
    file.write_text(UNPINNED)
    assert place.hfmodels("pin", "--no-comment").code == 0
    assert file.read_text() == pinned(new, "")


def test_no_comment(place: Place, sha: str) -> None:
    file = place.write("a.py", UNPINNED)
    assert place.hfmodels("pin", "--no-comment").code == 0
    assert file.read_text() == pinned(sha, "")


def test_every_kind_of_file(place: Place, hub: FakeHub) -> None:
    files = {name: place.write(name, content) for name, (content, _line) in KINDS.items()}
    ran = place.hfmodels("pin", "--unsafe-fixes")  # nobody knows which program reads the YAML
    assert ran.code == 0, ran
    head = hub.world.repo("model", ID).head
    assert {name for name, file in files.items() if head not in file.read_text()} == set()
    assert place.hfmodels("check", "--select", "HFM001").code == 0
    after = {name: file.read_bytes() for name, file in files.items()}
    place.hfmodels("pin", "--unsafe-fixes")
    assert {name: file.read_bytes() for name, file in files.items()} == after


@pytest.mark.parametrize("option", ["--diff", "--dry-run"])
def test_what_writes_nothing(place: Place, option: str) -> None:
    file = place.write("a.py", UNPINNED)
    assert place.hfmodels("pin", option).code == 1
    assert file.read_text() == UNPINNED
    place.write("a.py", UNFIXABLE)
    assert place.hfmodels("pin", option).code == 0


def test_dry_run_says_what_would_be(place: Place) -> None:
    place.write("a.py", UNPINNED)
    said = place.hfmodels("pin", "--dry-run").out.splitlines()
    assert said[-1] == "1 reference would be pinned in 1 file"


def test_diff_is_a_patch(place: Place, sha: str) -> None:
    place.write("in/a.py", UNPINNED.rstrip("\n"))
    place.write("b.sh", f"hf download {ID}\n".replace("\n", "\r\n"))
    diff = place.hfmodels("pin", "--diff").out
    place.git("init", "-q")
    place.write("new.patch", diff)
    place.git("apply", "new.patch")
    place.folder.joinpath("new.patch").unlink()
    assert (sha in (place.folder / "in/a.py").read_text(), diff.count("@@ -")) == (True, 2)
    assert place.hfmodels("pin", "--diff").out == ""


def test_what_is_left_says_why(place: Place) -> None:
    place.write("a.py", UNFIXABLE)
    ran = place.hfmodels("pin")
    assert ran.code == 0
    assert ran.out.splitlines() == [
        "a.py:2:1: left: the name is decided at run time",
        "0 references pinned in 0 files, 1 left",
    ]


def test_what_is_silenced_is_left(place: Place) -> None:
    text = UNPINNED.rstrip("\n") + "  # noqa: HFM001\n"
    file = place.write("a.py", text)
    assert place.hfmodels("pin").out == "0 references pinned in 0 files\n"
    assert file.read_text() == text


def test_project_decides_which_rules_there_are(place: Place) -> None:
    file = place.write("a.py", UNPINNED)
    place.write("pyproject.toml", '[tool.hfmodels]\nignore = ["HFM001"]\n')
    place.hfmodels("pin")
    assert file.read_text() == UNPINNED


def test_policy(place: Place) -> None:
    file = place.write("a.py", UNPINNED)
    place.hfmodels("pin", "--policies", "openai-community/*:any")
    assert file.read_text() == UNPINNED


def test_private_names_stay_at_home(place: Place, hub: FakeHub) -> None:
    place.write("a.py", UNPINNED)
    ran = place.hfmodels("pin", "--never-ask", "openai-community")
    assert f"left: the Hub is not asked about '{ID}': it may be no repo, or never-ask" in ran.out
    assert hub.requests == []


TRUSTING = HEAD + f'AutoModel.from_pretrained("{ID}", trust_remote_code=True)\n'


def test_unsafe_fixes(place: Place, sha: str) -> None:
    file = place.write("a.py", TRUSTING)
    ran = place.hfmodels("pin")
    assert "left: --unsafe-fixes would take trust_remote_code away" in ran.out
    assert "trust_remote_code" in file.read_text()
    place.hfmodels("pin", "--unsafe-fixes")
    assert undated(file.read_text()) == pinned(sha)


@pytest.mark.parametrize("end", ["True,\n)", "True\n)", "True)", "True,\n    # why\n)"])
def test_pin_in_the_place_of_a_flag(place: Place, sha: str, end: str) -> None:
    file = place.write(
        "a.py",
        HEAD + f'AutoModel.from_pretrained(\n    "{ID}",\n    trust_remote_code={end}\n',
    )
    assert place.hfmodels("pin", "--unsafe-fixes", "--no-comment").code == 0
    assert re.search(rf'    "{ID}",\s+revision="{sha}"', file.read_text())
    assert "trust_remote_code" not in file.read_text()
    assert place.hfmodels("check").code == 0


def test_repo_that_may_not_be_the_one_that_was_meant(place: Place, hub: FakeHub) -> None:
    hub.world.create_repo("model", "acme/young", {"a": "b"}, at="2026-01-01")
    file = place.write("a.py", LOAD.format("acme/young", ""))
    place.git("init", "-q")
    place.git("add", ".")
    old = place.where(
        GIT_AUTHOR_DATE="2023-01-01T00:00:00Z", GIT_COMMITTER_DATE="2023-01-01T00:00:00Z"
    )
    old.git("commit", "-qm", "Load a model")
    ran = place.hfmodels("pin")
    assert "left: it may not be the repo that was meant (HFM008)" in ran.out
    assert file.read_text() == LOAD.format("acme/young", "")
    assert "HFM008" in place.hfmodels("check").out


def test_a_fix_after_which_a_file_would_be_passed_over(place: Place) -> None:
    """So long in so few lines, a tool has written it."""
    load = KINDS["caption.ts"][0]
    file = place.write("caption.ts", load + "//" + "x" * (49_990 - len(load)) + "\n")
    ran = place.hfmodels("pin")
    assert "left: the file would not read as it should after it" in ran.out
    assert "revision" not in file.read_text()


def test_missing_repo(place: Place) -> None:
    place.write("a.py", LOAD.format("acme/none", "") + LOAD.format(ID, ', revision="none"'))
    said = place.hfmodels("pin").out
    assert "left: the Hub shows no model 'acme/none'" in said
    assert f"left: '{ID}' has no revision 'none'" in said


@pytest.mark.parametrize(("options", "code"), [((), 0), (("--strict",), 3), (("--offline",), 0)])
def test_a_hub_that_is_away_blocks_nobody(
    lonely: Place, options: tuple[str, ...], code: int
) -> None:
    file = lonely.write("a.py", UNPINNED)
    ran = lonely.hfmodels("pin", *options)
    assert ran.code == code
    assert f"left: which commit '{ID}' stands for is not known" in ran.out
    assert file.read_text() == UNPINNED


def test_hub_that_answers_nonsense(place: Place, hub: FakeHub) -> None:
    file = place.write("a.py", UNPINNED)
    hub.fault = Fault.status(500)
    assert place.hfmodels("pin").code == 0
    assert file.read_text() == UNPINNED


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("-",), "pin writes files, which standard input is not; name a path"),
        (("--config", "none.toml"), "none.toml: cannot be read (no such file or directory)"),
        (("--deadline", "-1"), "--deadline: -1 is no number of seconds above 0"),
        (("none.py",), "none.py: does not exist"),
    ],
)
def test_wrong_usage(place: Place, arguments: tuple[str, ...], why: str) -> None:
    ran = place.hfmodels("pin", *arguments)
    assert ran.code == 2
    assert why in ran.err


# Bytes

ENCODED = HEAD + f'NAME = "é"\nAutoModel.from_pretrained("{ID}")\n'


@pytest.mark.parametrize(
    ("name", "data"),
    [
        pytest.param("a.py", ENCODED.encode(), id="utf-8"),
        pytest.param("a.py", codecs.BOM_UTF8 + ENCODED.encode(), id="bom"),
        pytest.param("a.py", b"# coding: latin-1\n" + ENCODED.encode("latin-1"), id="cookie"),
        pytest.param("a.py", ENCODED.encode().replace(b"\n", b"\r\n"), id="crlf"),
        pytest.param("a.py", ENCODED.encode().replace(b"\n", b"\r"), id="cr"),
        pytest.param("a.py", ENCODED.encode().replace(b'"\n', b'"\r\n', 1), id="mixed"),
        pytest.param("a.py", ENCODED.encode().rstrip(b"\n"), id="no-end"),
        pytest.param("a.py", ENCODED.encode().replace(b"\n", b"\n\x0c\n", 1), id="form-feed"),
        pytest.param("a.sh", f"echo é\nhf download {ID}\n".encode("latin-1"), id="latin-1"),
        pytest.param(
            "a.sh", codecs.BOM_UTF16_LE + f"hf download {ID}\n".encode("utf-16-le"), id="utf-16"
        ),
    ],
)
def test_bytes_stay(place: Place, sha: str, name: str, data: bytes) -> None:
    file = place.write(name, data)
    assert place.hfmodels("pin", "--no-comment").code == 0
    after = file.read_bytes()
    wide = name == "a.sh" and data.startswith(codecs.BOM_UTF16_LE)
    added = f', revision="{sha}"' if name == "a.py" else f" --revision {sha}"
    written = added.encode("utf-16-le" if wide else "ascii")
    assert written in after
    assert after.replace(written, b"") == data


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(codecs.BOM_UTF16_LE + b"a\x00b", id="half-a-character"),
        pytest.param(codecs.BOM_UTF8 + b"\xff", id="no-utf-8"),
    ],
)
def test_what_would_not_come_out_again(data: bytes) -> None:
    assert recoder(data, "shell") is None


@pytest.mark.parametrize("data", [b"# coding: none\n", b"# coding: utf-8\n\xff\n"])
def test_python_of_no_known_encoding(data: bytes) -> None:
    assert recoder(data, "python") is None


def test_file_that_cannot_be_written_back_as_it_is(place: Place) -> None:
    data = codecs.BOM_UTF8 + b"# \xff\nhf download " + ID.encode() + b"\n"
    file = place.write("a.sh", data)
    ran = place.hfmodels("pin")
    why = "hfmodels: a.sh: its encoding is not sure; save it as UTF-8"
    assert (ran.code, ran.complaints) == (2, [why])
    assert file.read_bytes() == data


def test_encoding_is_not_sure(tmp_path: Path) -> None:
    file = tmp_path / "a.sh"
    file.write_bytes(codecs.BOM_UTF8 + b"\xff")
    change = changed(File(str(file), "shell"), ["\ufffd"], lambda text, _encoded: text)
    assert isinstance(change, Trouble)
    assert change.message == "its encoding is not sure; save it as UTF-8"


def test_mode_and_link_stay(place: Place, sha: str) -> None:
    file = place.write("there/run.sh", f"hf download {ID}\n")
    file.chmod(0o750)
    (place.folder / "run.sh").symlink_to("there/run.sh")
    assert place.hfmodels("pin", "run.sh").code == 0
    assert sha in file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o750
    assert (place.folder / "run.sh").is_symlink()


# What goes wrong


def test_read_only_file_is_left(place: Place) -> None:
    file, other = place.write("a.py", UNPINNED), place.write("b.py", UNPINNED)
    file.chmod(0o444)
    ran = place.hfmodels("pin")
    assert (ran.code, ran.complaints) == (2, ["hfmodels: a.py: is read-only; left as it is"])
    assert ran.out.splitlines()[-1] == "1 reference pinned in 1 file"
    assert (file.read_text() == UNPINNED, other.read_text() == UNPINNED) == (True, False)


def test_file_that_changes_before_it_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    file.write_text("new\n")
    change = changed(File(str(file), "python"), ["old", ""], lambda text, _encoded: text)
    assert isinstance(change, Trouble)
    assert change.message == "has changed meanwhile; left as it is"


def test_file_that_changes_before_it_is_written(tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    file.write_text("old\n")
    change = changed(File(str(file), "python"), ["old", ""], lambda text, _encoded: "new\n")
    assert not isinstance(change, Trouble)
    file.write_text("other\n")
    assert change.write() == "has changed meanwhile; left as it is"
    assert file.read_text() == "other\n"


def test_file_that_goes_away(tmp_path: Path) -> None:
    change = changed(File(str(tmp_path / "a.py"), "python"), [""], lambda text, _encoded: text)
    assert isinstance(change, Trouble)


def test_file_that_goes_away_before_it_is_written(tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    file.write_text("old\n")
    change = changed(File(str(file), "python"), ["old", ""], lambda text, _encoded: "new\n")
    assert not isinstance(change, Trouble)
    file.unlink()
    assert change.write() == "cannot be written (no such file or directory)"


LIMITED = """\
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
from flake8_hfmodels.cli.main import main
resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
sys.exit(main(sys.argv[1:]))
"""


def test_full_disk(place: Place) -> None:
    text = UNPINNED + "# a long line\n" * 100_000
    file, other = place.write("a.py", text), place.write("b.py", UNPINNED)
    place.hfmodels("check")  # the answers are kept, so that nothing but the files grows
    ran = place.python("-c", LIMITED, "pin", "--offline")
    assert (ran.code, ran.complaints) == (2, ["hfmodels: a.py: cannot be written (file too large)"])
    assert (file.read_text() == text, other.read_text() == UNPINNED) == (True, False)
    assert sorted(os.listdir(place.folder)) == ["a.py", "b.py"]


def test_killed(place: Place, hub: FakeHub, sha: str) -> None:
    """Whenever it is killed, each file is as it was or as it is to be."""
    files = [place.write(f"{number:02}.py", UNPINNED) for number in range(40)]
    place.hfmodels("check")
    process = subprocess.Popen(
        (sys.executable, "-m", "flake8_hfmodels", "pin", "--no-comment"),
        cwd=place.folder,
        env=place.unmeasured().environment,  # what is killed measures nothing
        stdout=subprocess.DEVNULL,
    )
    while process.poll() is None and sha not in files[0].read_text():
        pass
    process.kill()
    process.wait(GENEROUS)
    texts = {file.read_text() for file in files}
    assert texts <= {UNPINNED, pinned(sha, "")}
    for left in place.folder.glob(".*"):
        left.unlink()
    assert place.hfmodels("pin", "--no-comment").code == 0
    assert {file.read_text() for file in files} == {pinned(sha, "")}


def test_two_at_once(place: Place, sha: str) -> None:
    files = [place.write(f"{number:02}.py", UNPINNED) for number in range(20)]
    place.hfmodels("check")
    both = [threading.Thread(target=place.hfmodels, args=("pin", "--no-comment")) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join(GENEROUS)
    assert {file.read_text() for file in files} == {pinned(sha, "")}


# check --fix


def test_check_with_fixes(place: Place, sha: str) -> None:
    file = place.write("a.py", UNPINNED + "AutoModel.from_pretrained(choose())\n")
    ran = place.hfmodels("check", "--fix", "--quiet")
    assert ran.code == 1
    assert "a.py:3:1: HFM001" in ran.out
    assert "a.py:2:1" not in ran.out
    assert sha in file.read_text()


def test_check_with_fixes_says_how_many(place: Place) -> None:
    place.write("a.py", UNPINNED)
    ran = place.hfmodels("check", "--fix")
    assert (ran.code, ran.complaints) == (0, ["hfmodels: 1 finding mended in 1 file"])


def test_check_with_fixes_takes_idle_comments_away(place: Place) -> None:
    file = place.write("a.py", "print()  # hfmodels: ignore[HFM001] no more\n")
    assert place.hfmodels("pin").code == 0
    assert "ignore" in file.read_text()
    assert place.hfmodels("check", "--fix").code == 0
    assert file.read_text() == "print()\n"


def test_check_with_fixes_and_a_file_that_cannot_be_written(place: Place) -> None:
    place.write("a.py", UNPINNED).chmod(0o444)
    ran = place.hfmodels("check", "--fix")
    assert ran.code == 2
    assert ran.complaints[0] == "hfmodels: a.py: is read-only; left as it is"


def test_standard_input_is_not_mended(place: Place) -> None:
    ran = place.hfmodels("check", "--fix", "-", stdin=UNPINNED)
    assert (ran.code, "stdin.py:2:1: HFM001" in ran.out) == (1, True)


@pytest.mark.parametrize("other", [("--write-baseline",), ("--diff", "HEAD")])
def test_fix_goes_not_with(place: Place, other: tuple[str, ...]) -> None:
    ran = place.hfmodels("check", "--fix", *other)
    assert ran.code == 2
    assert "--fix: mends whole files" in ran.err


# With a lock


def test_what_is_locked_is_pinned_as_it_was_locked(place: Place, hub: FakeHub, sha: str) -> None:
    file = place.write("a.py", UNPINNED)
    assert place.hfmodels("lock").code == 0
    hub.world.commit("model", ID, {"new": "file"})
    hub.clear()
    assert place.hfmodels("pin", "--no-comment").code == 0
    assert (file.read_text(), hub.requests) == (pinned(sha, ""), [])


def test_lock_that_does_not_know_the_pins(place: Place) -> None:
    place.write("app.py", UNPINNED)
    assert place.hfmodels("lock").code == 0
    ran = place.hfmodels("pin")
    assert ran.complaints == [
        "hfmodels: hfmodels.lock: does not know all of these pins yet; run `hfmodels lock`"
    ]
    assert place.hfmodels("pin").complaints == []


@pytest.mark.parametrize("option", ["--diff", "--dry-run"])
def test_lock_where_nothing_is_written(place: Place, option: str) -> None:
    place.write("app.py", UNPINNED)
    place.hfmodels("lock")
    assert place.hfmodels("pin", option).complaints == []


def test_what_is_not_locked_is_asked_for(place: Place, hub: FakeHub, sha: str) -> None:
    place.write("a.py", LOAD.format("acme/forecaster", ""))
    assert place.hfmodels("lock").code == 0
    file = place.write("b.py", UNPINNED)
    assert place.hfmodels("pin", "--no-comment").code == 0
    assert file.read_text() == pinned(sha, "")
