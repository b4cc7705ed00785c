"""Files written whole or not at all."""

from __future__ import annotations

import os
import stat


def write_whole(path: str, text: str) -> str | None:
    """Put a text in the place of a file, which keeps its mode; say why that is not possible.

    It is written beside the file and then takes its place, so that who reads meanwhile has the
    old one or the new one. A link stays one. What is no file, such as a pipe, is written to, and
    so is what a process has opened already, such as `/dev/stdout`, behind what stands there.
    """
    return write_bytes(path, text.encode("utf-8", "backslashreplace"))


def write_bytes(path: str, data: bytes, before: bytes | None = None) -> str | None:
    """Put bytes in the place of a file, as `write_whole` does.

    `before`: only if this is what the file holds still, and if its mode lets somebody write.
    """
    try:
        mode = _mode(path)
        if before is not None and (why := _why_not(path, mode, before)):
            return why
        if mode is None or os.path.abspath(path).startswith(_OPENED):
            with open(path, "ab") as stream:
                stream.write(data)
            return None
        _replaced(os.path.realpath(path), data, mode)
    except OSError as error:
        return f"cannot be written ({(error.strerror or str(error)).lower()})"
    return None


_OPENED = ("/dev/fd/", "/dev/stdout", "/dev/stderr", "/proc/")
"""Names for what is open: its file must not be taken from under who has opened it."""


def _why_not(path: str, mode: int | None, before: bytes) -> str:
    """Why a file that was read is to be left alone."""
    if mode is not None and not mode & 0o222:
        return "is read-only; left as it is"
    with open(path, "rb") as stream:
        return "" if stream.read() == before else "has changed meanwhile; left as it is"


def _mode(path: str) -> int | None:
    """The mode of a file, or of one that is not there yet; `None` for what is no file."""
    try:
        mode = os.stat(path).st_mode
    except FileNotFoundError:
        umask = os.umask(0)
        os.umask(umask)
        return 0o666 & ~umask
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(0, "it is a folder")
    return stat.S_IMODE(mode) if stat.S_ISREG(mode) else None


def _replaced(path: str, data: bytes, mode: int) -> None:
    from tempfile import mkstemp

    handle, beside = mkstemp(prefix=f".{os.path.basename(path)[:40]}.", dir=os.path.dirname(path))
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(beside, mode)
        os.replace(beside, path)
    except BaseException:
        os.unlink(beside)
        raise
