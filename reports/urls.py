"""The portal's own addresses, in one table. A section is always addressed by its question's code."""

from django.urls import path, register_converter
from django.views.generic import TemplateView

from reports.languages import PORTAL_LANGUAGES
from reports.models import codes
from reports.views.country import (
    approvals,
    comments,
    history,
    part,
    questions,
    report,
    saving,
    submissions,
    suggestions,
    translate,
    translate_json,
    translation_files,
    uploads,
    word_files,
    writers,
)
from reports.views.desk import archive, countries, editions, progress, sections
from reports.views.desk import country as desk_country
from reports.views.people import account, address, events, invitation, lost_device, mails, people, sessions
from reports.views.people import home as people_home
from reports.views.public import health, home, machine, privacy, verify
from reports.views.review import comparison, decision, log, review
from reports.views.review import section as review_section
from reports.views.review import translate as own_translation
from reports.views.review import translate_json as own_translation_json


class CountryCode:
    regex = codes.COUNTRY

    def to_python(self, value: str) -> str:
        return value

    to_url = to_python


class PartCode(CountryCode):
    """A goal ("1.1") or, in a form by target, a target ("1")."""

    regex = codes.PART


class PageCode(CountryCode):
    """A part, one section ("1.1.A"), or the whole report ("all")."""

    regex = codes.PAGE


class QuestionCode(CountryCode):
    """A section's question: "2.1.B" or, in a form by target, "1.undertaken"."""

    regex = codes.QUESTION


class PortalLanguage(CountryCode):
    """A language into which a report can be translated."""

    regex = "|".join(PORTAL_LANGUAGES)


class Digest(CountryCode):
    regex = "[0-9a-fA-F]{64}"


register_converter(CountryCode, "country")
register_converter(QuestionCode, "question")
register_converter(PartCode, "part")
register_converter(PageCode, "page")
register_converter(PortalLanguage, "into")
register_converter(Digest, "sha256")
REPORT = "reports/<country:code>/<int:year>/"
SECTION_INTO = REPORT + "translate/<into:language>/<question:section>/"
OWN_INTO = REPORT + "review/<question:section>/translate/<into:language>/"
DESK = "desk/<int:year>/"

