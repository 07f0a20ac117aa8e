"""The portal's use of django-allauth beyond the password: second factors, sessions, single sign-on (ADR 25)."""
