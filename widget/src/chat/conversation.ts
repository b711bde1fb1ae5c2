import { Client, Failure } from "./client";
import type { Message, Outgoing, Reply } from "./messages";
import { Store, type Kept } from "./store";

const FIRST_WAIT_S = 1;
const LONGEST_WAIT_S = 30;

/** What the conversation is doing; `seconds` is how long it was asked to wait. */
export type State =
  | { name: "idle" }
  | { name: "loading" }
  | { name: "sending" }
  | { name: "offline" }
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
  private loaded = false;
  private reloads = 0;
  private working = false;
  private failures = 0;
  private wake: (() => void) | undefined;

  constructor(server: string) {
    super();
    const name = `two-roles-chat ${server}`;
    this.client = new Client(server);
    this.store = new Store(name);
    this.tabs = openChannel(name);
    this.tabs?.addEventListener("message", ({ data }) => {
      if (data === "deleted") this.empty();
      else this.reload();
    });
    addEventListener("online", () => this.retryNow());
    void this.work();
  }

  get kept(): Kept {
    return this.store.read();
  }

  /** Messages that are not answered yet, but for those that the server already knows of. */
  get waiting(): Outgoing[] {
    return this.pending.filter((each) => !this.knows(each));
  }

  /** Sends what the visitor typed, or the payload of a button under its title. */
  send(text: string, payload?: string): void {
    const message: Outgoing = { id: newId(), text, ...(payload !== undefined && { payload }) };
    this.store.update({ outbox: [...this.pending, message] });
    this.changed();
    void this.work();
  }

  /** Ends a wait for the server at once. */
  retryNow(): void {
    this.wake?.();
  }

  /** Tells the server whether a reply helped. Throws `Failure`. */
  async rate(answer: string, helpful: boolean): Promise<void> {
    const { token, rated } = this.kept;
    if (!token) return;
    await this.client.rate(token, answer, helpful);
    this.store.update({ rated: { ...rated, [answer]: helpful } });
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
    while (!this.loaded || this.pending[0]) {
      try {
        if (!this.loaded) await this.loadHistory();
        else if (this.pending[0]) await this.deliver(this.pending[0]);
        this.failures = 0;
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
      this.say({ from: "visitor", id: message.id, text: message.text });
      for (const reply of replies) this.say({ from: "assistant", ...reply });
    }
    this.tabs?.postMessage("changed");
    this.changed();
  }

  private say(message: Exclude<Message, { from: "note" }>): void {
    this.messages.push(message);
    const detail = { from: message.from, text: message.text };
    this.dispatchEvent(new CustomEvent("said", { detail }));
  }

  private async recover(failure: Failure): Promise<void> {
    if (failure.reason === "session") return this.startAfresh();
    if (failure.reason === "refused") return this.giveUp(failure);
    if (failure.reason === "busy") {
      this.enter({ name: "busy", seconds: failure.seconds });
      return this.pause(failure.seconds);
    }
    this.enter({ name: "offline" });
    return this.pause(Math.min(FIRST_WAIT_S * 2 ** this.failures++, LONGEST_WAIT_S));
  }

  /** Goes on under a new session; what was said before stays on the screen. */
  private startAfresh(): void {
    // The new session has offered no buttons: what was pressed is asked in words.
    const outbox = this.pending.map(({ id, text }) => ({ id, text }));
    this.store.update({ token: undefined, outbox, rated: {} });
    this.loaded = true;
    this.messages.push({ from: "note", about: "ended" });
    this.changed();
  }

  private giveUp(failure: Failure): void {
    const [message] = this.pending;
    if (!this.loaded || !message) {
      this.loaded = true;
      return;
    }
    this.dropPending(message);
    this.messages.push(
      { from: "visitor", id: message.id, text: message.text },
      { from: "note", about: "refused", text: failure.message },
    );
    this.changed();
  }

  private get pending(): Outgoing[] {
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
    this.state = state;
    this.changed();
  }

  private changed(): void {
    this.dispatchEvent(new Event("change"));
  }
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
