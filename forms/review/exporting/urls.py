"""Addresses of exports, below /admin/queue/exports/."""

from django.urls import path

from .views import DropExportView, ExportsView, ExportView, FileView, NewExportView, StopExportView

urlpatterns = [
    path("", ExportsView.as_view(), name="exports"),
    path("new/", NewExportView.as_view(), name="export_new"),
    path("<uuid:pk>/", ExportView.as_view(), name="export"),
    path("<uuid:pk>/stop/", StopExportView.as_view(), name="export_stop"),
    path("<uuid:pk>/drop/", DropExportView.as_view(), name="export_drop"),
    path("<uuid:pk>/file/", FileView.as_view(), name="export_file"),
]
