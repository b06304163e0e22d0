"""Whose a host is: the part of a name that one owner registers, and tables of hosts that everybody may use."""

from __future__ import annotations

import re
from functools import cache

from rolecall import sources

# Hosts whose addresses hide where they lead.
SHORTENERS = frozenset(
    (
        "bit.ly bitly.com tinyurl.com t.co goo.gl ow.ly buff.ly is.gd v.gd t.ly rb.gy cutt.ly rebrand.ly "
        "shorturl.at lnkd.in tiny.cc short.io bl.ink s.id adf.ly soo.gd shorte.st dub.sh dub.co qr.ae qrco.de x.gd "
        "urlz.fr lnk.to linktr.ee trib.al dlvr.it ift.tt amzn.to fb.me wp.me youtu.be git.io grnh.se da.gd u.to "
        "clck.ru vk.cc 1url.com tr.im surl.li snip.ly kutt.it hyperurl.co me2.do han.gl t2m.io"
    ).split()
)

# Vendors whose pages employers hang out as their own; the sources' own addresses are asked besides.
VENDORS = frozenset(
    (
        "greenhouse.io lever.co ashbyhq.com workable.com smartrecruiters.com myworkdayjobs.com myworkdaysite.com "
        "recruitee.com personio.de personio.com teamtailor.com breezy.hr bamboohr.com pinpointhq.com rippling.com "
        "comeet.com comeet.co icims.com jobvite.com applytojob.com gem.com homerun.co taleo.net oraclecloud.com "
        "successfactors.com successfactors.eu sapsf.com sapsf.eu ultipro.com ukg.com ukg.net adp.com paylocity.com "
        "paycomonline.net dayforcehcm.com brassring.com avature.net eightfold.ai phenompeople.com join.com "
        "softgarden.io onlyfy.jobs d-vinci.de rexx-systems.com concludis.de umantis.com refline.ch "
        "welcometothejungle.com welcomekit.co flatchr.io taleez.com werecruit.io jobaffinity.fr freshteam.com "
        "zohorecruit.com zohorecruit.eu keka.com darwinbox.in darwinbox.com trakstar.com recruiterbox.com jazz.co "
        "fountain.com hireology.com governmentjobs.com usajobs.gov jobs.ac.uk tal.net oleeo.com "
        "networxrecruitment.com jobtrain.co.uk varbi.com reachmee.com jobylon.com easycruit.com hr-manager.net "
        "emply.com webcruiter.no recman.no polymer.co dover.com wellfound.com kula.ai careerpuck.com traffit.com "
        "erecruiter.pl elevato.net factorialhr.com factorial.es bizneo.cloud talentclue.com gupy.io solides.com.br "
        "buk.cl livehire.com jobadder.com pageuppeople.comelmotalent.com.au snaphire.com "
        "jobscore.com clearcompany.com isolvedhire.com applicantpro.com applicantstack.com catsone.com loxo.co "
        "crelate.com bullhornstaffing.com"
    ).split()
)

# Where anybody has a mailbox in a minute.
FREE_MAIL = frozenset(
    (
        "gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com ymail.com rocketmail.com "
        "aol.com icloud.com me.com mac.com proton.me protonmail.com pm.me gmx.de gmx.net gmx.com gmx.at gmx.ch "
        "web.de freenet.de t-online.de mail.com mail.ru inbox.ru bk.ru list.ru yandex.com yandex.ru zoho.com "
        "tutanota.com tuta.io tuta.com fastmail.com hey.com qq.com 163.com 126.com sina.com foxmail.com naver.com "
        "daum.net hanmail.net orange.fr free.fr laposte.net wanadoo.fr libero.it virgilio.it seznam.cz wp.pl o2.pl "
        "onet.pl interia.pl rediffmail.com uol.com.br bol.com.br mailinator.com guerrillamail.com 10minutemail.com "
        "yopmail.com temp-mail.org"
    ).split()
)

# Below these, every name has another owner, as below `.com`.
_SHARED = frozenset(
    (
        "github.io gitlab.io pages.dev workers.dev netlify.app vercel.app herokuapp.com web.app firebaseapp.com "
        "appspot.com azurewebsites.net azurestaticapps.net cloudfront.net blogspot.com wordpress.com wixsite.com "
        "weebly.com webflow.io framer.website framer.app carrd.co notion.site squarespace.com myshopify.com "
        "surge.sh onrender.com fly.dev repl.co glitch.me neocities.org ngrok.io ngrok-free.app duckdns.org no- "
        "ip.org de.com uk.com us.com eu.com br.com jpn.com za.com co.com gb.net eu.org"
    ).split()
)
_SECOND_LEVEL = frozenset(
    "co com net org gov edu ac or ne go gob gouv nom mil ltd plc me sch nhs police asn id".split()
)
_NUMBER = re.compile(r"(?:\d+|0x[0-9a-f]*)", re.IGNORECASE)
_LOCAL = ("localhost", "local", "internal", "intranet", "lan", "home", "corp", "localdomain", "onion", "arpa")


def registrable(host: str) -> str:
    """The part of `host` that one owner registers: `jobs.acme.co.uk` -> `acme.co.uk`, `acme.github.io` stays whole.

    By rules of thumb: two labels, one more below `co.uk` and its like, and below hosts that everybody may use.
    """
    labels = host.lower().strip(".").split(".")
    below = 2 if ".".join(labels[-2:]) in _SHARED else 1
    if below == 1 and len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL:
        below = 2
    return ".".join(labels[-below - 1 :])


def is_one_of(host: str, table: frozenset[str]) -> bool:
    """Whether `host`, or what it stands below, is in `table`."""
    labels = host.lower().strip(".").split(".")
    return any(".".join(labels[at:]) in table for at in range(len(labels)))


def is_number(host: str) -> bool:
    """Whether a browser takes `host` for an IP address: `10.0.0.1`, `[::1]`, `2130706433`, `0x7f.1`."""
    return host.startswith("[") or ":" in host or bool(_NUMBER.fullmatch(host.strip(".").rpartition(".")[2]))


def is_local(host: str) -> bool:
    """Whether `host` is known to some network only."""
    return "." not in host.strip(".") or host.lower().strip(".").rpartition(".")[2] in _LOCAL


def is_vendor(host: str, address: str) -> bool:
    """Whether employers take applications there, on pages that a vendor runs for them."""
    if is_one_of(host, VENDORS):
        return True
    bare = address.partition("://")[2].removeprefix("www.")
    return any(pattern.match(bare) for pattern in _patterns())


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """How the sources recognise employers' boards by their addresses."""
    found = (sources.find(name) for name in sources.names())
    return tuple(
        re.compile(pattern, re.IGNORECASE)
        for source in found
        if source.kind == "employer" and source.takes == "board"
        for pattern in source.addresses
    )
