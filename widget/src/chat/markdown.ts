/** Reads Markdown with marked; loaded with the first text that has any. */
import { Lexer, type Token, type Tokens } from "marked";
import type { Block, Inline } from "./rich-text";

/** Characters of a bare address that are shown: about a line of the chat. */
const ADDRESS_LENGTH = 40;

type SafeAddress = (address: string) => string | undefined;

/**
 * Reads a text into blocks. What is not of the little that answers may use stays as written.
 *
 * @param safe Tells where a link may lead. Given, not imported: what two files of the build share
 *     would be a third one.
 */
export function read(text: string, safe: SafeAddress): Block[] {
  const usual = text.replace(/^(\s*)•(?=\s)/gm, "$1-");
  return new Lexer({ gfm: true, breaks: true }).lex(usual).flatMap((token) => blocks(token, safe));
}

function blocks(token: Token, safe: SafeAddress): Block[] {
  if (token.type === "space") return [];
  if (token.type === "list") {
    const { ordered, start, items } = token as Tokens.List;
    const inside = items.map(({ tokens }) => together(tokens).flatMap((each) => blocks(each, safe)));
    return [{ type: "list", ordered, start: Number(start), items: inside }];
  }
  if (token.type === "code") {
    const lines = (token as Tokens.Code).text.split("\n");
    return [{ type: "paragraph", lines: lines.map((line) => [{ type: "code", text: line }]) }];
  }
  const parts = token.type === "paragraph" || token.type === "text" ? inlineOf(token, safe) : [written(token)];
  return [{ type: "paragraph", lines: linesOf(parts) }];
}

/** The tokens of an item; the box of a task is one of its own beside the text that it stands before. */
function together(tokens: Token[]): Token[] {
  if (tokens[0]?.type !== "checkbox") return tokens;
  return [{ type: "paragraph", raw: "", tokens: tokens.slice(0, 2) }, ...tokens.slice(2)];
}

function inlineOf(token: Token, safe: SafeAddress): Inline[] {
  const { tokens } = token as Tokens.Generic;
  const inside = () => (tokens ?? []).flatMap((each) => inlineOf(each, safe));
  if (token.type === "strong") return marked(inside(), "strong");
  if (token.type === "em") return marked(inside(), "emphasis");
  if (token.type === "codespan") return [{ type: "code", text: (token as Tokens.Codespan).text }];
  if (token.type === "link") return [link(token as Tokens.Link, safe)];
  if (token.type === "br") return [{ type: "text", text: "\n" }];
  if (token.type === "escape") return [{ type: "text", text: (token as Tokens.Escape).text }];
  return token.type === "paragraph" || (token.type === "text" && tokens) ? inside() : [written(token)];
}

function written({ raw }: Token): Inline {
  return { type: "text", text: raw.replace(/\n+$/, "") };
}

function marked(parts: Inline[], type: "strong" | "emphasis"): Inline[] {
  return parts.map((part) => (part.type === "text" ? { type, text: part.text } : part));
}

function link({ href, text, raw }: Tokens.Link, safe: SafeAddress): Inline {
  const address = safe(href);
  if (!address) return { type: "text", text: raw };
  return { type: "link", text: raw.startsWith("[") ? text : shortened(raw), address };
}

/** An address as a reader wants to see it: where it leads, not every character of the path. */
function shortened(address: string): string {
  const plain = address.replace(/^<|>$/g, "").replace(/^(?:https?:\/\/(?:www\.)?|mailto:)/, "");
  return plain.length > ADDRESS_LENGTH ? `${plain.slice(0, ADDRESS_LENGTH - 1)}…` : plain;
}

function linesOf(parts: Inline[]): Inline[][] {
  const lines: Inline[][] = [[]];
  for (const part of parts) {
    part.text.split("\n").forEach((text, index) => {
      if (index) lines.push([]);
      if (text) lines.at(-1)?.push({ ...part, text });
    });
  }
  return lines;
}
