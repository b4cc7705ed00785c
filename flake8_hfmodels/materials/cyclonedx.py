"""A bill in the words of CycloneDX, written by the project's own library for it.

The library (11.12) knows no model cards, data sets' contents or compositions; what they would
hold stands in properties. What bears no `bom_ref` of its own it sorts by where it lies in memory:
all that there may be several of has one here, so that equal bills are equal bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.model import (
    ExternalReference,
    ExternalReferenceType,
    HashAlgorithm,
    HashType,
    Property,
    XsUri,
)
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentType, OmniborId, Pedigree
from cyclonedx.model.component_evidence import ComponentEvidence
from cyclonedx.model.component_evidence import Occurrence as Place
from cyclonedx.model.contact import OrganizationalEntity
from cyclonedx.model.license import DisjunctiveLicense, LicenseAcknowledgement
from cyclonedx.model.lifecycle import LifecyclePhase, PredefinedLifecycle
from cyclonedx.model.tool import ToolRepository
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion

from flake8_hfmodels.facts import Blob
from flake8_hfmodels.loaders.row import RepoType
from flake8_hfmodels.materials.entries import Bill, Material
from flake8_hfmodels.materials.licences import SPDX
from flake8_hfmodels.materials.naming import (
    addresses,
    gitoid,
    licences_of,
    name_of,
    properties,
    properties_of_bill,
    properties_of_file,
    purl_of,
    quoted,
    sha256,
    shown,
)

VERSIONS = {"1.5": SchemaVersion.V1_5, "1.6": SchemaVersion.V1_6, "1.7": SchemaVersion.V1_7}

LONGEST_VERSION = 1024
"""Characters that the format gives a version."""

_TYPES: dict[RepoType, ComponentType] = {
    "model": ComponentType.MACHINE_LEARNING_MODEL,
    "dataset": ComponentType.DATA,
    "space": ComponentType.APPLICATION,
    "kernel": ComponentType.LIBRARY,
}
_FORMATS = {"json": OutputFormat.JSON, "xml": OutputFormat.XML}
_ROOT = "project"


def written(bill: Bill, form: str, version: str) -> str:
    """The document in a form, `json` or `xml`, of a version of the format."""
    outputter = make_outputter(_bom(bill), _FORMATS[form], VERSIONS[version])
    text = outputter.output_as_string(indent=2)
    # Whatever encoding it is printed in.
    return f"{text.encode('ascii', 'xmlcharrefreplace').decode('ascii').rstrip()}\n"


def _bom(bill: Bill) -> Bom:
    root = Component(
        name=shown(bill.project),
        type=ComponentType.APPLICATION,
        bom_ref=_ROOT,
        version=shown(bill.version)[:LONGEST_VERSION] or None,
    )
    made = {one.key: _component(one) for one in bill.materials}
    bom = Bom(
        components=made.values(),
        serial_number=uuid5(NAMESPACE_URL, bill.content),
        metadata=BomMetaData(
            timestamp=bill.created,
            component=root,
            tools=ToolRepository(components=[_tool(bill)]),
            lifecycles=[PredefinedLifecycle(LifecyclePhase.PRE_BUILD)],
            properties=_properties(properties_of_bill(bill)),
        ),
    )
    bom.register_dependency(root, [made[one.key] for one in bill.materials if one.is_named])
    for one in bill.materials:
        bom.register_dependency(made[one.key], [made[key] for key in one.loads])
    return bom


def _tool(bill: Bill) -> Component:
    return Component(name="flake8-hfmodels", type=ComponentType.APPLICATION, version=bill.tool)


def _component(one: Material) -> Component:
    owner, name = name_of(one.id)
    where = addresses(one)
    return Component(
        name=shown(name),
        group=shown(owner) or None,
        type=_TYPES[one.repo_type],
        bom_ref=reference(one),
        version=one.commit or None,
        purl=purl_of(one.endpoint, one.repo_type, one.id, one.commit),
        publisher=shown(owner) or None,
        supplier=OrganizationalEntity(name=owner, urls=[XsUri(where.owner)])
        if owner and where is not None
        else None,
        licenses=[_licence(one, name) for name in licences_of(one)],
        external_references=_external(one),
        properties=_properties(properties(one)),
        pedigree=_pedigree(one),
        components=[_file(one, file) for file in one.files],
        evidence=ComponentEvidence(
            occurrences=[
                Place(
                    bom_ref=f"{reference(one)}#place:{number:06}",
                    location=shown(place.path),
                    line=place.line,
                    symbol=shown(place.symbol),
                    additional_context=shown(place.says),
                )
                for number, place in enumerate(one.occurrences)
            ]
        ),
    )


def reference(one: Material) -> str:
    """What a material is called in a document: always the same for the same."""
    return quoted(one.key, "/:@?")


def _file(one: Material, file: Blob) -> Component:
    content, of_git = sha256(file), gitoid(file)
    return Component(
        name=shown(file.path),
        type=ComponentType.FILE,
        bom_ref=f"{reference(one)}#{quoted(file.path)}",
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=content)] if content else [],
        omnibor_ids=[OmniborId(of_git)] if of_git else [],
        properties=_properties(properties_of_file(file)),
    )


def _pedigree(one: Material) -> Pedigree | None:
    """The models that a model was made of; at which commit they were, nobody says."""
    if not one.base_models:
        return None
    return Pedigree(
        ancestors=[
            Component(
                name=name_of(base)[1],
                group=name_of(base)[0] or None,
                type=ComponentType.MACHINE_LEARNING_MODEL,
                bom_ref=f"{reference(one)}#base:{quoted(base)}",
                purl=purl_of(one.endpoint, "model", base, ""),
            )
            for base in one.base_models
        ]
    )


def _licence(one: Material, name: str) -> DisjunctiveLicense:
    listed = SPDX.get(name)
    return DisjunctiveLicense(
        bom_ref=f"{reference(one)}#licence:{quoted(name)}",
        id=listed,
        name=None if listed else shown(name),
        acknowledgement=LicenseAcknowledgement.DECLARED,
    )


def _external(one: Material) -> Iterator[ExternalReference]:
    where = addresses(one)
    if where is None:
        return
    yield ExternalReference(type=ExternalReferenceType.VCS, url=XsUri(where.page))
    if one.entry is None:
        return
    yield ExternalReference(type=ExternalReferenceType.DISTRIBUTION, url=XsUri(where.tree))
    if one.repo_type == "model" and "README.md" in (*one.entry.others, *_paths(one.entry.files)):
        card = where.file("README.md", "blob")
        yield ExternalReference(type=ExternalReferenceType.MODEL_CARD, url=XsUri(card))


def _paths(files: Iterable[Blob]) -> Iterator[str]:
    return (one.path for one in files)


def _properties(pairs: Iterable[tuple[str, str]]) -> Iterator[Property]:
    return (Property(name=name, value=shown(value)) for name, value in pairs)
