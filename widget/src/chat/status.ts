import { html, nothing, type LitElement, type TemplateResult } from "lit";
import type { Conversation } from "./conversation";
import { filled, type Labels } from "./labels";

const SLOW_MS = 1500;
const NOTICE_MS = 3000;

/** What the widget has to say of itself: trouble, passing notices, and words for the dots. */
export class Status {
  private notice = "";
  private noticeTimer = 0;
  /** Answers mostly come at once: only one that does not is worth announcing. */
  private slow = false;
  private slowTimer = 0;

  constructor(
    private readonly host: LitElement,
    private readonly labels: Labels,
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
      () => this.announce(this.labels.failed),
    );
  }

  view(): TemplateResult {
    const { labels, conversation, trouble } = this;
    const { name } = conversation.state;
    return html`<div class="status">
      <p class="notice" role="status">${this.notice}</p>
      <div class=${trouble ? "trouble" : ""}>
        <p role="status">${trouble}</p>
        ${name === "offline"
          ? html`<button type="button" @click=${() => conversation.retryNow()}>${labels.retry}</button>`
          : nothing}
      </div>
      <p role="status" class="hidden">
        ${this.slow ? labels.writing : name === "loading" ? labels.loading : ""}
      </p>
    </div>`;
  }

  private get trouble(): string {
    const { labels } = this;
    const { state, waiting } = this.conversation;
    if (state.name === "busy") return filled(labels.busy, state.seconds);
    if (state.name !== "offline") return "";
    return waiting.length ? labels.offline : labels.offlineEmpty;
  }

  private watch(): void {
    clearTimeout(this.slowTimer);
    this.slow &&= this.conversation.state.name === "sending";
    if (this.conversation.state.name !== "sending") return;
    this.slowTimer = setTimeout(() => {
      this.slow = true;
      this.host.requestUpdate();
    }, SLOW_MS);
  }
}
