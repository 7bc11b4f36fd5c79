# Words of the proof for translators, which `gen-report proof` makes. A language without them uses English.

proof-title = Proof for translators
proof-legend = A red stroke shows where a message begins. Its number is in the margin, and leads to the list.
# $page, $pages: numbers.
proof-page = page { $page } of { $pages }

## The rows of a message

proof-source = Source
proof-translation = Translation
proof-printed = On the page
proof-values = Values
proof-note = Note
proof-missing = Not translated: the text of another language is printed.

## Messages that have no number on a page

proof-parts-title = Parts of other messages
proof-parts-text = These messages are printed inside others: they format a value, or another message refers to them.
# $numbers: the numbers of the messages, such as 3, 7.
proof-inside = in { $numbers }
proof-unprinted-title = Not on these pages
proof-unprinted-text = No page of this proof prints these messages.
proof-reason-hidden = In the data of the PDF (its title, alternative texts), or only on documents with more pages
proof-reason-blank = Empty, or only a space, with these facts
proof-reason-not-reached = Not needed with the facts of these documents
proof-reason-unused = No template of these documents uses them
proof-reason-sheets = On sheets for print shops
proof-reason-web-page = On the web page that checks certificates
proof-reason-proof = The words of this proof
proof-reason-setting = Settings
