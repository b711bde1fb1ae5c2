import { storageKey, type Emit } from "../shared";
import { Client, Failure } from "./client";
import type { AssistantMessage, Message, Outgoing, Reply, VisitorMessage } from "./messages";
import { Store, type Kept } from "./store";

const FIRST_WAIT_S = 1;
const LONGEST_WAIT_S = 30;
/** What a page or a server must be set for does not change soon. */
const BLOCKED_WAIT_S = 300;

export const START_OVER = "/start_over";

/**
 * What the conversation is doing; `seconds` is how long it was asked to wait. It is `blocked` where
 * the page or the server does not let this site use the server.
 */
export type State =
  | { name: "idle" }
  | { name: "loading" }
  | { name: "sending" }
  | { name: "offline" }
  | { name: "blocked" }
  | { name: "busy"; seconds: number };

/**
 * One visitor's conversation: what was said, and what is still to be sent.
 *
 * Fires `change` whenever something of it changes. Messages go out one by one under ids made here;
 * the server answers an id once, so an attempt that may or may not have arrived can be repeated.
 */
export class Conversation extends EventTarget {
  messages: Message[] = [];
  state: State = { name: "idle" };

  private readonly client: Client;
  private readonly store: Store;
  private readonly tabs: BroadcastChannel | undefined;
  private readonly ending = new AbortController();
  private loaded = false;
  private isOffline = false;
  private blockedBy = "";
  private reloads = 0;
  private working = false;
  private failures = 0;
  private wake: (() => void) | undefined;

  constructor(
    private readonly server: string,
    private readonly emit: Emit,
  ) {
    super();
    const name = storageKey(server);
    const { signal } = this.ending;
    this.client = new Client(server, signal);
    this.store = new Store(name);
    this.tabs = openChannel(name);
    this.tabs?.addEventListener("message", ({ data }) => {
      if (data === "deleted") this.empty();
      else this.reload();
    });
    addEventListener("online", this.retryNow, { signal });
    void this.work();
  }

  /** Ends what goes on in the background, and what waits goes out on another page. */
  end(): void {
    this.ending.abort();
    this.tabs?.close();
    this.retryNow();
  }

  get kept(): Kept {
    return this.store.read();
  }

  /** Messages that are not answered yet, but for those that the server already knows of. */
  get waiting(): VisitorMessage[] {
    return this.pending.filter((each) => !this.knows(each)).map(asSaid);
  }

  /** Sends what the visitor typed, or the payload of a button under its title. */
  send(text: string, payload?: string): void {
    const message: Outgoing = { id: newId(), text, ...(payload !== undefined && { payload }) };
    this.store.update({ outbox: [...this.pending, message] });
    this.changed();
    void this.work();
  }

  /** Ends a wait for the server at once. */
  readonly retryNow = (): void => this.wake?.();

  /** Tells the server whether a reply helped. Throws `Failure`. */
  async rate(answer: string, helpful: boolean): Promise<void> {
    const { token, rated } = this.kept;
    if (!token) return;
    await this.client.rate(token, answer, helpful);
    this.store.update({ rated: { ...rated, [answer]: helpful } });
    this.emit("feedback", { answer, helpful });
    this.changed();
  }

  /** Deletes the conversation, here and on the server. Throws `Failure`. */
  async forget(): Promise<void> {
    const { token } = this.kept;
    if (token) {
      await this.client.endSession(token).catch((failure: Failure) => {
        if (failure.reason !== "session") throw failure; // a session that is gone is as good
      });
    }
    this.store.clear();
    this.retryNow();
    this.tabs?.postMessage("deleted");
    this.empty();
  }

  /** Shows nothing any more. The message may come before the store of another tab is cleared. */
  private empty(): void {
    this.reloads++;
    this.messages = [];
    this.changed();
  }

  private reload(): void {
    this.reloads++;
    this.loaded = false;
    void this.work();
  }

  /** Does what there is to do: fetch what was said before, then send what waits. */
  private async work(): Promise<void> {
    if (this.working) return;
    this.working = true;
    while (!this.isEnded && (!this.loaded || this.pending[0])) {
      try {
        if (!this.loaded) await this.loadHistory();
        else if (this.pending[0]) await this.deliver(this.pending[0]);
        this.failures = 0;
        this.tellOffline(false);
      } catch (failure) {
        await this.recover(failure as Failure);
      }
    }
    this.working = false;
    this.enter({ name: "idle" });
  }

