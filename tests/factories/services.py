"""Makers of municipalities and of what centres offer."""

import factory

from services.models import CalendarException, Territory


class TerritoryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Territory

    class Params:
        abolished = factory.Trait(is_active=False)
        region = factory.Trait(kind=Territory.Kind.REGION)

    code = factory.Sequence(lambda n: f"rayon-{n}")
    name = factory.Sequence(lambda n: f"Район {n:03}")
    kind = Territory.Kind.DISTRICT


class CalendarExceptionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CalendarException

    class Params:
        working = factory.Trait(is_working=True)

    source = "Указ Губернатора от 1 декабря 2026 года № 1-уг"
