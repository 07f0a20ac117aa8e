"""A quoted passage in later versions of its text: where it is, and that it is not lost by edits elsewhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.document.lengths import LONGEST_TEXT
from reports.document.passages import LONGEST_QUOTE, Quote, find, folded, shortened, text_of
from tests.document.effort import calls

TEXT = (
    "The act on the solicitation of minors entered into force on 10 April 2014. In May the Board of Prosecutors issued "
    "a circular to all offices. It provides for one contact magistrate in each of the twelve districts and a first "
    "decision within 14 days of the report. Two training days were held in each district."
)
WORDS = "within 14 days of the report"


def quoted(words, text=TEXT):
    """The quote as the page sends it: with 60 characters on each side."""
    at = text.index(words)
    return Quote(words, text[max(0, at - 60) : at], text[at + len(words) :][:60])


def place(quote, text):
    found = find(quote, text)
    return found and text[found.start : found.end]


@pytest.mark.parametrize(
    ("words", "now", "expected"),
    [
        (WORDS, WORDS, WORDS),
        (WORDS, "within 15 working days of the report", "within 15 working days of the report"),
        ("14 days", "a fortnight", "a fortnight"),  # nothing of it remains, but what was around it does
        ("twelve", "20", "20"),
        (WORDS, "", None),
        ("Two training days were held in each district.", "Nothing else.", None),
        ("a first decision", "A  First decision", "A  First decision"),
    ],
)
def test_a_passage_is_followed_through_a_change_of_it(words, now, expected):
    found = place(quoted(words), folded(TEXT.replace(words, now)) if "  " not in now else TEXT.replace(words, now))
    assert found == expected


def test_of_equal_passages_the_one_with_the_same_surroundings_is_found():
    text = "The police wrote to the police, and the police answered."
    second = Quote("the police", "wrote to ", ", and the")
    assert find(second, text).start == text.index("the police,")
    assert find(second, "First " + text).occurrence == 0
    third = Quote("the police", ", and ", " answered")
    assert find(third, text).occurrence == 1


def test_the_same_words_in_other_surroundings_are_found_whole():
    quote = Quote("(14 days).", "first decision ", " Two")
    assert place(quote, "Rewritten (14 days).") == "(14 days)."


def test_words_that_every_sentence_has_are_not_taken_for_the_passage():
    quote = Quote("in each of the offices of the prosecutors")
    assert find(quote, "The training of the police in each of the cities was the work of the ministry.") is None


def test_a_passage_of_two_paragraphs_and_a_table_is_found():
    html = "<p>One <strong>con</strong>tact.</p><ul><li><p>Two days.</p></li></ul>"
    html += "<table><tr><td><p>Police</p></td><td><p>12</p></td></tr></table>"
    assert text_of(html) == "One contact. Two days. Police 12"
    assert place(Quote("contact. Two days. Police"), text_of(html))


def test_a_long_quote_is_cut_after_a_word():
    short = shortened("word " * 1_000)
    assert len(short) <= LONGEST_QUOTE
    assert short.endswith("word")


words = st.lists(
    st.sampled_from(
        ["act", "police", "report", "offices", "training", "magistrate", "decision", "of", "the", "in", "days"]
    ),
    max_size=30,
)
other = st.lists(
    st.sampled_from(["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa"]),
    max_size=30,
)


@given(
    words,
    st.lists(st.sampled_from(["act", "police", "report", "offices", "of", "the"]), min_size=1, max_size=12),
    words,
    other,
    other,
)
def test_an_edit_elsewhere_never_loses_it(before, passage, after, new_before, new_after):
    quote = quoted(" ".join(passage), " ".join([*before, *passage, *after]))
    found = find(quote, " ".join([*new_before, *passage, *new_after]))
    assert found.words == quote.words
    assert found.start == len(" ".join([*new_before, ""]))


@given(
    words,
    st.permutations(["magistrates", "announced", "twelve", "circulars", "prosecutors", "september"]),
    words,
    st.data(),
)
def test_it_is_kept_while_most_of_its_letters_remain(before, passage, after, data):
    quote = quoted(" ".join(passage), " ".join([*before, *passage, *after]))
    gone = data.draw(
        st.sets(st.sampled_from(range(len(passage))), max_size=2)
    )  # of six words, at most 22 letters of 54
    kept = [word for at, word in enumerate(passage) if at not in gone]
    edited = [word if at not in gone else "instead" for at, word in enumerate(passage)]
    found = place(quote, " ".join([*before, *edited, *after]))
    assert set(kept) <= set(found.split())
    assert len(found.split()) <= len(passage)


@given(words, st.lists(st.sampled_from(["magistrates", "announced", "twelve"]), min_size=1, max_size=5), words)
def test_restored_text_finds_it_again(before, passage, after):
    text = " ".join([*before, *passage, *after])
    quote = quoted(" ".join(passage), text)
    assert find(quote, " ".join([*before, *after])) is None
    assert find(quote, text).words == quote.words


@pytest.mark.parametrize("text", ["a" * LONGEST_TEXT, "the " * (LONGEST_TEXT // 4), TEXT * (LONGEST_TEXT // len(TEXT))])
def test_the_effort_grows_with_the_text_only(text):
    quote = shortened("of the other the " * 100)

    def effort(length):
        return calls(lambda: find(Quote(quote, "one two three ", " four five"), folded(text[:length])))

    assert effort(LONGEST_TEXT) < 12 * effort(LONGEST_TEXT // 10) + 10_000
