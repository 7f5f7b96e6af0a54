"""How mail programs mark what a mail carries along: heads, "X wrote:", what stands before a subject; many languages."""

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
