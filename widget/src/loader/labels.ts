import type { Language } from "../settings";

interface LauncherLabels {
  open: string;
  failed: string;
}

/** The few words that are needed before the chat itself is loaded. */
export const LAUNCHER_LABELS: Record<Language, LauncherLabels> = {
  en: { open: "Open the chat", failed: "The chat could not be loaded. Please try again." },
  de: { open: "Chat öffnen", failed: "Der Chat ließ sich nicht laden. Bitte versuchen Sie es noch einmal." },
  fr: { open: "Ouvrir le chat", failed: "Le chat n’a pas pu être chargé. Veuillez réessayer." },
  es: { open: "Abrir el chat", failed: "No se pudo cargar el chat. Inténtelo de nuevo." },
  ar: { open: "افتح الدردشة", failed: "تعذّر تحميل الدردشة. يُرجى المحاولة مرة أخرى." },
};
