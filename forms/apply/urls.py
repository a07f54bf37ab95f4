"""Addresses of the journey and of the status page. Everything here is public and never cached."""

from django.urls import path, re_path

from .views import (
    autosave,
    check,
    dialogue,
    ending,
    later,
    ownfiles,
    receipt,
    resume,
    seats,
    status,
    steps,
    stop,
    takeaway,
    uploads,
)

app_name = "apply"

# No NUL and no slash can reach the database through an address.
SLUG = r"apply/(?P<slug>[-\w]{1,100})"

urlpatterns = [
    re_path(rf"^{SLUG}/$", steps.begin, name="begin"),
    re_path(rf"^{SLUG}/check/$", check.check, name="check"),
    re_path(rf"^{SLUG}/receipt/$", receipt.receipt, name="receipt"),
    re_path(rf"^{SLUG}/receipt/pdf/$", takeaway.receipt_pdf, name="receipt_pdf"),
    re_path(rf"^{SLUG}/forget/$", receipt.forget, name="forget"),
    re_path(rf"^{SLUG}/later/$", later.later, name="later"),
    re_path(rf"^{SLUG}/resume/$", resume.resume, name="resume"),
    re_path(rf"^{SLUG}/(?P<step_key>[-\w]{{1,64}})/$", steps.step, name="step"),
    re_path(rf"^{SLUG}/(?P<step_key>[-\w]{{1,64}})/autosave/$", autosave.autosave, name="autosave"),
    re_path(rf"^{SLUG}/(?P<step_key>[-\w]{{1,64}})/upload/$", uploads.upload, name="upload"),
    re_path(rf"^{SLUG}/(?P<step_key>[-\w]{{1,64}})/stop/$", stop.stop, name="stop"),
    path("requests/", status.requests, name="requests"),
    path("requests/status/", status.status, name="status"),
    path("requests/answer/", dialogue.answer, name="answer"),
    path("requests/write/", dialogue.write, name="write"),
    path("requests/papers/", dialogue.add_papers, name="papers"),
    re_path(r"^requests/upload/(?P<page>write|papers|inquiry-\d{1,17})/$", ownfiles.upload, name="own_upload"),
    path("requests/files/<uuid:upload>/", ownfiles.file, name="own_file"),
    path("requests/withdraw/", ending.withdraw, name="withdraw"),
    path("requests/consent/", ending.consent, name="consent"),
    path("requests/data/", takeaway.my_data, name="my_data"),
    path("requests/slip/", takeaway.own_slip, name="slip"),
    path("requests/slip/pdf/", takeaway.own_slip_pdf, name="slip_pdf"),
    path("requests/seat/<int:application_id>-<str:signature>/", seats.seats, name="seats"),
    path("requests/leave/", status.leave, name="leave"),
]
