import { html, nothing } from "lit";
import type { Host } from "./host";
import { CLOSE } from "./icons";

/** A line beside the launcher that the page may set. Each visitor sees it on one page, once. */
export class Teaser {
  private isShown: boolean;

  /**
   * @param key Under which the browser keeps that it was shown.
   * @param open Opens the chat.
   */
  constructor(
    private readonly host: Host,
    key: string,
    private readonly open: () => void,
  ) {
    this.isShown = Boolean(host.settings.teaser) && firstTime(key);
  }

  view(): unknown {
    const { teaser } = this.host.settings;
    if (!teaser || !this.isShown) return nothing;
    const { labels } = this.host;
    return html`<div class="teaser" role="status">
      <button type="button" class="tease" @click=${() => this.leave(this.open)}>${teaser}</button>
      <button
        type="button"
        class="icon"
        aria-label=${labels.dismiss}
        title=${labels.dismiss}
        @click=${() => this.leave()}
      >
        ${CLOSE}
      </button>
    </div>`;
  }

  /** Takes it away for good: it was pressed or closed, or the chat is open. */
  leave(then?: () => void): void {
    this.isShown = false;
    this.host.requestUpdate();
    then?.();
  }
}

/** Where nothing may be stored it is never shown, or it would be on each page. */
function firstTime(key: string): boolean {
  try {
    if (localStorage.getItem(key)) return false;
    localStorage.setItem(key, "shown");
    return true;
  } catch {
    return false;
  }
}
