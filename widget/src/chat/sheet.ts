import { html, nothing, type TemplateResult } from "lit";
import type { Host } from "./host";

/** What a sheet says, and the choice it leaves besides going back. */
export interface SheetContent {
  title: string;
  text: string;
  choice?: { label: string; action: () => void };
}

/** A small dialog above the conversation; the rest of the window is inert meanwhile. */
export class Sheet {
  private content: SheetContent | undefined;

  /** @param back Gives the focus back when it is closed. */
  constructor(
    private readonly host: Host,
    private readonly back: () => void,
  ) {}

  get isOpen(): boolean {
    return this.content !== undefined;
  }

  async open(content: SheetContent): Promise<void> {
    this.show(content);
    await this.host.updateComplete;
    this.host.renderRoot.querySelector<HTMLElement>(".sheet button")?.focus();
  }

  close(): void {
    this.show(undefined);
    void this.host.updateComplete.then(this.back);
  }

  view(): unknown {
    if (!this.content) return nothing;
    const { title, text, choice } = this.content;
    return html`<div class="shade">
      <div class="sheet" role=${choice ? "alertdialog" : "dialog"} aria-labelledby="sheet" aria-describedby="sheet-text">
        <h2 id="sheet">${title}</h2>
        <div id="sheet-text">${text.split("\n\n").map((paragraph) => html`<p>${paragraph}</p>`)}</div>
        <div class="choices">
          <button type="button" @click=${() => this.close()}>${this.host.labels.back}</button>
          ${choice ? this.choiceView(choice) : nothing}
        </div>
      </div>
    </div>`;
  }

  private choiceView({ label, action }: { label: string; action: () => void }): TemplateResult {
    const choose = () => {
      this.close();
      action();
    };
    return html`<button type="button" class="danger" @click=${choose}>${label}</button>`;
  }

  private show(content: SheetContent | undefined): void {
    this.content = content;
    this.host.requestUpdate();
  }
}
