"""Signed codes as other programs read them: zxing reads the printed code, pycose its signature, cryptography the key set."""
import base64
import hashlib
import json
import sys

import cbor2
import pypdfium2
import zxingcpp
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pycose.headers import KID, Algorithm
from pycose.keys import OKPKey
from pycose.messages import CoseMessage

key_set, *certificates = sys.argv[1:]


def base64url(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


keys = {}
for key in json.load(open(key_set))["keys"]:
    if key["kty"] != "OKP":
        continue  # a certificate for seals
    required = {"crv": key["crv"], "kty": key["kty"], "x": key["x"]}
    thumbprint = hashlib.sha256(json.dumps(required, separators=(",", ":")).encode()).digest()
    assert base64url(key["kid"]) == thumbprint, "the identifier of a key is its thumbprint (RFC 7638)"
    keys[thumbprint[:8]] = base64url(key["x"])
    Ed25519PublicKey.from_public_bytes(keys[thumbprint[:8]])

for path in certificates:
    page = pypdfium2.PdfDocument(path)[0]
    (code,) = zxingcpp.read_barcodes(page.render(scale=150 / 72).to_pil())
    base, encoded = code.text.rsplit("/", 1)
    message = CoseMessage.decode(base64.b32decode(encoded + "=" * (-len(encoded) % 8)))
    assert message.phdr[Algorithm].fullname == "EDDSA", path
    public = keys[message.phdr[KID]]
    message.key = OKPKey(crv="ED25519", x=public)
    message.external_aad = f"{base}/".encode()
    assert message.verify_signature(), path
    # Once more, without a library for COSE.
    signed = cbor2.dumps(["Signature1", message.phdr_encoded, message.external_aad, message.payload])
    Ed25519PublicKey.from_public_bytes(public).verify(message.signature, signed)
    message.external_aad = b"HTTPS://EXAMPLE.COM/C/"
    assert not message.verify_signature(), path
    claim = cbor2.loads(message.payload)
    assert claim[1] in page.get_textpage().get_text_bounded(), path
    print(f"{path}: {claim}")
