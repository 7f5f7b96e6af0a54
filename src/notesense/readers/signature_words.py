"""Words that tell a signature, a notice and a program's footer from what somebody writes; many languages.

Partings, names of devices and the wording of programs are their marks. Of notices there are the kinds of things that
they speak of: one alone tells nothing, several in one paragraph do. The small words of each language (who, not, still)
stand in sentences and hardly ever in a name, role or address.
"""

import re
from typing import Final

PARTING = re.compile(
    r"(?:(?:(?:with|my)\s)?(?:very\s)?(?:best|kind|kindest|warm|warmest|many)(?:\s(?:regards|wishes|greetings))?"
    r"|(?:many\s|kind\s)?(?:thanks|thx|tks)(?:\s(?:a lot|so much|in advance|again|and (?:best |kind )?regards))?"
    r"|thank you(?:\s(?:very much|so much|in advance|again))?|cheers|regards|sincerely|warmly|yours(?:\s\w+)?|brgds"
    r"|b\.?r\.?"
    r"|all the best|talk soon|respectfully|take care|(?:mit\s)?(?:den\s)?(?:freundlich|best|viel|lieb|schön|herzlich"
    r"|sonnig|beste)(?:e[mnr]?)?\s(?:grüßen?|gruß|grüssen?|gruss|dank)(?:\s(?:aus|nach)(?:\s\w+){1,3})?|mfg|lg|vg|bg|gruß"
    r"|grüße|gruss"
    r"|danke(?:\s(?:schön|im voraus|vorab))?|i\.\s?[av]\.|ppa\.?"
    r"|(?:bien\s|très\s)?cordialement|cdlt|bien à (?:vous|toi)|(?:bien\s)?à vous|amicalement"
    r"|(?:(?:mes\s)?(?:meilleures|sincères|cordiales))\ssalutations|(?:un grand\s)?merci(?:\s(?:d'avance|beaucoup))?"
    r"|(?:bonne|belle) (?:journée|réception|soirée)"
    r"|(?:reciba\s|un\s)*(?:cordial(?:es)?\s)?saludos?(?:\scordial(?:es)?)?|(?:muy\s)?atentamente|(?:muchas\s)?gracias"
    r"(?:\s(?:y (?:un )?saludos?|de antemano))?|(?:grazie e\s)?(?:i miei\s)?(?:(?:più\s)?cordiali|distinti|migliori"
    r"|un)?\s?"
    r"saluti|un(?:\scordiale)? saluto|cordialmente|grazie(?:\smille)?|att(?:e)?\.?|atenciosamente"
    r"|(?:com os\s)?(?:melhores\s|meus\s)?cumprimentos|(?:um\s)?abraços?|(?:un\s)?(?:fuerte\s)?abrazos?|a presto"
    r"|(?:muito\s)?obrigad[oa]"
    r"|met\s(?:vriendelijke|hartelijke)\sgroet(?:en)?|(?:vriendelijke\s|hartelijke\s)?groet(?:en|jes)?|mvg"
    r"|(?:alvast\s)?bedankt|(?:med\s)?(?:vänliga?|bästa)\shälsning(?:ar)?|mvh|hälsningar|tack(?:\spå förhand)?"
    r"|(?:med\s)?(?:de\s)?(?:venlige?|vennlige?|bedste|beste)\s(?:hilsen|hilsner)|hilsen|tak|takk"
    r"|(?:ystävällisin|parhain)\sterveisin|terveisin|kiitos|z\s(?:poważaniem|wyrazami szacunku)"
    r"|pozdrawiam(?:\sserdecznie)?"
    r"|(?:serdecznie\s)?pozdrawiam|dziękuję|s\s(?:přátelským\s)?pozdravem|s\súctou|děkuji|hezký den|üdvözlettel"
    r"|köszönettel"
    r"|(?:с\s)?уважением|с наилучшими пожеланиями|спасибо|(?:iyi|kolay)\s(?:çalışmalar|günler|gelsin)|saygılarımla"
    r"|teşekkürler"
    r"|(?:どうぞ)?(?:よろしく|宜しく)お(?:願|ねが)い(?:いた|致)?(?:します|申し上げます)?|敬具|此致|敬礼|祝好"
    r"|顺颂商祺|谢谢"
    r"|감사합니다|드림)\s?[,.!。，！、]*",
    re.IGNORECASE,
)
"""A whole line with which people part, one language or two with a stroke between; what follows may be their name."""

