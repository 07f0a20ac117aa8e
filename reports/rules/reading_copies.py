"""What reading copies print: the country's translation, and the secretariat's where the country sent none."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from reports.document.pdf_identity import FINAL, key_of
from reports.document.tree import Contribution, Document, Section
from reports.models import OwnTranslation, Submission
from reports.rules.own_translations import with_own


def printed_document(submission: Submission, copy: str) -> str:
    """Return the JSON of a submission as it is printed: the official one as it was sent in, or a copy in a language.

    In a copy, a text that the country did not translate has the secretariat's translation, marked as such. That is in
    the print alone: the stored document stays as it was sent in.
    """
    if not copy or not hashes_with_own([submission], copy):
        return submission.document
    document, own = Document.from_json(submission.document), with_own(submission, copy)
    sections = {code: document.section(code) for code, _position in own}
    printed = {code: with_translations(one, own, copy) for code, one in sections.items()}
    return document.with_sections(printed).canonical()


def with_translations(section: Section, own: Mapping[tuple[str, int], Contribution], language: str) -> Section:
    """Return a section with those of the secretariat's translations that the country has no text for."""
    texts = []
    for position, one in enumerate(section.contributions):
        theirs = own.get((section.code, position))
        if theirs and language not in one.body:
            marks = one.translations | {language: theirs.translation(language)}
            one = one.model_copy(update={"body": one.body | {language: theirs.body[language]}, "translations": marks})
        texts.append(one)
    return section.with_contributions(*texts)


def keys_of(submissions: Iterable[Submission], copy: str) -> dict[int, str]:
    """Return the key under which each submission's PDF is kept, by primary key: the official one, or a copy. One query
    for copies, none for official ones.

    A copy depends on the document and on the saves of the secretariat's translation, which never change.
    """
    rows = list(submissions)
    own = hashes_with_own(rows, copy) if copy else {}
    return {row.pk: key_of(own.get(row.pk, row.sha256), copy or "en", copy, FINAL) for row in rows}


def hashes_with_own(submissions: Sequence[Submission], copy: str) -> dict[int, str]:
    """Return a hash for each submission with anything of the secretariat's in that language: of its document, and of
    the newest saves for it and for earlier submissions of its report."""
    newest = OwnTranslation.objects.newest().filter(
        submission__report__in={row.report_id for row in submissions}, language=copy
    )
    found: dict[int, list[tuple[int, str]]] = {}
    for report, number, pk in newest.values_list("submission__report", "submission__number", "pk"):
        found.setdefault(report, []).append((number, str(pk)))
    hashes = {}
    for row in submissions:
        saves = sorted(pk for number, pk in found.get(row.report_id, []) if number <= row.number)
        if saves:
            hashes[row.pk] = hashlib.sha256("\n".join([row.sha256, *saves]).encode()).hexdigest()
    return hashes
