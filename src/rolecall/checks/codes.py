"""Every kind of finding that `rolecall check` has: its level, what it means, and what to do.

The one table behind the reference in docs/check.md and the rules of a SARIF report.
"""

from __future__ import annotations

from dataclasses import dataclass

from rolecall.issues import Level

ERROR, WARNING, INFO = Level.ERROR, Level.WARNING, Level.INFO


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of finding. `strict` is the level in a new file, where it is another; `repaired`: --fix may mend it."""

    level: Level
    meaning: str
    mend: str
    strict: Level | None = None
    repaired: bool = False

    def level_of(self, *, new: bool) -> Level:
        return self.strict if new and self.strict is not None else self.level


CODES: dict[str, Code] = {
    # The file
    "store": Code(
        ERROR, "The file cannot be read, or is not YAML.", "See the message: it names the line.", repaired=True
    ),
    "schema": Code(
        ERROR, "A field is missing, unknown, or not in its form.", "Write what the message says.", repaired=True
    ),
    "link": Code(ERROR, "A symbolic link stands in jobs/.", "Put the file or folder itself there."),
    "not-a-folder": Code(ERROR, "jobs/ is a file or a link.", "Make it a folder."),
    "unreadable": Code(ERROR, "A folder cannot be read.", "Check its permissions."),
    "file-name": Code(ERROR, "A file's name is not UTF-8, or holds what nobody sees.", "Rename it."),
    "not-a-job": Code(WARNING, "A file below jobs/ is not YAML, and is not read.", "Rename or remove it."),
    "extension": Code(
        ERROR, "The name ends with .yml or .YAML: the file is not read.", "Rename it to .yaml.", repaired=True
    ),
    "too-many-files": Code(ERROR, "A pull request changes more job files than are looked at.", "Send fewer at a time."),
    "no-file": Code(ERROR, "A file that was named is not there.", "Check the name."),
    "same-id": Code(ERROR, "Two files are the same job.", "Remove one of them."),
    "wrong-folder": Code(
        WARNING, "The file is not in jobs/<company>/ of the company that it names.", "Move it.", strict=ERROR
    ),
    "wrong-name": Code(
        WARNING, "The file's name has more than small letters, digits and hyphens.", "Rename it.", strict=ERROR
    ),
    "executable": Code(WARNING, "The file is marked as a program.", "Run `chmod -x` on it."),
    "byte-order-mark": Code(
        INFO, "An invisible mark stands in front of the text.", "Save as UTF-8 without BOM.", repaired=True
    ),
    "line-ends": Code(INFO, "Lines end as on Windows.", "Save with line ends LF.", repaired=True),
    "same-company": Code(ERROR, "Two files say who one company is.", "Keep the one in the company's folder."),
    "employer-changed": Code(
        WARNING,
        "A request says itself which hosts are the employer's.",
        "Compare `website` and `domains` with what the employer says elsewhere.",
    ),
    "config": Code(ERROR, "config.yaml cannot be used.", "Write what the message says."),
    "no-logo": Code(WARNING, "A logo that company.yaml names is not in logos/.", "Put it there."),
    # Dates
    "date-ahead": Code(ERROR, "`posted` is in the future.", "Write the day of publication."),
    "closes-far": Code(WARNING, "`closes` is more than 400 days ahead.", "Check the year, or leave it out."),
    "over-already": Code(WARNING, "A new job whose last day is over.", "Check `closes`."),
    "posted-long-ago": Code(WARNING, "A new job that was published over a year ago.", "Check `posted`."),
    # Where
    "remote-where": Code(
        INFO, "A new remote job does not say where one may live.", "Add `remote_from`; unknown is not worldwide."
    ),
    "many-places": Code(
        INFO,
        "A fetched job has as many places as fetch keeps.",
        "See the report of the fetch, which counts what was left out; the posting has them all.",
    ),
    # Tags
    "tag-alias": Code(INFO, "A tag is another writing of a known one.", "Write the known one.", repaired=True),
    "tag-unknown": Code(
        WARNING, "A tag is not in the vocabulary.", "Take a known one; the owner adds words below `tags.add`."
    ),
    # Pay
    "no-currency": Code(ERROR, "Pay without a currency.", "Add the ISO 4217 code, such as `currency: EUR`."),
    "no-unit": Code(ERROR, "Pay that does not say for how long.", "Add `per: year`, or hour, day, week, month."),
    "pay-spread": Code(WARNING, "The most is over five times the least.", "Check both figures."),
    "pay-figure": Code(WARNING, "A figure that nobody is paid per that time.", "Check figure and `per`."),
    # Address
    "short-link": Code(ERROR, "The address hides where it leads.", "Write the address that it leads to."),
    "bare-ip": Code(ERROR, "The address is a number, not a name.", "Write the host's name."),
    "local-host": Code(ERROR, "The host exists only inside some network.", "Write a public address."),
    "plain-http": Code(WARNING, "The address is not encrypted.", "Write https:// if the host answers there."),
    "tracking": Code(
        WARNING, "The address tells the host where the reader came from.", "Leave that part out.", repaired=True
    ),
    "punycode": Code(WARNING, "The host has letters that may pass for others.", "Compare both forms."),
    "lookalike-host": Code(
        WARNING, "The host looks like the employer's, and is not.", "Apply at the employer's own site only."
    ),
    "foreign-host": Code(
        WARNING,
        "The host is neither the employer's nor that of a known vendor.",
        "Link the employer's own page, or add the host to `domains` in company.yaml.",
    ),
    "employer-unknown": Code(
        WARNING, "Nobody has said which domains are the employer's.", "Add company.yaml with `website`."
    ),
    "free-mail": Code(WARNING, "The mailbox is at a provider where anybody gets one.", "Write one of the employer's."),
    # Other jobs
    "duplicate": Code(WARNING, "The same opening stands in another file.", "Change that file instead.", strict=ERROR),
    "same-address": Code(WARNING, "Another opening has the same address.", "Link the opening's own page."),
    "same-opening": Code(
        WARNING, "Same employer, title and places as another job.", "Say what tells them apart, or remove one."
    ),
    # Words
    "mojibake": Code(WARNING, "Characters were broken by a wrong encoding.", "Write them as shown.", repaired=True),
    "unseen": Code(WARNING, "Text holds characters that nobody sees.", "Remove them.", repaired=True),
    "markup": Code(ERROR, "HTML or entities stand where plain text belongs.", "Write the characters themselves."),
    "emoji": Code(WARNING, "The title begins with a picture.", "Begin with a word.", repaired=True),
    "shouting": Code(WARNING, "The title is in capitals.", "Write it as in a sentence."),
    "company-in-title": Code(INFO, "The title repeats the employer.", "Leave it out."),
    "place-in-title": Code(INFO, "The title repeats the place.", "Leave it out; `places` says it."),
    # Description
    "no-description": Code(WARNING, "There is no description.", "Say what the work is, in a few sentences."),
    "short-description": Code(WARNING, "The description is under 80 characters.", "Say what the work is."),
    "long-description": Code(WARNING, "The description is over 15,000 characters.", "Shorten it."),
    "raw-html": Code(WARNING, "HTML in Markdown is shown as text, not obeyed.", "Write Markdown."),
    # What is not the contributor's to write
    "written-by-fetch": Code(WARNING, "A new file holds a field that only fetch writes.", "Remove the line."),
    "owners-word": Code(WARNING, "A new file is marked as featured.", "Remove the line; the owner decides."),
}


def reference() -> str:
    """The table of docs/check.md."""
    lines = ["| code | level | meaning | what to do | `--fix` |", "|---|---|---|---|---|"]
    for name, code in CODES.items():
        level = code.level.value + (f", in a new file {code.strict.value}" if code.strict else "")
        lines.append(f"| `{name}` | {level} | {code.meaning} | {code.mend} | {'yes' if code.repaired else ''} |")
    return "\n".join(lines) + "\n"
