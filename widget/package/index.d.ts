/** Languages that the labels speak. */
export type Language = "ar" | "de" | "en" | "es" | "fr" | "it" | "ja" | "nl" | "pl" | "pt";

/** What a page may set: as attributes (`data-launcher-label`), or with `configure`. */
export interface ChatOptions {
  /** Address of the assistant's server; else the folder that the script came from. */
  server?: string | null;
  /** Heading of the chat. */
  title?: string | null;
  /** The line below the heading; an empty one leaves it out. */
  subtitle?: string | null;
  /** First message. */
  greeting?: string | null;
  /** First questions to offer. */
  questions?: readonly string[] | null;
  /** Any CSS colour; what is written on it or in it is kept readable. */
  accent?: string | null;
  position?: "right" | "left" | null;
  language?: Language | null;
  /** Opens the chat with the page, once, where it does not cover the page. */
  open?: boolean | null;
  /** Address of a picture, in place of the mark beside the heading. */
  logo?: string | null;
  /** Address of a picture, in place of the launcher's. */
  launcherIcon?: string | null;
  /** Words on the launcher. */
  launcherLabel?: string | null;
  /** A line beside the launcher, shown to each visitor once. */
  teaser?: string | null;
  /** Where one talks to a person: an address (https://...) or a mail address. */
  contact?: string | null;
  /** Own texts in place of those of the widget, by their names. */
  labels?: Readonly<Record<string, string>> | null;
}

/** Where an answer is from. */
export interface Source {
  section?: string | null;
  title: string;
  publisher: string;
  published: string;
  reference?: { author: string; title: string; published: string; address: string } | null;
}

/** Events, and what their listeners get. */
export interface ChatEvents {
  /** The chat was opened. */
  open: undefined;
  /** The chat was closed. */
  close: undefined;
  /** Something was said. */
  message: { from: "visitor" | "assistant"; text: string };
  /** A question was answered: one event for each reply to it. */
  answer: {
    question: string;
    text: string;
    kind: string;
    verdict: string;
    statements: readonly string[];
    source: Source | null;
    /** The answer's handle, as the event `feedback` has it. */
    answer: string | null;
  };
  /** A visitor told whether an answer helped. */
  feedback: { answer: string; helpful: boolean };
  /** The server cannot be reached; what is typed is kept. */
  offline: undefined;
  /** The server can be reached again. */
  online: undefined;
  /** How many answers came while the chat was closed; 0 once it is opened. */
  unread: { count: number };
  /**
   * The chat could not be loaded (`load`), the page's policy forbids it (`policy`), or the server
   * does not allow this site (`origin`).
   */
  error: { message: string; reason: "load" | "policy" | "origin" };
}

/** The chat, as a page drives it. */
export interface Chat {
  /** Opens the chat; resolves when it can be used, also if it could not be loaded. */
  open(): Promise<void>;
  /** Closes the chat and gives the focus back to where it came from. */
  close(): void;
  /** Opens the chat and sends a text as if the visitor had typed it. */
  send(text: string): Promise<void>;
  /** Listens to an event; returns a function that stops listening. */
  on<Name extends keyof ChatEvents>(
    name: Name,
    listener: (detail: ChatEvents[Name]) => void,
  ): () => void;
  /** Changes settings; null takes one back. */
  configure(options: ChatOptions): void;
  /** Takes the chat out of the page. What was said is kept. */
  destroy(): void;
}

/** Puts the chat into the page's corner. */
export declare function createChat(options: ChatOptions & { server: string }): Chat;

declare global {
  interface HTMLElementTagNameMap {
    "two-roles-chat": HTMLElement & Chat;
  }
  interface Window {
    TwoRolesChat?: Chat;
  }
}
