"""Credentials as other programs see them: pikepdf takes them out of the certificates, PyJWT checks them with the published
keys. They must state what the code of the page states, and lead to their bit in the status list, which is set by `revoke`."""
import base64
import datetime
import gzip
import hashlib
import json
import pathlib
import subprocess
import sys
import tempfile

import cbor2
import jwt
import pikepdf
import pypdf

program, key_file, folder, *certificates = sys.argv[1:]
folder = pathlib.Path(folder)


def base64url(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def key_set(path):
    keys = json.load(open(path))["keys"]
    return {key["kid"]: jwt.PyJWK(key, algorithm="EdDSA") for key in keys if key["kty"] == "OKP"}


def decode(token, keys):
    header = jwt.get_unverified_header(token)
    assert header["alg"] == "EdDSA", header
    payload = jwt.decode(token, keys[header["kid"]], algorithms=["EdDSA"])
    # Changed in its middle, and without a signature.
    middle = len(token) // 2
    changed = token[:middle] + ("A" if token[middle] != "A" else "B") + token[middle + 1:]
    unsigned = jwt.encode(payload, None, algorithm="none")
    for forged in (changed, unsigned):
        try:
            jwt.decode(forged, keys[header["kid"]], algorithms=["EdDSA"])
        except jwt.InvalidTokenError:
            continue
        raise AssertionError("a forged token is accepted")
    return header, payload


def status_bit(path, keys, entry):
    _, status = decode(open(path).read(), keys)
    assert status["id"] == entry["statusListCredential"], status["id"]
    subject = status["credentialSubject"]
    assert subject["statusPurpose"] == entry["statusPurpose"]
    encoded = subject["encodedList"]
    assert encoded[0] == "u", "multibase: base64url without padding"
    bits = gzip.decompress(base64url(encoded[1:]))
    index = int(entry["statusListIndex"])
    assert index < len(bits) * 8 and len(bits) * 8 >= 131072, "the smallest list of the recommendation"
    return bits[index // 8] >> (7 - index % 8) & 1


def claim_of(pdf):
    """What the code states: its address is a link of the page. trust.py checks its signature."""
    links = [note.A.URI for page in pdf.pages for note in page.get("/Annots", []) if "/A" in note and "/URI" in note.A]
    base, encoded = next(str(link) for link in links if len(str(link)) > 200).rsplit("/", 1)
    message = cbor2.loads(base64.b32decode(encoded + "=" * (-len(encoded) % 8)))
    claim = cbor2.loads(message.value[2])
    day = lambda value: value if isinstance(value, datetime.date) else datetime.date(1970, 1, 1) + datetime.timedelta(value.value)
    claim[7], claim[8] = day(claim[7]), day(claim[8]) if 8 in claim else None
    return f"{base}/", claim


keys = key_set(folder / "keys.json")
count = 0
for path in certificates:
    pdf = pikepdf.open(path)
    text = "".join(pypdf.PdfReader(path).pages[0].extract_text().split()).casefold()
    base, claim = claim_of(pdf)
    files = {name: file.get_file().read_bytes().decode() for name, file in pdf.attachments.items()}
    languages = {name[6:-7] for name in files if name.startswith("facts-")}
    tokens = {name[11:-4]: text for name, text in files.items() if name.startswith("credential-")}
    assert languages and set(tokens) == languages, (path, list(files))
    cities = set()
    for language, token in tokens.items():
        header, payload = decode(token, keys)
        assert header["jwk"]["kid"] == header["kid"] and header["typ"] == "JWT", header
        subject = payload["credentialSubject"]
        achievement = subject["achievement"]
        city = subject["identifier"][0]["identityHash"]
        award, _, edition = achievement["id"].rpartition("#")[2].rpartition("-")
        assert payload["@context"][:2] == ["https://www.w3.org/ns/credentials/v2",
                                           "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]
        assert payload["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
        assert payload["id"] == payload["jti"] and payload["iss"] == payload["issuer"]["id"]
        assert payload["id"].casefold() == (base + claim[1]).casefold(), path
        assert (award, int(edition)) == (claim[5], claim[3]), path
        assert payload["validFrom"] == f"{claim[7]}T00:00:00Z", path
        assert payload["nbf"] == datetime.datetime.fromisoformat(payload["validFrom"]).timestamp()
        assert payload.get("validUntil") == (f"{claim[8]}T23:59:59Z" if claim[8] else None), path
        assert achievement["inLanguage"] == language
        assert claim[1].casefold() in text and "".join(city.split()).casefold() in text, path
        cities.add(city)
        entry = payload["credentialStatus"]
        assert entry["type"] == "BitstringStatusListEntry"
        index = int.from_bytes(hashlib.sha256(claim[1].encode()).digest()[:3], "big")
        assert entry["statusListIndex"] == str(index), path
        assert status_bit(folder / "status.jwt", keys, entry) == 0, path
        count += 1
    assert claim[4] in cities, path

with tempfile.TemporaryDirectory() as project:
    run = lambda *arguments: subprocess.run([program, "--quiet", *arguments], cwd=project, check=True, capture_output=True)
    run("revoke", claim[1], "--reason", "for this test", "--date", "2026-01-15")
    run("keys", "publish", "site", str(pathlib.Path(key_file).resolve()))
    site = pathlib.Path(project) / "site"
    assert status_bit(site / "status.jwt", key_set(site / "keys.json"), entry) == 1
print(f"credentials: PyJWT reads {count} in {len(certificates)} certificates, and finds one revoked")
