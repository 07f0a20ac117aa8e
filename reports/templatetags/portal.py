"""What templates may ask: a language's name, a text in the interface's language, rich text through the allow-list."""

from collections.abc import Iterable, Mapping

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from reports.document import richtext
from reports.document.problem import Problem
from reports.forms.languages import language_name, language_within
from reports.models import Section
from reports.pages import parts, wording
from reports.rules import unsent

register = template.Library()
register.filter("language_name", language_name)
register.filter("language_within", language_within)
register.filter("anchor", parts.anchor)
register.filter("section_url", parts.section_url)
register.filter("unsent_key", unsent.key_of)


@register.filter
def rich(html: str) -> SafeString:
    """Stored rich text for a page: through the one allow-list on the way out, too."""
    return mark_safe(richtext.normalise(html or ""))


@register.filter
def in_interface_language(text: Mapping[str, str]) -> str:
    """A multilingual text of a document in the interface's language, else in English."""
    return text.get(get_language() or "en") or text.get("en", "")


@register.filter
def in_words(problem: Problem) -> str:
    return wording.in_words(problem)


@register.filter
def notice_in_words(notice: Mapping[str, object]) -> str:
    """A reader's notice, as kept with the uploaded file."""
    return wording.fill(str(notice["message"]), notice["params"])  # type: ignore[arg-type]


@register.filter
def get(mapping: Mapping[str, object], key: str) -> object:
    return mapping.get(key)


@register.filter
def language_codes(section: Section) -> str:
    """The languages of a section's passages, in their order: "FR, NL, EN"."""
    return ", ".join(dict.fromkeys(row.language.upper() for row in section.contributions_now))


@register.filter
def language_names(codes: Iterable[str]) -> str:
    return ", ".join(language_within(code) for code in codes)
