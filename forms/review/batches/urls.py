"""Addresses of batches, below /admin/queue/batches/."""

from django.urls import path

from .beginning import NewBatchView, RestoreBatchView
from .views import BatchesView, BatchView, ResultView, StopBatchView

urlpatterns = [
    path("", BatchesView.as_view(), name="batches"),
    path("new/", NewBatchView.as_view(), name="batch_new"),
    path("<uuid:pk>/", BatchView.as_view(), name="batch"),
    path("<uuid:pk>/restore/", RestoreBatchView.as_view(), name="batch_restore"),
    path("<uuid:pk>/result/", ResultView.as_view(), name="batch_result"),
    path("<uuid:pk>/stop/", StopBatchView.as_view(), name="batch_stop"),
]
