# Words of the Portuguese documents. European Portuguese, spelling of 1990.

## Shared

press-release = Comunicado de imprensa
specimen = Exemplo sem valor oficial
selection = { ORDINAL($edition, gender: "feminine", style: "words") } seleção

# Between two sentences of a paragraph.
sentence-gap = { " " }
# The period of a figure at the end of a sentence, or nothing; between commas after a verb.
in-period = { $period ->
        [none] { "" }
       *[some] { " " }{ DATE($period, style: "in") }
    }
for-period = { $period ->
        [none] { "" }
       *[some] { " " }{ DATE($period, style: "for") }
    }
in-period-aside = { $period ->
        [none] { "" }
       *[some] , { DATE($period, style: "in") },
    }

## Press release: parts of the page

release-now = PARA DIVULGAÇÃO IMEDIATA
release-embargo = SOB EMBARGO
# $until: a date, or a date and time. $zone: “hora de Pequim”, or none.
embargo-detail = até { DATE($until, style: "until") }{ $zone ->
        [none] { "" }
       *[some] { " " }({ $zone })
    }. Não publicar nem difundir antes desse momento.
dateline = { NAME($place) }, { DATE($published) }{ "\u00A0" }–
# $count: the number of figures.
key-figures = { $count ->
        [one] Número-chave
        [many] Números-chave
       *[other] Números-chave
    }
sources-label = Fontes
contact-label = Contacto para a imprensa
contact-separator = { "\u00A0· " }
about-label = Sobre o programa { $short }
end-mark = – FIM –
more-mark = – continua na página seguinte –

## Key figures

figure-note = { $nature ->
        [forecast] previsão{ $period ->
            [none] { "" }
           *[some] { " " }{ DATE($period, style: "for") }
        }
       *[observed] valor observado{ $period ->
            [none] { "" }
           *[some] { " " }{ DATE($period, style: "in") }
        }
    }

## Notes

sources = Dados: { $sources }.
# One figure in the list of forecasts.
forecast-item = { $label }{ $period ->
        [none] { "" }
       *[some] { " " }({ DATE($period) })
    }
# $count: the number of items.
sources-forecasts = { $count ->
        [one] Previsão
        [many] Previsões
       *[other] Previsões
    } à data de publicação: { $items }. Os restantes são valores observados.

## Press release of the edition: the table

ranking-rank = Lugar
ranking-city = Cidade
ranking-country = País
ranking-route = Via de acesso
ranking-place = { ORDINAL($rank, gender: "masculine") }
route-application = candidatura
route-recommendation = recomendação
route-unpublished = não divulgada

## Certificate

certificate = Certificado
certificate-title = Certificado – { NAME($city) } – { $short }
certificate-programme = { $programme }
certificate-intro = atribuído a
certificate-city = { NAME($city) }
certificate-closing = { "" }
certificate-date = { NAME($place) }, { DATE($announced) }{ $expires ->
        [none] { "" }
       *[some] , válido até { DATE($expires) }
    }
certificate-serial = N.º{ "\u00A0" }{ $serial }
code-alt = Código QR de verificação do certificado { $serial }: { $address }
seal-alt = Selo do programa { $short }
seal-foot = { selection }
