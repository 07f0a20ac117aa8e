"""A tab that the next journey gets is as good as a new one."""

import pytest

from tests.tabs import Tabs

STORE = """async () => {
  localStorage.setItem("kept", "1");
  sessionStorage.setItem("kept", "1");
  document.cookie = "kept=1; path=/";
  await caches.open("kept");
  await new Promise(resolve => { indexedDB.open("kept").onsuccess = resolve; });
}"""
STORED = """async () => [
  Object.keys(localStorage), Object.keys(sessionStorage), document.cookie.includes("kept"), await caches.keys(),
  (await indexedDB.databases()).map(one => one.name),
]"""


@pytest.fixture
def own(tabs, browser, server):
    """Tabs that no other journey uses, and the options of their contexts."""
    kept = Tabs(browser)
    yield kept, {"base_url": server.url}
    for _options, page in kept.free:
        page.context.close()


def test_nothing_that_a_page_stores_is_left(own):
    kept, options = own
    page = kept.take(options, new=False)
    page.goto("/help/")
    page.evaluate(STORE)
    page.context.new_page().goto("/help/")
    kept.give_back(page, options)

    again = kept.take(options, new=False)
    assert again is page
    assert again.context.pages == [page]
    again.goto("/help/")
    assert again.evaluate(STORED) == [[], [], False, [], []]
    kept.give_back(again, options)


@pytest.mark.parametrize(
    "change",
    [
        lambda page: page.route("**/now/?*", lambda route: route.abort()),
        lambda page: page.add_init_script("window.changed = true"),
        lambda page: page.on("dialog", lambda dialog: dialog.accept()),
        lambda page: page.clock.install(),
        lambda page: page.context.set_offline(True),
        lambda page: page.set_viewport_size({"width": 320, "height": 640}),
        lambda page: page.close(),
    ],
)
def test_a_tab_that_was_changed_for_good_is_not_used_again(own, change):
    kept, options = own
    page = kept.take(options, new=False)
    page.goto("/help/")
    change(page)
    kept.give_back(page, options)
    assert kept.free == []
    assert page.is_closed()


def test_tabs_of_another_portal_or_size_are_not_mixed(own):
    kept, options = own
    page = kept.take(options, new=False)
    page.goto("/help/")
    kept.give_back(page, options)
    for other in (kept.take({**options, "locale": "nl-BE"}, new=False), kept.take(options, new=True)):
        assert other is not page
        other.context.close()
