"""Labels: found or made by their names, put on applications and taken off."""

from collections.abc import Iterable

from .models import Application, Label, Labelling

NAME_LENGTH = 80


def named(names: Iterable[str], *, make: bool = True) -> list[Label]:
    """The labels of these names in their order, each once; those that did not exist are made, or left out."""
    wanted = list(dict.fromkeys(name for each in names if (name := " ".join(each.split())[:NAME_LENGTH])))
    if not wanted:
        return []
    if make:
        Label.objects.bulk_create((Label(name=name) for name in wanted), ignore_conflicts=True)
    known = {label.name: label for label in Label.objects.filter(name__in=wanted)}
    return [known[name] for name in wanted if name in known]


def put(application: Application, labels: Iterable[Label]) -> None:
    """Put these labels on it; those that are there already stay."""
    rows = [Labelling(label=label, application=application) for label in labels]
    if rows:
        Labelling.objects.bulk_create(rows, ignore_conflicts=True)
