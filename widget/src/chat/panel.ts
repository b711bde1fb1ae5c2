import { html, LitElement, nothing, unsafeCSS, type TemplateResult } from "lit";
import type { Panel, Settings } from "../settings";
import { Conversation } from "./conversation";
import { CLOSE, MORE, ROLES, SEND } from "./icons";
import { filled, FIRST_QUESTIONS, LABELS, type Labels } from "./labels";
import { assistantView, greetingView, noteView, visitorView } from "./message-view";
import type { Button } from "./messages";
import styles from "./panel.css";
import { download, transcript } from "./transcript";

const COUNTER_FROM = 0.85; // of the limit
const SLOW_MS = 1500;
const NOTICE_MS = 3000;
// Where there is little room the chat takes all of it, and what is behind must not have the focus.
const SMALL = "(max-width: 479.98px), (max-height: 479.98px)";

type Sheet = "stored" | "remove";

/** The chat window: everything but the launcher. */
export class ChatPanel extends LitElement implements Panel {
  static override styles = unsafeCSS(styles);

  private readonly labels: Labels;
  private readonly conversation: Conversation;
  private readonly small = matchMedia(SMALL);
  private draft = "";
  private menuOpen = false;
  private sheet: Sheet | undefined;
  private notice = "";
  private noticeTimer = 0;
  private slow = false;
  private slowTimer = 0;
  private shown = 0;

  constructor(private readonly settings: Settings) {
    super();
    this.labels = LABELS[settings.language];
    this.conversation = new Conversation(settings.server);
    this.conversation.addEventListener("change", () => this.follow());
    this.conversation.addEventListener("said", (event) => {
      this.tell("panel-message", (event as CustomEvent<unknown>).detail);
    });
    this.small.addEventListener("change", () => {
      if (this.dialog.open) this.reopen();
    });
  }

  /** Shows the window and puts the focus where one writes. */
  show(): void {
    // The first time, the window is not rendered before the element is connected.
    void this.updateComplete.then(() => {
      this.reopen();
      this.focusField();
      this.scrollToNewest();
    });
  }

  hide(): void {
    this.menuOpen = false;
    this.dialog.close();
    this.requestUpdate();
  }

  send(text: string, payload?: string): void {
    if (text.trim()) this.conversation.send(text.trim(), payload);
  }

  private get dialog(): HTMLDialogElement {
    return this.find<HTMLDialogElement>(".panel");
  }

  private find<Part extends HTMLElement>(selector: string): Part {
    return this.renderRoot.querySelector<Part>(selector) as Part;
  }

  private reopen(): void {
    const focused = this.shadowRoot?.activeElement as HTMLElement | null;
    this.dialog.close();
    if (this.small.matches) this.dialog.showModal();
    else this.dialog.show();
    focused?.focus();
  }

  private tell(name: string, detail?: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  private follow(): void {
    const sending = this.conversation.state.name === "sending";
    if (!sending) this.slow = false;
    clearTimeout(this.slowTimer);
    if (sending && !this.slow) {
      this.slowTimer = setTimeout(() => {
        this.slow = true;
        this.requestUpdate();
      }, SLOW_MS);
    }
    this.requestUpdate();
  }

  // --- what the visitor does ---------------------------------------------------------------

  private submit(event?: Event): void {
    event?.preventDefault();
    if (!this.draft.trim() || this.left < 0) return;
    this.send(this.draft);
    this.write("");
    this.focusField();
  }

  private write(text: string): void {
    this.draft = text;
    const field = this.find<HTMLTextAreaElement>("textarea");
    if (field.value !== text) field.value = text;
    // Where the browser cannot let the field grow with its text.
    if (!CSS.supports("field-sizing", "content")) {
      field.style.height = "auto";
      field.style.height = `${field.scrollHeight}px`;
    }
    this.requestUpdate();
  }

  private press({ title, payload }: Button): void {
    this.send(title, payload);
    this.focusAfterPress();
  }

  private ask(question: string): void {
    this.send(question);
    this.focusAfterPress();
  }

  /** What was pressed goes away; on a touch screen the field would call the keyboard up. */
  private focusAfterPress(): void {
    if (matchMedia("(pointer: coarse)").matches) this.find(".log").focus({ preventScroll: true });
    else this.focusField();
  }

  private focusField(): void {
    this.find("textarea").focus({ preventScroll: true });
  }

  private onFieldKey(event: KeyboardEvent): void {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) this.submit(event);
  }

  private onKey(event: KeyboardEvent): void {
    // The page's own shortcuts take the chat for no text field.
    event.stopPropagation();
    if (event.key !== "Escape" || event.isComposing || this.sheet) return;
    event.preventDefault();
    if (this.menuOpen) this.closeMenu();
    else this.tell("panel-close");
  }

