"""The texts of a section of a file, each beside the text of the report that it would take the place of."""

from collections.abc import Mapping
from dataclasses import dataclass

from reports.document.compare import beside
from reports.document.tree import Contribution as Value
from reports.document.tree import Section
from reports.models import Contribution
from reports.models import Section as SectionRow
from reports.rules import upload_choices


@dataclass(frozen=True)
class PassagePreview:
    """A text of the file, or one that only the report has (`key` is then "").

    `key` names its language among the choices. `language` is the one that counts, `read_language` the one that was
    read. In `body` and in `now_body`, the report's text, the difference is marked where the texts are compared.
    """

    key: str
    number: int
    authority: str
    language: str
    read_language: str
    body: str
    now: Contribution | None = None
    now_body: str = ""


def passages_of(
    section: Section, row: SectionRow, languages: Mapping[str, str], *, compared: bool
) -> tuple[PassagePreview, ...]:
    """Return the section's texts in the file, then, if they are compared, those that only the report has."""
    left = list(row.contributions_now) if compared else []
    passages = []
    for number, value in enumerate(section.contributions):
        key = upload_choices.language_key(section.code, number)
        language = languages.get(key, value.language)
        now = partner(value, language, left)
        if now:
            left.remove(now)
        now_body, body = beside(now.body, value.original) if now else ("", value.original)
        passages.append(PassagePreview(key, number + 1, value.authority, language, value.language, body, now, now_body))
    return (*passages, *(PassagePreview("", 0, "", "", "", "", now, now.body) for now in left))


def partner(value: Value, language: str, left: list[Contribution]) -> Contribution | None:
    """Return the contribution of the report that a text of the file would replace: one in its language, if any."""
    alike = [one for one in left if one.language == language and value.authority in ("", one.authority)]
    return next(iter(alike or left), None)