_SENT = frozenset(
    "sent get gesendet versendet verschickt holen hol laden envoyé envoyée obtenir obtenez télécharger téléchargez "
    "enviado enviada obtener obtén descargar descarga obter obtenha baixar baixe inviato inviata ottieni scarica "
    "verzonden verstuurd downloaden download skickat hämta sendt hent last lähetetty hanki wysłane wysłano wysłana "
    "pobierz odesláno odoslané získat stáhnout отправлено скачать скачайте получить gönderildi edinin indirin "
    "letöltése küldve trimis".split()
)
_DEVICES = (
    "iphon ipad ipod ios macbook android samsung galaxy huawei xiaomi redmi oneplus pixel nokia motorola sony xperia "
    "blackberry smartphone handy-mail mobilgerät mobiltelefon outlook gmail yahoo proton protonmail windows "
    "superhuman spark missive mailbird aol gmx web.de freenet t-mobile telekom telefónica orange k-9 thunderbird "
    "mail.ru yandex яндекс почты tutanota tuta hey mailspring mimestream bluemail zoho icloud hotmail"
).split()
_AROUND = frozenset(
    "from my with via for the a an on of and app apps mail email e-mail secure mobile phone device desktop tablet "
    "version free by using powered new von vom meinem meiner mit dem der den für aus sie sich app dieses diese "
    "nachricht wurde gerät mobilen de depuis du mon ma à partir pour l'application application la le téléphone desde "
    "mi el para móvil dispositivo celular do meu minha o para aplicativo dal dalla dal mio mia il da per cellulare "
    "vanaf vanuit mijn voor met een toestel från min mitt till fra mit til minun puhelimesta laitteesta z ze mojego "
    "mojej dla aplikację aplikacji systemu telefonu ze z mého pro aplikace för мобильной моего с из для приложения "
    "için uygulamasından için www https http".split()
)
"""Words that programs put beside the name of a device in their footer."""
_FRONT = re.compile(r"sent (?:from|via) front", re.IGNORECASE)
_ASIAN_FOOTER = re.compile(
    r"(?:(?:我的|从我的|從我的|发自我的?|發自我的?|来自我的?|나의|내)\s?)?[\w ]{2,24}?\s?(?:から送信|を入手"
    r"|에서 보냄|다운로드|发送|傳送|傳送自|发出)"
    r"|(?:发自我的?|發自我的?|来自|傳送自|获取|取得|从我的|從我的)\s?[\w ]{2,24}"
)
_LONGEST_FOOTER = 200
_LINK = re.compile(r"[<(\[]?\s*https?://\S+\s*[>)\]]?")


def is_device_footer(line: str) -> bool:
    """Tell whether a line is what a mail program puts under a mail, and nothing else: "Sent from my iPhone"."""
    if len(line) > _LONGEST_FOOTER:
        return False
    line = (_LINK.sub(" ", line) if "://" in line else line).strip(" \t\xa0.!-–—*_|")
    folded = line.casefold()
    words = [word.strip(".,'\"’()") for word in folded.split()]
    if not line.isascii() and _ASIAN_FOOTER.fullmatch(line):
        return any(device in folded for device in _DEVICES)
    if not words or not ({words[0], words[-1]} & _SENT or "gesendet" in words):
        return False
    named = any(device in folded for device in _DEVICES)
    return _FRONT.fullmatch(line) is not None or (named and all(map(_is_of_footer, words)))


def _is_of_footer(word: str) -> bool:
    """Tell whether a word may stand in a program's footer; models have digits."""
    if word in _AROUND or word in _SENT or not word:
        return True
    return (
        word.startswith(tuple(_DEVICES)) or (any(char.isdigit() for char in word) and len(word) < 10) or len(word) == 1
    )


