"""Change a Word file of the portal as people and programs do."""

from io import BytesIO

import docx
from docx.oxml.ns import qn


def controls(document, tag):
    return [
        node
        for node in document.element.body.iter(qn("w:sdt"))
        if (node.find("w:sdtPr/w:tag", node.nsmap).get(qn("w:val"))).startswith(tag)
    ]


def saved(document):
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def changed(data, old, new):
    """Return the file with other words in every run that has these."""
    document = docx.Document(BytesIO(data))
    found = [node for node in document.element.body.iter(qn("w:t")) if old in (node.text or "")]
    assert found
    for node in found:
        node.text = node.text.replace(old, new)
    return saved(document)


def emptied(data, tag):
    document = docx.Document(BytesIO(data))
    for control in controls(document, tag):
        for run in list(control.iter(qn("w:r"))):
            run.getparent().remove(run)
    return saved(document)


def retagged(data, tag, new):
    document = docx.Document(BytesIO(data))
    (control,) = controls(document, tag)
    control.find("w:sdtPr/w:tag", control.nsmap).set(qn("w:val"), new)
    return saved(document)


def without_control(data, tag):
    """Return the file without a control and all that is in it."""
    document = docx.Document(BytesIO(data))
    for control in controls(document, tag):
        control.getparent().remove(control)
    return saved(document)


def without_paragraph(data, words):
    document = docx.Document(BytesIO(data))
    (node,) = [node for node in document.element.body.iter(qn("w:t")) if node.text == words]
    paragraph = next(node.iterancestors(qn("w:p")))
    paragraph.getparent().remove(paragraph)
    return saved(document)


def typed_after(data, tag, words):
    """Return the file with a paragraph right after a control, outside it."""
    document = docx.Document(BytesIO(data))
    (control,) = controls(document, tag)
    paragraph = document.add_paragraph(words)._p
    control.addnext(paragraph)
    return saved(document)


def untagged(data):
    """Return the file without the properties of its controls, and thereby without placeholders that are marked."""
    document = docx.Document(BytesIO(data))
    for node in list(document.element.body.iter(qn("w:sdtPr"))):
        node.getparent().remove(node)
    return saved(document)
