// What a PDF prints and what is attached to it, compared with its code. The rules are those of `gen-report verify`, except that a
// code is read from its link instead of the drawn page, and that at most 500 pages are read.

import { CodeError, isSignedAddress, readCode, readToken, withCapitalHost } from "./code.js";
import { Pdf, Stream, nameOf } from "./pdf.js";
import { decodeText, readLines } from "./text.js";

/** The most pages of a PDF. */
const MAX_PAGES = 500;
/** The largest credential, in bytes. */
const MAX_TOKEN = 1 << 20;
/** In milliseconds. */
const DAY = 24 * 60 * 60 * 1000;

/** The media types of signed credentials. */
const CREDENTIAL_TYPES = ["application/vc+jwt", "application/vc", "application/jwt", "application/vc+ld+jwt"];

/** Reads a PDF: its language, the signed addresses to which each page links with the letters of the page, and its attached files. */
export async function readCertificate(bytes) {
  const pdf = await Pdf.open(bytes);
  const all = await pdf.pages();
  if (all.length > MAX_PAGES) throw new Error("too many pages");
  const pages = [];
  for (const [index, page] of all.entries()) {
    const addresses = await readLinks(pdf, page);
    if (addresses.size) pages.push({ number: index + 1, addresses: [...addresses], letters: new Letters((await readLines(pdf, page)).join("\n")) });
  }
  const language = await pdf.get((await pdf.catalog()).get("Lang"));
  return { language: language && decodeText(language).split("-")[0].toLowerCase(), pages, ...(pages.length ? await readFiles(pdf) : {}) };
}

async function readLinks(pdf, page) {
  const addresses = new Set();
  for (const reference of (await pdf.get(page.get("Annots"))) ?? []) {
    const action = await pdf.get((await pdf.get(reference))?.get("A"));
    const address = await pdf.get(action?.get("URI"));
    if (address instanceof Uint8Array && isSignedAddress(decodeText(address))) addresses.add(decodeText(address));
  }
  return addresses;
}

/** Returns the credentials in all objects of a PDF, and the languages in which it has its facts for programs. */
async function readFiles(pdf) {
  const tokens = new Set();
  const languages = new Set();
  const add = async (name, file) => {
    if (!(file instanceof Stream)) return;
    const isCredential = /\.jwt$/i.test(name) || CREDENTIAL_TYPES.includes(nameOf(await pdf.get(file.dict.get("Subtype")))?.toLowerCase());
    if (isCredential) tokens.add(file);
    const facts = /^facts-(.+)\.jsonld$/.exec(name);
    if (facts) languages.add(facts[1]);
  };
  for await (const object of pdf.objects()) {
    if (object instanceof Stream) await add("", object);
  }
  for await (const object of pdf.objects()) {
    if (!(object instanceof Map)) continue;
    const files = await pdf.get(object.get("EF"));
    if (!(files instanceof Map)) continue;
    for (const key of ["UF", "F"]) {
      const name = await pdf.get(object.get(key));
      if (name instanceof Uint8Array) for (const file of files.values()) await add(decodeText(name), await pdf.get(file));
    }
  }
  const credentials = [];
  for (const file of tokens) {
    const bytes = await pdf.decode(file);
    if (bytes.length > MAX_TOKEN) throw new Error("a credential that is too large");
    credentials.push(new TextDecoder().decode(bytes));
  }
  return { credentials, languages };
}

/** The letters and digits of a text in lower case: what does not depend on how its lines are set. */
export class Letters {
  constructor(text) {
    const signs = [...text];
    const isDigit = (at) => at >= 0 && at < signs.length && /\p{N}/u.test(signs[at]);
    const isSign = (at) => at >= 0 && at < signs.length && /[-./]/.test(signs[at]);
    this.letters = [];
    let isFirst = true;
    for (const [at, sign] of signs.entries()) {
      if (sign === "\n") {
        isFirst = true;
        if (this.letters.length) this.letters.at(-1).endsLine = true;
      }
      if (!/[\p{Alphabetic}\p{N}]/u.test(sign)) continue;
      const afterDigit = isDigit(at - 1) || (isSign(at - 1) && isDigit(at - 2));
      const beforeDigit = isDigit(at + 1) || (isSign(at + 1) && isDigit(at + 2));
      for (const letter of sign.toLowerCase()) {
        this.letters.push({ letter, afterDigit, beforeDigit, beginsLine: isFirst, endsLine: false });
        isFirst = false;
      }
    }
    if (this.letters.length) this.letters.at(-1).endsLine = true;
  }

