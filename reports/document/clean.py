"""Reduce any HTML to the few tags of a report.

The HTML may come from a browser, a word processor or an attacker. nh3 (ammonia, html5ever) decides what is safe; before
it, tags are mapped here so that nothing is lost that a report can show: a heading becomes a paragraph, `b` is `strong`.
"""

import re
from functools import partial
from html import escape, unescape

import nh3

from reports.document.numbering import Lists
from reports.document.problem import Problem, gettext_noop

MAX_DEPTH = 8  # lists inside lists; the items of deeper ones move up to this level
SPACE = " \t\n\r\f\u2028\u2029"

_TAGS = {"p", "ul", "ol", "li", "strong", "em", "sup", "sub", "a", "br"}
_OF_TABLES = {"table", "thead", "tbody", "tr", "th", "td"}
# A tag that is left out must not join the words around it: what a browser shows as a block becomes a paragraph.
_SAME_AS = {"b": "strong", "i": "em", "hr": "p", "menu": "ul", "dir": "ul"}
_PARAGRAPHS = (
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header html main nav option pre section summary table tbody td textarea tfoot th thead title tr"
)
_SAME_AS |= dict.fromkeys(_PARAGRAPHS.split(), "p") | {"tfoot": "tbody"} | {name: name for name in _OF_TABLES}
_LEFT_OUT = {"script", "style"}  # with their content, which is no text
_STRUCK = {"s", "strike", "del"}  # a deletion: it goes with its words
_STRUCK_STYLE = re.compile(r"text-decoration(?:-line)?\s*+:[^;\"<>]{0,60}?line-through", re.IGNORECASE)
_NEVER_CLOSED = {"br", "hr", "img", "input", "col", "meta", "link", "wbr"}

# The quantifiers are possessive (*+, ++): a pattern that backtracks takes quadratic time on hostile HTML.
_MARKUP = re.compile(
    r"""<(?P<closing>/?)(?P<name>[a-zA-Z][a-zA-Z0-9:-]*+)(?P<attributes>(?:[^<>"']|"[^"<]*"|'[^'<]*')*+)>"""
    r"""|<[!?/][^<>]*+>"""
    r"""|<"""
)
_STRUCK_TAG = re.compile("<(?:s|strike|del)[\\s>]", re.IGNORECASE)
_TABLE = re.compile("<(/?)table\\b", re.IGNORECASE)
_SPAN = re.compile(r"""\b(colspan|rowspan)\s*+=\s*+["']?([0-9]{1,4})""", re.IGNORECASE)
_SPANS = {"colspan", "rowspan"}
_ENDS_A_BLOCK = re.compile(f"</?(?:p|li|{_PARAGRAPHS.replace(' ', '|')})\\b", re.IGNORECASE)
_HREF = re.compile(r"""(?:^|[\s"'/])href\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++))""", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://[^/?#]|mailto:.)", re.IGNORECASE)
_SCHEMES = {"http", "https", "mailto"}
# C0 and C1 controls except tab, line feed, form feed and carriage return; surrogates, which UTF-8 cannot encode; and
# noncharacters, which belong to programs and of which XML forbids two. PostgreSQL stores no NUL.
NOT_ALLOWED = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U0001fffe]")
_REFERENCE = re.compile("&#(?:[xX][0-9a-fA-F]{1,6}|[0-9]{1,7});?")
# nh3 takes time quadratic in the "&" of a text, and in its characters from U+00A0 (no-break space) to U+00BF, so it
# gets noncharacters in their place.
_HIDDEN = {ord("&"): "\U0001fffe"} | {0xA0 + place: chr(0xFDD0 + place) for place in range(32)}
_SHOWN = {ord(hidden): chr(code) for code, hidden in _HIDDEN.items()}


def refuse_control_characters(text: str) -> None:
    """Raise Problem if `text` contains a character that pages, files or databases cannot hold."""
    if found := NOT_ALLOWED.search(text):
        raise _cannot_be_stored(found[0], text[max(0, found.start() - 20) : found.start()])


