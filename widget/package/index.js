import {
  SMALL,
  storageKey
} from "./chunk.js";

// src/loader/labels.ts
var LABELS = {
  en: ["Open the chat", "The chat could not be loaded."],
  de: ["Chat öffnen", "Chat nicht geladen"],
  fr: ["Ouvrir le chat", "Chat non chargé"],
  es: ["Abrir el chat", "Chat no cargado"],
  it: ["Apri la chat", "Chat non caricata"],
  pt: ["Abrir o chat", "Chat não carregado"],
  nl: ["Chat openen", "Chat niet geladen"],
  pl: ["Otwórz czat", "Nie wczytano czatu"],
  ja: ["チャットを開く", "読み込めません"],
  ar: ["افتح الدردشة", "لم تُحمَّل"]
};

// src/loader/loader.css
var loader_default = ':host{all:initial;color-scheme:light dark}:host([inline]){display:grid;height:38em}.layer{--_accent: color(from var(--two-roles-accent) srgb clamp(0, r, 1) clamp(0, g, 1) clamp(0, b, 1) / 1);--_pole: clamp(0, (.179 - y) * 1e6, 1);--_on-accent: var( --two-roles-on-accent, color(from var(--_accent) xyz-d65 calc(var(--_pole) * .9505) var(--_pole) calc(var(--_pole) * 1.089)) )}[popover]{all:unset;position:fixed}button{position:fixed;inset:auto 20px 20px auto;z-index:var(--two-roles-z-index, 2147483000);margin:0;padding:0 14px;border:2px solid transparent;border-radius:29px;background:var(--_accent);color:var(--_on-accent);box-shadow:0 0 0 1px #80808066,0 8px 24px #0006;font:16px var(--two-roles-font, system-ui);cursor:pointer}.launcher{display:flex;gap:9px;place-content:center;place-items:center;min-width:58px;height:58px}.launcher>*{width:30px;height:30px;fill:none;stroke:currentColor;stroke-width:2.2}:host([inline]) .launcher,[hidden]{display:none}[aria-busy]:after{position:absolute;inset:2px auto auto 2px;width:44px;height:44px;border:3px solid;border-inline-color:transparent;border-radius:50%;content:""}.failed{bottom:90px;padding:14px;background:Canvas;color:CanvasText}.failed:after{content:" \\2715" / ""}:host([data-position="left"]) button{inset-inline:20px auto}@media(prefers-reduced-motion:no-preference){[aria-busy]:after{animation:turn 1s infinite linear}}@keyframes turn{to{rotate:1turn}}@media print{:host{display:none}}';

