"""A fake Hugging Face Hub for tests: a World of accounts and repositories, served over HTTP."""

from tests.fakehub.blackhole import blackhole
from tests.fakehub.faults import Fault
from tests.fakehub.handlers import RecordedRequest
from tests.fakehub.objects import Account, Commit, File, Issue, Repo
from tests.fakehub.proxy import Proxy
from tests.fakehub.seed import ALICE, BAD_TOKEN, SQUASHED_AWAY, VALID_TOKEN, small_world
from tests.fakehub.server import FakeHub
from tests.fakehub.world import World

__all__ = [
    "ALICE",
    "BAD_TOKEN",
    "SQUASHED_AWAY",
    "VALID_TOKEN",
    "Account",
    "Commit",
    "FakeHub",
    "Fault",
    "File",
    "Issue",
    "Proxy",
    "RecordedRequest",
    "Repo",
    "World",
    "blackhole",
    "small_world",
]
