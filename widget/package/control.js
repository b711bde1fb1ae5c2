import {
  SMALL,
  storageKey,
  tab,
  watchPolicy
} from "./chunk.js";

// src/chat/labels.ts
var en = {
  title: "Ask about the two roles",
  subtitle: "ML engineer or AI engineer",
  greeting: "Hello. I answer questions about ML engineers and AI engineers from one published article. What would you like to know?",
  englishOnly: "",
  conversation: "Conversation",
  you: "You",
  assistant: "Assistant",
  firstQuestions: "Questions to begin with",
  suggestions: "Suggestions",
  field: "Your question",
  send: "Send",
  left: "{n} characters left",
  tooMany: "{n} characters too many",
  writing: "The assistant is writing",
  loading: "Loading the conversation",
  source: "Source",
  section: "Section",
  article: "Article",
  cites: "Citing",
  table: "Comparison",
  newTab: "(opens in a new tab)",
  helpful: "Helpful",
  unhelpful: "Not helpful",
  thanks: "Thank you for telling us.",
  failed: "That did not work. Please try again.",
  offline: "No connection. Your message is kept and goes out as soon as there is one.",
  offlineEmpty: "No connection. Trying again.",
  retry: "Try now",
  busy: "Many questions at once. It goes on in {n} s.",
  refused: "This message could not be taken.",
  ended: "The earlier conversation has ended. This is a new one.",
  menu: "More",
  close: "Close the chat",
  copy: "Copy the conversation",
  copied: "Copied.",
  save: "Save as a text file",
  startOver: "Start over",
  stored: "What is stored",
  storedText: "Your questions and the answers are stored on the server of this chat, under a random key and without your name.\n\nYour browser stores that key, what is still to be sent, and your ratings, so that the conversation is here when you come back. No cookies are used.\n\n“Delete the conversation” removes it in both places.",
  remove: "Delete the conversation",
  removeText: "Your questions and the answers will be deleted, here and on the server. This cannot be undone.",
  removeYes: "Delete",
  removed: "The conversation has been deleted.",
  back: "Back",
  blocked: "The chat cannot be used on this page at the moment.",
  queued: "Not sent yet",
  contact: "Talk to a person",
  startedOver: "A new beginning",
  dismiss: "Close"
};
var LANGUAGES = {
  ar: () => import("./ar.js"),
  de: () => import("./de.js"),
  es: () => import("./es.js"),
  fr: () => import("./fr.js"),
  it: () => import("./it.js"),
  ja: () => import("./ja.js"),
  nl: () => import("./nl.js"),
  pl: () => import("./pl.js"),
  pt: () => import("./pt.js")
};
async function labelsIn(language, own) {
  const spoken = language === "en" ? en : await LANGUAGES[language]().then(({ labels }) => labels, () => en);
  return { ...spoken, ...ownLabels(own) };
}
function ownLabels(own) {
  if (!own) return {};
  try {
    const read2 = JSON.parse(own);
    const unknown = Object.keys(read2).filter((name) => !(name in en) || typeof read2[name] !== "string");
    if (!unknown.length) return read2;
    console.warn(`two-roles-chat: data-labels has no such texts: ${unknown.join(", ")}.`);
    return Object.fromEntries(Object.entries(read2).filter(([name]) => !unknown.includes(name)));
  } catch (error) {
    console.warn(`two-roles-chat: data-labels is not JSON: ${String(error)}`);
    return {};
  }
}
var FIRST_QUESTIONS = [
  "How do the two roles differ?",
  "What skills does an ML engineer need?",
  "How do I become an AI engineer?"
];
function filled(label, n) {
  return label.replace("{n}", String(n));
}

// src/chat/panel.ts
import { html as html9, LitElement, nothing as nothing6, unsafeCSS } from "lit";

// src/chat/composer.ts
import { html } from "lit";

// src/chat/icons.ts
import { svg } from "lit";
function icon(path) {
  return svg`<svg viewBox="0 0 24 24" aria-hidden="true"><path d=${path}></path></svg>`;
}
var CLOSE = icon("m6 6 12 12M18 6 6 18");
var MORE = icon("M5 12h.01M12 12h.01M19 12h.01");
var SEND = icon("M12 19V5M5.5 11.5 12 5l6.5 6.5");
var CHEVRON = icon("m9 6 6 6-6 6");
var THUMB = icon(
  "M7 10.5 11 3c1.5 0 2.6 1.1 2.6 2.6L13 9.5h5.2a2 2 0 0 1 2 2.4l-1.3 6.5a2 2 0 0 1-2 1.6H7M7 10.5V20H4.5a1 1 0 0 1-1-1v-7.5a1 1 0 0 1 1-1H7Z"
);
var ROLES = icon("M3 12a6 6 0 1 0 12 0a6 6 0 1 0-12 0M9 12a6 6 0 1 0 12 0a6 6 0 1 0-12 0");

// src/chat/composer.ts
var COUNTER_FROM = 0.85;
var COMPOSING = 229;
function isComposing(event) {
  return event.isComposing || event.keyCode === COMPOSING;
}
var Composer = class {
  /**
   * @param host The element that shows it.
   * @param key Under which the tab keeps what is being written.
   * @param limit How many characters a message may have.
   * @param send Takes a finished message.
   */
  constructor(host, key, limit, send) {
    this.host = host;
    this.key = key;
    this.limit = limit;
    this.send = send;
    this.submit = (event) => {
      event.preventDefault();
      if (!this.text || this.left < 0) return;
      this.send(this.text);
      this.write("");
      this.focus();
    };
    this.onKey = (event) => {
      if (event.key === "Enter" && !event.shiftKey && !isComposing(event)) this.submit(event);
    };
    this.draft = tab.get(key) ?? "";
  }
  focus() {
    this.field.focus({ preventScroll: true });
  }
  view() {
    const { left, draft } = this;
    const { labels, direction } = this.host;
    const near = left <= this.limit() * (1 - COUNTER_FROM);
    const count = left < 0 ? filled(labels.tooMany, -left) : near ? filled(labels.left, left) : "";
    return html`<form class=${left < 0 ? "over" : ""} @submit=${this.submit}>
      <label class="hidden" for="field">${labels.field}</label>
      <textarea
        id="field"
        rows="1"
        dir=${draft ? "auto" : direction}
        enterkeyhint="send"
        autocomplete="off"
        placeholder=${labels.field}
        aria-describedby="count"
        aria-invalid=${left < 0}
        .value=${draft}
        @input=${() => this.write(this.field.value)}
        @keydown=${this.onKey}
      ></textarea>
      <button
        type="submit"
        class="send"
        aria-label=${labels.send}
        title=${labels.send}
        ?disabled=${!this.text || left < 0}
      >
        ${SEND}
      </button>
      <p class="count" id="count" role="status">${count}</p>
    </form>`;
  }
  get field() {
    return this.host.renderRoot.querySelector("textarea");
  }
  get text() {
    return this.draft.trim();
  }
  /** Characters left, counted as the server counts them: by code points. */
  get left() {
    return this.limit() - [...this.text].length;
  }
  write(text) {
    const { field } = this;
    this.draft = text;
    tab.set(this.key, text);
    if (field.value !== text) field.value = text;
    if (!CSS.supports("field-sizing", "content")) {
      field.style.height = "auto";
      field.style.height = `${field.scrollHeight}px`;
    }
    this.host.requestUpdate();
  }
};

// src/chat/messages.ts
function readReply(value) {
  const raw = asRecord(value);
  const { table, points, source } = raw;
  return {
    text: asText(raw["text"]),
    kind: asText(raw["kind"]),
    verdict: asText(raw["verdict"]),
    statements: asList(raw["statements"]).map(String),
    buttons: asList(raw["buttons"]).filter(isButton),
    table: isTable(table) ? table : null,
    points: isPoints(points) ? points : null,
    image: asText(raw["image"]) || null,
    source: isSource(source) ? source : null,
    answer: asText(raw["answer"]) || null
  };
}
function readMessage(value) {
  const raw = asRecord(value);
  const said = { ...isText(raw["time"]) && { time: raw["time"] } };
  if (raw["from"] === "assistant") return { from: "assistant", ...said, ...readReply(raw) };
  if (raw["from"] !== "visitor") return void 0;
  const order = raw["order"];
  return {
    from: "visitor",
    ...said,
    id: asText(raw["id"]),
    text: asText(raw["text"]),
    ...isText(order) && { order }
  };
}
function isOutgoing(value) {
  const { id, text, payload } = asRecord(value);
  return isText(id) && isText(text) && (payload === void 0 || isText(payload));
}
function asRecord(value) {
  return typeof value === "object" && value !== null ? value : {};
}
function asList(value) {
  return Array.isArray(value) ? value : [];
}
function isText(value) {
  return typeof value === "string";
}
function asText(value) {
  return isText(value) ? value : "";
}
function isTexts(value) {
  return Array.isArray(value) && value.every(isText);
}
function isButton(value) {
  const { title, payload } = asRecord(value);
  return isText(title) && isText(payload);
}
function isTable(value) {
  const { columns, rows } = asRecord(value);
  return isTexts(columns) && Array.isArray(rows) && rows.every(isTexts);
}
function isPoints(value) {
  return isTexts(asRecord(value)["items"]);
}
function isSource(value) {
  const { title, publisher, published } = asRecord(value);
  return isText(title) && isText(publisher) && isText(published);
}

