"""A bill in the words of SPDX 2.3, written and validated by the SPDX project's own library.

spdx-tools 0.8.5 says of its SPDX 3 that it is neither complete nor stable; 2.3 is what it writes.
In SPDX 2.3 a File must have a SHA-1 of its content (8.4), which the Hub does not say. So the files
of a repo are packages here, whose purpose is FILE.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256 as sha256_of
from uuid import NAMESPACE_URL, uuid5

from spdx_tools.common.spdx_licensing import (  # type: ignore[import-untyped]  # it has none
    spdx_licensing,
)
from spdx_tools.spdx.jsonschema.document_converter import DocumentConverter
from spdx_tools.spdx.model.actor import Actor, ActorType
from spdx_tools.spdx.model.checksum import Checksum, ChecksumAlgorithm
from spdx_tools.spdx.model.document import CreationInfo, Document
from spdx_tools.spdx.model.extracted_licensing_info import ExtractedLicensingInfo
from spdx_tools.spdx.model.package import (
    ExternalPackageRef,
    ExternalPackageRefCategory,
    Package,
    PackagePurpose,
)
from spdx_tools.spdx.model.relationship import Relationship, RelationshipType
from spdx_tools.spdx.model.spdx_no_assertion import SpdxNoAssertion
from spdx_tools.spdx.validation.document_validator import validate_full_spdx_document
from spdx_tools.spdx.validation.uri_validators import validate_download_location

from flake8_hfmodels.facts import Blob
from flake8_hfmodels.loaders.row import RepoType
from flake8_hfmodels.materials.entries import Bill, InvalidBillError, Material
from flake8_hfmodels.materials.licences import SPDX
from flake8_hfmodels.materials.naming import (
    Addresses,
    addresses,
    gitoid,
    licences_of,
    properties,
    properties_of_bill,
    properties_of_file,
    purl_of,
    quoted,
    sha256,
    shown,
)
from flake8_hfmodels.record import dataclass, field
from flake8_hfmodels.regex import regex

VERSION = "SPDX-2.3"

PART = 100
"""Files that are validated at a time: the library takes the square of their number of steps."""

_DOCUMENT = "SPDXRef-DOCUMENT"
_ROOT = "SPDXRef-Project"
_DESCRIBES = RelationshipType.DESCRIBES
_PURPOSES: Mapping[RepoType, PackagePurpose] = {
    "model": PackagePurpose.OTHER,
    "dataset": PackagePurpose.OTHER,
    "space": PackagePurpose.APPLICATION,
    "kernel": PackagePurpose.LIBRARY,
}
_OUTSIDE = regex(r"[^0-9A-Za-z.-]+")


def written(bill: Bill) -> str:
    """The document in JSON. Raises `InvalidBillError`."""
    making = _Making(bill)
    for part in making.parts():
        validate(part)
    convert = DocumentConverter().convert  # type: ignore[no-untyped-call]  # it takes nothing
    document = convert(making.whole())
    for package in document["packages"]:
        for one in package.get("externalRefs", ()):
            # spdx/tools-python#813: the schema of 2.3 has dashes alone, that of 2.3.1 both.
            one["referenceCategory"] = one["referenceCategory"].replace("_", "-")
    return f"{json.dumps(document, indent=2)}\n"


def validate(document: Document) -> None:
    """Raise `InvalidBillError` with the first that SPDX has against a document."""
    messages = validate_full_spdx_document(document)
    if messages:
        raise InvalidBillError(shown(str(messages[0].validation_message)))


@dataclass(frozen=True, slots=True)
class _Content:
    """The files of one package."""

    package: Package
    files: tuple[Package, ...]

    def holds(self, files: Sequence[Package]) -> list[Relationship]:
        """That these files are in it."""
        how = RelationshipType.CONTAINS
        return [Relationship(self.package.spdx_id, how, one.spdx_id) for one in files]


@dataclass(frozen=True, slots=True)
class _Made:
    """What a document is made of, but for files."""

    packages: dict[str, Package] = field(default_factory=dict)
    relationships: list[Relationship] = field(default_factory=list)
    licences: dict[str, ExtractedLicensingInfo] = field(default_factory=dict)
    contents: list[_Content] = field(default_factory=list)


class _Making:
    """A document while it is made."""

    def __init__(self, bill: Bill) -> None:
        self.bill = bill
        self.made = _Made()
        self._root()
        for one in bill.materials:
            self._material(one)

    def whole(self) -> Document:
        """The document."""
        made = self.made
        files = [file for one in made.contents for file in one.files]
        inside = [each for one in made.contents for each in one.holds(one.files)]
        return self._document([*made.packages.values(), *files], [*made.relationships, *inside])

    def parts(self) -> Iterator[Document]:
        """Documents that are valid together if the whole is."""
        made = self.made
        yield self._document([*made.packages.values()], made.relationships)
        for one in made.contents:
            described = Relationship(_DOCUMENT, _DESCRIBES, one.package.spdx_id)
            for at in range(0, len(one.files), PART):
                files = one.files[at : at + PART]
                yield self._document([one.package, *files], [described, *one.holds(files)])

    def _document(self, packages: list[Package], relationships: list[Relationship]) -> Document:
        bill = self.bill
        name = shown(bill.project)
        unique = uuid5(NAMESPACE_URL, bill.content)
        return Document(
            CreationInfo(
                spdx_version=VERSION,
                spdx_id=_DOCUMENT,
                name=name,
                document_namespace=f"https://spdx.org/spdxdocs/{quoted(name)}-{unique}",
                creators=[Actor(ActorType.TOOL, f"flake8-hfmodels-{bill.tool}")],
                created=bill.created,
                document_comment=_lines(properties_of_bill(bill)),
            ),
            packages=packages,
            relationships=relationships,
            extracted_licensing_info=[*self.made.licences.values()],
        )

    def _root(self) -> None:
        self.made.packages[_ROOT] = Package(
            spdx_id=_ROOT,
            name=shown(self.bill.project),
            version=shown(self.bill.version) or None,
            download_location=SpdxNoAssertion(),
            files_analyzed=False,
            primary_package_purpose=PackagePurpose.APPLICATION,
        )
        self._relate(_DOCUMENT, _DESCRIBES, _ROOT)

    def _material(self, one: Material) -> None:
        spdx_id = _spdx_id(one.repo_type, one.key)
        where = addresses(one)
        package = Package(
            spdx_id=spdx_id,
            name=shown(one.id),
            version=one.commit or None,
            download_location=_git(where),
            files_analyzed=False,
            supplier=_supplier(one),
            license_concluded=SpdxNoAssertion(),
            license_declared=self._licence(one),
            copyright_text=SpdxNoAssertion(),
            external_references=_purl(one.endpoint, one.repo_type, one.id, one.commit),
            primary_package_purpose=_PURPOSES[one.repo_type],
            source_info=_places(one),
            comment=_lines(properties(one)),
        )
        self.made.packages[spdx_id] = package
        if one.is_named:
            self._relate(_ROOT, RelationshipType.DEPENDS_ON, spdx_id)
        for key in one.loads:
            # Code and bases: both are models.
            self._relate(spdx_id, RelationshipType.DEPENDS_ON, _spdx_id("model", key))
        for base in one.base_models:
            self._relate(spdx_id, RelationshipType.DESCENDANT_OF, self._base(one.endpoint, base))
        if one.files:
            files = tuple(_file(one, file, where) for file in one.files)
            self.made.contents.append(_Content(package, files))

    def _base(self, endpoint: str, repo_id: str) -> str:
        """A model that another one was made of; at which commit it was, nobody says."""
        spdx_id = _spdx_id("base", f"{endpoint} {repo_id.casefold()}")
        self.made.packages[spdx_id] = Package(
            spdx_id=spdx_id,
            name=repo_id,
            download_location=_git(Addresses(endpoint, "model", repo_id)),
            files_analyzed=False,
            external_references=_purl(endpoint, "model", repo_id, ""),
            primary_package_purpose=PackagePurpose.OTHER,
        )
        return spdx_id

    def _licence(self, one: Material) -> object:
        """All that the card names, which does not say whether one of them is enough."""
        names = [SPDX.get(name) or self._extracted(name) for name in licences_of(one)]
        return spdx_licensing.parse(" AND ".join(names)) if names else SpdxNoAssertion()

    def _extracted(self, name: str) -> str:
        """A licence that SPDX does not list, by a name of the document's own."""
        license_id = f"LicenseRef-Hub-{_slug(name)}"
        self.made.licences[license_id] = ExtractedLicensingInfo(
            license_id=license_id,
            license_name=shown(name),
            extracted_text=f"The repo's card names the licence {shown(name)}; see there.",
        )
        return license_id

    def _relate(self, one: str, how: RelationshipType, other: str) -> None:
        self.made.relationships.append(Relationship(one, how, other))


