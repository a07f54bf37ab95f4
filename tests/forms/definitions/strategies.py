"""Random conditions, expressions and answers for the property-based tests."""

from typing import Any

from hypothesis import strategies as st

from forms.definitions.shape import AGAINST_OTHERS

KEYS = ["a", "b", "c", "constructor"]
GROUP = "g"
CODES = ["irkutsk", "irkutsk-lenin", "oblast", "mars"]
BELOW = {"irkutsk": ["irkutsk-lenin"], "oblast": ["irkutsk", "irkutsk-lenin"]}

days = st.dates().map(lambda day: day.isoformat())
near = st.sampled_from(
    ["2026-11-22", "2008-11-22", "2008-02-29", "2026-02-28", "2026-12-31", "2026-11", "2008", "2026-13"]
)
sums = st.one_of(
    st.sampled_from(
        [
            "1500.00",
            "500.00",
            "0.10",
            "-2.50",
            "0.00",
            "-0.00",
            "010.00",
            "10.5",
            "9999999999999.99",
            "10000000000000.00",
        ]
    ),
    st.decimals(-200, 2000, places=2).map(lambda sum_: f"{sum_:.2f}"),
)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=4)
numbers = st.one_of(
    st.integers(-3, 20),
    st.integers(-(2**54), 2**54),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.decimals(-100, 100, places=2).map(float),
)
scalars = st.one_of(
    st.sampled_from(["x", "y", "юрист"]), texts, numbers, st.booleans(), near, days, st.sampled_from(CODES), sums
)
parted = st.one_of(
    st.fixed_dictionaries({"choice": scalars, "other": texts}),
    st.fixed_dictionaries({"age": st.one_of(st.integers(-5, 3000), scalars), "on": near}),
)
values = st.one_of(
    scalars,
    st.none(),
    parted,
    st.lists(scalars, max_size=3),
    st.dictionaries(texts, st.one_of(scalars, st.none()), max_size=2),
)
rows = st.lists(st.one_of(st.dictionaries(st.sampled_from(["id", *KEYS]), values, max_size=4), values), max_size=4)
answers = st.dictionaries(st.sampled_from(KEYS), values, max_size=4).flatmap(
    lambda given: st.one_of(st.none(), rows, values).map(lambda group: given | ({GROUP: group} if group else {}))
)
todays = st.one_of(
    st.sampled_from(["2026-11-22", "2028-02-29", "2026-12-31"]),
    st.dates().map(lambda d: max("1000-01-01", d.isoformat())),
)
units = st.sampled_from(["days", "months", "years"])


@st.composite
def operands(draw: st.DrawFn) -> dict[str, Any]:
    """What a leaf may be compared to."""
    if draw(st.booleans()):
        return {"today": draw(st.integers(-40_000, 40_000)), "unit": draw(st.one_of(st.none(), units))}
    unit = draw(st.one_of(st.none(), units))
    plus = draw(numbers.filter(lambda n: abs(n) < 2**53)) if unit is None else draw(st.integers(-500, 500))
    return {"q": draw(st.sampled_from(KEYS)), "plus": plus, "unit": unit}


@st.composite
def leaves(draw: st.DrawFn) -> dict[str, Any]:
    """One well-formed leaf."""
    op = draw(st.sampled_from(sorted(VALUES_BY_OP)))
    leaf: dict[str, Any] = {"q": draw(st.sampled_from([*KEYS, GROUP])), "op": op}
    if op in AGAINST_OTHERS and draw(st.booleans()):
        return leaf | {"to": draw(operands())}
    value = VALUES_BY_OP[op]
    return leaf if value is None else leaf | {"v": draw(value)}


safe = scalars.filter(lambda v: not isinstance(v, int | float) or abs(v) < 2**53)
dated = st.one_of(near.filter(lambda v: v != "2026-13"), days.filter(lambda v: v > "1000"))
VALUES_BY_OP: dict[str, Any] = dict.fromkeys(("eq", "ne", "lt", "le", "gt", "ge", "contains"), safe) | {
    "in": st.lists(safe, min_size=1, max_size=4),
    "not_in": st.lists(safe, min_size=1, max_size=4),
    "answered": None,
    "empty": None,
    "between": st.one_of(st.lists(st.integers(-5, 20), min_size=2, max_size=2), st.lists(days, min_size=2, max_size=2)),
    "before": dated,
    "after": dated,
    "age_at_least": st.integers(0, 150),
    "age_at_most": st.integers(0, 150),
    "within": st.sampled_from(CODES),
}


def _grow(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    groups = st.fixed_dictionaries(
        {"op": st.sampled_from(["all", "any", "none"]), "of": st.lists(inner, min_size=1, max_size=3)}
    )
    some = st.fixed_dictionaries(
        {"rows": st.just(GROUP), "op": st.sampled_from(["any_row", "all_rows"]), "where": inner}
    )
    count = st.fixed_dictionaries(
        {
            "rows": st.just(GROUP),
            "op": st.just("count_rows"),
            "n": st.integers(0, 3),
            "cmp": st.sampled_from(["eq", "ne", "lt", "le", "gt", "ge"]),
        },
        optional={"where": inner},
    )
    return st.one_of(groups, groups, some, count)


conditions = st.recursive(leaves(), _grow, max_leaves=6)

_of_rows = st.fixed_dictionaries({"rows": st.just(GROUP), "q": st.sampled_from(KEYS)}, optional={"where": leaves()})
_single = st.one_of(
    st.sampled_from(KEYS).map(lambda key: {"q": key}),
    st.one_of(numbers.filter(lambda n: abs(n) < 2**53), near).map(lambda value: {"v": value}),
    st.integers(-400, 400).map(lambda n: {"today": n}),
)


def _function(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    part = st.one_of(_single, inner)
    two = st.lists(part, min_size=2, max_size=2)
    many = st.lists(part, min_size=2, max_size=4)
    return st.one_of(
        st.fixed_dictionaries({"fn": st.just("age"), "of": st.lists(part, min_size=1, max_size=2)}),
        st.fixed_dictionaries({"fn": st.sampled_from(["days_between", "sub"]), "of": two}),
        st.fixed_dictionaries({"fn": st.just("date_plus"), "of": two}, optional={"unit": units}),
        st.fixed_dictionaries({"fn": st.sampled_from(["add", "mul"]), "of": many}),
        st.fixed_dictionaries(
            {
                "fn": st.sampled_from(["count", "sum", "min", "max"]),
                "of": st.lists(st.one_of(_of_rows, part), min_size=1, max_size=3),
            }
        ),
    )


expressions = st.recursive(_function(_single), _function, max_leaves=4)

json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text()),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(), inner, max_size=4)),
    max_leaves=8,
)
