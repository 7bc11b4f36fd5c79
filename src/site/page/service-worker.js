// Keeps the page for times without a network, and shows it at the address of any code, which is no file of the site.
// Everything is asked of the network first, so that no old list of withdrawn certificates is used without need.

const CACHE = "gen-report-verify";
const SITE = new URL("./", self.location.href);
const FILES = [
  "404.html", "keys.json", "status.jwt", "verify/words.json", "verify/page.css", "verify/page.js", "verify/code.js",
  "verify/certificate.js", "verify/pdf.js", "verify/seal.js", "verify/text.js",
  "verify/icon.svg", "verify/seal.svg", "verify/serif.ttf", "verify/qr/decode.js", "verify/qr/index.js",
].map((path) => new URL(path, SITE).href);

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FILES)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

/** The page with links that work at any address of the site. */
const PAGE = new URL("404.html", SITE).href;

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (FILES.includes(request.url)) event.respondWith(fetchFile(request));
  else if (request.mode === "navigate" && isPage(request.url)) event.respondWith(fetchPage(request));
});

/** Returns whether an address is that of the site or of a code, and not of another page of the organisation. */
function isPage(address) {
  return address === SITE.href || /[A-Z2-7]{65,}$/.test(address);
}

async function fetchFile(request) {
  const cache = await caches.open(CACHE);
  try {
    const response = await fetch(request, { cache: "no-cache" });
    if (response.ok) await cache.put(request.url, response.clone());
    return response;
  } catch {
    return (await cache.match(request.url)) ?? Response.error();
  }
}

async function fetchPage(request) {
  const response = await fetch(request).catch(() => undefined);
  return response?.ok ? response : ((await caches.match(PAGE)) ?? response ?? Response.error());
}