// src/chat/client.ts
var TIMEOUT_MS = 2e4;
var DEFAULT_WAIT_S = 5;
var REPORT_MS = 60;
var Failure = class extends Error {
  constructor(reason, message = "", seconds = 0) {
    super(message);
    this.reason = reason;
    this.seconds = seconds;
  }
};
var Client = class {
  constructor(server) {
    this.server = server;
    this.isForbidden = watchPolicy(server, "connect-src");
  }
  async openSession() {
    const { token, max_characters } = await this.ask("POST", "session");
    return { token: String(token), maxCharacters: Number(max_characters) };
  }
  async send(token, { id, text, payload }) {
    const body = payload === void 0 ? { id, text } : { id, payload };
    const { replies } = await this.ask("POST", "messages", token, body);
    return asList(replies).map(readReply).filter(({ text: text2, table, image }) => text2 || table || image);
  }
  async history(token) {
    const { messages } = await this.ask("GET", "messages", token);
    return asList(messages).flatMap((each) => readMessage(each) ?? []);
  }
  async rate(token, answer, helpful) {
    await this.ask("POST", "feedback", token, { answer, helpful });
  }
  async endSession(token) {
    await this.ask("DELETE", "session", token);
  }
  async ask(method, path, token, body) {
    const headers = { "Content-Type": "application/json" };
    if (token) headers["Authorization"] = `Bearer ${token}`;
    let response;
    try {
      response = await this.fetch(`webhooks/webchat/${path}`, {
        method,
        headers,
        body: method === "POST" ? JSON.stringify(body ?? {}) : null
      });
      if (response.ok) return asRecord(response.status === 204 ? {} : await response.json());
    } catch (error) {
      throw new Failure(await this.reason(), String(error));
    }
    throw await failureOf(response);
  }
  fetch(path, options = {}) {
    return fetch(`${this.server}/${path}`, {
      ...options,
      cache: "no-store",
      credentials: "omit",
      signal: AbortSignal.timeout(TIMEOUT_MS)
    });
  }
  /** Why nothing came: scripts are told of none of these, and find out by trying. */
  async reason() {
    await new Promise((resolve) => setTimeout(resolve, REPORT_MS));
    if (this.isForbidden()) return "policy";
    if (new URL(this.server).origin === location.origin) return "unreachable";
    const isThere = await this.fetch("widget.js", { method: "HEAD" }).then(({ ok }) => ok, () => false);
    const isOurs = await this.fetch("webhooks/webchat/").then(() => true, () => false);
    return isThere && !isOurs ? "origin" : "unreachable";
  }
};
async function failureOf(response) {
  if (response.status === 401) return new Failure("session");
  if (response.status === 429) {
    return new Failure("busy", "", Number(response.headers.get("Retry-After")) || DEFAULT_WAIT_S);
  }
  if (response.status >= 500 || response.status === 408) return new Failure("unreachable");
  const body = asRecord(await response.json().catch(() => ({})));
  return new Failure("refused", typeof body["message"] === "string" ? body["message"] : "");
}

// src/chat/store.ts
var MAX_CHARACTERS = 1e3;
var Store = class {
  constructor(key) {
    this.key = key;
  }
  /** Read anew each time: another tab may have written. */
  read() {
    let stored;
    try {
      stored = JSON.parse(this.stored() ?? "{}");
    } catch {
    }
    const { token, maxCharacters, outbox, rated } = asRecord(stored);
    return {
      token: typeof token === "string" ? token : void 0,
      maxCharacters: typeof maxCharacters === "number" ? maxCharacters : MAX_CHARACTERS,
      outbox: asList(outbox).filter(isOutgoing),
      rated: asRecord(rated)
    };
  }
  update(change) {
    this.write(JSON.stringify({ ...this.read(), ...change }));
  }
  clear() {
    this.write("{}");
    try {
      localStorage.removeItem(this.key);
    } catch {
    }
  }
  write(text) {
    try {
      localStorage.setItem(this.key, text);
    } catch {
      this.memory = text;
    }
  }
  stored() {
    if (this.memory !== void 0) return this.memory;
    try {
      return localStorage.getItem(this.key);
    } catch {
      return null;
    }
  }
};

// src/chat/conversation.ts
var FIRST_WAIT_S = 1;
var LONGEST_WAIT_S = 30;
var BLOCKED_WAIT_S = 300;
var START_OVER = "/start_over";
var Conversation = class extends EventTarget {
  constructor(server, emit) {
    super();
    this.server = server;
    this.emit = emit;
    this.messages = [];
    this.state = { name: "idle" };
    this.loaded = false;
    this.ended = false;
    this.isOffline = false;
    this.blockedBy = "";
    this.reloads = 0;
    this.working = false;
    this.failures = 0;
    /** Ends a wait for the server at once. */
    this.retryNow = () => this.wake?.();
    const name = storageKey(server);
    this.client = new Client(server);
    this.store = new Store(name);
    this.tabs = openChannel(name);
    this.tabs?.addEventListener("message", ({ data }) => {
      if (data === "deleted") this.empty();
      else this.reload();
    });
    addEventListener("online", this.retryNow);
    void this.work();
  }
  /** Ends what goes on in the background, and what waits goes out on another page. */
  end() {
    this.ended = true;
    removeEventListener("online", this.retryNow);
    this.tabs?.close();
    this.retryNow();
  }
  get kept() {
    return this.store.read();
  }
  /** Messages that are not answered yet, but for those that the server already knows of. */
  get waiting() {
    return this.pending.filter((each) => !this.knows(each));
  }
  /** Sends what the visitor typed, or the payload of a button under its title. */
  send(text, payload) {
    const message = { id: newId(), text, ...payload !== void 0 && { payload } };
    this.store.update({ outbox: [...this.pending, message] });
    this.changed();
    void this.work();
  }
  /** Tells the server whether a reply helped. Throws `Failure`. */
  async rate(answer, helpful) {
    const { token, rated } = this.kept;
    if (!token) return;
    await this.client.rate(token, answer, helpful);
    this.store.update({ rated: { ...rated, [answer]: helpful } });
    this.emit("feedback", { answer, helpful });
    this.changed();
  }
  /** Deletes the conversation, here and on the server. Throws `Failure`. */
  async forget() {
    const { token } = this.kept;
    if (token) {
      await this.client.endSession(token).catch((failure) => {
        if (failure.reason !== "session") throw failure;
      });
    }
    this.store.clear();
    this.retryNow();
    this.tabs?.postMessage("deleted");
    this.empty();
  }
  /** Shows nothing any more. The message may come before the store of another tab is cleared. */
  empty() {
    this.reloads++;
    this.messages = [];
    this.changed();
  }
  reload() {
    this.reloads++;
    this.loaded = false;
    void this.work();
  }
  /** Does what there is to do: fetch what was said before, then send what waits. */
  async work() {
    if (this.working) return;
    this.working = true;
    while (!this.ended && (!this.loaded || this.pending[0])) {
      try {
        if (!this.loaded) await this.loadHistory();
        else if (this.pending[0]) await this.deliver(this.pending[0]);
        this.failures = 0;
        this.tellOffline(false);
      } catch (failure) {
        await this.recover(failure);
      }
    }
    this.working = false;
    this.enter({ name: "idle" });
  }
  async loadHistory() {
    const { token } = this.kept;
    const reloads = this.reloads;
    if (token) this.enter({ name: this.pending.length ? "sending" : "loading" });
    this.messages = token ? await this.client.history(token) : [];
    this.loaded = reloads === this.reloads;
    this.changed();
  }
  async deliver(message) {
    this.enter({ name: "sending" });
    let { token } = this.kept;
    if (!token) {
      const session = await this.client.openSession();
      token = session.token;
      this.store.update(session);
    }
    const replies = await this.client.send(token, message);
    if (this.kept.token === token) this.accept(message, replies);
  }
  accept(message, replies) {
    this.dropPending(message);
    if (this.knows(message)) {
      this.loaded = false;
    } else {
      const time = (/* @__PURE__ */ new Date()).toISOString();
      const { id, text, payload } = message;
      this.say({ from: "visitor", id, text, time, ...payload === START_OVER && { order: "start_over" } });
      for (const reply of replies) {
        this.say({ from: "assistant", time, ...reply });
        const { kind, verdict, statements, source = null, answer = null } = reply;
        this.emit("answer", { question: text, text: reply.text, kind, verdict, statements, source, answer });
      }
    }
    this.tabs?.postMessage("changed");
    this.changed();
  }
  say(message) {
    this.messages.push(message);
    this.emit("message", { from: message.from, text: message.text });
  }
  async recover(failure) {
    if (this.ended) return;
    if (failure.reason === "session") return this.startAfresh();
    if (failure.reason === "refused") return this.giveUp(failure);
    if (failure.reason === "busy") {
      this.enter({ name: "busy", seconds: failure.seconds });
      return this.pause(failure.seconds);
    }
    if (failure.reason !== "policy" && failure.reason !== "origin") {
      this.enter({ name: "offline" });
      this.tellOffline(true);
      return this.pause(Math.min(FIRST_WAIT_S * 2 ** this.failures++, LONGEST_WAIT_S));
    }
    this.enter({ name: "blocked" });
    this.tellBlocked(failure.reason);
    return this.pause(BLOCKED_WAIT_S);
  }
  tellOffline(isOffline) {
    if (isOffline !== this.isOffline) this.emit(isOffline ? "offline" : "online", void 0);
    this.isOffline = isOffline;
  }
  /** Tells whoever keeps the page, once, what to do. */
  tellBlocked(reason) {
    if (this.blockedBy === reason) return;
    this.blockedBy = reason;
    const { server } = this;
    const message = reason === "policy" ? `The Content-Security-Policy of this page forbids requests to the chat's server: add ${new URL(server).origin} to connect-src.` : `${server} does not allow this site: add ${location.origin} to the "origins" of its web channel (WEBCHAT_ORIGINS).`;
    console.error(`two-roles-chat: ${message}`);
    this.emit("error", { message, reason });
  }
  /** Goes on under a new session; what was said before stays on the screen. */
  startAfresh() {
    const outbox = this.pending.map(({ id, text }) => ({ id, text }));
    this.store.update({ token: void 0, outbox, rated: {} });
    this.loaded = true;
    this.messages.push({ from: "note", about: "ended", text: "" });
    this.changed();
  }
  giveUp(failure) {
    const [message] = this.pending;
    if (!this.loaded || !message) {
      this.loaded = true;
      return;
    }
    this.dropPending(message);
    this.messages.push(
      { from: "visitor", id: message.id, text: message.text },
      { from: "note", about: "refused", text: failure.message }
    );
    this.changed();
  }
  get pending() {
    return this.kept.outbox;
  }
  knows(message) {
    return this.messages.some((each) => each.from === "visitor" && each.id === message.id);
  }
  dropPending(message) {
    this.store.update({ outbox: this.pending.filter((each) => each.id !== message.id) });
  }
  pause(seconds) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, seconds * 1e3);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
  enter(state) {
    if (this.ended) return;
    this.state = state;
    this.changed();
  }
  changed() {
    this.dispatchEvent(new Event("change"));
  }
};
function openChannel(name) {
  try {
    return new BroadcastChannel(name);
  } catch {
    return void 0;
  }
}
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

