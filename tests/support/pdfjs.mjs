// Prints the text of a PDF as pdf.js reads it, a form feed after each page.
import { readFileSync } from "node:fs";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";

const data = new Uint8Array(readFileSync(process.argv[2]));
const pdf = await getDocument({ data, verbosity: 0, isEvalSupported: false }).promise;
for (let number = 1; number <= pdf.numPages; number++) {
  const { items } = await (await pdf.getPage(number)).getTextContent();
  const text = items.map(({ str, hasEOL }) => (hasEOL ? `${str}\n` : str)).join("");
  process.stdout.write(`${text}\f`);
}