  private async loadHistory(): Promise<void> {
    const { token } = this.kept;
    const reloads = this.reloads;
    if (token) this.enter({ name: this.pending.length ? "sending" : "loading" });
    this.messages = token ? await this.client.history(token) : [];
    this.loaded = reloads === this.reloads; // another tab may have changed it meanwhile
    this.changed();
  }

  private async deliver(message: Outgoing): Promise<void> {
    this.enter({ name: "sending" });
    let { token } = this.kept;
    if (!token) {
      const session = await this.client.openSession();
      token = session.token;
      this.store.update(session);
    }
    const replies = await this.client.send(token, message);
    // Deleted meanwhile, here or in another tab: nothing of it is to come back.
    if (this.kept.token === token) this.accept(message, replies);
  }

  private accept(message: Outgoing, replies: Reply[]): void {
    this.dropPending(message);
    if (this.knows(message)) {
      this.loaded = false; // it had arrived before: the server knows the order of things
    } else {
      const time = new Date().toISOString();
      this.say({ ...asSaid(message), time });
      for (const reply of replies) {
        this.say({ from: "assistant", time, ...reply });
        const { kind, verdict, statements, source = null, answer = null } = reply;
        this.emit("answer", { question: message.text, text: reply.text, kind, verdict, statements, source, answer });
      }
    }
    this.tabs?.postMessage("changed");
    this.changed();
  }

  private say(message: VisitorMessage | AssistantMessage): void {
    this.messages.push(message);
    this.emit("message", { from: message.from, text: message.text });
  }

  private async recover(failure: Failure): Promise<void> {
    if (this.isEnded) return;
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

  private tellOffline(isOffline: boolean): void {
    if (isOffline !== this.isOffline) this.emit(isOffline ? "offline" : "online", undefined);
    this.isOffline = isOffline;
  }

  /** Tells whoever keeps the page, once, what to do. */
  private tellBlocked(reason: "policy" | "origin"): void {
    if (this.blockedBy === reason) return;
    this.blockedBy = reason;
    const { server } = this;
    const message =
      reason === "policy"
        ? `The Content-Security-Policy of this page forbids requests to the chat's server: add ${new URL(server).origin} to connect-src.`
        : `${server} does not allow this site: add ${location.origin} to the "origins" of its web channel (WEBCHAT_ORIGINS).`;
    console.error(`two-roles-chat: ${message}`);
    this.emit("error", { message, reason });
  }

  /** Goes on under a new session; what was said before stays on the screen. */
  private startAfresh(): void {
    // The new session has offered no buttons: what was pressed is asked in words.
    const outbox = this.pending.map(({ id, text }) => ({ id, text }));
    this.store.update({ token: undefined, outbox, rated: {} });
    this.loaded = true;
    this.messages.push({ from: "note", about: "ended", text: "" });
    this.changed();
  }

  private giveUp(failure: Failure): void {
    const [message] = this.pending;
    if (!this.loaded || !message) {
      this.loaded = true;
      return;
    }
    this.dropPending(message);
    const { id, text } = message; // an order that was refused is none
    this.messages.push(
      asSaid({ id, text }),
      { from: "note", about: "refused", text: failure.message },
    );
    this.changed();
  }

  private get isEnded(): boolean {
    return this.ending.signal.aborted;
  }

  private get pending(): readonly Outgoing[] {
    return this.kept.outbox;
  }

  private knows(message: Outgoing): boolean {
    return this.messages.some((each) => each.from === "visitor" && each.id === message.id);
  }

  private dropPending(message: Outgoing): void {
    this.store.update({ outbox: this.pending.filter((each) => each.id !== message.id) });
  }

  private pause(seconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, seconds * 1000);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  private enter(state: State): void {
    if (this.isEnded) return;
    this.state = state;
    this.changed();
  }

  private changed(): void {
    this.dispatchEvent(new Event("change"));
  }
}

/** A message on its way as one that was said. */
function asSaid({ id, text, payload }: Outgoing): VisitorMessage {
  return { from: "visitor", id, text, ...(payload === START_OVER && { order: "start_over" }) };
}

function openChannel(name: string): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel(name);
  } catch {
    return undefined; // pages of an opaque origin
  }
}

// crypto.randomUUID is there on secure origins only.
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
