# Words of the French documents. Usage of the Imprimerie nationale; U+202F and U+00A0 as it prescribes.

## Shared

press-release = Communiqué de presse
specimen = Exemple sans valeur officielle
selection = { ORDINAL($edition, gender: "feminine", style: "words") } sélection

# Between two sentences of a paragraph.
sentence-gap = { " " }
# The period of a figure in a sentence, or nothing.
in-period = { $period ->
        [none] { "" }
       *[some] { " " }{ DATE($period, style: "when") }
    }
at-period = { $period ->
        [none] { "" }
       *[some] { " " }{ DATE($period, style: "at") }
    }

## Press release: parts of the page

release-now = POUR DIFFUSION IMMÉDIATE
release-embargo = SOUS EMBARGO
# $until: a date, or a date and time. $zone: “heure de Beijing”, or none.
embargo-detail = jusqu’au { DATE($until) }{ $zone ->
        [none] { "" }
       *[some] , { $zone }
    }. Ni publication ni diffusion avant cette échéance.
dateline = { NAME($place) }, le { DATE($published) }{ "\u00A0" }–
# $count: the number of figures.
key-figures = { $count ->
        [one] Chiffre clé
        [many] Chiffres clés
       *[other] Chiffres clés
    }
sources-label = Sources
contact-label = Contact presse
contact-separator = { "\u00A0· " }
about-label = À propos des { $short }
end-mark = – FIN –
more-mark = – suite page suivante –

## Key figures

figure-note = { $nature ->
        [forecast] prévision{ $period ->
            [none] { "" }
           *[some] { " " }{ DATE($period, style: "short") }
        }
       *[observed] valeur constatée{ $period ->
            [none] { "" }
           *[some] { " " }{ DATE($period, style: "at") }
        }
    }

## Notes

sources = Données{ "\u00A0" }: { $sources }.
# One figure in the list of forecasts.
forecast-item = { $label }{ $period ->
        [none] { "" }
       *[some] { " " }({ DATE($period, style: "short") })
    }
# $count: the number of items.
sources-forecasts = { $count ->
        [one] Prévision
        [many] Prévisions
       *[other] Prévisions
    } à la date de publication{ "\u00A0" }: { $items }. Les autres valeurs sont constatées.

## Press release of the edition: the table

ranking-rank = Place
ranking-city = Ville
ranking-country = Pays
ranking-route = Voie d’accès
ranking-place = { ORDINAL($rank, gender: "feminine") }
route-application = candidature
route-recommendation = recommandation
route-unpublished = non publiée

## Certificate

certificate = Certificat
certificate-title = Certificat – { NAME($city) } – { $short }
certificate-programme = { $programme }
# The line above the city’s name: “décerné à”, or “décerné au” if the data gives that form.
certificate-intro = décerné { NAME($city, form: "to-lead") }
certificate-city = { NAME($city, form: "bare") }
certificate-closing = { "" }
certificate-date = Fait { NAME($place, form: "in") }, le { DATE($announced) }{ $expires ->
        [none] { "" }
       *[some] , valable jusqu’au { DATE($expires) }
    }
certificate-serial = N{ SUPER("o") }{ "\u00A0" }{ $serial }
code-alt = Code QR de vérification du certificat { $serial }{ "\u00A0" }: { $address }
seal-alt = Sceau du programme des { $short }
# The ring is set in capitals without raised letters: º instead of a raised o.
seal-foot = { $edition ->
        [1] première sélection
       *[other] sélection nº{ "\u00A0" }{ $edition }
    }
