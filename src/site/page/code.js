// Reads and checks what a signed code contains. The same rules as `gen-report verify`: each code has one form, and anything
// else is refused.

/** Text after the beginning of the address that is longer than this is a signed code. A serial number is shorter. */
const MAX_SERIAL_LENGTH = 64;

/** The beginning of the signed message: a tagged list (18) of four, whose first item has 13 bytes. */
const COSE_SIGN1 = [0xd2, 0x84, 0x4d];
/** The protected header up to the identifier of the key: the algorithm (−8 or −19), then 8 bytes. */
const HEADERS = [
  [0xa2, 0x01, 0x27, 0x04, 0x48],
  [0xa2, 0x01, 0x32, 0x04, 0x48],
];

const utf8 = new TextEncoder();

/** Why something is not a code (`unsigned`, `no-address`, `incomplete`), or not a genuine token (`altered`, `unknown-issuer`). */
export class CodeError extends Error {}

/** Returns an address with scheme and host in capitals, as they were signed. */
export function withCapitalHost(address) {
  const scheme = address.indexOf("://");
  if (scheme < 0) return address;
  const slash = address.indexOf("/", scheme + 3);
  const end = slash < 0 ? address.length : slash;
  return address.slice(0, end).toUpperCase() + address.slice(end);
}

/** Reads the address of a code: what it states, and what is needed to check its signature. */
export function readCode(text) {
  const address = withCapitalHost(text.replace(/\s+/gu, ""));
  if (!/^HTTPS?:\/\//.test(address)) throw new CodeError("no-address");
  const encoded = /[A-Z2-7]*$/.exec(address)[0];
  const base = address.slice(0, address.length - encoded.length);
  if (encoded.length <= MAX_SERIAL_LENGTH) {
    const rest = address.slice(address.lastIndexOf("/") + 1);
    throw new CodeError(rest.length > MAX_SERIAL_LENGTH ? "incomplete" : "unsigned");
  }
  try {
    return { base, ...readMessage(decodeBase32(encoded)) };
  } catch {
    throw new CodeError("incomplete");
  }
}

/** Returns whether a text looks like the address of a signed code. */
export function isSignedAddress(text) {
  try {
    readCode(text);
    return true;
  } catch (error) {
    return error.message === "incomplete";
  }
}

function readMessage(bytes) {
  const reader = new Reader(bytes);
  for (const byte of COSE_SIGN1) reader.expect(byte);
  const header = reader.take(13);
  if (HEADERS.every((known) => known.some((byte, at) => header[at] !== byte))) reader.fail();
  // Headers without a signature: none.
  reader.expect(0xa0);
  // The first byte after it: 2 for bytes.
  const payload = reader.take(reader.head(2));
  const signature = reader.take(reader.head(2));
  reader.end();
  if (signature.length !== 64) reader.fail();
  return { claim: readClaim(payload), keyId: header.slice(5), header, payload, signature };
}

/** Reads the claim: a map with the labels 1 to 5, 7, and perhaps 6 and 8. */
function readClaim(bytes) {
  const reader = new Reader(bytes);
  const size = reader.head(5);
  const fields = new Map();
  for (let previous = 0, at = 0; at < size; at += 1) {
    const label = reader.head(0);
    if (label <= previous || label > 8) reader.fail();
    previous = label;
    if (label === 3 || label === 6) fields.set(label, reader.head(0, 0xffffffff));
    else if (label >= 7) fields.set(label, reader.day());
    else fields.set(label, reader.text());
  }
  reader.end();
  for (const label of [1, 2, 3, 4, 5, 7]) if (!fields.has(label)) reader.fail();
  const [serial, programme, edition, city, award, rank, date, expires] = [1, 2, 3, 4, 5, 6, 7, 8].map((label) => fields.get(label));
  return { serial, programme, edition, city, award, rank, date, expires };
}

/** Reads CBOR in its deterministic encoding (RFC 8949, 4.2.1), as far as codes use it. */
class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  fail() {
    throw new Error("not the encoding of a code");
  }

  take(length) {
    if (this.at + length > this.bytes.length) this.fail();
    this.at += length;
    return this.bytes.slice(this.at - length, this.at);
  }

  expect(byte) {
    if (this.take(1)[0] !== byte) this.fail();
  }

  end() {
    if (this.at !== this.bytes.length) this.fail();
  }

  /** Reads the head of an item of a major type: its number, in the shortest form. */
  head(type, max = 0xffffff) {
    const first = this.take(1)[0];
    if (first >> 5 !== type) this.fail();
    const short = first & 0x1f;
    if (short < 24) return short;
    if (short > 26) this.fail();
    const size = 1 << (short - 24);
    const number = this.take(size).reduce((sum, byte) => sum * 256 + byte, 0);
    const least = [24, 256, 65536][short - 24];
    if (number < least || number > max) this.fail();
    return number;
  }

  text() {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(this.take(this.head(3)));
  }

  /** Reads a day: the tag 100, and the number of days since 1970-01-01. */
  day() {
    this.expect(0xd8);
    this.expect(100);
    const isNegative = this.bytes[this.at] >> 5 === 1;
    const number = this.head(isNegative ? 1 : 0);
    const days = isNegative ? -1 - number : number;
    if (days < -719162 || days > 2932896) this.fail();
    return days;
  }
}

