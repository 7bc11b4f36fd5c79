// The page: takes a code from its own address, a text, a picture, the camera or a PDF, and shows what it proves.

import { compareCredentials, findMissing, readCertificate } from "./certificate.js";
import { checkSeal, readSealCertificates } from "./seal.js";
import { CodeError, findSigner, findWithdrawal, isSignedAddress, readCode, readKeys, readStatusList } from "./code.js";

const SITE = new URL("../", import.meta.url);

/** The longest sides at which a picture is searched for a code, in pixels. */
const PICTURE_SIDES = [1600, 3200, 800];
/** The largest file that is read, in bytes. */
const MAX_FILE = 64 << 20;
/** Milliseconds between two looks through the camera. */
const CAMERA_PAUSE = 150;
const DAY = 24 * 60 * 60 * 1000;

/** The icon and colour of each answer, and whether the facts of the code are shown: only if its signature is valid. */
const ANSWERS = {
  genuine: { kind: "good", hasFacts: true },
  revoked: { kind: "bad", hasFacts: true },
  superseded: { kind: "bad", hasFacts: true },
  expired: { kind: "unsure", hasFacts: true },
  unclear: { kind: "unsure", hasFacts: true },
  altered: { kind: "bad" },
  "unknown-issuer": { kind: "bad" },
  unsigned: { kind: "unsure" },
  unreadable: { kind: "unsure" },
  unable: { kind: "unsure" },
};

const find = (id) => document.getElementById(id);
let site;
let language;
/** What is shown: a list of answers. */
let shown = [];

// Words

function word(id, blanks = {}) {
  return Object.entries(blanks).reduce((text, [name, value]) => text.replaceAll(`%${name}%`, value), language.words[id]);
}

function chooseLanguage() {
  const byTag = (tag) => site.languages.find((known) => known.tag === tag || known.tag.split("-")[0] === tag.split("-")[0]);
  const wanted = [recall("language"), ...navigator.languages].filter(Boolean);
  return wanted.map(byTag).find(Boolean) ?? byTag(document.documentElement.lang) ?? site.languages[0];
}

function showLanguage(chosen) {
  language = chosen;
  document.documentElement.lang = language.tag;
  document.documentElement.dir = language.direction;
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = word(element.dataset.word);
  find("language").value = language.tag;
  showAnswers();
}

function recall(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function remember(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    // A browser without storage asks again next time.
  }
}

/** Returns the name of a language in the language of the page. */
function nameLanguage(tag) {
  try {
    return new Intl.DisplayNames([language.tag], { type: "language" }).of(tag);
  } catch {
    return tag;
  }
}

function formatDay(day) {
  const date = new Date(typeof day === "number" ? day * DAY : `${day}T00:00:00Z`);
  return new Intl.DateTimeFormat(language.tag, { dateStyle: "long", timeZone: "UTC", calendar: "gregory" }).format(date);
}

// Checks

/** Fetches what the issuer has published: anew for each check, so that a withdrawal counts at once. */
async function fetchIssuer() {
  const get = async (path) => {
    const response = await fetch(new URL(path, SITE), { cache: "no-cache" });
    if (!response.ok) throw new Error(path);
    return response;
  };
  try {
    await crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"]);
  } catch {
    return { problem: "no-signatures" };
  }
  try {
    const published = await (await get("keys.json")).json();
    const keys = { keys: await readKeys(published), credentialReports: published.credentials, chains: readSealCertificates(published) };
    const token = await get("status.jwt").then((response) => response.text(), () => undefined);
    if (token === undefined) return { ...keys, doubt: "missing" };
    return readStatusList(token, keys.keys).then((list) => ({ ...keys, list }), () => ({ ...keys, doubt: "broken" }));
  } catch {
    return { problem: "no-keys" };
  }
}

