"""The addresses of the portal."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from reports.signing_in.recently import recently_signed_in_for

# The administration uses the same sign-in page, so its rate limits apply there too.
admin.site.login = secure_admin_login(admin.site.login)
admin.site.admin_view = recently_signed_in_for(admin.site.admin_view)  # type: ignore[method-assign]

urlpatterns = [
    path("", include("reports.account_urls")),
    path("", include("reports.urls")),
    # Django's own page would change a password past the portal's rules and e-mails.
    path("administration/password_change/", RedirectView.as_view(pattern_name="account_change_password")),
    path("administration/", admin.site.urls),
]

handler400 = "reports.views.errors.bad_request"
handler403 = "reports.views.errors.permission_denied"
handler404 = "reports.views.errors.page_not_found"
handler500 = "reports.views.errors.server_error"
