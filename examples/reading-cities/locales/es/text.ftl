# Words of the Spanish documents. Orthography of RAE and ASALE, advice of FundéuRAE, style of the agency EFE.

## Shared

press-release = Nota de prensa
specimen = Ejemplo sin valor oficial
selection = { ORDINAL($edition, gender: "feminine", style: "words") } selección

# Between two sentences of a paragraph.
sentence-gap = { " " }
# The period of a figure in a sentence, or nothing.
in-period = { $period ->
        [none] { "" }
       *[some] { " " }{ DATE($period, style: "in") }
    }
for-period = { $period ->
        [none] { "" }
       *[some] { " " }{ DATE($period, style: "for") }
    }

## Press release: parts of the page

release-now = PARA DIFUSIÓN INMEDIATA
release-embargo = EMBARGADO
# $until: a date, or a date and time. $zone: “hora de Pekín”, or none.
embargo-detail = hasta { DATE($until, style: "until") }{ $zone ->
        [none] { "" }
       *[some] { " " }({ $zone })
    }. No debe publicarse ni difundirse antes de ese momento.
dateline = { NAME($place) }, { DATE($published) }.—
# $count: the number of figures.
key-figures = { $count ->
        [one] Cifra clave
        [many] Cifras clave
       *[other] Cifras clave
    }
sources-label = Fuentes
contact-label = Contacto de prensa
contact-separator = { "\u00A0· " }
about-label = Sobre { $short }
end-mark = —FIN—
more-mark = —sigue—

## Key figures

figure-note = { $nature ->
        [forecast] previsión{ for-period }
       *[observed] { $period ->
            [none] dato observado
           *[some] dato { DATE($period, style: "of") }
        }
    }

## Notes

sources = Datos: { $sources }.
# One figure in the list of forecasts.
forecast-item = { $label }{ $period ->
        [none] { "" }
       *[some] { " " }({ DATE($period) })
    }
# $count: the number of items.
sources-forecasts = { $count ->
        [one] Previsión
        [many] Previsiones
       *[other] Previsiones
    } en la fecha de publicación: { $items }. Los demás valores son datos observados.

## Press release of the edition: the table

ranking-rank = Posición
ranking-city = Ciudad
ranking-country = País
ranking-route = Vía de acceso
ranking-place = { ORDINAL($rank, gender: "feminine") }
route-application = candidatura
route-recommendation = recomendación
route-unpublished = no publicada

## Certificate

certificate = Certificado
certificate-title = Certificado: { NAME($city) } ({ $short })
certificate-programme = { $programme }
certificate-intro = otorgado a
certificate-city = { NAME($city) }
certificate-closing = { "" }
certificate-date = Dado { NAME($place, form: "in") }, a { DATE($announced) }{ $expires ->
        [none] { "" }
       *[some] , válido hasta el { DATE($expires) }
    }
certificate-serial = N.º{ "\u00A0" }{ $serial }
code-alt = Código QR de verificación del certificado { $serial }: { $address }
seal-alt = Sello del programa { $short }
seal-foot = { selection }
