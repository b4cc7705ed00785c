"""Bills as values: what their formats make of hostile, large and empty ones, by the schemas."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import OutputFormat, SchemaVersion
from cyclonedx.spdx import is_supported_id
from cyclonedx.validation import make_schemabased_validator
from spdx_tools.spdx.parser.parse_anything import parse_file
from spdx_tools.spdx.validation.document_validator import validate_full_spdx_document

from flake8_hfmodels.facts import Blob, Facts, Flagged, Found, Lacking, Missing, Moved, Owner, Repo
from flake8_hfmodels.loaders.row import RepoType
from flake8_hfmodels.lock.entry import Entry, LockedOwner
from flake8_hfmodels.materials import cyclonedx, spdx
from flake8_hfmodels.materials.entries import (
    HUB,
    Bill,
    Gathered,
    Material,
    Occurrence,
    materials_of,
)
from flake8_hfmodels.materials.licences import SPDX, licences_in
from flake8_hfmodels.materials.naming import LONGEST, gitoid, properties, purl_of, sha256, shown
from flake8_hfmodels.record import replace
from flake8_hfmodels.reference import Target
from flake8_hfmodels.sources.python.parse import parse
from flake8_hfmodels.sources.reading import references
from flake8_hfmodels.sources.source import PythonSource
from tests.locking import entry

COMMIT = "0123456789012345678901234567890123456789"
SHA1, SHA256 = "a" * 40, "b" * 64
NASTY = (
    "\x1b[31mred",
    "a\nb",
    "\x00",
    "\ufffe",
    "\ud800",
    "</name>&<!--",
    "x" * 5000,
    "../../etc",
    "é\u202e",
)
PLACE = Occurrence("app.py", 2, "AutoModel.from_pretrained", "false", "")


def material(repo_id: str = "o/m", kind: RepoType = "model", **changes: Any) -> Material:
    """A material that is known, with some fields set otherwise."""
    plain = Material(
        key=f"{kind}/{repo_id}@{COMMIT}",
        endpoint=HUB,
        repo_type=kind,
        id=repo_id,
        entry=entry(id=repo_id),
        why="",
        files=(),
        names=(repo_id,),
        revisions=("",),
        occurrences=(PLACE,),
        loads=(),
        is_named=True,
        is_locked=True,
        base_models=(),
    )
    return replace(plain, **changes)


def bill(*materials: Material, **changes: Any) -> Bill:
    moment = datetime(2026, 11, 22, tzinfo=timezone.utc)
    return replace(Bill("project", "", "0.1", moment, materials, ()), **changes)


def as_json(one: Bill) -> dict[str, Any]:
    """A bill in CycloneDX, valid in both of its forms by the official schemas."""
    for form in OutputFormat.JSON, OutputFormat.XML:
        text = cyclonedx.written(one, form.name.lower(), "1.7")
        validator = make_schemabased_validator(form, SchemaVersion.V1_7)
        assert validator.validate_str(text) is None
        assert text.isascii()
    document: dict[str, Any] = json.loads(cyclonedx.written(one, "json", "1.7"))
    return document


def as_spdx(one: Bill, folder: Path) -> dict[str, Any]:
    """A bill in SPDX, valid as a whole once somebody else has read it."""
    text = spdx.written(one)
    file = folder / "bill.spdx.json"
    file.write_text(text, encoding="ascii")
    assert validate_full_spdx_document(parse_file(str(file))) == []
    document: dict[str, Any] = json.loads(text)
    return document


def packages(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["name"]: one for one in document["packages"]}


# Hostile


@pytest.mark.parametrize("nasty", NASTY, ids=range(len(NASTY)))
def test_hostile_texts(nasty: str, tmp_path: Path) -> None:
    files = (Blob(nasty, 1, nasty, nasty), Blob(f"{nasty}/x", None, ""))
    about = entry(
        tags=(f"license:{nasty}",),
        formats=(nasty,),
        ref=nasty,
        object_id=nasty,
        created_at=nasty,
        owner=LockedOwner(nasty, "user", nasty),
        flagged=(Flagged(nasty, nasty),),
    )
    place = Occurrence(nasty, 1, nasty, "false", nasty)
    hostile = bill(
        material(entry=about, files=files, revisions=(nasty,), occurrences=(place,)),
        material(nasty, entry=None, why=nasty, key=f"model/{nasty}?"),
        project=nasty,
        version=nasty,
        unnamed=(place,),
    )
    found = as_json(hostile)
    assert {one["name"] for one in found["components"]} > {"m"}
    assert len(as_spdx(hostile, tmp_path)["packages"]) == 5


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        pytest.param("plain é", "plain é", id="plain"),
        pytest.param("\x1b[31m\n", "\\x1b[31m\\n", id="terminal"),
        pytest.param("\ud800\ufffe", "\\ud800\\ufffe", id="no-xml"),
        pytest.param("x" * 9000, "x" * LONGEST, id="long"),
    ],
)
def test_shown(text: str, seen: str) -> None:
    assert shown(text) == seen


@pytest.mark.parametrize(
    ("blob", "of_git", "of_content"),
    [
        pytest.param(Blob("a", 1, SHA1), f"gitoid:blob:sha1:{SHA1}", "", id="small"),
        pytest.param(Blob("a", 1, SHA1, SHA256), "", SHA256, id="large"),
        pytest.param(Blob("a", 1, "../x"), "", "", id="no-git-hash"),
        pytest.param(Blob("a", 1, SHA1, "../x"), "", "", id="no-sha256"),
        pytest.param(Blob("a", None, ""), "", "", id="unknown"),
    ],
)
def test_hashes(blob: Blob, of_git: str, of_content: str) -> None:
    assert (gitoid(blob), sha256(blob)) == (of_git, of_content)


# Names


@pytest.mark.parametrize(
    ("endpoint", "kind", "repo_id", "commit", "purl"),
    [
        pytest.param(HUB, "model", "Org/My.M", SHA1, f"Org/My.M@{SHA1}", id="case"),
        pytest.param(HUB, "model", "o/m", "", "o/m", id="no-commit"),
        pytest.param(
            "https://hub.corp", "model", "o/m", "", "o/m?repository_url=https://hub.corp", id="hub"
        ),
    ],
)
def test_package_urls(endpoint: str, kind: RepoType, repo_id: str, commit: str, purl: str) -> None:
    assert str(purl_of(endpoint, kind, repo_id, commit)) == f"pkg:huggingface/{purl}"


@pytest.mark.parametrize(
    ("kind", "repo_id"),
    [
        ("dataset", "o/d"),
        ("space", "o/s"),
        ("kernel", "o/k"),
        ("model", "gpt2"),
        ("model", "o/../m"),
    ],
)
def test_no_package_url(kind: RepoType, repo_id: str) -> None:
    assert purl_of(HUB, kind, repo_id, SHA1) is None


@pytest.mark.parametrize(
    ("kind", "type_", "purpose", "page"),
    [
        ("model", "machine-learning-model", "OTHER", "o/m"),
        ("dataset", "data", "OTHER", "datasets/o/m"),
        ("space", "application", "APPLICATION", "spaces/o/m"),
        ("kernel", "library", "LIBRARY", "kernels/o/m"),
    ],
)
def test_kinds(kind: RepoType, type_: str, purpose: str, page: str, tmp_path: Path) -> None:
    one = bill(material(kind=kind))
    (component,) = as_json(one)["components"]
    package = packages(as_spdx(one, tmp_path))["o/m"]
    assert component["type"] == type_
    assert package["primaryPackagePurpose"] == purpose
    assert package["downloadLocation"] == f"git+{HUB}/{page}@{COMMIT}"
    assert component["externalReferences"][0]["url"] == f"{HUB}/{page}/tree/{COMMIT}"


def test_a_name_without_an_owner(tmp_path: Path) -> None:
    one = bill(material("gpt2", entry=None, why="why", key="model/gpt2?"))
    (component,) = as_json(one)["components"]
    assert {"group", "supplier", "purl", "version"}.isdisjoint(component)
    assert component["externalReferences"] == [{"type": "vcs", "url": f"{HUB}/gpt2"}]
    assert packages(as_spdx(one, tmp_path))["gpt2"]["downloadLocation"] == f"git+{HUB}/gpt2"


def test_a_card_is_of_models_that_have_one() -> None:
    with_card = entry(files=(Blob("README.md", 1, SHA1),))
    one = bill(
        material("o/a", entry=with_card),
        material("o/b", "dataset", entry=with_card),
        material("o/c"),
    )
    cards = {
        each["name"]: [link["type"] for link in each["externalReferences"]]
        for each in as_json(one)["components"]
    }
    plain = ["distribution", "vcs"]
    assert cards == {"a": ["distribution", "model-card", "vcs"], "b": plain, "c": plain}


# Licences


def test_every_licence_is_in_the_list_of_spdx() -> None:
    assert [one for one in SPDX.values() if not is_supported_id(one)] == []


@pytest.mark.parametrize(
    ("tags", "licences"),
    [
        ((), ()),
        (("license:unknown", "license:", "mit"), ()),
        (("license:mit", "en", "license:cc", "license:mit"), ("mit", "cc")),
    ],
)
def test_licences(tags: tuple[str, ...], licences: tuple[str, ...]) -> None:
    assert licences_in(tags) == licences


@pytest.mark.parametrize(
    ("tags", "names", "expression"),
    [
        pytest.param((), [], "NOASSERTION", id="none"),
        pytest.param(("license:mit",), ["MIT"], "MIT", id="listed"),
        pytest.param(("license:llama2",), ["llama2"], "LicenseRef-Hub-llama2", id="not-listed"),
        pytest.param(
            ("license:mit", "license:gpl-3.0"),
            ["GPL-3.0-only", "MIT"],
            "MIT AND GPL-3.0-only",
            id="several",
        ),
        pytest.param(
            ("license:openrail++",),
            ["openrail++"],
            "LicenseRef-Hub-openrail--59de90c565e234f3544c",
            id="signs",
        ),
    ],
)
def test_licences_in_the_formats(
    tags: tuple[str, ...], names: list[str], expression: str, tmp_path: Path
) -> None:
    one = bill(material(entry=entry(tags=tags)))
    (component,) = as_json(one)["components"]
    found = [each["license"] for each in component.get("licenses", ())]
    assert sorted(each.get("id") or each["name"] for each in found) == names
    document = as_spdx(one, tmp_path)
    assert packages(document)["o/m"]["licenseDeclared"] == expression
    own = {each["licenseId"] for each in document.get("hasExtractedLicensingInfos", ())}
    assert own == {part for part in expression.split(" AND ") if part.startswith("LicenseRef")}


# Files, large and small


@pytest.mark.parametrize("number", [0, 1, spdx.PART, spdx.PART + 1])
def test_as_many_files_as_there_are(number: int) -> None:
    files = tuple(Blob(f"data/{at:05}.parquet", at, SHA1, SHA256) for at in range(number))
    one = bill(material("o/d", "dataset", files=files))
    (component,) = json.loads(cyclonedx.written(one, "json", "1.7"))["components"]
    assert len(component.get("components", ())) == number
    document = json.loads(spdx.written(one))
    assert len(document["packages"]) == number + 2
    assert len({each["SPDXID"] for each in document["packages"]}) == number + 2
    contained = [each for each in document["relationships"] if "CONTAINS" in each.values()]
    assert len(contained) == number


def test_files_in_spdx(tmp_path: Path) -> None:
    files = (Blob("a b/w.bin", 5, SHA1, SHA256), Blob("config.json", 2, SHA1))
    found = packages(as_spdx(bill(material(files=files)), tmp_path))
    assert found["a b/w.bin"] == {
        "SPDXID": found["a b/w.bin"]["SPDXID"],
        "name": "a b/w.bin",
        "packageFileName": "a b/w.bin",
        "checksums": [{"algorithm": "SHA256", "checksumValue": SHA256}],
        "downloadLocation": f"{HUB}/o/m/resolve/{COMMIT}/a%20b/w.bin",
        "filesAnalyzed": False,
        "primaryPackagePurpose": "FILE",
        "comment": f"hfmodels:size: 5\nhfmodels:git_blob: {SHA1}",
    }
    assert found["config.json"]["externalRefs"] == [
        {
            "referenceCategory": "PERSISTENT-ID",
            "referenceType": "gitoid",
            "referenceLocator": f"gitoid:blob:sha1:{SHA1}",
        }
    ]


def test_what_nobody_knows_is_not_said() -> None:
    about = entry(created_at="", ref="", object_id="1")
    assert [name for name, _value in properties(material(entry=about))] == [
        "hfmodels:type",
        "hfmodels:pinned",
        "hfmodels:locked",
        "hfmodels:object_id",
        "hfmodels:custom_code",
        "hfmodels:gated",
        "hfmodels:private",
    ]


# SPDX


@pytest.mark.parametrize(
    ("kind", "supplier"), [("org", "Organization: Acme"), ("user", "Person: Acme")]
)
def test_suppliers(kind: Any, supplier: str, tmp_path: Path) -> None:
    one = material(entry=entry(owner=LockedOwner("Acme", kind, "1")))
    assert packages(as_spdx(bill(one), tmp_path))["o/m"]["supplier"] == supplier


def test_relationships(tmp_path: Path) -> None:
    base = material("o/base", is_named=False)
    adapter = material("o/a", loads=(base.key,), base_models=("o/base", "o/other"))
    document = as_spdx(bill(adapter, base), tmp_path)
    names = {one["SPDXID"]: one["name"] for one in document["packages"]}
    assert {
        (
            names.get(one["spdxElementId"], ""),
            one["relationshipType"],
            names[one["relatedSpdxElement"]],
        )
        for one in document["relationships"]
    } == {
        ("", "DESCRIBES", "project"),
        ("project", "DEPENDS_ON", "o/a"),
        ("o/a", "DEPENDS_ON", "o/base"),
        ("o/a", "DESCENDANT_OF", "o/base"),
        ("o/a", "DESCENDANT_OF", "o/other"),
    }


def test_an_empty_bill(tmp_path: Path) -> None:
    assert as_json(bill())["dependencies"] == [{"ref": "project"}]
    assert [one["name"] for one in as_spdx(bill(), tmp_path)["packages"]] == ["project"]


def test_an_address_that_the_library_does_not_know(tmp_path: Path) -> None:
    one = material(endpoint="http://hub:8080", base_models=("o/b",), files=(Blob("f", 1, SHA1),))
    found = packages(as_spdx(bill(one), tmp_path)).values()
    assert {each["downloadLocation"] for each in found} == {"NOASSERTION"}


# References become materials


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        pytest.param(Missing(Lacking.REPO, Owner.GONE), "the Hub shows no such repo", id="missing"),
        pytest.param(
            Found(Repo("o/m", "1", None, ())), "the Hub does not say at which commit it is", id="no"
        ),
        pytest.param(
            Moved(Repo("o/n", "1", None, ()), Owner.GONE),
            "the Hub does not say at which commit it is",
            id="moved",
        ),
    ],
)
def test_why_there_is_no_commit(facts: Facts, why: str) -> None:
    (one,) = gathered({TARGET: facts}, {})
    assert (one.commit, one.why, one.id) == ("", why, "o/m")


def test_files_without_a_hash() -> None:
    """What a loader fetches is in the bill, also where a lock has its name alone."""
    repo = Repo("o/m", "1", COMMIT, ("config.json", "weights.md"))
    known = entry(others=("config.json", "weights.md"))
    (one,) = gathered({TARGET: Found(repo)}, {TARGET: known})
    assert one.files == (Blob("config.json", None, ""),)


TARGET = Target("model", "o/m", None)
CODE = b'from transformers import AutoModel\nAutoModel.from_pretrained("o/m")\n'


def gathered(facts: dict[Target, Facts], entries: dict[Target, Entry]) -> tuple[Material, ...]:
    source = parse("app.py", CODE)
    assert isinstance(source, PythonSource)
    found = references(source, False)
    return materials_of([Gathered(found, facts, entries, HUB, False)], str)