// src/chat/menu.ts
import { html as html2 } from "lit";
var Menu = class {
  constructor(host, items) {
    this.host = host;
    this.items = items;
    this.isOpen = false;
    this.toggle = async () => {
      this.show(!this.isOpen);
      await this.host.updateComplete;
      if (this.isOpen) this.host.renderRoot.querySelector(".menu .item")?.focus();
    };
    this.onFocusOut = ({ currentTarget, relatedTarget }) => {
      const stays = relatedTarget instanceof Node && currentTarget.contains(relatedTarget);
      if (!stays) this.show(false);
    };
  }
  /** Closes it; the focus goes back to its button. */
  close() {
    this.show(false);
    this.focus();
  }
  focus() {
    this.host.renderRoot.querySelector(".more")?.focus();
  }
  view() {
    const { menu } = this.host.labels;
    return html2`<div tabindex="-1" @focusout=${this.onFocusOut}>
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
        ${this.items().map((item) => html2`<li>${this.itemView(item)}</li>`)}
      </ul>
    </div>`;
  }
  itemView([label, action]) {
    if (typeof action === "string") {
      return html2`<a class="item" href=${action} target="_blank" rel="noopener noreferrer">${label}</a>`;
    }
    return html2`<button type="button" class="item" @click=${() => this.choose(action)}>${label}</button>`;
  }
  choose(action) {
    this.close();
    action();
  }
  show(open) {
    this.isOpen = open;
    this.host.requestUpdate();
  }
};

// src/chat/message-view.ts
import { html as html4, nothing } from "lit";

