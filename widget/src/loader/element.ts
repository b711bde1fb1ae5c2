import type { Chat, ChatEvents, ChatOptions, Language } from "../api";
import { SMALL, storageKey, type Control, type Emit, type Frame, type Loaded } from "../shared";
import { LABELS } from "./labels";
import styles from "./loader.css";

// A speech bubble around two circles that overlap, as the two roles do.
const ICON =
  "M16 4c7 0 12 4 12 10s-5 10-12 10c-1 0-2 0-4-.4L6 28l1-6c-2-2-3-4-3-8C4 8 9 4 16 4Z" +
  "M9 14a4 4 0 1 0 8 0a4 4 0 1 0-8 0M15 14a4 4 0 1 0 8 0a4 4 0 1 0-8 0";
const ACCENT = "--two-roles-accent";

// Servers that render pages import this too, and have no elements.
const Base = (globalThis.HTMLElement ?? Object) as typeof HTMLElement;

/** The launcher in the page's corner; it fetches the chat itself when it is first opened. */
export class TwoRolesChat extends Base implements Chat, Frame {
  /** Address of the server of chats that name none. */
  static server = "";
  /** Fetches the chat; `again` after that has failed. */
  static fetch: (server: string, again: boolean) => Promise<Loaded>;

  readonly layer = document.createElement("div");
  readonly launcher = document.createElement("button");
  private readonly failed = document.createElement("div");
  private loading: Promise<Control | undefined> | undefined;
  private isEnded = false;
  private readonly watch = new MutationObserver(() => {
    this.draw();
    void this.loading?.then((control) => control?.refresh());
  });

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    root.adoptedStyleSheets = [sheet];
    try {
      // What is no colour is then as good as not set.
      CSS.registerProperty({ name: ACCENT, syntax: "<color>", inherits: true, initialValue: "#0b6b75" });
    } catch {
      // It is registered.
    }
    const { launcher, failed, layer } = this;
    launcher.className = "launcher";
    launcher.onclick = () => this.open();
    // What points at the launcher will probably open it: fetch ahead, but say nothing if it fails.
    launcher.onpointerenter = launcher.onfocus = () => void this.load(true);
    failed.role = "status";
    layer.className = "layer";
    layer.append(launcher, failed);
    root.append(layer);
  }

  connectedCallback(): void {
    const { dataset, layer, loading } = this;
    const inline = this.hasAttribute("inline");
    this.draw();
    this.watch.observe(this, { attributes: true });
    // Above all of the page, whatever transforms, clips or covers it; unless it says where.
    if (!inline && !getComputedStyle(this).getPropertyValue("--two-roles-z-index")) {
      layer.popover = "manual";
      layer.showPopover();
    }
    let before, waiting;
    try {
      const key = storageKey(this.server);
      before = sessionStorage[key];
      waiting = localStorage[key]?.includes('"outbox":[{'); // typed on another page
    } catch {
      // Nothing may be stored here.
    }
    const wanted = "open" in dataset && !before && !matchMedia(SMALL).matches;
    if (inline || before === "open" || wanted) void this.start(false);
    else if (dataset["teaser"] || waiting || loading) void this.load(true);
  }

  disconnectedCallback(): void {
    this.watch.disconnect();
    // Page swaps throw out what scripts have put in.
    queueMicrotask(() => {
      if (!this.isEnded && "placed" in this.dataset) this.place();
    });
  }

  /** Puts itself into the page: beside its body, which some pages exchange for another one. */
  place(): void {
    this.isEnded = false;
    if (!this.isConnected) document.documentElement.append(this);
  }

  async open(): Promise<void> {
    await this.start(true);
  }

  close(): void {
    void this.loading?.then((control) => control?.close());
  }

  async send(text: string): Promise<void> {
    (await this.start(true))?.send(`${text ?? ""}`);
  }

  on<Name extends keyof ChatEvents>(
    name: Name,
    listener: (detail: ChatEvents[Name]) => void,
  ): () => void {
    const handle = (event: Event): void => listener((event as CustomEvent<ChatEvents[Name]>).detail);
    const type = `two-roles-${name}`;
    document.addEventListener(type, handle);
    return () => document.removeEventListener(type, handle);
  }

  configure(options: ChatOptions): void {
    for (const [name, value] of Object.entries(options)) {
      if (value == null || value === false) delete this.dataset[name];
      else if (Array.isArray(value)) this.dataset[name] = value.join("|");
      else if (typeof value === "object") this.dataset[name] = JSON.stringify(value);
      else this.dataset[name] = value === true ? "" : value;
    }
  }

  destroy(): void {
    this.isEnded = true;
    void this.loading?.then((control) => control?.end());
    this.loading = undefined;
    this.launcher.hidden = false;
    this.remove();
  }

  readonly emit: Emit = (name, detail) => {
    this.dispatchEvent(new CustomEvent(`two-roles-${name}`, { detail, bubbles: true }));
  };

  get server(): string {
    return (this.dataset["server"] ?? TwoRolesChat.server).replace(/\/$/, "");
  }

  get language(): Language {
    const wanted = this.dataset["language"] ?? document.documentElement.lang;
    const primary = wanted.slice(0, 2).toLowerCase() as Language;
    return LABELS[primary] ? primary : "en";
  }

  private async start(focus: boolean): Promise<Control | undefined> {
    if (this.isEnded) return undefined;
    if (!this.isConnected) this.place();
    this.launcher.ariaBusy = "true";
    this.failed.replaceChildren();
    const control = await this.load();
    this.launcher.ariaBusy = null;
    control?.open(focus);
    return control;
  }

  /** @param quiet Says nothing if it fails. */
  private async load(quiet?: boolean): Promise<Control | undefined> {
    const { server } = this;
    // A file that is gone after a release has a successor.
    const fetched = (this.loading ??= TwoRolesChat.fetch(server, false)
      .catch(() => TwoRolesChat.fetch(server, true))
      .then((chat) => chat.attach(this)));
    try {
      return await fetched;
    } catch (error) {
      this.loading = undefined;
      if (!quiet) this.tellFailed(`${server}: ${error}`);
      return undefined;
    }
  }

  private tellFailed(message: string): void {
    console.error(`two-roles-chat: ${message}`);
    this.emit("error", { message, reason: "load" });
    const dismiss = document.createElement("button");
    dismiss.className = "failed";
    dismiss.append(LABELS[this.language][1]);
    dismiss.onclick = () => {
      dismiss.remove();
      this.launcher.focus();
    };
    this.failed.append(dismiss);
  }

  /** Does what the attributes say, but for what the chat itself does. */
  private draw(): void {
    const { launcher, layer } = this;
    const { accent, launcherIcon, launcherLabel } = this.dataset;
    launcher.title = launcher.ariaLabel = launcherLabel || LABELS[this.language][0];
    launcher.replaceChildren(launcherIcon ? Object.assign(new Image(), { src: launcherIcon, alt: "" }) : icon(), launcherLabel ?? "");
    layer.style.setProperty(ACCENT, accent ?? "");
  }
}

// Not as HTML: pages may demand Trusted Types for that.
function icon(): SVGElement {
  const [svg, path] = ["svg", "path"].map((name) =>
    document.createElementNS("http://www.w3.org/2000/svg", name),
  ) as [SVGElement, SVGElement];
  svg.setAttribute("viewBox", "0 0 32 32");
  svg.ariaHidden = "true";
  path.setAttribute("d", ICON);
  svg.append(path);
  return svg;
}
