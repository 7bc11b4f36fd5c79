// The seal of a PDF: a signature of the whole file (CMS, RFC 5652) with ECDSA on P-256 or RSA (PKCS#1 v1.5), and SHA-256. As in
// `gen-report verify`, only the form is accepted that gen-report writes, byte for byte. Certificates count only if the issuer has published them.

/** What only a sealed PDF contains. */
const MARKS = ["/ByteRange", "/Type/Sig", "/Adobe.PPKLite"];
const BYTE_RANGE = /\/ByteRange\[0 (\d{10}) (\d{10}) (\d{10})\]\/Contents$/;

const SEQUENCE = 0x30;
const SET = 0x31;
const OCTET_STRING = 0x04;
const INTEGER = 0x02;
const context = (number) => 0xa0 | number;
/** Object identifiers in DER. */
const OID = Object.fromEntries(Object.entries({
  data: "06092a864886f70d010701", signedData: "06092a864886f70d010702", contentType: "06092a864886f70d010903", digest: "06092a864886f70d010904",
  certificate: "060b2a864886f70d010910022f", timeStamp: "060b2a864886f70d010910020e", sha256: "0609608648016503040201", ecdsa: "06082a8648ce3d040302", rsa: "06092a864886f70d010101",
}).map(([name, digits]) => [name, readHexadecimal(digits)]));
const ONE = [INTEGER, 1, 1];
const NULL = [5, 0];

function readHexadecimal(digits) {
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

/** Returns an element in DER. */
function element(tag, ...parts) {
  const content = parts.flatMap((part) => [...part]);
  const length = [];
  for (let left = content.length; left; left = Math.floor(left / 256)) length.unshift(left & 0xff);
  const head = content.length < 0x80 ? [content.length] : [0x80 | length.length, ...length];
  return [tag, ...head, ...content];
}

const sequence = (...parts) => element(SEQUENCE, ...parts);
/** The order of the elements of a set in DER. */
const compareBytes = (a, b) => a.reduce((order, byte, at) => order || byte - (b[at] ?? -1), 0) || a.length - b.length;
const isSame = (a, b) => a.length === b.length && a.every((byte, at) => byte === b[at]);
const setOf = (tag, parts) => element(tag, ...parts.map((part) => [...part]).sort(compareBytes));

/** Reads the element at the beginning of some bytes: its content, and all of its bytes. */
function readElement(bytes) {
  let at = 2;
  let length = bytes[1];
  if (length >= 0x80) {
    at += length & 0x7f;
    if (at > 6) throw new Error("an element that is too long");
    length = bytes.subarray(2, at).reduce((sum, byte) => sum * 256 + byte, 0);
  }
  if (!(at + length <= bytes.length)) throw new Error("an element without end");
  return { content: bytes.subarray(at, at + length), raw: bytes.subarray(0, at + length) };
}

function readElements(bytes) {
  const found = [];
  for (let rest = bytes; rest.length; rest = rest.subarray(found.at(-1).raw.length)) found.push(readElement(rest));
  return found;
}

/** Reads the certificates of seals in a JSON Web Key Set: of each seal, that of its signer first. */
export function readSealCertificates(json) {
  const decode = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return json.keys.filter((key) => key.x5c).map((key) => key.x5c.map(decode));
}

const digest = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));

