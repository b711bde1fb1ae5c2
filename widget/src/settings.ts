/** What the page sets, as the loader hands it to the chat. */
export interface Settings {
  /** Address of the server that the loader came from, without a slash at its end. */
  readonly server: string;
  readonly language: Language;
  readonly title: string | undefined;
  readonly greeting: string | undefined;
  /** First questions to offer; undefined for those that come with the widget. */
  readonly questions: readonly string[] | undefined;
}

export const LANGUAGES = ["en", "de", "fr", "es", "ar"] as const;
export type Language = (typeof LANGUAGES)[number];

/** What the loader asks of the chat once it is loaded. */
export interface Panel extends HTMLElement {
  show(): void;
  hide(): void;
  send(text: string): void;
}

/** Events of the JavaScript API, and what their listeners get. */
export interface ChatEvents {
  open: undefined;
  close: undefined;
  message: { from: "visitor" | "assistant"; text: string };
  error: { message: string };
}