def refuse_references_to_control_characters(html: str) -> None:
    """Raise Problem if `html` has a character reference, such as "&#1;", to a character that cannot be stored."""
    for found in _REFERENCE.finditer(html):
        if not unescape(found[0]):
            number = found[0].strip("&#;")
            code = int(number[1:], 16) if number[0] in "xX" else int(number)
            raise _cannot_be_stored(chr(code), html[max(0, found.start() - 20) : found.start()])


def _cannot_be_stored(character: str, before: str) -> Problem:
    return Problem(
        gettext_noop(
            "The text contains a character that cannot be stored (%(code)s, after “%(before)s”). Delete it or "
            "type it again."
        ),
        code=f"U+{ord(character):04X}",
        before=re.sub("<[^<>]*>", "", before),
    )


def address(href: str) -> str:
    """Return a link's address as it is stored, or "" for one that must not become a link."""
    href = "".join(character for character in href.strip(SPACE) if character not in "\t\n\r\f\u2028\u2029")
    if not _ADDRESS.match(href) or NOT_ALLOWED.search(href):
        return ""
    scheme, _, rest = href.partition(":")
    for character, code in ((" ", "%20"), ("<", "%3C"), (">", "%3E"), ('"', "%22")):
        rest = rest.replace(character, code)
    return f"{scheme.lower()}:{rest}"


def clean(html: str) -> str:
    """Return `html` with no tag but p, ul, ol, li, strong, em, sup, sub, a[href], br and those of tables.

    Lists are nested up to MAX_DEPTH. A table contains no table: one around another only gives it a place on the page,
    as in many e-mails, and becomes paragraphs. Its "&" are as they came: a character reference is still one, and a lone
    "&" is not made into one.
    """
    refuse_control_characters(html)
    refuse_references_to_control_characters(html)
    cleaned = nh3.clean(
        _known_tags(_without_struck(_without_comments(html))).translate(_HIDDEN),
        tags=_TAGS | _OF_TABLES,
        attributes={"a": {"href"}, "td": _SPANS, "th": _SPANS},
        link_rel=None,
        url_schemes=_SCHEMES,
    )
    return cleaned.translate(_SHOWN)


def _without_comments(html: str) -> str:
    # By splitting, not with a pattern: a lazy one takes quadratic time where many comments are never closed.
    first, *others = html.split("<!--")
    return first + "".join(other.partition("-->")[2] if "-->" in other else other for other in others)


def _without_struck(html: str) -> str:
    """Remove the text that is struck through. A tag that is never closed strikes nothing."""
    if "line-through" not in html.lower() and not _STRUCK_TAG.search(html):
        return html
    open_tags: dict[str, list[tuple[int, bool]]] = {}
    struck: list[tuple[int, int]] = []  # where the content of a struck element begins and ends
    for tag in _MARKUP.finditer(html):
        name = (tag["name"] or "").lower()
        if not name or name in _NEVER_CLOSED:
            continue
        if not tag["closing"]:
            is_struck = name in _STRUCK or bool(_STRUCK_STYLE.search(tag["attributes"]))
            open_tags.setdefault(name, []).append((tag.end(), is_struck))
        elif open_tags.get(name):
            start, is_struck = open_tags[name].pop()
            if is_struck:
                struck.append((start, tag.start()))
    parts: list[str] = []
    end = 0
    for start, stop in sorted(struck):
        if start >= end:
            # What was struck may be whole paragraphs: the words before and after them are still apart.
            parts += [html[end:start], "<p>" if _ENDS_A_BLOCK.search(html, start, stop) else ""]
        end = max(end, stop)
    return "".join([*parts, html[end:]])