/** The kinds of keys: how a seal names the signature, and how the browser checks it. */
const ECDSA = { algorithm: sequence(OID.ecdsa), key: { name: "ECDSA", namedCurve: "P-256" }, check: { name: "ECDSA", hash: "SHA-256" }, toRaw };
const RSA = { algorithm: sequence(OID.rsa, NULL), key: { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" }, check: "RSASSA-PKCS1-v1_5", toRaw: (signature) => signature };

/** Returns the public key of a certificate in DER. */
const publicKeyOf = (certificate) => readElements(readElements(readElement(certificate).content)[0].content)[6].raw;

function kindOf(publicKey) {
  const [{ content }] = readElements(readElement(publicKey).content);
  return isSame(readElement(content).raw, OID.rsa) ? RSA : ECDSA;
}

/** Returns the attributes that are signed (ETSI EN 319 142-1). */
async function attributes(tag, fileDigest, signer) {
  const attribute = (kind, value) => sequence(kind, element(SET, value));
  const certificate = sequence(sequence(sequence(element(OCTET_STRING, await digest(signer)))));
  return setOf(tag, [attribute(OID.contentType, OID.data), attribute(OID.digest, element(OCTET_STRING, fileDigest)), attribute(OID.certificate, certificate)]);
}

/** Returns the signed data that gen-report writes, with a time stamp if there is one. */
async function signedData(fileDigest, chain, signature, token) {
  const [certificate] = readElements(readElement(chain[0]).content);
  const [, serial, , issuer] = readElements(certificate.content).map(({ raw }) => raw);
  const timeStamp = token ? element(context(1), sequence(OID.timeStamp, element(SET, token))) : [];
  const signer = sequence(ONE, sequence(issuer, serial), sequence(OID.sha256), await attributes(context(0), fileDigest, chain[0]), kindOf(publicKeyOf(chain[0])).algorithm, element(OCTET_STRING, signature), timeStamp);
  const data = sequence(ONE, element(SET, sequence(OID.sha256)), sequence(OID.data), setOf(context(0), chain), element(SET, signer));
  return sequence(OID.signedData, element(context(0), data));
}

/** Returns the two numbers of a signature one after the other, 32 bytes each, as browsers take them. */
function toRaw(signature) {
  const numbers = readElements(readElement(signature).content).map(({ content }) => [...content.subarray(content[0] === 0 ? 1 : 0)]);
  const encoded = sequence(...numbers.map((number) => element(INTEGER, number[0] & 0x80 ? [0] : [], number)));
  if (numbers.some(({ length }) => length > 32) || !isSame(encoded, signature)) throw new Error("not the encoding of a signature");
  return Uint8Array.from(numbers.flatMap((number) => [...new Array(32 - number.length).fill(0), ...number]));
}

/**
 * Checks the seal of a PDF: `none`, `genuine`, `altered`, `unknown-issuer`, or `stamped` if a document time stamp follows it, which is
 * not checked here.
 */
export async function checkSeal(bytes, chains) {
  const text = new TextDecoder("latin1").decode(bytes);
  if (!MARKS.some((mark) => text.includes(mark))) return "none";
  try {
    return await readSeal(bytes, text, chains);
  } catch {
    return "altered";
  }
}

async function readSeal(bytes, text, chains) {
  const at = text.indexOf("/ByteRange[0 ");
  const start = text.indexOf("<", at);
  const range = BYTE_RANGE.exec(text.slice(at, start));
  const [from, to, rest] = (range ?? []).slice(1).map(Number);
  if (range?.index !== 0 || from !== start || to + rest > bytes.length) return "altered";
  const hexadecimal = text.slice(from, to);
  if (!/^<([0-9a-f]{2})*>$/.test(hexadecimal)) return "altered";
  if (to + rest < bytes.length) return text.includes("/ETSI.RFC3161", to) ? "stamped" : "altered";
  const contents = readHexadecimal(hexadecimal.slice(1, -1));
  const whole = readElement(contents).raw;
  if (contents.subarray(whole.length).some((byte) => byte !== 0)) return "altered";
  const [, content] = readElements(readElement(whole).content);
  const parts = readElements(readElement(content.content).content);
  const certificates = readElements(parts[3].content).map(({ raw }) => raw);
  const signer = readElements(readElement(parts[4].content).content);
  const signature = signer[5].content;
  const token = signer[6] && readElements(readElement(signer[6].content).content)[1].content;
  const fileDigest = await digest(await new Blob([bytes.subarray(0, from), bytes.subarray(to)]).arrayBuffer());
  const known = chains.filter(([certificate]) => certificates.some((other) => isSame(other, certificate)));
  if (!known.length) return "unknown-issuer";
  // The same certificate may have been published alone, and later with those of its authorities.
  let chain;
  for (const candidate of known) if (isSame(await signedData(fileDigest, candidate, signature, token), whole)) chain = candidate;
  if (!chain) return "altered";
  const publicKey = publicKeyOf(chain[0]);
  const kind = kindOf(publicKey);
  const key = await crypto.subtle.importKey("spki", publicKey, kind.key, false, ["verify"]);
  const signed = Uint8Array.from(await attributes(SET, fileDigest, chain[0]));
  return (await crypto.subtle.verify(kind.check, key, kind.toRaw(signature), signed)) ? "genuine" : "altered";
}
