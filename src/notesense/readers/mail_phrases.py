"""How mail programs and people mark what a mail carries along: heads, "X wrote:", partings, footers; many languages."""

import re

_FROM = (
    "from|von|de|da|van|från|fra|od|от|lähettäjä|feladó|expéditeur|remetente|mittente|发件人|寄件者|寄件人|差出人|送信者"
    "|보낸\\s?사람|kimden|gönderen|від|από|de la|saatja|šalje|pošiljatelj|dari|từ|จาก|מאת"
)
_SUBJECT = (
    "subject|betreff|thema|objet|asunto|assunto|oggetto|onderwerp|ämne|emne|temat|předmět|predmet|тема|aihe|tárgy|主题|主旨"
    "|主題|件名|제목|konu|θέμα"
    "|subiect|teema|tema|assumpte|subjek|subyek|chủ đề|tiêu đề|เรื่อง|נושא|الموضوع"
)
_OTHERS = (
    "sent|to|date|cc|bcc|reply-to|importance|priority|attachments?|gesendet|an|datum|kopie|wichtigkeit|priorität|anlagen?"
    "|envoyé(?:\\sle)?|à|enviado(?:\\s(?:el|em))?"
    "|para|fecha|data|enviada(?:\\sem)?|inviato(?:\\sil)?|a|verzonden|aan|skickat|till|kopia|sendt|til|dato|kopi"
    "|wysłan[oe]|do"
    "|dw|odesláno|odoslané|komu|отправлено|дата отправки|кому|дата|копия|копія|надіслано|lähetetty|vastaanottaja"
    "|päivämäärä|kopio|elküldve|küldve|címzett|másolat|dátum"
    "|gönderildi|gönderilme tarihi|kime|bilgi|tarih|στάλθηκε|ημερομηνία|προς|κοιν"
    "|trimis|către|saadetud|kuupäev|poslano|prima"
    "|tanggal|dikirim|kepada|ngày|đã gửi|đến|ส่ง|ถึง|נשלח|תאריך|אל|עותק|תם|إلى|التاريخ|تاريخ الإرسال"
    "|发送时间|收件人|抄送|日期|送信日時|宛先|日付|寄件日期|收件者|副本|傳送日期|보낸\\s?날짜|받는\\s?사람|참조|날짜"
)
HEAD_LINE = re.compile(
    rf"[ \t*_]*(?:(?P<sender>{_FROM})|(?P<subject>{_SUBJECT})|{_OTHERS})[*_]*[ \xa0]?[:：][*_]*(?:[ \t\xa0]+"
    rf"|$)(?P<value>.*)",
    re.IGNORECASE,
)
"""A line of a mail's head as programs put it above older words."""

SEPARATOR = re.compile(
    r"[ \t]*(?:-{2,}[ \t]*(?:original|forwarded|ursprüngliche|weitergeleitete|message d'origine"
    r"|message transféré|mensaje"
    r"|mensagem|messaggio|oorspronkelijk|doorgestuurd|ursprungligt|vidarebefordrat|oprindelig|opprinnelig|videresendt"
    r"|alkuperäinen|wiadomość|přeposlaná|původní|исходное|пересылаемое|转发|原始)[^\n-]{0,40}-{2,}"
    r"|begin forwarded message:|anfang der weitergeleiteten (?:nachricht|e-mail):|début du message (?:transféré"
    r"|réexpédié) ?:"
    r"|inicio del mensaje reenviado:|inizio (?:del )?messaggio inoltrato:|begin doorgestuurd bericht:"
    r"|in[ií]cio da mensagem (?:re)?encaminhada:|vidarebefordrat brev:|videresendt (?:besked|melding):"
    r"|転送されたメッセージ[:：]"
    r"|начало (?:переадресованного|пересылаемого) сообщения:|välitetty viesti:|下面是被转发的邮件[:：]|전달된 메시지:"
    r"|začátek přeposílané zprávy:|początek przekazywanej wiadomości:)[ \t]*",
    re.IGNORECASE,
)
"""A line that says: an older mail follows."""
RULE = re.compile(r"[ \t]*[_-]{20,}[ \t]*")

WROTE = re.compile(
    r"\b(?:wrote|writes|schrieb|schreibt|geschrieben|a écrit|escribió|ha escrito|ha scritto|scrisse"
    r"|geschreven|schreef|escreveu|skrev"
    r"|skreiv|kirjoitti"
    r"|napisał(?:a|\(a\))?|napisana przez|pisze|napsal(?:a|\(a\))?|írta|a scris|yazdı|έγραψε|написал(?:а|\(а\))?|пишет"
    r"|пише|написав(?:ла)?|va escriure|kirjutas)(?!\w)|写道|寫道|님이 작성|のメール",
    re.IGNORECASE,
)
DATED = re.compile(r"\b(?:19|20)\d\d\b|\d{4}年|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b\d{1,2}[:.h]\d{2}\b")
ADDRESS = re.compile(r"[^\s<>()\[\]\",;:]+@[^\s<>()\[\]\",;:]+")

