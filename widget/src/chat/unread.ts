import { html, nothing } from "lit";
import type { Host } from "./host";

/** Answers that came while the chat was closed, on the launcher and in the page's title. */
export class Unread {
  private count = 0;
  private inTitle = "";

  /** @param tell Called with each new number. */
  constructor(
    private readonly host: Host,
    private readonly tell: (count: number) => void,
  ) {}

  add(): void {
    this.set(this.count + 1);
  }

  clear(): void {
    if (this.count) this.set(0);
  }

  view(): unknown {
    // The launcher's own name tells the number.
    return this.count ? html`<span class="badge" aria-hidden="true">${this.count}</span>` : nothing;
  }

  private set(count: number): void {
    this.count = count;
    // The page may have changed its title meanwhile.
    if (this.inTitle && document.title.startsWith(this.inTitle)) {
      document.title = document.title.slice(this.inTitle.length);
    }
    this.inTitle = count ? `(${count}) ` : "";
    document.title = this.inTitle + document.title;
    this.host.requestUpdate();
    this.tell(count);
  }
}
