// Makes elements. Text is only ever set as text, so nothing that a gateway sent can become markup.

import { t } from "./words.js";

/** h("td", {class: "number"}, "1") */
export function h(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) {
      element.addEventListener(key.slice(2), value);
    } else if (value === true) {
      element.setAttribute(key, "");
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(key, value);
    }
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return element;
}

/** A name that others gave. It reads from left to right within whatever the page reads like. */
export function name(text) {
  return h("bdi", { class: "name" }, text);
}

/** What is unusual about something. */
export function flagPills(flags) {
  return flags.length ? flags.map((flag) => [h("span", { class: "pill plain" }, flag.toLowerCase().replaceAll("_", " ")), " "]) : null;
}

export function card(title, id, ...children) {
  return h("section", { class: "card", "aria-labelledby": `${id}-title`, id }, h("h2", { id: `${id}-title` }, title), ...children);
}

export function empty(text, hint) {
  return h("div", { class: "empty" }, h("p", {}, text), hint ? h("p", { class: "quiet" }, hint) : null);
}

/** Stands where something will be. */
export function loading(lines = 3) {
  return h("div", { class: "loading", "aria-hidden": "true" }, Array.from({ length: lines }, () => h("i")));
}

/** A problem, and a way to go on. */
export function trouble(text, hint, again) {
  return h(
    "div",
    { class: "trouble", role: "alert" },
    h("p", {}, h("strong", {}, text)),
    hint ? h("p", {}, hint) : null,
    again ? h("button", { type: "button", onclick: again }, t("again")) : null,
  );
}

/** Buttons of which one is chosen. Options: {value: word}. */
export function choice(label, options, chosen, onChoice) {
  const group = h(
    "div",
    { role: "group", class: "choice", "aria-label": label },
    Object.entries(options).map(([value, word]) =>
      h("button", { type: "button", "data-value": value, "aria-pressed": String(value === chosen), onclick: () => choose(value) }, t(word)),
    ),
  );
  function choose(value) {
    group.querySelectorAll("button").forEach((b) => b.setAttribute("aria-pressed", String(b.dataset.value === value)));
    onChoice(value);
  }
  return group;
}

/**
 * A table. Columns: {title, cell: row => content, number: whether it is one, wide: whether a phone
 * does without it, sort: "ascending" or "descending" if rows are in its order}.
 */
export function table(caption, columns, rows, none) {
  if (rows.length === 0) {
    return typeof none === "string" ? empty(none) : none;
  }
  const kind = (c) => [c.number && "number", c.wide && "wide"].filter(Boolean).join(" ") || null;
  return h(
    "div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": caption, "data-key": caption },
    h(
      "table",
      {},
      h("caption", { class: "hidden" }, caption),
      h("thead", {}, h("tr", {}, columns.map((c) => h("th", { scope: "col", class: kind(c), "aria-sort": c.sort }, c.title)))),
      h(
        "tbody",
        {},
        rows.map((row) =>
          h("tr", {}, columns.map((c, i) => h(i === 0 ? "th" : "td", { class: kind(c), scope: i === 0 ? "row" : null }, c.cell(row) ?? h("span", { class: "quiet" }, "–")))),
        ),
      ),
    ),
  );
}

/** Names with what they stand for; those that stand for nothing are left out. */
export function facts(pairs) {
  return h("dl", { class: "facts" }, pairs.filter(([, value]) => value !== null && value !== undefined).map(([key, value]) => h("div", {}, h("dt", {}, key), h("dd", {}, value))));
}

/** A chart's figures for those who can't see it or want to copy them. */
export function asTable(id) {
  const host = h("div");
  return { host, element: h("details", { class: "as-table", id }, h("summary", {}, t("asTable")), host) };
}

/**
 * Puts other content into a place, unless it is the same. Who is in it with the keyboard stays
 * there, and what was scrolled stays so.
 */
export function swap(host, ...content) {
  const next = h("div", {}, content);
  if (host.childNodes.length === next.childNodes.length && [...host.childNodes].every((node, i) => node.isEqualNode(next.childNodes[i]))) {
    return;
  }
  const key = (element) => element.dataset.key ?? element.getAttribute("href");
  const focused = host.contains(document.activeElement) ? key(document.activeElement) : null;
  const scrolled = new Map([...host.querySelectorAll(".scroll")].map((element) => [key(element), element.scrollLeft]));
  host.replaceChildren(...next.childNodes);
  host.querySelectorAll(".scroll").forEach((element) => (element.scrollLeft = scrolled.get(key(element)) ?? 0));
  if (focused !== null) {
    [...host.querySelectorAll("a, button, [tabindex]")].find((element) => key(element) === focused)?.focus({ preventScroll: true });
  }
}

/** Says something to those who hear the page. */
export function say(text) {
  document.getElementById("said").textContent = text;
}
