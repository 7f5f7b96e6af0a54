"""E-mail domains: of which company an address tells. One that anybody may have, or a service, tells of none."""

import re
from collections.abc import Collection, Iterable

from notesense.errors import InputError

PUBLIC_DOMAINS = frozenset(
    "126.com 139.com 163.com 189.cn 1und1.de a1.net abv.bg alice.it aliceadsl.fr aon.at arcor.de aruba.it att.net "
    "azet.sk bellsouth.net bigmir.net bigpond.com bk.ru bluewin.ch blueyonder.co.uk bol.com.br bt.com "
    "btinternet.com casema.nl centrum.cz charter.net chello.at chello.nl citromail.hu club-internet.fr comcast.net "
    "cox.net daum.net docomo.ne.jp duck.com earthlink.net eircom.net email.cz email.de ezweb.ne.jp foxmail.com "
    "free.fr freemail.hu freenet.de frontier.com gazeta.pl hanmail.net hetnet.nl hey.com hispeed.ch home.nl "
    "hushmail.com i.ua icloud.com ig.com.br iinet.net.au inbox.lv inbox.ru interia.pl inwind.it iol.it juno.com "
    "kabelmail.de kpnmail.nl laposte.net libero.com libero.it list.ru live.be live.ca live.cn live.co.uk live.com "
    "live.com.au live.de live.dk live.fr live.it live.jp live.nl live.no live.se mac.com mail.bg mail.com mail.dk "
    "mail.ee mail.ru mailbox.org me.com mynet.com naver.com netcourrier.com netzero.net neuf.fr nifty.com "
    "ntlworld.com numericable.fr o2.pl onet.pl online.de ono.com op.pl optonline.net optusnet.com.au orange.fr "
    "planet.nl pm.me post.cz posteo.de proton.me qq.com rambler.ru rediffmail.com rocketmail.com rogers.com sapo.pt "
    "sbcglobal.net seznam.cz sfr.fr shaw.ca sina.com sky.com skynet.be softbank.ne.jp sohu.com sunrise.ch "
    "t-online.de talktalk.net telefonica.net telenet.be telia.com telus.net terra.com.br tin.it tiscali.co.uk "
    "tiscali.it tpg.com.au tuta.io tutanota.com ukr.net uol.com.br verizon.net virgilio.it virginmedia.com "
    "vodafonemail.de volny.cz vp.pl walla.co.il walla.com wanadoo.fr web.de windstream.net wp.pl xs4all.nl "
    "xtra.co.nz ya.ru yeah.net ziggo.nl zoho.com zohomail.com zoznam.sk".split()
)
"""Mail domains that anybody may have: the greatest providers of America, Europe and Asia. Kept by hand."""

PUBLIC_BRANDS = frozenset("aol fastmail gmail gmx googlemail hotmail msn outlook protonmail yahoo ymail yandex".split())
"""Providers that are met under many countries' endings: `yahoo.se`, `hotmail.com.tr`."""

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
    return "" if is_of_anybody(domain) else domain


def parents(domain: str) -> Iterable[str]:
    """Yield a domain, and those that it lies in: `mail.harlow.example`, `harlow.example`."""
    steps = domain.split(".")
    return (".".join(steps[at:]) for at in range(len(steps) - 1))


def is_within(domain: str, known: Collection[str]) -> bool:
    """Tell whether a domain is one of these, or lies in one."""
    return any(each in known for each in parents(domain))


def is_of_anybody(domain: str) -> bool:
    """Tell whether anybody may write from a domain, or a service does."""
    folded = domain.casefold()
    branded = "." in folded and company_in(folded) in PUBLIC_BRANDS
    return branded or is_within(folded, PUBLIC_DOMAINS | SERVICE_DOMAINS)


def checked_domain(told: str) -> str:
    """Return the domain that somebody wrote, with or without what stands before its @, folded.

    Raises InputError for what is no domain, and for one that anybody may have.
    """
    domain = told.strip().rpartition("@")[2].casefold().rstrip(".")
    if not _DOMAIN.fullmatch(domain):
        raise InputError(f'"{told}" is no e-mail domain.', "Give it as harlow.example or @harlow.example.")
    if is_of_anybody(domain):
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