// src/chat/rich-text.ts
var SIGNS = /[*_`[]|https?:|mailto:|www\.|\S@\S|^\s*(?:[-+•]|\d+[.)])\s/m;
var PROTOCOLS = /* @__PURE__ */ new Set(["http:", "https:", "mailto:"]);
function safeAddress(address, base) {
  try {
    const url = new URL(address, base);
    return PROTOCOLS.has(url.protocol) ? url.href : void 0;
  } catch {
    return void 0;
  }
}
var read;
var reading;
function parse(text, points, later) {
  const list = points && listIn(text, points, later);
  if (list) {
    const [before, block, after] = list;
    return [...parse(before, null, later), block, ...parse(after, null, later)];
  }
  if (SIGNS.test(text)) {
    if (read) return read(text, safeAddress);
    reading ??= import("./markdown.js").then(
      (markdown) => void (read = markdown.read),
      () => void 0
      // then it stays as it was written
    );
    void reading.then(() => read && later());
  }
  return paragraphs(text);
}
function listIn(text, { ordered, items }, later) {
  const lines = items.map((item, index) => `${ordered ? `${index + 1}.` : "-"} ${item}`).join("\n");
  const start = text.indexOf(lines);
  if (!lines || start < 0) return void 0;
  const list = { type: "list", ordered, items: items.map((item) => lineOf(item, later)) };
  return [text.slice(0, start), list, text.slice(start + lines.length)];
}
function lineOf(text, later) {
  const [block, ...others] = parse(text, null, later);
  const line = block?.type === "paragraph" && !others.length && block.lines.length === 1 ? block.lines[0] : void 0;
  return line ?? plain(text);
}
function paragraphs(text) {
  return text.split(/\n\s*\n/).filter((paragraph) => paragraph.trim()).map((paragraph) => ({ type: "paragraph", lines: paragraph.trim().split(/\r?\n/).map(plain) }));
}
function plain(text) {
  return [{ type: "text", text }];
}

// src/chat/times.ts
import { html as html3 } from "lit";
var MINUTE_MS = 6e4;
var HOUR_MS = 60 * MINUTE_MS;
var DAY_MS = 24 * HOUR_MS;
function timeView(time, language) {
  const date = new Date(time);
  const full = new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" }).format(date);
  return html3`<time class="time" datetime=${time} title=${full} aria-live="off">${ago(date, language)}</time>`;
}
function dayBetween(before, time, language) {
  const date = new Date(time);
  const days = dayNumber(date) - dayNumber(/* @__PURE__ */ new Date());
  if (before ? dayNumber(new Date(before)) === dayNumber(date) : days === 0) return void 0;
  if (days >= -1) return new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(days, "day");
  return new Intl.DateTimeFormat(language, { dateStyle: "full" }).format(date);
}
function isTime(time) {
  return time !== void 0 && !Number.isNaN(Date.parse(time));
}
function ago(date, language) {
  const passed = Math.max(0, Date.now() - date.getTime());
  const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto", style: "short" });
  if (passed < MINUTE_MS) return relative.format(0, "second");
  if (passed < HOUR_MS) return relative.format(-Math.floor(passed / MINUTE_MS), "minute");
  if (passed < DAY_MS) return relative.format(-Math.floor(passed / HOUR_MS), "hour");
  return new Intl.DateTimeFormat(language, { timeStyle: "short" }).format(date);
}
function dayNumber(date) {
  return Math.floor((date.getTime() - date.getTimezoneOffset() * MINUTE_MS) / DAY_MS);
}

// src/chat/message-view.ts
function messagesView(said, waiting, isQueued, context) {
  const all = [...said, ...waiting];
  const times = all.map(({ time }) => isTime(time) ? time : void 0);
  const latest = all.findLastIndex(({ from }) => from === "assistant");
  return all.map((message, index) => {
    const time = times[index];
    const before = times.slice(0, index).findLast((each) => each !== void 0);
    const day = time && dayBetween(before, time, context.language);
    const isWaiting = index >= said.length;
    return html4`${day ? html4`<p class="note day">${day}</p>` : nothing}${guarded(
      message,
      () => message.from === "assistant" ? assistantView(message, index === latest, context) : message.from === "note" ? noteView(message, context) : visitorView(message, isWaiting, isWaiting && isQueued, context)
    )}`;
  });
}
function guarded(message, view) {
  try {
    return view();
  } catch (error) {
    console.error("two-roles-chat: a message could not be shown.", error);
    return html4`<p class="note">${message.text}</p>`;
  }
}
function visitorView({ text, time, order }, isWaiting, isQueued, { labels, language }) {
  if (order === "start_over") return html4`<h3 class="note beginning">${labels.startedOver}</h3>`;
  return html4`<div class=${isQueued ? "message visitor queued" : "message visitor"} ?data-waiting=${isWaiting}>
    <span class="hidden">${labels.you}:</span>
    <div class="bubble" dir="auto">${text}</div>
    ${isQueued ? html4`<span class="when">${labels.queued}</span>` : nothing}
    ${isTime(time) ? html4`<span class="when aside">${timeView(time, language)}</span>` : nothing}
  </div>`;
}
function noteView({ about, text }, { labels, language }) {
  return html4`<p class="note">${labels[about]} ${language === "en" ? text : ""}</p>`;
}
function greetingView(text, labels) {
  return html4`<div class="message assistant">
    <span class="hidden">${labels.assistant}:</span>
    <div class="bubble" dir="auto">
      <p>${text}</p>
      ${labels.englishOnly ? html4`<p>${labels.englishOnly}</p>` : nothing}
    </div>
  </div>`;
}
function assistantView(message, isLatest, context) {
  const { labels, language } = context;
  const { source, answer, table, image, time } = message;
  const text = table ? firstSentence(message.text) : message.text;
  return html4`<div class=${isLatest ? "message assistant latest" : "message assistant"}>
    <span class="hidden">${labels.assistant}:</span>
    <div class="bubble" lang="en" dir="auto">
      ${parse(text, message.points, context.later).map((block) => blockView(block, labels))}
      ${table ? tableView(table, labels) : nothing}
      ${image ? imageView(image, context) : nothing}
    </div>
    <div class="about">
      ${source ? sourceView(source, labels) : nothing}
      <div class="aside">
        ${isTime(time) ? timeView(time, language) : nothing}
        ${answer ? thumbsView(answer, context) : nothing}
      </div>
    </div>
  </div>`;
}
function firstSentence(text) {
  const [first] = new Intl.Segmenter("en", { granularity: "sentence" }).segment(text);
  return first ? first.segment.trim() : text;
}
function blockView(block, labels) {
  const inline = (parts) => parts.map((part) => inlineView(part, labels));
  if (block.type === "list") {
    const items = block.items.map((item) => html4`<li>${inline(item)}</li>`);
    return block.ordered ? html4`<ol>${items}</ol>` : html4`<ul>${items}</ul>`;
  }
  const lines = block.lines.map((line, index) => html4`${index ? html4`<br />` : nothing}${inline(line)}`);
  return html4`<p>${lines}</p>`;
}
function inlineView(part, labels) {
  if (part.type === "strong") return html4`<strong>${part.text}</strong>`;
  if (part.type === "emphasis") return html4`<em>${part.text}</em>`;
  if (part.type === "code") return html4`<code>${part.text}</code>`;
  if (part.type === "link") return linkView(part.text, part.address, labels);
  return part.text;
}
function linkView(text, address, labels) {
  return html4`<a href=${address} target="_blank" rel="noopener noreferrer"
    >${text}<span class="hidden"> ${labels.newTab}</span></a
  >`;
}
function tableView({ columns, rows }, labels) {
  const head = columns.map(
    (name) => name ? html4`<th role="columnheader" scope="col">${name}</th>` : html4`<td role="cell"></td>`
  );
  const body = rows.map(
    ([first, ...cells]) => html4`<tr role="row">
      <th role="rowheader" scope="row">${first}</th>
      ${cells.map(
      (cell, index) => html4`<td role="cell" data-column=${columns[index + 1] ?? ""}>${capitalised(cell)}</td>`
    )}
    </tr>`
  );
  return html4`<div class="table" role="group" aria-label=${labels.table} tabindex="0">
    <table role="table">
      <thead role="rowgroup">
        <tr role="row">
          ${head}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${body}
      </tbody>
    </table>
  </div>`;
}
function capitalised(text) {
  const [first = "", ...others] = text;
  return first.toUpperCase() + others.join("");
}
function imageView(address, { server, labels }) {
  const full = safeAddress(address.replace(/^\/(?!\/)/, ""), `${server}/`);
  if (!full) return nothing;
  return new URL(full).origin === new URL(server).origin ? html4`<img src=${full} alt="" />` : html4`<p>${linkView(full, full, labels)}</p>`;
}
function sourceView({ section, title, publisher, published, reference }, labels) {
  const address = reference ? safeAddress(reference.address) : void 0;
  return html4`<details class="source" @toggle=${reveal}>
    <summary>${CHEVRON}${labels.source}</summary>
    <dl>
      ${section ? html4`<dt>${labels.section}</dt><dd lang="en" dir="auto">${section}</dd>` : nothing}
      <dt>${labels.article}</dt>
      <dd lang="en" dir="auto">${title}. ${publisher}, ${published}</dd>
      ${reference ? html4`<dt>${labels.cites}</dt>
            <dd lang="en" dir="auto">
              ${reference.author},
              ${address ? linkView(reference.title, address, labels) : reference.title},
              ${reference.published}
            </dd>` : nothing}
    </dl>
  </details>`;
}
function reveal({ currentTarget }) {
  const details = currentTarget;
  if (details.open) details.scrollIntoView({ block: "nearest" });
}
function thumbsView(answer, { labels, rated, thanked, rate }) {
  const thumb = (helpful, label) => html4`<button
      type="button"
      class="icon thumb ${helpful ? "" : "down"}"
      aria-label=${label}
      title=${label}
      aria-pressed=${rated[answer] === helpful}
      @click=${() => rate(answer, helpful)}
    >
      ${THUMB}
    </button>`;
  return html4`<span class="thanks" role="status">${thanked?.answer === answer ? thanked.text : ""}</span>
    <div class="thumbs">${thumb(true, labels.helpful)}${thumb(false, labels.unhelpful)}</div>`;
}

// src/chat/panel.css
var panel_default = ':host{all:initial;color-scheme:inherit;--_ink: light-dark( oklch(from var(--_accent) min(l, .46) min(c, .16) h), oklch(from var(--_accent) max(l, .82) min(c, .11) h) );--_surface: var(--two-roles-surface, light-dark(#ffffff, #131b1f));--_raised: var(--two-roles-raised, light-dark(#f1f5f5, #202b30));--_text: var(--two-roles-text, light-dark(#14252b, #e8eff0));--_muted: var(--two-roles-muted, light-dark(#51646b, #a5b6bb));--_line: var(--two-roles-line, light-dark(#dde5e7, #2f3c42));--_edge: light-dark(#7b8d94, #7d8f96);--_danger: light-dark(#b3261e, #ffb4ab);--_warning: light-dark(#fdf3dc, #3a2f14);--_on-warning: light-dark(#5c4300, #f7dfa5);--_radius: var(--two-roles-radius, 18px);--_bubble: calc(var(--_radius) * .83);--_tail: calc(var(--_radius) * .25)}*,*:before,*:after{box-sizing:border-box}.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}.panel{position:fixed;inset:auto 20px 20px auto;z-index:var(--two-roles-z-index, 2147483000);flex-direction:column;width:min(var(--two-roles-width, 26em),100vw - 40px);height:min(var(--two-roles-height, 42em),100dvh - 40px);max-width:none;max-height:none;margin:0;padding:0;overflow:clip;border:1px solid var(--_line);border-radius:var(--_radius);background:var(--_surface);color:var(--_text);box-shadow:0 2px 6px #0a191e1a,0 18px 50px #0a191e3d;font:max(1rem,16px) / 1.5 var(--two-roles-font, system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif);text-align:start;overflow-wrap:break-word}.panel[open]{display:flex}.fresh{height:auto;max-height:min(var(--two-roles-height, 42em),100dvh - 40px)}.inline{position:relative;inset:auto;z-index:0;display:flex;width:100%;height:100%;box-shadow:none}:host([data-position="left"]) :is(.panel:not(.inline),.badge,.teaser){right:auto;left:20px}.main{display:flex;flex:1;flex-direction:column;min-height:0}.badge,.teaser{position:fixed;right:20px;z-index:var(--two-roles-z-index, 2147483000);font:1rem/1.4 var(--two-roles-font, system-ui, sans-serif)}.badge{bottom:62px;min-width:1.5em;padding:.1em .4em;border:2px solid var(--_surface);border-radius:1em;background:var(--_danger);color:light-dark(#fff,#3b0a07);font-size:.8125rem;font-weight:700;text-align:center;pointer-events:none}.teaser{bottom:90px;display:flex;align-items:flex-start;max-width:min(17em,100vw - 40px);padding:.3em;border:1px solid var(--_line);border-radius:1em;background:var(--_surface);color:var(--_text);box-shadow:0 8px 30px #0a191e33}.tease{padding:.45em .6em;border:0;border-radius:.75em;background:none;text-align:start}button{font:inherit;color:inherit;cursor:pointer}:focus-visible{outline:2px solid var(--_ink);outline-offset:2px}svg{display:block;flex:none;width:1.35em;height:1.35em;fill:none;stroke:currentColor;stroke-width:1.9;stroke-linecap:round;stroke-linejoin:round}.icon{display:grid;place-items:center;width:2.375em;height:2.375em;padding:0;border:0;border-radius:50%;background:none;color:var(--_muted)}.icon:hover,.icon[aria-expanded=true]{background:var(--_raised);color:var(--_text)}.head{position:relative;z-index:1;display:flex;align-items:center;gap:.125em;padding:.75em .625em .75em 1em;padding-inline:1em .625em;border-block-end:1px solid var(--_line)}.mark{display:grid;place-items:center;flex:none;width:2.375em;height:2.375em;margin-inline-end:.6em;border-radius:.75em;background:var(--_accent);color:var(--_on-accent);overflow:hidden}.mark img{width:100%;height:100%;object-fit:cover}.names{flex:1;min-width:0}h2,h3,p{margin:0}h2{font-size:1em;font-weight:650;line-height:1.3}.names>*{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}.names>:only-child{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:2;white-space:normal}.names p{color:var(--_muted);font-size:.8125em;line-height:1.35}.more svg{stroke-width:3}ul{margin:0;padding:0;list-style:none}.menu{position:absolute;inset-block-start:calc(100% - .4em);inset-inline-end:.75em;min-width:14em;max-width:calc(100% - 1.5em);max-height:calc(100dvh - 8em);overflow-y:auto;padding:.375em;border:1px solid var(--_line);border-radius:.875em;background:var(--_surface);box-shadow:0 10px 30px #0a191e38}.menu[hidden]{display:none}.menu .item{display:block;width:100%;padding:.5em .75em;border:0;border-radius:.6em;background:none;color:inherit;font-size:.9375em;text-align:start;text-decoration:none}.menu .item:hover{background:var(--_raised)}.menu .item:focus-visible{outline-offset:-2px}.menu li:last-child{margin-block-start:.3em;padding-block-start:.3em;border-block-start:1px solid var(--_line)}.menu li:last-child .item{color:var(--_danger)}.log{position:relative;display:flex;flex:1;flex-direction:column;gap:.875em;min-height:5em;padding:1.125em 1em 1em;overflow:hidden auto;overscroll-behavior:contain;scrollbar-width:thin;scrollbar-color:var(--_edge) transparent}.log:focus-visible{outline-offset:-3px}.message{position:relative;display:flex;flex-direction:column;align-items:flex-start;max-width:100%}.bubble{max-width:92%;padding:.6em .9em;border-radius:var(--_bubble)}.assistant .bubble{border-bottom-left-radius:var(--_tail);background:var(--_raised)}.visitor{align-items:flex-end;padding-inline-start:2.5em}.visitor .bubble{max-width:100%;border-bottom-right-radius:var(--_tail);background:var(--_accent);color:var(--_on-accent);box-shadow:inset 0 0 0 1px color-mix(in srgb,var(--_text) 18%,transparent);white-space:pre-wrap}.queued .bubble{border:1px dashed var(--_edge);background:var(--_surface);color:var(--_text);box-shadow:none}.when{color:var(--_muted);font-size:.75em}.visitor .aside{position:absolute;inset-block-start:100%;inset-inline-end:.3em;font-size:.6875em;line-height:1.2}[dir=rtl] .assistant .bubble{border-radius:var(--_bubble) var(--_bubble) var(--_tail)}[dir=rtl] .visitor .bubble{border-radius:var(--_bubble) var(--_bubble) var(--_bubble) var(--_tail)}.assistant+.assistant{margin-block-start:-.375em}.bubble>*+*{margin-block-start:.6em}.bubble :is(ul,ol){padding-inline-start:1.3em;list-style:disc}.bubble ol{margin:0;list-style:decimal}.bubble a,.source a{color:var(--_ink);text-underline-offset:.15em}.bubble code{padding:.1em .3em;border-radius:.3em;background:var(--_line);font:.9em ui-monospace,Consolas,monospace}.bubble img{display:block;max-width:100%;border-radius:.6em}.note{align-self:center;color:var(--_muted);font-size:.8125em;text-align:center}.day,.beginning{display:flex;gap:.8em;align-items:center;align-self:stretch;margin:.4em 0 0;font-weight:600}:is(.day,.beginning):before,:is(.day,.beginning):after{flex:1;height:1px;background:var(--_line);content:""}.assistant:has(.table) :is(.bubble,.about){width:100%;max-width:100%}.table{container-type:inline-size;margin-inline:-.45em;overflow-x:auto;border:1px solid var(--_line);border-radius:calc(var(--_bubble) * .7);background:var(--_surface);font-size:.8438em}.table:last-child{margin-block-end:-.1em}table{width:100%;border-collapse:collapse;line-height:1.4}th,td{padding:.5em .6em;hyphens:auto;text-align:start;vertical-align:top}thead>tr>*{color:var(--_ink);font-weight:650}tbody>tr>*{border-block-start:1px solid var(--_line)}tbody th{font-weight:600}@container (max-width: 22em){table,tbody,tr,th,td{display:block}thead{display:none}tbody>tr>*{border:0}tbody>tr+tr{border-block-start:1px solid var(--_line)}tbody th{padding-block-end:0}tbody td{padding-block:.15em .5em}td:before{display:block;color:var(--_ink);content:attr(data-column)}}.about{display:flex;flex-wrap:wrap;align-items:center;width:92%;margin-block-start:.125em;color:var(--_muted);font-size:.8125em}.source[open]{flex-basis:100%}.about>.aside{display:flex;flex:1;gap:.5em;align-items:center;justify-content:flex-end;min-height:2.2em}.time{margin-inline-end:auto;padding-inline:.4em;white-space:nowrap}.about:not(:has(.source)) .time{padding-inline-start:.3em}@media(hover:hover){.visitor:not(:hover,:focus-within)>.aside,.assistant:not(.latest,:hover,:focus-within)>.about:not(:has([open],[aria-pressed=true])){opacity:0}}summary{display:inline-flex;align-items:center;gap:.2em;padding:.35em .5em .35em .3em;border-radius:.6em;list-style:none;cursor:pointer}summary::-webkit-details-marker{display:none}summary:hover{color:var(--_text)}summary svg{width:1.1em;height:1.1em}:dir(rtl)>summary svg{rotate:180deg}[open]>summary svg{rotate:90deg}dl{display:grid;grid-template-columns:auto minmax(0,1fr);gap:.2em .8em;margin:.1em 0 .4em;padding-inline-start:.45em}dt{color:var(--_muted)}dd{margin:0;color:var(--_text)}.thumbs{display:flex}.thanks{color:var(--_text)}.thanks:empty,:has(>.thanks:not(:empty))>.time{display:none}.thumb{width:2.2em;height:2.2em}.thumb svg{width:1.25em;height:1.25em}.down svg{rotate:180deg}.thumb[aria-pressed=true]{color:var(--_ink)}.thumb[aria-pressed=true] svg{fill:color-mix(in srgb,currentColor 28%,transparent)}.replies{display:flex;flex:none;gap:.5em;margin-inline:-1em;padding:.2em 1em;overflow-x:auto;scrollbar-width:none}.first{flex-direction:column;align-items:flex-start}.replies li{flex:none;max-width:100%}.replies :is(button,a){display:block;max-width:100%;padding:.4em .9em;border:1px solid color-mix(in srgb,var(--_ink) 45%,var(--_surface));border-radius:1.3em;background:var(--_surface);color:var(--_ink);font-size:.9375em;font-weight:500;line-height:1.35;text-align:start;text-decoration:none}.replies :is(button,a):hover{border-color:var(--_ink);background:color-mix(in srgb,var(--_ink) 8%,var(--_surface))}.typing{display:flex;gap:.3em;align-self:flex-start;padding:.85em .95em;border-radius:var(--_bubble);border-end-start-radius:var(--_tail);background:var(--_raised);animation:appear .01s .25s backwards}.typing i{width:.4em;height:.4em;border-radius:50%;background:var(--_muted)}@keyframes appear{0%{opacity:0}}.status{position:relative;margin-inline:.75em;font-size:.875em;line-height:1.4}.notice:not(:empty){position:absolute;inset-block-end:.3em;inset-inline:0;width:fit-content;max-width:100%;margin-inline:auto;padding:.4em 1em;border-radius:1.2em;background:var(--_text);color:var(--_surface)}.trouble{display:flex;align-items:center;justify-content:space-between;gap:.75em;margin-block-start:.4em;padding:.5em .8em;border-radius:.75em;background:var(--_warning);color:var(--_on-warning)}.status button{flex:none;padding:.25em .8em;border:1px solid currentColor;border-radius:1em;background:none;font-weight:600}.status button:focus-visible{outline-color:currentColor}form{display:grid;grid-template-columns:minmax(0,1fr) auto;align-items:end;margin:.5em .75em .75em;border:1px solid var(--_edge);border-radius:1.45em;background:var(--_surface)}form:focus-within{border-color:var(--_ink);outline:1px solid var(--_ink)}textarea{field-sizing:content;display:block;min-width:0;max-height:min(8.5em,25dvh);margin:0;padding:.65em .25em .65em 1.05em;padding-inline:1.05em .25em;resize:none;border:0;outline:0;background:none;color:inherit;font:inherit;line-height:1.45;scrollbar-width:thin}textarea:focus-visible{outline:0}::placeholder{color:var(--_muted);opacity:1}.send{display:grid;place-items:center;width:2.25em;height:2.25em;margin:.25em;padding:0;border:0;border-radius:50%;background:var(--_accent);color:var(--_on-accent)}.send:disabled{background:var(--_raised);color:var(--_muted);cursor:default}.count{grid-column:1 / -1;padding:0 1.3em .5em;color:var(--_muted);font-size:.8125em}.count:empty{display:none}.over,.over:focus-within{border-color:var(--_danger);outline-color:var(--_danger)}.over .count{color:var(--_danger)}.shade{position:absolute;inset:0;z-index:2;display:grid;align-items:end;padding:.75em;background:#0a141880}.sheet{max-height:100%;padding:1.25em;overflow:auto;border:1px solid var(--_line);border-radius:calc(var(--_radius) * .8);background:var(--_surface);box-shadow:0 18px 50px #0a191e59}.sheet h2{margin-block-end:.5em;font-size:1.1em;font-weight:650}.sheet p+p{margin-block-start:.7em}.choices{display:flex;flex-wrap:wrap;justify-content:flex-end;gap:.6em;margin-block-start:1.1em}.choices button{padding:.45em 1.1em;border:1px solid var(--_edge);border-radius:1.3em;background:none;font-weight:600}.choices .danger{border-color:var(--_danger);background:var(--_danger);color:light-dark(#fff,#3b0a07)}@media(max-width:479.98px),(max-height:479.98px){:host .panel:not(.inline){inset:var(--_visible-top, 0) 0 auto;width:100%;height:var(--_visible-height, 100dvh);max-height:none;border:0;border-radius:0}.head{padding-block:.5em}}@media(max-width:359.98px){.names p{display:none}.names h2{white-space:normal}}@media(max-height:479.98px){.names p{display:none}.log{min-height:2.5em;padding-block:.6em}form{margin-block:.3em .4em}}@media(pointer:coarse){.icon,.send,.thumb{width:44px;height:44px}.menu .item,.replies :is(button,a),.tease,.choices button,.status button,summary{min-height:44px}.about>.aside{min-height:44px}.thumbs .thumb svg{width:1.5em;height:1.5em}}@media(prefers-reduced-motion:no-preference){.panel[open],.sheet{animation:rise .2s cubic-bezier(.2,.8,.3,1)}.message,.replies,.notice:not(:empty){animation:rise .18s ease-out}.typing i{animation:bob 1.1s infinite ease-in-out}.typing i:nth-child(2){animation-delay:.14s}.typing i:nth-child(3){animation-delay:.28s}summary svg{transition:rotate .14s}}@keyframes rise{0%{opacity:0;transform:translateY(8px)}}@keyframes bob{30%{opacity:.45;transform:translateY(-.25em)}}@media(forced-colors:active){.bubble,.send,.mark{border:1px solid}}';

// src/chat/scrolling.ts
import { noChange } from "lit";
import { Directive, directive } from "lit/directive.js";
var KeepScrollInside = class extends Directive {
  render() {
    return noChange;
  }
  update({ element }) {
    if (this.element === element) return noChange;
    this.element = element;
    let last = 0;
    element.addEventListener("wheel", (event) => stop(event, event.deltaY), { passive: false });
    element.addEventListener("touchstart", (event) => last = firstTouch(event), { passive: true });
    element.addEventListener(
      "touchmove",
      (event) => {
        if (event.touches.length > 1) return;
        stop(event, last - firstTouch(event));
        last = firstTouch(event);
      },
      { passive: false }
    );
    return noChange;
  }
};
var keepScrollInside = directive(KeepScrollInside)();
function firstTouch(event) {
  return event.touches[0]?.clientY ?? 0;
}
function stop(event, down) {
  const canMove = event.composedPath().some((target) => {
    if (!(target instanceof HTMLElement) || !event.currentTarget.contains(target)) return false;
    const { scrollTop, scrollHeight, clientHeight } = target;
    if (!/auto|scroll/.test(getComputedStyle(target).overflowY)) return false;
    return down < 0 ? scrollTop > 0 : scrollTop + clientHeight < scrollHeight - 1;
  });
  if (!canMove && down && event.cancelable && !event.ctrlKey) event.preventDefault();
}

// src/chat/sheet.ts
import { html as html5, nothing as nothing2 } from "lit";
var Sheet = class {
  /** @param back Gives the focus back when it is closed. */
  constructor(host, back) {
    this.host = host;
    this.back = back;
  }
  get isOpen() {
    return this.content !== void 0;
  }
  async open(content) {
    this.show(content);
    await this.host.updateComplete;
    this.host.renderRoot.querySelector(".sheet button")?.focus();
  }
  close() {
    this.show(void 0);
    void this.host.updateComplete.then(this.back);
  }
  view() {
    if (!this.content) return nothing2;
    const { title, text, choice } = this.content;
    return html5`<div class="shade">
      <div class="sheet" role=${choice ? "alertdialog" : "dialog"} aria-labelledby="sheet" aria-describedby="sheet-text">
        <h2 id="sheet">${title}</h2>
        <div id="sheet-text">${text.split("\n\n").map((paragraph) => html5`<p>${paragraph}</p>`)}</div>
        <div class="choices">
          <button type="button" @click=${() => this.close()}>${this.host.labels.back}</button>
          ${choice ? this.choiceView(choice) : nothing2}
        </div>
      </div>
    </div>`;
  }
  choiceView({ label, action }) {
    const choose = () => {
      this.close();
      action();
    };
    return html5`<button type="button" class="danger" @click=${choose}>${label}</button>`;
  }
  show(content) {
    this.content = content;
    this.host.requestUpdate();
  }
};

// src/chat/status.ts
import { html as html6, nothing as nothing3 } from "lit";
var SLOW_MS = 1500;
var NOTICE_MS = 3e3;
var Status = class {
  constructor(host, conversation) {
    this.host = host;
    this.conversation = conversation;
    this.notice = "";
    this.noticeTimer = 0;
    /** Answers mostly come at once: only one that does not is worth announcing. */
    this.slow = false;
    this.slowTimer = 0;
    /** When a busy server wants to be asked again. */
    this.until = 0;
    this.countdown = 0;
    conversation.addEventListener("change", () => this.watch());
  }
  /** Shows a notice for a while. */
  announce(text) {
    clearTimeout(this.noticeTimer);
    this.notice = text;
    this.host.requestUpdate();
    this.noticeTimer = setTimeout(() => {
      this.notice = "";
      this.host.requestUpdate();
    }, NOTICE_MS);
  }
  /** Tells how an action ended. */
  follow(action, success) {
    action.then(
      () => this.announce(success),
      () => this.announce(this.host.labels.failed)
    );
  }
  view() {
    const { conversation, trouble } = this;
    const { labels } = this.host;
    const { state } = conversation;
    const canRetry = state.name === "offline" || state.name === "blocked";
    return html6`<div class="status">
      <p class="notice" role="status">${this.notice}</p>
      <div class=${trouble ? "trouble" : ""}>
        <p role="status">${state.name === "busy" ? nothing3 : trouble}</p>
        ${state.name === "busy" ? html6`<p class="countdown" aria-hidden="true">${trouble}</p>` : nothing3}
        ${canRetry ? html6`<button type="button" @click=${conversation.retryNow}>${labels.retry}</button>` : nothing3}
      </div>
      <p role="status" class="hidden">
        ${state.name === "busy" ? filled(labels.busy, state.seconds) : this.slow ? labels.writing : state.name === "loading" ? labels.loading : ""}
      </p>
    </div>`;
  }
  get trouble() {
    const { labels } = this.host;
    const { state, waiting } = this.conversation;
    if (state.name === "busy") {
      return filled(labels.busy, Math.max(1, Math.ceil((this.until - Date.now()) / 1e3)));
    }
    if (state.name === "blocked") return labels.blocked;
    if (state.name !== "offline") return "";
    return waiting.length ? labels.offline : labels.offlineEmpty;
  }
  watch() {
    const { state } = this.conversation;
    clearInterval(this.countdown);
    if (state.name === "busy") {
      this.until = Math.max(this.until, Date.now() + state.seconds * 1e3);
      this.countdown = setInterval(() => this.host.requestUpdate(), 250);
    } else {
      this.until = 0;
    }
    clearTimeout(this.slowTimer);
    this.slow &&= state.name === "sending";
    if (state.name !== "sending") return;
    this.slowTimer = setTimeout(() => {
      this.slow = true;
      this.host.requestUpdate();
    }, SLOW_MS);
  }
};

// src/chat/teaser.ts
import { html as html7, nothing as nothing4 } from "lit";
var Teaser = class {
  /**
   * @param key Under which the browser keeps that it was shown.
   * @param open Opens the chat.
   */
  constructor(host, key, open) {
    this.host = host;
    this.open = open;
    this.isShown = Boolean(host.settings.teaser) && firstTime(key);
  }
  view() {
    const { teaser } = this.host.settings;
    if (!teaser || !this.isShown) return nothing4;
    const { labels } = this.host;
    return html7`<div class="teaser" role="status">
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
  leave(then) {
    this.isShown = false;
    this.host.requestUpdate();
    then?.();
  }
};
function firstTime(key) {
  try {
    if (localStorage.getItem(key)) return false;
    localStorage.setItem(key, "shown");
    return true;
  } catch {
    return false;
  }
}

