/** Shapes of what the web channel sends; see channels/webchat. */

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

export interface Reference {
  author: string;
  title: string;
  published: string;
  address: string;
}

export interface Source {
  section?: string | null;
  title: string;
  publisher: string;
  published: string;
  reference?: Reference | null;
}

export interface Reply {
  text: string;
  kind?: string;
  buttons?: Button[];
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
}

export type AssistantMessage = { from: "assistant" } & Reply;

/** What the widget itself says in between; it is on no server. */
export interface Note {
  from: "note";
  about: "ended" | "refused";
  text?: string;
}

export type Message = VisitorMessage | AssistantMessage | Note;

/** A message on its way: typed, or the press of a button that the server offered. */
export interface Outgoing {
  id: string;
  text: string;
  payload?: string;
}
