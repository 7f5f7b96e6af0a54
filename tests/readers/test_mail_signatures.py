"""Small mails in many languages: which lines are the writer's words, and which a signature, a notice, a program's.

Lines that begin with `~` are expected to be none of the writer's words. Half of the mails are traps: what looks like a
signature at first sight, and is none.
"""

import pytest

from notesense.readers.mail_signatures import signed

SIGNATURES = [
    # English
    ("Priya Nair", "The pump is late.\n\n~Best regards,\n\n~Priya Nair\n~Plant Manager\n~Orla Foods Ltd"),
    ("Priya Nair", "We wait.\n\n~Cheers\n~Priya"),
    ("Priya Nair", "We wait for the quote.\n~Thanks, Priya"),
    ("Priya Nair", "We wait.\n~Priya Nair | Orla Foods | +44 20 7946 0102"),
    ("Priya Nair", "We wait.\n\n~P. Nair\n~head of purchasing\n~+44 20 7946 0102"),
    ("Priya Nair", "We wait.\n~PN"),
    ("priya.nair@orla.example", "We wait.\n\n~Talk soon\n~Priya\n\nPS: Tom has the keys."),
    ("Priya Nair", "We wait.\n\n~-- \n~Orla Foods\n~12 Quay Street\n\n~Orla on LinkedIn\n\nWe moved in May."),
    ("Priya Nair", "We wait.\n\n~Regards,\n~Priya Nair\n\n~Plant Manager\n\n~T 020 7946 0102\n~www.orla.example"),
    ("", "We wait.\n\n~Tim Hale\n~Orla Foods Ltd\n~tim@orla.example"),
    ("Priya Nair", "We wait.\n\n~Sent from my Pixel 8\n~Get Outlook for Android<https://aka.ms/x>"),
    ("Priya Nair", "We wait.\n\n~Sent with Proton Mail secure email."),
    (
        "Priya Nair",
        "We wait.\n\n~Priya\n\n~The information in this communication is privileged and for the addressee only. If "
        "you "
        "are not the intended recipient, please notify the sender, delete it and do not disclose its contents.\n\n"
        "~Orla Foods Ltd accepts no liability for viruses.",
    ),
    (
        "Priya Nair",
        "We wait.\n~This email and any files transmitted with it are confidential and intended solely for\n~the "
        "addressee. "
        "Views expressed are those of the author.",
    ),
    (
        "Priya Nair",
        "~WARNING: This message came from outside your organisation. Do not click links unless you trust the "
        "sender.\n\n"
        "We wait.",
    ),
    ("Priya Nair", "~[EXTERNAL] Be careful with links and attachments.\n\nWe wait."),
    ("Priya Nair", "~You don't often get email from priya@orla.example. Learn why this is important\n\nWe wait."),
    (
        "Priya Nair",
        "Tuesday suits us.\n\n~______________________________\n~Microsoft Teams Need help?\n~Join the meeting now"
        "<https://teams.microsoft.com/l/meetup-join/1>\n~Meeting ID: 331 22\n~Passcode: "
        "q7\n~______________________________\n\n"
        "Please bring the quote.",
    ),
    (
        "Priya Nair",
        "~-----BEGIN PGP SIGNED MESSAGE-----\n~Hash: SHA256\n\nWe wait.\n~-----BEGIN PGP SIGNATURE-----\n\n~iQEz\n"
        "~-----END PGP SIGNATURE-----",
    ),
    ("Priya Nair", "See below.\n\n~begin 644 list.csv\n~#86)C\n~`\n~end\n\nWe wait."),
    ("Priya Nair", "We wait.\n\n~Regards,\n~Priya Nair\n~Orla Foods\n\n~Find us on Instagram and LinkedIn"),
    (
        "Priya Nair",
        "We wait.\n\n~Cheers\n~Priya\n~--\n~Priya Nair | Orla Foods\n~We bake again: see orla.example/b",
    ),
    ("Priya Nair", "We wait.\n\n~Thanks\n~Priya Nair\n~Assistant to the Board\n~Orla Foods"),
    ("Priya Nair", "We wait.\n\n~Priya Nair\n~Plant Manager\n\n~Orla Foods Ltd | Cork\nGood food since the start"),
    ("Nair, Priya", "We wait.\n\n~Regards\n~Mrs Nair\n~Plant Manager\n~+44 20 7946 0102"),
    ("Priya Nair", "We wait.\n\n~P. Nair\n~head of the dry goods department\n~Port of Cork\n~+353 21 496 0102"),
    # German
    ("Jonas Falk", "Die Pumpe fehlt.\n\n~Viele Grüße aus Kiel\n~Jonas Falk\n~Leiter Einkauf\n~Falk & Sohn KG"),
    (
        "Jonas Falk",
        "Die Pumpe fehlt.\n\n~i.A. Jonas Falk\n~Falk KG\n~Hafenstr. 3\n~24103 Kiel\n~Amtsgericht Kiel HRB 44",
    ),
    ("Jonas Falk", "Die Pumpe fehlt.\n\n~Mit freundlichen Grüßen / Kind regards\n\n~J. Falk"),
    ("Jonas Falk", "Die Pumpe fehlt.\n\n~Gesendet mit der GMX Mail App"),
    (
        "Jonas Falk",
        "Die Pumpe fehlt.\n\n~Jonas\n\n~Diese Nachricht ist vertraulich und nur für den Empfänger bestimmt. Sollten "
        "Sie sie "
        "irrtümlich erhalten haben, löschen Sie sie bitte.\n\n~Bitte denken Sie an die Umwelt, bevor Sie diese "
        "E-Mail drucken.",
    ),
    (
        "Jonas Falk",
        "~ACHTUNG: Diese E-Mail kommt von extern. Klicken Sie keine Links an. Vorsicht!\n\nDie Pumpe fehlt.",
    ),
    (
        "Jonas Falk",
        "Die Pumpe fehlt.\n\n~Beste Grüße aus dem Norden\n~i. A. Falk\n~Leiter der technischen Abteilung\n~Hafen Kiel\n"
        "~Tel. 0431 555-0\n\n~Geschäftsführung: Ute Falk | Amtsgericht Kiel HRA 99",
    ),
    # French
    (
        "Élodie Blanc",
        "La pompe manque.\n\n~Bien à vous,\n\n~Élodie Blanc\n~responsable des achats\n~Tél. : 01 70 18 00 10",
    ),
    ("Élodie Blanc", "La pompe manque.\n\n~Envoyé depuis l'application Mail Orange"),
    (
        "Élodie Blanc",
        "La pompe manque.\n\n~Élodie\n\n~Ce message et ses pièces jointes sont confidentiels. Si vous l'avez reçu "
        "par erreur, "
        "merci d'avertir l'expéditeur et de le supprimer.",
    ),
    (
        "Luc Petit",
        "On attend.\n\n~Cordialement,\n~Luc Petit\n~responsable du service technique\n~Moulins du Lot\n~05 65 55 01 22",
    ),
    ("Luc Petit", "On attend.\n\n~Luc Petit\n~Acheteur\n\n~Moulins du Lot\n~05 65 55 01 22"),
    # Spanish
    ("Carlos Vega", "Falta la bomba.\n\n~Un cordial saludo,\n~Carlos Vega\n~Jefe de Compras\n~Vega S.L."),
    ("Carlos Vega", "Falta la bomba.\n\n~Obtener Outlook para Android"),
    (
        "Carlos Vega",
        "Falta la bomba.\n\n~Carlos\n\n~Este mensaje es confidencial y para uso exclusivo de su destinatario. Si lo "
        "recibe por "
        "error, bórrelo y avise al remitente.",
    ),
    ("Nuria Gil", "Esperamos.\n\n~Un abrazo,\n~Nuria"),
    # Italian
    ("Luca Ferri", "Manca la pompa.\n\n~Cordiali saluti\n~Luca Ferri\n~Ufficio Acquisti\n~Ferri S.r.l."),
    (
        "Luca Ferri",
        "Manca la pompa.\n\n~Luca\n\n~Le informazioni contenute in questo messaggio sono riservate. La diffusione è "
        "vietata. "
        "Prima di stampare pensa all'ambiente.",
    ),
    ("Ada Conti", "Aspettiamo.\n\n~A presto,\n~Ada"),
    # Portuguese
    ("João Prata", "Falta a bomba.\n\n~Atenciosamente,\n~João Prata\n~Gerente de Compras"),
    (
        "João Prata",
        "Falta a bomba.\n\n~João\n\n~Esta mensagem pode conter informação confidencial. Se não é o destinatário, "
        "apague esta "
        "mensagem e os anexos.",
    ),
    # Dutch
    ("Sanne de Wit", "De pomp ontbreekt.\n\n~Met vriendelijke groet,\n\n~Sanne de Wit\n~Inkoper\n~De Wit B.V."),
    (
        "Sanne de Wit",
        "De pomp ontbreekt.\n\n~Sanne\n\n~Dit bericht is vertrouwelijk en alleen bestemd voor de geadresseerde. "
        "Gelieve het te "
        "verwijderen als u het per ongeluk ontving.",
    ),
    ("Bram Smit", "Wij wachten.\n\n~Groet,\n~Bram\n\n~Verzonden vanuit Gmail"),
    # Swedish, Polish, Russian, Japanese
    ("Mikael Lund", "Pumpen saknas.\n\n~Vänliga hälsningar\n~Mikael Lund\n~Inköpschef\n~Lund AB"),
    ("Karolina Zych", "Brakuje pompy.\n\n~Pozdrawiam serdecznie\n~Karolina Zych\n~Dział Zakupów"),
    ("Мария Белова", "Насоса нет.\n\n~С уважением,\n~Мария Белова\n~Отдел закупок\n~ООО Ромашка"),
    ("田中 健", "ポンプが届きません。\n\n~よろしくお願いします。\n~田中"),
    (
        "Orla",
        "Kolejne opóźnienie.\n\n~Orla\n\n~Ta wiadomość i załączniki są poufne, przeznaczone dla adresata. Prosimy o "
        "usunięcie.",
    ),
    ("Priya Nair", "We wait.\n\n~-- \n~https://orla.example\n~Foods, wine and life blog.\n\nWe moved in May."),
    (
        "Priya Nair",
        "We wait.\n\n~Best,\n~Priya\n\n\n~Priya Nair (she/her)\n~Orla\n\n~Book a call: https://orla.example/p",
    ),
    (
        "Priya Nair",
        "We wait.\n\n~Disclaimer\n~The information in this message is confidential and intended for the recipient.\n\n"
        "~This email has been scanned for viruses by Orla Ltd.",
    ),
    (
        "Jonas Falk",
        "Die Pumpe fehlt.\n\n~Jonas Falk\n~Falk KG\n\n~Geschäftsführer: Ute Falk\n~Sitz der Gesellschaft: Kiel\n"
        "~Amtsgericht Kiel, HRB 44",
    ),
    (
        "Maija Laine",
        "Pumppu puuttuu.\n\n~Terveisin\n~Maija\n\n~Tämä viesti ja liitteet ovat luottamuksellisia. Jos et ole "
        "vastaanottaja, poista viesti.",
    ),
    ("Priya Nair", "-----\nWe wait.\n-----"),
]

