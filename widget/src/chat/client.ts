import type { AssistantMessage, Outgoing, Reply, VisitorMessage } from "./messages";

const TIMEOUT_MS = 20_000;
const DEFAULT_WAIT_S = 5;

export interface Session {
  token: string;
  maxCharacters: number;
}

/**
 * Why a request brought no answer.
 *
 * - `unreachable`: nobody answered, or the server has trouble of its own: worth trying again.
 * - `busy`: the server asks to wait for `seconds`.
 * - `session`: the server does not know the token (any more).
 * - `refused`: the server understood and said no; `message` tells why.
 */
export class Failure extends Error {
  constructor(
    readonly reason: "unreachable" | "busy" | "session" | "refused",
    message = "",
    readonly seconds = 0,
  ) {
    super(message);
  }
}

/** The web channel's HTTP interface. Every method throws `Failure`, and nothing else. */
export class Client {
  constructor(private readonly server: string) {}

  async openSession(): Promise<Session> {
    const { token, max_characters } = await this.ask<{ token: string; max_characters: number }>(
      "POST",
      "session",
    );
    return { token, maxCharacters: max_characters };
  }

  async send(token: string, { id, text, payload }: Outgoing): Promise<Reply[]> {
    const body = payload === undefined ? { id, text } : { id, payload };
    return (await this.ask<{ replies: Reply[] }>("POST", "messages", token, body)).replies;
  }

  async history(token: string): Promise<(VisitorMessage | AssistantMessage)[]> {
    type History = { messages: (VisitorMessage | AssistantMessage)[] };
    return (await this.ask<History>("GET", "messages", token)).messages;
  }

  async rate(token: string, answer: string, helpful: boolean): Promise<void> {
    await this.ask("POST", "feedback", token, { answer, helpful });
  }

  async endSession(token: string): Promise<void> {
    await this.ask("DELETE", "session", token);
  }

  private async ask<Answer>(
    method: string,
    path: string,
    token?: string,
    body?: unknown,
  ): Promise<Answer> {
    const headers: Record<string, string> = { "Content-Type": "application/json" };
    if (token) headers["Authorization"] = `Bearer ${token}`;
    let response: Response;
    try {
      response = await fetch(`${this.server}/webhooks/webchat/${path}`, {
        method,
        headers,
        body: method === "POST" ? JSON.stringify(body ?? {}) : null,
        cache: "no-store",
        credentials: "omit",
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (response.ok) return (response.status === 204 ? undefined : await response.json()) as Answer;
    } catch (error) {
      throw new Failure("unreachable", String(error));
    }
    throw await failureOf(response);
  }
}

async function failureOf(response: Response): Promise<Failure> {
  if (response.status === 401) return new Failure("session");
  if (response.status === 429) {
    return new Failure("busy", "", Number(response.headers.get("Retry-After")) || DEFAULT_WAIT_S);
  }
  if (response.status >= 500 || response.status === 408) return new Failure("unreachable");
  const body = (await response.json().catch(() => ({}))) as { message?: unknown };
  return new Failure("refused", typeof body.message === "string" ? body.message : "");
}
