import type { Language } from "../api";

const en = {
  title: "Ask about the two roles",
  subtitle: "ML engineer or AI engineer",
  greeting:
    "Hello. I answer questions about ML engineers and AI engineers from one published article. What would you like to know?",
  englishOnly: "",
  conversation: "Conversation",
  you: "You",
  assistant: "Assistant",
  firstQuestions: "Questions to begin with",
  suggestions: "Suggestions",
  field: "Your question",
  send: "Send",
  left: "{n} characters left",
  tooMany: "{n} characters too many",
  writing: "The assistant is writing",
  loading: "Loading the conversation",
  source: "Source",
  section: "Section",
  article: "Article",
  cites: "Citing",
  table: "Comparison",
  newTab: "(opens in a new tab)",
  helpful: "Helpful",
  unhelpful: "Not helpful",
  thanks: "Thank you for telling us.",
  failed: "That did not work. Please try again.",
  offline: "No connection. Your message is kept and goes out as soon as there is one.",
  offlineEmpty: "No connection. Trying again.",
  retry: "Try now",
  busy: "Many questions at once. It goes on in {n} s.",
  refused: "This message could not be taken.",
  ended: "The earlier conversation has ended. This is a new one.",
  menu: "More",
  close: "Close the chat",
  copy: "Copy the conversation",
  copied: "Copied.",
  save: "Save as a text file",
  startOver: "Start over",
  stored: "What is stored",
  storedText:
    "Your questions and the answers are stored on the server of this chat, under a random key and without your name.\n\nYour browser stores that key, what is still to be sent, and your ratings, so that the conversation is here when you come back. No cookies are used.\n\n“Delete the conversation” removes it in both places.",
  remove: "Delete the conversation",
  removeText: "Your questions and the answers will be deleted, here and on the server. This cannot be undone.",
  removeYes: "Delete",
  removed: "The conversation has been deleted.",
  back: "Back",
  blocked: "The chat cannot be used on this page at the moment.",
  queued: "Not sent yet",
  contact: "Talk to a person",
  startedOver: "A new beginning",
  dismiss: "Close",
};

export type Labels = Record<keyof typeof en, string>;

/** Each language but English is a file of its own, fetched by those who read it. */
const LANGUAGES: Record<Exclude<Language, "en">, () => Promise<{ labels: Labels }>> = {
  ar: () => import("./labels/ar"),
  de: () => import("./labels/de"),
  es: () => import("./labels/es"),
  fr: () => import("./labels/fr"),
  it: () => import("./labels/it"),
  ja: () => import("./labels/ja"),
  nl: () => import("./labels/nl"),
  pl: () => import("./labels/pl"),
  pt: () => import("./labels/pt"),
};

/** Texts of a language, English if they do not come, with the page's own in their place. */
export async function labelsIn(language: Language, own: string | undefined): Promise<Labels> {
  const spoken = language === "en" ? en : await LANGUAGES[language]().then(({ labels }) => labels, () => en);
  return { ...spoken, ...ownLabels(own) };
}

function ownLabels(own: string | undefined): Partial<Labels> {
  if (!own) return {};
  try {
    const read = JSON.parse(own) as Record<string, unknown>;
    const unknown = Object.keys(read).filter((name) => !(name in en) || typeof read[name] !== "string");
    if (!unknown.length) return read as Partial<Labels>;
    console.warn(`two-roles-chat: data-labels has no such texts: ${unknown.join(", ")}.`);
    return Object.fromEntries(Object.entries(read).filter(([name]) => !unknown.includes(name)));
  } catch (error) {
    console.warn(`two-roles-chat: data-labels is not JSON: ${String(error)}`);
    return {};
  }
}

/** First questions; the assistant speaks English, and so do they. */
export const FIRST_QUESTIONS = [
  "How do the two roles differ?",
  "What skills does an ML engineer need?",
  "How do I become an AI engineer?",
] as const;

/** A label with its number filled in. */
export function filled(label: string, n: number): string {
  return label.replace("{n}", String(n));
}
