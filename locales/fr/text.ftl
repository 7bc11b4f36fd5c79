# Words of the French documents. Usage of the Imprimerie nationale; U+202F and U+00A0 as it prescribes.

## Shared

press-release = Communiqué de presse
specimen = Exemple sans valeur officielle
# $edition: number of the edition.
selection = { ORDINAL($edition, gender: "feminine", style: "words") } sélection

# Between two sentences of a paragraph.
sentence-gap = { " " }

## Press release: parts of the page

release-now = POUR DIFFUSION IMMÉDIATE
release-embargo = SOUS EMBARGO
# $until: a date, or a date and time. $zone: “heure de Beijing”, or none.
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
## The words under a key figure; `.of-city` in a press release that is not about that city.

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
figure-committee-countries = au comité d’experts
    .of-city = au comité d’experts
figure-digital-enterprises = aux compétences numériques avancées
    .of-city = aux compétences numériques avancées { NAME($city, form: "in") }
figure-digital-economy-size = taille de l’économie numérique
    .of-city = taille de l’économie numérique { NAME($city, form: "of") }
figure-digital-economy-value-added = valeur ajoutée de l’économie numérique
    .of-city = valeur ajoutée de l’économie numérique { NAME($city, form: "of") }
figure-digital-economy-share = part de l’économie numérique dans le PIB
    .of-city = part de l’économie numérique dans le PIB { NAME($city, form: "of") }
figure-ai-enterprises = d’intelligence artificielle
    .of-city = d’intelligence artificielle { NAME($city, form: "in") }
figure-ai-core-revenue = revenus du cœur de la filière d’intelligence artificielle
    .of-city = revenus du cœur de la filière d’intelligence artificielle { NAME($city, form: "in") }
figure-digital-manufacturers = de grande taille dans l’industrie manufacturière, à la norme numérique
    .of-city = de grande taille dans l’industrie manufacturière { NAME($city, form: "of") }, à la norme numérique
figure-digital-patents-rank = parmi les villes du monde pour les brevets en technologie numérique
    .of-city = { NAME($city, form: "of") } parmi les villes du monde pour les brevets en technologie numérique

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
about = Fondé { DATE($founded, style: "when") } { NAME($organiser, form: "by") } ({ $acronym }) avec plusieurs organisations internationales, le programme des { $programme } a pour cadre la coopération numérique mondiale des Nations unies et les Objectifs de développement durable. Il recherche des villes de rayonnement mondial qui se distinguent par leurs innovations et leurs applications dans l’Internet des objets et l’économie numérique.

## Press release of a city

city-short = { NAME($city) }, { ORDINAL($rank, gender: "feminine") } des villes pilotes
city-headline = { NAME($city) }, { ORDINAL($rank, gender: "feminine") } des villes pilotes de l’économie numérique
city-standfirst = Des experts { MEASURE($countries, style: "of") } ont arrêté la { selection } d’un programme consacré aux villes de l’Internet des objets.
city-lede = { NAME($city) } occupe la { ORDINAL($rank, gender: "feminine", style: "words") } place des { $programme }. La { selection } a été rendue publique le { DATE($announced) } { NAME($place, form: "in") }, pendant { NAME($convention, form: "the") }.
city-committee = Le choix est revenu à un comité d’experts { MEASURE($countries, style: "of") }.
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
    } { DATE($period, style: "when") }, soit { MEASURE($share) } du produit intérieur brut (PIB) de la ville.
city-size = { $nature ->
        [forecast] Les prévisions tablent sur une économie numérique { MEASURE($size, style: "of") } { DATE($period, style: "when") }.
       *[observed] L’économie numérique y pesait { MEASURE($size) } { DATE($period, style: "when") }.
    }
city-ai = La ville abrite { MEASURE($enterprises) } d’intelligence artificielle, une filière dont le cœur dégage { MEASURE($revenue) } de revenus.
city-manufacturers = Dans l’industrie manufacturière, { MEASURE($manufacturers) } de grande taille { COUNT($manufacturers) ->
        [one] satisfaisait
        [many] satisfaisaient
       *[other] satisfaisaient
    } { DATE($period, style: "at") } à la norme de transformation numérique.
city-patents = Parmi les villes du monde, { NAME($city) } occupait { DATE($period, style: "at") } le { MEASURE($patents, style: "words") } pour les brevets délivrés en technologie numérique.
city-ambition = Devenir une ville de référence mondiale pour l’économie numérique{ "\u00A0" }: { NAME($city) } avait annoncé cette ambition { DATE($year, style: "when") }.
city-event = Les résultats ont été dévoilés { NAME($conference, form: "to") }, dans le cadre { NAME($convention, form: "of") }.

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
edition-standfirst = Des experts { MEASURE($countries, style: "of") } ont arrêté la { selection } d’un programme international né { DATE($founded, style: "when") }. { NAME($first) } arrive en tête.
edition-lede = Annoncée le { DATE($announced) } { NAME($place, form: "in") }, la { selection } des { $programme } attribue la { ORDINAL($rank, gender: "feminine", style: "words") } place { NAME($first, form: "to") }.
edition-event = La liste a été dévoilée { NAME($conference, form: "to") }, dans le cadre { NAME($convention, form: "of-full") }.
edition-programme = Lancé { DATE($founded, style: "when") } par l’organisateur de la Convention et plusieurs organisations internationales, le programme recherche des villes de rayonnement mondial, fortes de leurs innovations et de leurs applications dans l’Internet des objets et l’économie numérique. Il s’inscrit dans le cadre de la coopération numérique mondiale des Nations unies et des Objectifs de développement durable.
edition-routes-heading = Deux voies d’accès, un comité
edition-routes = Une ville présente elle-même sa candidature, ou bien un gouvernement ou une organisation internationale la recommande.
edition-committee = La décision revient toujours à un comité d’experts { MEASURE($countries, style: "of") }.
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
    } { DATE($period, style: "when") }, soit { MEASURE($share) } de son produit intérieur brut (PIB).
edition-ranking-heading = Classement des villes retenues
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
# One notation for both: “première ville de la première sélection”, “12e ville de la 1re sélection”.
certificate-distinction = { SCALE($rank, steps: "1") ->
        [0] { ORDINAL($rank, gender: "feminine", style: "words") } ville de la { selection }
       *[other] { ORDINAL($rank, gender: "feminine") } ville de la { ORDINAL($edition, gender: "feminine") } sélection
    }
# U+2028 breaks the line where the sense does.
certificate-citation = en reconnaissance de son rayonnement mondial, de ses innovations{ "\u2028" }et de ses applications dans l’Internet des objets et l’économie numérique,{ "\u2028" }sur décision du comité d’experts, qui réunit des spécialistes { MEASURE($countries, style: "of") }
certificate-closing = { "" }
certificate-date = Fait { NAME($place, form: "in") }, le { DATE($date) }
certificate-serial = N{ SUPER("o") }{ "\u00A0" }{ $serial }
code-alt = Code QR de vérification du certificat { $serial }
seal-alt = Sceau du programme des { $short }
# The ring is set in capitals without raised letters: º instead of a raised o.
seal-foot = { $edition ->
        [1] première sélection
       *[other] sélection nº{ "\u00A0" }{ $edition }
    }
