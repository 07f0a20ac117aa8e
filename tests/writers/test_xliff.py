"""The files for a translation service pass the schema of XLIFF 1.2, and other programs open them."""

from pathlib import Path

import pytest
from hypothesis import given
from lxml import etree

from reports.document.block import Block
from reports.readers import xliff
from reports.writers.xliff import write
from tests.documents import examples
from tests.readers.test_xliff import MARKED, THREE, file_of, sent

# Debian's php-symfony-translation has the schema of the standard; the repository has no copy of it.
SCHEMAS = Path("/usr/share/php/Symfony/Component/Translation/Resources/schemas")


@pytest.fixture(scope="module")
def schema():
    path = SCHEMAS / "xliff-core-1.2-strict.xsd"
    if not path.exists():
        pytest.skip("the schema of XLIFF 1.2 is not here: install php-symfony-translation")
    # The schema imports xml.xsd from the network; a copy of it lies beside.
    text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2001/xml.xsd", (SCHEMAS / "xml.xsd").as_uri())
    return etree.XMLSchema(etree.fromstring(text.encode()))


def test_files_are_valid_against_the_schema(schema):
    @given(sent(*THREE[:2]))
    @examples(25)
    def check(out):
        schema.assertValid(etree.fromstring(write(out)))

    check()


def test_another_program_opens_a_file_and_fills_it_in():
    storage = pytest.importorskip("translate.storage.xliff")
    store = storage.xlifffile.parsestring(file_of(MARKED))
    (unit,) = store.units
    assert (store.sourcelanguage, store.targetlanguage) == ("en", "nl")
    assert unit.source.startswith("See ")
    assert not unit.istranslated()
    (done,) = storage.xlifffile.parsestring(file_of("<p>One</p>", "<p>Een</p>")).units
    assert (done.source, done.target, done.istranslated()) == ("One", "Een", True)
    (text,) = xliff.read(saved(storage), "2014/be").sent.texts
    assert text.units[0].target == (Block("p", 0, "Eén"),)


def saved(storage):
    """Return a file whose only unit another program has translated and saved."""
    store = storage.xlifffile.parsestring(file_of("<p>One</p>"))
    store.units[0].target = "Eén"
    return bytes(store)
