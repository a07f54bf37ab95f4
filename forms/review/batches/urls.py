"""Addresses of batches, below /admin/queue/batches/."""

from django.urls import path

from .views import BatchesView, BatchView, NewBatchView, StopBatchView

urlpatterns = [
    path("", BatchesView.as_view(), name="batches"),
    path("new/", NewBatchView.as_view(), name="batch_new"),
    path("<uuid:pk>/", BatchView.as_view(), name="batch"),
    path("<uuid:pk>/stop/", StopBatchView.as_view(), name="batch_stop"),
]
