/** Shapes of what the web channel sends (see channels/webchat), and what reads them. */
import type { Source } from "../api";

export interface Button {
  title: string;
  payload: string;
}

export interface Table {
  columns: string[];
  rows: string[][];
}

/** A list, which the text has as lines. */
export interface Points {
  ordered: boolean;
  items: string[];
}

export interface Reply {
  text: string;
  kind: string;
  verdict: string;
  statements: string[];
  buttons: Button[];
  table?: Table | null;
  points?: Points | null;
  image?: string | null;
  source?: Source | null;
  /** Handle under which feedback on this reply is given. */
  answer?: string | null;
}

export interface VisitorMessage {
  from: "visitor";
  id: string;
  text: string;
  /** When it was said, as ISO 8601. */
  time?: string;
  /** The order to the assistant that it is, if it is no question. */
  order?: string;
}

export type AssistantMessage = { from: "assistant"; time?: string } & Reply;

/** What the widget itself says in between; it is on no server. */
export interface Note {
  from: "note";
  about: "ended" | "refused";
  text: string;
  time?: string;
}

export type Message = VisitorMessage | AssistantMessage | Note;

/** A message on its way: typed, or the press of a button that the server offered. */
export interface Outgoing {
  id: string;
  text: string;
  payload?: string;
}

type Raw = Record<string, unknown>;

/**
 * A reply as the server sent it. What is not of its shape is left out: it may come from another
 * version, and must not take the rest of the conversation away.
 */
export function readReply(value: unknown): Reply {
  const raw = asRecord(value);
  const { table, points, source } = raw;
  return {
    text: asText(raw["text"]),
    kind: asText(raw["kind"]),
    verdict: asText(raw["verdict"]),
    statements: asList(raw["statements"]).map(String),
    buttons: asList(raw["buttons"]).filter(isButton),
    table: isTable(table) ? table : null,
    points: isPoints(points) ? points : null,
    image: asText(raw["image"]) || null,
    source: isSource(source) ? source : null,
    answer: asText(raw["answer"]) || null,
  };
}

/** A message of a conversation's history; undefined for one that is nobody's. */
export function readMessage(value: unknown): VisitorMessage | AssistantMessage | undefined {
  const raw = asRecord(value);
  const said = { ...(isText(raw["time"]) && { time: raw["time"] }) };
  if (raw["from"] === "assistant") return { from: "assistant", ...said, ...readReply(raw) };
  if (raw["from"] !== "visitor") return undefined;
  const order = raw["order"];
  return {
    from: "visitor",
    ...said,
    id: asText(raw["id"]),
    text: asText(raw["text"]),
    ...(isText(order) && { order }),
  };
}

export function isOutgoing(value: unknown): value is Outgoing {
  const { id, text, payload } = asRecord(value);
  return isText(id) && isText(text) && (payload === undefined || isText(payload));
}

export function asRecord(value: unknown): Raw {
  return typeof value === "object" && value !== null ? (value as Raw) : {};
}

export function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function asText(value: unknown): string {
  return isText(value) ? value : "";
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(isText);
}

function isButton(value: unknown): value is Button {
  const { title, payload } = asRecord(value);
  return isText(title) && isText(payload);
}

function isTable(value: unknown): value is Table {
  const { columns, rows } = asRecord(value);
  return isTexts(columns) && Array.isArray(rows) && rows.every(isTexts);
}

function isPoints(value: unknown): value is Points {
  return isTexts(asRecord(value)["items"]);
}

function isSource(value: unknown): value is Source {
  const { title, publisher, published } = asRecord(value);
  return isText(title) && isText(publisher) && isText(published);
}
