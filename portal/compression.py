"""Which answers travel compressed: those whose browser takes gzip, by RFC 9110 section 12.5.3."""

import re
from functools import lru_cache

from django.http import HttpRequest
from django.middleware.gzip import GZipMiddleware

# Headers no longer than this are remembered: browsers send a handful of short ones.
LONGEST = 200
_CODING = re.compile(r"\s*([!#$%&'*+.^_`|~0-9a-z-]+)\s*((?:;[^,]*)?)")
_WEIGHT = re.compile(r";\s*q\s*=\s*(.*?)\s*(?:;|$)")
_NUMBER = re.compile(r"0(\.\d*)?|1(\.0*)?", re.ASCII)


def takes_gzip(accepted: str) -> bool:
    """Whether `Accept-Encoding` wants the answer compressed: gzip is named, or all are, and not with a weight of 0.

    Whoever likes the plain answer better gets that. One who refuses the plain one as well gets it all the same: an
    answer helps more than none, and the RFC leaves it to the server.
    """
    return _remembered(accepted) if len(accepted) <= LONGEST else _takes_gzip(accepted)


def _takes_gzip(accepted: str) -> bool:
    weights: dict[str, float] = {}
    for part in accepted.lower().split(","):
        if found := _CODING.fullmatch(part):
            name = "gzip" if found[1] == "x-gzip" else found[1]
            weights[name] = min(weights.get(name, 1.0), _weight(found[2]))
    gzip = weights.get("gzip", weights.get("*", 0.0))
    return gzip > 0 and gzip >= weights.get("identity", 0.0)


_remembered = lru_cache(maxsize=200)(_takes_gzip)


def _weight(parameters: str) -> float:
    """The weight a coding was given; 1 without one, 0 where it is no weight at all."""
    told = _WEIGHT.search(parameters)
    if told is None:
        return 1.0
    return float(told[1]) if _NUMBER.fullmatch(told[1]) else 0.0


class Compression(GZipMiddleware):
    """As Django's, which looks for the letters «gzip» alone: here and below, what is asked for is «gzip» or nothing."""

    def process_request(self, request: HttpRequest) -> None:
        """Decides once, for the views that compress by themselves too."""
        accepted = request.META.get("HTTP_ACCEPT_ENCODING")
        if accepted is not None:
            request.META["HTTP_ACCEPT_ENCODING"] = "gzip" if takes_gzip(accepted) else ""
