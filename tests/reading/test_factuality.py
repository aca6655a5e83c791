"""Status: the examples of the packs, and the sentences on which a doubt is easily lost."""

import pytest
from msgspec.structs import replace

from ondit.language.lexicon import available, load_pack
from ondit.model import Capture, Claim, Record
from ondit.reading import attribution, claims, quotation
from ondit.reading.modality import Factuality
from tests.marked import parsed


def read(string: str, tag: str) -> tuple[Record, list[Claim]]:
    """Return the record of `string` with its attributions, and its claims."""
    text, pack = parsed(string, tag), load_pack(tag)
    record = Record(input="test", capture=Capture(sha256="0", bytes=0), text=string)
    for step, layer in (
        (quotation, "quotations"),
        (attribution, "attributions"),
        (claims, "claims"),
    ):
        record = replace(record, **{layer: tuple(step.find(text, record, pack))})
    record.verify()
    return record, list(record.claims)


def statuses(string: str, tag: str) -> list[str]:
    return [claim.status for claim in read(string, tag)[1]]


EXAMPLES = [
    (tag, *example.split("|"))
    for tag in available()
    for entry in load_pack(tag).table("factuality", Factuality).entries()
    for example in entry.examples
]


@pytest.mark.parametrize(("tag", "status", "string"), EXAMPLES)
def test_the_examples_of_the_packs(tag, status, string):
    assert status in statuses(string, tag)


