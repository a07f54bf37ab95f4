"""/healthz: this process answers. /readyz: it can do its work, or says in words why not; neither tells secrets."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from forms.notifications import outbox

logger = logging.getLogger(__name__)
_migrated: set[str] = set()  # applied migrations stay applied while a process lives: the answer "yes" is kept


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the process answers at all; touches nothing else."""
    return HttpResponse("ok", content_type="text/plain")


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return ""


def _migrations() -> str:
    if connection.alias in _migrated:
        return ""
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        return f"{len(waiting)} migrations are not applied"
    _migrated.add(connection.alias)
    return ""


def _outbox() -> str:
    age = outbox.age_seconds()
    return f"the oldest letter has waited {age:.0f} s: is the worker running?" if age > settings.OUTBOX_LATE_S else ""


CHECKS: dict[str, Callable[[], str]] = {"database": _database, "migrations": _migrations, "outbox": _outbox}


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when every check passes; 503 and the reasons otherwise."""
    reasons: dict[str, str] = {}
    for name, check in CHECKS.items():
        try:
            reason = check()
        except DatabaseError as error:
            logger.warning("readiness check %s failed: %s", name, type(error).__name__)
            reason = "does not answer"
        if reason:
            reasons[name] = reason
    return JsonResponse({"ready": not reasons, "reasons": reasons}, status=503 if reasons else 200)