def _file(one: Material, file: Blob, where: Addresses | None) -> Package:
    content, of_git = sha256(file), gitoid(file)
    return Package(
        spdx_id=_spdx_id("file", f"{one.key} {file.path}"),
        name=shown(file.path),
        file_name=shown(file.path),
        download_location=_location(where.file(file.path) if where else ""),
        files_analyzed=False,
        checksums=[Checksum(ChecksumAlgorithm.SHA256, content)] if content else [],
        external_references=[_reference("PERSISTENT_ID", "gitoid", of_git)] if of_git else [],
        primary_package_purpose=PackagePurpose.FILE,
        comment=_lines(properties_of_file(file)),
    )


def _git(where: Addresses | None) -> str | SpdxNoAssertion:
    """Where git finds a repo at its commit, as SPDX writes it (7.7)."""
    if where is None:
        return SpdxNoAssertion()
    return _location(f"git+{where.page}{f'@{where.commit}' if where.commit else ''}")


def _location(address: str) -> str | SpdxNoAssertion:
    """An address, if it is one to the library, which knows none without a top-level domain."""
    return SpdxNoAssertion() if validate_download_location(address) else address


def _supplier(one: Material) -> Actor | SpdxNoAssertion:
    """The owner, if somebody knows whether that is a person; a lock does."""
    if one.entry is None or one.entry.owner is None:
        return SpdxNoAssertion()
    is_user = one.entry.owner.kind == "user"
    kind = ActorType.PERSON if is_user else ActorType.ORGANIZATION
    return Actor(kind, shown(one.entry.owner.name))


