"""Where the two markers go in a README of people's: in one place, and nothing else moves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolecall.scaffold import markers
from rolecall.scaffold.markers import END, START, with_markers
from rolecall.site import readme_markers
from rolecall.site.readme import frame_of

ROWS = "".join(f"| [Acme](https://acme.example/{number}) | Cook |\n" for number in range(5))
PIPES = f"| Company | Role |\n| --- | :--: |\n{ROWS}"
HTML = "<table>\n" + "<tr><td>Acme</td><td>Cook</td></tr>\n" * 5 + "</table>\n"
MARKS = f"{START}\n{END}\n"


def test_they_are_the_markers_that_a_build_looks_for() -> None:
    assert (markers.START, markers.END) == (readme_markers.START, readme_markers.END)


@pytest.mark.parametrize(
    ("readme", "expected"),
    [
        ("", MARKS),
        ("# Jobs\n", f"# Jobs\n\n{MARKS}"),
        ("# Jobs", f"# Jobs\n\n{MARKS}"),
        ("# Jobs\n\nHello.\n\n## Help\n\nYes.\n", f"# Jobs\n\nHello.\n\n{MARKS}\n## Help\n\nYes.\n"),
        ("# Jobs\n## Help\n", f"# Jobs\n\n{MARKS}\n## Help\n"),
        ("Jobs\n====\n\nHelp\n----\n", f"Jobs\n====\n\n{MARKS}\nHelp\n----\n"),
        ("# Jobs\n### Deep\n", f"# Jobs\n### Deep\n\n{MARKS}"),
        ("# Jobs\n```sh\n## no heading\n```\nEnd\n", f"# Jobs\n```sh\n## no heading\n```\nEnd\n\n{MARKS}"),
        ("# Jobs\n<!-- a\n## no heading\n-->\n", f"# Jobs\n<!-- a\n## no heading\n-->\n\n{MARKS}"),
        ("---\na: 1\n---\n## Help\n", f"---\na: 1\n---\n\n{MARKS}\n## Help\n"),
        (f"# Jobs\n## List\n\n{PIPES}\nBye.\n", f"# Jobs\n## List\n\n{MARKS}\n{PIPES}\nBye.\n"),
        (f"# Jobs\n## List\n{HTML}", f"# Jobs\n## List\n\n{MARKS}\n{HTML}"),
        (
            "# Jobs\n| a | b |\n|---|---|\n| 1 | 2 |\n## Help\n",
            f"# Jobs\n| a | b |\n|---|---|\n| 1 | 2 |\n\n{MARKS}\n## Help\n",
        ),
    ],
)
def test_they_go_above_the_list_or_the_second_heading_or_to_the_end(readme: str, expected: str) -> None:
    assert with_markers(readme).text == expected


def test_the_lines_that_are_named_are_those_of_marker_and_table() -> None:
    placed = with_markers(f"# Jobs\n\n{PIPES}")
    lines = placed.text.splitlines()
    assert lines[placed.line - 1] == START
    assert placed.table is not None
    assert lines[placed.table - 1] == "| Company | Role |"
    assert placed.rows == 5


def test_the_line_ends_of_the_file_are_kept() -> None:
    placed = with_markers("# Jobs\r\n\r\n## Help\r\n")
    assert placed.text == f"# Jobs\r\n\r\n{START}\r\n{END}\r\n\r\n## Help\r\n"


@given(
    st.lists(
        st.sampled_from(
            ["# Jobs", "## Help", "text", "", "```", "~~~", "<!-- a", "-->", "<!-- b -->", "| a | b |", "|---|---|",
             "<table>", "<tr>", "</table>", "---", "===", "    code", "<details>", "\ufeffx"]
        ),
        max_size=25,
    ),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
)  # fmt: skip
def test_whatever_the_readme_nothing_is_lost_and_a_build_finds_them(lines: list[str], end: str, last: bool) -> None:
    readme = end.join(lines) + (end if last and lines else "")
    placed = with_markers(readme)
    mark = "\r\n" if "\r\n" in readme else "\n"
    before, _, after = placed.text.partition(START + mark + END + mark)
    gaps = ("", mark, mark * 2)
    assert readme in [before.removesuffix(above) + after.removeprefix(below) for above in gaps for below in gaps[:2]]
    if not unclosed(lines):
        frame_of(placed.text, "README.md")


def unclosed(lines: list[str]) -> bool:
    """Whether a block of code swallows the end of the file, where no marker can stand."""
    fence = ""
    for line in lines:
        if fence:
            fence = "" if line == fence else fence
        elif line in ("```", "~~~"):
            fence = line
    return bool(fence)
