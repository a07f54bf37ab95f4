"""A moderator's approval is a road to publishing like any other: it meets the gate, and stays an open task."""

from html import unescape

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


def _approving(page) -> str:
    return reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", page.current_workflow_task_state.pk])


def test_an_untried_form_is_not_approved_from_anywhere(waiting, signed_in, person) -> None:
    admin = signed_in("admin")
    state = waiting.current_workflow_task_state
    with pytest.raises(gate.NotReady):
        state.approve(user=admin.user)
    address, ready = _approving(waiting), reverse("form_build:ready", args=[waiting.pk])
    page = admin.post(address, {"comment": ""}, follow=True)
    assert page.redirect_chain[-1][0] == ready
    words = unescape(page.content.decode())
    assert f"«{waiting.title}» не опубликована" in words and str(gate.UNTRIED) in words
    # The dialogue with a comment goes where it is told.
    answer = admin.post(address, {"comment": "да"}, headers={"X-Requested-With": "XMLHttpRequest"}).json()
    assert answer == {"step": "success", "redirect": ready}
    waiting = FormPage.objects.get(pk=waiting.pk)
    assert waiting.current_workflow_task_state.status == "in_progress"
    assert versions.current("help")[1].minutes == 7


def test_a_tried_one_is(waiting, signed_in) -> None:
    admin = signed_in("admin")
    tried(waiting.get_latest_revision_as_object())
    admin.post(_approving(waiting), {"comment": ""})
    version, definition = versions.current("help")
    assert definition.minutes == 9
    assert version.published_by == admin.user, "who approves publishes"


def test_the_editor_tells_the_moderator_what_is_missing(waiting) -> None:
    draft = waiting.get_latest_revision_as_object()
    form = FormPage.get_edit_handler().get_form_class()(instance=draft)
    assert isinstance(form, FormPageForm)
    assert form.is_untried()
    tried(draft)
    assert not form.is_untried()
    draft.consent_text = ""
    assert not form.is_untried()
