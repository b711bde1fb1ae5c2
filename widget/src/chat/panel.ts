import { html, LitElement, nothing, unsafeCSS, type TemplateResult } from "lit";
import type { Panel, Settings } from "../settings";
import { Composer } from "./composer";
import { Conversation } from "./conversation";
import { CLOSE, ROLES } from "./icons";
import { FIRST_QUESTIONS, LABELS, type Labels } from "./labels";
import { Menu, type MenuItem } from "./menu";
import { assistantView, greetingView, noteView, visitorView } from "./message-view";
import type { Button } from "./messages";
import styles from "./panel.css";
import { Sheet } from "./sheet";
import { Status } from "./status";
import { download, transcript } from "./transcript";

// Where there is little room the chat takes all of it, and what is behind must not have the focus.
const SMALL = "(max-width: 479.98px), (max-height: 479.98px)";
const MARGIN_PX = 12;

/** The chat window: everything but the launcher. */
export class ChatPanel extends LitElement implements Panel {
  static override styles = unsafeCSS(styles);

  private readonly labels: Labels;
  private readonly conversation: Conversation;
  private readonly composer: Composer;
  private readonly menu: Menu;
  private readonly sheet: Sheet;
  private readonly status: Status;
  private readonly small = matchMedia(SMALL);
  private shown = 0;

  constructor(private readonly settings: Settings) {
    super();
    const labels = (this.labels = LABELS[settings.language]);
    const conversation = (this.conversation = new Conversation(settings.server));
    this.composer = new Composer(
      this,
      labels,
      () => conversation.kept.maxCharacters,
      (text) => this.send(text),
    );
    this.menu = new Menu(this, labels.menu, this.menuItems());
    this.sheet = new Sheet(this, labels);
    this.status = new Status(this, labels, conversation);
    conversation.addEventListener("change", () => this.requestUpdate());
    conversation.addEventListener("said", (event) => {
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
      this.composer.focus();
      this.scrollToNewest();
    });
  }

  hide(): void {
    this.dialog.close();
  }

  send(text: string): void {
    if (text.trim()) this.conversation.send(text.trim());
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
        ${this.menu.view()}
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
      ${this.status.view()} ${this.composer.view()} ${this.sheet.view()}
    </dialog>`;
  }

  private messagesView(): TemplateResult {
    const { labels, settings, conversation } = this;
    const { messages, waiting } = conversation;
    const context = {
      labels,
      server: settings.server,
      rated: conversation.kept.rated,
      rate: (answer: string, helpful: boolean) =>
        this.status.follow(conversation.rate(answer, helpful), labels.thanks),
    };
    const said = messages.map((message) => {
      if (message.from === "visitor") return visitorView(message.text, false, labels);
      return message.from === "note" ? noteView(message, labels) : assistantView(message, context);
    });
    // One list, so that a message keeps its element when it arrives and is not read out twice.
    const all = [...said, ...waiting.map((message) => visitorView(message.text, true, labels))];
    return html`${greetingView(settings.greeting ?? labels.greeting, labels)} ${all}
    ${all.length ? this.repliesView() : this.firstQuestionsView()}
    ${conversation.state.name === "sending"
      ? html`<div class="typing" aria-hidden="true"><i></i><i></i><i></i></div>`
      : nothing}`;
  }

  private firstQuestionsView(): TemplateResult {
    const questions = this.settings.questions ?? FIRST_QUESTIONS;
    const buttons = questions.map((title) => ({ title }));
    return this.buttonsView(buttons, this.labels.firstQuestions, "replies first");
  }

  private repliesView(): unknown {
    const { messages, waiting } = this.conversation;
    const last = messages.at(-1);
    if (last?.from !== "assistant" || !last.buttons?.length || waiting.length) return nothing;
    return this.buttonsView(last.buttons, this.labels.suggestions, "replies");
  }

  private buttonsView(
    buttons: readonly (Pick<Button, "title"> & Partial<Button>)[],
    label: string,
    name: string,
  ): TemplateResult {
    return html`<ul class=${name} aria-label=${label}>
      ${buttons.map(
        ({ title, payload }) => html`<li>
          <button type="button" lang="en" dir="auto" @click=${() => this.press(title, payload)}>${title}</button>
        </li>`,
      )}
    </ul>`;
  }

  protected override updated(): void {
    const count = this.conversation.messages.length + this.conversation.waiting.length;
    if (count !== this.shown) this.scrollToNewest();
    this.shown = count;
  }

  /** Scrolls to the end, but not past the start of the last question. */
  private scrollToNewest(): void {
    const { log } = this;
    const question = [...log.querySelectorAll<HTMLElement>(".visitor")].at(-1);
    const end = log.scrollHeight - log.clientHeight;
    log.scrollTop = Math.min(end, question ? question.offsetTop - MARGIN_PX : end);
  }

  private press(title: string, payload?: string): void {
    this.conversation.send(title, payload);
    // What was pressed goes away. On a touch screen the field would call the keyboard up.
    if (matchMedia("(pointer: coarse)").matches) this.log.focus({ preventScroll: true });
    else this.composer.focus();
  }

  private onKey(event: KeyboardEvent): void {
    // The page's own shortcuts take the chat for no text field.
    event.stopPropagation();
    if (event.key !== "Escape" || event.isComposing || this.sheet.isOpen) return;
    event.preventDefault();
    if (this.menu.isOpen) this.menu.close();
    else this.tell("panel-close");
  }

  private menuItems(): MenuItem[] {
    const { labels } = this;
    const text = () => transcript(this.conversation.messages, labels);
    const copy = async () => navigator.clipboard.writeText(text()); // none on insecure pages
    return [
      [labels.copy, () => this.status.follow(copy(), labels.copied)],
      [labels.save, () => download(text(), "conversation.txt")],
      [labels.startOver, () => this.press("Start over", "/start_over")],
      [labels.stored, () => void this.sheet.open({ title: labels.stored, text: labels.storedText })],
      [labels.remove, () => this.askWhetherToRemove()],
    ];
  }

  private askWhetherToRemove(): void {
    const { labels } = this;
    const remove = () => {
      this.status.follow(this.conversation.forget(), labels.removed);
      this.composer.focus();
    };
    const choice = { label: labels.removeYes, action: remove };
    void this.sheet.open({ title: labels.remove, text: labels.removeText, choice });
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

  private get dialog(): HTMLDialogElement {
    return this.renderRoot.querySelector(".panel") as HTMLDialogElement;
  }

  private get log(): HTMLElement {
    return this.renderRoot.querySelector(".log") as HTMLElement;
  }
}

customElements.define("two-roles-chat-panel", ChatPanel);

/** Makes the chat window; the loader puts it into the page. */
export function createPanel(settings: Settings): Panel {
  return new ChatPanel(settings);
}
