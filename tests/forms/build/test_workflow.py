"""A moderator's approval is a road to publishing like any other: it meets the gate, and stays an open task."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import GroupApprovalTask, Workflow, WorkflowPage, WorkflowTask

from forms.build import gate
from forms.build.editform import FormPageForm
from forms.build.models import FormPage
from forms.definitions import versions
from tests.factories.forms import form_index, form_page, tried

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(person):
    """A changed form that waits for approval by the group of the administrators."""
    page = form_page()
    task = GroupApprovalTask.objects.create(name="Проверка", active=True)
    task.groups.add(Group.objects.get(name="Администратор"))
    workflow = Workflow.objects.create(name="Проверка форм", active=True)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=form_index())
    page.minutes = 9
    page.save_revision()
    workflow.start(page, person("formeditor"))
    return FormPage.objects.get(pk=page.pk)


def test_an_untried_form_is_not_approved_from_anywhere(waiting, signed_in, person) -> None:
    admin = signed_in("admin")
    state = waiting.current_workflow_task_state
    with pytest.raises(gate.NotReady):
        state.approve(user=admin.user)
    address = reverse("wagtailadmin_pages:workflow_action", args=[waiting.pk, "approve", state.pk])
    assert admin.post(address, {"comment": ""}).status_code in {302, 403}
    waiting = FormPage.objects.get(pk=waiting.pk)
    assert waiting.current_workflow_task_state.status == "in_progress"
    assert versions.current("help")[1].minutes == 7


def test_a_tried_one_is(waiting, signed_in) -> None:
    admin = signed_in("admin")
    tried(waiting.get_latest_revision_as_object())
    state = waiting.current_workflow_task_state
    admin.post(reverse("wagtailadmin_pages:workflow_action", args=[waiting.pk, "approve", state.pk]), {"comment": ""})
    assert versions.current("help")[1].minutes == 9


def test_the_editor_tells_the_moderator_what_is_missing(waiting) -> None:
    draft = waiting.get_latest_revision_as_object()
    form = FormPage.get_edit_handler().get_form_class()(instance=draft)
    assert isinstance(form, FormPageForm)
    assert form.is_untried()
    tried(draft)
    assert not form.is_untried()
    draft.consent_text = ""
    assert not form.is_untried()
