// The text of a page of a PDF, line by line: glyphs by the ToUnicode maps of their fonts (ISO 32000-2, 9.10), or the ActualText that
// replaces them (14.9.4). The same rules as in `gen-report verify`.

import { Keyword, Lexer, Stream, nameOf } from "./pdf.js";

/** Forms nested deeper than this are not read. */
const MAX_FORM_DEPTH = 8;
/** The most characters of a page. */
const MAX_TEXT = 1 << 20;
/** The most operators of a page, with those of the forms that it draws. */
const MAX_OPERATORS = 1 << 20;
/** A glyph whose text is not known. */
const UNKNOWN = "\ufffd";

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/u;

const IDENTITY = [1, 0, 0, 1, 0, 0];
/** Returns the matrix that does what `inner` does, and then what `outer` does. */
const concat = ([a, b, c, d, e, f], [g, h, i, j, k, l]) => [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];

function decodeUtf16(bytes) {
  return new TextDecoder("utf-16be").decode(bytes);
}

/** Decodes a text string (ISO 32000-2, 7.9.2.2). */
export function decodeText(bytes) {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decodeUtf16(bytes.subarray(2));
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return new TextDecoder().decode(bytes.subarray(3));
  return new TextDecoder("latin1").decode(bytes);
}

const toNumber = (bytes) => bytes.reduce((sum, byte) => sum * 256 + byte, 0);

/** Reads a ToUnicode map: the text of each code. */
function readMap(bytes) {
  const lexer = new Lexer(bytes);
  const map = new Map();
  let operands = [];
  for (let token = lexer.next(); token !== undefined; token = lexer.next()) {
    if (!(token instanceof Keyword)) {
      operands.push(token);
      continue;
    }
    if (token.text === "endbfchar") for (let at = 0; at + 1 < operands.length; at += 2) map.set(toNumber(operands[at]), decodeUtf16(operands[at + 1]));
    if (token.text === "endbfrange") for (let at = 0; at + 2 < operands.length; at += 3) addRange(map, ...operands.slice(at, at + 3));
    operands = [];
  }
  return map;
}

function addRange(map, first, last, target) {
  const [from, to] = [toNumber(first), toNumber(last)];
  if (to - from > 0xffff) throw new Error("a range that is too long");
  for (let code = from; code <= to; code += 1) {
    if (Array.isArray(target)) {
      map.set(code, decodeUtf16(target[code - from] ?? new Uint8Array()));
      continue;
    }
    const bytes = Uint8Array.from(target);
    let carry = code - from;
    for (let at = bytes.length - 1; at >= 0 && carry; at -= 1) {
      carry += bytes[at];
      bytes[at] = carry & 0xff;
      carry >>= 8;
    }
    map.set(code, decodeUtf16(bytes));
  }
}

/** Returns the lines of a page, in the order of the file. */
export async function readLines(pdf, page) {
  const reader = new PageReader(pdf);
  const contents = [await pdf.get(page.get("Contents"))].flat().filter((part) => part !== undefined);
  const parts = [];
  for (const part of contents) parts.push(await pdf.decode(await pdf.get(part)), Uint8Array.of(10));
  await reader.read(new Uint8Array(await new Blob(parts).arrayBuffer()), await pdf.get(page.get("Resources")), IDENTITY, 0);
  return reader.lines.flatMap(toReadingOrder);
}

class PageReader {
  constructor(pdf) {
    Object.assign(this, { pdf, lines: [], baseline: undefined, sequence: 0, length: 0, operators: 0, fonts: new Map() });
  }

  async read(bytes, resources, base, depth) {
    const lexer = new Lexer(bytes);
    const state = { transform: base, font: undefined, matrix: IDENTITY };
    const [saved, marked] = [[], []];
    let operands = [];
    for (let token = lexer.next(); token !== undefined; token = lexer.next()) {
      if (!(token instanceof Keyword)) {
        operands.push(token);
        continue;
      }
      this.operators += 1;
      if (this.operators > MAX_OPERATORS) throw new Error("too much to draw");
      await this.operate(token.text, operands, { state, saved, marked, resources, base, depth });
      operands = [];
    }
  }

  async operate(operator, operands, context) {
    const { state, saved, marked, resources, base, depth } = context;
    switch (operator) {
      case "q": return void saved.push([state.transform, state.font]);
      case "Q": return void ([state.transform, state.font] = saved.pop() ?? [base, undefined]);
      case "cm": return void (state.transform = concat(state.transform, operands));
      case "BT": return void (state.matrix = IDENTITY);
      case "Tm": return void (state.matrix = operands);
      case "Td": case "TD": return void (state.matrix = concat(state.matrix, [1, 0, 0, 1, ...operands]));
      case "Tf": return void (state.font = { ...(await this.font(nameOf(operands[0]), resources)), size: operands[1] });
      case "Tj": return this.show(operands[0], context);
      case "TJ": return operands[0].forEach((part) => part instanceof Uint8Array && this.show(part, context));
      case "BMC": return void marked.push({});
      case "BDC": return this.beginMarked(operands[1], marked);
      case "EMC": return void marked.pop();
      case "Do": return this.readForm(nameOf(operands[0]), resources, state.transform, depth);
      // The bytes of a picture inside the text could look like operators.
      case "BI": throw new Error("a picture inside the text");
      default: return undefined;
    }
  }

