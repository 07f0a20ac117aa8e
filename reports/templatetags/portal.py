"""Filters and tags for templates: languages, multilingual texts, rich text and comparisons through an allow-list."""

import re
from collections.abc import Iterable, Mapping
from itertools import count
from typing import Any

import nh3
from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from reports.document import richtext
from reports.document.lengths import LONGEST_TEXT
from reports.languages import language_name, language_within
from reports.models import Section
from reports.pages import parts, wording
from reports.rules import unsent

COMPARISON_TAGS = {"p", "ul", "ol", "li", "strong", "em", "sup", "sub", "a", "br", "ins", "del"}
COMPARISON_TAGS |= {"table", "thead", "tbody", "tr", "th", "td"}

register = template.Library()
register.filter("language_name", language_name)
register.filter("language_within", language_within)
register.filter("anchor", parts.anchor)
register.filter("section_url", parts.section_url)
register.filter("unsent_key", unsent.key_of)
register.filter("previous_unsent_keys", unsent.previous_keys_of)
register.filter("in_words", wording.in_words)


@register.filter
def rich(html: str) -> SafeString:
    """Return stored rich text for a page. It was cleaned when it was saved; cleaning it again costs little."""
    return mark_safe(with_scrollers(richtext.stored(html or "")))


@register.filter
def word_count(html: str) -> int:
    """Return the number of words of a rich text, as static/js/writing/words.js counts them."""
    return len(richtext.text_only(html or "").split())


@register.filter
def marked(html: str) -> SafeString:
    """Return a comparison, in which changes are marked with <ins> and <del>, cleaned by an allow-list of its own."""
    cleaned = nh3.clean(
        html,
        tags=COMPARISON_TAGS,
        attributes={"a": {"href"}},
        link_rel=None,
        url_schemes={"http", "https", "mailto"},
    )
    return mark_safe(with_scrollers(cleaned))


def with_scrollers(html: str) -> str:
    """Put each table into a box of its own, which scrolls where the page is narrower, also by keyboard."""
    numbers = count(1)

    def opened(_table: re.Match[str]) -> str:
        name = escape(gettext("Table %(number)s") % {"number": next(numbers)})
        return f'<div class="grid" role="group" tabindex="0" aria-label="{name}"><table>'

    return re.sub("<table>", opened, html).replace("</table>", "</table></div>")


@register.filter
def in_interface_language(text: Mapping[str, str]) -> str:
    """Return a multilingual text of a document in the interface language, or in English."""
    return text.get(get_language() or "en") or text.get("en", "")


@register.filter
def notice_in_words(notice: Mapping[str, Any]) -> str:
    """Return a reader's notice, as it is stored with its file, in the interface language."""
    return wording.fill(notice["message"], notice["params"])


@register.filter
def get(mapping: Mapping[object, object], key: object) -> object:
    """Return the value of a mapping for a key, or None."""
    return mapping.get(key)


@register.simple_tag
def longest_text() -> int:
    """Return how many characters a contribution may have."""
    return LONGEST_TEXT


@register.filter
def language_codes(section: Section) -> str:
    """Return the languages of a section's passages, in their order: "FR, NL, EN"."""
    return ", ".join(dict.fromkeys(row.language.upper() for row in section.contributions_now))


@register.filter
def language_names(codes: Iterable[str]) -> str:
    """Return the names of languages in the order of their codes, separated by commas."""
    return ", ".join(language_within(code) for code in codes)
