# Words of this programme, in French. Another programme replaces this file; locales/en/programme.ftl lists the variables.

about = Créé { DATE($founded, style: "when") } { NAME($organiser, form: "by") } ({ $acronym }) avec plusieurs organisations internationales, le programme des { $programme } a pour cadre la coopération numérique mondiale des Nations unies et les objectifs de développement durable. Il recherche des villes de rayonnement mondial qui se distinguent par leurs innovations et leurs applications dans l’Internet des objets et l’économie numérique.

## The words under a key figure; `.of-city` in a press release that is not about that city

figure-committee-countries = représentés au comité d’experts
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
figure-ai-core-revenue = chiffre d’affaires du cœur de la filière d’intelligence artificielle
    .of-city = chiffre d’affaires du cœur de la filière d’intelligence artificielle { NAME($city, form: "in") }
figure-digital-manufacturers = de grande taille satisfaisant à la norme de transformation numérique dans l’industrie manufacturière
    .of-city = de grande taille satisfaisant à la norme de transformation numérique dans l’industrie manufacturière { NAME($city, form: "of") }
figure-digital-patents-rank = parmi les villes du monde pour les brevets dans les technologies numériques
    .of-city = { NAME($city, form: "of") } parmi les villes du monde pour les brevets dans les technologies numériques

## Press release of a city

city-short = { $rank ->
        [none] { NAME($city) } parmi les villes pilotes
       *[some] { NAME($city) }, { ORDINAL($rank, gender: "feminine") } des villes pilotes
    }
city-headline = { $rank ->
        [none] { NAME($city) } parmi les villes pilotes de l’économie numérique
        [1] { NAME($city) } en tête des { $edition ->
            [1] premières
           *[other] nouvelles
        } villes pilotes de l’économie numérique
       *[other] { NAME($city) }, { ORDINAL($rank, gender: "feminine") } des villes pilotes de l’économie numérique
    }
city-standfirst = { $digital-enterprises ->
        [none] La { selection } est celle d’un programme consacré aux villes de l’Internet des objets et de l’économie numérique.
       *[some] Forte { MEASURE($digital-enterprises, style: "of") } aux compétences numériques avancées, la ville { $rank ->
            [1] domine
           *[other] figure dans
        } la { selection } d’un programme consacré aux villes de l’Internet des objets.
    }
city-lede = { $rank ->
        [none] { NAME($city) } compte désormais parmi les { $programme }.
       *[some] { NAME($city) } occupe la { ORDINAL($rank, gender: "feminine", style: "words") } place des { $programme }.
    } La { selection } a été rendue publique le { DATE($announced) } { NAME($place, form: "in") }{ $convention ->
        [none] { "" }
       *[some] , pendant { NAME($convention, form: "the") }
    }.

## Press release of the edition

edition-short = { $edition ->
        [1] Premières villes pilotes mondiales
       *[other] Nouvelles villes pilotes mondiales
    }
# without $place: the dateline and the lede name it.
edition-headline = { $edition ->
        [1] L’économie numérique a{ "\u00A0" }ses{ "\u00A0" }premières villes pilotes
       *[other] L’économie numérique a{ "\u00A0" }de{ "\u00A0" }nouvelles villes pilotes
    }
edition-standfirst = { $rank ->
        [none] La { selection } est celle d’un programme international né { DATE($founded, style: "when") }.
       *[some] { NAME($first) } arrive en tête de la { selection } d’un programme international né { DATE($founded, style: "when") }.
    }
edition-lede = { $rank ->
        [none] La { selection } des { $programme } a été annoncée le { DATE($announced) } { NAME($place, form: "in") }. Elle réunit { $city-count ->
            [1] une seule ville
            [2] deux villes
            [3] trois villes
            [4] quatre villes
            [5] cinq villes
            [6] six villes
            [7] sept villes
            [8] huit villes
            [9] neuf villes
           *[other] { $city-count } villes
        }.
       *[some] Annoncée le { DATE($announced) } { NAME($place, form: "in") }, la { selection } des { $programme } attribue la { ORDINAL($rank, gender: "feminine", style: "words") } place { NAME($first, form: "to") }.
    }
heading-routes = Deux voies d’accès, un comité
heading-ranking = { $rank ->
        [none] Les villes retenues
       *[some] Classement des villes retenues
    }

## Sentences of the story (reports/story.yaml)

sentence-committee-countries = Le choix est revenu à un comité d’experts { MEASURE($figure, style: "of") }.
sentence-routes = Les villes présentent elles-mêmes leur candidature ou sont recommandées par un gouvernement ou une organisation internationale.
counts-or-forecast = { $nature ->
        [forecast] devrait compter
       *[observed] compte
    }
sentence-digital-enterprises = { NAME($city) } { counts-or-forecast } { MEASURE($figure, style: "words") } aux compétences numériques avancées{ at-period }.
    .with-ai-enterprises = { NAME($city) } { counts-or-forecast } { MEASURE($figure, style: "words") } aux compétences numériques avancées et { MEASURE($other, style: "words") } d’intelligence artificielle{ at-period }.
