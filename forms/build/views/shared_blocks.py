"""What the editor's browser asks for to insert a shared block."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from forms.build.models import SharedBlock

EDIT = "form_build.change_formpage"


@never_cache
@require_safe
def block_list(request: HttpRequest) -> JsonResponse:
    """Every block by name, with the kinds of its questions."""
    _require(request)
    rows = [{"id": b.pk, "name": b.name, "about": b.about, "types": b.types} for b in SharedBlock.objects.all()]
    return JsonResponse({"blocks": rows})


@never_cache
@require_safe
def block_copy(request: HttpRequest, block_id: int) -> JsonResponse:
    """The questions of a block, each time with fresh ids."""
    _require(request)
    return JsonResponse({"questions": get_object_or_404(SharedBlock, pk=block_id).state_of_copy()})


def _require(request: HttpRequest) -> None:
    if not request.user.has_perm(EDIT):
        raise PermissionDenied
