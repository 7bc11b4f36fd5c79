# The units of this programme in Spanish.

# Feminine nouns: “una biblioteca”, “unas 40 bibliotecas”. $style: words spells one to nine, as running text does.
library = { $value ->
        [one] biblioteca pública
        [many] bibliotecas públicas
       *[other] bibliotecas públicas
    }
counted-feminine = { hedged-feminine }{ $style ->
        [words] { $value ->
            [1] una{ " " }
            [2] dos{ " " }
            [3] tres{ " " }
            [4] cuatro{ " " }
            [5] cinco{ " " }
            [6] seis{ " " }
            [7] siete{ " " }
            [8] ocho{ " " }
            [9] nueve{ " " }
           *[other] { number }
        }
       *[none] { number }
    }
measure-library = { counted-feminine }{ library }
    .before = { hedge-feminine }
    .number = { digits }
    .after = { after-scale }{ library }
loan = { $value ->
        [one] préstamo
        [many] préstamos
       *[other] préstamos
    }
measure-loan = { counted }{ loan }
    .before = { hedge }
    .number = { digits }
    .after = { after-scale }{ loan }
city = { $value ->
        [one] ciudad
        [many] ciudades
       *[other] ciudades
    }
measure-city = { counted-feminine }{ city }
    .before = { hedge-feminine }
    .number = { digits }
    .after = { after-scale }{ city }
