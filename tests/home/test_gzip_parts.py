"""Parts put together are one gzip file, whatever they hold."""

import gzip

from hypothesis import given
from hypothesis import strategies as st

from home import gzip_parts

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=2000)


@given(st.lists(st.tuples(st.booleans(), TEXT), max_size=8))
def test_any_parts_unpack_to_what_they_say(given_parts: list[tuple[bool, str]]) -> None:
    parts = [gzip_parts.constant(text) if kept else gzip_parts.fresh(text) for kept, text in given_parts]
    said = "".join(text for _kept, text in given_parts).encode()
    assert gzip_parts.plain(parts) == said
    assert gzip.decompress(gzip_parts.packed(parts)) == said


def test_a_secret_costs_the_same_beside_any_words() -> None:
    guess = gzip_parts.constant("token=abcdef" * 20)
    right, wrong = gzip_parts.fresh("token=abcdef"), gzip_parts.fresh("token=ghijkl")
    assert len(right.packed) == len(wrong.packed)
    assert gzip.decompress(gzip_parts.packed([guess, right])).endswith(b"token=abcdef")
