"""Links that mail programs wrapped lead to the real address again, and never to anything but a web page."""

import pytest

from reports.document import richtext
from reports.document.clean import address
from reports.document.wrapped_links import unwrap, unwrap_text

REAL = "https://www.example.org/action-plan"
TAIL = "&data=05%7C01%7Cjan.example%40justice.example.org%7C0a1b2c&sdata=x&reserved=0"
PLAN = "https%3A%2F%2Fwww.example.org%2Faction-plan"
CODED = "aHR0cHM6Ly93d3cuZXhhbXBsZS5vcmcvYWN0aW9uLXBsYW4="
SAFE = "https://eur03.safelinks.protection.outlook.com/?url="
WRAPPED = {
    f"{SAFE}{PLAN}{TAIL}": REAL,
    f"https://nam12.safelinks.protection.outlook.com/ap/b-59584e83/?url={PLAN}{TAIL}": REAL,
    f"https://gcc02.safelinks.protection.office365.us/?url={PLAN}{TAIL}": REAL,
    f"{SAFE}https://www.example.org/?a=1&b=2%20c{TAIL}": (
        "https://www.example.org/?a=1&b=2%20c"
    ),
    f"{SAFE}https%3A%2F%2Fexample.org%2F%3Fq%3Da%2Bb%2520c%26n%3D1%23top{TAIL}": (
        "https://example.org/?q=a+b%20c&n=1#top"
    ),
    "https://urldefense.proofpoint.com/v1/url?u=https://www.example.org/action-plan&k=abc&r=def&m=ghi&s=jkl": REAL,
    "https://urldefense.proofpoint.com/v2/url?u=https-3A__www.example.org_action-2Dplan&d=DwMF&c=x&r=y": REAL,
    "https://urldefense.com/v3/__https://www.example.org/action-plan__;!!abc!def$": REAL,
    "https://urldefense.com/v3/__https://www.example.org/?a=1*b__;Iw!!abc!def$": "https://www.example.org/?a=1#b",
    "https://urldefense.us/v3/__https://www.example.org/x**B__;JSUl!!abc!def$": "https://www.example.org/x%%%",
    f"https://www.google.com/url?q={PLAN}&sa=D&usg=AOv": REAL,
    f"https://www.google.be/url?sa=t&url={PLAN}&ved=2a": REAL,
    f"https://linkprotect.cudasvc.com/url?a={PLAN}&c=E,1,abc&typo=1": REAL,
    f"https://secure-web.cisco.com/1abcDEF/{PLAN}": REAL,
    f"https://ddec1-0-en-ctp.trendmicro.com:443/wis/clicktime/v1/query?url={PLAN}&umid=1&auth=2": REAL,
    f"https://clicktime.symantec.com/abc?u={PLAN}": REAL,
    f"https://protect2.fireeye.com/v1/url?k=1&q=1&e=2&u={PLAN}": REAL,
    f"https://eu-west-1.protection.sophos.com/?d=example.org&u={CODED}&i=1": REAL,
    f"https://mail.example.org/owa/redir.aspx?C=abc&URL={PLAN}": REAL,
    f"{SAFE}https%3A%2F%2Furldefense.com%2Fv3%2F__{PLAN}__%3B!!a!b%24{TAIL}": REAL,
}  # fmt: skip
STAYS = [
    "https://protect-eu.mimecast.com/s/aBcDeF?domain=example.org",
    SAFE + "javascript%3Aalert(1)&data=05",
    SAFE + "java%0Ascript%3Aalert(1)&data=05",
    SAFE + "data%3Atext%2Fhtml%2Cx&data=05",
    SAFE + "https%3A%2F%2Fexample.org%2F%00&data=05",
    "https://eur03.safelinks.protection.outlook.com/?data=05",
    "https://urldefense.com/v3/__javascript:alert(1)__;!!abc!def$",
    "https://urldefense.com/v3/__https://example.org/*__;!!abc!def$",
    "https://linkprotect.cudasvc.com/url?a=//example.org",
]
NO_WRAPPER = [
    "https://www.example.org/?url=https%3A%2F%2Fother.example.org&data=1",
    "https://safelinks.protection.outlook.com.example.org/?url=https%3A%2F%2Fother.example.org",
    "https://www.google.com/search?q=https%3A%2F%2Fexample.org",
    "mailto:info@example.org?subject=x&utm_source=mail",
]  # fmt: skip


@pytest.mark.parametrize("href", WRAPPED)
def test_a_wrapped_link_leads_to_its_address(href):
    assert unwrap(href).address == WRAPPED[href]
    assert unwrap(href).wrapper
    assert unwrap(href).is_decoded


@pytest.mark.parametrize("href", STAYS)
def test_a_wrapper_without_a_web_address_stays(href):
    assert (unwrap(href).address, unwrap(href).is_decoded) == (href, False)
    assert unwrap(href).wrapper


@pytest.mark.parametrize("href", NO_WRAPPER)
def test_other_links_stay(href):
    assert (unwrap(href).address, unwrap(href).wrapper) == (href, "")
    html = f'<p><a href="{href}">x</a></p>'.replace("&", "&amp;")
    assert richtext.normalise(html) == html


@pytest.mark.parametrize("href", WRAPPED)
def test_paste_and_typed_text_get_the_real_address(href):
    normal = richtext.normalise(f'<p><a title="x" href="{href.replace("&", "&amp;")}">plan</a></p>')
    assert normal == f'<p><a href="{WRAPPED[href].replace("&", "&amp;")}">plan</a></p>'
    assert richtext.from_typed(f"[plan]({href})", is_html=False) == normal
    assert richtext.normalise(normal) == normal


def test_outlooks_own_note_of_the_address_counts():
    href = "https://protect-eu.mimecast.com/s/aBcDeF?domain=example.org"
    assert richtext.normalise(f'<a href="{href}" originalsrc="{REAL}">x</a>') == f'<p><a href="{REAL}">x</a></p>'
    unsafe = f'<a href="{href}" originalsrc="javascript:alert(1)">x</a>'
    assert richtext.normalise(unsafe) == f'<p><a href="{href}">x</a></p>'
    other = f'<a href="{REAL}" originalsrc="https://other.example.org/">x</a>'
    assert richtext.normalise(other) == f'<p><a href="{REAL}">x</a></p>'


@pytest.mark.parametrize("href", STAYS)
def test_what_stays_is_still_a_safe_address(href):
    assert address(unwrap(href).address) in (href, "")


def test_stored_texts_keep_their_links():
    """Hashes and seals cover them."""
    stored = f'<p><a href="{next(iter(WRAPPED)).replace("&", "&amp;")}">plan</a></p>'
    assert richtext.stored(stored) == stored


def test_an_address_in_a_text_is_unwrapped():
    text, found = unwrap_text(f"See {next(iter(WRAPPED))}, and https://example.org/.")
    assert text == f"See {REAL}, and https://example.org/."
    assert [one.wrapper for one in found] == ["Microsoft Safe Links"]


def test_deep_wrappers_take_no_time():
    start = SAFE
    href = start * 9_000 + REAL
    assert unwrap(href).address == href
    richtext.normalise(f'<a href="{href}">x</a>' * 3)
    assert unwrap(start * 150 + REAL).address == REAL