  /** Returns whether the text contains another one, in which no number is cut off. */
  contains(part) {
    const [first, last] = [/^\p{N}/u.test(part), /\p{N}$/u.test(part)];
    return this.find(part, (start, end) => !((first && start.afterDigit) || (last && end.beforeDigit)));
  }

  /** Returns whether some whole lines of the text are another text. */
  hasLine(part) {
    return this.find(part, (start, end) => start.beginsLine && end.endsLine);
  }

  find(part, isAccepted) {
    const wanted = [...part].filter((sign) => /[\p{Alphabetic}\p{N}]/u.test(sign)).flatMap((sign) => [...sign.toLowerCase()]);
    const last = wanted.length - 1;
    if (last < 0) return false;
    return this.letters.some((start, at) => {
      const end = this.letters[at + last];
      return end && wanted.every((letter, index) => this.letters[at + index].letter === letter) && isAccepted(start, end);
    });
  }
}

/** Returns the first fact of a code that its page does not print: `serial`, `city` or `date`. `tags` are the languages of the site. */
export function findMissing(letters, claim, tags) {
  const styles = ["long", "full", "short"];
  const format = (tag, dateStyle) => new Intl.DateTimeFormat(tag, { dateStyle, timeZone: "UTC", calendar: "gregory" }).format(claim.date * DAY);
  if (!letters.contains(claim.serial)) return "serial";
  if (!letters.hasLine(claim.city)) return "city";
  if (!tags.some((tag) => styles.some((style) => letters.contains(format(tag, style))))) return "date";
  return undefined;
}

function readSerial(address) {
  try {
    return [readCode(address).claim.serial];
  } catch {
    return [];
  }
}

/** Reads a credential. Throws a `CodeError` if it is not genuine. */
async function readCredential(token, keys) {
  const payload = await readToken(token, keys);
  const { id, type, credentialSubject: subject, validFrom, validUntil } = payload;
  const [base, award, edition] = /^(.*)#(.*)-(\d+)$/.exec(subject.achievement.id).slice(1);
  if (!type.includes("OpenBadgeCredential") || !id.startsWith(base) || payload.jti !== id) throw new CodeError("altered");
  const day = (text, clock) => (text.endsWith(clock) ? Date.parse(`${text.slice(0, -clock.length)}T00:00:00Z`) / DAY : NaN);
  return {
    base, serial: id.slice(base.length), award, edition: Number(edition), language: subject.achievement.inLanguage, city: subject.identifier[0].identityHash,
    date: day(validFrom, "T00:00:00Z"), expires: validUntil === undefined ? undefined : day(validUntil, "T23:59:59Z"),
  };
}

/** Reads the attached credentials: `{ problem }` if one is not genuine, or those `found`, and whether one belongs to no code of the PDF. */
async function readAttached({ credentials, pages }, keys) {
  const found = [];
  try {
    for (const token of credentials) found.push(await readCredential(token, keys));
  } catch (error) {
    return { problem: error instanceof CodeError && error.message === "unknown-issuer" ? "unknown-issuer" : "altered" };
  }
  // A file of many certificates has the credentials of all.
  const known = new Set(pages.flatMap(({ addresses }) => addresses).flatMap((address) => readSerial(address)));
  return { found, hasUnrelated: found.some(({ serial }) => !known.has(serial)) };
}

/**
 * Compares a genuine code with the credentials of its PDF, which are read once for all codes. Returns what is wrong, as `altered` or `unknown-issuer`, `missing` if one
 * should be there, or their languages.
 */
export async function compareCredentials({ claim, base }, letters, certificate, { keys, credentialReports }, isSealed) {
  const { problem, found, hasUnrelated } = await (certificate.attached ??= readAttached(certificate, keys));
  if (problem) return { problem };
  const agrees = (credential) =>
    ["serial", "award", "edition", "date", "expires"].every((fact) => credential[fact] === claim[fact]) &&
    withCapitalHost(credential.base) === base && letters.hasLine(credential.city);
  if (hasUnrelated) return { problem: "altered" };
  const own = found.filter(({ serial }) => serial === claim.serial);
  // A seal proves that nothing was removed.
  if (!own.length) return !isSealed && credentialReports?.includes(claim.award) ? { problem: "missing" } : { languages: [] };
  if (!own.every(agrees) || !own.some(({ city }) => city === claim.city)) return { problem: "altered" };
  if ([...certificate.languages].some((language) => !own.some((credential) => credential.language === language))) return { problem: "missing" };
  return { languages: [...new Set(own.map(({ language }) => language))] };
}
