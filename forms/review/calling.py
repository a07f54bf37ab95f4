"""«Принять звонок»: who calls, what they ask, one page, one form, saved once however often the button is pressed."""

import uuid
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from forms.applications import assigning, deadlines, entering, opening
from forms.applications.models import Application, Channel
from forms.applications.models.entry import SPOKEN
from forms.applications.movement import Refused, Stale
from forms.applications.policies import WORK
from forms.definitions import drawing

from . import callform, known, tallying
from .access import EntryAccess
from .callform import CallForm

WRONG = 422
LAST = "call_form"
RESOLVE = "resolve"
KEY_LENGTH = 64
LABELS = {channel.value: channel.label for channel in Channel}


class CallView(EntryAccess, WagtailAdminTemplateMixin, View):
    """The page of a call. Every button sends the whole page, so nothing typed is lost, with script and without."""

    page_title = _("Принять звонок")
    header_icon = "mobile-alt"
    template_name = "review/call.html"
    _show_breadcrumbs = True

    def get(self, request: HttpRequest) -> HttpResponse:
        """A blank page of the form that this person used last."""
        form = self.chosen(request.GET.get("form", ""))
        return self.draw(form, None)

    def post(self, request: HttpRequest) -> HttpResponse:
        """By the button that was pressed; without one, as after Enter, the earlier applications are looked up."""
        form = callform.opened(request.POST.get("form", ""))
        if "save" in request.POST:
            return self._save(form)
        if "switch" in request.POST:
            other = callform.opened(request.POST.get("to", ""))
            return self.draw(other, None, answers=form.carried_to(other, request.POST), note="switched")
        if "tally" in request.POST or "untally" in request.POST:
            return self.draw(form, request.POST, **tallying.pressed(request.user, request.POST))
        if "new" in request.POST:
            return self._new(form)
        changed = drawing.painter().change(form.digest, form.whole, request.POST)
        if changed is not None:
            return self.draw(form, changed[0], focus=changed[1])
        return self.draw(form, request.POST)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """One level: calls begin here."""
        return [{"url": "", "label": self.get_page_title()}]

    def chosen(self, slug: str) -> CallForm:
        """The form asked for, the last one, or the first."""
        slugs = [each for each, _title in self.forms]
        last = self.request.session.get(LAST, "")
        found = next((each for each in (slug, last, *slugs[:1]) if each in slugs), "")
        if slug and slug == found != last:
            self.request.session[LAST] = slug
        return callform.opened(found)

    @property
    def forms(self) -> list[tuple[str, str]]:
        """The forms to choose from."""
        if not hasattr(self, "_forms"):
            self._forms = callform.offered()
        return self._forms

    def draw(self, form: CallForm, typed: Any, *, status: int = 200, **extra: Any) -> HttpResponse:
        """The page as it stands."""
        drawn = form.draw(typed, extra.pop("answers", None))
        response: HttpResponse = self.render_to_response(
            self.get_context_data(form=form, drawn=drawn, typed=typed or {}, **extra), status=status
        )
        # A slip of the pen is no event for the log of warnings.
        response._has_been_logged = status == WRONG  # type: ignore[attr-defined]
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What stands around the questions."""
        context = super().get_context_data(**kwargs)
        form, typed = context["form"], context["typed"]
        today = timezone.localdate()
        chosen = callform.channel_of(typed)
        return context | {
            "forms": self.forms,
            "channels": [(each.value, LABELS[each.value], each.value == chosen) for each in SPOKEN],
            "known": known.by_phone(self.request.user, typed.get(form.phone_name, "")),
            "key": str(typed.get("key") or uuid.uuid4())[:KEY_LENGTH],
            "caller": str(typed.get("caller", ""))[: entering.NAME_LENGTH],
            "helper": str(typed.get("helper", ""))[: entering.NAME_LENGTH],
            "consented": callform.consented(typed, form),
            "words": entering.spoken_consent(form.definition),
            "channel": chosen,
            "tallies": tallying.today(self.request.user),
            "pressed": timezone.now().timestamp(),
            "loose": [words for place, each in form.errors.items() if not place for words in each],
            "opening": opening.of(form.version.form),
            "promise": deadlines.due_on(today, settings.ANSWER_PERIOD_DAYS, 0),
            "today": today,
            "days": settings.ANSWER_PERIOD_DAYS,
            "may_resolve": self.request.user.has_perm(WORK),
        }

    def _new(self, form: CallForm) -> HttpResponse:
        """A new request of somebody who is known: what is known is filled in."""
        found = known.by_phone(self.request.user, self.request.POST.get(form.phone_name, ""))
        newest = found.newest if found else None
        typed = form.filled_from(newest, self.request.POST) if newest else self.request.POST
        return self.draw(form, typed, focus="blank")

    def _save(self, form: CallForm) -> HttpResponse:
        data = self.request.POST
        form.read(data)
        told = "" if callform.consented(data, form) else callform.refusal_of_consent()
        if form.errors or told:
            return self.draw(form, data, status=WRONG, consent_error=told)
        stop = form.stop()
        if stop and (stop.rule.hard or data.get("warned") != stop.rule.key):
            return self.draw(form, data, status=WRONG, stop=stop)
        said = entering.Said(data.get("channel", ""), data.get("caller", ""), data.get("helper", ""))
        try:
            application = entering.enter(form.version, form.answers, said, self.request.user, data.get("key", ""))
        except Refused as refused:
            return self.draw(form, data, status=WRONG, refusal=refused.sentence)
        if (
            data.get("save") == RESOLVE
            and self.request.user.has_perm(WORK)
            and (address := self._resolving(application))
        ):
            return HttpResponseRedirect(address)
        return HttpResponseRedirect(reverse("form_review:entered", args=[application.pk]))

    def _resolving(self, application: Application) -> str:
        """Take what was just written down and lead on to its answer; blank where it is not this person's to decide."""
        user, entered = self.request.user, reverse("form_review:entered", args=[application.pk])
        read = [messages.button(entered, _("Номер и код, чтобы прочитать вслух"))]
        try:
            if application.assignee_id != user.pk:
                assigning.take(application.pk, user, application.version)
        except (Refused, Stale, Application.DoesNotExist):
            messages.warning(self.request, _("Записано, но решить сразу не получится: обращение у другой команды."))
            return ""
        told = _("Записано: %(number)s.") % {"number": application.public_number}
        messages.success(self.request, told, buttons=read)
        return reverse("form_review:move", args=[application.pk, "resolve"])