def _known_tags(html: str) -> str:
    """Map tags to those of a report, and bound their depth: a parser takes time quadratic in the depth."""
    parts: list[str] = []
    tags = _KnownTags(_tables_around_tables(html))
    left_out = ""
    end = 0
    for tag in _MARKUP.finditer(html):
        if not left_out:
            parts.append(tags.text(html[end : tag.start()]))
        end = tag.end()
        name = (tag["name"] or "").lower()
        if left_out:
            if tag["closing"] and name == left_out:
                left_out = ""
        elif name in _LEFT_OUT:
            left_out = "" if tag["closing"] else name
        elif tag[0] == "<":
            parts.append(tags.text("&lt;"))
        else:
            attributes = tag["attributes"] or ""
            parts.append(tags.tag(_SAME_AS.get(name, name), bool(tag["closing"]), attributes, tag.start()))
    if not left_out:
        parts.append(tags.text(html[end:]))
    return "".join(parts)


def _tables_around_tables(html: str) -> set[int]:
    """Return where the tables begin that contain another table."""
    open_tables: list[int] = []
    found: set[int] = set()
    for tag in _TABLE.finditer(html):
        if tag[1]:
            del open_tables[-1:]
        else:
            found.update(open_tables[-1:])
            open_tables.append(tag.start())
    return found


class _KnownTags:
    """The tags that are open in the HTML so far."""

    def __init__(self, tables_around_tables: set[int]) -> None:
        self.open_tags: dict[str, int] = {}
        self.lists = Lists()
        self.tables_around_tables = tables_around_tables
        self.tables: list[bool] = []  # those that are open, outermost first: whether it is a grid

    def text(self, text: str) -> str:
        return self.lists.text(text)

    def tag(self, name: str, closing: bool, attributes: str, place: int) -> str:
        if name in _OF_TABLES:
            return self.table_tag(name, closing, attributes, place)
        if name == "q":
            return self.text(self.quotation_mark(closing))
        if name not in _TAGS:
            return ""
        if name in ("li", "ul", "ol"):
            tags = (self.lists.item if name == "li" else partial(self.lists.tag, name))(closing, attributes)
            return "".join(self.known(one, shut) for one, shut in tags)
        return self.known(name, closing, attributes)

    def table_tag(self, name: str, closing: bool, attributes: str, place: int) -> str:
        if name == "table" and not closing:
            self.tables.append(place not in self.tables_around_tables)
        is_in_grid = self.tables and self.tables[-1]
        if name == "table" and closing:
            del self.tables[-1:]
        if not is_in_grid:
            return self.known("p", closing)
        spans = "".join(f' {span}="{number}"' for span, number in _SPAN.findall(attributes)) if not closing else ""
        return f"</{name}>" if closing else f"<{name}{spans if name in ('td', 'th') else ''}>"

    def known(self, name: str, closing: bool, attributes: str = "") -> str:
        """Return the tag, or "" if its element is nested too deep in others of its name."""
        if name in ("p", "li", "br"):
            return f"</{name}>" if closing and name != "br" else f"<{name}>"
        most = MAX_DEPTH if name in ("ul", "ol") else 1
        depth = self.open_tags.get(name, 0)
        if closing:
            self.open_tags[name] = max(0, depth - 1)
            return f"</{name}>" if 0 < depth <= most else ""
        self.open_tags[name] = depth + 1
        if depth >= most:
            return ""
        return f'<a href="{_href(attributes)}">' if name == "a" else f"<{name}>"

    def quotation_mark(self, closing: bool) -> str:
        """Return the mark that a browser draws for the tag of a quotation; inner ones are single."""
        depth = self.open_tags.get("q", 0)
        self.open_tags["q"] = max(0, depth - 1) if closing else depth + 1
        if closing:
            return "”’"[(depth - 1) % 2] if depth else ""
        return "“‘"[depth % 2]


def _href(attributes: str) -> str:
    found = _HREF.search(attributes)
    return escape(address(unescape(found[1] or found[2] or found[3] or ""))) if found else ""
