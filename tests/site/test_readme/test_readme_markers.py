"""The markers: where the jobs go, and when the file is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolecall.errors import MarkerError
from rolecall.site.readme import frame_of, splice

START, END = "<!-- rolecall:start -->", "<!-- rolecall:end -->"


def test_all_outside_the_markers_stays():
    readme = f"# Title\n\ttext  \n{START}\nold\n{END}\nafter, without a line end"
    assert splice(readme, "new\n", "README.md") == f"# Title\n\ttext  \n{START}\nnew\n{END}\nafter, without a line end"


def test_splicing_twice_changes_nothing():
    once = splice(f"{START}\n{END}\n", "\nnew\n\n", "README.md")
    assert splice(once, "\nnew\n\n", "README.md") == once


def test_a_file_with_windows_line_ends_keeps_them():
    spliced = splice(f"a\r\n{START}\r\nold\r\n{END}\r\nb\n", "new\nrows\n", "README.md")
    assert spliced == f"a\r\n{START}\r\nnew\r\nrows\r\n{END}\r\nb\n"


LINES = st.lists(st.sampled_from(["text", "", "  ", "`~~~`", "| a |", "# h", "\u2028", "é", "\x0c"]), max_size=6)


@given(LINES, LINES, LINES, st.sampled_from(["\n", "\r\n"]))
def test_whatever_surrounds_the_markers_stays_byte_for_byte(before, inside, after, line_end):
    readme = line_end.join([*before, START, *inside, END, *after])
    assert splice(readme, "new\n", "README.md") == line_end.join([*before, START, "new", END, *after])


def test_the_size_of_the_frame_is_that_of_its_bytes():
    frame = frame_of(f"é\r\n{START}\r\nold\r\n{END}\r\n", "README.md")
    assert frame.bytes == len(f"é\r\n{START}\r\n{END}\r\n".encode())
    assert frame.line_end == "\r\n"


@pytest.mark.parametrize(
    "readme",
    [
        f"   {START}  \n{END}\t\n",
        f"\ufeff{START}\n{END}",
        f"```\n{START}\n```\n{START}\n{END}",
        f"Write `{START}`:\n{START}\n{END}",
    ],
)
def test_a_marker_counts_where_github_reads_it_as_a_line_of_its_own(readme):
    assert "new\n" in splice(readme, "new\n", "README.md")


PROBLEMS = {
    "": [
        "README.md: the line <!-- rolecall:start --> is missing.",
        "README.md: the line <!-- rolecall:end --> is missing.",
    ],
    f"{START}\n": ["README.md: the line <!-- rolecall:end --> is missing."],
    f"{END}\n{START}\n": ["README.md:1: <!-- rolecall:end --> stands above <!-- rolecall:start --> (line 2)."],
    f"{START}\n{START}\n{END}\n": ["README.md:2: <!-- rolecall:start --> stands here again; the first is on line 1."],
    f"{START}\n{END}\n\n{END}\n{END}": [
        "README.md:4: <!-- rolecall:end --> stands here again; the first is on line 2.",
        "README.md:5: <!-- rolecall:end --> stands here again; the first is on line 2.",
    ],
    f"a {START}\n{END}\n": ["README.md:1: <!-- rolecall:start --> is not alone on its line."],
    f"{START} {END}": [
        "README.md:1: <!-- rolecall:start --> is not alone on its line.",
        "README.md:1: <!-- rolecall:end --> is not alone on its line.",
    ],
    f"x\n\n    {START}\n{END}": ["README.md:3: <!-- rolecall:start --> is indented, which makes it code."],
    f"x\n\n\t{START}\n{END}": ["README.md:3: <!-- rolecall:start --> is indented, which makes it code."],
    f"````md\n```\n{START}\n{END}\n````\n": [
        "README.md:3: <!-- rolecall:start --> stands inside a code block, where it does not count.",
        "README.md:4: <!-- rolecall:end --> stands inside a code block, where it does not count.",
    ],
    f"~~~\n{START}\n~~~\n{END}": [
        "README.md:2: <!-- rolecall:start --> stands inside a code block, where it does not count."
    ],
    f"{START.upper()}\n{END}": ["README.md: the line <!-- rolecall:start --> is missing."],
}


@pytest.mark.parametrize("readme", PROBLEMS)
def test_a_readme_with_other_markers_is_refused_with_the_lines_to_mend(readme):
    with pytest.raises(MarkerError) as caught:
        splice(readme, "new\n", "README.md")
    assert [f"{problem.where}: {problem.what}" for problem in caught.value.problems] == PROBLEMS[readme]
    assert all(problem.hint for problem in caught.value.problems)
