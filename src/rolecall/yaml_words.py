"""What the YAML parser says of a broken file, in words for people who do not know YAML."""

from __future__ import annotations

_CHECK = "Check indentation and quotes on this line and the one above."
_QUOTE = "Put the value in quotes."
# What the parser says => what is wrong, what to write, and whether the place to mend is where the broken thing begins.
_WORDS: tuple[tuple[str, str, str, bool], ...] = (
    (
        "mapping values are not allowed",
        "a second colon, or a line that is indented too far",
        "Put a value that holds `: ` in quotes; else begin the line where the one above begins.",
        False,
    ),
    ("tab character", "a tab stands where the line is indented", "Write spaces instead of the tab.", False),
    ("could not find expected ':'", "a line without a key", "Write `key: value`, or indent text below its key.", True),
    ("found unexpected end of stream", "a quote is not closed", "Close the quote.", True),
    ("expected node content", "a bracket is not closed, or a value is missing", "Close the bracket.", False),
    ("did not find expected ',' or", "a bracket is not closed", "Close the bracket, and put commas between.", True),
)


def plain_words(said: str, at: str) -> tuple[str, str, bool]:
    """(what is wrong, what to write, whether to look where the broken thing begins). `at`: the text from there on."""
    for words, what, hint, begins in _WORDS:
        if words in said:
            return f"is not YAML: {what} ({said}).", hint, begins
    if "cannot start any token" in said:
        is_tab = at.startswith("\t")
        return f"is not YAML: {said}.", "Write spaces instead of the tab." if is_tab else _QUOTE, False
    if said == "did not find expected key" and at[:1].strip():
        return f"is not YAML: {said}.", f"Put the whole value in quotes, or: {_lower(_CHECK)}", False
    return f"is not YAML: {said}.", _CHECK, False


def _lower(text: str) -> str:
    return text[0].lower() + text[1:]
