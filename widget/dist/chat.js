export * from "./chat-810cabfdd0.js";
