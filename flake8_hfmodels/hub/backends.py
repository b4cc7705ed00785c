"""Answers on a server that many machines share: every backend of `requests_cache`, by URL."""

from __future__ import annotations

import contextlib
import importlib
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timezone
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from flake8_hfmodels.hub.answers import Answer
from flake8_hfmodels.hub.kept import KEPT, Ends, KeepingError, Kept, dumps, loads
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.regex import regex

if TYPE_CHECKING:
    from requests_cache.backends.base import BaseStorage

WAIT = 1.0
"""Seconds to wait for a connection to a server, and for each of its answers."""

PATIENCE = 1.0
"""Seconds that a run waits for a shared cache in all: it is to save time."""

_T = TypeVar("_T")
_NAME = "hfmodels"
_ROW = regex(r"[0-9a-f]{64}\.json")  # the client's keys are SHA-256
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Backend:
    """A way to keep answers elsewhere.

    `package` is its driver, `errors` names the classes of what can go wrong with it; `largest`
    is the payload's size in characters that it takes for sure.
    """

    package: str
    errors: tuple[str, ...]
    open: Callable[[str, SplitResult], BaseStorage[str, Kept]]
    largest: int = 2**23


class _Hand:
    """Does one thing after the other in a thread of its own, which may hang without us."""

    def __init__(self) -> None:
        self._todo: SimpleQueue[tuple[Callable[[], Any], SimpleQueue[Any]]] = SimpleQueue()
        Thread(target=self._work, daemon=True).start()

    def do(self, action: Callable[[], _T], seconds: float) -> _T:
        """What comes of an action. Raises what it raises, and `Empty` where it takes too long."""
        done: SimpleQueue[tuple[_T | None, BaseException | None]] = SimpleQueue()
        self._todo.put((action, done))
        value, error = done.get(timeout=max(0.0, seconds))
        if error is not None:
            raise error
        return value  # type: ignore[return-value] # there is one where there is no error

    def _work(self) -> None:
        while True:
            action, done = self._todo.get()
            try:
                done.put((action(), None))
            except BaseException as error:
                done.put((None, error))


class SharedShelf:
    """Answers behind a URL. Every method raises `KeepingError`, and then it is over.

    It is over, too, when all calls together have taken `PATIENCE`.
    """

    def __init__(
        self,
        storage: BaseStorage[str, Kept],
        largest: int,
        errors: tuple[type[Exception], ...],
        in_words: Callable[[Exception], str],
    ) -> None:
        self._storage = storage
        self._largest = largest
        self._errors = errors
        self._in_words = in_words
        self._hand = _Hand()
        self._left = PATIENCE

    def read(self, key: str) -> Kept | None:
        """The answer that is kept, or `None`, also for one that cannot be read."""
        kept = self._do(lambda: self._stored(key))
        if kept is None or kept.created_at < datetime.now(timezone.utc) - KEPT:
            return None
        return kept

    def _stored(self, key: str) -> Kept | None:
        try:
            return self._storage.get(key)
        except UnicodeDecodeError:
            return None

    def write(self, answers: Mapping[str, Answer], moment: datetime) -> None:
        """Keep answers that were given at a moment, but for those that are too much."""
        for key, answer in answers.items():
            kept = Kept(answer, moment)
            with contextlib.suppress(RecursionError):  # too deep to be written
                if len(dumps(kept)) <= self._largest:
                    self._do(partial(self._storage.__setitem__, key, kept))

    def count(self) -> int:
        """How many answers there are, as the server sees it."""
        return self._do(lambda: len(self._storage))

    def clear(self) -> int:
        """Remove them, and say how many there were."""
        count = self.count()
        if count:
            self._do(self._storage.clear)
        return count

    def close(self) -> None:
        """Let go of the connection."""
        connection = getattr(self._storage, "connection", None)  # GridFSDict does not close it
        with contextlib.suppress(Empty, *self._errors):
            self._hand.do(getattr(connection, "close", self._storage.close), WAIT)

    def _do(self, action: Callable[[], _T]) -> _T:
        started = time.monotonic()
        try:
            return self._hand.do(action, self._left)
        except Empty as error:
            why = self._in_words(TimeoutError("the cache is too slow to be of use"))
            raise KeepingError(why, Ends.ALL, why) from error
        except Exception as error:  # what comes of a server that is none, drivers pass on as it is
            why = self._in_words(error)
            raise KeepingError(why, Ends.ALL, why) from error
        finally:
            self._left -= time.monotonic() - started


