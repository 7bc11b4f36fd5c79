# The words of this programme in Spanish. The words and forms of the language are in text.ftl and numbers.ftl.

about = El programa { $programme }, creado { DATE($founded, style: "in") } { NAME($organiser, form: "by") } ({ $acronym }), distingue a las ciudades que acercan los libros a toda la población.

## The words under a key figure; `.of-city` in the press release of the edition

figure-committee-countries = en el jurado
figure-candidates = a examen del jurado
figure-libraries = en la ciudad
    .of-city = { NAME($city, form: "in") }
figure-loans = en las bibliotecas de la ciudad
    .of-city = en las bibliotecas { NAME($city, form: "of") }
figure-cardholders = proporción de la población con carné de biblioteca
    .of-city = proporción de la población { NAME($city, form: "of") } con carné de biblioteca
figure-acquisitions = presupuesto para la compra de libros
    .of-city = presupuesto para la compra de libros { NAME($city, form: "in") }

## Press release of a city
## The gender of a city’s name is unknown: adjectives agree with “ciudad”, “posición” or “selección”.

city-short = { $short }: { NAME($city) }
city-headline = { $rank ->
        [none] { NAME($city) }, entre las { $short }
       *[some] { NAME($city) }, { ORDINAL($rank, gender: "feminine", style: "words") } de las { $short }
    }
city-standfirst = La { selection } distingue a ciudades que acercan los libros a toda la población.
city-lede = { $rank ->
        [none] { NAME($city) } figura en la { selection } del programa { $programme }.
       *[some] { NAME($city) } ocupa la { ORDINAL($rank, gender: "feminine", style: "words") } posición en la { selection } del programa { $programme }.
    } Los resultados se anunciaron { DATE($announced, style: "in") } { $conference ->
        [none] { "" }
       *[some] { NAME($conference, form: "in") },{ " " }
    }{ NAME($place, form: "in") }.

## Press release of the edition

edition-short = { $short }: los resultados
edition-headline = { $rank ->
        [none] { $short }: la { selection }
       *[some] { NAME($first) } encabeza la { selection } de las { $short }
    }
edition-standfirst = El programa distingue a las ciudades que acercan los libros a toda la población.
edition-lede = La { selection } del programa { $programme } se anunció { DATE($announced, style: "in") } { $conference ->
        [none] { "" }
       *[some] { NAME($conference, form: "in") },{ " " }
    }{ NAME($place, form: "in") }. Reúne a { $city-count ->
        [1] una sola ciudad
        [2] dos ciudades
        [3] tres ciudades
        [4] cuatro ciudades
        [5] cinco ciudades
        [6] seis ciudades
        [7] siete ciudades
        [8] ocho ciudades
        [9] nueve ciudades
       *[other] { $city-count } ciudades
    }{ $rank ->
        [none] { "" }
       *[some] ; { NAME($first) } ocupa la { ORDINAL($rank, gender: "feminine", style: "words") } posición
    }.
heading-routes = Cómo se elige una ciudad
heading-ranking = { $rank ->
        [none] Las ciudades seleccionadas
       *[some] Clasificación de las ciudades seleccionadas
    }
heading-library = Una biblioteca por descubrir

## Sentences of the story (reports/story.yaml)

candidatures = { COUNT($figure) ->
        [one] la candidatura
        [many] las candidaturas
       *[other] las candidaturas
    } de { MEASURE($figure, style: "words") }
sentence-candidates = El jurado examinó { candidatures }.
    .with-committee-countries = El jurado, con miembros de { MEASURE($other, style: "words") }, examinó { candidatures }.
sentence-committee-countries = El jurado cuenta con miembros de { MEASURE($figure, style: "words") }.
sentence-routes = Las ciudades pueden presentar su propia candidatura o ser recomendadas por un gobierno o una organización internacional.
has-libraries = { NAME($city) } { $nature ->
        [forecast] prevé contar con
       *[observed] { $period ->
            [none] cuenta con
           *[some] contaba con
        }
    } { MEASURE($figure, style: "words") }
sentence-libraries = { has-libraries }{ in-period }.
    .with-loans = { has-libraries }, { COUNT($figure) ->
        [one] { $nature ->
            [forecast] que registraría
           *[observed] que registró
        }
        [many] { $nature ->
            [forecast] que registrarían
           *[observed] que registraron
        }
       *[other] { $nature ->
            [forecast] que registrarían
           *[observed] que registraron
        }
    } { MEASURE($other, style: "words") }{ in-period }.
sentence-loans = Las bibliotecas de la ciudad { $nature ->
        [forecast] prevén registrar
       *[observed] registraron
    } { MEASURE($figure, style: "words") }{ in-period }.
sentence-cardholders = En la ciudad, { MEASURE($figure, style: "article") } de la población { $nature ->
        [forecast] dispondrá, según las previsiones,
       *[observed] disponía
    } de carné de biblioteca{ in-period }.
sentence-acquisitions = La ciudad { $nature ->
        [forecast] prevé destinar
       *[observed] destinó
    } { MEASURE($figure) } a la compra de libros{ in-period }.
sentence-central-library = El jurado destacó { NAME($central-library, form: "the") }{ $scope ->
        [edition] , { NAME($city, form: "in") }
       *[city] { "" }
    }.
sentence-opening = Su nueva sala de lectura abrirá { DATE($opening, style: "in") }.
sentence-partners = La ciudad intercambia libros con { LIST($partners) }.
sentence-reading-list = El jurado publica su lista de lecturas en { $reading-list }.

## Certificate

certificate-distinction = { $rank ->
        [none] por su inclusión en la { selection }
       *[some] { ORDINAL($rank, gender: "feminine", style: "words") } posición en la { selection }
    }
certificate-citation = por acercar los libros a toda la población,{ "\u2028" }por decisión del jurado { NAME($organiser, form: "of") }
