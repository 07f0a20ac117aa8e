"""Every page of a person: axe finds nothing in it, and no sentence of it is left in English in another language.

axe looks at structure, names and colours, which are the same in each language, so it looks at the English page alone.
"""

import lxml.html
from django.conf import settings

from tests.browser import check_axe, signed_in_as

WORDS = ("title", "aria-label", "alt", "placeholder")


def check_pages(server, page, pages: dict[str, list[str]]) -> None:
    """Open each person's pages, every fold of them; then read the same pages in the other languages."""
    for email, urls in pages.items():
        signed_in_as(server, page, email)
        server.speak("en")
        for url in urls:
            page.goto(url)
            page.evaluate("document.querySelectorAll('main details').forEach(fold => { fold.open = true; })")
            assert page.locator("h1").count() == 1, url
            check_axe(page)
        check_languages(server, page, urls)


def check_languages(server, page, urls: list[str]) -> None:
    """Check that each page names its language, and has no sentence of its English in another one."""
    english = {url: sentences(server, page, url, "en") for url in urls}
    for language, _name in settings.LANGUAGES:
        for url in urls if language != "en" else ():
            left = english[url] & sentences(server, page, url, language)
            assert not left, f"{url} in {language}"


def sentences(server, page, url: str, language: str) -> set[str]:
    """Return what the page says in its own language with two words or more, other than names."""
    server.speak(language)
    answer = page.request.get(url)
    assert answer.ok, f"{url}: {answer.status}"
    html = lxml.html.fromstring(answer.text())
    assert html.get("lang") == language
    own = f"not(self::script or self::style) and ancestor-or-self::*[@lang][1]/@lang = '{language}'"
    texts = [*html.xpath(f"//*[{own}]/text()"), *html.xpath(f"//*[{own}]/@*[{attributes()}]")]
    return {text for text in (" ".join(text.split()) for text in texts) if is_sentence(text)}


def attributes() -> str:
    return " or ".join(f"name() = '{name}'" for name in WORDS)


def is_sentence(text: str) -> bool:
    """Names and addresses are the same in every language: these have no two words in small letters."""
    words = [word.strip(".,:;?!()“”") for word in text.split()]
    return sum(word.islower() and word.isalpha() for word in words) > 1
