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
  private memory: string | null = null;

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
    this.memory = JSON.stringify({ ...this.read(), ...change });
    try {
      localStorage.setItem(this.key, this.memory);
    } catch {
      // Blocked or full: memory has it until the page is left.
    }
  }

  clear(): void {
    this.memory = null;
    try {
      localStorage.removeItem(this.key);
    } catch {
      // Nothing was stored then.
    }
  }

  private stored(): string | null {
    try {
      return localStorage.getItem(this.key) ?? this.memory;
    } catch {
      return this.memory;
    }
  }
}
