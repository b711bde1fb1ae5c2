import { TwoRolesChat } from "./element";

declare global {
  interface Window {
    TwoRolesChat?: Pick<TwoRolesChat, "open" | "close" | "send" | "on">;
  }
}

/** Puts the chat into the page, with the script tag's data attributes as its settings. */
function embed(script: HTMLScriptElement): void {
  const chat = new TwoRolesChat(new URL(script.src).origin);
  Object.assign(chat.dataset, script.dataset);
  window.TwoRolesChat = {
    open: () => chat.open(),
    close: () => chat.close(),
    send: (text) => chat.send(text),
    on: (name, listener) => chat.on(name, listener),
  };
  document.body.append(chat);
}

const script = document.currentScript;
if (script instanceof HTMLScriptElement && !customElements.get("two-roles-chat")) {
  customElements.define("two-roles-chat", TwoRolesChat);
  // Without `defer` the script may run before there is a body.
  if (document.body) embed(script);
  else addEventListener("DOMContentLoaded", () => embed(script));
}
