"""What is deleted when it is over: counts of tries, and links of e-mails that can no longer be used."""

from datetime import datetime, timedelta

from reports.models import AddressChange, InvitationLink, RateLimit

LINKS_KEPT_FOR = timedelta(days=30)  # more than any of them works


def sweep(now: datetime) -> None:
    """Delete counts that are a day old, and links that are a month old with the addresses in them."""
    RateLimit.objects.sweep()
    for model in (InvitationLink, AddressChange):
        model.objects.filter(made_at__lt=now - LINKS_KEPT_FOR).delete()