  private toggleMenu(): void {
    this.menuOpen = !this.menuOpen;
    this.requestUpdate();
    if (this.menuOpen) void this.updateComplete.then(() => this.find(".menu button").focus());
  }

  private closeMenu(): void {
    this.menuOpen = false;
    this.find(".more").focus();
    this.requestUpdate();
  }

  private onMenuBlur(event: FocusEvent): void {
    const next = event.relatedTarget;
    const menu = event.currentTarget as HTMLElement;
    if (next instanceof Node && menu.contains(next)) return;
    this.menuOpen = false;
    this.requestUpdate();
  }

  private choose(action: () => void): () => void {
    return () => {
      this.closeMenu();
      action();
    };
  }

  private openSheet(sheet: Sheet): void {
    this.sheet = sheet;
    this.requestUpdate();
    void this.updateComplete.then(() => this.find<HTMLDialogElement>(".sheet").showModal());
  }

  private closeSheet(): void {
    this.find<HTMLDialogElement>(".sheet").close();
  }

  private onSheetClosed(): void {
    this.sheet = undefined;
    this.requestUpdate();
  }

  private announce(text: string): void {
    this.notice = text;
    clearTimeout(this.noticeTimer);
    this.noticeTimer = setTimeout(() => this.announce(""), text ? NOTICE_MS : 0);
    if (!text) clearTimeout(this.noticeTimer);
    this.requestUpdate();
  }

  private attempt(action: Promise<void>, success: string): void {
    action.then(
      () => this.announce(success),
      () => this.announce(this.labels.failed),
    );
  }

  private get text(): string {
    return transcript(this.conversation.messages, this.labels);
  }

  private readonly menuItems = (): [string, () => void][] => [
    [this.labels.copy, () => this.attempt(this.copy(), this.labels.copied)],
    [this.labels.save, () => download(this.text, "conversation.txt")],
    [this.labels.startOver, () => this.ask("Start over")],
    [this.labels.stored, () => this.openSheet("stored")],
    [this.labels.remove, () => this.openSheet("remove")],
  ];

  private async copy(): Promise<void> {
    await navigator.clipboard.writeText(this.text); // on insecure pages there is no clipboard
  }

  private forget(): void {
    this.closeSheet();
    this.attempt(this.conversation.forget(), this.labels.removed);
    this.focusField();
  }

  // --- what it looks like ------------------------------------------------------------------

  private get left(): number {
    return this.conversation.kept.maxCharacters - [...this.draft.trim()].length;
  }

  protected override render(): TemplateResult {
    const { labels, settings } = this;
    return html`<dialog
      class="panel"
      lang=${settings.language}
      dir=${settings.language === "ar" ? "rtl" : "ltr"}
      aria-labelledby="title"
      @keydown=${this.onKey}
      @cancel=${(event: Event) => event.preventDefault()}
    >
      <div class="head">
        <span class="mark">${ROLES}</span>
        <div class="names">
          <h2 id="title">${settings.title ?? labels.title}</h2>
          <p>${labels.subtitle}</p>
        </div>
        <div @focusout=${this.onMenuBlur}>
          <button
            type="button"
            class="icon more"
            aria-label=${labels.menu}
            title=${labels.menu}
            aria-expanded=${this.menuOpen}
            aria-controls="menu"
            @click=${this.toggleMenu}
          >
            ${MORE}
          </button>
          <ul class="menu" id="menu" ?hidden=${!this.menuOpen}>
            ${this.menuItems().map(
              ([label, action]) => html`<li><button type="button" @click=${this.choose(action)}>${label}</button></li>`,
            )}
          </ul>
        </div>
        <button
          type="button"
          class="icon"
          aria-label=${labels.close}
          title=${labels.close}
          @click=${() => this.tell("panel-close")}
        >
          ${CLOSE}
        </button>
      </div>
      <div class="log" role="log" tabindex="0" aria-label=${labels.conversation}>
        ${this.messagesView()}
      </div>
      ${this.statusView()}
      ${this.composerView()}
      ${this.sheetView()}
    </dialog>`;
  }

  private messagesView(): unknown {
    const { labels, settings, conversation } = this;
    const { messages, waiting } = conversation;
    const context = {
      labels,
      server: settings.server,
      rated: conversation.kept.rated,
      rate: (answer: string, helpful: boolean) =>
        this.attempt(conversation.rate(answer, helpful), labels.thanks),
    };
    const said = messages.map((message) =>
      message.from === "visitor"
        ? visitorView(message.text, false, labels)
        : message.from === "note"
          ? noteView(message, labels)
          : assistantView(message, context),
    );
    // One list, so that a message keeps its element when it arrives and is not read out twice.
    const all = [...said, ...waiting.map((message) => visitorView(message.text, true, labels))];
    return html`${greetingView(settings.greeting ?? labels.greeting, labels)} ${all}
    ${all.length ? nothing : this.firstQuestionsView()} ${this.repliesView()}
    ${conversation.state.name === "sending"
      ? html`<div class="typing" aria-hidden="true"><i></i><i></i><i></i></div>`
      : nothing}`;
  }