// src/chat/titles.ts
var ROLE = / \(([^()]+)\)$/;
function shortTitles(titles) {
  const roles = new Set(titles.flatMap((title) => ROLE.exec(title)?.[1] ?? []));
  const short = titles.map((title) => title.replace(ROLE, ""));
  const isClear = roles.size === 1 && new Set(short).size === titles.length;
  return isClear ? short : [...titles];
}

// src/chat/transcript.ts
function transcript(messages, labels) {
  return messages.flatMap((message) => {
    if (message.from === "note") return [];
    const who = message.from === "visitor" ? labels.you : labels.assistant;
    const lines = [`${who}: ${message.text}`];
    if (message.from === "assistant" && message.table) {
      const { columns, rows } = message.table;
      lines.push(...[columns, ...rows].map((row) => row.join("	")));
    }
    return [lines.join("\n")];
  }).join("\n\n");
}
function download(text, name) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1e3);
}

// src/chat/unread.ts
import { html as html8, nothing as nothing5 } from "lit";
var Unread = class {
  /** @param tell Called with each new number. */
  constructor(host, tell) {
    this.host = host;
    this.tell = tell;
    this.count = 0;
    this.inTitle = "";
  }
  add() {
    this.set(this.count + 1);
  }
  clear() {
    if (this.count) this.set(0);
  }
  view() {
    return this.count ? html8`<span class="badge" aria-hidden="true">${this.count}</span>` : nothing5;
  }
  set(count) {
    this.count = count;
    if (this.inTitle && document.title.startsWith(this.inTitle)) {
      document.title = document.title.slice(this.inTitle.length);
    }
    this.inTitle = count ? `(${count}) ` : "";
    document.title = this.inTitle + document.title;
    this.host.requestUpdate();
    this.tell(count);
  }
};

