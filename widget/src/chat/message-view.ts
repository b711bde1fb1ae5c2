import { html, nothing, type TemplateResult } from "lit";
import type { Source } from "../api";
import { CHEVRON, THUMB } from "./icons";
import type { Labels } from "./labels";
import type { AssistantMessage, Message, Note, Table, VisitorMessage } from "./messages";
import { parse, safeAddress, type Block, type Inline } from "./rich-text";
import { dayBetween, isTime, timeView } from "./times";

/** What the views of messages need to know and can do. */
export interface MessageContext {
  readonly labels: Labels;
  readonly language: string;
  readonly server: string;
  readonly rated: Readonly<Record<string, boolean>>;
  /** What is said on a verdict that was just given, and on which answer. */
  readonly thanked: { answer: string; text: string } | undefined;
  rate(answer: string, helpful: boolean): void;
  /** Called when a message can be shown better than it could before. */
  later(): void;
}

/** What was said, oldest first, and then what waits, with a line between days. */
export function messagesView(
  said: readonly Message[],
  waiting: readonly VisitorMessage[],
  isQueued: boolean,
  context: MessageContext,
): unknown {
  // One list, so that a message keeps its element when it arrives and is not read out twice.
  const all = [...said, ...waiting];
  let before: string | undefined;
  const latest = all.findLastIndex(({ from }) => from === "assistant");
  return all.map((message, index) => {
    const time = isTime(message.time) ? message.time : undefined;
    const day = time && dayBetween(before, time, context.language);
    before = time ?? before;
    const isWaiting = index >= said.length;
    return html`${day ? html`<p class="note day">${day}</p>` : nothing}${guarded(message, () =>
      message.from === "assistant"
        ? assistantView(message, index === latest, context)
        : message.from === "note"
          ? noteView(message, context)
          : visitorView(message, isWaiting, isWaiting && isQueued, context),
    )}`;
  });
}

/** A message that cannot be shown must not take the others away. */
function guarded(message: Message, view: () => TemplateResult): TemplateResult {
  try {
    return view();
  } catch (error) {
    console.error("two-roles-chat: a message could not be shown.", error);
    return html`<p class="note">${message.text}</p>`;
  }
}

function visitorView(
  { text, time, order }: VisitorMessage,
  isWaiting: boolean,
  isQueued: boolean,
  { labels, language }: MessageContext,
): TemplateResult {
  if (order === "start_over") return html`<h3 class="note beginning">${labels.startedOver}</h3>`;
  return html`<div class=${isQueued ? "message visitor queued" : "message visitor"} ?data-waiting=${isWaiting}>
    <span class="hidden">${labels.you}:</span>
    <div class="bubble" dir="auto">${text}</div>
    ${isQueued ? html`<span class="when">${labels.queued}</span>` : nothing}
    ${isTime(time) ? html`<span class="when aside">${timeView(time, language)}</span>` : nothing}
  </div>`;
}

/** The server's own words are English. */
function noteView({ about, text }: Note, { labels, language }: MessageContext): TemplateResult {
  return html`<p class="note">${labels[about]} ${language === "en" ? text : ""}</p>`;
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

function assistantView(
  message: AssistantMessage,
  isLatest: boolean,
  context: MessageContext,
): TemplateResult {
  const { labels, language } = context;
  const { source, answer, table, image, time } = message;
  return html`<div class=${isLatest ? "message assistant latest" : "message assistant"}>
    <span class="hidden">${labels.assistant}:</span>
    <div class="bubble" lang="en" dir="auto">
      ${blocksOf(message, context.later).map((block) => blockView(block, labels))}
      ${table ? tableView(table, labels) : nothing}
      ${image ? imageView(image, context) : nothing}
    </div>
    <div class="about">
      ${source ? sourceView(source, labels) : nothing}
      <div class="aside">
        ${isTime(time) ? timeView(time, language) : nothing}
        ${answer ? thumbsView(answer, context) : nothing}
      </div>
    </div>
  </div>`;
}

/** What messages were read into: each stroke of a key shows all of them anew. */
const read = new WeakMap<AssistantMessage, Block[]>();

function blocksOf(message: AssistantMessage, later: () => void): Block[] {
  const known = read.get(message);
  if (known) return known;
  // A table says it all: before it one sentence is enough.
  const text = message.table ? firstSentence(message.text) : message.text;
  const blocks = parse(text, message.points, () => {
    read.delete(message);
    later();
  });
  read.set(message, blocks);
  return blocks;
}

function firstSentence(text: string): string {
  const [first] = new Intl.Segmenter("en", { granularity: "sentence" }).segment(text);
  return first ? first.segment.trim() : text;
}

function blockView(block: Block, labels: Labels): TemplateResult {
  if (block.type === "paragraph") return html`<p>${linesView(block.lines, labels)}</p>`;
  const items = block.items.map((item) => itemView(item, labels));
  return block.ordered ? html`<ol start=${block.start}>${items}</ol>` : html`<ul>${items}</ul>`;
}

function itemView([first, ...others]: Block[], labels: Labels): TemplateResult {
  const begin = first?.type === "paragraph" ? linesView(first.lines, labels) : first && blockView(first, labels);
  return html`<li>${begin}${others.map((block) => blockView(block, labels))}</li>`;
}

function linesView(lines: Inline[][], labels: Labels): TemplateResult[] {
  return lines.map(
    (line, index) => html`${index ? html`<br />` : nothing}${line.map((part) => inlineView(part, labels))}`,
  );
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
      ${cells.map(
        (cell, index) =>
          html`<td role="cell" data-column=${columns[index + 1] ?? ""}>${capitalised(cell)}</td>`,
      )}
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

// Not by CSS: ::first-letter would take the name of the column that stands before the cell.
function capitalised(text: string): string {
  const [first = "", ...others] = text;
  return first.toUpperCase() + others.join("");
}

/** Pictures come from the chat's own server only; any other address becomes a link. */
function imageView(address: string, { server, labels }: MessageContext): unknown {
  // The server's root may be a folder of its host.
  const full = safeAddress(address.replace(/^\/(?!\/)/, ""), `${server}/`);
  if (!full) return nothing;
  return new URL(full).origin === new URL(server).origin
    ? html`<img src=${full} alt="" />`
    : html`<p>${linkView(full, full, labels)}</p>`;
}

function sourceView({ section, title, publisher, published, reference }: Source, labels: Labels): TemplateResult {
  const address = reference ? safeAddress(reference.address) : undefined;
  return html`<details class="source" @toggle=${reveal}>
    <summary>${CHEVRON}${labels.source}</summary>
    <dl>
      ${section ? html`<dt>${labels.section}</dt><dd lang="en" dir="auto">${section}</dd>` : nothing}
      <dt>${labels.article}</dt>
      <dd lang="en" dir="auto">${title}. ${publisher}, ${published}</dd>
      ${reference
        ? html`<dt>${labels.cites}</dt>
            <dd lang="en" dir="auto">
              ${reference.author},
              ${address ? linkView(reference.title, address, labels) : reference.title},
              ${reference.published}
            </dd>`
        : nothing}
    </dl>
  </details>`;
}

function reveal({ currentTarget }: Event): void {
  const details = currentTarget as HTMLDetailsElement;
  if (details.open) details.scrollIntoView({ block: "nearest" });
}

function thumbsView(answer: string, { labels, rated, thanked, rate }: MessageContext): TemplateResult {
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
  return html`<span class="thanks" role="status">${thanked?.answer === answer ? thanked.text : ""}</span>
    <div class="thumbs">${thumb(true, labels.helpful)}${thumb(false, labels.unhelpful)}</div>`;
}
