"""Seals in pdf.js, the reader in Firefox: it takes those of --seal-profile pkcs7 for signatures of the whole file that it can check,
and those of the other profile for signatures of a kind that it does not know.

    python3 seal_pdfjs.py PROGRAM PDFJS WORK     (PDFJS: a folder with node_modules/pdfjs-dist)

The package pdfjs-dist 6.5.438 finds signatures (`getSignatures`, `getSignatureData`), but contains no cryptography: Firefox gives its
signed bytes and its signature to NSS. Here openssl checks them. Firefox ESR 140 has an older pdf.js, which knows no signatures.
"""
import json
import pathlib
import shutil
import subprocess
import sys

program, pdfjs, work = sys.argv[1:]
work = pathlib.Path(work).resolve()
shutil.rmtree(work, ignore_errors=True)
(work / "read").mkdir(parents=True)
# A key of its own, whose certificate no authority has issued: openssl then trusts that certificate itself.
key = work / "issuer.pem"
certificate = key.with_suffix(".crt")
subprocess.run([program, "--quiet", "keys", "new", key], check=True, capture_output=True)
files = []
for profile in ("pkcs7", "pades"):
    subprocess.run([program, "--quiet", "--lang", "fr", "--report", "certificate", "--sign", key, "--seal-profile", profile,
                    "--out", work / profile], check=True, capture_output=True)
    files.append(work / profile / "fr/certificate-beijing.pdf")
for name, change in [
    # A later revision, which changes nothing.
    ("longer", lambda pdf: pdf + pdf[pdf.rindex(b"startxref"):]),
    ("changed", lambda pdf: pdf[:1000] + bytes([pdf[1000] ^ 1]) + pdf[1001:]),
]:
    files.append(work / f"{name}.pdf")
    files[-1].write_bytes(change(files[0].read_bytes()))
script = pathlib.Path(__file__).with_suffix(".mjs")
read = subprocess.run(["node", script, pdfjs, work / "read", *files], check=True, capture_output=True, text=True)
found = [json.loads(line) for line in read.stdout.splitlines()]


def check(index):
    """Whether openssl says that the bytes that pdf.js gives are signed by the issuer."""
    return subprocess.run(["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", work / f"read/{index}.der",
                           "-content", work / f"read/{index}.data", "-CAfile", certificate, "-purpose", "any", "-out", "/dev/null"],
                          capture_output=True).returncode == 0


# signatureType: 0 is what Firefox checks, null what it calls unknown.
for index, (sub_filter, kind, is_whole, is_genuine) in enumerate([
    ("adbe.pkcs7.detached", 0, True, True),
    ("ETSI.CAdES.detached", None, True, True),
    ("adbe.pkcs7.detached", 0, False, True),
    ("adbe.pkcs7.detached", 0, True, False),
]):
    (seal,) = found[index]
    assert (seal["subFilter"], seal["signatureType"], seal["coversWholeDocument"]) == (sub_filter, kind, is_whole), (files[index], seal)
    assert check(index) == is_genuine, files[index]
print("seals: pdf.js finds them, and openssl confirms what it gives")
