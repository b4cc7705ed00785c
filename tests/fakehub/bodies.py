"""The JSON of repositories: a repository and a commit in, plain values out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tests.fakehub.objects import File, Repo, RepoType, created_at, format_time
from tests.fakehub.profiles import Json

EXPAND: Mapping[RepoType, tuple[str, ...]] = {
    "model": (
        *("author", "baseModels", "cardData", "childrenModelCount", "config", "createdAt"),
        *("disabled", "downloads", "downloadsAllTime", "evalResults", "gated", "gguf"),
        *("inference", "inferenceProviderMapping", "lastModified", "library_name", "likes"),
        *("mask_token", "model-index", "pipeline_tag", "private", "resourceGroup"),
        *("safetensors", "sha", "siblings", "spaces", "tags", "transformersInfo"),
        *("trendingScore", "usedStorage", "widgetData", "xetEnabled"),
    ),
    "dataset": (
        *("author", "cardData", "citation", "createdAt", "description", "disabled", "downloads"),
        *("downloadsAllTime", "gated", "lastModified", "likes", "mainSize", "paperswithcode_id"),
        *("private", "resourceGroup", "sha", "siblings", "tags", "trendingScore"),
        *("usedStorage", "xetEnabled"),
    ),
    "space": (
        *("author", "cardData", "datasets", "disabled", "lastModified", "createdAt", "likes"),
        *("private", "region", "runtime", "sdk", "siblings", "sha", "subdomain", "tags"),
        *("trendingScore", "models", "resourceGroup", "usedStorage", "xetEnabled"),
    ),
    "kernel": (),
}
ONLY_EXPANDED = frozenset(
    {
        *("baseModels", "childrenModelCount", "downloadsAllTime", "evalResults"),
        *("inferenceProviderMapping", "mainSize", "paperswithcode_id", "resourceGroup"),
        *("trendingScore", "xetEnabled"),
    }
)
LISTED = {
    *("_id", "id", "likes", "trendingScore", "private", "downloads", "tags", "pipeline_tag"),
    *("library_name", "createdAt", "modelId", "sdk"),
}
LISTED_IN_FULL = LISTED | {"author", "gated", "disabled", "lastModified", "sha", "siblings"}
FORMAT_TAGS = {
    "safetensors": (".safetensors",),
    "pytorch": (".bin", ".pt", ".pth", ".ckpt"),
    "onnx": (".onnx",),
    "openvino": ("openvino_model.xml",),
    "gguf": (".gguf",),
    "tf": (".h5",),
    "jax": (".msgpack",),
}


def repo_info(repo: Repo, oid: str, *, blobs: bool, security: bool) -> Json:
    """The answer of the info endpoint without ``expand``, for one commit."""
    body = _everything(repo, oid, blobs=blobs)
    plain = {key: value for key, value in body.items() if key not in ONLY_EXPANDED}
    if security and repo.kind != "kernel":
        plain["securityRepoStatus"] = scan_status(repo)
    return plain


def expanded_info(repo: Repo, oid: str, keys: Iterable[str], *, blobs: bool = False) -> Json:
    """The answer with ``expand``: ``_id``, ``id`` and what was asked for, where it applies."""
    wanted = {"_id", "id", *keys}
    body = _everything(repo, oid, blobs=blobs)
    return {key: value for key, value in body.items() if key in wanted}


def listed_info(repo: Repo, *, full: bool) -> Json:
    """One entry of a list answer without ``expand``."""
    wanted = LISTED_IN_FULL if full else LISTED
    body = _everything(repo, repo.head, blobs=False)
    return {key: value for key, value in body.items() if key in wanted}


def scan_status(repo: Repo) -> Json:
    """What the Hub's scanners say of the whole repository."""
    issues = [{"path": issue.path, "level": issue.level} for issue in repo.issues]
    return {"scansDone": repo.scans_done, "filesWithIssues": issues}


def _everything(repo: Repo, oid: str, *, blobs: bool) -> Json:
    makers = {"model": _model, "dataset": _dataset, "space": _space, "kernel": _kernel}
    return makers[repo.kind](repo, oid, blobs) | dict(repo.details)