SELF = re.compile(
    r"this (?:e-?mail|message|communication|transmission|mail)\b|dies(?:e|er|em|es)\s(?:e-?mail|mail|nachricht"
    r"|mitteilung)\b"
    r"|\b(?:ce|cet|présent)\s(?:message|courriel|e-?mail|mail|courrier)\b"
    r"|\b(?:este|presente)\s(?:mensaje|correo|e-?mail)\b|\besta (?:comunicación|mensagem|comunicação)\b"
    r"|\bpresente mensagem\b"
    r"|\b(?:quest[ao]|presente)\s?'?(?:e-?mail|messaggio|comunicazione)\b|\bdit\s(?:e-?mail)?bericht\b"
    r"|\bdeze\s(?:e-?)?mail\b"
    r"|\b(?:detta|denna|dette|denne)\s(?:meddelande|e-?post\w*|e-?mail\w*|mail|meddelelse|melding\w*)\b"
    r"|\btämä\w*\s(?:sähköposti|viesti)\w*|\b(?:ta|tej|tę|ten|niniejsz\w+)\s(?:wiadomo\w+|e-?mail\w*|korespondencj\w+)"
    r"|\bt(?:ato|éto|uto|ento)\s(?:zpráv\w+|e-?mail\w*)|\b(?:это|этого|настоящ\w+|данн\w+)\s(?:сообщени\w+|письм\w+"
    r"|электронн\w+)"
    r"|\bbu\s(?:e-?posta|mesaj|ileti)\w*|(?:本|この|当)(?:メール|電子メール|メッセージ)|(?:本|此|这封|這封)(?:电子"
    r"|電子)?(?:邮件|郵件|信息|信件)"
    r"|(?:이|본)\s?(?:이메일|메일|메시지|전자우편)",
    re.IGNORECASE,
)
"""A mail that speaks of itself."""

NOTICE: Final = {
    name: re.compile(words)
    for name, words in {
        "confidential": r"confiden[tc]\w*|privileged|vertraulich\w*|riservat[aoie]|vertrouwelijk\w*"
        r"|[kc]onfidenti[eë]\w+"
        r"|konfidensiel\w*|fortrolig\w*|luottamuksell\w*|poufn\w+|důvěrn\w+|конфиденциальн\w*|gizli\w*|機密|秘密"
        r"|机密|保密|기밀|비밀",
        "copying": r"\bunauthori[sz]ed|\bdisclos\w+|disseminat\w+|\bcopying\b|unbefugt\w*|weitergabe|unzulässig"
        r"|non autorisée"
        r"|divulga\w+|diffusi?on|\bprohibi[dt]\w|\bproibid\w|\bvietat\w|openbaarma\w+|verspreid\w+|obehörig\w*"
        r"|uberettig\w+"
        r"|luvaton\w*|nieuprawnion\w*|rozpowszechn\w+|neoprávněn\w+|распростран\w+|копирован\w+|разглаш\w+|yasak\w*"
        r"|無断|未经授权"
        r"|未經授權|무단",
        "liability": r"\bliab(?:le|ility)\b|\bhaft(?:ung\w*|et|en)\b|responsabili(?:té|dad\w*|tà)|aansprakelijk\w*"
        r"|odpowiedzialno\w+|odpovědnost\w*|ответственност\w*|sorumlu\w*|責任|责任|책임",
        "views": r"\b(?:views?|opinions?)\b[^.]{0,60}\b(?:author|sender|expressed|company)|persönliche meinung"
        r"|opinions? exprimées?|opiniones expresadas|opinioni espresse|opiniões",
        "virus": r"\bvirus\w*|\bmalware|вирус\w*|病毒|ウイルス|바이러스",
        "print": r"\bprint(?:ing|ed)?\b|\b(?:aus)?(?:ge)?druck(?:en|t)\b|\bimprim\w+|\bstampa(?:re|te)\b|\bafdruk\w+"
        r"|skriv\w* ut\b|\btulost\w+|\bwydruk\w+|\bdrukow\w+|\bvytisk\w+|печата\w+|yazdır\w+|印刷|打印|列印|인쇄",
        "environment": r"\benvironment\b|\bumwelt\b|environnement\b|m(?:edio|eio) ambiente|\bambiente\b|\bmilieu\b"
        r"|\bmilj[öø]\w*|ympäristö\w*|środowisk\w*|prostředí|природ\w+|çevre\w*|環境|环境|환경",
        "privacy": r"\bgdpr\b|\bdsgvo\b|\brgpd\b|personal data|datenschutz\w*|données personnelles|datos personales"
        r"|dati personali|dados pessoais|persoonsgegevens|personuppgift\w*",
        "recipient": r"\brecipients?\b|\baddressees?\b|intended (?:only|solely|for)|\badressat\w*|\bempfänger\w*"
        r"|destinatai?r\w+"
        r"|destinatári\w+|geadresseerde|\bontvanger\w*|\bmottagar\w+|\bmodtager\w*|\bmottaker\w*|vastaanottaj\w*"
        r"|\badresat\w*"
        r"|\bodbiorc\w+|příjemc\w+|\badresát\w*|адресат\w*|получател\w*|\balıcı\w*|muhata\w+|受信者|宛先|收件人"
        r"|수신자|수신인",
        "error": r"\bin error\b|by mistake|irrtümlich\w*|versehentlich|fehlgeleitet|par erreur|por (?:error|engano"
        r"|erro)\b"
        r"|per errore|per ongeluk|ten onrechte|abusievelijk|av misstag|ved en? fe[ji]l|ved fejl|erehdyks\w+"
        r"|omyłkow\w+|pomyłk\w+"
        r"|\bomylem|ошибочно|по ошибке|yanlışlıkla|sehven|誤って|误收|잘못",
        "delete": r"\bdelet\w+|\bdestroy\w*|\blösch\w+|vernicht\w+|\bsupprim\w+|détrui\w+|\beliminar?\w*"
        r"|\bb[oó]rr[ea]\w*"
        r"|\bdestr[uú]\w+|\bapag[au]\w+|\bapague\w*|\bcancell\w+|distrugg\w+|verwijder\w+|vernietig\w+|\brader\w+"
        r"|\bslett?\w*|\bpoista\w*"
        r"|\busu[nń]\w*|zniszcz\w+|\bsmaž\w+|vymaž\w+|удалит\w*|\bsilin\w*|\bimha\b|削除|破棄|删除|刪除|삭제",
        "sender": r"\bsender\b|\bnotify\b|\babsender\w*|\bbenachrichtig\w+|expéditeur|remitente|\bmittente|remetente"
        r"|\bafzender"
        r"|avsändar\w+|\bafsender\w*|\bavsender\w*|lähettäj\w+|\bnadawc\w+|odesílatel\w*|отправител\w*|\bgönderen\w*"
        r"|送信者|发件人|발신자",
        "attached": r"\battachments?\b|files transmitted|\banhäng\w+|\banlagen?\b|pièces? jointes?|fichiers? joints?"
        r"|adjuntos?\b"
        r"|\banexos?\b|\ballegat\w+|\bbijlagen?\b|\bbilag\w*|\bvedlegg\w*|\bliitte\w+|załącznik\w*|příloh\w*"
        r"|вложени\w*|\bekleri\b"
        r"|添付|附件|첨부",
    }.items()
}
"""Of what the notices speak that companies put under every mail, by kind; for text in small letters."""
CORE_NOTICE: Final = frozenset(
    {"confidential", "copying", "liability", "views", "virus", "print", "environment", "privacy"}
)
"""Kinds that are hardly spoken of in other mails; one of them is in every notice."""

