### Words of the French documents. Usage of the Imprimerie nationale; U+202F and U+00A0 where it asks.

## Shared

press-release = Communiqué de presse
specimen = Exemple sans valeur officielle
# $edition: number of the edition.
selection = { $edition ->
        [1] première sélection
       *[other] { ORDINAL($edition, gender: "feminine") } sélection
    }

# Between two sentences of a paragraph.
sentence-gap = { " " }

## Press release: parts of the page

release-now = POUR DIFFUSION IMMÉDIATE
release-embargo = SOUS EMBARGO
# $until: date or date and time. $zone: “heure de Beijing”, or none.
embargo-detail = jusqu’au { DATE($until) }{ $zone ->
        [none] { "" }
       *[some] , { $zone }
    }. Ni publication ni diffusion avant cette échéance.
dateline = { NAME($place) }, le { DATE($date) }{ "\u00A0" }–
key-figures = Chiffres clés
sources-label = Sources
contact-label = Contact presse
contact-separator = { " · " }
about-label = À propos des { $short }
end-mark = – FIN –
more-mark = – suite page suivante –

## Key figures
## The words under a figure; `.of-city` where the strip is not the city’s own.

figure-note = { $nature ->
        [forecast] prévision
       *[observed] constaté
    }{ $period ->
        [none] { "" }
       *[some] { " " }{ DATE($period) }
    }
figure-committee-countries = représentés au comité d’experts
    .of-city = représentés au comité d’experts
figure-digital-enterprises = aux compétences numériques avancées
    .of-city = aux compétences numériques avancées { NAME($city, form: "in") }
figure-digital-economy-size = taille de l’économie numérique
    .of-city = économie numérique { NAME($city, form: "of") }
figure-digital-economy-value-added = valeur ajoutée de l’économie numérique
    .of-city = valeur ajoutée de l’économie numérique { NAME($city, form: "of") }
figure-digital-economy-share = part de l’économie numérique dans le PIB
    .of-city = part de l’économie numérique dans le PIB { NAME($city, form: "of") }
figure-ai-enterprises = d’intelligence artificielle
    .of-city = d’intelligence artificielle { NAME($city, form: "in") }
figure-ai-core-revenue = revenus du cœur de l’intelligence artificielle
    .of-city = revenus du cœur de l’intelligence artificielle { NAME($city, form: "in") }
figure-digital-manufacturers = grands industriels à la norme numérique
    .of-city = grands industriels { NAME($city, form: "of") } à la norme numérique
figure-digital-patents-rank = mondial pour les brevets numériques
    .of-city = mondial { NAME($city, form: "of") } pour les brevets numériques

## Notes

sources = Données{ "\u00A0" }: { $sources }.
# One figure in the list of forecasts.
forecast-item = { $label }{ $period ->
        [none] { "" }
       *[some] { " " }({ DATE($period) })
    }
sources-forecasts = Prévisions à la date de publication{ "\u00A0" }: { $items }. Les autres valeurs sont constatées.
about = Fondé en { DATE($founded) } { NAME($organiser, form: "by") } ({ $acronym }) avec plusieurs organisations internationales, le programme des { $programme } s’inscrit dans la coopération numérique mondiale des Nations unies et les Objectifs de développement durable. Il distingue des villes de rayonnement mondial qui innovent dans l’Internet des objets et l’économie numérique et en multiplient les applications.

## Press release of a city

city-short = { NAME($city) }, { ORDINAL($rank, gender: "feminine") } des villes pilotes
city-headline = { NAME($city) }, { ORDINAL($rank, gender: "feminine") } des villes pilotes de l’économie numérique
city-standfirst = Des experts de { MEASURE($countries) } ont arrêté la { selection } d’un programme voué aux villes de l’Internet des objets.
city-lede = { NAME($city) } occupe la { ORDINAL($rank, gender: "feminine") } place des { $programme }. La { selection } a été rendue publique le { DATE($announced) } { NAME($place, form: "in") }, pendant la Convention mondiale de l’Internet des objets ({ $convention }).
city-committee = Le choix est revenu à un comité d’experts de { MEASURE($countries) }.
city-routes = Les villes présentent elles-mêmes leur candidature ou sont recommandées par un gouvernement ou une organisation internationale.
city-enterprises = { NAME($city) } compte { MEASURE($enterprises) } aux compétences numériques avancées.
# $hedge: over, almost, about or exact. $nature: forecast or observed.
city-value-added = La valeur ajoutée de l’économie numérique { $nature ->
        [forecast] { $hedge ->
            [over] devait y dépasser { MEASURE($value-added, approx: "exact") }
           *[other] devait y atteindre { MEASURE($value-added) }
        }
       *[observed] { $hedge ->
            [over] y a dépassé { MEASURE($value-added, approx: "exact") }
           *[other] y a atteint { MEASURE($value-added) }
        }
    } en{ "\u00A0" }{ DATE($period) }, soit { MEASURE($share) } du produit intérieur brut de la ville.
