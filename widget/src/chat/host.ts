import type { LitElement } from "lit";
import type { Language } from "../api";
import type { Labels } from "./labels";

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

/** What the parts of the chat window know of it: it shows them, and has texts and settings. */
export interface Host extends LitElement {
  readonly labels: Labels;
  readonly settings: Settings;
  /** Whether the labels run from right to left. */
  readonly direction: "ltr" | "rtl";
}