def open_backend(url: str) -> tuple[SharedShelf | None, str]:
    """The answers behind a URL, and a line for people where that is not possible.

    Nobody is asked yet. No line tells what else the URL holds than scheme, host and port.
    """
    try:
        parts = urlsplit(url)
        shown = f"{parts.scheme}://{parts.hostname or ''}" + (
            f":{parts.port}" if parts.port else ""
        )
    except ValueError:
        return None, "answers are not kept: the address of the cache cannot be read"
    backend = _BACKENDS.get(parts.scheme)
    if backend is None:
        known = ", ".join(f"{scheme}://" for scheme in (*_BACKENDS, "sqlite"))
        return None, f"answers are not kept: {shown} is no cache that is known; there are {known}"
    secrets = _secrets(parts)

    def in_words(error: Exception) -> str:
        lines = (str(error) or type(error).__name__).splitlines()
        why = lines[0]
        for secret in secrets:
            why = why.replace(secret, "***")
        return f"answers are not kept: {shown}: {why[:_LONGEST]}"

    try:
        errors = tuple(_named(name) for name in backend.errors)
        storage = backend.open(url, parts)
    except ImportError:
        remedy = f"pip install {backend.package}"
        return None, f"answers are not kept: {shown} needs {backend.package} ({remedy})"
    except ValueError:
        return None, f"answers are not kept: {shown}: the address cannot be read"
    except errors as error:
        return None, in_words(error)
    return SharedShelf(storage, backend.largest, errors, in_words), ""


def without_secrets(url: str) -> str:
    """A URL as it may be printed: scheme, host and port, and the folder of files."""
    try:
        return _shown(urlsplit(url))
    except ValueError:
        return "an address that cannot be read"


def _shown(parts: SplitResult) -> str:
    if parts.scheme == "file" and not parts.netloc:
        return f"file://{_rows_folder(parts)}"
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{parts.hostname or ''}{port}"


def _secrets(parts: SplitResult) -> list[str]:
    """What must not be shown of a URL: all names, passwords and options in it."""
    given = [parts.username or "", parts.password or "", parts.netloc.rpartition("@")[0]]
    given += [value for _, value in parse_qsl(parts.query)]
    both = {part for text in given for part in (text, unquote(text)) if part}
    return sorted(both, key=len, reverse=True)


def _named(name: str) -> type[Exception]:
    module, _, attribute = name.partition(":")
    found: type[Exception] = getattr(_driver(module), attribute)
    return found


def _driver(module: str) -> Any:
    """A module that need not be installed."""
    return importlib.import_module(module)


def _redis(url: str, _parts: SplitResult) -> BaseStorage[str, Kept]:
    from requests_cache.backends.redis import RedisDict

    from flake8_hfmodels.hub.serializer import SERIALIZER

    once = _driver("redis.retry").Retry(_driver("redis.backoff").NoBackoff(), 0)
    connection = _driver("redis").Redis.from_url(
        url, socket_connect_timeout=WAIT, socket_timeout=WAIT, retry=once
    )

    def setex(name: bytes, seconds: int, value: object) -> object:
        return connection.set(name, value, ex=seconds)

    connection.setex = setex  # redis 8 warns of its own, which requests_cache calls
    return RedisDict(_NAME, connection=connection, serializer=SERIALIZER, ttl=True, ttl_offset=0)


def _mongo_client(url: str) -> Any:
    wait = round(WAIT * 1000)
    return _driver("pymongo").MongoClient(
        url, serverSelectionTimeoutMS=wait, connectTimeoutMS=wait, socketTimeoutMS=wait
    )


