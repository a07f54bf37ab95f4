"""Addresses of the queue, below Wagtail's admin."""

from django.urls import include, path

from .absences import AbsencesView
from .asking import AskView
from .auditing.views import JournalView
from .calling import CallView
from .card import CardView
from .comparing import CompareView
from .composing import LetterView, NoteView, PeopleView, UnsentView
from .entered import AddView, EnteredView, EntrySlipView
from .files import FileView
from .fresh import FreshView
from .keeping import ColumnsView, DropView, KeepView
from .known import FoundView
from .merging import MergeView
from .moves.page import StepView
from .moves.undoing import ForgetView, UndoView
from .presence import PresenceView
from .queue import QueueView
from .staff_part import StaffView
from .tallying import TallyReportView, TallyView

app_name = "form_review"

urlpatterns = [
    path("", QueueView.as_view(), name="queue"),
    path("results/", QueueView.as_view(results_only=True), name="queue_results"),
    path("fresh/", FreshView.as_view(), name="fresh"),
    path("columns/", ColumnsView.as_view(), name="columns"),
    path("absences/", AbsencesView.as_view(), name="absences"),
    path("absences/<int:pk>/", AbsencesView.as_view(), name="absence"),
    path("views/", KeepView.as_view(), name="keep"),
    path("views/<int:pk>/drop/", DropView.as_view(), name="drop"),
    path("journal/", JournalView.as_view(), name="journal"),
    path("batches/", include("forms.review.batches.urls")),
    path("exports/", include("forms.review.exporting.urls")),
    path("meetings/", include("forms.review.meetings.urls")),
    path("call/", CallView.as_view(), name="call"),
    path("call/found/", FoundView.as_view(), name="found"),
    path("call/tally/", TallyView.as_view(), name="tally"),
    path("call/report/", TallyReportView.as_view(), name="tally_report"),
    path("call/<int:pk>/", EnteredView.as_view(), name="entered"),
    path("call/<int:pk>/slip/", EntrySlipView.as_view(), name="entered_slip"),
    path("<int:pk>/compare/<int:other>/", CompareView.as_view(), name="compare"),
    path("<int:pk>/merge/", MergeView.as_view(), name="merge"),
    path("<int:pk>/add/", AddView.as_view(), name="add"),
    path("<int:pk>/", CardView.as_view(), name="card"),
    path("<int:pk>/files/<uuid:upload>/", FileView.as_view(), name="file"),
    path("<int:pk>/note/", NoteView.as_view(), name="note"),
    path("<int:pk>/letter/", LetterView.as_view(), name="letter"),
    path("<int:pk>/staff/", StaffView.as_view(), name="staff"),
    path("<int:pk>/presence/", PresenceView.as_view(), name="presence"),
    path("<int:pk>/people/", PeopleView.as_view(), name="people"),
    path("<int:pk>/unsent/", UnsentView.as_view(), name="unsent"),
    path("<int:pk>/ask/", AskView.as_view(), name="ask"),
    path("<int:pk>/undo/", UndoView.as_view(), name="undo"),
    path("<int:pk>/forget/<slug:action>/", ForgetView.as_view(), name="forget"),
    path("<int:pk>/<slug:action>/", StepView.as_view(), name="move"),
]
