"""Text from outside in Markdown that GitHub shows: nothing in it acts, mentions, links or leaves its place."""

from __future__ import annotations

import re

from rolecall.issues import one_line
from rolecall.markup import github_text
from rolecall.unseen import without_unseen

NOTHING_SEEN = "\u200b"
_BACKTICKS = re.compile("`+")
_MENTION = re.compile("@")
_REFERENCE = re.compile(r"#(?=\w)")
_MAILBOX_LINE = re.compile(r"(?m)^(apply_url: )(mailto:[^\s\"\\]+)$")
_DESCRIPTION = re.compile(r"(?ms)^description: \|.*?(?=^\S|\Z)")


def inline(text: str) -> str:
    """`text` for HTML or Markdown: one line, escaped, in which nothing acts."""
    return _MENTION.sub(f"@{NOTHING_SEEN}", github_text(one_line(text)))


def words_block(text: str) -> str:
    """`text` as a block of code in which no one and nothing is named."""
    return _fenced(defused(without_unseen(text)), "text")


def job_block(text: str) -> str:
    """The text of a job file as a block of code to copy from."""
    return _fenced(copyable(without_unseen(text)), "yaml")


def _fenced(text: str, language: str) -> str:
    """A block whose fence is longer than any run of backticks in it."""
    body = text.rstrip("\n")
    longest = max((len(run) for run in _BACKTICKS.findall(body)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{body}\n{fence}"


def defused(text: str) -> str:
    """`text` with something unseen behind `@` and `#`, so that no filter sees a person or an issue named."""
    return _REFERENCE.sub(f"#{NOTHING_SEEN}", _MENTION.sub(f"@{NOTHING_SEEN}", text))


def copyable(text: str) -> str:
    """The text of a job file with `@` and `#1` written so that no filter acts on them, and that means the same.

    An e-mail address gets YAML's escape, a description Markdown's; what stands elsewhere gets something unseen.
    """
    text = _DESCRIPTION.sub(lambda found: _entities(found[0]), text)
    text = _MAILBOX_LINE.sub(lambda found: found[1] + '"' + found[2].replace("@", r"\x40") + '"', text)
    return re.sub(r"(?<!&)#(?=\d)", f"#{NOTHING_SEEN}", _MENTION.sub(f"@{NOTHING_SEEN}", text))


def _entities(text: str) -> str:
    return re.sub(r"(?<!&)#(?=\d)", "&#35;", text.replace("@", "&#64;"))