  private firstQuestionsView(): TemplateResult {
    const questions = this.settings.questions ?? FIRST_QUESTIONS;
    return html`<ul class="replies first" aria-label=${this.labels.firstQuestions}>
      ${questions.map(
        (question) =>
          html`<li><button type="button" lang="en" dir="auto" @click=${() => this.ask(question)}>${question}</button></li>`,
      )}
    </ul>`;
  }

  private repliesView(): unknown {
    const { messages, waiting } = this.conversation;
    const last = messages.at(-1);
    if (last?.from !== "assistant" || !last.buttons?.length || waiting.length) return nothing;
    return html`<ul class="replies" aria-label=${this.labels.suggestions}>
      ${last.buttons.map(
        (button) =>
          html`<li><button type="button" lang="en" dir="auto" @click=${() => this.press(button)}>${button.title}</button></li>`,
      )}
    </ul>`;
  }

  private statusView(): TemplateResult {
    const { state, waiting } = this.conversation;
    const { labels } = this;
    const trouble =
      state.name === "offline"
        ? waiting.length
          ? labels.offline
          : labels.offlineEmpty
        : state.name === "busy"
          ? filled(labels.busy, state.seconds)
          : "";
    return html`<div class="status">
      <p class="notice" role="status">${this.notice}</p>
      <div class=${trouble ? "trouble" : ""}>
        <p role="status">${trouble}</p>
        ${state.name === "offline"
          ? html`<button type="button" @click=${() => this.conversation.retryNow()}>${labels.retry}</button>`
          : nothing}
      </div>
      <p role="status" class="hidden">
        ${this.slow ? labels.writing : state.name === "loading" ? labels.loading : ""}
      </p>
    </div>`;
  }

  private composerView(): TemplateResult {
    const { labels, left } = this;
    const near = left <= this.conversation.kept.maxCharacters * (1 - COUNTER_FROM);
    const count = left < 0 ? filled(labels.tooMany, -left) : near ? filled(labels.left, left) : "";
    return html`<form class=${left < 0 ? "over" : ""} @submit=${this.submit}>
      <label class="hidden" for="field">${labels.field}</label>
      <textarea
        id="field"
        rows="1"
        dir="auto"
        enterkeyhint="send"
        autocomplete="off"
        placeholder=${labels.field}
        aria-describedby="count"
        aria-invalid=${left < 0}
        @input=${(event: Event) => this.write((event.target as HTMLTextAreaElement).value)}
        @keydown=${this.onFieldKey}
      ></textarea>
      <button
        type="submit"
        class="send"
        aria-label=${labels.send}
        title=${labels.send}
        ?disabled=${!this.draft.trim() || left < 0}
      >
        ${SEND}
      </button>
      <p class="count" id="count" role="status">${count}</p>
    </form>`;
  }

  private sheetView(): TemplateResult {
    const { labels, sheet } = this;
    const text = sheet === "remove" ? labels.removeText : labels.storedText;
    return html`<dialog class="sheet" aria-labelledby="sheet" @close=${this.onSheetClosed}>
      <h3 id="sheet">${sheet === "remove" ? labels.remove : labels.stored}</h3>
      ${text.split("\n\n").map((paragraph) => html`<p>${paragraph}</p>`)}
      <div class="choices">
        <button type="button" @click=${this.closeSheet}>${labels.back}</button>
        ${sheet === "remove"
          ? html`<button type="button" class="danger" @click=${this.forget}>${labels.removeYes}</button>`
          : nothing}
      </div>
    </dialog>`;
  }

  protected override updated(): void {
    const { messages, waiting } = this.conversation;
    const count = messages.length + waiting.length;
    if (count !== this.shown) this.scrollToNewest();
    this.shown = count;
  }

  /** Scrolls to the end, but not past the start of the last question. */
  private scrollToNewest(): void {
    const log = this.find(".log");
    const question = [...log.querySelectorAll<HTMLElement>(".visitor")].at(-1);
    const end = log.scrollHeight - log.clientHeight;
    log.scrollTop = Math.min(end, question ? question.offsetTop - log.offsetTop - 12 : end);
  }
}

customElements.define("two-roles-chat-panel", ChatPanel);

/** Makes the chat window; the loader puts it into the page. */
export function createPanel(settings: Settings): Panel {
  return new ChatPanel(settings);
}