/** Checks the address of a code. `certificate` and `page` are the PDF and its page that leads there, if it is that of one. */
async function checkAddress({ address, certificate, page }, issuer) {
  let code;
  try {
    code = readCode(address);
  } catch (error) {
    const reason = error instanceof CodeError ? error.message : "no-address";
    if (reason === "unsigned") return { status: "unsigned", text: "unsigned" };
    if (reason === "incomplete") return { status: "altered", text: "incomplete" };
    return { status: "unreadable", text: "no-address" };
  }
  if (issuer.problem) return { status: "unable", text: issuer.problem };
  const signer = await findSigner(code, issuer.keys);
  if (signer.status !== "genuine") return { status: signer.status, text: signer.status };
  const compared = certificate && (await compare(code, page, certificate, issuer));
  if (compared?.status) return compared;
  const answer = { claim: code.claim, key: signer.key, listDate: issuer.list?.date, compared };
  const withdrawal = issuer.list && findWithdrawal(issuer.list, code.claim.serial);
  if (withdrawal) {
    const { status, date, reason, successor } = withdrawal;
    return { ...answer, status: status === "superseded" ? status : "revoked", date, reason, successor };
  }
  if (code.claim.expires < Math.floor(Date.now() / DAY)) return { ...answer, status: "expired", date: code.claim.expires };
  if (issuer.doubt) return { ...answer, status: "unclear", text: `unclear-${issuer.doubt}` };
  return { ...answer, status: "genuine" };
}

/** Compares a genuine code with the page of its PDF and with the attached credentials. Returns what was compared, or another answer. */
async function compare(code, { number, letters }, certificate, issuer) {
  const { seal } = certificate;
  const tags = site.languages.map(({ tag }) => tag);
  const missing = findMissing(letters, code.claim, tags);
  const isKnown = tags.some((tag) => tag.split("-")[0] === certificate.language);
  if (missing === "date" && !isKnown) return { status: "unreadable", text: "no-language" };
  if (missing) return { status: "altered", text: `print-${missing}`, value: missing === "date" ? code.claim.date : code.claim[missing] };
  // Without a seal, the rest of the page may have been changed.
  if (seal === "none" && issuer.chains.length) return { status: "unsigned", text: "seal-missing" };
  const { problem, languages } = await compareCredentials(code, letters, certificate, issuer, seal === "genuine");
  if (problem === "unknown-issuer") return { status: problem, text: "credential-unknown" };
  if (problem) return { status: "altered", text: `credential-${problem}` };
  return { page: number, languages, isSealed: seal === "genuine" };
}

/**
 * Runs a check, and shows its answers. `read` is given what the issuer has published, and returns codes, each with its address, or the
 * answer if there is no code.
 */
async function check(read) {
  find("progress").textContent = `${word("working")}…`;
  let answers;
  try {
    const issuer = await fetchIssuer();
    const codes = await read(issuer);
    answers = Array.isArray(codes) ? await Promise.all(codes.map((code) => checkAddress(code, issuer))) : [codes];
  } catch {
    answers = [{ status: "unreadable", text: "no-picture" }];
  }
  find("progress").textContent = "";
  shown = answers;
  showAnswers();
  find("results").querySelector("h2")?.focus();
}

const unreadable = (text) => ({ status: "unreadable", text });

async function readFile(file, issuer) {
  if (file.size > MAX_FILE) return unreadable("too-large");
  const start = new TextDecoder("latin1").decode(await file.slice(0, 1024).arrayBuffer());
  if (start.includes("%PDF-")) return readPdf(new Uint8Array(await file.arrayBuffer()), issuer);
  const bitmap = await createImageBitmap(file).catch(() => undefined);
  if (!bitmap) return unreadable("no-picture");
  const address = await readPicture(bitmap, PICTURE_SIDES);
  return address ? [{ address }] : unreadable("no-code");
}

