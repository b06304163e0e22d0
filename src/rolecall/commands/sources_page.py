"""docs/sources.md: every source with its example and its terms, made from the modules themselves."""

from __future__ import annotations

from rolecall import sources
from rolecall.sources.base import Source, Terms

_HEAD = """# Sources

Made by `rolecall sources --markdown`; do not edit. Each line of the table is a module in `src/rolecall/sources/`, whose
head names the documentation, the quirks and what is not confirmed.

"Terms" is what a source demands of whoever shows its jobs, and what rolecall does about it: it names the source beside
each job with a link that search engines follow, leaves out the markup that would hand it to job search engines, and
lets the Apply button lead to the source's own page. Where it says nothing, we know of no demand; read the terms of a
source before you publish its jobs. A key stands in an environment variable, and is never written to a file, a log or a
recording.

| source | whose list | a line for `boards:` | key | terms |
|---|---|---|---|---|
"""
_WHOSE = {"employer": "an employer's", "board": "a job board's"}


def sources_page() -> str:
    """The page as Markdown, sources in the order of their names."""
    return _HEAD + "".join(_row(name, sources.find(name)) for name in sources.names())


def _row(name: str, source: Source) -> str:
    example = source.example.removeprefix("- ").replace("|", "\\|")
    key = ", ".join(f"`{variable}`" for variable in source.env)
    return f"| {name} | {_WHOSE[source.kind]} | `{example}` | {key} | {_words(source.terms)} |\n"


def _words(terms: Terms) -> str:
    demands = [f"names {terms.attribution}, followed link"] if terms.attribution else []
    demands += [] if terms.emit_jsonld else ["no JSON-LD"]
    demands += ["apply at the source"] if terms.apply_via_source else []
    return "; ".join(demands)