// src/loader/element.ts
var ICON = "M16 4c7 0 12 4 12 10s-5 10-12 10c-1 0-2 0-4-.4L6 28l1-6c-2-2-3-4-3-8C4 8 9 4 16 4ZM9 14a4 4 0 1 0 8 0a4 4 0 1 0-8 0M15 14a4 4 0 1 0 8 0a4 4 0 1 0-8 0";
var ACCENT = "--two-roles-accent";
var Base = globalThis.HTMLElement ?? Object;
var TwoRolesChat = class _TwoRolesChat extends Base {
  constructor() {
    super();
    this.layer = document.createElement("div");
    this.launcher = document.createElement("button");
    this.failed = document.createElement("div");
    this.isEnded = false;
    this.watch = new MutationObserver(() => {
      this.draw();
      void this.loading?.then((control) => control?.refresh());
    });
    this.emit = (name, detail) => {
      this.dispatchEvent(new CustomEvent(`two-roles-${name}`, { detail, bubbles: true }));
    };
    const root = this.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(loader_default);
    root.adoptedStyleSheets = [sheet];
    try {
      CSS.registerProperty({ name: ACCENT, syntax: "<color>", inherits: true, initialValue: "#0b6b75" });
    } catch {
    }
    const { launcher, failed, layer } = this;
    launcher.className = "launcher";
    launcher.onclick = () => this.open();
    launcher.onpointerenter = launcher.onfocus = () => void this.load(true);
    failed.role = "status";
    layer.className = "layer";
    layer.append(launcher, failed);
    root.append(layer);
  }
  static {
    /** Address of the server of chats that name none. */
    this.server = "";
  }
  connectedCallback() {
    const { dataset, layer, loading } = this;
    const inline = this.hasAttribute("inline");
    this.draw();
    this.watch.observe(this, { attributes: true });
    if (!inline && !getComputedStyle(this).getPropertyValue("--two-roles-z-index")) {
      layer.popover = "manual";
      layer.showPopover();
    }
    let before, waiting;
    try {
      const key = storageKey(this.server);
      before = sessionStorage[key];
      waiting = localStorage[key]?.includes('"outbox":[{');
    } catch {
    }
    const wanted = "open" in dataset && !before && !matchMedia(SMALL).matches;
    if (inline || before === "open" || wanted) void this.start(false);
    else if (dataset["teaser"] || waiting || loading) void this.load(true);
  }
  disconnectedCallback() {
    this.watch.disconnect();
    queueMicrotask(() => {
      if (!this.isEnded && "placed" in this.dataset) this.place();
    });
  }
  /** Puts itself into the page: beside its body, which some pages exchange for another one. */
  place() {
    this.isEnded = false;
    if (!this.isConnected) document.documentElement.append(this);
  }
  async open() {
    await this.start(true);
  }
  close() {
    void this.loading?.then((control) => control?.close());
  }
  async send(text) {
    (await this.start(true))?.send(`${text ?? ""}`);
  }
  on(name, listener) {
    const handle = (event) => listener(event.detail);
    const type = `two-roles-${name}`;
    document.addEventListener(type, handle);
    return () => document.removeEventListener(type, handle);
  }
  configure(options) {
    for (const [name, value] of Object.entries(options)) {
      if (value == null || value === false) delete this.dataset[name];
      else if (Array.isArray(value)) this.dataset[name] = value.join("|");
      else if (typeof value === "object") this.dataset[name] = JSON.stringify(value);
      else this.dataset[name] = value === true ? "" : value;
    }
  }
  destroy() {
    this.isEnded = true;
    void this.loading?.then((control) => control?.end());
    this.loading = void 0;
    this.launcher.hidden = false;
    this.remove();
  }
  get server() {
    return (this.dataset["server"] ?? _TwoRolesChat.server).replace(/\/$/, "");
  }
  get language() {
    const wanted = this.dataset["language"] ?? document.documentElement.lang;
    const primary = wanted.slice(0, 2).toLowerCase();
    return LABELS[primary] ? primary : "en";
  }
  async start(focus) {
    if (this.isEnded) return void 0;
    if (!this.isConnected) this.place();
    this.launcher.ariaBusy = "true";
    this.failed.replaceChildren();
    const control = await this.load();
    this.launcher.ariaBusy = null;
    control?.open(focus);
    return control;
  }
  /** @param quiet Says nothing if it fails. */
  async load(quiet) {
    const { server } = this;
    const fetched = this.loading ??= _TwoRolesChat.fetch(server, false).catch(() => _TwoRolesChat.fetch(server, true)).then((chat) => chat.attach(this));
    try {
      return await fetched;
    } catch (error) {
      this.loading = void 0;
      if (!quiet) this.tellFailed(`${server}: ${error}`);
      return void 0;
    }
  }
  tellFailed(message) {
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
  draw() {
    const { launcher } = this;
    const { accent, launcherIcon, launcherLabel } = this.dataset;
    launcher.title = launcher.ariaLabel = launcherLabel || LABELS[this.language][0];
    launcher.replaceChildren(launcherIcon ? Object.assign(new Image(), { src: launcherIcon, alt: "" }) : icon(), launcherLabel ?? "");
    if (accent) this.style.setProperty(ACCENT, accent);
  }
};
function icon() {
  const [svg, path] = ["svg", "path"].map(
    (name) => document.createElementNS("http://www.w3.org/2000/svg", name)
  );
  svg.setAttribute("viewBox", "0 0 32 32");
  svg.ariaHidden = "true";
  path.setAttribute("d", ICON);
  svg.append(path);
  return svg;
}

// src/package.ts
var TAG = "two-roles-chat";
TwoRolesChat.fetch = () => import("./control.js");
if (globalThis.customElements && !customElements.get(TAG)) customElements.define(TAG, TwoRolesChat);
function createChat(options) {
  const chat = document.createElement(TAG);
  chat.configure(options);
  chat.dataset["placed"] = "true";
  chat.place();
  return chat;
}
export {
  createChat
};
