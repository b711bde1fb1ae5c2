import { LANGUAGES, type ChatEvents, type Language, type Panel, type Settings } from "../settings";
import { LAUNCHER_LABELS } from "./labels";
import styles from "./loader.css";

// A speech bubble around two circles that overlap, as the two roles do.
const ICON =
  "M16 4c7.2 0 12 4.3 12 10.3s-4.8 10.3-12 10.3c-1.2 0-2.4-.1-3.5-.4L6.5 28l.6-5.8C5 20.2 4 17.5 4 14.3 4 8.3 8.8 4 16 4Z" +
  "M9.3 14.3a4.1 4.1 0 1 0 8.2 0a4.1 4.1 0 1 0-8.2 0M14.5 14.3a4.1 4.1 0 1 0 8.2 0a4.1 4.1 0 1 0-8.2 0";

type Loaded = { createPanel(settings: Settings): Panel };

/** The launcher in the page's corner; it fetches the chat itself when it is first opened. */
export class TwoRolesChat extends HTMLElement {
  private readonly launcher = document.createElement("button");
  private readonly failed = document.createElement("div");
  private loading: Promise<Panel> | undefined;
  private attempts = 0;
  private isOpen = false;
  private returnTo: HTMLElement | undefined;

  /** @param server Origin that the script came from. */
  constructor(private readonly server = "") {
    super();
    const root = this.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    root.adoptedStyleSheets = [sheet];
    this.launcher.className = "launcher";
    this.launcher.type = "button";
    this.launcher.append(icon());
    this.launcher.setAttribute("aria-haspopup", "dialog");
    this.launcher.addEventListener("click", () => this.open());
    // What points at the launcher will probably open it: fetch ahead, but say nothing if it fails.
    for (const sign of ["pointerenter", "focus"]) {
      this.launcher.addEventListener(sign, () => void this.load().catch(() => {}), { once: true });
    }
    this.failed.className = "failed";
    this.failed.setAttribute("role", "status");
    root.append(this.launcher, this.failed);
  }

  connectedCallback(): void {
    const label = LAUNCHER_LABELS[this.language].open;
    this.launcher.setAttribute("aria-label", label);
    this.launcher.title = label;
    if (this.dataset["accent"]) {
      this.style.setProperty("--two-roles-accent", this.dataset["accent"]);
    }
    if ("open" in this.dataset) void this.open();
  }

  /** Opens the chat; resolves when it can be used, also if it could not be loaded. */
  async open(): Promise<void> {
    if (this.isOpen) return;
    this.isOpen = true;
    this.returnTo = document.activeElement instanceof HTMLElement ? document.activeElement : undefined;
    this.launcher.setAttribute("aria-busy", "true");
    this.failed.textContent = "";
    try {
      const panel = await this.load();
      if (!this.isOpen) return;
      this.launcher.hidden = true;
      panel.show();
      this.emit("open", undefined);
    } catch (error) {
      this.isOpen = false;
      this.failed.textContent = LAUNCHER_LABELS[this.language].failed;
      this.emit("error", { message: String(error) });
    } finally {
      this.launcher.removeAttribute("aria-busy");
    }
  }

  /** Closes the chat and gives the focus back to where it came from. */
  close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.launcher.hidden = false;
    const returnTo = this.returnTo?.isConnected && this.returnTo !== document.body ? this.returnTo : this;
    const giveBack = () => (returnTo === this ? this.launcher : returnTo).focus();
    giveBack();
    // A modal window that closes moves the focus once more.
    void this.loading?.then((panel) => {
      if (this.isOpen) return;
      panel.hide();
      giveBack();
    });
    this.emit("close", undefined);
  }

  /** Opens the chat and sends a text as if the visitor had typed it. */
  async send(text: string): Promise<void> {
    await this.open();
    (await this.loading)?.send(text);
  }

  /** Listens to an event of the chat; returns a function that stops listening. */
  on<Name extends keyof ChatEvents>(
    name: Name,
    listener: (detail: ChatEvents[Name]) => void,
  ): () => void {
    const handle = (event: Event): void => listener((event as CustomEvent<ChatEvents[Name]>).detail);
    this.addEventListener(`two-roles-${name}`, handle);
    return () => this.removeEventListener(`two-roles-${name}`, handle);
  }

  private emit<Name extends keyof ChatEvents>(name: Name, detail: ChatEvents[Name]): void {
    this.dispatchEvent(new CustomEvent(`two-roles-${name}`, { detail }));
  }

  private load(): Promise<Panel> {
    this.loading ??= this.fetchPanel().catch((error: unknown) => {
      this.loading = undefined;
      throw error;
    });
    return this.loading;
  }

  private async fetchPanel(): Promise<Panel> {
    // Browsers remember a module that failed to load under its address: each attempt has its own.
    const attempt = this.attempts++ ? `?${this.attempts}` : "";
    const chat = (await import(`${this.server}/widget/${CHAT_FILE}${attempt}`)) as Loaded;
    const panel = chat.createPanel(this.settings());
    panel.addEventListener("panel-close", () => this.close());
    panel.addEventListener("panel-message", (event) => {
      this.emit("message", (event as CustomEvent<ChatEvents["message"]>).detail);
    });
    panel.dataset["position"] = this.dataset["position"] ?? "right";
    this.shadowRoot?.append(panel);
    return panel;
  }

  private settings(): Settings {
    const { title, greeting, questions } = this.dataset;
    return {
      server: this.server,
      language: this.language,
      title,
      greeting,
      questions: questions?.split("|").map((question) => question.trim()).filter(Boolean),
    };
  }

  private get language(): Language {
    const wanted = this.dataset["language"] ?? document.documentElement.lang;
    const primary = wanted.toLowerCase().split("-")[0];
    return LANGUAGES.find((language) => language === primary) ?? "en";
  }
}

// Not as HTML: pages may demand Trusted Types for that.
function icon(): SVGElement {
  const [svg, path] = ["svg", "path"].map((name) =>
    document.createElementNS("http://www.w3.org/2000/svg", name),
  ) as [SVGElement, SVGElement];
  svg.setAttribute("viewBox", "0 0 32 32");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", ICON);
  svg.append(path);
  return svg;
}
