import type { Outgoing } from "./messages";

/** What this browser keeps of a conversation; the words themselves are on the server. */
export interface Kept {
  token: string | undefined;
  maxCharacters: number;
  /** Written, but not yet answered. */
  outbox: Outgoing[];
  /** Verdicts given, by the handle of the reply. */
  rated: Record<string, boolean>;
}

const EMPTY: Kept = { token: undefined, maxCharacters: 1000, outbox: [], rated: {} };

/** Keeps it in localStorage, or in memory where pages may not store anything. */
export class Store {
  /** Set once localStorage has failed. */
  private memory: string | undefined;

  constructor(private readonly key: string) {}

  /** Read anew each time: another tab may have written. */
  read(): Kept {
    try {
      return { ...EMPTY, ...(JSON.parse(this.stored() ?? "{}") as Partial<Kept>) };
    } catch {
      return { ...EMPTY };
    }
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
