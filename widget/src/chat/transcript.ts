import type { Labels } from "./labels";
import type { Message } from "./messages";

/** The conversation as plain text, for the clipboard or a file. */
export function transcript(messages: readonly Message[], labels: Labels): string {
  return messages
    .flatMap((message) => {
      if (message.from === "note") return [];
      const who = message.from === "visitor" ? labels.you : labels.assistant;
      const lines = [`${who}: ${message.text}`];
      if (message.from === "assistant" && message.table) {
        const { columns, rows } = message.table;
        lines.push(...[columns, ...rows].map((row) => row.join("\t")));
      }
      return [lines.join("\n")];
    })
    .join("\n\n");
}

/** Offers a text to the visitor as a file to save. */
export function download(text: string, name: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