def _purl(
    endpoint: str, repo_type: RepoType, repo_id: str, commit: str
) -> list[ExternalPackageRef]:
    purl = purl_of(endpoint, repo_type, repo_id, commit)
    return [] if purl is None else [_reference("PACKAGE_MANAGER", "purl", purl.to_string())]


def _reference(category: str, kind: str, locator: str) -> ExternalPackageRef:
    return ExternalPackageRef(ExternalPackageRefCategory[category], kind, locator)


def _places(one: Material) -> str:
    places = (f"{each.path}:{each.line}: {each.symbol} ({each.says})" for each in one.occurrences)
    return "\n".join(map(shown, places))


def _lines(pairs: Iterable[tuple[str, str]]) -> str | None:
    return "\n".join(f"{name}: {shown(value)}" for name, value in pairs) or None


def _spdx_id(kind: str, key: str) -> str:
    """An id of letters, digits and dashes: always the same for the same, and for nothing else."""
    return f"SPDXRef-{kind}-{_digest(key)}"


def _slug(text: str) -> str:
    """A text of letters, digits, dots and dashes; no two texts become one."""
    plain = _OUTSIDE.sub("-", text)
    return plain if plain == text else f"{plain}-{_digest(text)}"


def _digest(text: str) -> str:
    return sha256_of(text.encode("utf-8", "surrogatepass")).hexdigest()[:20]