HANDLED = re.compile(
    r"\b(?:read|use|copy|forward|retain|review|(?:ver)?wende\w*|(?:weiter)?leite\w*|lesen|kopier\w*|utilis\w+"
    r"|transf[eé]r\w+"
    r"|copi(?:er|ar|are)|utiliz\w+|reenvi\w+|usar|usare|inoltr\w+|encaminh\w+|gebruik\w*|kopi[eë]r\w*|doorstur\w+"
    r"|använd\w*"
    r"|vidarebefordr\w*|anvend\w*|videresend\w*|bruke?|kopiowa\w+|wykorzyst\w+|использ\w+|копир\w+|kullan\w*"
    r"|kopyala\w*)\b"
    r"|転載|使用",
    re.IGNORECASE,
)
"""What a notice forbids to do with the mail."""
HEADING = re.compile(
    r"(?:confidentiality|legal|privacy|e-?mail)\s(?:notice|note|statement|disclaimer)|disclaimer|haftungsausschluss"
    r"|vertraulichkeitshinweis|rechtlicher hinweis|avis de confidentialité|avis légal|aviso (?:legal"
    r"|de confidencialidade?)"
    r"|avvertenza|avviso legale|ansvarsfraskrivelse|ansvarsfriskrivning|klauzula poufności|免責事項",
    re.IGNORECASE,
)
"""A whole line above a notice."""

