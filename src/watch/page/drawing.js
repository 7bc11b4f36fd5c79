// A page of a document: its SVG in a shadow root. To draw a whole page takes a browser about 40 ms, so the next version of a
// page replaces only what differs.
"use strict";

class Drawing {
  constructor() {
    /** Inert: a click is a question about the text, so links on the page must not be followed. */
    this.root = element("div", { class: "drawing", inert: true });
    /** The hash of the page that is drawn. */
    this.hash = null;
    /** The hash of the page that was asked for last. */
    this.wanted = null;
    this.page = newSvg();
    this.definitions = document.createElementNS(SVG, "defs");
    /** The symbol of each glyph, by its id. */
    this.glyphs = new Map();
    const glyphs = newSvg();
    glyphs.setAttribute("height", "0");
    glyphs.append(this.definitions);
    this.root.attachShadow({ mode: "open" }).append(glyphs, this.page);
  }

  /** Draws the page with this hash, unless another one is asked for meanwhile, or the server has replaced it. */
  async show(hash) {
    if (this.wanted === hash) return;
    this.wanted = hash;
    for (const known of this.hash ? [this.hash, null] : [null]) {
      const page = await fetchPage(hash, known);
      if (!page || this.wanted !== hash) return;
      if (this.draw(page)) break;
    }
    this.hash = hash;
    this.root.dataset.hash = hash;
  }

  /** Draws a page in place of the last one. Returns whether the outlines of all its glyphs are known. */
  draw(page) {
    for (const symbol of page.querySelectorAll("symbol")) {
      if (this.glyphs.has(symbol.id)) {
        symbol.remove();
      } else {
        this.glyphs.set(symbol.id, symbol);
        this.definitions.append(symbol);
      }
    }
    for (const name of ["width", "height"]) page.setAttribute(name, "100%");
    page.style.display = "block";
    patch(this.page, page);
    return this.removeUnusedGlyphs();
  }

  /** Removes the outlines that the page does not use. Returns whether those that it uses are all known. */
  removeUnusedGlyphs() {
    const used = new Set();
    for (const use of this.root.shadowRoot.querySelectorAll("use")) used.add(use.getAttribute("xlink:href").slice(1));
    for (const [id, symbol] of this.glyphs) {
      if (used.has(id)) continue;
      symbol.remove();
      this.glyphs.delete(id);
    }
    return used.size === this.glyphs.size;
  }
}

const SVG = "http://www.w3.org/2000/svg";

function newSvg() {
  const svg = document.createElementNS(SVG, "svg");
  svg.style.display = "block";
  return svg;
}

/** Returns the root of a page, or null if the server has replaced the page. The glyphs of the page `known` are left out. */
async function fetchPage(hash, known) {
  const answer = await fetch(`pages/${hash}.svg${known ? `?known=${known}` : ""}`);
  if (!answer.ok) return null;
  return new DOMParser().parseFromString(await answer.text(), "image/svg+xml").documentElement;
}

/** Makes a tree equal to another one, of which it takes the parts that differ. */
function patch(old, next) {
  if (old.isEqualNode(next)) return;
  if (old.nodeName !== next.nodeName || old.nodeType !== Node.ELEMENT_NODE) return old.replaceWith(next);
  patchAttributes(old, next);
  const before = [...old.childNodes];
  const after = [...next.childNodes];
  // A line more or less moves those below, so their contents are compared without their positions.
  let start = 0;
  while (start < before.length && start < after.length && haveSameContent(before[start], after[start])) {
    patch(before[start], after[start]);
    start++;
  }
  let [end, nextEnd] = [before.length, after.length];
  while (end > start && nextEnd > start && haveSameContent(before[end - 1], after[nextEnd - 1])) patch(before[--end], after[--nextEnd]);
  const common = Math.min(end, nextEnd);
  for (let at = start; at < common; at++) patch(before[at], after[at]);
  for (const node of before.slice(common, end)) node.remove();
  const following = before[end] ?? null;
  for (const node of after.slice(common, nextEnd)) old.insertBefore(node, following);
}

function patchAttributes(old, next) {
  for (const name of old.getAttributeNames()) if (!next.hasAttribute(name)) old.removeAttribute(name);
  for (const attribute of next.attributes) {
    if (old.getAttribute(attribute.name) !== attribute.value) old.setAttributeNode(attribute.cloneNode());
  }
}

/** Returns whether two nodes differ in their own attributes at most. */
function haveSameContent(a, b) {
  if (a.nodeName !== b.nodeName || a.childNodes.length !== b.childNodes.length) return false;
  for (let child = a.firstChild, other = b.firstChild; child; child = child.nextSibling, other = other.nextSibling) {
    if (!child.isEqualNode(other)) return false;
  }
  return true;
}
