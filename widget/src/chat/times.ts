import { html, type TemplateResult } from "lit";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

interface Formats {
  readonly full: Intl.DateTimeFormat;
  readonly day: Intl.DateTimeFormat;
  readonly clock: Intl.DateTimeFormat;
  readonly passed: Intl.RelativeTimeFormat;
  readonly days: Intl.RelativeTimeFormat;
}

/** Kept, as they take long to make, and each message needs some whenever anything is shown anew. */
const FORMATS = new Map<string, Formats>();

/** When something was said: relative, and in full where one points. */
export function timeView(time: string, language: string): TemplateResult {
  const date = new Date(time);
  const full = formatsIn(language).full.format(date);
  // Not announced when it changes: only the conversation is.
  return html`<time class="time" datetime=${time} title=${full} aria-live="off">${ago(date, language)}</time>`;
}

/** The day of a message that is not of the same day as the one before; undefined if it is. */
export function dayBetween(before: string | undefined, time: string, language: string): string | undefined {
  const date = new Date(time);
  const days = dayNumber(date) - dayNumber(new Date());
  if (before ? dayNumber(new Date(before)) === dayNumber(date) : days === 0) return undefined;
  const formats = formatsIn(language);
  return days >= -1 ? formats.days.format(days, "day") : formats.day.format(date);
}

/** Whether a text is a time that can be shown. */
export function isTime(time: string | undefined): time is string {
  return time !== undefined && !Number.isNaN(Date.parse(time));
}

function ago(date: Date, language: string): string {
  const passed = Math.max(0, Date.now() - date.getTime());
  const formats = formatsIn(language);
  if (passed < MINUTE_MS) return formats.passed.format(0, "second");
  if (passed < HOUR_MS) return formats.passed.format(-Math.floor(passed / MINUTE_MS), "minute");
  if (passed < DAY_MS) return formats.passed.format(-Math.floor(passed / HOUR_MS), "hour");
  return formats.clock.format(date);
}

function dayNumber(date: Date): number {
  return Math.floor((date.getTime() - date.getTimezoneOffset() * MINUTE_MS) / DAY_MS);
}

function formatsIn(language: string): Formats {
  let formats = FORMATS.get(language);
  if (!formats) {
    formats = {
      full: new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" }),
      day: new Intl.DateTimeFormat(language, { dateStyle: "full" }),
      clock: new Intl.DateTimeFormat(language, { timeStyle: "short" }),
      passed: new Intl.RelativeTimeFormat(language, { numeric: "auto", style: "short" }),
      days: new Intl.RelativeTimeFormat(language, { numeric: "auto" }),
    };
    FORMATS.set(language, formats);
  }
  return formats;
}
