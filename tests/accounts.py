"""Helpers for the tests of sign-in, passwords and open pages."""

import time
from datetime import timedelta

import time_machine
from django.urls import reverse

from reports.models import User

PASSWORD = "four sober words together"
NOT_RIGHT = "The e-mail address or the password is not correct."


def make_anna() -> User:
    return User.objects.create_user("anna@police.example", PASSWORD, name="Anna O'Neil & Co", language="nl")


def sign_in(client, email="anna@police.example", password=PASSWORD, **more):
    return client.post(reverse("account_login"), {"login": email, "password": password, **more})


def signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def html(response) -> str:
    return response.content.decode()


def later(**time_passed):
    return time_machine.travel(time.time() + timedelta(**time_passed).total_seconds())
