"""The browser tabs that a pytest worker keeps from one journey to the next.

A new tab is a new process of Chromium, which loads and compiles the portal's scripts and styles anew: more than a third
of the processor time of a journey's first page. A tab is kept only if the journey did nothing to it that outlives the
page, and it is emptied before the next journey gets it.
"""

from urllib.parse import urljoin

from playwright.sync_api import Browser, BrowserContext, Error, Page

from tests.browser import PATIENCE

MOST_KEPT = 3
# A small page of the same site: a page of another one, or none, would end the tab's process.
EMPTY = "/health/"
# What a journey may do that lasts longer than the page. The tab is closed after it.
LASTING = {
    BrowserContext: (
        *("add_init_script", "expose_binding", "expose_function", "new_cdp_session", "on", "once", "route"),
        *("route_from_har", "route_web_socket", "set_extra_http_headers", "set_geolocation", "set_offline"),
    ),
    Page: (
        *("add_init_script", "add_locator_handler", "emulate_media", "expose_binding", "expose_function", "on", "once"),
        *("route", "route_from_har", "route_web_socket", "set_extra_http_headers", "set_viewport_size"),
    ),
}
REPORT_VIOLATIONS = """
addEventListener("securitypolicyviolation", event =>
  console.error(`Content-Security-Policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""
changed: set[BrowserContext] = set()


def watch_changes() -> None:
    """Let Playwright note which contexts were changed for good. Called once in a worker."""
    for kind, names in LASTING.items():
        for name in names:
            setattr(kind, name, noting(getattr(kind, name)))
        kind.clock = property(noting(kind.clock.fget))


def noting(method):
    def noted(self, *arguments, **options):
        changed.add(self if isinstance(self, BrowserContext) else self.context)
        return method(self, *arguments, **options)

    return noted


class Tabs:
    """The tabs that nobody uses now, each the only one of its browser context."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.free: list[tuple[dict, Page]] = []

    def take(self, options: dict, *, new: bool) -> Page:
        """Return a tab of a context with these options. A new one has never loaded anything."""
        for place, (own, page) in enumerate(() if new else self.free):
            if own == options:
                del self.free[place]
                return page
        context = self.browser.new_context(**options)
        context.set_default_timeout(PATIENCE * 1000)
        context.add_init_script(REPORT_VIOLATIONS)
        changed.discard(context)
        return context.new_page()

    def give_back(self, page: Page, options: dict) -> None:
        """Empty the tab and keep it, or close its context."""
        context = page.context
        is_kept = context not in changed and emptied(page, options["base_url"])
        changed.discard(context)
        if not is_kept:
            context.close()
            return
        self.free.append((options, page))
        if len(self.free) > MOST_KEPT:
            self.free.pop(0)[1].context.close()


def emptied(page: Page, address: str) -> bool:
    """Leave the page and delete what the browser stored of it; return False if that cannot be done."""
    context = page.context
    if page not in context.pages:
        return False
    try:
        context.clear_cookies()  # first: nothing that the page still sends is accepted
        context.clear_permissions()
        for other in context.pages:
            if other != page:
                other.close()
        page.mouse.move(-1, -1)  # over nothing
        page.goto(urljoin(address, EMPTY))
        page.evaluate("sessionStorage.clear()")
        session = context.new_cdp_session(page)
        session.send("Storage.clearDataForOrigin", {"origin": address, "storageTypes": "all"})
        session.detach()
    except Error:  # the journey has stopped its server, or the tab has crashed
        return False
    return True
