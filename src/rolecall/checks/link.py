"""Where the reader is sent to apply: to the employer, in the open, and to no twin of it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from urllib.parse import urlsplit, urlunsplit

from rolecall.checks import hosts
from rolecall.checks.ground import Finding, Ground, JobFile, Mend
from rolecall.issues import one_line
from rolecall.model import Company

FIELD = ("apply_url",)
# What no vendor needs to find the job. `source`, `ref` and such are left alone: to some they are.
_TRACKING = re.compile(
    r"utm_\w+|gclid|dclid|gbraid|wbraid|fbclid|msclkid|yclid|ttclid|twclid|li_fat_id|igshid|mc_[ce]id|_hsenc|_hsmi|"
    r"hsctatracking|gh_src|lever-(?:source|origin)(?:\[\])?|trackingid|trkinfo",
    re.IGNORECASE,
)
_NEAR = 0.85
_LEAST = 4  # letters; a shorter name stands in too many others


def without_tracking(address: str) -> str:
    """`address` without what only says where the reader came from; all else byte for byte."""
    parts = urlsplit(address)
    kept = [pair for pair in parts.query.split("&") if not _TRACKING.fullmatch(pair.partition("=")[0])]
    return urlunsplit(parts._replace(query="&".join(kept)))


def link(file: JobFile, ground: Ground, *, new: bool) -> Iterator[Finding]:
    """What is doubtful with the address of the job, the worst first."""
    address = file.job.apply_url
    if address.lower().startswith("mailto:"):
        yield from _mailbox(file, ground, address.rpartition("@")[2].lower(), new=new)
        return
    parts = urlsplit(address)
    host = parts.hostname or ""
    if hosts.is_number(host):
        yield file.says("bare-ip", FIELD, f"leads to the bare number {host}.", new=new)
    elif hosts.is_local(host):
        yield file.says("local-host", FIELD, f"leads to {host}, which only some network knows.", new=new)
    elif hosts.is_one_of(host, hosts.SHORTENERS):
        yield file.says("short-link", FIELD, f"{host} hides where it leads.", new=new)
    else:
        yield from _whose(file, ground, host, address, new=new)
    if parts.scheme == "http":
        yield file.says("plain-http", FIELD, "is not encrypted.", new=new)
    clean = without_tracking(address)
    if clean != address:
        what = "tells the host where the reader came from."
        yield file.says("tracking", FIELD, what, f"Write {clean}", new=new, mend=Mend(FIELD, clean))


def _mailbox(file: JobFile, ground: Ground, host: str, *, new: bool) -> Iterator[Finding]:
    if hosts.is_one_of(host, hosts.FREE_MAIL):
        what = f"is a mailbox at {one_line(host)}, where anybody gets one."
        yield file.says("free-mail", FIELD, what, new=new)
    else:
        yield from _whose(file, ground, host, "", new=new)


def _whose(file: JobFile, ground: Ground, host: str, address: str, *, new: bool) -> Iterator[Finding]:
    """Whether `host` is the employer's or a vendor's; if not, whether it passes for the employer's."""
    if "xn--" in host:
        what = f"the host {host} is read as {_read_as(host)}, and letters of other scripts pass for Latin ones."
        yield file.says("punycode", FIELD, what, "Compare it with the employer's own address.", new=new)
    own = domains_of(ground.employer(file.job))
    if hosts.is_vendor(host, address) or hosts.registrable(host) in own:
        return
    twin = next((domain for domain in sorted(own) if looks_like(host, domain)), None)
    if twin is not None:
        what = f"{host} looks like {twin}, and is not: pages that pass for an employer's collect what applicants send."
        hint = f"Write the address at {twin}; if the host is theirs, the owner adds it to `domains` in company.yaml."
        yield file.says("lookalike-host", FIELD, what, hint, new=new)
    elif own:
        folder = ground.folder(file.job)
        what = f"{host} is neither the employer's ({', '.join(sorted(own))}) nor a known vendor's."
        hint = f"Link the employer's own page, or add the host to `domains` in jobs/{folder}/company.yaml."
        yield file.says("foreign-host", FIELD, what, hint, new=new)
    elif new:
        folder = ground.folder(file.job)
        what = f"nobody has said yet which hosts are the employer's, so {host} could not be compared."
        hint = f"Add jobs/{folder}/company.yaml with `name` and `website`."
        yield file.says("employer-unknown", FIELD, what, hint, new=new)


def domains_of(company: Company | None) -> frozenset[str]:
    """The domains of an employer, each as one owner registers it."""
    if company is None:
        return frozenset()
    named = [urlsplit(company.website).hostname or ""] if company.website else []
    named += [domain.strip().lower().removeprefix("*.").lstrip("@.") for domain in company.domains]
    return frozenset(hosts.registrable(domain) for domain in named if domain)


def looks_like(host: str, domain: str) -> bool:
    """Whether `host`, which is not of `domain`, could be taken for it: its name in another, or nearly the same."""
    name = domain.partition(".")[0]
    if len(name) < _LEAST:
        return False
    for label in _read_as(host).split("."):
        parts = re.split(r"[-_]", label)
        if name in label.replace("-", "") or any(_nearly(part, name) for part in (*parts, label)):
            return True
    return False


def _nearly(word: str, name: str) -> bool:
    return len(word) >= _LEAST and difflib.SequenceMatcher(None, _plain(word), _plain(name)).ratio() >= _NEAR


def _plain(word: str) -> str:
    """Signs that pass for others as one: `acrne` and `acme`, `paypa1` and `paypal`."""
    for looks, like in (("rn", "m"), ("vv", "w"), ("0", "o"), ("1", "l"), ("3", "e"), ("5", "s")):
        word = word.replace(looks, like)
    return word


def _read_as(host: str) -> str:
    """`host` in the letters that a browser may show."""
    try:
        return host.encode("ascii").decode("idna")
    except UnicodeError:
        return host
