"""What a portal on a public host must be told before it starts. On the computer that runs it, defaults suffice."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured


def check(hosts: list[str], *, site_url: str, debug: bool, email_url: str) -> None:
    """Raise ImproperlyConfigured, with one sentence that says what to set, for the first setting that is wrong.

    `hosts` is ALLOWED_HOSTS; `site_url` and `email_url` are what the environment says, "" where it says nothing.
    """
    example = next((host.removeprefix(".") for host in hosts if host != "*"), "reports.example.org")
    url = urlsplit(site_url)
    if not site_url:
        reason = f"Set SITE_URL, for example https://{example}: the links in e-mails begin with it."
    elif url.scheme != "https" or not url.hostname:
        reason = f"SITE_URL is {site_url}, and must begin with https:// and a host name, as in https://{example}."
    elif not is_allowed(url.hostname, hosts):
        reason = f"SITE_URL leads to {url.hostname}, which is not in ALLOWED_HOSTS ({', '.join(hosts)}). Correct one."
    elif debug:
        reason = "DEBUG is on, which shows settings and texts to strangers. Remove it from the environment."
    elif not email_url:
        reason = (
            "Set EMAIL_URL to a mail server, for example smtp+tls://USER:PASSWORD@mail.example.org:587, or to "
            "consolemail:// if e-mails are to be printed in the server's log, with their links."
        )
    else:
        return
    raise ImproperlyConfigured(f"ALLOWED_HOSTS names a public host. {reason}")


def is_allowed(name: str, hosts: list[str]) -> bool:
    """Return whether Django accepts requests for this host."""
    from django.http.request import validate_host

    return validate_host(name, hosts)
