import { html, nothing, type TemplateResult } from "lit";
import type { Conversation } from "./conversation";
import type { Host } from "./host";
import { filled } from "./labels";

const SECOND_MS = 1000;
const SLOW_MS = 1500;
const NOTICE_MS = 3000;

/** What the widget has to say of itself: trouble, passing notices, and words for the dots. */
export class Status {
  private notice = "";
  private noticeTimer = 0;
  /** Answers mostly come at once: only one that does not is worth announcing. */
  private slow = false;
  private slowTimer = 0;
  /** When a busy server wants to be asked again. */
  private until = 0;
  private countdown = 0;

  constructor(
    private readonly host: Host,
    private readonly conversation: Conversation,
  ) {
    conversation.addEventListener("change", () => this.watch());
  }

  /** Shows a notice for a while. */
  announce(text: string): void {
    clearTimeout(this.noticeTimer);
    this.notice = text;
    this.host.requestUpdate();
    this.noticeTimer = setTimeout(() => {
      this.notice = "";
      this.host.requestUpdate();
    }, NOTICE_MS);
  }

  /** Tells how an action ended. */
  follow(action: Promise<void>, success: string): void {
    action.then(
      () => this.announce(success),
      () => this.announce(this.host.labels.failed),
    );
  }

  view(): TemplateResult {
    const { conversation, trouble } = this;
    const { labels } = this.host;
    const { state } = conversation;
    const canRetry = state.name === "offline" || state.name === "blocked";
    return html`<div class="status">
      <p class="notice" role="status">${this.notice}</p>
      <div class=${trouble ? "trouble" : ""}>
        <p role="status">${state.name === "busy" ? nothing : trouble}</p>
        ${state.name === "busy" ? html`<p class="countdown" aria-hidden="true">${trouble}</p>` : nothing}
        ${canRetry
          ? html`<button type="button" @click=${conversation.retryNow}>${labels.retry}</button>`
          : nothing}
      </div>
      <p role="status" class="hidden">
        ${state.name === "busy"
          ? filled(labels.busy, state.seconds) // said once, and not each second
          : this.slow
            ? labels.writing
            : state.name === "loading"
              ? labels.loading
              : ""}
      </p>
    </div>`;
  }

  private get trouble(): string {
    const { labels } = this.host;
    const { state, waiting } = this.conversation;
    if (state.name === "busy") {
      return filled(labels.busy, Math.max(1, Math.ceil((this.until - Date.now()) / 1000)));
    }
    if (state.name === "blocked") return labels.blocked;
    if (state.name !== "offline") return "";
    return waiting.length ? labels.offline : labels.offlineEmpty;
  }

  private watch(): void {
    const { state } = this.conversation;
    clearInterval(this.countdown);
    if (state.name === "busy") {
      this.until = Math.max(this.until, Date.now() + state.seconds * 1000);
      this.countdown = setInterval(() => this.host.requestUpdate(), SECOND_MS);
    } else {
      this.until = 0;
    }
    clearTimeout(this.slowTimer);
    this.slow &&= state.name === "sending";
    if (state.name !== "sending") return;
    this.slowTimer = setTimeout(() => {
      this.slow = true;
      this.host.requestUpdate();
    }, SLOW_MS);
  }
}