/** Decodes base32 (RFC 4648, without padding). The last bits must be 0. */
function decodeBase32(text) {
  const bytes = [];
  let [bits, count] = [0, 0];
  for (const letter of text) {
    bits = ((bits << 5) | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter)) & 0xfff;
    count += 5;
    if (count >= 8) {
      count -= 8;
      bytes.push((bits >> count) & 0xff);
    }
  }
  if (count >= 5 || bits & ((1 << count) - 1)) throw new Error("not base32");
  return Uint8Array.from(bytes);
}

function decodeBase64Url(text) {
  if (!/^[\w-]*$/.test(text)) throw new Error("not base64url");
  return Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
}

function encodeBase64Url(bytes) {
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
}

/** Returns the head of a CBOR item and its bytes. */
function encode(type, bytes) {
  const length = bytes.length;
  const head = length < 24 ? [length] : length < 256 ? [24, length] : [25, length >> 8, length & 0xff];
  head[0] |= type << 5;
  return [...head, ...bytes];
}

/** Reads a JSON Web Key Set: the Ed25519 keys, with their thumbprints (RFC 7638). */
export async function readKeys(json) {
  const keys = [];
  for (const { kty, crv, x } of json.keys) {
    if (kty !== "OKP" || crv !== "Ed25519") continue;
    const required = utf8.encode(`{"crv":"Ed25519","kty":"OKP","x":"${x}"}`);
    const thumbprint = new Uint8Array(await crypto.subtle.digest("SHA-256", required));
    const key = await crypto.subtle.importKey("raw", decodeBase64Url(x), "Ed25519", false, ["verify"]);
    keys.push({ id: encodeBase64Url(thumbprint), thumbprint, key });
  }
  if (!keys.length) throw new Error("no keys");
  return keys;
}

/** Returns the identifier of the key that signed a code, `altered` or `unknown-issuer`. */
export async function findSigner(code, keys) {
  const candidates = keys.filter(({ thumbprint }) => code.keyId.every((byte, at) => byte === thumbprint[at]));
  if (!candidates.length) return { status: "unknown-issuer" };
  // The signed structure (RFC 9052, 4.4). The beginning of the address is its external data.
  const parts = [encode(3, utf8.encode("Signature1")), encode(2, code.header), encode(2, utf8.encode(code.base)), encode(2, code.payload)];
  const signed = Uint8Array.from([0x84, ...parts.flat()]);
  for (const { id, key } of candidates) {
    if (await crypto.subtle.verify("Ed25519", key, code.signature, signed)) return { status: "genuine", key: id };
  }
  return { status: "altered" };
}

/** Reads a signed token (JWT). Throws a `CodeError`, `altered` or `unknown-issuer`, if none of the keys has signed exactly it, and another error if it is damaged. */
export async function readToken(token, keys) {
  const [header, payload, signature, ...rest] = token.trim().split(".");
  if (rest.length || !signature) throw new CodeError("altered");
  const parse = (part) => JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(decodeBase64Url(part)));
  const { alg, kid } = parse(header);
  if (!["EdDSA", "Ed25519"].includes(alg)) throw new CodeError("altered");
  const key = keys.find(({ id }) => id === kid);
  if (!key) throw new CodeError("unknown-issuer");
  const signed = utf8.encode(`${header}.${payload}`);
  if (!(await crypto.subtle.verify("Ed25519", key.key, decodeBase64Url(signature), signed))) throw new CodeError("altered");
  return parse(payload);
}

/** Reads the signed list of withdrawn certificates. Throws if one of the keys has not signed exactly this list. */
export async function readStatusList(token, keys) {
  const credential = await readToken(token, keys);
  if (!credential.type.includes("BitstringStatusListCredential")) throw new Error("not a status list");
  const entries = new Map(credential.credentialSubject.register.map((entry) => [entry.serial, entry]));
  return { date: credential.validFrom.slice(0, 10), entries };
}

/** Returns the entry of a certificate that is not valid any more, with its last successor. */
export function findWithdrawal(list, serial) {
  const entry = list.entries.get(serial);
  if (!entry) return undefined;
  let { successor } = entry;
  for (let steps = 0; steps < list.entries.size && list.entries.get(successor)?.successor; steps += 1) {
    successor = list.entries.get(successor).successor;
  }
  return { ...entry, successor };
}
