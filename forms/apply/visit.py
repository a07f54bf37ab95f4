"""One applicant at one form: which version is current, which draft the cookie opens, where to go next."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.datastructures import MultiValueDict

from forms.applications import draft_pass, drafts, opening
from forms.applications.models import Draft, Trial
from forms.applications.opening import Opening
from forms.definitions import versions
from forms.definitions.document import Definition, Step
from forms.definitions.journey import Journey
from forms.definitions.models import Form, FormVersion
from forms.definitions.moving import migrate_answers

from .basis import TAB, basis_of, may_overwrite
from .draft_cookie import cookie_name, forget, set_cookie, token_of
from .newversion import regrouped, strays
from .trial_access import trial_at

# The page's own key to its draft, should the cookie be lost on the way.
PAGE_KEY = "draft"
Typed = dict[str, list[str]]


@dataclass
class Visit:
    """The state of one request of the journey. `moved` says that the form changed since the draft was last saved."""

    slug: str
    version: FormVersion
    definition: Definition
    draft: Draft | None = None
    answers: dict[str, Any] = field(default_factory=dict)
    moved: bool = False
    lost: bool = False
    new_token: str = ""
    trial: Trial | None = None
    _walked: tuple[dict[str, Any], Journey] | None = None

    @property
    def journey(self) -> Journey:
        """Where the present answers lead."""
        # Answers are never changed in place, so a journey holds as long as they are the same object.
        if self._walked is None or self._walked[0] is not self.answers:
            self._walked = self.answers, Journey(self.definition, self.answers)
        return self._walked[1]

    @property
    def sent(self) -> bool:
        """Whether this draft has become an application already."""
        if self.trial:
            return self.trial.finished_at is not None
        return bool(self.draft and self.draft.application_id)

    @property
    def closed(self) -> bool:
        """Whether the form takes no applications now."""
        return not self.opening.is_open

    @cached_property
    def opening(self) -> Opening:
        """Whether the form takes applications now, and what to say if not; a trial goes through whatever it says."""
        return Opening(opening.OPEN) if self.trial else opening.of(self.version.form)

    @property
    def page_pass(self) -> str:
        """What a page of the draft carries in case the browser loses its cookie; blank before the first word."""
        return draft_pass.make(self.draft) if self.draft and not self.trial else ""

    @property
    def news(self) -> list[str]:
        """What changed in the form while it was being filled, as sentences for the applicant."""
        return self.draft.news if self.draft else []

    @property
    def answer_days(self) -> int:
        """In how many calendar days an application is answered."""
        return int(settings.ANSWER_PERIOD_DAYS)

    @property
    def consent_dated(self) -> date | None:
        """The day of the present text of the consent."""
        dated = self.definition.consent.dated
        return date.fromisoformat(dated) if dated else None

    @property
    def start_url(self) -> str:
        """The page before the first step; of a trial, where it was begun."""
        return self.trial.facts.get("back") or "/" if self.trial else f"/forms/{self.slug}/"

    def url(self, step: Step | None) -> str:
        """The address of a step; of the check page when there is none left."""
        if step is None:
            return reverse("apply:check", args=[self.slug])
        return reverse("apply:step", args=[self.slug, step.key])

    def stop_url(self, step: Step) -> str:
        """The address that says why the form may not help after this step."""
        return reverse("apply:stop", args=[self.slug, step.key])

    def typed(self, step: Step) -> Typed | None:
        """What was typed into a step and could not be accepted yet, as it came from the browser."""
        return self.draft.typed.get(step.key) if self.draft else None

    def keep(self, step: Step, answers: Mapping[str, Any], typed: Typed | None = None) -> None:
        """Save the answers, starting a draft if there is none; `typed` is kept beside them until the step is right."""
        own, self.answers = {question.key for question in step.fields}, dict(answers)
        mine = {step.key: typed} if typed else {}
        if self.draft is None and not self.trial:
            self._begin(answers=self.answers, typed=mine, step_key=step.key)
            return
        draft = self.begun()
        for _attempt in range(drafts.TRIES):
            draft.version_id = self.version.pk
            others = {key: value for key, value in draft.typed.items() if key != step.key}
            draft.typed = others | mine
            if drafts.save(draft, self.answers, step.key, seen=draft.updated_at):
                return
            draft.refresh_from_db()
            if draft.application_id is not None:
                # Sent from another tab a moment ago: what was sent stays as it was.
                return
            # Another tab saved another step a moment ago: both stay.
            elsewhere = {key: value for key, value in draft.answers.items() if key not in own}
            self.answers = elsewhere | {key: value for key, value in self.answers.items() if key in own}
        drafts.save(draft, self.answers, step.key)

    def settle(self, step: Step, answers: Mapping[str, Any], *, told: bool) -> None:
        """Save a step that is answered. `told`: the page has said already what changed in the form."""
        if self.draft and (told or not self.moved):
            self.draft.news = []
        self.keep(step, answers)

    def keep_strays(self, post: MultiValueDict[str, str]) -> None:
        """Keep the words of a page whose step is no longer in the form, at the steps that ask for them now."""
        for key, words in strays(self.version.digest, self.definition, post).items():
            step = self.definition.step(key)
            self.keep(step, self.answers, (self.typed(step) or {}) | words)

    def keep_typed(self, step: Step, typed: Typed, basis: str, tab: str) -> bool:
        """Keep what is being typed; False where another tab has changed this step since the page was drawn."""
        mine = typed | ({TAB: [tab]} if typed else {})
        return drafts.keep_typed(self.begun(), step.key, mine, lambda draft: may_overwrite(draft, step, basis, tab))

    def begun(self) -> Draft:
        """The draft, begun now if there was none."""
        return self.draft or self._begin()

    def _begin(self, **first: Any) -> Draft:
        version = self.version
        begun = drafts.start_trial(self.trial) if self.trial else drafts.start(version.pk, version.form_id, **first)
        self.draft, self.new_token = begun
        return self.draft

    def basis(self, step: Step) -> str:
        """What the server knows of a step, as a short digest: a page that was drawn from something else is old."""
        return basis_of(self.draft, step)

    def remember(self, response: HttpResponse, request: HttpRequest) -> HttpResponse:
        """Give a draft that was started in this request its cookie."""
        if self.new_token:
            set_cookie(response, request, self.slug, self.new_token, settings.DRAFT_DAYS * 86_400)
        elif self.lost:
            forget(response, self.slug)
        return response


def open_visit(request: HttpRequest, slug: str) -> Visit:
    """Find the form and the draft of this browser. Raises Http404 where no form has that address."""
    trial = trial_at(request, slug)
    if trial:
        return _open_trial(request, slug, trial)
    current = versions.current(slug)
    if current is None:
        raise Http404
    version, definition = current
    visit = Visit(slug=slug, version=version, definition=definition)
    draft = _draft_of(request, visit)
    if draft is None:
        visit.lost = bool(request.COOKIES.get(cookie_name(slug)))
        return visit
    visit.draft, visit.answers = draft, dict(draft.answers)
    before = draft.version_id
    if before is not None and before != version.pk and not visit.sent:
        visit.moved = True
        visit.answers, changes = migrate_answers(versions.definition_of(before), definition, draft.answers)
        draft.typed = regrouped(version.digest, definition, draft.typed)
        draft.news = [change.sentence for change in changes]
    return visit


def _draft_of(request: HttpRequest, visit: Visit) -> Draft | None:
    """The draft that the cookie opens; where the browser lost the cookie, the one that the sent page belongs to."""
    token = token_of(request, visit.slug)
    draft = drafts.load(token) if token else None
    if draft is None and PAGE_KEY in request.POST:
        token = str(request.POST[PAGE_KEY])
        draft = drafts.load(token) if draft_pass.draft_named(token) else None
        visit.new_token = token if draft else ""
    return draft if draft and draft.form_id == visit.version.form_id else None


def _open_trial(request: HttpRequest, slug: str, trial: Trial) -> Visit:
    """The journey of a definition that is not published: its form and version are no rows of the database."""
    definition = Definition.from_json(trial.document)
    form = Form(slug=slug, title=definition.title)
    version = FormVersion(form=form, number=0, digest=definition.digest())
    visit = Visit(slug=slug, version=version, definition=definition, trial=trial)
    token = token_of(request, slug)
    draft = drafts.load(token) if token else None
    if draft and draft.trial_id == trial.pk:
        visit.draft, visit.answers = draft, dict(draft.answers)
    return visit
