/** The chat as a package, for pages that a bundler makes. */
import type { Chat, ChatOptions } from "./api";
import { TwoRolesChat } from "./loader/element";

const TAG = "two-roles-chat";

TwoRolesChat.fetch = () => import("./chat/control");
if (globalThis.customElements && !customElements.get(TAG)) customElements.define(TAG, TwoRolesChat);

/** Puts the chat into the page's corner. */
export function createChat(options: ChatOptions & { server: string }): Chat {
  const chat = document.createElement(TAG) as TwoRolesChat;
  chat.configure(options);
  chat.dataset["placed"] = "true";
  chat.place();
  return chat;
}
