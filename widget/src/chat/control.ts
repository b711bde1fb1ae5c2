import { storageKey, type Control, type Frame } from "../shared";
import type { Settings } from "./host";
import { labelsIn, type Labels } from "./labels";
import { ChatPanel } from "./panel";
import { tab } from "./store";

/** Opens and closes the chat window, and tells the page. */
class PanelControl implements Control {
  private readonly panel: ChatPanel;
  private isOpen = false;
  private returnTo: HTMLElement | undefined;
  private unread = 0;

  constructor(
    private readonly frame: Frame,
    settings: Settings,
    labels: Labels,
  ) {
    this.panel = new ChatPanel(settings, labels, {
      emit: frame.emit,
      open: () => this.open(true),
      close: () => this.close(),
      tellUnread: (count) => {
        this.unread = count;
        this.nameLauncher();
        frame.emit("unread", { count });
      },
    });
    frame.layer.append(this.panel);
  }

  open(focus: boolean): void {
    const { frame, panel, isOpen } = this;
    if (isOpen && !focus) return panel.show(false); // the page has taken it out and in again
    if (!isOpen) {
      const { activeElement, body } = document;
      const isElsewhere = activeElement instanceof HTMLElement && ![frame, body].includes(activeElement);
      this.returnTo = isElsewhere ? activeElement : undefined;
    }
    this.isOpen = frame.launcher.hidden = true;
    panel.show(focus);
    if (isOpen) return;
    this.remember("open");
    frame.emit("open", undefined);
  }

  /** Closes the window and gives the focus back to where it came from. */
  close(): void {
    const { frame, returnTo } = this;
    if (!this.isOpen || frame.hasAttribute("inline")) return;
    this.isOpen = frame.launcher.hidden = false;
    const { activeElement, body } = document;
    const target = returnTo?.isConnected ? returnTo : frame.launcher;
    // What is behind a modal window can have the focus only when that is closed.
    this.panel.hide();
    if (activeElement === frame || activeElement === body) target.focus();
    this.remember("closed");
    frame.emit("close", undefined);
  }

  send(text: string): void {
    this.panel.send(text);
  }

  refresh(): void {
    this.nameLauncher();
    this.panel.apply(settingsOf(this.frame));
  }

  end(): void {
    this.panel.end();
    this.panel.remove();
  }

  /** The launcher's title is its name as the page has set it, or its language. */
  private nameLauncher(): void {
    const { launcher } = this.frame;
    launcher.ariaLabel = this.unread ? `${launcher.title} (${this.unread})` : launcher.title;
  }

  private remember(state: "open" | "closed"): void {
    tab.set(storageKey(this.frame.server), state);
  }
}

function settingsOf(frame: Frame): Settings {
  const { dataset, language } = frame;
  // Pages of the same host may name it by its path.
  const server = new URL(frame.server || "/", location.href).href.replace(/\/$/, "");
  const { accent } = dataset;
  if (accent && !CSS.supports("color", accent)) {
    console.warn(`two-roles-chat: data-accent="${accent}" is not a colour.`);
  }
  const { title, subtitle, greeting, questions, position, logo, contact, teaser, labels } = dataset;
  return {
    server, language, title, subtitle, greeting, position, logo, contact, teaser, labels,
    inline: frame.hasAttribute("inline"),
    questions: questions?.split("|").map((question) => question.trim()).filter(Boolean),
  };
}

/** Puts the chat window beside its launcher. */
export async function attach(frame: Frame): Promise<Control> {
  const settings = settingsOf(frame);
  return new PanelControl(frame, settings, await labelsIn(settings.language, settings.labels));
}
