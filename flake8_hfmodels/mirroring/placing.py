"""Where a mirror goes: a folder that is there whole, or not at all."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from tempfile import mkdtemp

from flake8_hfmodels.mirroring.checking import inside
from flake8_hfmodels.mirroring.manifest import SUFFIX, Manifest, parse
from flake8_hfmodels.record import dataclass

_LARGEST = 100_000_000
"""Bytes of the largest manifest that is read."""


@dataclass(frozen=True, slots=True)
class Workplace:
    """A folder of ours beside the destination: `files` are what is to become it."""

    folder: str

    @property
    def files(self) -> str:
        """What is downloaded to."""
        return os.path.join(self.folder, "files")

    @property
    def old(self) -> str:
        """Where what stood there before is put, until all is done."""
        return os.path.join(self.folder, "old")

    @contextmanager
    def put(self, destination: str) -> Iterator[None]:
        """Let the files stand in the destination, in place of what is there. Raises `OSError`.

        What is raised inside, an interruption too, takes them away again, and puts that back.
        """
        try:
            if os.path.isdir(destination):
                os.rename(destination, self.old)
            os.rename(self.files, destination)
            yield
        except BaseException:
            for here, there in ((self.files, destination), (destination, self.old)):
                with suppress(OSError):  # it is where it was
                    if not os.path.lexists(here):
                        os.rename(there, here)
            raise


def beside(destination: str) -> str:
    """Where the manifest of a folder is."""
    return os.path.normpath(destination) + SUFFIX


def read(destination: str) -> Manifest | None:
    """The manifest of a folder, if there is one. Raises `ValueError` with a line for people."""
    path = beside(destination)
    try:
        about = os.stat(path)
        if not stat.S_ISREG(about.st_mode):
            raise ValueError("it is no file")
        if about.st_size > _LARGEST:
            raise ValueError("it is too large")
        with open(path, encoding="utf-8") as file:
            return parse(file.read())
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ValueError(f"{path}: cannot be read ({_in_words(error)})") from error
    except ValueError as error:
        why = "it is no UTF-8" if isinstance(error, UnicodeDecodeError) else error
        raise ValueError(f"{path}: cannot be read ({why})") from error


def standing(destination: str) -> Manifest | None:
    """What is mirrored in the destination; `None` where it is free.

    Raises `ValueError` where something stands there that is not of ours.
    """
    if os.path.islink(destination):
        raise ValueError(f"{destination}: is a link; name the folder itself")
    if os.path.lexists(destination) and not os.path.isdir(destination):
        raise ValueError(f"{destination}: is there already, and is no folder")
    manifest = read(destination)
    try:
        is_free = not os.path.isdir(destination) or not os.listdir(destination)
    except OSError as error:
        raise ValueError(f"{destination}: cannot be read ({_in_words(error)})") from error
    if is_free:
        return None
    if manifest is None:
        raise ValueError(
            f"{destination}: is there already, and no mirror (there is no "
            f"{os.path.basename(beside(destination))} beside it); choose another folder"
        )
    return manifest


def foreign(destination: str, manifest: Manifest) -> list[str]:
    """What is in a folder that its manifest does not know: somebody put it there."""
    ours = {one.path for one in manifest.blobs}
    return sorted(path for path in inside(destination) if path not in ours)


@contextmanager
def workplace(destination: str) -> Iterator[Workplace]:
    """A place to work in, on the file system of the destination; nothing of it stays.

    The folders above the destination are made, and taken away again where it does not come to be.
    """
    destination = os.path.abspath(destination)
    above = os.path.dirname(destination)
    made = list(_missing(above))
    try:
        for folder in reversed(made):  # os.makedirs calls itself, as often as there are folders
            os.mkdir(folder)
        place = Workplace(mkdtemp(prefix=f".{os.path.basename(destination)[:40]}.", dir=above))
        try:
            os.mkdir(place.files)
            yield place
        finally:
            shutil.rmtree(place.folder, ignore_errors=True)
    finally:
        for folder in made:
            with suppress(OSError):  # something is in it
                os.rmdir(folder)


def free_bytes(destination: str) -> int:
    """How many bytes there is room for where the destination is to be. Raises `OSError`."""
    above = os.path.dirname(os.path.abspath(destination))
    missing = list(_missing(above))
    return shutil.disk_usage(os.path.dirname(missing[-1]) if missing else above).free


def _missing(folder: str) -> Iterator[str]:
    """The folders that are not there, the innermost first."""
    while not os.path.exists(folder):
        yield folder
        folder = os.path.dirname(folder)


def _in_words(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
