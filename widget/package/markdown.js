// src/chat/markdown.ts
import { Lexer } from "marked";
var ADDRESS_LENGTH = 40;
var safeAddress;
function read(text, safe) {
  safeAddress = safe;
  const usual = text.replace(/^(\s*)•(?=\s)/gm, "$1-");
  return new Lexer({ gfm: true, breaks: true }).lex(usual).flatMap(blocks);
}
function blocks(token) {
  if (token.type === "space") return [];
  if (token.type === "list") {
    const { ordered, items } = token;
    return [{ type: "list", ordered, items: items.map((item) => item.tokens.flatMap(inlineOf)) }];
  }
  if (token.type === "code") {
    const lines = token.text.split("\n");
    return [{ type: "paragraph", lines: lines.map((line) => [{ type: "code", text: line }]) }];
  }
  const parts = token.type === "paragraph" || token.type === "text" ? inlineOf(token) : [written(token)];
  return [{ type: "paragraph", lines: linesOf(parts) }];
}
function inlineOf(token) {
  const { tokens } = token;
  const inside = () => (tokens ?? []).flatMap(inlineOf);
  if (token.type === "strong") return marked(inside(), "strong");
  if (token.type === "em") return marked(inside(), "emphasis");
  if (token.type === "codespan") return [{ type: "code", text: token.text }];
  if (token.type === "link") return [link(token)];
  if (token.type === "br") return [{ type: "text", text: "\n" }];
  if (token.type === "escape") return [{ type: "text", text: token.text }];
  if (token.type === "list") return token.items.flatMap((item) => [newLine, ...item.tokens.flatMap(inlineOf)]);
  return token.type === "paragraph" || token.type === "text" && tokens ? inside() : [written(token)];
}
var newLine = { type: "text", text: "\n" };
function written({ raw }) {
  return { type: "text", text: raw.replace(/\n+$/, "") };
}
function marked(parts, type) {
  return parts.map((part) => part.type === "text" ? { type, text: part.text } : part);
}
function link({ href, text, raw }) {
  const address = safeAddress(href);
  if (!address) return { type: "text", text: raw };
  return { type: "link", text: raw.startsWith("[") ? text : shortened(raw), address };
}
function shortened(address) {
  const plain = address.replace(/^<|>$/g, "").replace(/^(?:https?:\/\/(?:www\.)?|mailto:)/, "");
  return plain.length > ADDRESS_LENGTH ? `${plain.slice(0, ADDRESS_LENGTH - 1)}…` : plain;
}
function linesOf(parts) {
  const lines = [[]];
  for (const part of parts) {
    part.text.split("\n").forEach((text, index) => {
      if (index) lines.push([]);
      if (text) lines.at(-1)?.push({ ...part, text });
    });
  }
  return lines;
}
export {
  read
};
