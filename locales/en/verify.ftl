# Words of the web page that checks certificates. A language without them is not offered there.
# $organiser: the name of the organisation. $date, $successor, $reason, $key, $value, $page, $languages: filled in by the page.

verify-title = Check a certificate
verify-lead = Hold the code of a certificate in front of the camera, choose a picture of it, or paste its address.
verify-private = Everything is checked in this browser. The page sends nothing.
verify-no-script-text = This page needs JavaScript. Without it, the program gen-report checks certificates.
verify-language = Language
verify-ways = Ways to check
verify-camera = Use the camera
verify-camera-stop = Stop the camera
verify-camera-hint = Hold the code in front of the camera, straight and close.
verify-file = Choose a picture or PDF
verify-drop = You can also drop the file here.
verify-text-label = Address of the code
verify-text-hint = A long address that begins with https://
verify-check = Check
verify-working = Checking
verify-again = Check another certificate
verify-result = Result

## The answers

verify-genuine = Genuine
verify-genuine-text = Signed { NAME($organiser, form: "by") }, exactly as you read it here.
verify-revoked = Revoked
verify-revoked-text = This certificate was genuine, but its issuer revoked it on { $date }.
verify-superseded = Replaced
verify-superseded-text = This certificate was genuine, but certificate { $successor } replaced it on { $date }.
verify-expired = Expired
verify-expired-text = This certificate was genuine. It was valid until { $date }.
verify-altered = Altered
verify-altered-text = The code was changed after it was signed, or leads to another website. Do not accept this certificate.
verify-incomplete-text = The code is incomplete or was changed. If you copied its address, copy all of it.
verify-print-serial-text = The PDF does not print the certificate number that its code states, { $value }. It was changed, or the code is from another certificate.
verify-print-city-text = The PDF does not print the city that its code states, { $value }. It was changed, or the code is from another certificate.
verify-print-date-text = The PDF does not print the date that its code states, { $value }. It was changed, or the code is from another certificate.
verify-credential-altered-text = A credential that is attached to this PDF was changed, or is from another certificate. Do not accept this certificate.
verify-credential-missing-text = The issuer attaches credentials to each certificate, and one is missing in this PDF. It was changed.
verify-credential-unknown-text = No key of this issuer has signed a credential that is attached to this PDF.
verify-seal-altered-text = This PDF was changed after the issuer sealed it. Do not accept it.
verify-seal-missing-text = The code is genuine, but the PDF has no seal, and this issuer seals its PDFs. Anything beside the code may have been changed. Ask the issuer for the file itself.
verify-seal-stamped-text = A document time stamp follows the seal of this PDF. Only the program gen-report can check it.
verify-seal-unknown-issuer-text = This PDF is sealed with a certificate that this issuer has not published.
verify-unknown-issuer = Unknown issuer
verify-unknown-issuer-text = No key of this issuer has signed the code. It comes from somebody else, or it is forged.
verify-unsigned = Not signed
verify-unsigned-text = The code is only an address without a signature. Anyone can print one: it proves nothing.
verify-unclear = Validity unknown
verify-unclear-missing-text = Signed { NAME($organiser, form: "by") }. Whether it has been revoked since is not known, because the list of withdrawn certificates could not be loaded.
verify-unclear-broken-text = Signed { NAME($organiser, form: "by") }. Whether it has been revoked since is not known, because the list of withdrawn certificates is damaged or wrongly signed.
verify-unreadable = Not readable
verify-no-code-text = No code was found. Take the picture from straight above, in good light, with the code as large as possible.
verify-no-address-text = This is not the address of a code. Such an address begins with https:// and is as long as a paragraph.
verify-too-large-text = This file is larger than 64 MiB, which is too large for this page. Check a picture of the page instead, or the file with gen-report verify.
verify-no-picture-text = This file is neither a picture (PNG, JPEG) nor a PDF, or it is damaged.
verify-no-link-text = No signed code was found in this PDF. If its page shows a code, choose a picture of the page.
verify-no-text-text = The pages of this PDF cannot be read here, so nothing was checked. Ask the issuer for the file itself, or choose a picture of the page.
verify-no-language-text = The date on the page is in a language that is not known here, so the page was not compared with its code.
verify-no-camera-text = The camera cannot be used. Allow it in the browser, or choose a picture.
verify-unable = Cannot check
verify-no-signatures-text = This browser cannot check signatures. Use a current version of Firefox, Chrome, Edge or Safari, and open this page with https://.
verify-no-keys-text = The public keys of the issuer could not be loaded. Check the connection, and load this page again.
verify-reason = Reason given: { $reason }

## What a code states

verify-fact-programme = Programme
verify-fact-edition = Edition
verify-fact-rank = Rank
verify-fact-serial = Certificate number
verify-fact-date = Announced
verify-fact-expires = Valid until

## What the answer means

verify-compare = Compare with the certificate in front of you
verify-compare-text = Each line shown here must be the same as on the certificate. A genuine code can be copied onto a forged one.
verify-done = What was checked
verify-done-signature = The signature on these lines, made { NAME($organiser, form: "by") } with the key { $key }
verify-done-seal = The seal, made { NAME($organiser, form: "by") }: nothing in the PDF has changed since
verify-done-print = Certificate number, city and date, as the text of page { $page } has them
verify-done-credential = The attached credentials, which state the same ({ $languages })
verify-done-list = The list of withdrawn certificates of { $date }
verify-done-expiry = The date until which it is valid
verify-not-done = What was not checked
verify-not-done-paper = The text and pictures on the certificate itself
verify-not-done-pdf = Other words, figures and pictures in the PDF. The code was taken from the link on the page, not from the printed code, which the program gen-report checks.
verify-not-done-sealed = The printed code, because the page takes the code from its link; and when the PDF was sealed. The program gen-report checks the printed code, and time stamps.
