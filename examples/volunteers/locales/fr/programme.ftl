# The words of this programme in French. All other words come from the program.

about = Les { $programme } ont été créés { DATE($founded, style: "when") } { NAME($organiser, form: "by") } ({ $acronym }).

# These replace words of the program, which are about a selection.
selection = { ORDINAL($edition, gender: "feminine", style: "words") } édition
seal-foot = { $edition ->
        [1] première édition
       *[other] édition nº{ "\u00A0" }{ $edition }
    }

## The words under a key figure

figure-hours = de bénévolat dans l’équipe { $team }

## Press release about one recipient

city-short = { $short }{ "\u00A0" }: { NAME($city) }
city-headline = { NAME($city) } parmi les bénévoles des { $short }
city-standfirst = Les { $short } existent grâce à celles et ceux qui donnent de leur temps.
city-lede = { NAME($city) } a fait partie des bénévoles de la { selection } des { $programme }. Le { $organiser } a remercié ses bénévoles le { DATE($announced) } { NAME($place, form: "in") }.
sentence-hours = { NAME($city) } a consacré { MEASURE($figure, style: "words") } à l’équipe { $team }.

## Press release of the edition

edition-short = { $short }{ "\u00A0" }: les bénévoles
edition-headline = Les { $short } remercient leurs bénévoles
edition-standfirst = Les { $short } existent grâce à celles et ceux qui donnent de leur temps.
edition-lede = { $city-count ->
        [one] Une personne a été remerciée
        [many] Les bénévoles ont été remerciés
       *[other] Les bénévoles ont été remerciés
    } le { DATE($announced) } { NAME($place, form: "in") } pour la { selection } des { $programme }.

## Certificate

certificate-distinction = bénévole de la { selection }
certificate-citation = pour { $hours ->
        [none] son aide
       *[some] { MEASURE($hours, style: "words") } de bénévolat
    } dans l’équipe { $team },{ "\u2028" }avec les remerciements { NAME($organiser, form: "of") }
