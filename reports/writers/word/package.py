"""The parts of a Word file and their relations, packed so that the same parts always give the same bytes."""

from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.package import Package
from lxml import etree

from reports.document.word_identity import ITEM_ID, NAMESPACE, Origin
from reports.writers.word.elements import Element, to_xml, w

DATA_STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_NO_DATE = (1980, 1, 1, 0, 0, 0)  # the first that a ZIP file can hold
_UNIX, _FILE = 3, 0o644 << 16


class WordFile:
    """A Word file to which parts and links are added until it is packed."""

    def __init__(self) -> None:
        self._package = Package()
        self._links: dict[str, str] = {}
        self._main = self._part("/word/document.xml", CONTENT_TYPE.WML_DOCUMENT_MAIN)
        self._package.relate_to(self._main, RELATIONSHIP_TYPE.OFFICE_DOCUMENT)

    def _part(self, name: str, content_type: str, content: bytes = b"") -> Part:
        return Part(PackURI(name), content_type, content, self._package)

    def link(self, address: str) -> str:
        """Store the address of a link once; return the id of its relation."""
        if address not in self._links:
            name = f"link{len(self._links) + 1}"
            self._main.rels.add_relationship(RELATIONSHIP_TYPE.HYPERLINK, address, name, is_external=True)
            self._links[address] = name
        return self._links[address]

    def add(self, name: str, content_type: str, relation: str, root: Element) -> str:
        """Add a part of the document, such as its styles; return the id of its relation."""
        return self._main.relate_to(self._part(f"/word/{name}.xml", content_type, to_xml(root)), relation)

    def add_origin(self, origin: Origin) -> None:
        """Add the custom part that says where the file came from, with the properties that Word wants for it."""
        report = etree.Element(f"{{{NAMESPACE}}}report", nsmap={None: NAMESPACE})
        report.attrib.update(origin.attributes())
        item = self._part("/customXml/item1.xml", CONTENT_TYPE.XML, to_xml(report))
        properties = etree.Element(f"{{{DATA_STORE}}}datastoreItem", nsmap={"ds": DATA_STORE})
        properties.set(f"{{{DATA_STORE}}}itemID", ITEM_ID)
        schemas = etree.SubElement(properties, f"{{{DATA_STORE}}}schemaRefs")
        etree.SubElement(schemas, f"{{{DATA_STORE}}}schemaRef").set(f"{{{DATA_STORE}}}uri", NAMESPACE)
        described = self._part("/customXml/itemProps1.xml", CONTENT_TYPE.OFC_CUSTOM_XML_PROPERTIES, to_xml(properties))
        item.relate_to(described, RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)
        self._main.relate_to(item, RELATIONSHIP_TYPE.CUSTOM_XML)

    def describe(self, *, title: str, language: str, created: datetime) -> None:
        """Set the properties that Word and search programs show. No person is named."""
        properties = self._package.core_properties
        properties.title, properties.language = title, language
        properties.author = properties.last_modified_by = ""
        properties.created = properties.modified = created.astimezone(UTC).replace(tzinfo=None, microsecond=0)
        properties.revision = 1

    def pack(self, body: Element) -> bytes:
        """Return the file."""
        self._main._blob = to_xml(w("document", body))
        packed = BytesIO()
        self._package.save(packed)
        return without_dates(packed)


def without_dates(packed: BytesIO) -> bytes:
    """Return a ZIP file with the same entries, and the same date for each."""
    out = BytesIO()
    with ZipFile(packed) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = ZipInfo(name, _NO_DATE)
            entry.compress_type, entry.create_system, entry.external_attr = ZIP_DEFLATED, _UNIX, _FILE
            new.writestr(entry, old.read(name))
    return out.getvalue()
