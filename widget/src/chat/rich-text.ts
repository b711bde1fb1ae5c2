/**
 * The little Markdown that answers may use: paragraphs, lists, **bold**, *emphasis*, `code`,
 * [links](https://...) and bare addresses.
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
  | { type: "list"; ordered: boolean; items: Inline[][] };

// Each alternative stops at the sign that ends it, so that no text takes more than one pass.
const INLINE =
  /`([^`\n]+)`|\*\*([^*\n]+)\*\*|\*([^*\s](?:[^*\n]*[^*\s])?)\*|\[([^[\]\n]+)\]\(([^()\s]+)\)|((?:https?:\/\/|mailto:)[^\s<>"`*]+)/g;
const BULLET = /^\s*[-*•]\s+(.*)$/;
const NUMBER = /^\s*\d{1,3}[.)]\s+(.*)$/;
/** Characters of a bare address that are shown: about a line of the chat. */
const ADDRESS_LENGTH = 40;
const PROTOCOLS = new Set(["http:", "https:", "mailto:"]);

/** The address in full if a link may lead there, else undefined. */
export function safeAddress(address: string): string | undefined {
  try {
    const url = new URL(address);
    return PROTOCOLS.has(url.protocol) ? url.href : undefined;
  } catch {
    return undefined;
  }
}

/** Reads a text into blocks; the lines of the list that comes with it, if any, are that list. */
export function parse(text: string, points?: Points | null): Block[] {
  if (points) {
    const { ordered, items } = points;
    const lines = items.map((item, index) => `${ordered ? `${index + 1}.` : "-"} ${item}`).join("\n");
    const start = text.indexOf(lines);
    if (lines && start >= 0) {
      return [
        ...parse(text.slice(0, start)),
        { type: "list", ordered, items: items.map(parseInline) },
        ...parse(text.slice(start + lines.length)),
      ];
    }
  }
  const blocks: Block[] = [];
  let open: Block | undefined;
  for (const line of text.split(/\r?\n/)) {
    const item = BULLET.exec(line) ?? NUMBER.exec(line);
    if (!line.trim()) {
      open = undefined;
    } else if (item) {
      const ordered = !BULLET.test(line);
      if (open?.type !== "list" || open.ordered !== ordered) {
        blocks.push((open = { type: "list", ordered, items: [] }));
      }
      open.items.push(parseInline(item[1] ?? ""));
    } else {
      if (open?.type !== "paragraph") blocks.push((open = { type: "paragraph", lines: [] }));
      open.lines.push(parseInline(line));
    }
  }
  return blocks;
}

function parseInline(line: string): Inline[] {
  const parts: Inline[] = [];
  let end = 0;
  for (const match of line.matchAll(INLINE)) {
    const [whole, code, strong, emphasis, linkText, linkAddress, bare] = match;
    parts.push({ type: "text", text: line.slice(end, match.index) });
    end = match.index + whole.length;
    if (code !== undefined) parts.push({ type: "code", text: code });
    else if (strong !== undefined) parts.push({ type: "strong", text: strong });
    else if (emphasis !== undefined) parts.push({ type: "emphasis", text: emphasis });
    else if (bare !== undefined) {
      const address = withoutPunctuation(bare);
      parts.push(link(shortened(address), address, address), { type: "text", text: bare.slice(address.length) });
    } else parts.push(link(linkText ?? "", linkAddress ?? "", whole));
  }
  parts.push({ type: "text", text: line.slice(end) });
  return parts.filter((part) => part.text);
}

function link(text: string, address: string, written: string): Inline {
  const safe = safeAddress(address);
  return safe ? { type: "link", text, address: safe } : { type: "text", text: written };
}

/** An address as a reader wants to see it: where it leads, not every character of the path. */
function shortened(address: string): string {
  const plain = address.replace(/^(?:https?:\/\/(?:www\.)?|mailto:)/, "");
  return plain.length > ADDRESS_LENGTH ? `${plain.slice(0, ADDRESS_LENGTH - 1)}…` : plain;
}

/** An address without the punctuation of the sentence around it. */
function withoutPunctuation(address: string): string {
  const trimmed = address.replace(/[.,;:!?'"’”]{1,8}$/, "");
  return trimmed.endsWith(")") && !trimmed.includes("(") ? trimmed.slice(0, -1) : trimmed;
}
