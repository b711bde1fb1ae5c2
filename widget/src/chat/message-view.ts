import { html, nothing, type TemplateResult } from "lit";
import { CHEVRON, THUMB } from "./icons";
import type { Labels } from "./labels";
import type { AssistantMessage, Note, Source, Table } from "./messages";
import { parse, safeAddress, type Block, type Inline } from "./rich-text";

/** What the views of messages need to know and can do. */
export interface MessageContext {
  readonly labels: Labels;
  readonly server: string;
  readonly rated: Readonly<Record<string, boolean>>;
  rate(answer: string, helpful: boolean): void;
}

export function visitorView(text: string, waiting: boolean, labels: Labels): TemplateResult {
  return html`<div class="message visitor" ?data-waiting=${waiting}>
    <span class="hidden">${labels.you}:</span>
    <div class="bubble" dir="auto">${text}</div>
  </div>`;
}

export function noteView(note: Note, labels: Labels): TemplateResult {
  return html`<p class="note">${labels[note.about]} ${note.text}</p>`;
}

/** A text of the assistant without anything around it, in the language of the labels. */
export function greetingView(text: string, labels: Labels): TemplateResult {
  return html`<div class="message assistant">
    <span class="hidden">${labels.assistant}:</span>
    <div class="bubble" dir="auto">
      <p>${text}</p>
      ${labels.englishOnly ? html`<p>${labels.englishOnly}</p>` : nothing}
    </div>
  </div>`;
}

export function assistantView(message: AssistantMessage, context: MessageContext): TemplateResult {
  const { labels } = context;
  return html`<div class="message assistant">
    <span class="hidden">${labels.assistant}:</span>
    <div class="bubble" lang="en" dir="auto">
      ${parse(message.text, message.points).map((block) => blockView(block, labels))}
      ${message.table ? tableView(message.table, labels) : nothing}
      ${message.image ? imageView(message.image, context) : nothing}
    </div>
    ${message.source || message.answer
      ? html`<div class="about">
          ${message.source ? sourceView(message.source, labels) : nothing}
          ${message.answer ? thumbsView(message.answer, context) : nothing}
        </div>`
      : nothing}
  </div>`;
}

function blockView(block: Block, labels: Labels): TemplateResult {
  const inline = (parts: Inline[]) => parts.map((part) => inlineView(part, labels));
  if (block.type === "list") {
    const items = block.items.map((item) => html`<li>${inline(item)}</li>`);
    return block.ordered ? html`<ol>${items}</ol>` : html`<ul>${items}</ul>`;
  }
  const lines = block.lines.map((line, index) => html`${index ? html`<br />` : nothing}${inline(line)}`);
  return html`<p>${lines}</p>`;
}

function inlineView(part: Inline, labels: Labels): unknown {
  if (part.type === "strong") return html`<strong>${part.text}</strong>`;
  if (part.type === "emphasis") return html`<em>${part.text}</em>`;
  if (part.type === "code") return html`<code>${part.text}</code>`;
  if (part.type === "link") return linkView(part.text, part.address, labels);
  return part.text;
}

function linkView(text: string, address: string, labels: Labels): TemplateResult {
  return html`<a href=${address} target="_blank" rel="noopener noreferrer"
    >${text}<span class="hidden"> ${labels.newTab}</span></a
  >`;
}

/** The roles are said outright: a narrow table is laid out in blocks, which would lose them. */
function tableView({ columns, rows }: Table, labels: Labels): TemplateResult {
  const head = columns.map((name) =>
    name ? html`<th role="columnheader" scope="col">${name}</th>` : html`<td role="cell"></td>`,
  );
  const body = rows.map(
    ([first, ...cells]) => html`<tr role="row">
      <th role="rowheader" scope="row">${first}</th>
      ${cells.map((cell, index) => html`<td role="cell" data-column=${columns[index + 1] ?? ""}>${cell}</td>`)}
    </tr>`,
  );
  return html`<div class="table" role="group" aria-label=${labels.table} tabindex="0">
    <table role="table">
      <thead role="rowgroup">
        <tr role="row">
          ${head}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${body}
      </tbody>
    </table>
  </div>`;
}

/** Pictures come from the chat's own server only; any other address becomes a link. */
function imageView(address: string, { server, labels }: MessageContext): unknown {
  const full = safeAddress(new URL(address, server).href);
  if (!full) return nothing;
  return new URL(full).origin === server
    ? html`<img src=${full} alt="" />`
    : html`<p>${linkView(full, full, labels)}</p>`;
}

function sourceView({ section, title, publisher, published, reference }: Source, labels: Labels): TemplateResult {
  const address = reference ? safeAddress(reference.address) : undefined;
  return html`<details class="source" @toggle=${reveal}>
    <summary>${CHEVRON}${labels.source}</summary>
    <dl>
      ${section ? html`<dt>${labels.section}</dt><dd lang="en">${section}</dd>` : nothing}
      <dt>${labels.article}</dt>
      <dd lang="en">${title}. ${publisher}, ${published}</dd>
      ${reference
        ? html`<dt>${labels.cites}</dt>
            <dd lang="en">
              ${reference.author},
              ${address ? linkView(reference.title, address, labels) : reference.title},
              ${reference.published}
            </dd>`
        : nothing}
    </dl>
  </details>`;
}

function reveal({ currentTarget }: Event): void {
  (currentTarget as HTMLElement).scrollIntoView({ block: "nearest" });
}

function thumbsView(answer: string, { labels, rated, rate }: MessageContext): TemplateResult {
  const thumb = (helpful: boolean, label: string) =>
    html`<button
      type="button"
      class="icon thumb ${helpful ? "" : "down"}"
      aria-label=${label}
      title=${label}
      aria-pressed=${rated[answer] === helpful}
      @click=${() => rate(answer, helpful)}
    >
      ${THUMB}
    </button>`;
  return html`<div class="thumbs">
    ${thumb(true, labels.helpful)}${thumb(false, labels.unhelpful)}
  </div>`;
}