// src/chat/panel.ts
var MARGIN_PX = 12;
var NEAR_END_PX = 40;
var DOUBLE_PRESS_MS = 600;
var THANKS_MS = 4e3;
var MINUTE_MS2 = 6e4;
var ChatPanel = class extends LitElement {
  constructor(settings, labels, emit) {
    super();
    this.settings = settings;
    this.labels = labels;
    this.emit = emit;
    this.small = matchMedia(SMALL);
    this.ending = new AbortController();
    this.isShown = false;
    this.shownCount = 0;
    /** Whether what comes next is what this visitor has asked for here. */
    this.follows = true;
    this.wasNearEnd = true;
    this.pressedAt = -Infinity;
    this.thanksTimer = 0;
    this.close = () => this.emit("close", void 0);
    this.onKey = (event) => {
      event.stopPropagation();
      if (event.key !== "Escape" || isComposing(event)) return;
      if (this.settings.inline && !this.sheet.isOpen && !this.menu.isOpen) return;
      event.preventDefault();
      this.back();
    };
    /** A request of the platform to close it: Android's back, or Escape while nothing has the focus. */
    this.onCancel = (event) => {
      event.preventDefault();
      this.back();
    };
    /** The platform need not ask. */
    this.onClose = () => {
      if (this.isShown && !this.dialog?.open) this.close();
    };
    const key = storageKey(settings.server);
    this.unread = new Unread(this, (count) => emit("unread", { count }));
    const conversation = this.conversation = new Conversation(settings.server, (name, detail) => {
      if (name === "answer" && !this.isShown) this.unread.add();
      emit(name, detail);
    });
    this.composer = new Composer(
      this,
      `${key} draft`,
      () => conversation.kept.maxCharacters,
      (text) => this.send(text)
    );
    this.menu = new Menu(this, () => this.menuItems());
    this.sheet = new Sheet(this, () => this.menu.focus());
    this.status = new Status(this, conversation);
    this.teaser = new Teaser(this, `${key} teaser`, () => emit("open", void 0));
    conversation.addEventListener("change", () => this.requestUpdate());
    const { signal } = this.ending;
    this.small.addEventListener("change", () => this.isShown && this.place(), { signal });
    for (const name of ["resize", "scroll"]) {
      window.visualViewport?.addEventListener(name, () => this.fit(), { signal });
    }
    const minutely = setInterval(() => this.isShown && this.requestUpdate(), MINUTE_MS2);
    signal.addEventListener("abort", () => clearInterval(minutely));
  }
  static {
    this.styles = unsafeCSS(panel_default);
  }
  /** Shows the window and puts the focus where one writes. */
  show(focus) {
    this.isShown = true;
    this.unread.clear();
    this.teaser.leave();
    void this.updateComplete.then(() => {
      if (!this.isShown) return;
      this.place(focus);
      if (focus) this.composer.focus();
      this.scrollToNewest();
    });
  }
  hide() {
    this.isShown = false;
    this.dialog?.close();
    this.requestUpdate();
  }
  send(text) {
    if (!text.trim()) return;
    this.follows = true;
    this.conversation.send(text.trim());
  }
  apply(settings) {
    const { language, labels } = this.settings;
    this.settings = settings;
    this.dataset["position"] = settings.position ?? "right";
    this.requestUpdate();
    if (settings.language === language && settings.labels === labels) return;
    void labelsIn(settings.language, settings.labels).then((found) => {
      this.labels = found;
      this.requestUpdate();
    });
  }
  end() {
    this.isShown = false;
    this.ending.abort();
    this.conversation.end();
    this.unread.clear();
  }
  get direction() {
    return this.settings.language === "ar" ? "rtl" : "ltr";
  }
  render() {
    const { settings, direction } = this;
    if (settings.inline) {
      return html9`<section
        class="panel inline"
        lang=${settings.language}
        dir=${direction}
        aria-labelledby="title"
        @keydown=${this.onKey}
      >
        ${this.contentsView()}
      </section>`;
    }
    return html9`<div lang=${settings.language} dir=${direction}>
        ${this.isShown ? nothing6 : [this.unread.view(), this.teaser.view()]}
      </div>
      <dialog
        class="panel ${this.isFresh ? "fresh" : ""}"
        lang=${settings.language}
        dir=${direction}
        aria-labelledby="title"
        @keydown=${this.onKey}
        @cancel=${this.onCancel}
        @close=${this.onClose}
        ${keepScrollInside}
      >
        ${this.contentsView()}
      </dialog>`;
  }
  contentsView() {
    const { labels, settings } = this;
    const subtitle = settings.subtitle ?? labels.subtitle;
    return html9`<div class="main" ?inert=${this.sheet.isOpen}>
        <div class="head">
          <span class="mark">${settings.logo ? html9`<img src=${settings.logo} alt="" />` : ROLES}</span>
          <div class="names">
            <h2 id="title">${settings.title ?? labels.title}</h2>
            ${subtitle ? html9`<p>${subtitle}</p>` : nothing6}
          </div>
          ${this.menu.view()}
          ${settings.inline ? nothing6 : html9`<button
                type="button"
                class="icon"
                aria-label=${labels.close}
                title=${labels.close}
                @click=${this.close}
              >
                ${CLOSE}
              </button>`}
        </div>
        <div class="log" role="log" tabindex="0" aria-label=${labels.conversation}>
          ${this.logView()}
        </div>
        ${this.status.view()} ${this.composer.view()}
      </div>
      ${this.sheet.view()}`;
  }
  logView() {
    const { labels, settings, conversation, thanked } = this;
    const { messages, waiting, state } = conversation;
    const context = {
      labels,
      language: settings.language,
      server: settings.server,
      rated: conversation.kept.rated,
      thanked,
      rate: (answer, helpful) => void this.rate(answer, helpful),
      later: () => this.requestUpdate()
    };
    const outgoing = waiting.map(({ payload, ...message }) => {
      return { from: "visitor", ...message, ...payload === START_OVER && { order: "start_over" } };
    });
    return html9`${greetingView(settings.greeting ?? labels.greeting, labels)}
    ${messagesView(messages, outgoing, state.name !== "sending", context)} ${this.repliesView()}
    ${state.name === "sending" ? html9`<div class="typing" aria-hidden="true"><i></i><i></i><i></i></div>` : nothing6}`;
  }
  /** What can be pressed next: first questions, or what the last reply offers. */
  repliesView() {
    const { labels, conversation } = this;
    const { messages, waiting } = conversation;
    if (waiting.length) return nothing6;
    const last = messages.at(-1);
    const offered = last?.from === "assistant" ? last.buttons : [];
    if (last && !offered.length && isBeginning(messages)) return this.firstQuestionsView();
    if (!last) return this.firstQuestionsView();
    const contact = needsPerson(last) && this.contact;
    if (!offered.length && !contact) return nothing6;
    const shown = shortTitles(offered.map(({ title }) => title));
    return html9`<ul class="replies" aria-label=${labels.suggestions}>
      ${offered.map(({ title, payload }, index) => this.replyView(title, payload, shown[index]))}
      ${contact ? html9`<li><a href=${contact} target="_blank" rel="noopener noreferrer">${labels.contact}</a></li>` : nothing6}
    </ul>`;
  }
  firstQuestionsView() {
    const questions = this.settings.questions ?? FIRST_QUESTIONS;
    return html9`<ul class="replies first" aria-label=${this.labels.firstQuestions}>
      ${questions.map((title) => this.replyView(title))}
    </ul>`;
  }
  replyView(title, payload, shown = title) {
    const press = (event) => {
      if (event.detail && event.timeStamp - this.pressedAt < DOUBLE_PRESS_MS) return;
      this.pressedAt = event.timeStamp;
      this.press(title, payload);
    };
    return html9`<li>
      <button type="button" lang="en" dir="auto" title=${shown === title ? nothing6 : title} @click=${press}>${shown}</button>
    </li>`;
  }
  willUpdate() {
    const log = this.log;
    if (log) this.wasNearEnd = log.scrollHeight - log.clientHeight - log.scrollTop < NEAR_END_PX;
  }
  updated() {
    const { messages, waiting, state } = this.conversation;
    const count = messages.length + waiting.length;
    if (count !== this.shownCount && (this.follows || this.wasNearEnd)) this.scrollToNewest();
    this.shownCount = count;
    if (state.name === "idle") this.follows = false;
  }
  /** Scrolls to the end, but not past the start of the last question, nor past the greeting. */
  scrollToNewest() {
    const { log } = this;
    if (!log) return;
    const question = [...log.querySelectorAll(".visitor, .beginning")].at(-1);
    const end = log.scrollHeight - log.clientHeight;
    log.scrollTop = question ? Math.min(end, question.offsetTop - MARGIN_PX) : 0;
  }
  press(title, payload) {
    this.follows = true;
    this.conversation.send(title, payload);
    if (matchMedia("(pointer: coarse)").matches) this.log?.focus({ preventScroll: true });
    else this.composer.focus();
  }
  async rate(answer, helpful) {
    const { labels } = this;
    const text = await this.conversation.rate(answer, helpful).then(() => labels.thanks, () => labels.failed);
    this.thanked = { answer, text };
    this.requestUpdate();
    clearTimeout(this.thanksTimer);
    this.thanksTimer = setTimeout(() => {
      this.thanked = void 0;
      this.requestUpdate();
    }, THANKS_MS);
  }
  /** Closes what is open on top. */
  back() {
    if (this.sheet.isOpen) this.sheet.close();
    else if (this.menu.isOpen) this.menu.close();
    else this.close();
  }
  menuItems() {
    const { labels, contact } = this;
    const text = () => transcript(this.conversation.messages, labels);
    const copy = async () => navigator.clipboard.writeText(text());
    return [
      ...contact ? [[labels.contact, contact]] : [],
      [labels.copy, () => this.status.follow(copy(), labels.copied)],
      [labels.save, () => download(text(), "conversation.txt")],
      [labels.startOver, () => this.press(labels.startOver, START_OVER)],
      [labels.stored, () => void this.sheet.open({ title: labels.stored, text: labels.storedText })],
      [labels.remove, () => this.askWhetherToRemove()]
    ];
  }
  /** Where one talks to a person, if the page has said so. */
  get contact() {
    const { contact } = this.settings;
    if (!contact) return void 0;
    return safeAddress(/^[^\s:/]+@[^\s:/]+$/.test(contact) ? `mailto:${contact}` : contact);
  }
  askWhetherToRemove() {
    const { labels } = this;
    const remove = () => {
      this.status.follow(this.conversation.forget(), labels.removed);
      void this.updateComplete.then(() => this.composer.focus());
    };
    const choice = { label: labels.removeYes, action: remove };
    void this.sheet.open({ title: labels.remove, text: labels.removeText, choice });
  }
  /** Opens the window as there is room for: above the page, or in place of it. */
  place(focus = false) {
    const { dialog } = this;
    if (!dialog) return;
    const focused = this.shadowRoot?.activeElement;
    dialog.close();
    if (this.small.matches) {
      dialog.showModal();
      if (!focus) this.log?.focus({ preventScroll: true });
    } else {
      dialog.open = true;
    }
    focused?.focus();
    this.fit();
  }
  /** Where a phone's keyboard covers a part of the page, the chat takes what is left. */
  fit() {
    const { dialog } = this;
    const { visualViewport } = window;
    if (!dialog || !visualViewport) return;
    const { height, offsetTop, scale } = visualViewport;
    const isCovered = this.small.matches && scale < 1.01 && height < window.innerHeight - 1;
    dialog.style.setProperty("--_visible-height", isCovered ? `${height}px` : "");
    dialog.style.setProperty("--_visible-top", isCovered ? `${offsetTop}px` : "");
  }
  get isFresh() {
    const { messages, waiting, state } = this.conversation;
    return !messages.length && !waiting.length && state.name !== "loading";
  }
  get dialog() {
    return this.renderRoot.querySelector("dialog");
  }
  get log() {
    return this.renderRoot?.querySelector(".log");
  }
};
function isBeginning(messages) {
  const asked = messages.findLast((message) => message.from === "visitor");
  return asked?.from === "visitor" && asked.order === "start_over";
}
function needsPerson(message) {
  if (message.from === "note") return message.about === "refused";
  if (message.from === "visitor") return false;
  return message.verdict === "not_stated" || ["gap", "apology"].includes(message.kind);
}
customElements.define("two-roles-chat-panel", ChatPanel);

