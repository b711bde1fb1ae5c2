/** What the demo page's own buttons do. */
import type {} from "../src/loader/main";

function byId(id: string): HTMLElement {
  return document.getElementById(id) as HTMLElement;
}

const snippet = byId("snippet");
snippet.textContent = `<script src="${location.origin}/widget.js" defer></script>`;

byId("copy").addEventListener("click", () => {
  navigator.clipboard.writeText(snippet.textContent ?? "").then(
    () => (byId("copied").textContent = "Copied."),
    () => (byId("copied").textContent = "Please copy it by hand."),
  );
});

for (const button of document.querySelectorAll<HTMLElement>("[data-ask]")) {
  button.addEventListener("click", () => window.TwoRolesChat?.send(button.dataset["ask"] ?? ""));
}

for (const button of document.querySelectorAll<HTMLElement>(".swatch")) {
  const accent = button.dataset["accent"] ?? "";
  button.style.setProperty("--swatch", accent);
  button.addEventListener("click", () => {
    document.documentElement.style.setProperty("--two-roles-accent", accent);
  });
}