city-size = { $nature ->
        [forecast] Pour{ "\u00A0" }{ DATE($period) }, la taille de cette économie est estimée à { MEASURE($size) }.
       *[observed] En{ "\u00A0" }{ DATE($period) }, cette économie pesait { MEASURE($size) }.
    }
city-ai = La ville abrite { MEASURE($enterprises) } d’intelligence artificielle, une filière dont le cœur dégage { MEASURE($revenue) } de revenus.
city-manufacturers = Dans l’industrie manufacturière, { MEASURE($manufacturers) } de grande taille satisfaisaient { DATE($period) } à la norme de transformation numérique.
city-patents = La ville occupait { DATE($period) } le { MEASURE($patents) } mondial pour les brevets délivrés en technologie numérique.
city-ambition = Dès{ "\u00A0" }{ DATE($year) }, { NAME($city) } avait annoncé son ambition{ "\u00A0" }: devenir une ville de référence mondiale pour l’économie numérique.
city-event = Les résultats ont été dévoilés { NAME($conference, form: "to") }, organisée au sein de { $convention }.

## Press release of the edition

edition-short = { $edition ->
        [1] Premières villes pilotes mondiales
       *[other] Nouvelles villes pilotes mondiales
    }
# without $place: the dateline and the lede name it.
edition-headline = { $edition ->
        [1] L’économie numérique a{ "\u00A0" }ses premières villes pilotes
       *[other] L’économie numérique a{ "\u00A0" }de nouvelles villes pilotes
    }
edition-standfirst = Des experts de { MEASURE($countries) } ont arrêté la { selection } d’un programme international né en { DATE($founded) }. { NAME($first) } arrive en tête.
edition-lede = La { selection } des { $programme } a été annoncée le { DATE($announced) } { NAME($place, form: "in") }. { NAME($first) } y occupe la { ORDINAL($rank, gender: "feminine") } place.
edition-event = L’annonce a marqué { NAME($conference, form: "the") }, l’un des rendez-vous de la Convention mondiale de l’Internet des objets ({ $convention }).
edition-programme = Lancé en { DATE($founded) } par l’organisateur de la Convention et plusieurs organisations internationales, le programme recherche des villes de rayonnement mondial, fortes de leurs innovations et de leurs applications dans l’Internet des objets et l’économie numérique. Il se réclame de la coopération numérique mondiale des Nations unies et des Objectifs de développement durable.
edition-routes-heading = Deux voies d’accès, un comité
edition-routes = Deux voies sont ouvertes{ "\u00A0" }: la ville se présente d’elle-même, ou un gouvernement ou une organisation internationale la recommande.
edition-committee = Dans les deux cas, c’est un comité d’experts de { MEASURE($countries) } qui tranche.
edition-first = En tête de la liste, { NAME($city) } compte { MEASURE($enterprises) } aux compétences numériques avancées et { MEASURE($ai) } d’intelligence artificielle.
edition-first-value-added = La valeur ajoutée de son économie numérique { $nature ->
        [forecast] { $hedge ->
            [over] devait dépasser { MEASURE($value-added, approx: "exact") }
           *[other] devait atteindre { MEASURE($value-added) }
        }
       *[observed] { $hedge ->
            [over] a dépassé { MEASURE($value-added, approx: "exact") }
           *[other] a atteint { MEASURE($value-added) }
        }
    } en{ "\u00A0" }{ DATE($period) }, soit { MEASURE($share) } de son produit intérieur brut.
edition-ranking-heading = Classement des villes retenues
ranking-rank = Rang
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
# The line above the city’s name: “décerné à”, “décerné au” where the data says so.
certificate-intro = décerné { NAME($city, form: "to-lead") }
certificate-city = { NAME($city, form: "bare") }
certificate-distinction = { ORDINAL($rank, gender: "feminine") } ville de la { selection }
# U+2028 breaks the line by sense.
certificate-citation = en reconnaissance de son rayonnement mondial et de l’excellence{ "\u2028" }de ses réalisations dans l’Internet des objets et l’économie numérique,{ "\u2028" }sur décision du comité d’experts, qui réunit des spécialistes de { MEASURE($countries) }.
certificate-closing = { "" }
certificate-date = Fait { NAME($place, form: "in") }, le { DATE($date) }
certificate-serial = N{ SUPER("o") }{ "\u00A0" }{ $serial }
code-alt = Code QR de vérification du certificat { $serial }
seal-alt = Sceau du programme { $short }
seal-foot = { $edition ->
        [1] première sélection
       *[other] sélection n{ SUPER("o") }{ "\u00A0" }{ $edition }
    }