OUTSIDE = re.compile(
    r"\b(?:external|extern(?:e[rsn]?|al|o|a)?|outside|außerhalb|extérieur\w*|esterno|esterna|fuera de|fora da|buiten"
    r"|utanför"
    r"|uden for|utenfor|spoza|zewnętrzn\w+|внешн\w+)\b|外部",
    re.IGNORECASE,
)
TAGGED = re.compile(r"\W*[\[*<(]\s*(?:external|extern\w*|esterno)\b[^\]*>)\n]{0,30}[\]*>)]", re.IGNORECASE)
"""A mark that a company's server puts at the head of mails from outside."""
CLICKED = re.compile(
    r"\b(?:click|links?|klick\w*|cliqu\w+|liens?|clic|enlaces?|klik\w*|länk\w*|ссылк\w+|attachments?|anhäng\w+|anlagen"
    r"|pièces? jointes?|adjuntos?|anexos?|allegat\w+|bijlagen?|bilag\w*)\b",
    re.IGNORECASE,
)
WARNED = re.compile(
    r"\b(?:do not|don.t|never|unless|nicht|keine?n?|ne|pas|jamais|no|non|não|niet|geen|inte|inga|ikke|nie|не"
    r"|recogni[sz]e"
    r"|trust\w*|careful|phishing|verify|vorsicht|prudence|cuidado|precaución|prudenza|försiktig\w*|forsiktig"
    r"|ostrożn\w+)\b",
    re.IGNORECASE,
)
"""Of what, and how, a banner warns; of the sender's place it speaks with `OUTSIDE`."""
SELDOM = re.compile(
    r"[^\n]{0,60}(?:don.t often get e?-?mail from|erhalten nicht (?:oft|häufig) eine? e-?mails? von"
    r"|pas souvent d.e-?mails? "
    r"(?:de|à partir de)|no suele recibir correo electrónico de|non si ricevono spesso \S+(?: \S+){0,3} da"
    r"|não costuma receber "
    r"e-?mails? de|ontvangt niet vaak e-?mail van)\s\S+@\S+[^\n]{0,200}"
    r"|[^\n]{0,300}aka\.ms/LearnAboutSenderIdentification[^\n]{0,20}",
    re.IGNORECASE,
)
"""Outlook's line above a mail from somebody who seldom writes."""

MEETING_LINK = re.compile(
    r"teams\.(?:microsoft|live)\.com/|\.zoom\.us/|//zoom\.us/|meet\.google\.com/|\.webex\.com/|gotomeet\.me/"
    r"|(?:dialin|aka\.ms/)\S*"
    r"JoinTeamsMeeting"
)
CONTACT = re.compile(
    r"[^\s@<>]+@[^\s@<>]+\.\w{2,}|\bhttps?://|\bwww\.|\b[\w-]+\.(?:com|de|net|org|eu|example|co\.uk|fr|es|it|nl|se"
    r"|dk|pl)\b"
    r"|(?:\+|\b00|\(0|\b0)\d[\d\s()/.\-–]{5,}\d|\b\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}\b"
    r"|\b(?:tel|tél|tfno|tlf|fon|phone|fax|mob|mobile|mobil|cell|handy|gsm|direct|тел)\b\s?[.:]"
    r"|\b(?:GmbH|AG|KG|Ltd|Limited|LLC|LLP|Inc|Corp|plc|PLC|S\.?A\.?S?\.?|S\.?L\.?|S\.?r\.?l\.?|SpA|S\.p\.A|B\.?V"
    r"|N\.V|AB|Oy|Oyj|ApS|A/S"
    r"|s\.r\.o|a\.s|Lda|Ltda|SARL|ООО|АО|Kft|Sp\. z o\.o)(?:\b|(?=[\s.,|]|$))|株式会社|有限公司|주식회사|\bHR[AB]\b"
    r"|\bUSt\b|\bVAT\b|\bSIRET\b|\bNIF\b"
    r"|\b(?:D-|F-|CH-|A-)?\d{4,5}\s[A-ZÄÖÜÉ][\w-]+|\w(?:str\.|straße|strasse)\s?\d|\b\d{1,4}[, ]+(?:rue|avenue|via"
    r"|calle|rua)\b|\bP\.?O\.? Box\b"
    r"|\b(?:[Rr]egistered office|Amtsgericht|Registergericht|Handelsregister|[Ss]iège social|[Ss]ede legale|KvK)\b"
    r"|\bLinkedIn\b|\[cid:|\[(?:image|logo)\b"
)
"""What names a way to reach somebody, or a company by its legal form."""