urlpatterns = [
    path("", home.home, name="home"),
    path("language/", home.language, name="language"),
    path("help/", TemplateView.as_view(template_name="public/help.html"), name="help"),
    path("accessibility/", TemplateView.as_view(template_name="public/accessibility.html"), name="accessibility"),
    path("privacy/", privacy.privacy, name="privacy"),
    path("health/", health.alive, name="alive"),
    path("health/ready/", health.ready, name="ready"),
    path("machine/<str:token>/", machine.delivery, name="machine_delivery"),
    path("unsent/", saving.unsent, name="unsent"),
    path("token/", saving.token, name="token"),
    path("tasks/", people_home.your_tasks, name="your_tasks"),
    path("reports/", report.my_reports, name="my_reports"),
    path(REPORT, report.report, name="report"),
    path(REPORT + "open/", report.open_report, name="open_report"),
    path(REPORT + "<page:part>/", part.part, name="part"),
    path(REPORT + "<page:part>/save/", saving.save, name="save"),
    path(REPORT + "<page:part>/save/field/", saving.save_field, name="save_field"),
    path(REPORT + "<page:part>/save/conflicts/<int:pk>/", saving.settle, name="settle"),
    path(REPORT + "<page:part>/now/", saving.now, name="now"),
    path(REPORT + "comments/", comments.comments, name="comments"),
    path(REPORT + "comments/<int:pk>/", comments.comment, name="comment"),
    path(REPORT + "send-in/", report.send_in, name="send_in"),
    path(REPORT + "withdraw/", report.withdraw, name="withdraw"),
    path(REPORT + "upload/", uploads.upload, name="upload"),
    path(REPORT + "translation-files/", translation_files.translation_files, name="translation_files"),
    path(REPORT + "translation.xlf", translation_files.translation_file, name="translation_file"),
    path(REPORT + "readings/<int:pk>/", uploads.reading, name="reading"),
    path(REPORT + "readings/<int:pk>/undo/", uploads.undo, name="undo_reading"),
    path(REPORT + "history/<int:pk>/", history.history, name="history"),
    path(REPORT + "history/<int:pk>/bring-back/", history.bring_back, name="bring_back"),
    path(REPORT + "sections/<question:section>/history/", history.section_history, name="section_history"),
    path(REPORT + "contributions/<int:pk>/suggest/", suggestions.suggest, name="suggest"),
    path(REPORT + "suggestions/<int:pk>/", suggestions.suggestion, name="suggestion"),
    path(REPORT + "translate/<into:language>/", translate.translate, name="translate"),
    path(REPORT + "translate/beside/<question:section>/", translate.translation_beside, name="translation_beside"),
    path(SECTION_INTO, translate.translate_section, name="translate_section"),
    path(SECTION_INTO + "save/", translate_json.save_row, name="save_row"),
    path(SECTION_INTO + "save/mark/", translate_json.mark, name="mark_row"),
    path(SECTION_INTO + "save/conflicts/<int:pk>/", translate_json.settle_row, name="settle_row"),
    path(SECTION_INTO + "now/", translate_json.rows_now, name="rows_now"),
    path(REPORT + "read/", submissions.read, name="read"),
    path(REPORT + "draft.pdf", submissions.draft_pdf, name="draft_pdf"),
    path(REPORT + "submissions/<int:number>/", submissions.submission, name="submission"),
    path(REPORT + "submissions/<int:number>.pdf", submissions.submission_pdf, name="submission_pdf"),
    path(REPORT + "submissions/<int:number>.json", submissions.submission_json, name="submission_json"),
    path(REPORT + "form.docx", word_files.blank_form, name="blank_form"),
    path(REPORT + "draft.docx", word_files.draft_word, name="draft_word"),
    path(REPORT + "own.docx", word_files.own_word, name="own_word"),
    path(REPORT + "submissions/<int:number>.docx", word_files.submission_word, name="submission_word"),
    path("verify/", verify.verify, name="verify"),
    path("verify/<sha256:digest>/", verify.verdict, name="verdict"),
    path("desk/", countries.newest_desk, name="desk"),
    path("desk/countries/<country:code>/", desk_country.desk_country, name="desk_country"),
    path(DESK, countries.desk, name="desk"),
    path(DESK + "countries.csv", countries.countries_csv, name="countries_csv"),
    path(DESK + "countries.xlsx", countries.countries_xlsx, name="countries_xlsx"),
    path(DESK + "sections/", sections.desk_sections, name="desk_sections"),
    path(DESK + "sections.csv", sections.sections_csv, name="sections_csv"),
    path(DESK + "archive/", archive.prepare, name="archive"),
    path(DESK + "all-countries.pdf", archive.compilation, name="compilation"),
    path(DESK + "archive.zip", archive.download, name="archive_zip"),
    path(DESK + "progress/", progress.desk_progress, name="desk_progress"),
    path(DESK + "goals/<part:part>/", sections.desk_goal, name="desk_goal"),
    path("forms/", editions.forms, name="forms"),
    path("forms/<int:year>/", editions.form, name="form"),
    path("forms/<int:year>/open/", editions.open_form, name="open_form"),
    path("forms/<int:year>/extend/", editions.extend, name="extend"),
    path("people/", people.people, name="people"),
    path("people/events/", events.events, name="events"),
    path("people/<int:pk>/again/", people.invite_again, name="invite_again"),
    path("people/<int:pk>/end/", people.end_role, name="end_role"),
    path("people/<int:pk>/lost-device/", lost_device.lost_device, name="lost_device"),
    path("people/lost-devices/", lost_device.lost_devices, name="lost_devices"),
    path("people/lost-devices/<int:pk>/", lost_device.answer_lost_device, name="answer_lost_device"),
    path("account/sessions/", sessions.sessions, name="usersessions_list"),
    path("account/sessions/others/end/", sessions.end_other_sessions, name="end_other_sessions"),
    path("account/sessions/<int:pk>/end/", sessions.end_session, name="end_session"),
    path("countries/<country:code>/people/", people.country_people, name="country_people"),
    path("invitation/<str:key>/", invitation.invitation, name="invitation"),
    path("address/", address.change_address, name="change_address"),
    path("address/<str:token>/", address.confirm_address, name="confirm_address"),
    path(REPORT + "writers/", writers.writers, name="writers"),
    path(REPORT + "review/", review.review, name="review"),
    path(REPORT + "review/<question:section>/", review_section.review_section, name="review_section"),
    path(OWN_INTO, own_translation.own_translation, name="own_translation"),
    path(OWN_INTO + "save/", own_translation_json.save_own, name="save_own"),
    path(OWN_INTO + "save/mark/", own_translation_json.mark_own, name="mark_own"),
    path(OWN_INTO + "now/", own_translation_json.own_rows_now, name="own_rows_now"),
    path(REPORT + "decide/", decision.decide, name="decide"),
    path(REPORT + "questions/", questions.questions, name="questions"),
    path(REPORT + "compare/", comparison.compare_submissions, name="compare_submissions"),
    path(REPORT + "log/", log.log, name="log"),
    path(REPORT + "approvals/", approvals.approvals, name="approvals"),
    path(REPORT + "approvals/<int:pk>/", approvals.answer_approval, name="answer_approval"),
    path("account/", account.account, name="account"),
    path("account/data.json", account.account_data, name="account_data"),
    path("account/delete/", account.delete_own_account, name="delete_own_account"),
    path("people/accounts/<int:pk>/delete/", account.delete_account, name="delete_account"),
    path("mails/", mails.mails, name="mails"),
    path("calendar.ics", mails.calendar, name="calendar"),
]
