# Mots pour l’imprimeur : ligne hors page, pages de garde et fiche de fabrication. Une langue qui ne les a pas emploie l’anglais.

## Ligne hors page

# $sheet, $total : nombres. $face : only, front, back ou both.
print-slug-sheet = feuille { $sheet } sur { $total }{ $face ->
        [front] , recto
        [back] , verso
        [both] , recto et verso
       *[only] { "" }
    }
print-slug-job = dossier { $number }

## Fiche de fabrication : noms des lignes

print-job-number = numéro de dossier
print-report = type de document
print-page = format fini
print-sheet = feuille
print-layout = imposition
print-sides = faces
print-gutter = gouttière
print-paper = papier
print-sheets = feuilles à imprimer
print-sheets-of-each = feuilles par page du fichier
print-documents = documents
print-copies = exemplaires
print-overs = surplus
print-plates = plaques
print-condition = condition d’impression
print-finishing = façonnage

## Fiche de fabrication : valeurs

# Nombres en millimètres.
print-millimetres = { $number }{ "\u00A0" }mm
print-page-size = { $width } × { $height }{ "\u00A0" }mm, fond perdu { $bleed }{ "\u00A0" }mm
# $sheet : nom et dimensions. $pages : nombre de poses sur une face.
print-sheet-up = { $sheet }, { $pages ->
        [one] { $pages } pose
        [many] { $pages } poses
       *[other] { $pages } poses
    } ({ $columns } × { $rows })
print-layout-one-up = une pose
print-layout-n-up = pages à la suite
print-layout-step-repeat = même page répétée
print-layout-cut-stack = coupe et empilage
print-layout-booklet = brochure piquée à cheval
print-sides-one = recto seul
print-sides-sheetwise = recto verso, deux jeux de plaques, feuille retournée autour de son axe vertical
print-sides-work-and-turn = recto verso, un seul jeu de plaques, feuille retournée en aile
print-sides-work-and-tumble = recto verso, un seul jeu de plaques, feuille culbutée tête-à-queue
# $weight : en grammes par mètre carré.
print-paper-weight = { $weight }{ "\u00A0" }g/m²
print-overs-destroy = { $number } (détruire ceux qui sont numérotés)
print-condition-ink = { $condition }, { $percent }{ "\u00A0" }% d’encre au plus

## Fiche de fabrication : travaux après l’impression. $plate : nom d’une plaque.

print-step-foil = dorure, plaque { $plate }
print-step-varnish = vernis sélectif, plaque { $plate }
print-step-embossing = gaufrage, plaque { $plate }
print-step-spot-colour = ton direct { $plate }
print-step-cut = coupe aux traits de coupe
print-step-cut-contour = découpe suivant le ton direct { $plate }
print-step-crease = rainage suivant le ton direct { $plate }
print-step-stack = poser les piles l’une sur l’autre, rangée par rangée, celle en haut à gauche au-dessus
print-step-fold-stitch = pliage aux traits de pli et piqûre à cheval

## Contrôle avant la gravure des plaques. $document : un document concerné. $inks : par exemple C 60, K 90.

print-preflight = Contrôle en amont{ "\u00A0" }: { $job }
print-colours = couleurs
print-most-ink = encrage maximal
print-smallest-text = plus petit texte en plusieurs encres
print-thinnest-line = filet le plus fin en plusieurs encres
print-thinnest-spot-line = filet le plus fin de { $plate }
print-lowest-resolution = résolution d’image la plus basse
print-not-inks = couleurs autres que des encres
print-fonts = polices
print-hash = SHA-256
print-none = aucun
print-found-in = { $value }, dans { $document }
print-ink-found = { $percent }{ "\u00A0" }% ({ $inks }) ; limite { $limit }{ "\u00A0" }%
print-points-found = { $points }{ "\u00A0" }pt ({ $inks }) ; limite { $limit }{ "\u00A0" }pt
print-ppi-found = { $ppi }{ "\u00A0" }ppp ; limite { $limit }{ "\u00A0" }ppp
# $state : subset (incorporée, réduite aux glyphes utiles), whole (incorporée) ou missing (non incorporée).
print-font = { $font }{ $state ->
        [subset] , incorporée, sous-ensemble
        [missing] , non incorporée
       *[whole] , incorporée
    }
