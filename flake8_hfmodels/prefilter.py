"""Whether a file could hold a reference at all: one look at its bytes, before any parsing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flake8_hfmodels.loaders import ANYWHERE, DISTINCTIVE
from flake8_hfmodels.loaders.packages import PACKAGES
from flake8_hfmodels.loaders.starters import COMMANDS, SPREAD
from flake8_hfmodels.loaders.switches import IN_EVERY_NAME
from flake8_hfmodels.regex import regex

# Of rows that are known by class and method together, even where nothing imports that class.
_SPELLED_OUT = (
    "HfFileSystem",
    "from_model2vec",
    "from_distillation",
    "load_adapter",
    "EvaluationSuite",
    "from_pretrained_fastai",
    "from_pretrained_keras",
)

_COMMONEST = b"from_pretrained"
# Behind the `\` of a line end in a text a name begins with its `n`.
_NAMES = frozenset(
    f"{letter}{name}".encode()
    for name in (*DISTINCTIVE, *ANYWHERE, *_SPELLED_OUT)
    for letter in ("", "n")
)
_PACKAGE_NAMES = frozenset(name.encode() for name in PACKAGES)
_IMPORT = regex(rf"(?:import|from|,)[\s\\]*(?:{'|'.join(sorted(PACKAGES))})\b".encode())
_COMMENT = regex(rb"[ \t\f]*#")
_COOKIE = regex(rb"coding[:=](?![ \t]*(?:utf-?8|ascii))", re.I)


# Addresses, and switches of the environment.
_WORDS = (
    b"hf://",
    b"hf.co/",
    b"huggingface.co/",
    b"hf-mirror.com/",
    b"trust_remote_code",
    b"trust-remote-code",
    IN_EVERY_NAME.encode(),
)


def _words_of_starters() -> Iterator[str]:
    """Words of which one stands in code that starts a program."""
    for dotted in (*COMMANDS, *SPREAD, "shlex.split", "sh.sh"):
        package, _, name = dotted.partition(".")
        if package in ("os", "asyncio"):  # imported for much else
            yield name
        else:
            yield from (package, *name.split("()")[:-1])


_STARTERS = frozenset(word.encode() for word in _words_of_starters())

# What has to stand in the command line of a program that loads.
_IN_COMMANDS = regex(
    rb"download|huggingface|hf-mirror|vllm|text-(?:generation|embeddings)|infinity|sglang|lmdeploy"
    rb"|llama|mlx_|optimum-cli|lm[_-]eval|lighteval|inspect|trl\b|estimate-memory|transformers"
    rb"|axolotl|swift|mergekit|litgpt|ct2-|whisperx|docling|pyannote|lerobot|garak|agent"
    rb"|onnxruntime_genai|unsloth|(?:model|base|dataset|tokenizer)[_-](?:name|id|model)"
)


def may_refer(data: bytes) -> bool:
    """Whether Python source could read from the Hub; most files need no parsing."""
    if _has_candidate(data) or _has_cookie(data):
        return True
    return not data.isascii() and _has_candidate(as_python_reads(data))


def may_silence(data: bytes) -> bool:
    """Whether a file may hold a comment that silences one of our rules, whatever else it holds."""
    return b"HFM" in data or b"hfmodels:" in data


# What has to stand in a file that is no Python: an address, a word for what is loaded in a key, an
# option or a variable, or a program whose arguments need no such word.
_WORDS_OF_TEXT = (
    *(b"hugging", b"hf.co", b"hf://", b"hf-mirror", b"hf.space"),
    *(b"model", b"dataset", b"tokenizer", b"pretrained", b"checkpoint", b"repo", b"hf_", b"hf-"),
    *(b"lora", b"adapter", b"embed", b"remote", b"transformers", b"encoder", b"rerank", b"llm"),
    *(b"base_", b"source", b"download", b"gguf", b"uri", b"launch", b"serve", b"picklescan"),
    *(b"vlm", b"vae", b"controlnet", b"backbone", b"weights", b"data_set", b"whisper"),
)


def may_name(data: bytes) -> bool:
    """Whether a file that is no Python could read from the Hub."""
    lower = data.lower()
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or data[:4] == b"\0\0\xfe\xff":
        return True  # UTF-16 and UTF-32 show no word
    return any(word in lower for word in _WORDS_OF_TEXT) or _IN_COMMANDS.search(lower) is not None


def words_in(data: bytes) -> frozenset[bytes]:
    """The words of Python code: its names and numbers. Nothing finds so many names as fast."""
    return frozenset(data.translate(_APART).split())


_APART = bytes(
    one if one >= 128 or chr(one).isalnum() or one == ord("_") else ord(" ") for one in range(256)
)


# No name that loads is as long; sorting the accents of one that is takes the square of its length.
_MANY = 500
_LONG = regex(rf"[^\0-\x7f]{{{_MANY},}}")


def as_python_reads(data: bytes) -> bytes:
    """Python takes letters of the same compatibility form for the same name (PEP 3131)."""
    import unicodedata

    text = data.decode("utf-8", "ignore")
    if len(data) - len(text) >= _MANY:  # each of these letters takes two bytes or more
        text = _LONG.sub(" ", text)
    return unicodedata.normalize("NFKC", text).encode()


def may_start(words: frozenset[bytes], data: bytes) -> bool:
    """Whether code of these words, in a file of these bytes, could start a program that loads."""
    return not words.isdisjoint(_STARTERS) and _IN_COMMANDS.search(data) is not None


def _has_candidate(data: bytes) -> bool:
    if _COMMONEST in data or any(word in data for word in _WORDS):
        return True
    words = words_in(data)
    if not words.isdisjoint(_NAMES) or may_start(words, data):
        return True
    return not words.isdisjoint(_PACKAGE_NAMES) and _IMPORT.search(data) is not None


def _has_cookie(data: bytes) -> bool:
    """Whether one of the first two lines names another coding than UTF-8 (PEP 263)."""
    lines = data[: data.find(b"\n", data.find(b"\n") + 1)].splitlines() or [data]
    return any(_COMMENT.match(line) and _COOKIE.search(line) for line in lines[:2])
