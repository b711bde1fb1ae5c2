import { html, LitElement, nothing, unsafeCSS, type TemplateResult } from "lit";
import { SMALL, storageKey, type Emit } from "../shared";
import { Composer, isComposing } from "./composer";
import { Conversation, START_OVER } from "./conversation";
import type { Host, Settings } from "./host";
import { CLOSE, ROLES } from "./icons";
import { FIRST_QUESTIONS, labelsIn, type Labels } from "./labels";
import { Menu, type MenuItem } from "./menu";
import { greetingView, messagesView, type MessageContext } from "./message-view";
import type { Message } from "./messages";
import styles from "./panel.css";
import { safeAddress } from "./rich-text";
import { keepScrollInside } from "./scrolling";
import { Sheet } from "./sheet";
import { Status } from "./status";
import { Teaser } from "./teaser";
import { shortTitles } from "./titles";
import { download, transcript } from "./transcript";
import { Unread } from "./unread";

const MARGIN_PX = 12;
/** How near to the end of the conversation one is taken to follow it. */
const NEAR_END_PX = 40;
/** A second press as soon as this after the first one was not meant for what has moved there. */
const DOUBLE_PRESS_MS = 600;
const THANKS_MS = 4000;
const MINUTE_MS = 60_000;

/** What the chat window asks of whoever has put it into the page. */
export interface Surroundings {
  /** Tells the page of an event. */
  readonly emit: Emit;
  open(): void;
  close(): void;
  /** Tells how many answers came while it was closed. */
  tellUnread(count: number): void;
}

/** The chat window: everything but the launcher. */
export class ChatPanel extends LitElement implements Host {
  static override styles = unsafeCSS(styles);

  private readonly conversation: Conversation;
  private readonly composer: Composer;
  private readonly menu: Menu;
  private readonly sheet: Sheet;
  private readonly status: Status;
  private readonly teaser: Teaser;
  private readonly unread: Unread;
  private readonly scrolling = keepScrollInside();
  private readonly small = matchMedia(SMALL);
  private readonly ending = new AbortController();
  private isShown = false;
  private shownCount = 0;
  /** Whether what comes next is what this visitor has asked for here. */
  private follows = true;
  private wasNearEnd = true;
  private pressedAt = -Infinity;
  private thanked: MessageContext["thanked"];
  private thanksTimer = 0;

  constructor(
    public settings: Settings,
    public labels: Labels,
    private readonly around: Surroundings,
  ) {
    super();
    const key = storageKey(settings.server);
    this.unread = new Unread(this, (count) => around.tellUnread(count));
    const conversation = (this.conversation = new Conversation(settings.server, (name, detail) => {
      if (name === "answer" && !this.isShown) this.unread.add();
      around.emit(name, detail);
    }));
    this.composer = new Composer(
      this,
      `${key} draft`,
      () => conversation.kept.maxCharacters,
      (text) => this.send(text),
    );
    this.menu = new Menu(this, () => this.menuItems());
    this.sheet = new Sheet(this, () => this.menu.focus());
    this.status = new Status(this, conversation);
    this.teaser = new Teaser(this, `${key} teaser`, () => around.open());
    conversation.addEventListener("change", () => this.requestUpdate());
    const { signal } = this.ending;
    this.small.addEventListener("change", () => this.isShown && this.place(), { signal });
    for (const name of ["resize", "scroll"]) {
      window.visualViewport?.addEventListener(name, () => this.fit(), { signal });
    }
    const minutely = setInterval(() => this.isShown && this.requestUpdate(), MINUTE_MS);
    signal.addEventListener("abort", () => clearInterval(minutely));
  }

  /** Shows the window, and with `focus` puts the focus where one writes. */
  show(focus: boolean): void {
    this.isShown = true;
    this.unread.clear();
    this.teaser.leave();
    // The first time, the window is not rendered before the element is connected.
    void this.updateComplete.then(() => {
      if (!this.isShown) return;
      this.place(focus);
      if (focus) this.composer.focus();
      this.scrollToNewest();
    });
  }

  hide(): void {
    this.isShown = false;
    this.dialog?.close();
    this.requestUpdate();
  }

  send(text: string): void {
    if (!text.trim()) return;
    this.follows = true;
    this.conversation.send(text.trim());
  }

  apply(settings: Settings): void {
    const { language, labels } = this.settings;
    this.settings = settings;
    this.requestUpdate();
    if (settings.language === language && settings.labels === labels) return;
    void labelsIn(settings.language, settings.labels).then((found) => {
      this.labels = found;
      this.requestUpdate();
    });
  }

  /** Ends what goes on in the background. */
  end(): void {
    this.isShown = false;
    this.ending.abort();
    this.conversation.end();
    this.unread.clear();
  }

  get direction(): "ltr" | "rtl" {
    return this.settings.language === "ar" ? "rtl" : "ltr";
  }

