import { svg, type TemplateResult } from "lit";

function icon(path: string): TemplateResult {
  return svg`<svg viewBox="0 0 24 24" aria-hidden="true"><path d=${path}></path></svg>`;
}

export const CLOSE = icon("m6 6 12 12M18 6 6 18");
export const MORE = icon("M5 12h.01M12 12h.01M19 12h.01");
export const SEND = icon("M12 19V5M5.5 11.5 12 5l6.5 6.5");
export const CHEVRON = icon("m9 6 6 6-6 6");
export const THUMB = icon(
  "M7 10.5 11 3c1.5 0 2.6 1.1 2.6 2.6L13 9.5h5.2a2 2 0 0 1 2 2.4l-1.3 6.5a2 2 0 0 1-2 1.6H7M7 10.5V20H4.5a1 1 0 0 1-1-1v-7.5a1 1 0 0 1 1-1H7Z",
);
export const ROLES = icon("M3 12a6 6 0 1 0 12 0a6 6 0 1 0-12 0M9 12a6 6 0 1 0 12 0a6 6 0 1 0-12 0");
