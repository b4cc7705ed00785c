"""`hfmodels cache dir|info|clear`: where the Hub's answers are kept, how many, and away with them.

A cache file is looked at without `requests_cache`, and without a change to it.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
from datetime import datetime
from pathlib import Path

from flake8_hfmodels.cli.exits import CLEAN, USAGE
from flake8_hfmodels.cli.outcome import Outcome
from flake8_hfmodels.configured import Configured
from flake8_hfmodels.settings import given


def run(options: argparse.Namespace) -> Outcome:
    """Do what the command line says to the cache that it names."""
    from flake8_hfmodels.hub.store import file_of, own_folder

    try:
        settings = Configured(given(options))("")
    except ValueError as error:
        return _trouble(str(error))
    own = own_folder()
    path = file_of(settings.cache_url or Path(settings.cache_dir or own))
    if path is None:
        return _run_shared(options.action, settings.cache_url, options.format == "json")
    if options.action == "dir":
        return Outcome(CLEAN, f"{path.parent}\n")
    if options.action == "clear":
        return _clear(path, path == file_of(own))
    return _info(path, options.format == "json")


def _info(path: Path, is_json: bool) -> Outcome:
    from flake8_hfmodels.hub.sqlite_file import ForeignError, NewerError, in_words, survey

    try:
        found = survey(path)
    except NewerError:
        return _trouble(f"{path} was written by a newer version of hfmodels")
    except ForeignError:
        return _trouble(f"{path} is no cache of hfmodels")
    except (OSError, sqlite3.Error) as error:
        return _trouble(f"the cache {path} cannot be read: {in_words(error)}")
    if found is None:
        return _told({"file": str(path), "exists": False}, f"no cache at {path}", is_json)
    facts = {
        "file": str(path),
        "exists": True,
        "size": found.size,
        "answers": found.answers,
        "fresh": found.fresh,
        "oldest": _iso(found.oldest),
        "newest": _iso(found.newest),
        "claims": found.claims,
        "notes": found.notes,
    }
    lines = [
        f"file     {path}",
        f"size     {_bytes(found.size)}",
        f"answers  {found.answers}, of which by age at least {found.fresh} are fresh",
    ]
    if found.oldest is not None and found.newest is not None:
        lines.append(f"given    {_day(found.oldest)} to {_day(found.newest)}")
    lines.append(f"running  {found.claims} questions, {found.notes} notes")
    return _told(facts, "\n".join(lines), is_json)


def _clear(path: Path, is_own: bool) -> Outcome:
    from flake8_hfmodels.hub.sqlite_file import ForeignError, NewerError, clear, in_words

    try:
        freed = clear(path, is_own)
    except NewerError:
        return _trouble(f"{path} was written by a newer version of hfmodels; it is left alone")
    except ForeignError:
        return _trouble(f"{path} is no cache of hfmodels; it is left alone")
    except (OSError, sqlite3.Error) as error:
        return _trouble(f"the cache {path} cannot be removed: {in_words(error)}")
    if freed is None:
        return Outcome(CLEAN, f"no cache at {path}\n")
    return Outcome(CLEAN, f"removed {path}: {_bytes(freed)} freed\n")


def _run_shared(action: str, url: str, is_json: bool) -> Outcome:
    from flake8_hfmodels.hub.backends import open_backend, without_secrets
    from flake8_hfmodels.hub.kept import KeepingError

    where = without_secrets(url)
    if action == "dir":
        return Outcome(CLEAN, f"{where}\n")
    shelf, warning = open_backend(url)
    if shelf is None:
        return _trouble(warning)
    try:
        if action == "clear":
            return Outcome(CLEAN, f"removed {_answers(shelf.clear())} from {where}\n")
        count = shelf.count()
    except KeepingError as error:
        return _trouble(error.warning)
    finally:
        shelf.close()
    return _told({"url": where, "answers": count}, f"{_answers(count)} at {where}", is_json)


def _told(facts: dict[str, object], text: str, is_json: bool) -> Outcome:
    return Outcome(CLEAN, (json.dumps(facts, indent=2) if is_json else text) + "\n")


def _trouble(line: str) -> Outcome:
    return Outcome(USAGE, "", (line,))


def _answers(count: int) -> str:
    return "1 answer" if count == 1 else f"{count} answers"


def _bytes(count: int) -> str:
    return f"{count / 2**20:.1f} MB" if count >= 2**20 else f"{count / 2**10:.0f} kB"


def _day(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
