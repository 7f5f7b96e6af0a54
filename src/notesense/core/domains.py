"""E-mail domains: of which company an address tells. One that anybody may have, or a service, tells of none."""

import re
from collections.abc import Collection, Iterable

from notesense.errors import InputError

PUBLIC_DOMAINS = frozenset(
    "126.com 163.com aol.com att.net bellsouth.net bigpond.com bk.ru bluewin.ch bt.com btinternet.com comcast.net "
    "cox.net duck.com earthlink.net fastmail.com fastmail.fm free.fr freenet.de gmail.com gmx.at gmx.ch gmx.com gmx.de "
    "gmx.net googlemail.com hey.com home.nl hotmail.co.uk hotmail.com hotmail.de hotmail.es hotmail.fr hotmail.it "
    "hushmail.com icloud.com inbox.ru interia.pl laposte.net libero.it list.ru live.co.uk live.com live.de live.fr "
    "live.nl mac.com mail.com mail.ru mailbox.org me.com msn.com naver.com o2.pl onet.pl orange.fr outlook.com "
    "outlook.de outlook.es outlook.fr outlook.jp pm.me posteo.de proton.me protonmail.ch protonmail.com qq.com "
    "rambler.ru rediffmail.com rocketmail.com rogers.com sbcglobal.net seznam.cz sfr.fr shaw.ca sina.com sky.com "
    "t-online.de telenet.be tiscali.it tuta.io tutanota.com verizon.net virgilio.it virginmedia.com wanadoo.fr web.de "
    "wp.pl xs4all.nl ya.ru yahoo.ca yahoo.co.in yahoo.co.jp yahoo.co.uk yahoo.com yahoo.com.au yahoo.com.br yahoo.de "
    "yahoo.es yahoo.fr yahoo.it yandex.com yandex.ru yeah.net ymail.com ziggo.nl zoho.com zohomail.com".split()
)
"""Mail domains that anybody may have: the greatest providers of America, Europe and Asia. Kept by hand."""

SERVICE_DOMAINS = frozenset(
    "avoma.com calendar.google.com calendly.com chorus.ai docusign.net fathom.video fireflies.ai gong.io granola.so "
    "grain.com hubspot.com intercom-mail.com linkedin.com meetgeek.ai otter.ai read.ai salesforce.com tldv.io "
    "webex.com zendesk.com zoom.us".split()
)
"""Where invited programs and notices come from: recorders, calendars, ticket systems. They are nobody's account."""

_DOMAIN = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_]{2,24}")
_SECOND_LEVEL = frozenset("ac co com edu gov net org".split())


def domain_of(address: str) -> str:
    """Return the domain of an address, folded; empty where it has none, or where it tells of no company."""
    domain = address.rpartition("@")[2].strip().casefold() if "@" in address else ""
    return domain if domain and not is_within(domain, PUBLIC_DOMAINS | SERVICE_DOMAINS) else ""


def parents(domain: str) -> Iterable[str]:
    """Yield a domain, and those that it lies in: `mail.harlow.example`, `harlow.example`."""
    steps = domain.split(".")
    return (".".join(steps[at:]) for at in range(len(steps) - 1))


def is_within(domain: str, known: Collection[str]) -> bool:
    """Tell whether a domain is one of these, or lies in one."""
    return any(each in known for each in parents(domain))


def checked_domain(told: str) -> str:
    """Return the domain that somebody wrote, with or without what stands before its @, folded.

    Raises InputError for what is no domain, and for one that anybody may have.
    """
    domain = told.strip().rpartition("@")[2].casefold().rstrip(".")
    if not _DOMAIN.fullmatch(domain):
        raise InputError(f'"{told}" is no e-mail domain.', "Give it as harlow.example or @harlow.example.")
    if is_within(domain, PUBLIC_DOMAINS | SERVICE_DOMAINS):
        raise InputError(
            f"Anybody may write from {domain}: it tells of no company.", "Give whole addresses, or names of people."
        )
    return domain


def company_in(domain: str) -> str:
    """Return the word of a domain that names its company: `harlow` of `mail.harlow.co.uk`."""
    steps = domain.split(".")[:-1]
    while len(steps) > 1 and steps[-1] in _SECOND_LEVEL:
        steps.pop()
    return steps[-1] if steps else ""
