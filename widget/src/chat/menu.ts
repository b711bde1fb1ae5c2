import { html, type TemplateResult } from "lit";
import type { Host } from "./host";
import { MORE } from "./icons";

/** A label, and what it does or where it leads. */
export type MenuItem = readonly [label: string, action: (() => void) | string];

/** A button that discloses a list of actions. */
export class Menu {
  isOpen = false;

  constructor(
    private readonly host: Host,
    private readonly items: () => readonly MenuItem[],
  ) {}

  /** Closes it; the focus goes back to its button. */
  close(): void {
    this.show(false);
    this.focus();
  }

  focus(): void {
    this.host.renderRoot.querySelector<HTMLElement>(".more")?.focus();
  }

  view(): TemplateResult {
    const { menu } = this.host.labels;
    // With a tabindex, as Safari gives a button that is clicked no focus, but what is around it.
    return html`<div tabindex="-1" @focusout=${this.onFocusOut}>
      <button
        type="button"
        class="icon more"
        aria-label=${menu}
        title=${menu}
        aria-expanded=${this.isOpen}
        aria-controls="menu"
        @click=${this.toggle}
      >
        ${MORE}
      </button>
      <ul class="menu" id="menu" ?hidden=${!this.isOpen}>
        ${this.items().map((item) => html`<li>${this.itemView(item)}</li>`)}
      </ul>
    </div>`;
  }

  private itemView([label, action]: MenuItem): TemplateResult {
    if (typeof action === "string") {
      return html`<a class="item" href=${action} target="_blank" rel="noopener noreferrer">${label}</a>`;
    }
    return html`<button type="button" class="item" @click=${() => this.choose(action)}>${label}</button>`;
  }

  private readonly toggle = async (): Promise<void> => {
    this.show(!this.isOpen);
    await this.host.updateComplete;
    if (this.isOpen) this.host.renderRoot.querySelector<HTMLElement>(".menu .item")?.focus();
  };

  private readonly onFocusOut = ({ currentTarget, relatedTarget }: FocusEvent): void => {
    const stays = relatedTarget instanceof Node && (currentTarget as Node).contains(relatedTarget);
    if (!stays) this.show(false);
  };

  private choose(action: () => void): void {
    this.close();
    action();
  }

  private show(open: boolean): void {
    this.isOpen = open;
    this.host.requestUpdate();
  }
}
