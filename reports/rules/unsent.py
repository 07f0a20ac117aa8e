"""The keys that a person's unsent text is encrypted with in the browser (ADR 14).

A key comes from SECRET_KEY, the person and a random seed. A change of password adds a seed: texts are encrypted with
the new key from then on, and the person's own pages bring those of the previous keys over. Whoever has kept an old key
cannot read what they find later. With the last role, all seeds end.
"""

import base64
import secrets

from django.utils.crypto import salted_hmac

from reports.models import User

FIRST_SEED = ""  # of a person who never changed their password
MOST_KEYS = 10  # the pages of a person stay small however often they change it


def seeds_of(user: User) -> list[str]:
    """Return the seeds, the newest first."""
    return user.unsent_keys or [FIRST_SEED]


def key_of(user: User) -> str:
    """Return the user's key: the same at every sign-in, and only on this user's own pages."""
    return key(user, seeds_of(user)[0])


def previous_keys_of(user: User) -> str:
    """Return the keys before, separated by blanks: texts that were left in a browser can still be opened with them."""
    return " ".join(key(user, seed) for seed in seeds_of(user)[1:])


def key(user: User, seed: str) -> str:
    secret = salted_hmac("reports.unsent", f"{user.pk}{seed and ' '}{seed}", algorithm="sha256").digest()
    return base64.b64encode(secret).decode()


def change_key(user: User) -> None:
    """Give the user a new key, and keep the previous ones for what is still encrypted with them. The caller saves."""
    user.unsent_keys = [secrets.token_urlsafe(16), *seeds_of(user)][:MOST_KEYS]


def end_keys(user: User) -> None:
    """Give the user a new key, and none of those before. The caller saves."""
    user.unsent_keys = [secrets.token_urlsafe(16)]