@pytest.mark.parametrize(
    ("tag", "string", "words", "status", "polarity"),
    [
        ("fr", "Le bac a coulé lundi.", "coulé", "asserted", "+"),
        ("fr", "Le bac n’a pas coulé.", "coulé", "asserted", "-"),
        ("fr", "Le quai ne sera rouvert qu’en juillet.", "rouvert", "predicted", "+"),
        ("fr", "Deux marins auraient quitté le pays.", "quitté", "unconfirmed", "+"),
        ("fr", "Le capitaine aurait vendu des plans du port.", "vendu", "unconfirmed", "+"),
        ("fr", "Le maire a dit que le quai serait rouvert lundi.", "rouvert", "predicted", "+"),
        ("fr", "Les proches ont nié qu’il ait fui.", "fui", "denied", "-"),
        ("fr", "Le ministre a démenti que le pont soit fissuré.", "fissuré", "denied", "-"),
        ("fr", "La flotte se prépare à quitter le port.", "prépare", "planned", "+"),
        ("fr", "Ada espère que l’école rouvrira.", "rouvrira", "hoped", "+"),
        ("fr", "Le maire a exigé que le bac parte.", "parte", "hoped", "+"),
        ("fr", "Les experts craignent que la digue cède.", "cède", "predicted", "+"),
        ("fr", "« Le bac est-il sûr ? », demande Ada.", "sûr", "asked", "+"),
        ("fr", "Si la mer monte, le port fermera.", "monte", "conditional", "+"),
        ("fr", "Le bac pourrait couler.", "couler", "hedged", "+"),
        ("fr", "Selon des rumeurs, le bac aurait coulé.", "coulé", "unconfirmed", "+"),
        ("en", "The ferry sank on Monday.", "sank", "asserted", "+"),
        ("en", "The ferry did not sink.", "sink", "asserted", "-"),
        ("en", "The ferry reportedly sank.", "sank", "unconfirmed", "+"),
        ("en", "Relatives denied that he drowned.", "drowned", "denied", "-"),
        ("en", "The mayor said that the appeal would end on Monday.", "end", "predicted", "+"),
        ("en", "The ferry may have sunk.", "sunk", "hedged", "+"),
        ("en", "Residents hope that the school reopens.", "reopens", "hoped", "+"),
        ("en", "Experts fear that the dam will fail.", "fail", "predicted", "+"),
        ("en", "If the sea rises, the port will close.", "rises", "conditional", "+"),
        ("en", "“Is the ferry safe?” asked Ada Holm.", "safe", "asked", "+"),
        ("en", "The council plans to close the quay.", "close", "planned", "+"),
        ("fr", "Le bac ne part plus le dimanche.", "part", "asserted", "-"),
        ("fr", "Personne n’a vu le capitaine.", "vu", "asserted", "-"),
        ("fr", "Le bac ne transporte ni bois ni charbon.", "transporte", "asserted", "-"),
        ("fr", "Le quai n’est ouvert que le matin.", "ouvert", "asserted", "+"),
        ("fr", "La Morvane n’a pas besoin d’un second pont.", "besoin", "asserted", "-"),
        ("fr", "La capitaine serait partie à Varn.", "partie", "unconfirmed", "+"),
        ("fr", "Le pilote se serait noyé.", "noyé", "unconfirmed", "+"),
        (
            "fr",
            "Les plans proviendraient d’un ancien arsenal.",
            "proviendraient",
            "unconfirmed",
            "+",
        ),
        (
            "fr",
            "Selon le journal local, le bac serait hors d’usage.",
            "hors d’usage",
            "unconfirmed",
            "+",
        ),
        ("fr", "Le voleur présumé a quitté l’île.", "quitté", "unconfirmed", "+"),
        ("fr", "Le bac a apparemment heurté le quai.", "heurté", "unconfirmed", "+"),
        ("fr", "Le maire accuse le pilote d’avoir fui.", "avoir fui", "unconfirmed", "+"),
        ("fr", "Le maire a répondu aux accusations de fraude.", "fraude", "unconfirmed", "+"),
        ("fr", "Le capitaine a annoncé que le bac partirait lundi.", "partirait", "planned", "+"),
        ("fr", "Ada a affirmé que la digue céderait.", "céderait", "predicted", "+"),
        ("fr", "Le maire a promis que le quai rouvrirait.", "rouvrirait", "planned", "+"),
        ("fr", "Le conseil prévoit de fermer le quai.", "fermer", "planned", "+"),
        ("fr", "Le syndicat menace de bloquer le port.", "bloquer", "planned", "+"),
        ("fr", "Le maire a décidé de vendre le bac.", "vendre", "planned", "+"),
        ("fr", "La flotte est sur le point de partir.", "sur le point", "planned", "+"),
        ("fr", "Le conseil élira un maire en mai.", "élira", "planned", "+"),
        ("fr", "Le pont sera inauguré en mai.", "inauguré", "planned", "+"),
        ("fr", "La mer va monter cette nuit.", "monter", "predicted", "+"),
        ("fr", "Il y aura du brouillard.", "brouillard", "predicted", "+"),
        ("fr", "Les pêcheurs s’attendent à une forte houle.", "houle", "predicted", "+"),
        ("fr", "Les habitants craignent que le pont s’effondre.", "effondre", "predicted", "+"),
        ("fr", "Le capitaine a nié avoir bu.", "avoir bu", "denied", "-"),
        ("fr", "La compagnie dément que le bac soit vieux.", "vieux", "denied", "-"),
        ("fr", "Il est faux que le bac soit complet.", "complet", "denied", "-"),
        ("fr", "Le maire a reconnu que la digue fuyait.", "fuyait", "asserted", "+"),
        ("fr", "La police a confirmé que le bac avait coulé.", "coulé", "asserted", "+"),
        ("fr", "Les riverains demandent que le quai soit fermé.", "fermé", "hoped", "+"),
        ("fr", "Le maire souhaite que le bac revienne.", "revienne", "hoped", "+"),
        ("fr", "Il faut réparer la digue.", "réparer", "hoped", "+"),
        ("fr", "Les élus plaident pour que le bac soit réparé.", "réparé", "hoped", "+"),
        ("fr", "Le capitaine a ordonné que le bac parte.", "parte", "hoped", "+"),
        ("fr", "Le bac est peut-être perdu.", "perdu", "hedged", "+"),
        ("fr", "Le bac a sans doute coulé.", "coulé", "hedged", "+"),
        ("fr", "La digue semble solide.", "solide", "hedged", "+"),
        ("fr", "Il est peu probable que le bac rouvre.", "rouvre", "hedged", "+"),
        ("fr", "La digue risque de céder.", "céder", "hedged", "+"),
        ("fr", "Les experts ont suggéré que la vanne avait cédé.", "cédé", "hedged", "+"),
        ("fr", "Le capitaine pourrait démissionner.", "démissionner", "hedged", "+"),
        ("fr", "S’il pleut, le bac restera à quai.", "pleut", "conditional", "+"),
        ("fr", "Le bac partira à condition que la mer se calme.", "partira", "conditional", "+"),
        ("fr", "Cette réforme réglerait la querelle du quai.", "réglerait", "conditional", "+"),
        ("fr", "Pourquoi le bac est-il parti ?", "parti", "asked", "+"),
        ("fr", "On ignore comment le feu a pris.", "pris", "asked", "+"),
        ("fr", "Ada se demande si la digue tiendra.", "tiendra", "asked", "+"),
        ("fr", "Le bac, réparé en mars, est plein.", "réparé en mars", "asserted", "+"),
        ("fr", "Le bac semble sur le point de partir.", "semble", "hedged", "+"),
        ("fr", "« Je pense que la digue cédera », a dit Ada.", "cédera", "predicted", "+"),
        ("fr", "Le vote n’aura lieu que lundi.", "aura lieu", "planned", "+"),
        ("fr", "Le bac ne partira pas tant que la mer sera grosse.", "partira", "conditional", "-"),
        ("fr", "Le quai devrait être rouvert en mai.", "rouvert", "predicted", "+"),
        ("fr", "Ada espère vendre le bac parce que le quai est fermé.", "fermé", "asserted", "+"),
        ("fr", "« Je pense que le bac, qui est vieux, a coulé », dit Ada.", "coulé", "hedged", "+"),
        ("fr", "Le pilote a tort s'il compte sur la marée.", "compte sur", "conditional", "+"),
        ("fr", "Même s'il pleut, le bac est parti.", "parti", "asserted", "+"),
        ("fr", "Le conseil a rejeté la demande du capitaine.", "rejeté", "asserted", "+"),
        ("fr", "La clôture, prévue le 15 mai, est courte.", "prévue", "planned", "+"),
        ("fr", "Le risque d’inondations causées par la digue a grandi.", "causées", "hedged", "+"),
        ("fr", "Il va falloir trois jours pour réparer le quai.", "trois jours", "predicted", "+"),
        ("fr", "Pourquoi le maire veut-il que le bac parte ?", "veut", "asked", "+"),
        ("fr", "Personne ne sait qui a écrit la lettre.", "a écrit", "asked", "+"),
        ("fr", "La saison s’annonce difficile.", "annonce", "predicted", "+"),
        ("en", "Nobody knows who wrote the letter.", "wrote", "asked", "+"),
        ("en", "Why does the mayor want the port to close?", "want", "asked", "+"),
        ("en", "The mayor hopes to sell it because the quay is old.", "is old", "asserted", "+"),
        ("en", "“A bridge would help the port,” Ada Holm said.", "help", "conditional", "+"),
        ("en", "The captain would have chosen another port.", "chosen", "hedged", "+"),
        ("en", "Residents were denied entry to the port.", "entry", "asserted", "+"),
        ("en", "The mayor denied the captain’s second request.", "request", "asserted", "+"),
        ("en", "“Our figures suggest that the sea rises,” Ada said.", "figures", "hedged", "+"),
        ("en", "The ferry looks as though it is lost.", "lost", "hedged", "+"),
        ("en", "The news inspired Ada to push for a new quay.", "inspired", "asserted", "+"),
        ("en", "The mayor will announce on Monday that the quay is safe.", "will", "planned", "+"),
        ("fr", "Le bac aurait dû partir à l’aube.", "partir", "hedged", "+"),
        ("fr", "Sans les pêcheurs, le bac aurait coulé.", "coulé", "conditional", "+"),
        ("fr", "Le rapport laisse entendre que la coque fuyait.", "fuyait", "hedged", "+"),
        ("fr", "La police soupçonne le pilote d’avoir fui.", "avoir fui", "hedged", "+"),
        ("fr", "Le maire s’est engagé à réparer la digue.", "réparer", "planned", "+"),
        ("fr", "Le maire dit craindre une crue.", "crue", "predicted", "+"),
        (
            "fr",
            "Le maire a demandé aux marins de rester chez eux.",
            "rester chez eux",
            "hoped",
            "+",
        ),
        ("fr", "Il n’est pas vrai que le bac était plein.", "plein", "denied", "-"),
        ("fr", "La mairie a annoncé la mort du capitaine.", "annoncé", "asserted", "+"),
        ("en", "The captain insisted that he had slept.", "slept", "asserted", "+"),
        ("en", "The mayor insisted that the ferry leave.", "leave", "hoped", "+"),
        ("en", "The company disputes that the ferry was old.", "old", "denied", "-"),
        ("en", "The pilot is suspected of fraud.", "fraud", "hedged", "+"),
        ("en", "The captain must have slept.", "slept", "hedged", "+"),
        ("en", "She would often walk along the quay.", "walk", "asserted", "+"),
        ("en", "Officials asked the crew to wait.", "wait", "hoped", "+"),
        ("en", "The prosecutor asked for three years.", "three years", "hoped", "+"),
        ("en", "The bridge was supposed to open in June.", "open", "planned", "+"),
        ("en", "“I think the dam will fail,” Ada Holm said.", "fail", "predicted", "+"),
        ("en", "A law that sought to close the port failed.", "close the port", "hoped", "+"),
        ("en", "The mayor called it a scandal.", "scandal", "asserted", "+"),
        ("en", "The vote will be held in May.", "held", "planned", "+"),
        ("en", "Nobody saw the captain.", "saw", "asserted", "-"),
        ("en", "The ferry no longer leaves on Sundays.", "leaves", "asserted", "-"),
        ("en", "The captain never left the bridge.", "left", "asserted", "-"),
        ("en", "The captain allegedly fled.", "fled", "unconfirmed", "+"),
        ("en", "The alleged thief left the island.", "left", "unconfirmed", "+"),
        ("en", "The ferry is said to be unsafe.", "unsafe", "unconfirmed", "+"),
        ("en", "The pilot is believed to have fled.", "fled", "unconfirmed", "+"),
        ("en", "The captain is accused of fraud.", "fraud", "unconfirmed", "+"),
        ("en", "The mayor answered allegations of fraud.", "fraud", "unconfirmed", "+"),
        ("en", "The mayor said the council would sell the ferry.", "sell", "planned", "+"),
        ("en", "The mayor said the dam would fail.", "fail", "predicted", "+"),
        ("en", "The mayor promised that the quay would reopen.", "reopen", "planned", "+"),
        ("en", "The union threatened to block the port.", "block", "planned", "+"),
        ("en", "The mayor decided to sell the ferry.", "sell", "planned", "+"),
        ("en", "The council vowed to rebuild the bridge.", "rebuild", "planned", "+"),
        ("en", "The fleet is about to leave.", "about to", "planned", "+"),
        ("en", "The quay is due to close.", "close", "planned", "+"),
        ("en", "The council will elect a mayor in May.", "elect", "planned", "+"),
        ("en", "The dam is going to fail.", "fail", "predicted", "+"),
        ("en", "There will be fog.", "fog", "predicted", "+"),
        ("en", "The toll is expected to rise.", "rise", "predicted", "+"),
        ("en", "Residents fear that the bridge will collapse.", "collapse", "predicted", "+"),
        ("en", "Fishermen are worried about losing the quay.", "losing", "predicted", "+"),
        ("en", "The captain denied drinking on board.", "drinking", "denied", "-"),
        ("en", "The company denied that the ferry was old.", "old", "denied", "-"),
        ("en", "It is a myth that the ferry was full.", "full", "denied", "-"),
        ("en", "The mayor admitted that the dam leaked.", "leaked", "asserted", "+"),
        ("en", "Police confirmed that the ferry had sunk.", "sunk", "asserted", "+"),
        ("en", "Residents demanded that the quay be closed.", "closed", "hoped", "+"),
        ("en", "The mayor wants the ferry to return.", "return", "hoped", "+"),
        ("en", "The council should repair the dam.", "repair", "hoped", "+"),
        ("en", "The captain ordered the crew to leave.", "leave", "hoped", "+"),
        ("en", "They dredge the port so that the ferry can dock.", "dock", "hoped", "+"),
        ("en", "The mayor is in favour of the closure.", "closure", "hoped", "+"),
        ("en", "The ferry is perhaps lost.", "lost", "hedged", "+"),
        ("en", "The ferry has probably sunk.", "sunk", "hedged", "+"),
        ("en", "The dam seems solid.", "solid", "hedged", "+"),
        ("en", "The captain might resign.", "resign", "hedged", "+"),
        ("en", "It is unlikely that the ferry will return.", "return", "hedged", "+"),
        ("en", "Experts suggested that the valve had failed.", "failed", "hedged", "+"),
        ("en", "It is not clear whether the quay is safe.", "safe", "hedged", "+"),
        ("en", "Unless it rains, the ferry will leave.", "rains", "conditional", "+"),
        ("en", "The ferry will leave provided that the sea is calm.", "leave", "conditional", "+"),
        ("en", "Why did the ferry leave?", "leave", "asked", "+"),
        ("en", "Ada wondered whether the dam would hold.", "hold", "asked", "+"),
        ("en", "The mayor does not know how the ferry sank.", "sank", "asked", "+"),
        ("en", "“We may leave tomorrow,” said Ada Holm.", "leave", "hedged", "+"),
        ("en", "The ferry could not leave.", "leave", "asserted", "-"),
        ("en", "The captain did not admit that the pump was broken.", "broken", "asserted", "+"),
        ("en", "The ferry, repaired in March, is full.", "repaired in March", "asserted", "+"),
        ("en", "The mayor did not deny that the dam leaked.", "leaked", "asserted", "+"),
        ("en", "Read the whole report.", "report", "hoped", "+"),
        ("en", "The company announced it in May.", "announced", "asserted", "+"),
        ("fr", "Le maire n’a pas nié que la digue fuyait.", "fuyait", "asserted", "+"),
        ("fr", "Deux bacs ont paru dans la baie.", "paru", "asserted", "+"),
        ("en", "Not one lamp has burned since May.", "Not one lamp", "asserted", "-"),
        ("en", "At no time did the crew see the light.", "see the light", "asserted", "-"),
        ("en", "The mayor never promised to leave the port.", "to leave", "asserted", "-"),
        ("en", "The mayor promised to leave the port.", "to leave", "planned", "+"),
        ("en", "The ferry did not agree to close the bar.", "to close", "asserted", "-"),
        ("fr", "La ville n’a pas décidé de fermer le port.", "de fermer", "asserted", "-"),
        ("fr", "Nous n’avons jamais promis de quitter le port.", "quitter", "asserted", "-"),
        ("fr", "Sans causer de dégâts, la crue est passée.", "causer", "asserted", "-"),
        ("fr", "Sans causer de dégâts, la crue est passée.", "est passée", "asserted", "+"),
        ("fr", "La crue a emporté tout, balayant un pont de bois.", "un pont", "asserted", "+"),
        ("fr", "L’usine a rejeté 3 tonnes de boues.", "3 tonnes", "asserted", "+"),
        ("fr", "Le maire a rejeté ces accusations.", "ces accusations", "denied", "-"),
        ("en", "The firm rejected a $15 offer.", "offer", "asserted", "+"),
    ],
)
def test_sentences(tag, string, words, status, polarity):
    found = [c for c in read(string, tag)[1] if any(words in s.exact for s in c.spans)]
    assert found, f"no claim holds {words!r}"
    tightest = min(found, key=lambda c: sum(len(s.exact) for s in c.spans))
    assert (tightest.status, tightest.polarity) == (status, polarity)


def test_every_claim_names_its_rule_and_the_words_it_rests_on():
    record, found = read("Deux marins auraient quitté le pays. Le port est fermé.", "fr")
    assert len(found) == 2
    for claim in found:
        (evidence,) = claim.evidence
        assert evidence.rule.startswith("fr.status.")
        assert evidence.span.holds(record.text)
    assert found[0].evidence[0].span.exact == "auraient"
