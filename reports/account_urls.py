"""The addresses of django-allauth that the portal uses. Its other pages, such as e-mail management, have no address."""

from allauth.account import views
from django.urls import path, re_path

from reports.accounts import signup_closed
from reports.views.public.forgotten_password import ForgottenPassword

urlpatterns = [
    path("sign-in/", views.login, name="account_login"),
    path("sign-in/closed/", views.account_inactive, name="account_inactive"),
    path("sign-out/", views.logout, name="account_logout"),
    path("sign-up/", signup_closed, name="account_signup"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/reset/", ForgottenPassword.as_view(), name="account_reset_password"),
    path("password/reset/sent/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("password/reset/done/", views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
]
