"""Which tests `make check` chooses for a changed file."""

import pytest

from tests.changed import chosen_for

TESTS = [
    "tests/rules/test_people.py",
    "tests/rules/test_append_only.py",
    "tests/views/people/test_people.py",
    "tests/views/people/test_people_list.py",
    "tests/views/desk/test_countries.py",
    "tests/views/desk/test_files.py",
    "tests/journeys/test_people.py",
    "tests/test_set_up.py",
]


@pytest.mark.parametrize(
    ("path", "chosen"),
    [
        ("tests/journeys/test_people.py", ["tests/journeys/test_people.py"]),
        ("reports/models/people.py", [TESTS[0], TESTS[2], TESTS[3]]),
        ("templates/people/people.html", [TESTS[0], TESTS[2], TESTS[3]]),
        ("reports/views/desk/rendered.py", [TESTS[4], TESTS[5]]),
        ("templates/desk/rendered.html", [TESTS[4], TESTS[5]]),
        ("reports/rules/append_only_rows.py", [TESTS[1]]),
        ("alliance/steps/portal.py", ["tests/test_set_up.py"]),
        ("reports/rules/nothing_like_it.py", []),
        ("README.md", []),
    ],
)
def test_the_name_of_a_file_chooses_its_tests(path, chosen):
    assert chosen_for(path, TESTS) == chosen
