"""What other packages and the logs of the portal tell by signals, recorded in the audit trail (rules/audit.py)."""

from typing import Any

from allauth.account.signals import email_changed, password_changed, password_reset, password_set
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import post_delete, post_save

from reports.models import Event, RoleLog, User
from reports.rules import audit


def connect() -> None:
    """Connect every receiver; called once, when the apps are ready."""
    user_logged_in.connect(signed_in)
    user_logged_out.connect(signed_out)
    user_login_failed.connect(sign_in_failed)
    for signal in (password_changed, password_reset, password_set):
        signal.connect(new_password)
    email_changed.connect(address_changed)
    post_save.connect(superuser_made, sender=User)
    post_save.connect(role_logged, sender=RoleLog)
    post_save.connect(administration_logged, sender=LogEntry)
    if apps.is_installed("allauth.mfa"):
        from allauth.mfa.signals import authentication_failed

        # The rows, not the package's own signals: a factor that somebody else removes sends none of those.
        post_save.connect(factor_saved, sender="mfa.Authenticator")
        post_delete.connect(factor_deleted, sender="mfa.Authenticator")
        authentication_failed.connect(factor_failed)
    if apps.is_installed("allauth.socialaccount"):
        post_save.connect(provider_linked, sender="socialaccount.SocialAccount")


def signed_in(user: User, **kwargs: Any) -> None:
    audit.record(Event.SIGNED_IN, person=user)


def signed_out(user: User | None, **kwargs: Any) -> None:
    if user is not None:  # somebody who was signed out already
        audit.record(Event.SIGNED_OUT, person=user)


def sign_in_failed(credentials: dict[str, Any], **kwargs: Any) -> None:
    """Name the person whose address was typed. An unknown address is not stored: it may be a mistyped password."""
    typed = str(credentials.get("email") or credentials.get("username") or "")
    user = User.objects.filter(email=typed).first()
    audit.record(Event.SIGN_IN_FAILED, about=user, detail="" if user else "unknown address")


def new_password(user: User, **kwargs: Any) -> None:
    audit.record(Event.PASSWORD_CHANGED, person=user)


def address_changed(user: User, **kwargs: Any) -> None:
    audit.record(Event.ADDRESS_CHANGED, person=user)


def factor_saved(instance: Any, created: bool, **kwargs: Any) -> None:
    if created:
        audit.record(Event.FACTOR_ADDED, person=instance.user, detail=instance.type)


def factor_deleted(instance: Any, **kwargs: Any) -> None:
    """Record whose factor is gone. If two others removed it for a lost device, rules/second_factor.py records them."""
    audit.record(Event.FACTOR_REMOVED, about=instance.user, detail=instance.type)


def factor_failed(user: User, **kwargs: Any) -> None:
    audit.record(Event.FACTOR_FAILED, about=user)


def provider_linked(instance: Any, created: bool, **kwargs: Any) -> None:
    if created:
        audit.record(Event.ACCOUNT_LINKED, person=instance.user, detail=instance.provider)


def superuser_made(instance: User, created: bool, **kwargs: Any) -> None:
    """Record a new account with every right. Only a command of the server makes one: `createsuperuser`."""
    if created and instance.is_superuser:
        audit.record(Event.ADMINISTRATION, about=instance, detail="superuser created on the server")


def role_logged(instance: RoleLog, created: bool, **kwargs: Any) -> None:
    """Record each entry of the log of roles, whichever page or command wrote it.

    Nobody gives themselves a role on a page: that is `appoint_administrator` on the server.
    """
    if not created:
        return
    event = Event.ROLE_ENDED if instance.ended else Event.ROLE_GIVEN
    on_server = not instance.ended and instance.by == instance.user
    audit.record(
        event,
        person=None if on_server else instance.by,
        about=instance.user,
        country=instance.country,
        detail=f"{instance.role}, on the server" if on_server else str(instance.role),
    )


def administration_logged(instance: LogEntry, created: bool, **kwargs: Any) -> None:
    """Record what the Django administration logs: what was added, changed or deleted there."""
    model = instance.content_type.model_class() if instance.content_type else None
    about = User.objects.filter(pk=instance.object_id).first() if model is User else None
    # str(instance): "Changed “Belgium” — Changed Name." in the language of the page.
    audit.record(Event.ADMINISTRATION, person=instance.user, about=about, detail=str(instance))
