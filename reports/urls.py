"""The portal's own addresses. A section is always addressed by its question's code."""

from django.urls import path, register_converter
from django.views.generic import TemplateView

from reports.views import country, files, history, part, public, saving, secretariat


class CountryCode:
    regex = "[A-Z]{2}"

    def to_python(self, value: str) -> str:
        return value

    to_url = to_python


class PartCode(CountryCode):
    """A goal ("1.1") or, in a form by target, a target ("1")."""

    regex = r"\d{1,2}(\.\d{1,2})?"


register_converter(CountryCode, "country")
register_converter(PartCode, "part")
REPORT = "reports/<country:code>/<int:year>/"

urlpatterns = [
    path("", public.home, name="home"),
    path("language/", public.language, name="language"),
    path("help/", TemplateView.as_view(template_name="pages/help.html"), name="help"),
    path("accessibility/", TemplateView.as_view(template_name="pages/accessibility.html"), name="accessibility"),
    path("privacy/", TemplateView.as_view(template_name="pages/privacy.html"), name="privacy"),
    path("unsent/", saving.unsent, name="unsent"),
    path("token/", saving.token, name="token"),
    path("reports/", country.my_reports, name="my_reports"),
    path(REPORT, country.report, name="report"),
    path(REPORT + "open/", country.open_report, name="open_report"),
    path(REPORT + "<part:part>/", part.part, name="part"),
    path(REPORT + "<part:part>/save/", saving.save, name="save"),
    path(REPORT + "<part:part>/save/conflicts/<int:pk>/", saving.settle, name="settle"),
    path(REPORT + "<part:part>/now/", saving.now, name="now"),
    path(REPORT + "send-in/", country.send_in, name="send_in"),
    path(REPORT + "withdraw/", country.withdraw, name="withdraw"),
    path(REPORT + "upload/", files.upload, name="upload"),
    path(REPORT + "readings/<int:pk>/", files.reading, name="reading"),
    path(REPORT + "readings/<int:pk>/undo/", files.undo, name="undo_reading"),
    path(REPORT + "history/<int:pk>/", history.history, name="history"),
    path(REPORT + "history/<int:pk>/bring-back/", history.bring_back, name="bring_back"),
    path(REPORT + "draft.pdf", files.draft_pdf, name="draft_pdf"),
    path(REPORT + "submissions/<int:number>/", files.submission, name="submission"),
    path(REPORT + "submissions/<int:number>.pdf", files.submission_pdf, name="submission_pdf"),
    path(REPORT + "submissions/<int:number>.json", files.submission_json, name="submission_json"),
    path("desk/", secretariat.desk, name="desk"),
    path("desk/<int:year>/", secretariat.desk, name="desk"),
]