_SINGULAR = (
    "I I'm I've I'll I'd me my mine ich mir mich mein meine meinen meinem meiner je j'ai moi yo mío eu meu minha io "
    "mio mia ik mij mijn jag mig jeg mig meg minä minua minun ja mnie mi já mě я мне меня мой моя ben bana benim"
)
_OTHERS = (
    "we we're we've we'll us our ours you you're your yours he she they them his their it it's its this that these "
    "those not never nobody nothing none are was were been is has have had does did don't doesn't didn't isn't aren't "
    "wasn't can can't cannot won't would should could must but because if when until why how what who which there "
    "still again yet already too very every each please also than so since before after wir uns unser unsere unseren "
    "unserem unserer du dir dich ihr ihre ihnen euch euer sie er es nicht kein keine keinen nie niemand nichts ist "
    "sind war waren wird werden wurde hat haben hatte kann können muss müssen soll sollen aber weil dass wenn seit "
    "noch schon immer nur auch sehr wieder bitte leider nous vous ils elles ne n'est pas est sont était avons avez "
    "ont mais car quand toujours encore déjà jamais trop très notre nos votre vos cette c'est que qui nosotros usted "
    "ustedes nos no se es está están hay ha han hemos pero porque cuando aún todavía ya muy siempre nunca nuestro "
    "nuestra su sus este esta seguimos tenemos noi voi non ci è sono siamo abbiamo hanno perché quando ancora già "
    "sempre mai anche nostro nostra vostro vostra questo questa che nós vocês você não é são estão foi tem temos mas "
    "ainda já também muito nosso nossa isso wij jij jullie hij zij niet geen nooit zijn wordt heeft hebben maar omdat "
    "dat nog altijd ook weer onze uw deze dit vi oss vår våra ni inte ingen aldrig är har hade ska måste men eftersom "
    "att fortfarande redan också igen det os vores ikke aldrig skal fordi stadig også meget igen på me te emme eivät "
    "ei on ovat oli mutta koska että jos vielä aina myös meidän nie jest są był nas nam nasz nasza nasze ale bo że "
    "jeśli gdy jeszcze już zawsze tylko też bardzo proszę się to není je jsou jsme jsem nás nám náš naše protože když "
    "ještě už vždy také velmi prosím si мы нас нам наш наша вы вас вам не нет никто это был была были но потому что "
    "если когда ещё еще уже всегда только тоже очень пожалуйста biz bize bizim siz size sizin değil yok var ama çünkü "
    "hâlâ hala daha çok hiç lütfen bu"
)
_CAPITALS = (
    "We You He She They It This That These Those My Our Nobody Nothing Please Still There No Not Why How What But If "
    "When Ich Wir Unser Unsere Mein Niemand Bitte Leider Aber Je Nous Vous Notre Votre Mais Yo Nosotros Nuestro "
    "Nuestra Pero Nadie Noi Io Nostro Nostra Nessuno Ma Eu Nós Nosso Nossa Não Mas Ninguém Ik Wij Onze Niemand Maar "
    "Jag Vi Vår Våra Ingen Jeg Vores Men Nie Nasz Nasza Ale Náš Naše Мы Я Наш Наша Не Никто Но Biz Ben Bizim Ama"
)
SINGULAR: Final = frozenset(_SINGULAR.split()) - {"ben", "ja", "mi"}
"""The writer alone, in words that no notice has."""
SMALL: Final = SINGULAR | frozenset(_OTHERS.split())
"""Words of sentences, as they stand within one."""
OPENING: Final = frozenset(_CAPITALS.split()) - {"Ben", "Ma"}
"""Words of sentences, as they stand at the head of one; none that is a name."""
ASIAN_SENTENCE = re.compile(
    r"[。！？]|(?:ます|です|ません|ました|ください|ない)[。！]?$|我们|我們|[我你您]|没有|沒有|请|請|不|(?:니다|세요"
    r"|어요|아요)[.!]?$"
)
PARTICLES: Final = frozenset(
    "of and for the at in & de du des d' la le les et von van der den zu zur und für im am y e del della delle dei di "
    "do da dos das och för av og til voor het en i ds dla w a/s to by bin ben al el ter ten te - – — | / · • , dr "
    "prof".split()
)
"""Small words of names and roles."""
