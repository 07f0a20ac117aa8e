"""Checks that pages are accessible and translated.

axe judges structure, names and colours. These come from templates that all languages share, so axe runs on the English
page only (docs/adr/0020).
"""

import lxml.html
from django.conf import settings

from tests.browser import check_axe, use_session

TEXT_ATTRIBUTES = ("title", "aria-label", "alt", "placeholder")


def check_pages(server, page, pages: dict[str, list[str]]) -> None:
    """Run axe on the pages of each user, given by e-mail address, with every fold open; then compare the languages."""
    for email, urls in pages.items():
        use_session(server, page, email)
        server.set_language("en")
        english = {}
        for url in urls:
            english[url] = sentences(page.goto(url), "en")
            page.evaluate("document.querySelectorAll('main details').forEach(fold => { fold.open = true; })")
            assert page.locator("h1").count() == 1, url
            check_axe(page)
        compare(server, page, english)


def check_languages(server, page, urls: list[str]) -> None:
    """Check that each page declares its language and has no sentence in common with its English version."""
    server.set_language("en")
    compare(server, page, {url: sentences(page.request.get(url), "en") for url in urls})


def compare(server, page, english: dict[str, set[str]]) -> None:
    """Check that no page, given with its English sentences, has one of them in another language."""
    for language, _name in settings.LANGUAGES:
        if language == "en":
            continue
        server.set_language(language)
        for url, own in english.items():
            assert not own & sentences(page.request.get(url), language), f"{url} in {language}"


def sentences(answer, language: str) -> set[str]:
    """Return the sentences of an answered page in its own language, without passages that are marked as another one."""
    assert answer.ok, f"{answer.url}: {answer.status}"
    html = lxml.html.fromstring(answer.text())
    assert html.get("lang") == language
    own = f"not(self::script or self::style) and ancestor-or-self::*[@lang][1]/@lang = '{language}'"
    attributes = " or ".join(f"name() = '{name}'" for name in TEXT_ATTRIBUTES)
    texts = [*html.xpath(f"//*[{own}]/text()"), *html.xpath(f"//*[{own}]/@*[{attributes}]")]
    return {text for text in (" ".join(text.split()) for text in texts) if is_sentence(text)}


def is_sentence(text: str) -> bool:
    """Return whether a text has two lower-case words. Names and addresses, the same in each language, have not."""
    words = [word.strip(".,:;?!()“”") for word in text.split()]
    return sum(word.islower() and word.isalpha() for word in words) > 1
