"""What is kept of the Hub's answers, and how it is written: JSON, never pickles, and no token."""

from __future__ import annotations

import enum
import json
import time
from datetime import datetime, timedelta, timezone

from flake8_hfmodels.hub.answers import Answer
from flake8_hfmodels.record import dataclass

KEPT = timedelta(days=90)
"""How long an answer is kept at all; a stale one is better than none when the Hub is away."""

FRESH = timedelta(days=1)
FRESH_NEGATIVE = timedelta(hours=1)
"""How long an answer counts as fresh, and one that says "no" or speaks of an account."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer and when it was given."""

    answer: Answer
    created_at: datetime

    @property
    def expires_unix(self) -> int:
        """When it is let go of; requests_cache writes it beside the row."""
        return round((self.created_at + KEPT).timestamp())

    @property
    def expires_delta(self) -> int:
        """The seconds until then, at least one; requests_cache hands them to Redis."""
        return max(1, self.expires_unix - round(time.time()))


@dataclass(frozen=True, slots=True)
class Note:
    """What a process left for the others, from when and until when."""

    text: str
    until: datetime
    made: datetime


def note_at(text: object, made: object, until: object) -> Note | None:
    """A note with its times in seconds, or `None` for one that has run out, or is none.

    One that was made in the future has run out too: the clock has jumped since.
    """
    match text, made, until:
        case str(), float(), float() if made <= time.time() < until:
            try:
                return Note(text, _moment(until), _moment(made))
            except (ValueError, OverflowError, OSError):
                return None  # beyond all calendars
        case _:
            return None


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, timezone.utc)


class Ends(enum.Enum):
    """What comes to an end with a trouble."""

    NOTHING = "nothing"
    WRITING = "writing"
    ALL = "all"


class KeepingError(Exception):
    """Why something is not kept. `warning` is a line for people, empty for what passes."""

    def __init__(self, why: str, ends: Ends, warning: str = "") -> None:
        super().__init__(why)
        self.ends = ends
        self.warning = warning


def dumps(kept: Kept) -> str:
    """A row of the cache. Raises `RecursionError` for a payload too deep."""
    return json.dumps(
        {
            "status": kept.answer.status,
            "payload": kept.answer.payload,
            "code": kept.answer.code,
            "location": kept.answer.location,
            "with_token": kept.answer.with_token,
            "total": kept.answer.total,
            "created_at": kept.created_at.isoformat(),
        }
    )


def loads(row: object) -> Kept:
    """Read a row. Raises `ValueError` for what is none; requests_cache takes that for nothing."""
    if not isinstance(row, str | bytes):
        raise ValueError("no text")
    try:
        return _read(json.loads(row.decode() if isinstance(row, bytes) else row))
    except (RecursionError, OverflowError) as error:
        raise ValueError(str(error)) from error


def _read(row: object) -> Kept:
    match row:
        case {
            "status": int(status),
            "payload": payload,
            "code": str(code),
            "location": str(location),
            "created_at": str(moment),
            **rest,
        }:
            created_at = datetime.fromisoformat(moment).astimezone(timezone.utc)
            with_token = rest.get("with_token") is True  # not in rows of version 0.1
            total = rest.get("total")
            answer = Answer(
                status,
                payload,
                code,
                location,
                with_token,
                total=total if isinstance(total, int) else None,
                given=created_at.timestamp(),
            )
            return Kept(answer, created_at)
        case _:
            raise ValueError("no answer")
