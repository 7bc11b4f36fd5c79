"""Keys in hardware, with SoftHSM as the token: seals with P-256 and RSA keys and codes with an Ed25519 key that never leave it, as
pyHanko and gen-report see them; and what is said about wrong modules, tokens, PINs and keys."""
import pathlib
import re
import subprocess
import sys

from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

program, module, folder = sys.argv[1:]
folder = pathlib.Path(folder)
(folder / "tokens").mkdir(parents=True)
(folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder.resolve()}/tokens\nobjectstore.backend = file\n")
PIN = "482915"
environment = {
    "PATH": "/usr/bin:/bin", "HOME": str(folder), "SOFTHSM2_CONF": str(folder / "softhsm2.conf"),
    "GEN_REPORT_KEY_PASSWORD": "only for this test", "GEN_REPORT_KEY_PIN": PIN}


def call(*arguments, **more):
    """Runs the program: standard output, standard error, exit code. The PIN is in neither output."""
    done = subprocess.run([program, *map(str, arguments)], env=environment | more, capture_output=True, text=True)
    assert PIN not in done.stdout + done.stderr, done
    return done.stdout, done.stderr, done.returncode


def run(*arguments, **more):
    stdout, stderr, code = call(*arguments, **more)
    assert code == 0, f"{arguments}: {stderr}"
    return stdout


def token(*arguments):
    subprocess.run([*map(str, arguments)], env=environment, check=True, capture_output=True)


def make_key(kind, label, identifier, token_label="Seals"):
    token("pkcs11-tool", "--module", module, "--token-label", token_label, "--login", "--pin", PIN, "--keypairgen", "--key-type", kind,
          "--label", label, "--id", identifier)


def uri(label, **more):
    names = {"token": "Seals", "object": label} | more
    return "pkcs11:" + ";".join(f"{name}={value}" for name, value in names.items()) + f"?module-path={module}"


for label in ("Seals", "Codes"):
    token("softhsm2-util", "--init-token", "--free", "--label", label, "--pin", PIN, "--so-pin", "99887766")
make_key("EC:prime256v1", "curve", "01")
make_key("rsa:3072", "rsa", "02")
make_key("rsa:2048", "weak", "03")
make_key("EC:secp384r1", "other", "04")
make_key("EC:edwards25519", "codes", "05", "Codes")

private = folder / "pin"
private.write_text(PIN + "\n")
private.chmod(0o600)

for name, options in {
    "p256": ["--seal-key", uri("curve")],
    "rsa": ["--seal-key", uri("rsa")],
    "both": ["--seal-key", uri("curve"), "--code-key", uri("codes", token="Codes")],
}.items():
    key = folder / f"{name}.pem"
    run("keys", "new", key, "--holder", "Example City Network", *options)
    assert (folder / f"{name}.seal.pem").read_text() == options[1] + "\n", "the file has the address and nothing else"
    assert (folder / f"{name}.seal.pem").stat().st_mode & 0o777 == 0o600
    request = run("keys", "request", key)
    subject = subprocess.run(["openssl", "req", "-verify", "-noout", "-subject"], input=request, check=True, capture_output=True,
                             text=True)
    assert "Example City Network" in subject.stdout, subject
    site = folder / f"site-{name}"
    run("keys", "publish", site, key)
    out = folder / name
    # The second run has worker processes, which open the token themselves.
    for more in ([], ["--timeout", "60", "--jobs", "2"]):
        run("--quiet", "--lang", "fr,zh+en", "--sign", key, *more, "--out", out)
        answers = run("verify", out, "--keys", site / "keys.json", "--status", site / "status.jwt")
        assert answers.count(": genuine: ") == len(answers.splitlines()) == 6, answers
        files = {path: path.read_bytes() for path in out.glob("*/*.pdf")}
        if more:
            same = [path for path in files if files[path] == before[path]]
            assert len(same) == (len(files) if name == "rsa" else 0), "RSA signatures are the same each time"
        before = files
    trust = ValidationContext(trust_roots=[load_cert_from_pemder(str(folder / f"{name}.crt"))], allow_fetching=False)
    for path in files:
        with open(path, "rb") as file:
            status = validate_pdf_signature(PdfFileReader(file).embedded_signatures[0], trust)
        assert status.intact and status.valid, f"{path}: {status.pretty_print_details()}"
    print(f"{name}: {len(files)} files sealed in the token, intact")

# A key for codes that exists gets a key for seals in hardware.
key = folder / "plain.pem"
run("keys", "new", key)
for path in (folder / "plain.seal.pem", folder / "plain.crt"):
    path.unlink()
run("keys", "import", key, "--certificate", folder / "p256.crt", "--seal-key", uri("curve"))
run("--quiet", "--lang", "fr", "--sign", key, "--out", folder / "plain")
_, stderr, _ = call("keys", "import", key, "--certificate", folder / "rsa.crt", "--seal-key", uri("curve"))
assert f"error[E0911]: no certificate in `{folder}/rsa.crt` belongs to the key for seals" in stderr, stderr

# The PIN comes from a file that nobody else can read.
source = uri("curve") + f"&pin-source=file:{private}"
run("keys", "new", folder / "source.pem", "--seal-key", source, GEN_REPORT_KEY_PIN="wrong")
private.chmod(0o644)
_, stderr, _ = call("keys", "request", folder / "source.pem")
assert "error[E0901]: others can read" in stderr, stderr

number = 0
for address, more, expected in [
    (uri("curve").replace(module, "/missing.so"), {}, "E0901]: the PKCS#11 module `/missing.so` cannot be loaded: there is no such file"),
    (uri("curve").replace(module, __file__), {}, "cannot be loaded: "),
    (uri("curve", token="Missing"), {}, "E0901]: there is no token for the key `curve`\n = note: tokens: "),
    (uri("curve"), {"GEN_REPORT_KEY_PIN": "000000"}, "E0902]: the PIN does not open the token of the key `curve`\n"),
    (uri("missing"), {}, "E0901]: the key `missing` is not on its token\n = note: private keys on it: "),
    (uri("curve", id="%09"), {}, "E0901]: the key `curve` is not on its token"),
    (f"pkcs11:token=Seals?module-path={module}", {}, "is not the only one with this address\n = help: add `;id=`"),
    (uri("weak"), {}, "has an RSA key of 2048 bits, which is too weak"),
    (uri("other"), {}, "has a key of another kind than ECDSA on P-256 or RSA"),
    (uri("codes", token="Codes"), {}, "has a key of another kind than ECDSA on P-256 or RSA"),
    (uri("curve") + "&pin-value=1", {}, "a PIN in an address can be read by everyone"),
]:
    number += 1
    path = folder / f"bad{number}.pem"
    stdout, stderr, code = call("keys", "new", path, "--seal-key", address, **more)
    assert code in (1, 2) and expected in stderr and "stack backtrace" not in stderr, f"{address}: {stderr}"
    assert not path.exists() and not path.with_suffix(".crt").exists()
_, stderr, _ = call("keys", "new", folder / "bad.pem", "--code-key", uri("curve"))
assert "E0901]: the key `curve` is not an Ed25519 key" in stderr, stderr
# The token is taken away: the files remain.
environment["SOFTHSM2_CONF"] = str(folder / "empty.conf")
(folder / "empty").mkdir()
(folder / "empty.conf").write_text(f"directories.tokendir = {folder.resolve()}/empty\n")
_, stderr, code = call("--lang", "fr", "--sign", folder / "p256.pem", "--out", folder / "gone")
assert code == 1 and re.search(r"there is no token for the key `curve`\n = note: tokens: none", stderr), stderr
print(f"{number + 3} mistakes explained")
