# Mots de la page web qui vérifie les certificats. Une langue qui ne les a pas n’y est pas proposée.
# $organiser : le nom de l’organisation. $date, $successor, $reason, $key, $value, $page, $languages : ajoutés par la page.

verify-title = Vérifier un certificat
verify-lead = Présentez le code d’un certificat devant la caméra, choisissez-en une photo ou collez son adresse.
verify-private = Tout est vérifié dans ce navigateur. La page n’envoie rien.
verify-no-script-text = Cette page a besoin de JavaScript. Sans lui, le programme gen-report vérifie les certificats.
verify-language = Langue
verify-ways = Moyens de vérification
verify-camera = Utiliser la caméra
verify-camera-stop = Arrêter la caméra
verify-camera-hint = Tenez le code devant la caméra, bien droit et de près.
verify-file = Choisir une photo ou un PDF
verify-drop = Vous pouvez aussi déposer le fichier ici.
verify-text-label = Adresse du code
verify-text-hint = Une longue adresse qui commence par https://
verify-check = Vérifier
verify-working = Vérification en cours
verify-again = Vérifier un autre certificat
verify-result = Résultat

## Les réponses

verify-genuine = Authentique
verify-genuine-text = Signé { NAME($organiser, form: "by") }, exactement comme vous le lisez ici.
verify-revoked = Révoqué
verify-revoked-text = Ce certificat était authentique, mais son émetteur l’a révoqué le { $date }.
verify-superseded = Remplacé
verify-superseded-text = Ce certificat était authentique, mais le certificat { $successor } le remplace depuis le { $date }.
verify-expired = Expiré
verify-expired-text = Ce certificat était authentique. Il était valable jusqu’au { $date }.
verify-altered = Modifié
verify-altered-text = Le code a été modifié après sa signature, ou mène à un autre site. N’acceptez pas ce certificat.
verify-incomplete-text = Le code est incomplet ou a été modifié. Si vous avez copié son adresse, copiez-la en entier.
verify-print-serial-text = Le numéro de certificat inscrit dans le code, { $value }, ne figure pas dans le PDF. Celui-ci a été modifié, ou le code vient d’un autre certificat.
verify-print-city-text = La ville inscrite dans le code, { $value }, ne figure pas dans le PDF. Celui-ci a été modifié, ou le code vient d’un autre certificat.
verify-print-date-text = La date inscrite dans le code, { $value }, ne figure pas dans le PDF. Celui-ci a été modifié, ou le code vient d’un autre certificat.
verify-credential-altered-text = Une attestation jointe à ce PDF a été modifiée, ou vient d’un autre certificat. N’acceptez pas ce certificat.
verify-credential-missing-text = L’émetteur joint des attestations à chaque certificat, et il en manque une dans ce PDF. Il a été modifié.
verify-credential-unknown-text = Aucune clé de cet émetteur n’a signé une attestation jointe à ce PDF.
verify-seal-altered-text = Ce PDF a été modifié après que l’émetteur y a apposé son cachet. Ne l’acceptez pas.
verify-seal-missing-text = Le code est authentique, mais le PDF n’a pas de cachet, et cet émetteur en appose un à ses PDF. Tout sauf le code a pu être modifié. Demandez le fichier à l’émetteur.
verify-seal-stamped-text = Un horodatage du document suit le cachet de ce PDF. Seul le programme gen-report peut le vérifier.
verify-seal-unknown-issuer-text = Le certificat du cachet de ce PDF n’a pas été publié par cet émetteur.
verify-unknown-issuer = Émetteur inconnu
verify-unknown-issuer-text = Aucune clé de cet émetteur n’a signé le code. Il vient de quelqu’un d’autre, ou il est faux.
verify-unsigned = Non signé
verify-unsigned-text = Le code n’est qu’une adresse sans signature. N’importe qui peut en imprimer une, elle ne prouve rien.
verify-unclear = Validité inconnue
verify-unclear-missing-text = Signé { NAME($organiser, form: "by") }. On ne sait pas si le certificat a été révoqué depuis, car la liste des certificats retirés n’a pas pu être chargée.
verify-unclear-broken-text = Signé { NAME($organiser, form: "by") }. On ne sait pas si le certificat a été révoqué depuis, car la liste des certificats retirés est endommagée ou mal signée.
verify-unreadable = Illisible
verify-no-code-text = Aucun code n’a été trouvé. Prenez la photo bien à la verticale du code, avec un bon éclairage et le code aussi grand que possible.
verify-no-address-text = Ce n’est pas l’adresse d’un code. Une telle adresse commence par https:// et occupe plusieurs lignes.
verify-too-large-text = Ce fichier dépasse 64 Mio : il est trop volumineux pour cette page. Vérifiez plutôt une image de la page, ou le fichier avec gen-report verify.
verify-no-picture-text = Ce fichier n’est ni une image (PNG, JPEG) ni un PDF, ou il est endommagé.
verify-no-link-text = Aucun code signé n’a été trouvé dans ce PDF. Si sa page montre un code, choisissez une photo de la page.
verify-no-text-text = Les pages de ce PDF ne peuvent pas être lues ici, rien n’a donc été vérifié. Demandez le fichier à l’émetteur, ou choisissez une photo de la page.
verify-no-language-text = La date de la page est dans une langue inconnue ici. La page n’a donc pas été comparée à son code.
verify-no-camera-text = La caméra est indisponible. Autorisez-la dans le navigateur ou choisissez une photo.
verify-unable = Vérification impossible
verify-no-signatures-text = Ce navigateur ne sait pas vérifier les signatures. Utilisez une version récente de Firefox, Chrome, Edge ou Safari, et ouvrez cette page avec https://.
verify-no-keys-text = Les clés publiques de l’émetteur n’ont pas pu être chargées. Vérifiez la connexion et rechargez cette page.
verify-reason = Motif indiqué{ "\u00A0" }: { $reason }

## Ce que dit un code

verify-fact-programme = Programme
verify-fact-edition = Édition
verify-fact-rank = Rang
verify-fact-serial = Numéro du certificat
verify-fact-date = Annoncé le
verify-fact-expires = Valable jusqu’au

## Ce que la réponse signifie

verify-compare = Comparez avec le certificat que vous avez sous les yeux
verify-compare-text = Chaque ligne affichée ici doit être identique sur le certificat. Un code authentique peut être recopié sur un faux.
verify-done = Ce qui a été vérifié
verify-done-signature = La signature de ces lignes, apposée { NAME($organiser, form: "by") } avec la clé { $key }
verify-done-seal = Le cachet, apposé { NAME($organiser, form: "by") }{ "\u00A0" }: rien n’a changé depuis dans le PDF
verify-done-print = Le numéro de certificat, la ville et la date dans le texte de la page { $page }
verify-done-credential = Les attestations jointes, qui disent la même chose ({ $languages })
verify-done-list = La liste des certificats retirés, établie le { $date }
verify-done-expiry = La date jusqu’à laquelle il est valable
verify-not-done = Ce qui n’a pas été vérifié
verify-not-done-paper = Le texte et les images du certificat lui-même
verify-not-done-pdf = Les autres mots, chiffres et images du PDF. Le code vient du lien de la page, pas du code imprimé, que le programme gen-report vérifie.
verify-not-done-sealed = Le code imprimé, car la page lit le code dans son lien, et le moment où le cachet a été apposé. Le programme gen-report vérifie le code imprimé et les horodatages.
