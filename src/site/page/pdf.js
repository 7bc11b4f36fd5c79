// Reads the objects of a PDF (ISO 32000-2, 7) as viewers do: from the cross-reference table at its end. Throws at everything that is
// damaged or that it does not know, so that nobody hides a page in it.

/** Arrays and dictionaries that are nested deeper are refused. */
const MAX_DEPTH = 50;
/** The largest number of objects. */
const MAX_OBJECTS = 200_000;
/** The largest number of bytes that are unpacked of one file. */
const MAX_UNPACKED = 64 << 20;

const latin1 = new TextDecoder("latin1");
const WHITE = new Set([0, 9, 10, 12, 13, 32]);
const DELIMITERS = new Set([..."()<>[]{}/%"].map((sign) => sign.charCodeAt(0)));
const isRegular = (byte) => byte !== undefined && !WHITE.has(byte) && !DELIMITERS.has(byte);

export class Name {
  constructor(text) {
    this.text = text;
  }
}

/** An operator of a content stream, or a word such as `obj`. */
export class Keyword {
  constructor(text) {
    this.text = text;
  }
}

class Reference {
  constructor(number) {
    this.number = number;
  }
}

export class Stream {
  constructor(dict, bytes) {
    this.dict = dict;
    this.bytes = bytes;
  }
}

export const nameOf = (object) => (object instanceof Name ? object.text : undefined);

function fail(what) {
  throw new Error(what);
}

/** Reads tokens and objects. Strings are bytes, dictionaries are maps. */
export class Lexer {
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  skipSpace() {
    for (; ; this.at += 1) {
      if (this.bytes[this.at] === 0x25) while (this.at < this.bytes.length && ![10, 13].includes(this.bytes[this.at])) this.at += 1;
      if (!WHITE.has(this.bytes[this.at])) return;
    }
  }

