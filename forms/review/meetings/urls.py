"""Addresses of the meetings, below those of the queue."""

from django.urls import path

from .changing import ChangeView
from .views import MeetingFileView, MeetingsView, MeetingView

urlpatterns = [
    path("", MeetingsView.as_view(), name="meetings"),
    path("<slug:key>/", MeetingView.as_view(), name="meeting"),
    path("<slug:key>/change/", ChangeView.as_view(), name="meeting_change"),
    path("<slug:key>/change/<int:day>/", ChangeView.as_view(), name="meeting_day"),
    path("<slug:key>/file/", MeetingFileView.as_view(), name="meeting_file"),
]
