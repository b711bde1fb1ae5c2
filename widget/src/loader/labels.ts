import type { Language } from "../api";

/** The few words that are needed before the chat is loaded: its launcher; it could not be loaded. */
export const LABELS: Record<Language, readonly [string, string]> = {
  en: ["Open the chat", "The chat could not be loaded."],
  de: ["Chat öffnen", "Chat nicht geladen"],
  fr: ["Ouvrir le chat", "Chat non chargé"],
  es: ["Abrir el chat", "Chat no cargado"],
  it: ["Apri la chat", "Chat non caricata"],
  pt: ["Abrir o chat", "Chat não carregado"],
  nl: ["Chat openen", "Chat niet geladen"],
  pl: ["Otwórz czat", "Nie wczytano czatu"],
  ja: ["チャットを開く", "読み込めません"],
  ar: ["افتح الدردشة", "لم تُحمَّل"],
};
