"""A file that is made to do harm is refused with a sentence, and the next file is read."""

import pytest

from reports.document.problem import Problem
from reports.readers import read
from tests.blank_forms import expected
from tests.readers.hostile_files import HOSTILE


@pytest.mark.parametrize("file", HOSTILE, ids=lambda file: file.name)
def test_a_hostile_file_is_refused(file):
    with pytest.raises(Problem) as refusal:
        read(file.content(), file.name, expected(2014))
    assert file.answer in str(refusal.value)
