# Mots de l’épreuve pour traducteurs, produite par « gen-report proof ». Une langue qui ne les a pas emploie l’anglais.

proof-title = Épreuve de traduction
proof-legend = Un trait rouge marque le début de chaque message. Son numéro est dans la marge et renvoie à la liste.
# $page, $pages : des nombres.
proof-page = page { $page } sur { $pages }

## Les lignes d’un message

proof-source = Source
proof-translation = Traduction
proof-printed = Sur la page
proof-values = Valeurs
proof-note = Note
proof-missing = Non traduit{ "\u00A0" }: le texte d’une autre langue est imprimé.

## Les messages qui n’ont pas de numéro sur une page

proof-parts-title = Parties d’autres messages
proof-parts-text = Ces messages sont imprimés à l’intérieur d’autres messages{ "\u00A0" }: ils mettent une valeur en forme, ou un autre message y renvoie.
# $numbers : les numéros des messages, par exemple 3, 7.
proof-inside = dans { $numbers }
proof-unprinted-title = Absents de ces pages
proof-unprinted-text = Aucune page de cette épreuve n’imprime ces messages.
proof-reason-hidden = Dans les données du PDF (titre, textes de remplacement), ou seulement dans un document qui a plus de pages
proof-reason-blank = Vides, ou une simple espace, avec ces faits
proof-reason-not-reached = Sans emploi avec les faits de ces documents
proof-reason-unused = Aucun modèle de ces documents ne les emploie
proof-reason-sheets = Sur les feuilles pour l’imprimeur
proof-reason-web-page = Sur la page web qui vérifie les certificats
proof-reason-proof = Les mots de cette épreuve
proof-reason-setting = Réglages
