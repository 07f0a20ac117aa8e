"""Two versions of a text as one, with what was added and removed marked."""

import nh3
from django.utils.safestring import SafeString, mark_safe

from reports.document.compare import compare

SHOWN = {"p", "ul", "ol", "li", "strong", "em", "a", "br", "ins", "del"}


def shown_comparison(old: str, new: str) -> SafeString:
    """Two texts as one, with what was added and removed marked: through an allow-list of its own on the way out."""
    html = nh3.clean(
        compare(old, new),
        tags=SHOWN,
        attributes={"a": {"href"}},
        link_rel=None,
        url_schemes={"http", "https", "mailto"},
    )
    return mark_safe(html)