NO_NAME = re.compile(
    r"(?:(?:[AaPp]\.?[Mm]|Uhr|h|um|at|o|ore|kl|via|GMT|UTC|[A-Z]{3,4}T|hat|heeft)\b\.?|[+-]\d{4})[\s,]*"
)
"""What stands before a name and is none of it: a time's words."""

_TAG = r"(?:\[[^\[\]\n]{1,40}\]\s*)"
_RE = (
    r"(?:(?:re|aw|antw|sv|vs|ref|res|odp|ynt|fwd?|wg|tr|rv|enc|doorst|vb|pd|i|r|回复|答复|转发|回覆|轉寄|답장|전달)"
    r"(?:\s?[\[(]\d{1,3}[\])])?\s?[:：]\s*)"
)
REPLY = re.compile(rf"{_TAG}*{_RE}(?:{_TAG}|{_RE})*", re.IGNORECASE)
"""What stands before the subject of a reply or of a forwarded mail."""

PARTING = re.compile(
    r"(?:(?:with\s)?(?:best|kind|kindest|warm|warmest)(?:\s(?:regards|wishes))?|(?:many\s)?thanks(?:\s(?:a lot"
    r"|so much|in advance|again"
    r"|and regards|and best regards))?|thank you(?:\s(?:very much|in advance|again))?|cheers|regards|sincerely"
    r"|yours(?:\s\w+)?"
    r"|all the best|talk soon|respectfully|(?:mit\s)?(?:freundlichen?|besten?|vielen?|lieben?|schönen?"
    r"|herzlichen?|viele|liebe|beste)"
    r"\s(?:grüßen?|gruß|grüssen?|gruss|dank)(?:\s(?:aus|nach)\s\w+)?|mfg|lg|vg|gruß|grüße"
    r"|(?:bien\s)?cordialement|(?:bien\s)?à vous"
    r"|(?:meilleures|sincères)\ssalutations|merci(?:\sd'avance)?|bonne (?:journée|réception)"
    r"|(?:un\s)?(?:cordial\s)?saludos?"
    r"|(?:saludos|un saludo)\scordial(?:es)?|atentamente|(?:muchas\s)?gracias|(?:cordiali|distinti)\ssaluti"
    r"|(?:un\s)?saluti|grazie(?:\smille)?"
    r"|atenciosamente|cumprimentos|(?:com os melhores|melhores)\scumprimentos|abraços|obrigad[oa]"
    r"|met\s(?:vriendelijke|hartelijke)\sgroet(?:en)?"
    r"|groet(?:en|jes)?|mvg|(?:med\s)?(?:vänliga?|bästa)\shälsning(?:ar)?|mvh|hälsningar|(?:med\s)?(?:venlig"
    r"|vennlig)\shilsen|hilsen"
    r"|(?:ystävällisin|parhain)\sterveisin|terveisin|z\s(?:poważaniem|wyrazami szacunku)"
    r"|pozdrawiam(?:\sserdecznie)?|s\s(?:pozdravem|úctou)"
    r"|с\sуважением|üdvözlettel|saygılarımla)\s?[,.!]*",
    re.IGNORECASE,
)
"""A whole line with which people part; what follows is their name."""

FOOTER = re.compile(
    r"(?:sent (?:from (?:my|outlook|yahoo|mail|samsung|proton|gmail|iphone|ipad|android|blackberry)|with|via)"
    r"|get outlook for"
    r"|gesendet (?:von|mit)|von meinem \w+ gesendet|diese nachricht wurde von meinem|envoyé (?:de|depuis"
    r"|à partir) |télécharger outlook"
    r"|enviado (?:desde|do|de) |inviato da|verzonden vanaf|verstuurd vanaf|skickat från|hämta outlook|sendt fra"
    r"|lähetetty \w+"
    r"|wysłan[eo] z|odesláno z|отправлено (?:с|из)|发自我的|内 ?iphoneから送信|iphoneから送信"
    r"|나의 ?\w+에서 보냄)[^\n]{0,60}",
    re.IGNORECASE,
)
"""A whole line that a program puts under a mail."""

LEGAL = re.compile(
    r"[* \t]*(?:(?:confidentiality|legal|privacy)\s(?:notice|note|statement)|disclaimer|haftungsausschluss"
    r"|avis de confidentialité"
    r"|aviso (?:legal|de confidencialidad)|this (?:e-?mail|message|communication)(?:,|\s(?:and any|may contain"
    r"|is (?:intended|confidential|only)"
    r"|contains|including|transmission))|the (?:information|contents?) (?:contained )?(?:in|of) this (?:e-?mail"
    r"|message)"
    r"|diese e-?mail (?:und|enthält|ist|kann)|der inhalt dieser e-?mail|ce (?:message|courriel|mail) (?:et|est"
    r"|contient|peut)"
    r"|este (?:mensaje|correo|e-?mail)(?:\selectrónico)?(?:,|\s(?:y|es|contiene|puede|va))|esta mensagem (?:e|é"
    r"|contém|pode)"
    r"|questo messaggio|questa e-?mail|le informazioni contenute|dit (?:bericht|e-?mailbericht) (?:is|en|kan|bevat)"
    r"|think before you print|please consider the environment|before printing|bitte denken sie an die umwelt)",
    re.IGNORECASE,
)
"""How the notice begins that companies put under every mail."""
