"""A change of one's address: confirmed at the old and at the new one. Until then nothing changes."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from reports import notifications
from reports.addresses import canonical
from reports.document.problem import Problem, gettext_noop
from reports.models import AddressChange, Event, User
from reports.models.mailed_link import hash_of, make_token
from reports.rules import attempts, audit

VALID_FOR = timedelta(hours=24)
CHANGES_BY_PERSON = attempts.Limit("change of address, person", 5, 3600)


@dataclass(frozen=True)
class Link:
    """A link to one of the two addresses of a change."""

    change: AddressChange
    is_old: bool

    @property
    def address(self) -> str:
        return self.change.old if self.is_old else self.change.new


@transaction.atomic
def ask(new: str, *, by: User) -> AddressChange:
    """Begin a change of the address of `by`, and mail a link to each of the two; a change begun before is dropped.

    An address that has an account gets no e-mail, and `by` does not learn of it. Raise ValidationError for something
    that is no address, and Problem for the present one and for too many changes.
    """
    new = canonical(new)
    if new == by.email:
        raise Problem(gettext_noop("This is your present address already."))
    if not CHANGES_BY_PERSON.passes(str(by.pk)):
        raise Problem(gettext_noop("You have asked for this often within an hour. Wait an hour, then try again."))
    attempts.check_mails(by, new)
    AddressChange.objects.filter(user=by, done_at=None).delete()
    to_old, to_new = make_token(), make_token()
    change = AddressChange.objects.create(
        user=by, old=by.email, new=new, old_hash=hash_of(to_old), new_hash=hash_of(to_new)
    )
    notifications.notify_address_asked(change, to_old, is_old=True)
    if not User.objects.filter(email=new).exists():
        notifications.notify_address_asked(change, to_new, is_old=False)
    return change


def read(token: str) -> Link:
    """Return the change that a link confirms, and for which side. Raise Problem if it is unknown, used or expired."""
    found = hash_of(token)
    open_ones = AddressChange.objects.select_related("user").filter(done_at=None, user__is_active=True)
    change = open_ones.filter(Q(old_hash=found) | Q(new_hash=found), made_at__gt=timezone.now() - VALID_FOR).first()
    if change is None or change.user.email != change.old:
        raise Problem(
            gettext_noop(
                "This link has been used, has expired after 24 hours, or was replaced by a newer one. If you still "
                "want to change your address, sign in and ask for it again."
            )
        )
    return Link(change, change.old_hash == found)


@transaction.atomic
def confirm(token: str) -> AddressChange:
    """Confirm a change for the side of this link; after the second, change the address and tell both.

    Sessions elsewhere end with that (User._get_session_auth_hash). Raise Problem as `read` does, and if somebody else
    has got the new address meanwhile.
    """
    User.objects.select_for_update().get(pk=read(token).change.user_id)
    link = read(token)  # again under the lock: both links may be used at the same time
    change, now = link.change, timezone.now()
    if link.is_old:
        change.old_at = change.old_at or now
    else:
        change.new_at = change.new_at or now
    if change.old_at and change.new_at:
        if User.objects.filter(email=change.new).exists():
            raise Problem(gettext_noop("This address cannot be used for your account. Ask for another one."))
        change.done_at = now
        change.user.email = change.new
        change.user.save(update_fields=["email"])
        audit.record(Event.ADDRESS_CHANGED, person=change.user)  # no address: it would stay for ever
        notifications.notify_changed_address(change)
    change.save()
    return change