  /** Returns the next object, or `undefined` at the end. References are read only if `hasReferences`. */
  next(hasReferences = false, depth = 0) {
    if (depth > MAX_DEPTH) fail("nested too deep");
    this.skipSpace();
    const byte = this.bytes[this.at];
    if (byte === undefined) return undefined;
    const sign = String.fromCharCode(byte);
    if (sign === "/") return this.name();
    if (sign === "(") return this.literal();
    if (sign === "[") return this.array(hasReferences, depth);
    if (sign === "<") return this.bytes[this.at + 1] === byte ? this.dictionary(hasReferences, depth) : this.hexadecimal();
    if (DELIMITERS.has(byte)) {
      this.at += sign === ">" && this.bytes[this.at + 1] === byte ? 2 : 1;
      return new Keyword(sign);
    }
    const word = this.word();
    if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(word)) return word === "true" ? true : word === "false" ? false : new Keyword(word);
    return (hasReferences && /^\d+$/.test(word) && this.reference(Number(word))) || Number(word);
  }

  word() {
    const start = this.at;
    while (isRegular(this.bytes[this.at])) this.at += 1;
    return latin1.decode(this.bytes.subarray(start, this.at));
  }

  /** Reads the rest of a reference, `0 R`. */
  reference(number) {
    const start = this.at;
    this.skipSpace();
    const generation = this.word();
    this.skipSpace();
    if (/^\d+$/.test(generation) && this.bytes[this.at] === 0x52 && !isRegular(this.bytes[this.at + 1])) {
      this.at += 1;
      return new Reference(number);
    }
    this.at = start;
    return undefined;
  }

  name() {
    this.at += 1;
    return new Name(this.word().replace(/#([0-9a-f]{2})/gi, (_, digits) => String.fromCharCode(parseInt(digits, 16))));
  }

  array(hasReferences, depth) {
    this.at += 1;
    const items = [];
    for (;;) {
      const item = this.next(hasReferences, depth + 1);
      if (item === undefined) fail("an array without end");
      if (item instanceof Keyword && item.text === "]") return items;
      items.push(item);
    }
  }

  dictionary(hasReferences, depth) {
    this.at += 2;
    const entries = new Map();
    for (;;) {
      const key = this.next(hasReferences, depth + 1);
      if (key instanceof Keyword && key.text === ">") return entries;
      if (!(key instanceof Name)) fail("a dictionary with a damaged key");
      // Readers differ in which of two they take.
      if (entries.has(key.text)) fail("a dictionary with a key twice");
      const value = this.next(hasReferences, depth + 1);
      if (wordOf(value) !== "null") entries.set(key.text, value);
    }
  }

  hexadecimal() {
    const end = this.bytes.indexOf(0x3e, this.at);
    if (end < 0) fail("a string without end");
    const digits = latin1.decode(this.bytes.subarray(this.at + 1, end)).replace(/\s/g, "");
    if (/[^0-9a-f]/i.test(digits)) fail("a string with a wrong digit");
    this.at = end + 1;
    return Uint8Array.from(digits.match(/..?/g) ?? [], (pair) => parseInt(pair.padEnd(2, "0"), 16));
  }

  literal() {
    const bytes = [];
    let depth = 1;
    for (this.at += 1; ; this.at += 1) {
      let byte = this.bytes[this.at];
      if (byte === undefined) fail("a string without end");
      if (byte === 0x28) depth += 1;
      if (byte === 0x29) depth -= 1;
      if (depth === 0) break;
      if (byte === 0x5c) byte = this.escape();
      if (byte !== undefined) bytes.push(byte);
    }
    this.at += 1;
    return Uint8Array.from(bytes);
  }

  /** Reads what follows a backslash, up to its last byte. */
  escape() {
    this.at += 1;
    const sign = String.fromCharCode(this.bytes[this.at]);
    const known = { n: 10, r: 13, t: 9, b: 8, f: 12 }[sign];
    if (known) return known;
    if (sign === "\r" && this.bytes[this.at + 1] === 10) this.at += 1;
    if (sign === "\r" || sign === "\n") return undefined;
    const octal = /^[0-7]{1,3}/.exec(latin1.decode(this.bytes.subarray(this.at, this.at + 3)));
    if (!octal) return this.bytes[this.at];
    this.at += octal[0].length - 1;
    return parseInt(octal[0], 8) & 0xff;
  }
}

async function unpack(bytes, limit) {
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate")).getReader();
  const parts = [];
  let length = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    length += part.value.length;
    if (length > limit) {
      await reader.cancel();
      fail("unpacks to too much");
    }
    parts.push(part.value);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

/** Undoes the PNG predictors of a stream (ISO 32000-2, 7.4.4.4). */
function undoPrediction(bytes, columns) {
  const rows = bytes.length / (columns + 1);
  if (!Number.isInteger(rows)) fail("a stream with a wrong length");
  const plain = new Uint8Array(rows * columns);
  for (let row = 0; row < rows; row += 1) {
    const kind = bytes[row * (columns + 1)];
    for (let column = 0; column < columns; column += 1) {
      const at = row * columns + column;
      const left = column ? plain[at - 1] : 0;
      const above = row ? plain[at - columns] : 0;
      const corner = row && column ? plain[at - columns - 1] : 0;
      const paeth = [left, above, corner].reduce((best, value) => {
        const distance = (one) => Math.abs(left + above - corner - one);
        return distance(value) < distance(best) ? value : best;
      });
      const predicted = [0, left, above, (left + above) >> 1, paeth][kind] ?? fail("an unknown prediction");
      plain[at] = bytes[row * (columns + 1) + 1 + column] + predicted;
    }
  }
  return plain;
}

/** A PDF whose objects are read when they are needed. */
export class Pdf {
  /** Opens a PDF. */
  static async open(bytes) {
    const pdf = new Pdf();
    Object.assign(pdf, { bytes, entries: new Map(), packed: new Map(), cache: new Map(), unpacked: new Map(), left: MAX_UNPACKED, trailer: undefined });
    const end = latin1.decode(bytes.subarray(-1024));
    const start = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(end) ?? fail("no end");
    const seen = new Set();
    for (let at = Number(start[1]); at !== undefined; ) {
      if (seen.has(at)) fail("a loop of revisions");
      seen.add(at);
      at = await pdf.readXref(at);
    }
    if (pdf.trailer.has("Encrypt")) fail("encrypted");
    return pdf;
  }

  /** Reads where objects are. What a later revision says counts. Returns where the earlier revision is. */
  async readXref(at) {
    const lexer = new Lexer(this.bytes, at);
    const first = lexer.next();
    const dict = first instanceof Keyword && first.text === "xref" ? this.readXrefTable(lexer) : await this.readXrefStream(at);
    this.trailer ??= dict;
    const hybrid = dict.get("XRefStm");
    if (hybrid !== undefined) fail("a hybrid cross-reference table");
    const previous = dict.get("Prev");
    if (previous !== undefined && !Number.isInteger(previous)) fail("a damaged cross-reference table");
    return previous;
  }

  addEntry(number, place) {
    if (!this.entries.has(number)) this.entries.set(number, place);
    if (this.entries.size > MAX_OBJECTS) fail("too many objects");
  }

  readXrefTable(lexer) {
    for (;;) {
      const first = lexer.next();
      if (first instanceof Keyword && first.text === "trailer") return lexer.next(true);
      const count = lexer.next();
      if (!Number.isInteger(first) || !Number.isInteger(count)) fail("a damaged cross-reference table");
      for (let number = first; number < first + count; number += 1) {
        const [offset, , kind] = [lexer.next(), lexer.next(), lexer.next()];
        this.addEntry(number, wordOf(kind) === "n" ? { offset } : {});
      }
    }
  }

  async readXrefStream(at) {
    const { object: stream } = await this.readObject(at);
    if (!(stream instanceof Stream) || nameOf(stream.dict.get("Type")) !== "XRef") fail("no cross-reference stream");
    const widths = stream.dict.get("W");
    const bytes = await this.decode(stream);
    const sections = stream.dict.get("Index") ?? [0, stream.dict.get("Size")];
    let next = 0;
    const field = (width, otherwise) => {
      if (width === 0) return otherwise;
      next += width;
      if (next > bytes.length) fail("a cross-reference stream that is too short");
      return bytes.subarray(next - width, next).reduce((sum, byte) => sum * 256 + byte, 0);
    };
    for (let section = 0; section + 1 < sections.length; section += 2) {
      for (let number = sections[section]; number < sections[section] + sections[section + 1]; number += 1) {
        const [kind, second, third] = [field(widths[0], 1), field(widths[1], 0), field(widths[2], 0)];
        this.addEntry(number, kind === 1 ? { offset: second } : kind === 2 ? { container: second, index: third } : {});
      }
    }
    return stream.dict;
  }

  /** Reads the object at an offset: its number and the object. */
  async readObject(at) {
    const lexer = new Lexer(this.bytes, at);
    const [number, , start] = [lexer.next(), lexer.next(), lexer.next()];
    if (!Number.isInteger(number) || wordOf(start) !== "obj") fail("no object where one should be");
    const object = lexer.next(true);
    const end = wordOf(lexer.next());
    if (end !== "stream" || !(object instanceof Map)) return { number, object };
    if (this.bytes[lexer.at] === 13) lexer.at += 1;
    if (this.bytes[lexer.at] !== 10) fail("a stream without a beginning");
    const from = lexer.at + 1;
    const length = await this.get(object.get("Length"));
    if (!Number.isInteger(length) || length < 0) fail("a stream without a length");
    const after = new Lexer(this.bytes, from + length);
    if (wordOf(after.next()) !== "endstream") fail("a stream with a wrong length");
    return { number, object: new Stream(object, this.bytes.subarray(from, from + length)) };
  }

  /** Returns what an object refers to, or the object itself. */
  async get(object) {
    for (let steps = 0; object instanceof Reference; steps += 1) {
      if (steps > MAX_DEPTH) fail("references without end");
      object = await this.object(object.number);
    }
    return object;
  }

  async object(number) {
    if (!this.cache.has(number)) {
      this.cache.set(number, undefined);
      this.cache.set(number, await this.load(number));
    }
    return this.cache.get(number);
  }

  async load(number) {
    const place = this.entries.get(number) ?? {};
    if (place.offset !== undefined) {
      const found = await this.readObject(place.offset);
      if (found.number !== number) fail("an object with another number");
      return found.object;
    }
    if (place.container === undefined) return undefined;
    if (!this.packed.has(place.container)) this.packed.set(place.container, await this.unpackObjects(place.container));
    return this.packed.get(place.container).get(number);
  }

  /** Returns the objects in an object stream. */
  async unpackObjects(number) {
    const stream = await this.object(number);
    if (!(stream instanceof Stream)) fail("no object stream");
    const bytes = await this.decode(stream);
    const header = new Lexer(bytes);
    const [count, first] = [stream.dict.get("N"), stream.dict.get("First")];
    const objects = new Map();
    for (let index = 0; index < count; index += 1) {
      const [inner, offset] = [header.next(), header.next()];
      if (!Number.isInteger(inner) || !Number.isInteger(offset)) fail("a damaged object stream");
      objects.set(inner, new Lexer(bytes, first + offset).next(true));
    }
    return objects;
  }

  /** Returns the bytes of a stream, unpacked. */
  async decode(stream) {
    if (!this.unpacked.has(stream)) this.unpacked.set(stream, await this.unpack(stream));
    return this.unpacked.get(stream);
  }

  async unpack(stream) {
    let filters = await this.get(stream.dict.get("Filter"));
    if (filters === undefined) return stream.bytes;
    filters = [filters].flat();
    if (filters.length === 0) return stream.bytes;
    if (filters.length > 1 || nameOf(await this.get(filters[0])) !== "FlateDecode") fail("a stream that is packed in another way");
    const bytes = await unpack(stream.bytes, this.left);
    this.left -= bytes.length;
    const [parameters] = [await this.get(stream.dict.get("DecodeParms"))].flat();
    const predictor = parameters?.get("Predictor") ?? 1;
    if (predictor === 1) return bytes;
    if (predictor < 10 || (parameters.get("Colors") ?? 1) !== 1 || (parameters.get("BitsPerComponent") ?? 8) !== 8) fail("an unknown prediction");
    return undoPrediction(bytes, parameters.get("Columns") ?? 1);
  }

  /** Returns all objects of the newest revision. */
  async *objects() {
    for (const number of this.entries.keys()) yield await this.object(number);
  }

  async catalog() {
    const catalog = await this.get(this.trailer.get("Root"));
    return catalog instanceof Map ? catalog : fail("no catalog");
  }

  /** Returns the pages in their order. What they inherit is added to each. */
  async pages() {
    const pages = [];
    const seen = new Set();
    const visit = async (reference, inherited) => {
      if (seen.has(reference?.number)) fail("a page twice");
      if (reference instanceof Reference) seen.add(reference.number);
      const node = await this.get(reference);
      if (!(node instanceof Map)) fail("a damaged page");
      const resources = node.get("Resources") ?? inherited;
      const kids = await this.get(node.get("Kids"));
      if (!kids) return void pages.push(new Map([...node, ["Resources", resources]]));
      for (const kid of kids) await visit(kid, resources);
    };
    await visit((await this.catalog()).get("Pages"), undefined);
    return pages;
  }
}

function wordOf(object) {
  return object instanceof Keyword ? object.text : undefined;
}