value-added = La valeur ajoutée de l’économie numérique de la ville { $nature ->
        [forecast] { $hedge ->
            [over] devait dépasser { MEASURE($figure, approx: "exact") }
           *[other] devait atteindre { MEASURE($figure) }
        }
       *[observed] { $hedge ->
            [over] a dépassé { MEASURE($figure, approx: "exact") }
           *[other] a atteint { MEASURE($figure) }
        }
    }{ in-period }
sentence-digital-economy-value-added = { value-added }.
    .with-digital-economy-share = { value-added }, soit { MEASURE($other) } du produit intérieur brut (PIB) local.
sentence-digital-economy-share = L’économie numérique { $nature ->
        [forecast] devait représenter
       *[observed] a représenté
    } { MEASURE($figure) } du produit intérieur brut (PIB) de la ville{ in-period }.
sentence-digital-economy-size = { $nature ->
        [forecast] Les prévisions tablent sur une économie numérique { MEASURE($figure, style: "of") }
       *[observed] L’économie numérique de la ville pesait { MEASURE($figure) }
    }{ in-period }.
hosts-or-forecast = { $nature ->
        [forecast] devrait abriter
       *[observed] abrite
    }
sentence-ai-enterprises = La ville { hosts-or-forecast } { MEASURE($figure, style: "words") } d’intelligence artificielle{ at-period }.
    .with-ai-core-revenue = La ville { hosts-or-forecast } { MEASURE($figure, style: "words") } d’intelligence artificielle, une filière dont le cœur { $nature ->
        [forecast] devrait réaliser
       *[observed] réalise
    } { MEASURE($other) } de chiffre d’affaires{ at-period }.
sentence-ai-core-revenue = Le cœur de la filière d’intelligence artificielle { $nature ->
        [forecast] devait réaliser
       *[observed] { $period ->
            [none] réalise
           *[some] a réalisé
        }
    } { MEASURE($figure) } de chiffre d’affaires{ in-period }.
sentence-digital-manufacturers = Dans l’industrie manufacturière, { MEASURE($figure, style: "words") } de grande taille { $nature ->
        [forecast] { COUNT($figure) ->
            [one] devait
            [many] devaient
           *[other] devaient
        } satisfaire
       *[observed] { COUNT($figure) ->
            [one] satisfaisait
            [many] satisfaisaient
           *[other] satisfaisaient
        }
    }{ at-period } à la norme de transformation numérique.
    .with-digital-patents-rank = { $nature ->
        [forecast] Selon les prévisions, la ville devait compter{ at-period } { MEASURE($figure, style: "words") } de grande taille satisfaisant à la norme de transformation numérique dans l’industrie manufacturière, et occuper le { MEASURE($other, style: "words") } mondial pour les brevets délivrés dans les technologies numériques.
       *[observed] Dans l’industrie manufacturière, { MEASURE($figure, style: "words") } de grande taille { COUNT($figure) ->
            [one] satisfaisait
            [many] satisfaisaient
           *[other] satisfaisaient
        }{ at-period } à la norme de transformation numérique, et la ville { $period ->
            [none] occupe
           *[some] occupait
        } le { MEASURE($other, style: "words") } mondial pour les brevets délivrés dans les technologies numériques.
    }
sentence-digital-patents-rank = Parmi les villes du monde, { NAME($city) } { $nature ->
        [forecast] devait occuper
       *[observed] occupait
    }{ at-period } le { MEASURE($figure, style: "words") } pour les brevets délivrés dans les technologies numériques.
sentence-benchmark-ambition = Devenir une ville de référence mondiale pour l’économie numérique{ "\u00A0" }: { NAME($city) } avait annoncé cette ambition { DATE($benchmark-ambition, style: "when") }.
sentence-conference = { $scope ->
        [city] Les résultats ont été dévoilés
       *[edition] La liste a été dévoilée
    } { NAME($conference, form: "to") }{ $convention ->
        [none] { "" }
       *[some] , dans le cadre { $scope ->
            [city] { NAME($convention, form: "of") }
           *[edition] { NAME($convention, form: "of-full") }
        }
    }.

## Certificate

# One notation for both: “première ville de la première sélection”, “12e ville de la 1re sélection”.
certificate-distinction = { $rank ->
        [none] ville pilote de la { selection }
       *[some] { SCALE($rank, steps: "1") ->
            [0] { ORDINAL($rank, gender: "feminine", style: "words") } ville de la { selection }
           *[other] { ORDINAL($rank, gender: "feminine") } ville de la { ORDINAL($edition, gender: "feminine") } sélection
        }
    }
# U+2028 breaks the line where the sense does.
certificate-citation = en reconnaissance de son rayonnement mondial, de ses innovations{ "\u2028" }et de ses applications dans l’Internet des objets et l’économie numérique,{ "\u2028" }sur décision du comité d’experts, qui réunit des spécialistes { MEASURE($committee-countries, style: "of") }