TRAPS = [
    # thanks, and then the matter
    ("Priya Nair", "Thanks!\n\nPump fails daily\nstill waiting\n\n~Priya"),
    ("Priya Nair", "Thank you\nHowever, the price is a problem."),
    ("Priya Nair", "Hi Ben\n\nthanks\n\n- two pumps broken\n- no answer from support\n\n~Priya Nair"),
    ("Priya Nair", "Thanks.\n\nTicket 4711: closed unread\nTicket 4712: nobody called\n\n~Priya"),
    ("Priya Nair", "Cheers\n\nhttps://orla.example/ticket/9 is open since May and nobody there cares about it"),
    ("Jonas Falk", "Danke!\n\nPumpe 3 steht seit Montag\nMonteur kam nie"),
    ("Jonas Falk", "Vielen Dank\n\n1. Rechnung falsch\n2. Lieferung unvollständig\n\n~Jonas"),
    ("Jonas Falk", "Viele Grüße\nleider kommt die Pumpe nicht"),
    ("Élodie Blanc", "Merci\n\ntoujours pas de pompe\n\n~Élodie"),
    ("Élodie Blanc", "Merci !\n\nLa facture reste fausse, on arrête en juin"),
    ("Carlos Vega", "Gracias\n\nla bomba no llegó\nnadie contesta"),
    ("Luca Ferri", "Grazie mille,\n\nla pompa non funziona ancora"),
    ("João Prata", "Obrigado\n\na bomba não chegou\n\n~João"),
    ("Sanne de Wit", "Bedankt!\n\nde pomp werkt nog niet\n\n~Sanne"),
    ("Mikael Lund", "Tack!\n\npumpen saknas fortfarande"),
    # what speaks of itself, and of business
    ("Priya Nair", "Ben,\n\nThis email is to confirm that we end the contract.\nPlease reply.\n\n~Priya"),
    ("Priya Nair", "This message contains our complaints.\n\nThe pump fails.\nThe price rose."),
    ("Priya Nair", "Disclaimer: I only tested two pumps.\nBoth failed."),
    ("Priya Nair", "This email is confidential, our board decides in June whether you stay.\n\n~Priya"),
    ("Priya Nair", "We wait.\n\nPriya\n\nThis message is confidential: I told nobody that we leave."),
    ("Priya Nair", "The contents of this message may upset your sender team.\nThe attachment is wrong again."),
    ("Jonas Falk", "Hallo,\n\ndiese Nachricht ist dringend: die Rechnung im Anhang ist falsch.\n\n~Jonas"),
    ("Jonas Falk", "Diese E-Mail kann ich nicht drucken, der Anhang fehlt."),
    ("Élodie Blanc", "Ce message est confidentiel : nous quittons le contrat en mai, prix trop haut."),
    ("Carlos Vega", "Este correo es para decir que cancelamos.\nEl precio subió un 9 %.\n\n~Carlos"),
    ("Luca Ferri", "Questo messaggio per dire che disdiciamo.\n\n~Luca"),
    ("João Prata", "Esta mensagem é um aviso: vamos sair."),
    ("Sanne de Wit", "Dit bericht is een klacht: de pomp is stuk."),
    ("Karolina Zych", "Ta wiadomość to skarga: pompa nie działa."),
    # sent from somewhere, but no device
    ("Priya Nair", "Sent from the Leeds plant on Monday, it never came.\nWhere is it?"),
    ("Priya Nair", "Sent with the wrong label again."),
    ("Priya Nair", "Outlook on my iPhone shows nothing.\nSent via Outlook on Monday, not there."),
    ("Jonas Falk", "Gesendet von Halle 4 am Dienstag, nichts da."),
    ("Carlos Vega", "Enviado desde el puerto el martes."),
    ("Luca Ferri", "Inviato dal magazzino di Pisa ieri."),
    ("Mikael Lund", "Skickat från lagret i tisdags."),
    # a name that begins no signature
    ("Priya Nair", "Who comes from us:\n\nPriya\nOmar Said, new CFO from June\nLi, wants a lower price"),
    ("Support", "Open points\n\nSupport\n\n- nobody answers\n- tickets vanish"),
    ("Orla Foods", "Our plants:\n\nOrla\npump fails daily\nno spare parts"),
    ("Priya Nair", "Agenda\n\nPriya Nair\n\nThe pump report comes first."),
    ("Jonas Falk", "Our new contact is from May on\n\nUte Falk\nBuyer\nTel. 0431 555-12\n\n~Regards\n~Jonas"),
    ("Falk, Jonas", "You find there\n\nDr. Ute Falk\nBuyer\nute@falk.example\n\n~Jonas Falk"),
    ("Priya Nair", "We wait.\n\n~Priya\n~Orla Ltd\n\nI saw it on LinkedIn"),
    ("Priya Nair", "We wait.\n\n~Priya\n~Orla Ltd\n\nYour people wrote to ours on LinkedIn: why?"),
    ("Priya Nair", "Thanks\nPriya is away, ask Tom\nthe line stands still\ncall us on +44 20 7946 0102"),
    # contact data that somebody asks for, dashes that divide
    ("Priya Nair", "Our new address:\n\nOrla Foods Ltd\n12 Quay Street\nwww.orla.example"),
    ("Priya Nair", "First part.\n-- \nSecond part: the pump fails, and we want our money back."),
    ("Priya Nair", "First part.\n---\nThe pump fails\nno answer so far"),
    ("Jonas Falk", "Teil eins\n--\nPumpe kaputt, Ersatz fehlt"),
    # what follows a signature
    ("Priya Nair", "We wait.\n\n~Best\n~Priya Nair\n~Orla Foods Ltd\n\nOne more thing: the CFO leaves us in May"),
    ("Jonas Falk", "Wir warten.\n\n~Gruß\n~Jonas\n\nNB: gezahlt wird erst im Juni"),
    ("Élodie Blanc", "On attend.\n\n~Cordialement\n~Élodie Blanc\n\nPS : le prix reste trop haut"),
    # a warning that somebody gives
    ("Priya Nair", "Caution: external links in your portal fail when users click attachments.\n\nPlease repair."),
    ("Priya Nair", "begin 644 of the plan is missing\nWe wait."),
    ("Priya Nair", "Join us at https://zoom.us/j/1 on Monday.\nThe pump fails."),
    ("Priya Nair", "Hello\n\nPriya\n\nThis message is confidential. The board decided to end the contract in June."),
    (
        "Priya Nair",
        "Hello\n\nThe information in this email is confidential. Orla GmbH talks to others about a new tool.",
    ),
    (
        "Priya Nair",
        "This email and its attachments show why the recipient of the invoice will not pay. It is confidential.",
    ),
    (
        "Priya Nair",
        "Caution: this message is about an external audit of the organisation. The click rates fell.\n\nBye",
    ),
    (
        "Priya Nair",
        "We wait.\n\nPriya\n\n~This email is confidential, for the recipient only.\n\nThe virus deleted our data.",
    ),
    (
        "Priya Nair",
        "The virus deleted an attachment.\n\nThis email is confidential, for the recipient only.\n\nWe wait.",
    ),
    ("Jonas Falk", "Liste\n-- \nPumpe 3 defekt\nPumpe 4 defekt"),
    ("Jonas Falk", "Danke\n\nGutschrift fehlt\nRechnung 4711 falsch\n\n~Jonas"),
    ("Priya Nair", "Please ask\n\nTom Bell, CFO, tom@orla.example\n+44 20 7946 0102\nhe decides"),
    ("Priya Nair", "Thanks!\n\n40 seats, not 30\nstart 1 May"),
    ("Priya Nair", "Cheers\n\nTom Bell\nRita Sun\nleave in May"),
    ("Priya Nair", "[EXTERNAL] is in each subject now.\n\nWhy?"),
    ("Jonas Falk", "Gesendet mit Outlook und nie angekommen"),
    # nothing but what looks like a signature
    ("Priya Nair", "Thanks\nPriya"),
    ("Priya Nair", "Priya Nair\nPlant Manager"),
]


@pytest.mark.parametrize(("writer", "mail"), SIGNATURES)
def test_what_nobody_wrote_is_told_from_the_writers_words(writer: str, mail: str) -> None:
    assert marked(writer, mail) == mail


@pytest.mark.parametrize(("writer", "mail"), TRAPS)
def test_what_only_looks_like_a_signature_stays_the_writers_words(writer: str, mail: str) -> None:
    assert marked(writer, mail) == mail


def marked(writer: str, mail: str) -> str:
    """Return the mail with `~` before each line that is found to be none of the writer's words."""
    lines = [line.removeprefix("~") for line in mail.split("\n")]
    return "\n".join("~" * (one and bool(line)) + line for line, one in zip(lines, signed(lines, writer), strict=True))