  protected override render(): TemplateResult {
    const { settings, direction } = this;
    if (settings.inline) {
      return html`<section
        class="panel inline"
        lang=${settings.language}
        dir=${direction}
        aria-labelledby="title"
        @keydown=${this.onKey}
      >
        ${this.contentsView()}
      </section>`;
    }
    return html`<div lang=${settings.language} dir=${direction}>
        ${this.isShown ? nothing : [this.unread.view(), this.teaser.view()]}
      </div>
      <dialog
        class="panel ${this.isFresh ? "fresh" : ""}"
        lang=${settings.language}
        dir=${direction}
        aria-labelledby="title"
        @keydown=${this.onKey}
        @cancel=${this.onCancel}
        @close=${this.onClose}
        @wheel=${this.scrolling.wheel}
        @touchstart=${this.scrolling.touchstart}
        @touchmove=${this.scrolling.touchmove}
      >
        ${this.contentsView()}
      </dialog>`;
  }

  private contentsView(): TemplateResult {
    const { labels, settings } = this;
    const subtitle = settings.subtitle ?? labels.subtitle;
    return html`<div class="main" ?inert=${this.sheet.isOpen}>
        <div class="head">
          <span class="mark">${settings.logo ? html`<img src=${settings.logo} alt="" />` : ROLES}</span>
          <div class="names">
            <h2 id="title">${settings.title ?? labels.title}</h2>
            ${subtitle ? html`<p>${subtitle}</p>` : nothing}
          </div>
          ${this.menu.view()}
          ${settings.inline
            ? nothing
            : html`<button
                type="button"
                class="icon"
                aria-label=${labels.close}
                title=${labels.close}
                @click=${this.close}
              >
                ${CLOSE}
              </button>`}
        </div>
        <div class="log" role="log" tabindex="0" aria-label=${labels.conversation}>
          ${this.logView()}
        </div>
        ${this.status.view()} ${this.composer.view()}
      </div>
      ${this.sheet.view()}`;
  }

  private logView(): TemplateResult {
    const { labels, settings, conversation, thanked } = this;
    const { messages, waiting, state } = conversation;
    const context: MessageContext = {
      labels,
      language: settings.language,
      server: settings.server,
      rated: conversation.kept.rated,
      thanked,
      rate: (answer, helpful) => void this.rate(answer, helpful),
      later: () => this.requestUpdate(),
    };
    return html`${greetingView(settings.greeting ?? labels.greeting, labels)}
    ${messagesView(messages, waiting, state.name !== "sending", context)} ${this.repliesView()}
    ${state.name === "sending"
      ? html`<div class="typing" aria-hidden="true"><i></i><i></i><i></i></div>`
      : nothing}`;
  }

  /** What can be pressed next: first questions, or what the last reply offers. */
  private repliesView(): unknown {
    const { labels, conversation } = this;
    const { messages, waiting } = conversation;
    if (waiting.length) return nothing;
    const last = messages.at(-1);
    const offered = last?.from === "assistant" ? last.buttons : [];
    if (!last || (!offered.length && isBeginning(messages))) return this.firstQuestionsView();
    const contact = needsPerson(last) && this.contact;
    if (!offered.length && !contact) return nothing;
    const shown = shortTitles(offered.map(({ title }) => title));
    return html`<ul class="replies" aria-label=${labels.suggestions}>
      ${offered.map(({ title, payload }, index) => this.replyView(title, payload, shown[index]))}
      ${contact ? html`<li><a href=${contact} target="_blank" rel="noopener noreferrer">${labels.contact}</a></li>` : nothing}
    </ul>`;
  }

  private firstQuestionsView(): TemplateResult {
    const questions = this.settings.questions ?? FIRST_QUESTIONS;
    return html`<ul class="replies first" aria-label=${this.labels.firstQuestions}>
      ${questions.map((title) => this.replyView(title))}
    </ul>`;
  }

  private replyView(title: string, payload?: string, shown = title): TemplateResult {
    const press = (event: MouseEvent) => {
      // A key presses with a detail of 0, and what it pressed it still has the focus on.
      if (event.detail && event.timeStamp - this.pressedAt < DOUBLE_PRESS_MS) return;
      this.pressedAt = event.timeStamp;
      this.press(title, payload);
    };
    return html`<li>
      <button type="button" lang="en" dir="auto" title=${shown === title ? nothing : title} @click=${press}>${shown}</button>
    </li>`;
  }

  protected override willUpdate(): void {
    this.dataset["position"] = this.settings.position ?? "right";
    const log = this.log;
    if (log) this.wasNearEnd = log.scrollHeight - log.clientHeight - log.scrollTop < NEAR_END_PX;
  }

  protected override updated(): void {
    const { messages, waiting, state } = this.conversation;
    const count = messages.length + waiting.length;
    // What another tab has asked must not take a reader from where they read.
    if (count !== this.shownCount && (this.follows || this.wasNearEnd)) this.scrollToNewest();
    this.shownCount = count;
    if (state.name === "idle") this.follows = false;
  }

  /** Scrolls to the end, but not past the start of the last question, nor past the greeting. */
  private scrollToNewest(): void {
    const { log } = this;
    if (!log) return;
    const question = [...log.querySelectorAll<HTMLElement>(".visitor, .beginning")].at(-1);
    const end = log.scrollHeight - log.clientHeight;
    log.scrollTop = question ? Math.min(end, question.offsetTop - MARGIN_PX) : 0;
  }

