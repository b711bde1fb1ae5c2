import type { ChatEvents, Language } from "./api";

/** What the page sets, as the chat window gets it. */
export interface Settings {
  /** Address of the server, without a slash at its end. */
  readonly server: string;
  readonly language: Language;
  /** Whether the chat stands in the page instead of above it. */
  readonly inline: boolean;
  readonly position: string | undefined;
  readonly title: string | undefined;
  readonly subtitle: string | undefined;
  readonly greeting: string | undefined;
  readonly logo: string | undefined;
  readonly contact: string | undefined;
  readonly teaser: string | undefined;
  /** First questions to offer; undefined for those that come with the widget. */
  readonly questions: readonly string[] | undefined;
  /** Own texts, as JSON. */
  readonly labels: string | undefined;
}

/** Tells the page of an event. */
export type Emit = <Name extends keyof ChatEvents>(name: Name, detail: ChatEvents[Name]) => void;

/** The chat window. */
export interface Panel extends HTMLElement {
  /** Shows the window. Without `focus` the focus stays where it is. */
  show(focus: boolean): void;
  hide(): void;
  send(text: string): void;
  apply(settings: Settings): void;
  /** Ends what goes on in the background. */
  end(): void;
}

/** The element in the page, as the loader hands it to the chat. */
export interface Frame extends HTMLElement {
  readonly layer: HTMLElement;
  readonly launcher: HTMLElement;
  readonly server: string;
  readonly language: Language;
  readonly emit: Emit;
}

/** What the loader asks of the chat once it is loaded. */
export interface Control {
  /** Without `focus` the focus stays where it is. */
  open(focus: boolean): void;
  close(): void;
  send(text: string): void;
  /** Reads anew what the page has set. */
  refresh(): void;
  end(): void;
}

/** What the file of the chat exports; kept so, as a loader may be older than the chat it finds. */
export interface Loaded {
  attach(frame: Frame): Promise<Control>;
}

/** Where the chat takes all of a screen, and what is behind must not have the focus. */
export const SMALL = "(max-width: 479.98px), (max-height: 479.98px)";

/** Key under which a browser keeps what belongs to the chat of one server. */
export function storageKey(server: string): string {
  return `two-roles-chat ${server}`;
}

/** What the tab keeps; nothing where pages may not store anything. */
export const tab = {
  get(key: string): string | null {
    try {
      return sessionStorage.getItem(key);
    } catch {
      return null;
    }
  },
  set(key: string, value: string): void {
    try {
      sessionStorage.setItem(key, value);
    } catch {
      // Then the next page does not know.
    }
  },
};

/** Whether a directive of the page's policy has kept a server away since this was called. */
export function watchPolicy(server: string, directive: string): () => boolean {
  const { origin } = new URL(server);
  let forbidden = false;
  document.addEventListener("securitypolicyviolation", (event) => {
    const { blockedURI, disposition, effectiveDirective } = event;
    forbidden ||=
      disposition === "enforce" && effectiveDirective.startsWith(directive) && blockedURI.startsWith(origin);
  });
  // The browser reports it in a task of its own.
  return () => forbidden;
}