/** Returns the codes to which the pages of a PDF link. A file that was changed after sealing is not read. */
async function readPdf(bytes, issuer) {
  if (issuer.problem) return { status: "unable", text: issuer.problem };
  const seal = await checkSeal(bytes, issuer.chains);
  if (seal === "stamped") return { status: "unable", text: "seal-stamped" };
  if (seal === "altered" || seal === "unknown-issuer") return { status: seal, text: `seal-${seal}` };
  const read = await readCertificate(bytes).catch(() => undefined);
  if (!read) return unreadable("no-text");
  const certificate = { ...read, seal };
  const codes = certificate.pages.flatMap((page) => page.addresses.map((address) => ({ address, certificate, page })));
  return codes.length ? codes : unreadable("no-link");
}

/** Returns the content of the code on a picture or a frame of the camera. */
async function readPicture(source, sides) {
  const { decodeQR } = await import("./qr/decode.js");
  const [width, height] = [source.videoWidth ?? source.width, source.videoHeight ?? source.height];
  for (const side of sides) {
    const scale = side / Math.max(width, height);
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(width * scale));
    canvas.height = Math.max(1, Math.round(height * scale));
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.fillStyle = "#fff";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(source, 0, 0, canvas.width, canvas.height);
    try {
      return decodeQR(context.getImageData(0, 0, canvas.width, canvas.height), sides.length > 1 ? { effort: Infinity, timeLimit: 1500 } : {});
    } catch {
      // No code at this size.
    }
  }
  return undefined;
}

// Answers

function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children.filter(Boolean));
  return element;
}

function icon(id) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#icon-${id}`);
  svg.append(use);
  return svg;
}

function showAnswers() {
  const results = find("results");
  document.body.classList.toggle("answered", shown.length > 0);
  results.hidden = !shown.length;
  results.replaceChildren(...shown.map(makeAnswer));
  if (!shown.length) return;
  const again = make("button", { type: "button", class: "again" }, word("again"));
  again.addEventListener("click", () => {
    shown = [];
    find("address").value = "";
    showAnswers();
    (find("camera-start").hidden ? find("address") : find("camera-start")).focus();
  });
  results.append(again);
}

function makeAnswer(answer) {
  const { kind, hasFacts } = ANSWERS[answer.status];
  const date = answer.date === undefined ? "" : formatDay(answer.date);
  const value = typeof answer.value === "number" ? formatDay(answer.value) : (answer.value ?? "");
  const text = word(`${answer.text ?? answer.status}-text`, { date, value, successor: answer.successor ?? "" });
  const verdict = make("div", { class: "verdict" },
    make("span", { class: "mark" }, icon(kind)),
    make("div", {}, make("h2", { tabindex: "-1" }, word(answer.status)), make("p", {}, text),
      answer.reason && make("p", { class: "reason" }, word("reason", { reason: answer.reason }))));
  return make("article", { class: `answer ${kind}`, "data-status": answer.status }, verdict, hasFacts && makeFacts(answer), hasFacts && makeMeaning(answer));
}

function makeFacts({ claim }) {
  const fact = (id, value) => value !== undefined && make("div", {}, make("dt", {}, word(`fact-${id}`)), make("dd", { dir: "auto" }, String(value)));
  return make("div", { class: "certificate" },
    make("p", { class: "award" }, language.awards[claim.award] ?? claim.award),
    make("p", { class: "city", dir: "auto" }, claim.city),
    make("dl", {},
      fact("programme", claim.programme), fact("edition", claim.edition), fact("rank", claim.rank), fact("serial", claim.serial),
      fact("date", formatDay(claim.date)), fact("expires", claim.expires === undefined ? undefined : formatDay(claim.expires))));
}