  beginMarked(properties, marked) {
    const entries = properties instanceof Map ? properties : new Map();
    if (entries.has("MCID")) this.sequence += 1;
    const text = entries.get("ActualText");
    marked.push(text instanceof Uint8Array ? { isReplaced: true, text: decodeText(text) } : {});
  }

  async readForm(name, resources, transform, depth) {
    const form = await this.resource("XObject", name, resources);
    if (!(form instanceof Stream) || nameOf(form.dict.get("Subtype")) !== "Form") return;
    if (depth >= MAX_FORM_DEPTH) throw new Error("forms nested too deep");
    const matrix = (await this.pdf.get(form.dict.get("Matrix"))) ?? IDENTITY;
    const own = (await this.pdf.get(form.dict.get("Resources"))) ?? resources;
    await this.read(await this.pdf.decode(form), own, concat(transform, matrix), depth + 1);
  }

  async resource(kind, name, resources) {
    const known = await this.pdf.get(resources?.get(kind));
    return this.pdf.get(known?.get(name));
  }

  async font(name, resources) {
    const dict = await this.resource("Font", name, resources);
    if (!(dict instanceof Map)) throw new Error("no font");
    if (!this.fonts.has(dict)) {
      const map = await this.pdf.get(dict.get("ToUnicode"));
      const texts = map instanceof Stream ? readMap(await this.pdf.decode(map)) : new Map();
      this.fonts.set(dict, { texts, codeLength: nameOf(dict.get("Subtype")) === "Type0" ? 2 : 1 });
    }
    return this.fonts.get(dict);
  }

  show(codes, { state, marked }) {
    const run = this.beginRun(concat(state.transform, state.matrix), state.font?.size ?? 0);
    let isReplaced = false;
    for (const content of marked) {
      if (!content.isReplaced) continue;
      isReplaced = true;
      if (content.text !== undefined) this.push(run, content.text);
      content.text = undefined;
    }
    if (isReplaced || !state.font) return;
    const { texts, codeLength } = state.font;
    for (let at = 0; at < codes.length; at += codeLength) this.push(run, texts.get(toNumber(codes.subarray(at, at + codeLength))) ?? UNKNOWN);
  }

  push(run, text) {
    this.length += text.length;
    if (this.length > MAX_TEXT) throw new Error("too much text");
    run.glyphs.push(text);
  }

  /** Begins a run, on a new line if its baseline is not that of the last run. */
  beginRun(at, fontSize) {
    const length = Math.hypot(at[0], at[1]) || Number.MIN_VALUE;
    const [x, y] = [at[0] / length, at[1] / length];
    const baseline = [x, y, x * at[5] - y * at[4]];
    const limits = [0.01, 0.01, (fontSize * length) / 2];
    const isSame = this.baseline?.every((value, index) => Math.abs(value - baseline[index]) < limits[index]);
    // The tolerance keeps raised ordinals on their line.
    if (!isSame) {
      this.lines.push([]);
      this.baseline = baseline;
    }
    const run = { x: x * at[4] + y * at[5], sequence: this.sequence, glyphs: [] };
    this.lines.at(-1).push(run);
    return run;
  }
}

/** Returns the texts of a line: one for each marked-content sequence. From right to left, only words and numbers are put in order. */
function toReadingOrder(runs) {
  const isRtl = runs.some(({ glyphs }) => glyphs.some((glyph) => RIGHT_TO_LEFT.test(glyph)));
  if (isRtl) runs.sort((a, b) => a.x - b.x);
  const texts = [];
  let sequence;
  for (const run of runs) {
    if (sequence !== run.sequence) texts.push([]);
    sequence = run.sequence;
    texts.at(-1).push(...run.glyphs);
  }
  return texts.map((glyphs) => (isRtl ? reverse(glyphs) : glyphs).join(""));
}

/** Turns a line from right to left around, except for its numbers and Latin words. */
function reverse(glyphs) {
  const parts = [];
  let isOpen = false;
  for (const glyph of glyphs) {
    const isPart = /[\p{N}\p{Script=Latin}]/u.test(glyph) || (isOpen && /^[-./]$/.test(glyph));
    if (isPart && isOpen) parts[0] += glyph;
    else parts.unshift(glyph);
    isOpen = isPart;
  }
  return parts;
}
