"""Who may go through a trial: nobody but those who may edit the page of the form."""

from django.http import Http404, HttpRequest

from forms.applications import trials
from forms.applications.models import Trial


def trial_at(request: HttpRequest, slug: str) -> Trial | None:
    """The trial of such an address; None for the address of a form. Raises Http404 for whoever may not edit it."""
    if not slug.startswith(trials.PREFIX):
        return None
    user = request.user
    trial = trials.at(slug) if user.is_authenticated and user.has_perm("wagtailadmin.access_admin") else None
    if trial is None or not trial.page.specific.permissions_for_user(user).can_edit():
        raise Http404
    return trial
