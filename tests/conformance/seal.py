"""Seals as other programs see them: an authority made here answers the request for a certificate, `openssl ts` gives time
stamps, `openssl ocsp` says that no certificate was revoked, pyHanko and pdfsig say that the sealed files are intact and trusted,
pyHanko finds everything in them that long-term validation needs, and a change of one byte is noticed by pyHanko and by
gen-report."""
import asyncio
import datetime
import logging
import pathlib
import re
import subprocess
import sys

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID
from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.ades import ades_lta_validation, simulate_future_ades_lta_validation
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.policy_decl import (
    LocalKnowledge, PdfSignatureValidationSpec, RevinfoOnlineFetchingRule, RevocationInfoGatheringSpec,
    SignatureValidationSpec)
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.policy_decl import REQUIRE_REVINFO, CertRevTrustPolicy, NonRevokedStatusAssertion
from pyhanko_certvalidator.registry import SimpleTrustManager

from time_stamp_server import Server

program, key, folder = sys.argv[1:]
folder = pathlib.Path(folder)
now = datetime.datetime.now(datetime.timezone.utc)
day = datetime.timedelta(days=1)
logging.disable(logging.WARNING)  # pyHanko warns of each certificate that has ended, before it looks for a proof from before.


def run(*arguments):
    return subprocess.run([program, *arguments], check=True, capture_output=True, text=True).stdout


def name(text):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


# Where an authority answers. pyHanko looks for an OCSP response in the file only if the certificate names a responder.
responders = x509.AuthorityInformationAccess([x509.AccessDescription(
    AuthorityInformationAccessOID.OCSP, x509.UniformResourceIdentifier("http://ocsp.example.org/"))])


def certify(subject, public_key, issuer, issuer_key, is_authority, purpose=ExtendedKeyUsageOID.EMAIL_PROTECTION, days=3650,
            extensions=()):
    usage = dict.fromkeys(
        ["digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
         "key_cert_sign", "crl_sign", "encipher_only", "decipher_only"], False)
    purposes = ["key_cert_sign", "crl_sign"] if is_authority else ["digital_signature", "content_commitment"]
    builder = x509.CertificateBuilder(issuer, subject, public_key, x509.random_serial_number(), now - day, now + days * day)
    builder = builder.add_extension(x509.BasicConstraints(is_authority, None), critical=True)
    builder = builder.add_extension(x509.KeyUsage(**usage | dict.fromkeys(purposes, True)), critical=True)
    if not is_authority:
        is_critical = purpose == ExtendedKeyUsageOID.TIME_STAMPING
        builder = builder.add_extension(x509.ExtendedKeyUsage([purpose]), critical=is_critical)
    for extension in extensions:
        builder = builder.add_extension(extension, critical=False)
    return builder.sign(issuer_key, hashes.SHA256())


def private_pem(key):
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())


def pem(*certificates):
    return b"".join(certificate.public_bytes(serialization.Encoding.PEM) for certificate in certificates)


folder.mkdir()
rsa_key = str(folder / "rsa.pem")
run("keys", "new", rsa_key, "--seal-algorithm", "rsa-3072")
subprocess.run(["openssl", "pkey", "-in", folder / "rsa.seal.pem", "-passin", "env:GEN_REPORT_KEY_PASSWORD", "-noout", "-check"],
               check=True, capture_output=True)
root_key, authority_key = (rsa.generate_private_key(65537, 3072) for _ in range(2))
root = certify(name("Test Root"), root_key.public_key(), name("Test Root"), root_key, True)
authority = certify(name("Test Authority"), authority_key.public_key(), root.subject, root_key, True,
                    extensions=[responders])
(folder / "root.pem").write_bytes(pem(root))


def answer_request(key, extensions=()):
    """Certifies the key of a seal as the authority, and returns its certificate."""
    request = x509.load_pem_x509_csr(run("keys", "request", key).encode())
    assert request.is_signature_valid
    own = x509.load_pem_x509_certificate(pathlib.Path(key).with_suffix(".crt").read_bytes())
    own.verify_directly_issued_by(own)
    leaf = certify(request.subject, request.public_key(), authority.subject, authority_key, False, days=400,
                   extensions=extensions)
    (folder / "answer.pem").write_bytes(pem(root, authority, leaf))
    run("keys", "import", key, "--certificate", str(folder / "answer.pem"))
    return leaf


