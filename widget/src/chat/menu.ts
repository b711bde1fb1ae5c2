import { html, type LitElement, type TemplateResult } from "lit";
import { MORE } from "./icons";

export type MenuItem = readonly [label: string, action: () => void];

/** A button that discloses a list of actions. */
export class Menu {
  isOpen = false;

  constructor(
    private readonly host: LitElement,
    private readonly label: string,
    private readonly items: readonly MenuItem[],
  ) {}

  /** Closes it; the focus goes back to its button. */
  close(): void {
    this.show(false);
    this.host.renderRoot.querySelector<HTMLElement>(".more")?.focus();
  }

  view(): TemplateResult {
    // With a tabindex, as Safari gives a button that is clicked no focus, but what is around it.
    return html`<div tabindex="-1" @focusout=${this.onFocusOut}>
      <button
        type="button"
        class="icon more"
        aria-label=${this.label}
        title=${this.label}
        aria-expanded=${this.isOpen}
        aria-controls="menu"
        @click=${this.toggle}
      >
        ${MORE}
      </button>
      <ul class="menu" id="menu" ?hidden=${!this.isOpen}>
        ${this.items.map(
          ([label, action]) =>
            html`<li><button type="button" @click=${() => this.choose(action)}>${label}</button></li>`,
        )}
      </ul>
    </div>`;
  }

  private readonly toggle = async (): Promise<void> => {
    this.show(!this.isOpen);
    await this.host.updateComplete;
    if (this.isOpen) this.host.renderRoot.querySelector<HTMLElement>(".menu button")?.focus();
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
