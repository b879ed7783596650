// A charge with all that it was made of, from the raw records to the balance.

import { ask, orgPath } from "./api.js";
import { exact, time, whole } from "./numbers.js";
import { facts, flagPills, h, loading, name, swap, table, trouble } from "./page.js";
import { t } from "./words.js";

function dimensions(of) {
  return Object.entries(of.dimensions).map(([key, value]) => `${key}=${value}`).join(", ");
}

function origin(title, at) {
  if (!at) {
    return null;
  }
  return h("div", { class: "origin" }, h("strong", {}, title), h("code", {}, h("bdi", {}, at.topic)), h("span", {}, `${t("partition")} `, h("code", {}, at.partition)), h("span", {}, `${t("offset")} `, h("code", {}, at.offset)));
}

function records(c) {
  const found = [origin(t("request"), c.request_origin), origin(t("response"), c.response_origin)].filter(Boolean);
  return found.length ? found : h("p", { class: "quiet" }, t("noRecords"));
}

function readings(c) {
  // Which of the two figures it was that was billed.
  const figure = (r, value, isBilled) => value && h("span", { class: isBilled ? "chosen" : null }, exact(value));
  return table(
    t("readings"),
    [
      { title: t("meter"), cell: (r) => [h("code", {}, r.meter), dimensions(r) ? h("small", {}, " ", h("bdi", {}, dimensions(r))) : null] },
      { title: t("reported"), number: true, cell: (r) => figure(r, r.reported, r.billed && r.provenance === "REPORTED") },
      { title: t("counted"), number: true, cell: (r) => figure(r, r.counted, r.billed && r.provenance !== "REPORTED") },
      { title: t("billed"), number: true, cell: (r) => r.billed && exact(r.billed) },
      { title: t("source"), wide: true, cell: (r) => t(`source_${r.provenance}`) },
    ],
    c.readings,
    t("none"),
  );
}

function lines(c) {
  const lineTable = table(
    t("lines"),
    [
      { title: t("meter"), cell: (l) => [h("code", {}, l.meter === l.rate_meter ? l.meter : `${l.meter} → ${l.rate_meter}`), h("br"), h("small", {}, h("bdi", {}, [l.rule, dimensions(l)].filter(Boolean).join("; ") || t("noRule")))] },
      { title: t("quantity"), number: true, cell: (l) => exact(l.quantity) },
      { title: `${t("price")} (${c.unit})`, number: true, cell: (l) => [exact(l.price), " ", h("span", { class: "quiet" }, t("per", { n: exact(l.per) }))] },
      { title: `${t("amount")} (${c.unit})`, number: true, cell: (l) => h("span", { "data-line": l.amount }, exact(l.amount)) },
    ],
    c.lines,
    t("noLines"),
  );
  lineTable.querySelector("table")?.append(
    h("tfoot", {}, h("tr", {}, h("th", { scope: "row", colspan: "3" }, t("all")), h("td", { class: "number", "data-amount": c.amount }, exact(c.amount)))),
  );
  return lineTable;
}

function balance(c) {
  return [
    h("p", { class: "move" }, h("span", { class: "quiet" }, t("before")), h("span", { "data-before": c.balance_before }, exact(c.balance_before)), h("span", { "aria-hidden": "true" }, "−"), h("span", {}, exact(c.amount)), h("span", { "aria-hidden": "true" }, "="), h("strong", { "data-after": c.balance_after }, exact(c.balance_after)), h("bdi", { class: "unit" }, c.unit)),
    facts([
      ...c.grants_drawn.map((draw) => [[t("grant"), " ", name(draw.grant_id)], h("span", { "data-drawn": draw.amount }, exact(draw.amount))]),
      [t("debt"), c.debt === "0" ? null : exact(c.debt)],
    ]),
  ];
}

function content(c) {
  const step = (title, ...children) => h("li", { class: "card" }, h("h3", {}, title), children);
  return [
    facts([
      [t("model"), c.response_model && c.response_model !== c.model ? [name(c.model ?? "–"), " → ", name(c.response_model)] : c.model && name(c.model)],
      [t("provider"), c.provider && [name(c.provider), c.endpoint ? h("small", {}, " ", h("bdi", {}, c.endpoint)) : null]],
      [t("type"), h("bdi", {}, c.billing_type)],
      [t("occurred"), time(c.occurred_at)],
      [t("billedAt"), time(c.billed_at)],
      [t("sequence"), whole(c.sequence)],
      [t("outcome"), h("bdi", {}, c.free_reason ? `${c.outcome} (${c.free_reason})` : c.outcome)],
      [t("caller"), [c.project_id, c.user_id, c.api_key_id].filter(Boolean).length ? name([c.project_id, c.user_id, c.api_key_id].filter(Boolean).join(" / ")) : null],
      [t("flags"), flagPills(c.flags)],
    ]),
    h(
      "ol",
      { class: "steps" },
      step(t("raw"), records(c)),
      step(t("measured"), readings(c), c.provider_total ? h("p", { class: "quiet" }, t("providerTotal", { n: whole(c.provider_total) })) : null),
      step(
        t("priced"),
        facts([
          [t("book"), name(c.price_book ?? c.book)],
          [t("entry"), c.priced_model && name(c.priced_model)],
          [t("matched"), c.matched_name && [name(c.matched_name), c.name_rule ? h("small", {}, " ", h("bdi", {}, c.name_rule)) : null]],
          [t("version"), c.price_version && h("code", {}, c.price_version)],
        ]),
        lines(c),
      ),
      step(t("drawn"), balance(c)),
    ),
  ];
}

/** A sheet beside the organisation. Escape closes it, and the keyboard is back where it was. */
export function chargeSheet(org, signal) {
  const body = h("div", { class: "sheet" });
  const close = h("button", { type: "button", onclick: () => element.close() }, t("close"));
  const element = h("dialog", { id: "charge", "aria-labelledby": "charge-title", onclose: left }, body);
  let opened = null;

  function left() {
    if (opened !== null) {
      const usage = opened;
      opened = null;
      history.replaceState(null, "", `#/org/${encodeURIComponent(org)}`);
      [...document.querySelectorAll("[data-usage]")].find((link) => link.dataset.usage === usage)?.focus({ preventScroll: true });
    }
  }

  function head(usage, value) {
    return h("div", { class: "head" }, h("div", {}, h("h2", { id: "charge-title" }, t("charge"), " ", name(usage)), value), close);
  }

  async function show(usage) {
    if (usage === null) {
      opened = null;
      if (element.open) {
        element.close();
      }
      return;
    }
    opened = usage;
    body.replaceChildren(head(usage, null), loading(8));
    if (!element.open) {
      element.showModal();
    }
    close.focus();
    try {
      const c = await ask(orgPath(org, `/charges/${encodeURIComponent(usage)}`), signal);
      if (opened === usage) {
        swap(body, head(usage, largeWithAll(c)), content(c));
        close.focus();
      }
    } catch (problem) {
      if (!signal.aborted && opened === usage) {
        body.replaceChildren(head(usage, null), trouble(problem.message, null, () => show(usage)));
      }
    }
  }

  return { element, show };
}

function largeWithAll(c) {
  return h("p", { class: "large", "data-amount": c.amount }, exact(c.amount), " ", h("bdi", { class: "unit" }, c.unit));
}