leaf = answer_request(key)
rsa_leaf = answer_request(rsa_key)
assert rsa_leaf.public_key().key_size == 3072

# pdfsig asks the responder that a certificate names, so only this one names one.
ocsp_key = str(folder / "ocsp.pem")
run("keys", "new", ocsp_key)
ocsp_leaf = answer_request(ocsp_key, [responders])

tsa_key = rsa.generate_private_key(65537, 3072)
tsa = certify(name("Test Clock"), tsa_key.public_key(), authority.subject, authority_key, False,
              ExtendedKeyUsageOID.TIME_STAMPING, extensions=[responders])
(folder / "tsa.pem").write_bytes(pem(tsa))
(folder / "tsa.key").write_bytes(private_pem(tsa_key))
(folder / "tsa-authority.pem").write_bytes(pem(authority))
server = Server(folder)

subprocess.run(["certutil", "-N", "-d", folder, "--empty-password"], check=True)
subprocess.run(["certutil", "-A", "-d", folder, "-n", "root", "-t", "CT,C,C", "-a", "-i", folder / "root.pem"], check=True)
trust = ValidationContext(trust_roots=[load_cert_from_pemder(str(folder / "root.pem"))], allow_fetching=False)


def validate(path):
    """Returns the status of the seal."""
    with open(path, "rb") as file:
        return validate_pdf_signature(PdfFileReader(file).embedded_signatures[0], trust)


def is_intact(path, has_document_time_stamp):
    """Returns whether the seal is valid, and nothing follows it except perhaps a document time stamp."""
    status = validate(path)
    if has_document_time_stamp:
        expected = SignatureCoverageLevel.ENTIRE_REVISION, ModificationLevel.LTA_UPDATES
    else:
        expected = SignatureCoverageLevel.ENTIRE_FILE, ModificationLevel.NONE
    return status.bottom_line and (status.coverage, status.modification_level) == expected


# When the certificate of the seal and the revocation lists have ended.
later = now + 1000 * day


def archive_policy(*valid_later):
    """Demands that nothing was revoked. These certificates will still be valid: the authority of the time stamps goes on."""
    assertions = [NonRevokedStatusAssertion(it.fingerprint(hashes.SHA256()), at=later) for it in valid_later]
    return PdfSignatureValidationSpec(SignatureValidationSpec(
        CertValidationPolicySpec(
            SimpleTrustManager.build([load_cert_from_pemder(str(folder / "root.pem"))]), CertRevTrustPolicy(REQUIRE_REVINFO)),
        RevocationInfoGatheringSpec(RevinfoOnlineFetchingRule.LOCAL_ONLY),
        local_knowledge=LocalKnowledge(nonrevoked_assertions=assertions)))


def is_archived(path):
    """Returns whether pyHanko calls the file a valid PAdES B-LTA with nothing but what is in it, now and
    later, and whether its document time stamp covers all of it."""
    with open(path, "rb") as file:
        seal, stamp = PdfFileReader(file).embedded_signatures
        assert stamp.field_name == "TimeStamp" and stamp.sig_object["/Type"] == "/DocTimeStamp"
        results = [asyncio.run(ades_lta_validation(seal, archive_policy())),
                   asyncio.run(simulate_future_ades_lta_validation(seal, archive_policy(authority), later))]
        return (stamp.evaluate_signature_coverage() == SignatureCoverageLevel.ENTIRE_FILE
                and results[0].oldest_evidence_record_timestamp is not None
                and all(result.ades_subindic.status.name == "PASSED" for result in results))


def revoke(issuer, issuer_key, *revoked):
    """Returns a list of revoked certificates."""
    builder = x509.CertificateRevocationListBuilder(issuer, now - day, now + 30 * day)
    builder = builder.add_extension(x509.CRLNumber(1), critical=False)
    identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key())
    builder = builder.add_extension(identifier, critical=False)
    for certificate in revoked:
        entry = x509.RevokedCertificateBuilder(certificate.serial_number, now - day).build()
        builder = builder.add_revoked_certificate(entry)
    return builder.sign(issuer_key, hashes.SHA256())


