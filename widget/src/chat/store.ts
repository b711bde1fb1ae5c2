import { asList, asRecord, isOutgoing, type Outgoing } from "./messages";

/** What this browser keeps of a conversation; the words themselves are on the server. */
export interface Kept {
  token: string | undefined;
  maxCharacters: number;
  /** Written, but not yet answered. */
  outbox: Outgoing[];
  /** Verdicts given, by the handle of the reply. */
  rated: Record<string, boolean>;
}

const MAX_CHARACTERS = 1000;

/** Keeps it in localStorage, or in memory where pages may not store anything. */
export class Store {
  /** Set once localStorage has failed. */
  private memory: string | undefined;

  constructor(private readonly key: string) {}

  /** Read anew each time: another tab may have written. */
  read(): Kept {
    let stored: unknown;
    try {
      stored = JSON.parse(this.stored() ?? "{}");
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
