"""How mail programs mark what a mail carries along: heads, "X wrote:", what stands before a subject; many languages."""

import re

_FROM = (
    "from|von|de|da|van|från|fra|od|от|lähettäjä|feladó|expéditeur|remetente|mittente|发件人|寄件者|差出人|보낸\\s?사람"
)
_SUBJECT = (
    "subject|betreff|objet|asunto|assunto|oggetto|onderwerp|ämne|emne|temat|předmět|тема|aihe|tárgy|主题|主旨|件名|제목"
)
_OTHERS = (
    "sent|to|date|cc|bcc|reply-to|importance|attachments?|gesendet|an|datum|kopie|envoyé(?:\\sle)?|à"
    "|enviado(?:\\s(?:el|em))?"
    "|para|fecha|data|enviada(?:\\sem)?|inviato(?:\\sil)?|a|verzonden|aan|skickat|till|kopia|sendt|til|dato|kopi"
    "|wysłan[oe]|do"
    "|dw|odesláno|komu|отправлено|кому|дата|копия|lähetetty|vastaanottaja|päivämäärä|kopio|elküldve|címzett|másolat"
    "|发送时间|收件人|抄送|日期|送信日時|宛先|日付|보낸\\s?날짜|받는\\s?사람|참조|날짜"
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
    r"|inicio del mensaje reenviado:|inizio messaggio inoltrato:)[ \t]*",
    re.IGNORECASE,
)
"""A line that says: an older mail follows."""
RULE = re.compile(r"[ \t]*[_-]{20,}[ \t]*")

WROTE = re.compile(
    r"\b(?:wrote|writes|schrieb|schreibt|a écrit|escribió|ha escrito|ha scritto|scrisse|schreef|escreveu|skrev"
    r"|skreiv|kirjoitti"
    r"|napisał(?:a|\(a\))?|napsal(?:a|\(a\))?|írta|a scris|yazdı|написала?|пишет)(?!\w)|写道|寫道|님이 작성",
    re.IGNORECASE,
)
DATED = re.compile(r"\b(?:19|20)\d\d\b|\d{4}年|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b\d{1,2}[:.h]\d{2}\b")
ADDRESS = re.compile(r"[^\s<>()\[\]\",;:]+@[^\s<>()\[\]\",;:]+")

REPLY = re.compile(
    r"(?:(?:re|aw|antw|sv|vs|ref|res|odp|ynt|fwd?|wg|tr|rv|enc|doorst|vb|pd|i|r)(?:\s?[\[(]\d{1,3}[\])])?\s?:\s*"
    r"|(?:回复|答复|转发|回覆|轉寄|답장|전달)\s?[:：]\s*)+",
    re.IGNORECASE,
)
"""What stands before the subject of a reply or of a forwarded mail."""
