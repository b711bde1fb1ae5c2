import type { LitElement } from "lit";
import type { Settings } from "../settings";
import type { Labels } from "./labels";

/** What the parts of the chat window know of it: it shows them, and has texts and settings. */
export interface Host extends LitElement {
  readonly labels: Labels;
  readonly settings: Settings;
  /** Whether the labels run from right to left. */
  readonly direction: "ltr" | "rtl";
}