def _shared(repo: Repo, oid: str, blobs: bool) -> Json:
    return {
        "_id": repo.identity,
        "id": repo.id,
        "author": repo.owner,
        "sha": oid,
        "lastModified": format_time(repo.commits[repo.head].date),
        "private": repo.private,
        "disabled": repo.disabled,
        "tags": _tags(repo),
        "likes": repo.likes,
        "trendingScore": 0,
        "siblings": [_sibling(file, blobs) for file in repo.commits[oid].files.values()],
        "createdAt": format_time(created_at(repo.identity)),
        "usedStorage": sum(file.size for file in repo.files.values() if file.lfs),
        "cardData": {},
        "xetEnabled": True,
    }


def _model(repo: Repo, oid: str, blobs: bool) -> Json:
    body: Json = {
        **_shared(repo, oid, blobs),
        "modelId": repo.id,
        "gated": repo.gated,
        "downloads": repo.downloads,
        "downloadsAllTime": repo.downloads * 12,
        "widgetData": [],
        "model-index": None,
        "config": dict(repo.config),
        "transformersInfo": {"auto_model": "AutoModel"},
        "spaces": [],
        "inference": "cold",
        "childrenModelCount": {"adapter": 0, "merge": 0, "quantized": 0, "finetune": 0},
        "evalResults": [],
        "inferenceProviderMapping": [],
    }
    if repo.pipeline_tag is not None:
        body["pipeline_tag"] = repo.pipeline_tag
    if repo.library_name is not None:
        body["library_name"] = repo.library_name
    sizes = {name: file.size for name, file in repo.commits[oid].files.items()}
    safe = sum(size for name, size in sizes.items() if name.endswith(".safetensors")) // 4
    if safe:
        body["safetensors"] = {"parameters": {"F32": safe}, "total": safe}
    if any(name.endswith(".gguf") for name in sizes):
        body["gguf"] = {"total": 6738415616, "architecture": "llama", "context_length": 4096}
    return body


def _dataset(repo: Repo, oid: str, blobs: bool) -> Json:
    return {
        **_shared(repo, oid, blobs),
        "gated": repo.gated,
        "downloads": repo.downloads,
        "downloadsAllTime": repo.downloads * 12,
        "description": "",
        "citation": "",
        "mainSize": None,
    }


def _space(repo: Repo, oid: str, blobs: bool) -> Json:
    subdomain = repo.id.lower().replace("/", "-").replace("_", "-").replace(".", "-")
    return {
        **_shared(repo, oid, blobs),
        "sdk": "gradio",
        "runtime": {
            "stage": "RUNNING",
            "hardware": {"current": "cpu-basic", "requested": "cpu-basic"},
            "domains": [{"domain": f"{subdomain}.hf.space", "stage": "READY"}],
            "sha": repo.head,
        },
        "subdomain": subdomain,
        "host": f"https://{subdomain}.hf.space",
        "region": "us",
        "models": [],
        "datasets": [],
    }


def _kernel(repo: Repo, oid: str, _blobs: bool) -> Json:
    return {
        "_id": repo.identity,
        "author": repo.owner,
        "authorData": {"name": repo.owner, "type": "org"},
        "trustedPublisher": False,
        "downloads": repo.downloads,
        "gated": repo.gated,
        "id": repo.id,
        "isLikedByUser": False,
        "lastModified": format_time(repo.commits[repo.head].date),
        "likes": repo.likes,
        "private": repo.private,
        "repoType": "kernel",
        "sha": oid,
        "supportedDriverFamilies": ["cuda", "xpu", "cpu"],
    }


def _sibling(file: File, blobs: bool) -> Json:
    entry: Json = {"rfilename": file.name}
    if not blobs:
        return entry
    entry |= {"blobId": file.blob_id, "size": file.size}
    if file.lfs:
        pointer = len(file.pointer)
        entry["lfs"] = {"sha256": file.sha256, "size": file.size, "pointerSize": pointer}
    return entry


def _tags(repo: Repo) -> list[str]:
    formats = [
        tag
        for tag, suffixes in FORMAT_TAGS.items()
        if repo.kind == "model" and any(name.endswith(suffixes) for name in repo.files)
    ]
    library = [repo.library_name] if repo.library_name else []
    pipeline = [repo.pipeline_tag] if repo.pipeline_tag else []
    return list(dict.fromkeys([*library, *formats, *pipeline, *repo.tags, "region:us"]))
