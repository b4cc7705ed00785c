"""Of which kind a file is, and whether it is looked at."""

from __future__ import annotations

import codecs

import pytest

from flake8_hfmodels.loaders.kinds import KINDS, KindName
from flake8_hfmodels.sources.decoding import LARGE_FOR_A_LINE, decode, is_minified
from flake8_hfmodels.sources.recognition import kind_named, kind_of_name, kind_of_program


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        pytest.param("app.py", "python", id="suffix"),
        pytest.param("APP.PY", "python", id="upper-case"),
        pytest.param("a.b.ipynb", "notebook", id="two-dots"),
        pytest.param("values.yml", "yaml", id="yml"),
        pytest.param("MLmodel", "yaml", id="name"),
        pytest.param("Dockerfile", "dockerfile", id="dockerfile"),
        pytest.param("Dockerfile.gpu", "dockerfile", id="dockerfile-with-a-suffix"),
        pytest.param("gpu.Dockerfile", "dockerfile", id="dockerfile-as-a-suffix"),
        pytest.param("Modelfile", "dockerfile", id="modelfile"),
        pytest.param(".env", "env", id="env"),
        pytest.param(".env.local", "env", id="env-of-a-place"),
        pytest.param("prod.env", "env", id="env-as-a-suffix"),
        pytest.param("requirements-dev.txt", "requirements", id="requirements"),
        pytest.param("dev_requirements.txt", "requirements", id="requirements-behind"),
        pytest.param("notes.txt", None, id="text"),
        pytest.param("Makefile", "makefile", id="makefile"),
        pytest.param("Makefile.am", "makefile", id="makefile-with-a-suffix"),
        pytest.param("justfile", "justfile", id="justfile"),
        pytest.param(".gitmodules", "ini", id="gitmodules"),
        pytest.param("README.MD", "markdown", id="markdown"),
        pytest.param("index.rst", "rst", id="rst"),
        pytest.param("App.vue", "javascript", id="vue"),
        pytest.param("LICENSE", None, id="no-suffix"),
        pytest.param("archive.tar.gz", None, id="other-suffix"),
        pytest.param("py", None, id="suffix-alone"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_kind_of_name(name: str, kind: KindName | None) -> None:
    assert kind_of_name(name) == kind


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        pytest.param(b"#!/bin/sh\n", "shell", id="sh"),
        pytest.param(b"#!/bin/bash -eu\n", "shell", id="option"),
        pytest.param(b"#!/usr/bin/env python3\n", "python", id="env"),
        pytest.param(b"#!/usr/bin/env -S python3.12 -u\n", "python", id="env-with-an-option"),
        pytest.param(b"#!/usr/bin/env A=b bash\n", "shell", id="env-with-a-variable"),
        pytest.param(b"#! /usr/bin/make -f\n", "makefile", id="space"),
        pytest.param(b"#!/usr/bin/env\n", None, id="env-of-nothing"),
        pytest.param(b"#!/usr/bin/perl\n", None, id="other"),
        pytest.param(b"#!\n", None, id="empty"),
        pytest.param(b"#!/bin/\xff\n", None, id="no-text"),
        pytest.param(b"import os\n", None, id="no-shebang"),
        pytest.param(b"", None, id="nothing"),
    ],
)
def test_kind_of_program(data: bytes, kind: KindName | None) -> None:
    assert kind_of_program(data) == kind


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_kind_named(kind: object) -> None:
    assert kind_named(kind.name) is kind  # type: ignore[attr-defined]  # its id is its name


def test_names_are_in_lower_case() -> None:
    written = [one for kind in KINDS for one in (*kind.suffixes, *kind.names)]
    assert written == [one.lower() for one in written]


def test_no_name_is_of_two_kinds() -> None:
    written = [one for kind in KINDS for one in (*kind.suffixes, *kind.names)]
    assert len(written) == len({*written})


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param("ä".encode(), "ä", id="utf-8"),
        pytest.param(codecs.BOM_UTF8 + b"a", "a", id="utf-8-with-a-mark"),
        pytest.param(codecs.BOM_UTF16_LE + "ä".encode("utf-16-le"), "ä", id="utf-16-le"),
        pytest.param(codecs.BOM_UTF16_BE + "ä".encode("utf-16-be"), "ä", id="utf-16-be"),
        pytest.param(codecs.BOM_UTF32_LE + "ä".encode("utf-32-le"), "ä", id="utf-32-le"),
        pytest.param(codecs.BOM_UTF16_LE + b"a", "\ufffd", id="half-a-character"),
        pytest.param(b"caf\xe9", "café", id="latin-1"),
        pytest.param(b"a\0b", None, id="null"),
        pytest.param(b"a" * 8192 + b"\0", "a" * 8192 + "\0", id="null-far-behind"),
        pytest.param(b"", "", id="nothing"),
    ],
)
def test_decode(data: bytes, text: str | None) -> None:
    assert decode(data) == text


@pytest.mark.parametrize(
    ("kind", "name", "data", "expected"),
    [
        pytest.param("javascript", "a.min.js", b"", True, id="by-its-name"),
        pytest.param("javascript", "a.js", b"a" * LARGE_FOR_A_LINE, True, id="one-long-line"),
        pytest.param("javascript", "a.js", b"a" * (LARGE_FOR_A_LINE - 1), False, id="short"),
        pytest.param("javascript", "a.js", b"aaaa\n" * LARGE_FOR_A_LINE, False, id="many-lines"),
        pytest.param("json", "a.json", b"1" * LARGE_FOR_A_LINE, True, id="data-in-one-line"),
        pytest.param("yaml", "a.min.yaml", b"a" * LARGE_FOR_A_LINE, False, id="nobody-minifies"),
    ],
)
def test_is_minified(kind: KindName, name: str, data: bytes, expected: bool) -> None:
    assert is_minified(kind, name, data) is expected
