import { html, nothing, type LitElement, type TemplateResult } from "lit";
import type { Labels } from "./labels";

/** What a sheet says, and the choice it leaves besides going back. */
export interface SheetContent {
  title: string;
  text: string;
  choice?: { label: string; action: () => void };
}

/** A small dialog above the conversation. */
export class Sheet {
  private content: SheetContent | undefined;

  constructor(
    private readonly host: LitElement,
    private readonly labels: Labels,
  ) {}

  get isOpen(): boolean {
    return this.content !== undefined;
  }

  async open(content: SheetContent): Promise<void> {
    this.show(content);
    await this.host.updateComplete;
    this.dialog.showModal();
  }

  view(): TemplateResult {
    const { title, text, choice } = this.content ?? { title: "", text: "" };
    return html`<dialog class="sheet" aria-labelledby="sheet" @close=${() => this.show(undefined)}>
      <h3 id="sheet">${title}</h3>
      ${text.split("\n\n").map((paragraph) => html`<p>${paragraph}</p>`)}
      <div class="choices">
        <button type="button" @click=${() => this.dialog.close()}>${this.labels.back}</button>
        ${choice
          ? html`<button type="button" class="danger" @click=${() => this.choose(choice.action)}>
              ${choice.label}
            </button>`
          : nothing}
      </div>
    </dialog>`;
  }

  private get dialog(): HTMLDialogElement {
    return this.host.renderRoot.querySelector(".sheet") as HTMLDialogElement;
  }

  private choose(action: () => void): void {
    this.dialog.close();
    action();
  }

  private show(content: SheetContent | undefined): void {
    this.content = content;
    this.host.requestUpdate();
  }
}
