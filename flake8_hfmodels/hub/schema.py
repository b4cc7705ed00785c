"""What makes a SQLite file one of ours: its name, its mark, and the tables in it."""

from __future__ import annotations

NAME = "hub.sqlite"
"""The file's name in a folder of ours. One that is broken is replaced; no other file is."""

MARK = 0x68666D64
"""The file's `application_id`, "hfmd" in ASCII: what tells it from all others."""

VERSION = 1
"""The file's `user_version`; one that is higher is of a later hfmodels. Before 0.2 it was 0."""

_COLUMNS = {
    "responses": "key TEXT PRIMARY KEY, value BLOB, expires INTEGER",  # requests_cache's own
    "claims": "key TEXT PRIMARY KEY, owner TEXT, made REAL, until REAL",
    "notes": "key TEXT PRIMARY KEY, text TEXT, made REAL, until REAL",
}
SCHEMA = {
    **{name: f"CREATE TABLE {name} ({columns})" for name, columns in _COLUMNS.items()},
    "expires_idx": "CREATE INDEX expires_idx ON responses(expires)",
}
"""The statements that make what is in the file."""

SIDES = ("-wal", "-shm", "-journal")
"""How the files end that SQLite keeps beside one."""
