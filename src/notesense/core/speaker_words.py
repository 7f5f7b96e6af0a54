"""Closed lists of words by which speakers are told: roles, particles, labels of a form, and the words of a dialogue."""

COMBINING = (
    "\u0300-\u036f\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0963\u0971-\u0dff\u0e31-\u0e3a\u0e47-\u0e4e"
    "\u0eb1-\u0ebc\u0ec8-\u0ecd\u102b-\u103e\u17b4-\u17d3\u200c\u200d"
)
"""Signs within words that are no letters by themselves: accents apart from their letters, vowels of many scripts."""

ROLES_OF_US = frozenset(
    {"agent", "advisor", "host", "me", "our side", "rep", "representative", "sales", "sales rep", "seller"}
    | {"supplier", "support", "us", "vendor"}
)
ROLES_OF_CUSTOMER = frozenset({"buyer", "caller", "client", "customer", "prospect", "them", "user"})
OURSELVES = frozenset({"me", "us", "our side"})
"""By these a writer means the own side wherever they stand; other roles are speakers only where they converse."""
WRITERS = frozenset("eu ich ik io ja jag jeg minä moi yo я 我 私 나".split())
"""By these writers in other languages mean themselves."""

FORM_WORDS = frozenset(
    "actual after answer ask before benefit budget cause challenge champion comment competition competitor con "
    "concern cons consequence cost cure day decision effect example expected fact feedback finding fix gain goal "
    "idea impact insight issue item lesson metric mitigation name need needs negative objection offer old opinion "
    "option outcome owner pain plan point positive priority pro problem pros quote reason recommendation reply "
    "request requirement response risk root score solution step strength suggestion symptom target task threat "
    "timeline topic value weakness win workaround "
    "anliegen antwort aufgabe ausgangslage bedarf chance einwand entscheidung folge frage grund lösung maßnahme nutzen "
    "punkt risiko schmerz schritt stand thema ursache wettbewerb wunsch ziel "
    "besoin conséquence décision objectif objection problème question raison réponse risque sujet thème étape "
    "causa decisión necesidad objetivo pregunta problema razón respuesta riesgo solución tema "
    "bisogno decisione domanda motivo obiettivo rischio risposta soluzione "
    "antwoord behoefte besluit doel onderwerp oorzaak oplossing probleem risico vraag wens "
    "behov beslut fråga lösning mål orsak svar ämne "
    "causa decisão necessidade pergunta razão resposta risco solução".split()
)
"""Words that return in forms which are filled in for each topic ("Issue", "Fix"), and are no names for that."""

LABELS = frozenset(
    "action actions agenda apologies attendees bcc case cc contact context date decision fw fwd info next note notes "
    "present priority product ps question re reporter result sent status steps subject summary tel time title to todo "
    "topic update".split()
)
"""What opens a label of a form, never a name."""
DEPARTMENTS = frozenset(
    "all audience both ceo cfo cio ciso coo cto dpo engineering everybody everyone finance hr it legal logistics "
    "marketing operations ops procurement purchasing quality sales security support".split()
)
"""What a company calls its departments and offices, and a room its people: somebody who speaks may be called so."""
PARTICLES = frozenset("al bin da de del della den der di dos du el ibn la las le los ten ter van von y zu".split())
"""Words within names that have no capital."""
NUMBERED = frozenset(
    "speaker spkr participant attendee guest caller user person sprecher sprecherin teilnehmer gast person "
    "locuteur intervenant participante orador hablante invitado parlante relatore ospite spreker deelnemer talare "
    "taler puhuja mówca".split()
)
"""What programs call people whom they cannot name, with a number behind it."""
UNKNOWN = frozenset(
    "unknown unidentified unnamed unbekannt unbekannte unbekannter inconnu inconnue desconocido desconocida "
    "sconosciuto desconhecido onbekend onbekende okänd ukendt ukjent tuntematon nieznany".split()
)
"""What opens the names by which programs say that they do not know who speaks."""

ADDRESSING = frozenset(
    "i i'm i'll i'd i've im ill ive me my mine myself we we're we'll we'd we've us our ours you you're you'll you'd "
    "you've your yours let's lets "
    "ich mich mir mein meine meinen meiner wir uns unser unsere unseren unserer du dich dir dein deine sie ihnen ihr "
    "ihre ihren "
    "je j'ai moi mon ma mes nous notre nos vous votre vos tu toi ton ta tes "
    "yo mi mis nosotros nos nuestro nuestra nuestros usted ustedes tú tu tus su "
    "io mio mia noi nostro nostra voi vostro vostra lei ti mi ci vi "
    "eu meu minha nós nosso nossa você vocês seu sua "
    "ik mij mijn wij we ons onze jij je jullie jouw u uw "
    "jag mig min mitt mina vi oss vår våra du dig din ni er jeg meg mit vores vår deres dere "
    "ja mnie mój moja my nas nasz nasza pan pani państwo ty "
    "minä me meidän sinä te teidän olen olemme "
    "ben biz bizim siz sizin sen "
    "já můj náš vy vás váš én mi mi a maga ön eu noi nostru dumneavoastră "
    "я мы мне меня нас нам мой наш вы вас вам ваш ты тебя".split()
) - {"a", "su", "er", "mi", "min", "ma", "ben", "ill"}
"""Words by which somebody speaks of himself or to another, in the languages of the tests of languages."""
