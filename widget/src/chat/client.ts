import {
  asList,
  asRecord,
  readMessage,
  readReply,
  type AssistantMessage,
  type Outgoing,
  type Reply,
  type VisitorMessage,
} from "./messages";

const TIMEOUT_MS = 20_000;
const DEFAULT_WAIT_S = 5;
/** Browsers report what a policy forbids a moment after the request has failed. */
const REPORT_MS = 60;

export interface Session {
  token: string;
  maxCharacters: number;
}

/**
 * Why a request brought no answer.
 *
 * - `unreachable`: nobody answered, or the server has trouble of its own: worth trying again.
 * - `policy`: the page's Content-Security-Policy does not let it out.
 * - `origin`: the server is there, and does not allow this site.
 * - `busy`: the server asks to wait for `seconds`.
 * - `session`: the server does not know the token (any more).
 * - `refused`: the server understood and said no; `message` tells why.
 */
export class Failure extends Error {
  constructor(
    readonly reason: "unreachable" | "policy" | "origin" | "busy" | "session" | "refused",
    message = "",
    readonly seconds = 0,
  ) {
    super(message);
  }
}

/** The web channel's HTTP interface. Every method throws `Failure`, and nothing else. */
export class Client {
  /** Whether the page's policy has kept a request away. */
  private isForbidden = false;

  /** @param signal Ends what it listens to. */
  constructor(
    private readonly server: string,
    signal: AbortSignal,
  ) {
    const { origin } = new URL(server);
    const notice = ({ blockedURI, disposition, effectiveDirective }: SecurityPolicyViolationEvent): void => {
      this.isForbidden ||=
        disposition === "enforce" && effectiveDirective.startsWith("connect-src") && blockedURI.startsWith(origin);
    };
    document.addEventListener("securitypolicyviolation", notice, { signal });
  }

  async openSession(): Promise<Session> {
    const { token, max_characters } = await this.ask("POST", "session");
    return { token: String(token), maxCharacters: Number(max_characters) };
  }

  async send(token: string, { id, text, payload }: Outgoing): Promise<Reply[]> {
    const body = payload === undefined ? { id, text } : { id, payload };
    const { replies } = await this.ask("POST", "messages", token, body);
    return asList(replies).map(readReply).filter(({ text, table, image }) => text || table || image);
  }

  async history(token: string): Promise<(VisitorMessage | AssistantMessage)[]> {
    const { messages } = await this.ask("GET", "messages", token);
    return asList(messages).flatMap((each) => readMessage(each) ?? []);
  }

  async rate(token: string, answer: string, helpful: boolean): Promise<void> {
    await this.ask("POST", "feedback", token, { answer, helpful });
  }

  async endSession(token: string): Promise<void> {
    await this.ask("DELETE", "session", token);
  }

  private async ask(
    method: string,
    path: string,
    token?: string,
    body?: unknown,
  ): Promise<Record<string, unknown>> {
    const headers: Record<string, string> = { "Content-Type": "application/json" };
    if (token) headers["Authorization"] = `Bearer ${token}`;
    let response: Response;
    try {
      response = await this.fetch(`webhooks/webchat/${path}`, {
        method,
        headers,
        body: method === "POST" ? JSON.stringify(body ?? {}) : null,
      });
      if (response.ok) return asRecord(response.status === 204 ? {} : await response.json());
    } catch (error) {
      throw new Failure(await this.reason(), String(error));
    }
    throw await failureOf(response);
  }

  private fetch(path: string, options: RequestInit = {}): Promise<Response> {
    return fetch(`${this.server}/${path}`, {
      ...options,
      cache: "no-store",
      credentials: "omit",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  }

  /** Why nothing came: scripts are told of none of these, and find out by trying. */
  private async reason(): Promise<"unreachable" | "policy" | "origin"> {
    await new Promise((resolve) => setTimeout(resolve, REPORT_MS));
    if (this.isForbidden) return "policy";
    if (new URL(this.server).origin === location.origin) return "unreachable";
    // The loader is for every site; the bare address of the channel for those that are allowed.
    const isThere = await this.fetch("widget.js", { method: "HEAD" }).then(({ ok }) => ok, () => false);
    const isOurs = await this.fetch("webhooks/webchat/").then(() => true, () => false);
    return isThere && !isOurs ? "origin" : "unreachable";
  }
}

async function failureOf(response: Response): Promise<Failure> {
  if (response.status === 401) return new Failure("session");
  if (response.status === 429) {
    return new Failure("busy", "", Number(response.headers.get("Retry-After")) || DEFAULT_WAIT_S);
  }
  if (response.status >= 500 || response.status === 408) return new Failure("unreachable");
  const body = asRecord(await response.json().catch(() => ({})));
  return new Failure("refused", typeof body["message"] === "string" ? body["message"] : "");
}
