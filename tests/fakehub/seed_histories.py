"""Seeded repositories that differ in their commits, branches, tags and pull requests."""

from __future__ import annotations

from tests.fakehub.contents import BERT, HOSTILE_PICKLE
from tests.fakehub.objects import Content
from tests.fakehub.world import World

LONG = "acme/long-history"
GATED = "bigscience/gated-lm"
LENGTH = 320
"""Commits of its main branch: seven pages."""


def add_histories(world: World) -> None:
    """A history of several pages, with commits that other refs, or only a stranger's, lead to."""
    world.create_repo(
        "model",
        LONG,
        {"config.json": BERT, "model.safetensors": 2_000},
        library_name="transformers",
        situation="7 pages of commits; tag v0.9 and branch experiment have commits of their own",
        at="2023-07-01",
    )
    world.commit_often("model", LONG, 3)
    world.tag("model", LONG, "v0.9")
    world.squash_history("model", LONG)
    steps = world.commit_often("model", LONG, LENGTH - 1)
    world.branch("model", LONG, "experiment", revision=steps[LENGTH // 2].oid)
    world.commit_often("model", LONG, 3, branch="experiment")
    _strange_commit(world, LONG)
    world.create_repo(
        "model",
        GATED,
        {"config.json": BERT, "model.safetensors": 1_000},
        library_name="transformers",
        gated="auto",
        situation="gated, with a commit before main: its history is not shown to everybody",
        at="2023-07-20",
    )
    world.commit("model", GATED, {"model.safetensors": 2_000}, title="Train longer")


def add_pull_requests(world: World) -> None:
    """What becomes of pull requests: merged ones, and such without commits."""
    safe: dict[str, Content] = {"config.json": BERT, "model.safetensors": 2_000}
    world.create_repo(
        "model",
        "acme/reviewed",
        safe,
        library_name="transformers",
        situation="refs/pr/1 is merged: main has its files in a commit of another hash",
        at="2023-08-01",
    )
    world.open_pull_request(
        "model",
        "acme/reviewed",
        {"tokenizer_config.json": "{}"},
        title="Adds tokenizer_config.json file",
        author="TheBloke",
    )
    world.merge_pull_request("model", "acme/reviewed", 1)
    world.create_repo(
        "model",
        "acme/drafted",
        safe,
        library_name="transformers",
        situation="refs/pr/1 is a draft without commits: it is the head of main",
        at="2023-09-01",
    )
    world.open_draft("model", "acme/drafted")


def add_kernels(world: World) -> None:
    """Kernels with branches, which ``get_kernel`` picks by version."""
    world.create_repo(
        "kernel",
        "kernels-community/activation",
        {"build.toml": "[general]\n", "torch-ext/activation/__init__.py": ""},
        situation="a kernel with a branch v1 that main is ahead of",
        at="2026-04-10",
    )
    world.branch("kernel", "kernels-community/activation", "v1")
    world.commit("kernel", "kernels-community/activation", {"README.md": "# Activation\n"})
    world.note("kernels/kernels-community/no-such-kernel", "a kernel that is not there")


def _strange_commit(world: World, repo_id: str) -> None:
    world.open_pull_request(
        "model",
        repo_id,
        {"pytorch_model.bin": HOSTILE_PICKLE},
        title="Add PyTorch weights",
        author="mallory",
    )