data = folder / "validation.pem"
good = pem(root, authority) + pem(revoke(root.subject, root_key))
data.write_bytes(good + pem(revoke(authority.subject, authority_key)))
(folder / "incomplete.pem").write_bytes(good)
(folder / "revoked.pem").write_bytes(good + pem(revoke(authority.subject, authority_key, leaf)))


def ask(certificate, issuer, responder, responder_key, status="V"):
    """Asks `openssl ocsp` about a certificate as its issuer's responder, and returns the file of the response, which is in DER. The
    status is that of the responder's register: V(alid) or R(evoked)."""
    short = "%y%m%d%H%M%SZ"
    revoked = (now - day).strftime(short) if status == "R" else ""
    end = certificate.not_valid_after_utc.strftime(short)
    (folder / "index.txt").write_text(f"{status}\t{end}\t{revoked}\t{certificate.serial_number:X}\tunknown\t/CN=x\n")
    for file, content in [("issuer", pem(issuer)), ("asked", pem(certificate)), ("responder", pem(responder)),
                          ("responder-key", private_pem(responder_key))]:
        (folder / f"{file}.pem").write_bytes(content)
    response = folder / f"{certificate.serial_number:X}-{status}.ocsp"
    subprocess.run(["openssl", "ocsp", "-index", "index.txt", "-CA", "issuer.pem", "-rsigner", "responder.pem",
                    "-rkey", "responder-key.pem", "-issuer", "issuer.pem", "-cert", "asked.pem", "-ndays", "30",
                    "-respout", response.resolve()], cwd=folder, check=True, capture_output=True)
    return response


def certify_responder(issuer, issuer_key):
    """Returns the certificate of a responder for a short time, and its key. An issuer may answer itself; but when pyHanko validates
    in the past, it asks who says that a root that answers was not revoked."""
    key = rsa.generate_private_key(65537, 3072)
    return certify(name("Test Responder"), key.public_key(), issuer.subject, issuer_key, False, ExtendedKeyUsageOID.OCSP_SIGNING,
                   90, [x509.OCSPNoCheck()]), key


responder = certify_responder(authority, authority_key)
(folder / "authorities.pem").write_bytes(pem(root, authority))
without_signer = [folder / "authorities.pem", ask(authority, root, *certify_responder(root, root_key)), ask(tsa, authority, *responder)]
responses = [*without_signer, ask(ocsp_leaf, authority, *responder)]


def validation_data(*files):
    return [argument for file in files for argument in ("--validation-data", str(file))]


def has_responses_only(path):
    """Returns whether the file has OCSP responses, and no revocation lists."""
    with open(path, "rb") as file:
        store = DocumentSecurityStore.read_dss(PdfFileReader(file))
        return len(store.ocsps) == 3 and not store.crls


def long_term(path, at):
    """Returns whether everything can be checked with what is in the file, including that nothing was revoked."""
    with open(path, "rb") as file:
        reader = PdfFileReader(file)
        context = DocumentSecurityStore.read_dss(reader).as_validation_context(
            {"trust_roots": [load_cert_from_pemder(str(folder / "root.pem"))], "allow_fetching": False,
             "revocation_mode": "require", "moment": at})
        signature = reader.embedded_signatures[0]
        return validate_pdf_signature(signature, context, ts_validation_context=context).bottom_line


