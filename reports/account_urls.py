"""The addresses of django-allauth that the portal uses. Its other pages, such as e-mail management, have no address."""

from allauth.account import views
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as single_sign_on
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.urls import path, re_path
from django.views.generic import RedirectView

from reports.accounts import signup_closed
from reports.signing_in.single_sign_on import sign_in
from reports.views.people.security import security
from reports.views.public.forgotten_password import ForgottenPassword

SECURITY = "account/security/"

urlpatterns = [
    path("sign-in/", sign_in, name="account_login"),
    path("sign-in/closed/", views.account_inactive, name="account_inactive"),
    path("sign-in/passkey/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("sign-in/second-factor/", factors.authenticate, name="mfa_authenticate"),
    path("sign-in/again/", views.reauthenticate, name="account_reauthenticate"),
    path("sign-in/again/code/", factors.reauthenticate, name="mfa_reauthenticate"),
    path("sign-in/again/passkey/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("sign-in/through/cancelled/", single_sign_on.login_cancelled, name="socialaccount_login_cancelled"),
    path("sign-in/through/failed/", single_sign_on.login_error, name="socialaccount_login_error"),
    path("sign-in/through/closed/", signup_closed, name="socialaccount_signup"),
    path("sign-in/through/<str:provider_id>/", openid_connect.login, name="openid_connect_login"),
    path("sign-in/through/<str:provider_id>/back/", openid_connect.callback, name="openid_connect_callback"),
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
    path(SECURITY, security, name="mfa_index"),
    path(SECURITY + "app/add/", app.activate_totp, name="mfa_activate_totp"),
    path(SECURITY + "app/remove/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path(SECURITY + "recovery-codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(SECURITY + "recovery-codes/new/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path(SECURITY + "passkeys/", RedirectView.as_view(pattern_name="mfa_index"), name="mfa_list_webauthn"),
    path(SECURITY + "passkeys/add/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path(SECURITY + "passkeys/<int:pk>/name/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path(SECURITY + "passkeys/<int:pk>/remove/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
]
