# Words for the print shop: the line outside the pages, cover sheets and the job ticket. A language without them uses English.

## Line outside the pages

# $sheet, $total: numbers. $face: only, front, back or both.
print-slug-sheet = sheet { $sheet } of { $total }{ $face ->
        [front] , front
        [back] , back
        [both] , both sides
       *[only] { "" }
    }
print-slug-job = job { $number }

## Job ticket: the names of the rows

print-job-number = job number
print-report = report
print-page = trimmed page
print-sheet = sheet
print-layout = layout
print-sides = sides
print-gutter = gutter
print-paper = paper
print-sheets = sheets to print
print-sheets-of-each = sheets per page of the file
print-documents = documents
print-copies = copies
print-overs = overs
print-plates = plates
print-condition = printing condition
print-finishing = finishing

## Job ticket: the values

# Numbers in millimetres.
print-millimetres = { $number }{ "\u00A0" }mm
print-page-size = { $width }×{ $height }{ "\u00A0" }mm, bleed { $bleed }{ "\u00A0" }mm
# $sheet: its name and size. $pages: number of pages on a side of the sheet.
print-sheet-up = { $sheet }, { $pages } up ({ $columns }×{ $rows })
print-layout-one-up = one-up
print-layout-n-up = n-up
print-layout-step-repeat = step and repeat
print-layout-cut-stack = cut and stack
print-layout-booklet = booklet, saddle-stitched
print-sides-one = one side
print-sides-sheetwise = both sides, sheetwise, turned about the vertical axis
print-sides-work-and-turn = both sides, work and turn
print-sides-work-and-tumble = both sides, work and tumble
# $weight: in grams per square metre.
print-paper-weight = { $weight }{ "\u00A0" }g/m²
print-overs-destroy = { $number } (destroy any that are numbered)
print-condition-ink = { $condition }, at most { $percent }{ "\u00A0" }% of ink

## Job ticket: work after printing. $plate: the name of a plate.

print-step-foil = foil, from the plate { $plate }
print-step-varnish = spot varnish, from the plate { $plate }
print-step-embossing = embossing, from the plate { $plate }
print-step-spot-colour = spot colour { $plate }
print-step-cut = cut along the crop marks
print-step-cut-contour = cut along the spot colour { $plate }
print-step-crease = crease along the spot colour { $plate }
print-step-stack = place the stacks on top of each other, row by row, with the upper left stack on top
print-step-fold-stitch = fold along the fold marks and saddle-stitch

## Preflight: what is checked before plates are made. $document: a document that has it. $inks: for example C 60, K 90.

print-preflight = Preflight: { $job }
print-colours = colours
print-most-ink = most ink
print-smallest-text = smallest text in several inks
print-thinnest-line = thinnest line in several inks
print-thinnest-spot-line = thinnest line of { $plate }
print-lowest-resolution = lowest resolution of a picture
print-not-inks = colours that are not inks
print-fonts = fonts
print-hash = SHA-256
print-none = none
print-found-in = { $value }, in { $document }
print-ink-found = { $percent }{ "\u00A0" }% ({ $inks }); limit { $limit }{ "\u00A0" }%
print-points-found = { $points }{ "\u00A0" }pt ({ $inks }); limit { $limit }{ "\u00A0" }pt
print-ppi-found = { $ppi }{ "\u00A0" }ppi; limit { $limit }{ "\u00A0" }ppi
# $state: subset (embedded, with the glyphs that are needed), whole (embedded) or missing (not embedded).
print-font = { $font }{ $state ->
        [subset] , embedded subset
        [missing] , not embedded
       *[whole] , embedded
    }