stamp = ["--timestamp", server.url, "--timestamp-trust", str(folder / "root.pem"), "--timestamp-policy", "1.2.3.4.5"]
for profile, kind, options in [
    ("pades", "ETSI.CAdES.detached", []),
    ("pkcs7", "adbe.pkcs7.detached", []),
    ("pades-rsa", "ETSI.CAdES.detached", []),
    ("pades-visible", "ETSI.CAdES.detached", ["--visible-seal"]),
    ("pkcs7-rsa", "adbe.pkcs7.detached", []),
    ("pades-rsa-lta", "ETSI.CAdES.detached", [*stamp, "--validation-data", str(data), "--document-timestamp"]),
    ("pades-t", "ETSI.CAdES.detached", stamp),
    ("pkcs7-t", "adbe.pkcs7.detached", stamp),
    ("pades-lt", "ETSI.CAdES.detached", [*stamp, "--validation-data", str(data)]),
    ("pades-lta", "ETSI.CAdES.detached", [*stamp, "--validation-data", str(data), "--document-timestamp"]),
    ("pades-ocsp-lt", "ETSI.CAdES.detached", [*stamp, *validation_data(*responses)]),
    ("pades-ocsp-lta", "ETSI.CAdES.detached", [*stamp, *validation_data(*responses), "--document-timestamp"]),
]:
    out = folder / profile
    has_responses = "ocsp" in profile
    signer = rsa_key if "rsa" in profile else ocsp_key if has_responses else key
    build = ["--lang", "fr,zh,en,zh+en", "--sign", signer, "--seal-profile", profile.split("-")[0], *options, "--out", str(out)]
    run("--quiet", *build)
    answers = run("verify", str(out), "--trust", str(folder / "root.pem"))
    has_time_stamp = "--timestamp" in options
    assert not has_time_stamp or answers.count(" of Test Clock)") == len(answers.splitlines()) == 12, answers
    has_document_time_stamp = "--document-timestamp" in options
    assert answers.count(" document time stamp ") == (12 if has_document_time_stamp else 0), answers
    resumed = subprocess.run([program, *build, "--resume"], check=True, capture_output=True, text=True).stderr
    assert "12 documents up to date" in resumed, resumed
    for path in sorted(out.glob("*/*.pdf")):
        status = validate(path)
        assert is_intact(path, has_document_time_stamp), f"{path}: {status.pretty_print_details()}"
        assert not has_document_time_stamp or is_archived(path), path
        time = status.timestamp_validity
        assert (time is None) != has_time_stamp and (time is None or time.valid and time.trusted), path
        assert "--validation-data" not in options or long_term(path, time.timestamp), path
        assert not has_responses or has_responses_only(path), path
        shown = subprocess.run(["pdfsig", "-nssdir", folder, path], check=True, capture_output=True, text=True).stdout
        # pdfsig does not know document time stamps.
        lines = [kind, "Signature is Valid", *([] if has_responses else ["Certificate is Trusted"])]
        for line in lines if has_document_time_stamp else [*lines, "Total document signed"]:
            assert line in shown, f"{path}: no “{line}” in\n{shown}"
        whole = path.read_bytes()
        # pyHanko ignores what fills the field up after the signature; gen-report does not.
        starts = [at.end() for at in re.finditer(rb"/Contents<(?=30)", whole)]
        filled = {at for start in starts for at in range(start, whole.index(b">", start))}
        for at in range(0, len(whole), len(whole) // 8):
            changed = bytearray(whole)
            changed[at] ^= 1
            (folder / "changed.pdf").write_bytes(changed)
            answer = subprocess.run([program, "verify", folder / "changed.pdf", "--trust", folder / "root.pem"],
                                    capture_output=True, text=True)
            # Anybody can exchange the time stamp of a seal for one of an unknown authority; then it proves nothing.
            is_unconfirmed = has_time_stamp and "an authority that no given certificate confirms)" in answer.stdout
            assert is_unconfirmed or answer.returncode == 1 and "genuine:" not in answer.stdout, f"{path}, byte {at}: {answer.stdout}"
            try:
                changed = folder / "changed.pdf"
                is_valid = (at not in filled and is_intact(changed, has_document_time_stamp)
                            and (not has_document_time_stamp or is_archived(changed)))
            except Exception:
                is_valid = False  # pyHanko cannot read it.
            assert not is_valid, f"{path}, byte {at}"
        print(f"{path}: {kind}, intact and trusted")

revoked = ask(ocsp_leaf, authority, *responder, "R")
for name, signer, files, why in [
    ("incomplete", key, [folder / "incomplete.pem"], "is missing (serial number"),
    ("revoked", key, [folder / "revoked.pem"], "the certificate of the seal is valid: it is revoked"),
    ("without-response", ocsp_key, without_signer, "is missing (serial number"),
    ("revoked-response", ocsp_key, [*without_signer, revoked], "says that it is revoked since"),
]:
    answer = subprocess.run([program, "--lang", "fr", "--sign", signer, *stamp, *validation_data(*files), "--out", folder / name],
                            capture_output=True, text=True)
    assert answer.returncode == 1 and why in answer.stderr and not (folder / name).exists(), answer.stderr