  private press(title: string, payload?: string): void {
    this.follows = true;
    this.conversation.send(title, payload);
    // What was pressed goes away. On a touch screen the field would call the keyboard up.
    if (matchMedia("(pointer: coarse)").matches) this.log?.focus({ preventScroll: true });
    else this.composer.focus();
  }

  private async rate(answer: string, helpful: boolean): Promise<void> {
    const { labels } = this;
    const text = await this.conversation.rate(answer, helpful).then(() => labels.thanks, () => labels.failed);
    this.thanked = { answer, text };
    this.requestUpdate();
    clearTimeout(this.thanksTimer);
    this.thanksTimer = setTimeout(() => {
      this.thanked = undefined;
      this.requestUpdate();
    }, THANKS_MS);
  }

  private readonly close = (): void => this.around.close();

  private readonly onKey = (event: KeyboardEvent): void => {
    // The page's own shortcuts take the chat for no text field.
    event.stopPropagation();
    if (event.key !== "Escape" || isComposing(event)) return;
    if (this.settings.inline && !this.sheet.isOpen && !this.menu.isOpen) return;
    event.preventDefault();
    this.back();
  };

  /** A request of the platform to close it: Android's back, or Escape while nothing has the focus. */
  private readonly onCancel = (event: Event): void => {
    event.preventDefault();
    this.back();
  };

  /** The platform need not ask. */
  private readonly onClose = (): void => {
    if (this.isShown && !this.dialog?.open) this.close();
  };

  /** Closes what is open on top. */
  private back(): void {
    if (this.sheet.isOpen) this.sheet.close();
    else if (this.menu.isOpen) this.menu.close();
    else this.close();
  }

  private menuItems(): MenuItem[] {
    const { labels, contact } = this;
    const text = () => transcript(this.conversation.messages, labels);
    const copy = async () => navigator.clipboard.writeText(text()); // none on insecure pages
    return [
      ...(contact ? [[labels.contact, contact] as const] : []),
      [labels.copy, () => this.status.follow(copy(), labels.copied)],
      [labels.save, () => download(text(), "conversation.txt")],
      [labels.startOver, () => this.press(labels.startOver, START_OVER)],
      [labels.stored, () => void this.sheet.open({ title: labels.stored, text: labels.storedText })],
      [labels.remove, () => this.askWhetherToRemove()],
    ];
  }

  /** Where one talks to a person, if the page has said so. */
  private get contact(): string | undefined {
    const { contact } = this.settings;
    if (!contact) return undefined;
    return safeAddress(/^[^\s:/]+@[^\s:/]+$/.test(contact) ? `mailto:${contact}` : contact);
  }

  private askWhetherToRemove(): void {
    const { labels } = this;
    const remove = () => {
      this.status.follow(this.conversation.forget(), labels.removed);
      void this.updateComplete.then(() => this.composer.focus());
    };
    const choice = { label: labels.removeYes, action: remove };
    void this.sheet.open({ title: labels.remove, text: labels.removeText, choice });
  }

  /** Opens the window as there is room for: above the page, or in place of it. */
  private place(focus = false): void {
    const { dialog } = this;
    if (!dialog) return;
    const focused = this.shadowRoot?.activeElement as HTMLElement | null;
    dialog.close();
    if (this.small.matches) {
      dialog.showModal();
      if (!focus) this.log?.focus({ preventScroll: true });
    } else {
      dialog.open = true; // show() would take the focus
    }
    focused?.focus();
    this.fit();
  }

  /** Where a phone's keyboard covers a part of the page, the chat takes what is left. */
  private fit(): void {
    const { dialog } = this;
    const { visualViewport } = window;
    if (!dialog || !visualViewport) return;
    const { height, offsetTop, scale } = visualViewport;
    // Whoever has zoomed in with two fingers wants to see it larger, not smaller.
    const isCovered = this.small.matches && scale < 1.01 && height < window.innerHeight - 1;
    dialog.style.setProperty("--_visible-height", isCovered ? `${height}px` : "");
    dialog.style.setProperty("--_visible-top", isCovered ? `${offsetTop}px` : "");
  }

  private get isFresh(): boolean {
    const { messages, waiting, state } = this.conversation;
    return !messages.length && !waiting.length && state.name !== "loading";
  }

  private get dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector("dialog");
  }

  private get log(): HTMLElement | null {
    return this.renderRoot?.querySelector(".log");
  }
}

/** Whether nothing was asked since the visitor has started over. */
function isBeginning(messages: readonly Message[]): boolean {
  const asked = messages.findLast((message) => message.from === "visitor");
  return asked?.from === "visitor" && asked.order === "start_over";
}

/** Whether a person could help on. */
function needsPerson(message: Message): boolean {
  if (message.from === "note") return message.about === "refused";
  if (message.from === "visitor") return false;
  return message.verdict === "not_stated" || ["gap", "apology"].includes(message.kind);
}

customElements.define("two-roles-chat-panel", ChatPanel);
