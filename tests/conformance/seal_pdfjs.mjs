// What pdf.js knows of the seals of PDFs: one line of JSON for each, and its signed bytes and its signature as files.
//
//     node seal_pdfjs.mjs PDFJS OUT FILE...     (PDFJS: a folder with node_modules/pdfjs-dist)

import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";

// Node has it since version 22.
Promise.withResolvers ??= function () {
  let functions;
  const promise = new Promise((resolve, reject) => (functions = { resolve, reject }));
  return { promise, ...functions };
};

const [folder, out, ...files] = process.argv.slice(2);
const { getDocument } = await import(resolve(folder, "node_modules/pdfjs-dist/legacy/build/pdf.mjs"));
for (const [index, file] of files.entries()) {
  const task = getDocument({ data: new Uint8Array(readFileSync(file)), verbosity: 0 });
  const pdf = await task.promise;
  const signatures = (await pdf.getSignatures()) ?? [];
  for (const { id } of signatures) {
    const { data, pkcs7 } = await pdf.getSignatureData(id);
    writeFileSync(`${out}/${index}.data`, Buffer.concat([data].flat().map((part) => Buffer.from(part))));
    writeFileSync(`${out}/${index}.der`, Buffer.from(pkcs7));
  }
  console.log(JSON.stringify(signatures));
  await task.destroy();
}
