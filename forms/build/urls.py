"""Addresses below /admin/form-build/; Wagtail's hook puts a sign-in before all of them."""

from django.urls import path

from .views import dry_run, export, findings, funnel, group, new_form, paper, ready, shared_blocks, versions

app_name = "form_build"
urlpatterns = [
    path("new/", new_form.NewFormScreen.as_view(), name="new"),
    path("<int:page_id>/export/", export.export, name="export"),
    path("<int:page_id>/copy/", new_form.CopyScreen.as_view(), name="copy"),
    path("<int:page_id>/ready/", ready.ReadyView.as_view(), name="ready"),
    path("<int:page_id>/dry-run/", dry_run.DryRunScreen.as_view(), name="dry_run"),
    path("<int:page_id>/findings/", findings.FindingsView.as_view(), name="findings"),
    path("<int:page_id>/versions/", versions.VersionsScreen.as_view(), name="versions"),
    path("<int:page_id>/versions/<int:number>/", versions.VersionScreen.as_view(), name="version"),
    path("<int:page_id>/trial/", ready.TrialView.as_view(), name="trial"),
    path("<int:page_id>/paper/", paper.draft, name="paper"),
    path("<int:page_id>/funnel/", funnel.FunnelScreen.as_view(), name="funnel"),
    path("groups/<int:page_id>/", group.GroupScreen.as_view(), name="group"),
    path("blocks/", shared_blocks.block_list, name="blocks"),
    path("blocks/<int:block_id>/", shared_blocks.block_copy, name="block-copy"),
]
