"""Limits on what a stranger can try: passwords, and e-mails that the portal would send for them.

Wrong tries lock nobody out. A browser in which the person has signed in before has a count of its own; a new password
by a link makes a browser such a one. An address without an account is counted like one that has an account.
"""

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass

from reports.document.problem import Problem, gettext_noop
from reports.models import RateLimit, User


@dataclass(frozen=True)
class Limit:
    """At most `most` tries within `seconds`, for each of whom it counts."""

    name: str
    most: int
    seconds: int

    def passes(self, *whom: str) -> bool:
        """Count a try; return whether it is within the limit."""
        return RateLimit.objects.hit(self.name, *whom, seconds=self.seconds) <= self.most

    def give_back(self, *whom: str) -> None:
        RateLimit.objects.give_back(self.name, *whom)


Counted = tuple[Limit, tuple[str, ...]]
IN_KNOWN_BROWSER = Limit("sign-in, known browser", 5, 300)
FROM_NETWORK = Limit("sign-in, network", 50, 300)
TO_ACCOUNT_FROM_NETWORK = Limit("sign-in, account and network", 5, 300)
TO_ACCOUNT = Limit("sign-in, account", 30, 3600)
CODES_IN_KNOWN_BROWSER = Limit("code, known browser", 5, 300)
CODES_TO_ACCOUNT = Limit("code, account", 5, 300)
RESETS_TO_ADDRESS = Limit("new password, address", 5, 3600)
RESETS_FROM_NETWORK = Limit("new password, network", 20, 3600)
# Once each: the audit trail needs to know that tries were stopped, not of every further one.
STOPS_OF_ONE = Limit("stopped tries, noted", 1, 3600)
STOPS_OF_ALL = Limit("stopped tries, noted of all", 100, 3600)
MAILS_BY_PERSON = Limit("mails, person", 60, 3600)
MAILS_BY_ADMINISTRATOR = Limit("mails, administrator", 600, 3600)
MAILS_TO_ADDRESS = Limit("mails, address", 10, 3600)


def network_of(address: str) -> str:
    """Return the network that an IP address counts for: an IPv6 customer has 2^64 addresses. IPv4 in IPv6 is IPv4."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address
    ip = getattr(ip, "ipv4_mapped", None) or ip
    return str(ipaddress.ip_network(f"{ip}/{64 if ip.version == 6 else 32}", strict=False))


def of_sign_in(account: str, ip: str, browser: str) -> Sequence[Counted]:
    """Return what a try to sign in counts for. `browser` is the id of one that this person knows, or ""."""
    network = network_of(ip)
    if browser:
        return [(IN_KNOWN_BROWSER, (account, browser))]
    # The network first: when it is full, the tries after it make no further rows.
    return [(FROM_NETWORK, (network,)), (TO_ACCOUNT_FROM_NETWORK, (account, network)), (TO_ACCOUNT, (account,))]


def of_code(user: User, browser: str) -> Sequence[Counted]:
    """Return what a code of a second factor counts for: of the app or a recovery code, of whoever has the password."""
    account = str(user.pk)
    return [(CODES_IN_KNOWN_BROWSER, (account, browser))] if browser else [(CODES_TO_ACCOUNT, (account,))]


def first_full(counted: Sequence[Counted]) -> Limit | None:
    """Count a try, before the password is looked at. Return the first limit that it exceeds, or None."""
    return next((limit for limit, whom in counted if not limit.passes(*whom)), None)


def is_news(full: Limit, counted: Sequence[Counted]) -> bool:
    """Count that tries were stopped by this limit; return whether the audit trail does not have it yet this hour."""
    whom = dict(counted)[full]
    return STOPS_OF_ONE.passes(full.name, *whom) and STOPS_OF_ALL.passes()


def give_back(counted: Sequence[Counted]) -> None:
    """A try has succeeded. Only itself is given back: else somebody's own account would reset the network's count."""
    for limit, whom in counted:
        limit.give_back(*whom)


def may_reset(address: str, ip: str) -> bool:
    """Count a request for a new password, whether or not the address has an account."""
    return RESETS_FROM_NETWORK.passes(network_of(ip)) and RESETS_TO_ADDRESS.passes(address)


def check_mails(by: User, to: str, *, is_administrator: bool = False) -> None:
    """Count an e-mail that `by` causes to an address. Raise Problem for too many.

    Inside the transaction that writes the e-mail: if that is rolled back, none was caused.
    """
    limit = MAILS_BY_ADMINISTRATOR if is_administrator else MAILS_BY_PERSON
    if not limit.passes(str(by.pk)):
        raise Problem(
            gettext_noop("The portal has sent many e-mails for you within an hour. Wait an hour, then try again.")
        )
    if not MAILS_TO_ADDRESS.passes(to):
        raise Problem(
            gettext_noop("%(address)s has received many e-mails within an hour. Wait an hour, then try again."),
            address=to,
        )
