import type { Chat } from "../api";
import type { Loaded } from "../shared";
import { TwoRolesChat } from "./element";

declare global {
  interface Window {
    TwoRolesChat?: Chat;
  }
}

const TAG = "two-roles-chat";

/** Puts the chat into the page, with the script tag's data attributes as its settings. */
function embed(script: HTMLScriptElement): void {
  // An element that the page has itself takes the place of the one that would be made.
  const own = document.querySelector<TwoRolesChat>(`${TAG}:not([data-placed])`);
  const before = window.TwoRolesChat as TwoRolesChat | undefined;
  const chat = own ?? (before?.dataset["placed"] ? before : (document.createElement(TAG) as TwoRolesChat));
  window.TwoRolesChat = chat;
  if (!own) chat.dataset["placed"] = "true";
  Object.assign(chat.dataset, { ...script.dataset, ...chat.dataset });
  // Without `defer` the script may run before there is all of the page.
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", () => embed(script));
  else if (!own) chat.place();
}

// Modules are not told which script they are. Page swaps run it again: the chat is told so, and stays.
const script =
  document.currentScript ?? [...document.scripts].findLast(({ src }) => /\/widget\.js($|[?#])/.test(src));
if (script instanceof HTMLScriptElement) {
  if (!customElements.get(TAG)) {
    TwoRolesChat.server = new URL(".", script.src).href;
    TwoRolesChat.fetch = (server, again) =>
      import(`${server}/widget/${again ? `chat.js?${Date.now()}` : CHAT_FILE}`) as Promise<Loaded>;
    customElements.define(TAG, TwoRolesChat);
  }
  embed(script);
} else {
  console.error(`${TAG}: no script tag found`);
}