// src/chat/control.ts
var PanelControl = class {
  constructor(frame, panel) {
    this.frame = frame;
    this.panel = panel;
    this.isOpen = false;
  }
  open(focus) {
    const { frame, panel, isOpen } = this;
    if (isOpen && !focus) return panel.show(false);
    if (!isOpen) {
      const { activeElement, body } = document;
      const isElsewhere = activeElement instanceof HTMLElement && ![frame, body].includes(activeElement);
      this.returnTo = isElsewhere ? activeElement : void 0;
    }
    this.isOpen = frame.launcher.hidden = true;
    panel.show(focus);
    if (isOpen) return;
    this.remember("open");
    frame.emit("open", void 0);
  }
  /** Closes the window and gives the focus back to where it came from. */
  close() {
    const { frame, returnTo } = this;
    if (!this.isOpen || frame.hasAttribute("inline")) return;
    this.isOpen = frame.launcher.hidden = false;
    const { activeElement, body } = document;
    const target = returnTo?.isConnected ? returnTo : frame.launcher;
    this.panel.hide();
    if (activeElement === frame || activeElement === body) target.focus();
    this.remember("closed");
    frame.emit("close", void 0);
  }
  send(text) {
    this.panel.send(text);
  }
  refresh() {
    this.panel.apply(settingsOf(this.frame));
  }
  end() {
    this.panel.end();
    this.panel.remove();
  }
  remember(state) {
    tab.set(storageKey(this.frame.server), state);
  }
};
function settingsOf(frame) {
  const { dataset, language } = frame;
  const server = new URL(frame.server || "/", location.href).href.replace(/\/$/, "");
  const { accent } = dataset;
  if (accent && !CSS.supports("color", accent)) {
    console.warn(`two-roles-chat: data-accent="${accent}" is not a colour.`);
  }
  const { title, subtitle, greeting, questions, position, logo, contact, teaser, labels } = dataset;
  return {
    server,
    language,
    title,
    subtitle,
    greeting,
    position,
    logo,
    contact,
    teaser,
    labels,
    inline: frame.hasAttribute("inline"),
    questions: questions?.split("|").map((question) => question.trim()).filter(Boolean)
  };
}
async function attach(frame) {
  const settings = settingsOf(frame);
  const labels = await labelsIn(settings.language, settings.labels);
  let control;
  const name = frame.launcher.getAttribute("aria-label");
  const emit = (event, detail) => {
    if (event === "open") return control?.open(true);
    if (event === "close") return control?.close();
    const { count } = { count: void 0, ...detail };
    if (event === "unread") frame.launcher.setAttribute("aria-label", count ? `${name} (${count})` : `${name}`);
    frame.emit(event, detail);
  };
  const panel = new ChatPanel(settings, labels, emit);
  panel.dataset["position"] = settings.position ?? "right";
  frame.layer.append(panel);
  return control = new PanelControl(frame, panel);
}
export {
  attach
};
