/**
 * The little Markdown that answers may use: paragraphs, lists, **bold**, *emphasis*, `code`,
 * [links](https://...) and bare addresses. What has none of its signs is not read at all; the rest
 * is read by marked, which is fetched with the first text that needs it.
 *
 * A list that comes beside the text replaces its lines, wherever in the text they begin.
 * It yields a tree, never HTML: whatever else a text contains is shown as the characters it is.
 */

import type { Points } from "./messages";

export type Inline =
  | { type: "text" | "strong" | "emphasis" | "code"; text: string }
  | { type: "link"; text: string; address: string };

export type Block =
  | { type: "paragraph"; lines: Inline[][] }
  /** `start` is the number of the first item of an ordered one. */
  | { type: "list"; ordered: boolean; start: number; items: Block[][] };

type Read = (text: string, safeAddress: (address: string) => string | undefined) => Block[];

// Signs of emphasis, code and links; addresses; the beginnings of lists.
const SIGNS = /[*_`[]|https?:|mailto:|www\.|\S@\S|^\s*(?:[-+•]|\d+[.)])\s/m;
const PROTOCOLS = new Set(["http:", "https:", "mailto:"]);

/** The address in full if a link may lead there, else undefined. */
export function safeAddress(address: string, base?: string): string | undefined {
  try {
    const url = new URL(address, base);
    return PROTOCOLS.has(url.protocol) ? url.href : undefined;
  } catch {
    return undefined;
  }
}

let read: Read | undefined;
let reading: Promise<void> | undefined;

/**
 * Reads a text into blocks; the lines of the list that comes with it, if any, are that list.
 *
 * @param later Called when a text can be read better than it could this time.
 */
export function parse(text: string, points: Points | null | undefined, later: () => void): Block[] {
  const list = points && listIn(text, points, later);
  if (list) {
    const [before, block, after] = list;
    return [...parse(before, null, later), block, ...parse(after, null, later)];
  }
  if (SIGNS.test(text)) {
    if (read) return read(text, safeAddress);
    reading ??= import("./markdown").then(
      (markdown) => void (read = markdown.read),
      () => undefined, // then it stays as it was written
    );
    void reading.then(() => read && later());
  }
  return paragraphs(text);
}

function listIn(
  text: string,
  { ordered, items }: Points,
  later: () => void,
): [string, Block, string] | undefined {
  const lines = items.map((item, index) => `${ordered ? `${index + 1}.` : "-"} ${item}`).join("\n");
  const start = text.indexOf(lines);
  if (!lines || start < 0) return undefined;
  const blocks = items.map((item): Block[] => [{ type: "paragraph", lines: [lineOf(item, later)] }]);
  const list: Block = { type: "list", ordered, start: 1, items: blocks };
  return [text.slice(0, start), list, text.slice(start + lines.length)];
}

function lineOf(text: string, later: () => void): Inline[] {
  const [block, ...others] = parse(text, null, later);
  const line = block?.type === "paragraph" && !others.length && block.lines.length === 1 ? block.lines[0] : undefined;
  return line ?? plain(text);
}

/** A text as it is written, in paragraphs. */
function paragraphs(text: string): Block[] {
  return text
    .split(/\n\s*\n/)
    .filter((paragraph) => paragraph.trim())
    .map((paragraph) => ({ type: "paragraph", lines: paragraph.trim().split(/\r?\n/).map(plain) }));
}

function plain(text: string): Inline[] {
  return [{ type: "text", text }];
}