function makeMeaning(answer) {
  const list = (...texts) => make("ul", {}, ...texts.filter(Boolean).map((text) => make("li", {}, text)));
  const done = [
    word("done-signature", { key: answer.key }),
    answer.compared?.isSealed && word("done-seal"),
    answer.compared && word("done-print", { page: answer.compared.page }),
    answer.compared?.languages.length > 0 && word("done-credential", { languages: answer.compared.languages.map(nameLanguage).join(", ") }),
    answer.listDate && word("done-list", { date: formatDay(answer.listDate) }),
    answer.claim.expires !== undefined && word("done-expiry"),
  ];
  return make("div", { class: "meaning" },
    ANSWERS[answer.status].kind !== "bad" && make("div", { class: "compare" }, make("h3", {}, word("compare")), make("p", {}, word("compare-text"))),
    make("div", {}, make("h3", {}, word("done")), list(...done)),
    make("div", {}, make("h3", {}, word("not-done")), list(word(answer.compared?.isSealed ? "not-done-sealed" : answer.compared ? "not-done-pdf" : "not-done-paper"))));
}

// Camera

let stream;

async function startCamera() {
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1920 } } });
  } catch {
    shown = [{ status: "unreadable", text: "no-camera" }];
    showAnswers();
    find("results").querySelector("h2").focus();
    return;
  }
  const video = find("video");
  video.srcObject = stream;
  find("camera").hidden = false;
  find("camera-start").hidden = true;
  find("camera-stop").focus();
  await video.play();
  for (const current = stream; stream === current; await new Promise((done) => setTimeout(done, CAMERA_PAUSE))) {
    const code = video.videoWidth && (await readPicture(video, [Math.max(video.videoWidth, video.videoHeight)]));
    if (code && stream === current) {
      stopCamera();
      await check(() => [{ address: code }]);
    }
  }
}

function stopCamera() {
  stream?.getTracks().forEach((track) => track.stop());
  stream = undefined;
  find("video").srcObject = null;
  find("camera").hidden = true;
  find("camera-start").hidden = false;
}

// Start

function checkFile(file) {
  if (file) check((issuer) => readFile(file, issuer));
}

function listen() {
  find("form").addEventListener("submit", (event) => {
    event.preventDefault();
    check(() => [{ address: find("address").value }]);
  });
  find("file").addEventListener("change", (event) => {
    checkFile(event.target.files[0]);
    // The same file can be chosen again.
    event.target.value = "";
  });
  find("language").addEventListener("change", (event) => {
    remember("language", event.target.value);
    showLanguage(site.languages.find(({ tag }) => tag === event.target.value));
  });
  find("camera-start").addEventListener("click", startCamera);
  find("camera-stop").addEventListener("click", () => {
    stopCamera();
    find("camera-start").focus();
  });
  document.addEventListener("dragover", (event) => {
    event.preventDefault();
    document.body.classList.add("dragging");
  });
  document.addEventListener("dragleave", () => document.body.classList.remove("dragging"));
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    document.body.classList.remove("dragging");
    checkFile(event.dataTransfer.files[0]);
  });
}

/** Returns the address of this page, if it is that of a code. */
function codeOfThisPage() {
  const { href } = window.location;
  const codes = new URL(site.codes);
  const rest = href.startsWith(codes.href) ? href.slice(codes.href.length) : "";
  return isSignedAddress(href) || /^[\w./-]+$/.test(rest.replace(/^(index\.html)?$/, "")) ? href : undefined;
}

async function start() {
  site = await (await fetch(new URL("words.json", import.meta.url))).json();
  const select = find("language");
  const names = ({ tag }) => {
    const name = new Intl.DisplayNames([tag], { type: "language" }).of(tag.split("-")[0]);
    return name.charAt(0).toLocaleUpperCase(tag) + name.slice(1);
  };
  select.append(...site.languages.map((known) => make("option", { value: known.tag, lang: known.tag }, names(known))));
  select.hidden = site.languages.length < 2;
  find("camera-start").hidden = !navigator.mediaDevices?.getUserMedia;
  listen();
  showLanguage(chooseLanguage());
  const address = codeOfThisPage();
  if (address) await check(() => [{ address }]);
  navigator.serviceWorker?.register(new URL("service-worker.js", SITE)).catch(() => undefined);
}

start();
