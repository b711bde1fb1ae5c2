import { html, type TemplateResult } from "lit";
import type { Host } from "./host";
import { SEND } from "./icons";
import { filled } from "./labels";
import { tab } from "./store";

const COUNTER_FROM = 0.85; // of the limit
/** What a key has as its code while an input method composes, in Safari also a moment longer. */
const COMPOSING = 229;

/** Whether a key belongs to an input method that is composing a word. */
export function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === COMPOSING;
}

/** Where the visitor writes. What is not sent yet stays for the tab. */
export class Composer {
  private draft: string;

  /**
   * @param host The element that shows it.
   * @param key Under which the tab keeps what is being written.
   * @param limit How many characters a message may have.
   * @param send Takes a finished message.
   */
  constructor(
    private readonly host: Host,
    private readonly key: string,
    private readonly limit: () => number,
    private readonly send: (text: string) => void,
  ) {
    this.draft = tab.get(key) ?? "";
  }

  focus(): void {
    this.field.focus({ preventScroll: true });
  }

  view(): TemplateResult {
    const { left, draft } = this;
    const { labels, direction } = this.host;
    const near = left <= this.limit() * (1 - COUNTER_FROM);
    const count = left < 0 ? filled(labels.tooMany, -left) : near ? filled(labels.left, left) : "";
    return html`<form class=${left < 0 ? "over" : ""} @submit=${this.submit}>
      <label class="hidden" for="field">${labels.field}</label>
      <textarea
        id="field"
        rows="1"
        dir=${draft ? "auto" : direction}
        enterkeyhint="send"
        autocomplete="off"
        placeholder=${labels.field}
        aria-describedby="count"
        aria-invalid=${left < 0}
        .value=${draft}
        @input=${() => this.write(this.field.value)}
        @keydown=${this.onKey}
      ></textarea>
      <button
        type="submit"
        class="send"
        aria-label=${labels.send}
        title=${labels.send}
        ?disabled=${!this.text || left < 0}
      >
        ${SEND}
      </button>
      <p class="count" id="count" role="status">${count}</p>
    </form>`;
  }

  private get field(): HTMLTextAreaElement {
    return this.host.renderRoot.querySelector("textarea") as HTMLTextAreaElement;
  }

  private get text(): string {
    return this.draft.trim();
  }

  /** Characters left, counted as the server counts them: by code points. */
  private get left(): number {
    return this.limit() - [...this.text].length;
  }

  private write(text: string): void {
    const { field } = this;
    this.draft = text;
    tab.set(this.key, text);
    if (field.value !== text) field.value = text;
    // Where the browser cannot let the field grow with its text.
    if (!CSS.supports("field-sizing", "content")) {
      field.style.height = "auto";
      field.style.height = `${field.scrollHeight}px`;
    }
    this.host.requestUpdate();
  }

  private readonly submit = (event: Event): void => {
    event.preventDefault();
    if (!this.text || this.left < 0) return;
    this.send(this.text);
    this.write("");
    this.focus();
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && !event.shiftKey && !isComposing(event)) this.submit(event);
  };
}
