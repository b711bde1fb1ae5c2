/** What the loader and the chat both know. */
import type { ChatEvents, Language } from "./api";

/** Tells the page of an event. */
export type Emit = <Name extends keyof ChatEvents>(name: Name, detail: ChatEvents[Name]) => void;

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
