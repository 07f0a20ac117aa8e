"""Links that the portal sends by e-mail. Only the hash of each is kept: a copy of the database opens nothing."""

import hashlib
import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q


def make_token() -> str:
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """Return the SHA-256 of a link's token. A token is random and long, so its hash needs no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


class InvitationLink(models.Model):
    """A link that lets somebody without a password choose one. It is for `address`, and works once."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    address = models.EmailField()
    hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.address}, {self.made_at:%Y-%m-%d}"


class AddressChange(models.Model):
    """A change of a person's address. It is done when the links to the old and to the new address were both used."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    old = models.EmailField()
    new = models.EmailField()
    old_hash = models.CharField(max_length=64, unique=True)
    new_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    old_at = models.DateTimeField(null=True)
    new_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="address_change_confirmed_twice",
                condition=Q(done_at__isnull=True) | Q(old_at__isnull=False, new_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"
