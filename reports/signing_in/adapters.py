"""What django-allauth asks about second factors: the portal's name and host, and how secrets are stored."""

import base64
from urllib.parse import urlsplit

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reports.models import User

SALT = "reports.second_factor"


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This is not the right code. Take the one that your app shows now, or try another way."),
        "cannot_generate_recovery_codes": _("First add a passkey or an app: recovery codes are for when it is lost."),
    }

    def encrypt(self, text: str) -> str:
        return str(ciphers().encrypt(text.encode()).decode())

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret. After a change of key, return a random one: no code fits it, and nothing fails."""
        try:
            return str(ciphers().decrypt(encrypted_text.encode()).decode())
        except InvalidToken:
            return str(generate_totp_secret())

    def get_totp_issuer(self) -> str:
        return gettext("Country reports")

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Return the name and the host for which browsers keep passkeys.

        In production this is the host of SITE_URL, whatever name the request came by: a passkey that was made for
        another name would never be found again.
        """
        requested: str = context.request.get_host().rpartition(":")[0] or context.request.get_host()
        host = urlsplit(settings.SITE_URL).hostname if settings.HTTPS else requested
        return {"id": host or requested, "name": gettext("Country reports")}

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Passkey %(number)s") % {"number": number}


def ciphers() -> MultiFernet:
    """Return the cipher of the secrets: the first key encrypts, and the earlier ones still decrypt."""
    keys = [settings.SECOND_FACTOR_KEY or settings.SECRET_KEY, settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([cipher(str(key)) for key in keys])


def cipher(key: str) -> Fernet:
    digest = salted_hmac(SALT, "key", secret=key, algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(digest))