def _mongo(url: str, parts: SplitResult) -> BaseStorage[str, Kept]:
    from requests_cache.backends.mongodb import MongoDict

    from flake8_hfmodels.hub.serializer import SERIALIZER

    name = parts.path.strip("/") or _NAME
    return MongoDict(name, _NAME, connection=_mongo_client(url), serializer=SERIALIZER)


def _gridfs(url: str, parts: SplitResult) -> BaseStorage[str, Kept]:
    from requests_cache.backends.gridfs import GridFSDict

    from flake8_hfmodels.hub.serializer import SERIALIZER

    client = _mongo_client("mongodb" + url[len("gridfs") :])
    return GridFSDict(parts.path.strip("/") or _NAME, connection=client, serializer=SERIALIZER)


def _dynamo(_url: str, parts: SplitResult) -> BaseStorage[str, Kept]:
    """`dynamodb://region/table?endpoint_url=…`; who may use it is for AWS's own settings to say.

    The table must be there, with a key `key` of type string; items carry their end as `ttl`.
    """
    from requests_cache.backends.dynamodb import DynamoDbDict

    from flake8_hfmodels.hub.serializer import SERIALIZER

    once = _driver("botocore.config").Config(
        connect_timeout=WAIT, read_timeout=WAIT, retries={"total_max_attempts": 1}
    )
    connection = _driver("boto3").resource(
        "dynamodb",
        region_name=parts.hostname,
        endpoint_url=dict(parse_qsl(parts.query)).get("endpoint_url"),
        config=once,
    )
    storage = DynamoDbDict(
        parts.path.strip("/") or _NAME,
        create_table=False,  # takes minutes
        ttl=False,  # would ask for it now
        connection=connection,
        serializer=SERIALIZER,
    )
    storage.ttl = True
    return storage


def _folder(_url: str, parts: SplitResult) -> BaseStorage[str, Kept]:
    from requests_cache.backends.filesystem import FileDict

    from flake8_hfmodels.hub.serializer import SERIALIZER

    class OwnFiles(FileDict):
        """Counts and removes the files that we have made: there may be others in the folder."""

        def __len__(self) -> int:
            return len(_rows(folder))

        def clear(self) -> None:
            for row in _rows(folder):
                row.unlink(missing_ok=True)
            with contextlib.suppress(OSError):  # it holds something else, or is a link
                folder.rmdir()

    if parts.hostname or not parts.path:
        raise ValueError("no absolute path")
    folder = _rows_folder(parts)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return OwnFiles(folder, serializer=SERIALIZER, extension="json")


def _rows_folder(parts: SplitResult) -> Path:
    return Path(unquote(parts.path)) / _NAME


def _rows(folder: Path) -> list[Path]:
    """The files in a folder that hold answers of ours."""
    return [one for one in folder.iterdir() if _ROW.fullmatch(one.name) and _is_row(one)]


def _is_row(path: Path) -> bool:
    if path.is_symlink() or not path.is_file():
        return False
    try:
        loads(path.read_bytes())
    except (OSError, ValueError):
        return False
    return True


_REDIS = Backend("redis", ("redis.exceptions:RedisError", "builtins:OSError"), _redis)
_MONGO = ("pymongo.errors:PyMongoError", "builtins:OSError")
_BACKENDS: dict[str, Backend] = {
    "redis": _REDIS,
    "rediss": _REDIS,
    "unix": _REDIS,
    "mongodb": Backend("pymongo", _MONGO, _mongo),
    "mongodb+srv": Backend("pymongo[srv]", _MONGO, _mongo),
    "gridfs": Backend("pymongo", (*_MONGO, "gridfs.errors:GridFSError"), _gridfs),
    # DynamoDB takes items of 400 KB.
    "dynamodb": Backend(
        "boto3",
        ("botocore.exceptions:BotoCoreError", "botocore.exceptions:ClientError"),
        _dynamo,
        largest=350_000,
    ),
    # FileDict has a KeyError for what the system does not let it write.
    "file": Backend("requests-cache", ("builtins:OSError", "builtins:KeyError"), _folder),
}
