import { asList, asRecord, isOutgoing, type Outgoing } from "./messages";

/** What this browser keeps of a conversation; the words themselves are on the server. */
export interface Kept {
  readonly token: string | undefined;
  readonly maxCharacters: number;
  /** Written, but not yet answered. */
  readonly outbox: readonly Outgoing[];
  /** Verdicts given, by the handle of the reply. */
  readonly rated: Readonly<Record<string, boolean>>;
}

const MAX_CHARACTERS = 1000;

/** Keeps it in localStorage, or in memory where pages may not store anything. */
export class Store {
  /** Set once localStorage has failed. */
  private memory: string | undefined;
  /** What was read last, and what it was read from: each stroke of a key asks for it many times. */
  private last: { text: string | null; kept: Kept } | undefined;

  constructor(private readonly key: string) {}

  /** Looked up each time: another tab may have written. */
  read(): Kept {
    const text = this.stored();
    if (this.last?.text !== text) this.last = { text, kept: keptIn(text) };
    return this.last.kept;
  }

  update(change: Partial<Kept>): void {
    this.write(JSON.stringify({ ...this.read(), ...change }));
  }

  clear(): void {
    this.write("{}");
    try {
      localStorage.removeItem(this.key);
    } catch {
      // Nothing was stored then.
    }
  }

  private write(text: string): void {
    try {
      localStorage.setItem(this.key, text);
    } catch {
      this.memory = text; // blocked or full: kept until the page is left
    }
  }

  private stored(): string | null {
    if (this.memory !== undefined) return this.memory;
    try {
      return localStorage.getItem(this.key);
    } catch {
      return null;
    }
  }
}

function keptIn(text: string | null): Kept {
  let stored: unknown;
  try {
    stored = JSON.parse(text ?? "{}");
  } catch {
    // Not ours.
  }
  // Each key by itself: a faulty one must not take the others away.
  const { token, maxCharacters, outbox, rated } = asRecord(stored);
  return {
    token: typeof token === "string" ? token : undefined,
    maxCharacters: typeof maxCharacters === "number" ? maxCharacters : MAX_CHARACTERS,
    outbox: asList(outbox).filter(isOutgoing),
    rated: asRecord(rated) as Record<string, boolean>,
  };
}

/** What the tab keeps; nothing where pages may not store anything. */
export const tab = {
  get(key: string): string | null {
    try {
      return sessionStorage.getItem(key);
    } catch {
      return null;
    }
  },
  set(key: string, value: string): void {
    try {
      sessionStorage.setItem(key, value);
    } catch {
      // Then the next page does not know.
    }
  },
};
