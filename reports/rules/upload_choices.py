"""What people decide about an uploaded file before its import: sections that differ, and languages of its texts."""

from collections.abc import Mapping

from django.db import transaction

from reports.document import richtext, tree
from reports.languages import OTHER_LANGUAGES, PORTAL_LANGUAGES
from reports.models import Upload, User
from reports.rules import permissions

CHOICES = ("keep", "add", "replace", "merge", "remove")


def language_key(code: str, number: int) -> str:
    """Return the name under which the language of a section's contribution, counted from 0, is stored."""
    return f"{code}/{number}"


@transaction.atomic
def keep(upload: Upload, *, choices: Mapping[str, str], languages: Mapping[str, str], by: User) -> None:
    """Store choices by section code, and languages by `language_key`; after the import nothing is stored.

    Values that the page did not offer are left out. Raise PermissionDenied for the file of somebody else.
    """
    permissions.check(by, "decide_upload", upload)
    locked = Upload.objects.select_for_update().defer("lines", "notices").get(pk=upload.pk)
    if locked.applied_at:
        return
    document = tree.Document.from_json(locked.document)
    codes = {section.code for section in document.sections()}
    read = languages_read(document)
    chosen = {code: choice for code, choice in choices.items() if code in codes and choice in CHOICES}
    spoken = {key: one for key, one in languages.items() if key in read and one in (read[key], *known_languages())}
    locked.choices |= chosen
    locked.languages = {key: one for key, one in (locked.languages | spoken).items() if one != read.get(key)}
    locked.save(update_fields=["choices", "languages"])
    upload.choices, upload.languages = locked.choices, locked.languages


def known_languages() -> list[str]:
    return [*PORTAL_LANGUAGES, *OTHER_LANGUAGES]


def languages_read(document: tree.Document) -> dict[str, str]:
    """Return the language that the reader gave each contribution, by `language_key`."""
    return {
        language_key(section.code, number): value.language
        for section in document.sections()
        for number, value in enumerate(section.contributions)
    }


def corrected(upload: Upload) -> tree.Document:
    """Return the document that was read, with the languages that a person corrected."""
    document = tree.Document.from_json(upload.document)
    codes = {key.partition("/")[0] for key in upload.languages}
    claimed = upload.claims.get("sections", {})
    return document.with_sections(
        {code: corrected_section(document.section(code), upload.languages, joins=code not in claimed) for code in codes}
    )


def corrected_section(section: tree.Section, languages: Mapping[str, str], *, joins: bool = True) -> tree.Section:
    """Return the section in these languages. A corrected text becomes one with the text beside it in that language,
    as it would be if the reader had found the language, unless it is known which contribution each of them is."""
    values: list[tree.Contribution] = []
    was_corrected = False
    for number, value in enumerate(section.contributions):
        language = languages.get(language_key(section.code, number), value.language)
        is_corrected = language != value.language
        if is_corrected:
            value = with_language(value, language)
        if (
            joins
            and values
            and (is_corrected or was_corrected)
            and is_plain(value)
            and is_plain(values[-1], value.language)
        ):
            value = with_text(value, values.pop().original + value.original)
        values.append(value)
        was_corrected = is_corrected
    return section.with_contributions(*values)


def with_language(value: tree.Contribution, language: str) -> tree.Contribution:
    """Return the contribution with its original in another language; a translation into that language goes."""
    texts = {code: body for code, body in value.body.items() if code not in (value.language, language)}
    marks = {code: one for code, one in value.translations.items() if code != language}
    body = {language: value.original, **texts}
    return value.model_copy(update={"language": language, "body": body, "translations": marks})


def with_text(value: tree.Contribution, html: str) -> tree.Contribution:
    return value.model_copy(update={"body": {value.language: richtext.normalise(html)}, "translations": {}})


def is_plain(value: tree.Contribution, language: str = "") -> bool:
    """Return whether the contribution is a text alone, without authority and translations (and in this language)."""
    return not value.authority and len(value.body) == 1 and language in ("", value.language)
