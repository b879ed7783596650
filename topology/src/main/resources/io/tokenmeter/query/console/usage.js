// Where it went: an organisation's usage over a window, by model or by billing type.

import { Problem, askAll, orgPath } from "./api.js";
import { stackedBars, swatch } from "./charts.js";
import { amount, brief, compare, day, exact, percent, places, share, sum, whole } from "./numbers.js";
import { asTable, card, choice, empty, h, loading, name, swap, table } from "./page.js";
import { t } from "./words.js";

const GROUPS = 7;
const PAGES = 10;
const LIMIT = 1000;
const HOUR_S = 3600;
const DAY_S = 24 * HOUR_S;
const MONTH_S = 30.4375 * DAY_S;
const WINDOWS = {
  last24: { window: "hour", step: HOUR_S, slots: 24 },
  last7: { window: "hour", step: HOUR_S, slots: 7 * 24 },
  last30: { window: "day", step: DAY_S, slots: 30 },
  last12: { window: "month", step: MONTH_S, slots: 12 },
};
const BY = { model: "byModel", billing_type: "byType", meter: "byMeter", project: "byProject", user: "byUser", api_key: "byKey" };
const TITLES = { model: "model", billing_type: "type", meter: "meter", project: "project", user: "user", api_key: "key" };

/** The groups that cost most and the rest as one, each with its rows; the largest first. */
function ranked(rows, member) {
  const found = new Map();
  for (const row of rows) {
    const key = row[member] ?? "";
    found.set(key, [...(found.get(key) ?? []), row]);
  }
  const groups = [...found]
    .map(([key, own]) => ({ key, rows: own, total: sum(own.map((row) => row.amount)) }))
    .sort((a, b) => compare(b.total, a.total) || (a.key < b.key ? -1 : 1));
  if (groups.length <= GROUPS + 1) {
    return groups;
  }
  const rest = groups.slice(GROUPS).flatMap((group) => group.rows);
  return [...groups.slice(0, GROUPS), { key: null, rows: rest, total: sum(rest.map((row) => row.amount)) }];
}

function title(group, by) {
  return group.key === null ? t("others") : group.key === "" ? t(by === "model" ? "free" : "unnamed") : name(group.key);
}

/** Slots of equal length up to now, so that hours without usage are seen as such. */
function slots(rows, { step, slots: count }, to) {
  const anchor = rows.length ? Date.parse(rows[0].start) / 1000 : Math.floor(to / step) * step;
  const last = anchor + Math.floor((to - anchor) / step) * step;
  return Array.from({ length: count }, (_, i) => last - (count - 1 - i) * step);
}

/** What was used and what it cost, over all groups, by meter; what cost most first. */
function meters(rows) {
  const found = new Map();
  for (const row of rows) {
    for (const [meter, quantity] of Object.entries(row.quantities)) {
      const own = found.get(meter) ?? { meter, quantities: [], amounts: [] };
      own.quantities.push(quantity);
      own.amounts.push(row.amounts[meter] ?? "0");
      found.set(meter, own);
    }
  }
  return [...found.values()]
    .map(({ meter, quantities, amounts }) => ({ meter, quantity: sum(quantities), amount: sum(amounts) }))
    .sort((a, b) => compare(b.amount, a.amount) || (a.meter < b.meter ? -1 : 1));
}

function chargesOf(rows) {
  return rows.reduce((n, row) => n + row.charges, 0);
}

export function usageCard(org, signal) {
  let by = "model";
  let span = "last24";
  let remove = () => {};
  let drawn = null;
  const host = h("div", { class: "chart", role: "img", "aria-label": t("usage") }, loading(5));
  const legend = h("div", { id: "usage-legend" });
  const quantities = h("div", { id: "usage-meters" }, loading());
  const figures = asTable("usage-table");
  const spans = h(
    "select",
    {
      id: "usage-window",
      onchange: (e) => {
        span = e.target.value;
        return anew();
      },
    },
    Object.keys(WINDOWS).map((key) => h("option", { value: key }, t(key))),
  );
  const element = card(
    t("usage"),
    "usage",
    h(
      "div",
      { class: "controls" },
      choice(t("usage"), BY, by, (value) => {
        by = value;
        return anew();
      }),
      h("label", {}, h("span", { class: "hidden" }, t("window")), spans),
    ),
    host,
    legend,
    figures.element,
  );

  const quantityCard = card(t("quantities"), "quantities", quantities);

  async function anew() {
    try {
      await update();
    } catch (problem) {
      if (!signal.aborted) {
        host.replaceChildren(empty(problem.message));
      }
    }
  }

  async function update() {
    const asked = `${by} ${span}`;
    const window = WINDOWS[span];
    const from = new Date(Date.now() - window.slots * window.step * 1000).toISOString();
    const path = orgPath(org, `/usage?window=${window.window}&by=${by}&from=${encodeURIComponent(from)}&limit=${LIMIT}`);
    let view;
    try {
      view = await askAll(path, "rows", PAGES, signal);
    } catch (problem) {
      if (!(problem instanceof Problem && problem.code === "USAGE_NOT_KEPT")) {
        throw problem;
      }
      clear(empty(t("notKept"), problem.message), asked);
      return;
    }
    if (asked !== `${by} ${span}`) {
      return;
    }
    const groups = ranked(view.rows, by);
    if (groups.length === 0) {
      clear(empty(t("nothing"), t("nothingHint")), asked);
      return;
    }
    // What is the same isn't drawn anew, so that it stays under a pointer.
    const seen = JSON.stringify([asked, view.from.slice(0, 13), view.rows]);
    if (seen === drawn) {
      return;
    }
    drawn = seen;
    element.dataset.shown = asked;
    chart(view, window, groups);
    totals(view, groups);
  }

  function clear(instead, asked) {
    remove();
    remove = () => {};
    drawn = null;
    swap(host, instead);
    swap(legend);
    swap(quantities, empty(t("nothing")));
    swap(figures.host);
    element.dataset.shown = asked;
  }

  function chart(view, window, groups) {
    const starts = slots(view.rows, window, Date.now() / 1000);
    const slot = (row) => Math.round((Date.parse(row.start) / 1000 - starts[0]) / window.step);
    const inSlot = (group, i) => group.rows.filter((row) => slot(row) === i).map((row) => row.amount);
    const label = (i) => (window.step >= DAY_S ? day(starts[i] * 1000) : brief(starts[i] * 1000));
    remove();
    host.replaceChildren();
    remove = stackedBars(host, {
      unit: view.unit,
      starts,
      step: window.step,
      groups: groups.map((group) => starts.map((_, i) => Number(sum(inSlot(group, i))))),
      tell: (i) => {
        const some = groups.map((group, g) => ({ group, g, total: sum(inSlot(group, i)) })).filter(({ total }) => total !== "0");
        return some.length === 0
          ? null
          : [h("strong", {}, label(i)), ...some.map(({ group, g, total }) => h("div", {}, h("span", {}, swatch(g), title(group, by)), h("span", {}, exact(total))))];
      },
    });
    const filled = starts.map((start, i) => ({ start, all: sum(groups.flatMap((group) => inSlot(group, i))), i })).filter(({ all }) => all !== "0");
    swap(
      figures.host,
      table(
        t("usage"),
        [
          { title: t("from"), cell: (row) => label(row.i) },
          ...groups.map((group) => ({ title: title(group, by), number: true, cell: (row) => exact(sum(inSlot(group, row.i))) })),
          { title: `${t("all")} (${view.unit})`, number: true, cell: (row) => exact(row.all) },
        ],
        filled.reverse(),
        t("nothing"),
      ),
    );
  }

  function totals(view, groups) {
    const all = sum(groups.map((group) => group.total));
    const to = places(groups.map((group) => group.total)) > 2 && share("1", all) > 0.1 ? 4 : 2;
    const bar = (group, i) => {
      const fill = h("i");
      fill.style.width = `${share(group.total, groups[0].total) * 100}%`;
      fill.style.background = swatch(i).style.background;
      return h("span", { class: "bar", "aria-hidden": "true" }, fill);
    };
    const legendTable = table(
      t("usage"),
      [
        { title: t(TITLES[by]), cell: (group) => [swatch(groups.indexOf(group)), title(group, by)] },
        // A charge has lines of many meters, so that meters have no number of charges.
        ...(by === "meter" ? [] : [{ title: t("charges"), number: true, wide: true, cell: (group) => whole(chargesOf(group.rows)) }]),
        { title: t("share"), number: true, wide: true, cell: (group) => [bar(group, groups.indexOf(group)), " ", h("span", { class: "quiet share" }, percent(share(group.total, all)))] },
        { title: `${t("spent")} (${view.unit})`, number: true, cell: (group) => amount(group.total, view.unit, to) },
      ],
      groups,
      t("nothing"),
    );
    legendTable.querySelector("table").append(
      h("tfoot", {}, h("tr", {}, h("th", { scope: "row" }, t("all")), by === "meter" ? null : h("td", { class: "number wide" }, whole(chargesOf(view.rows))), h("td", { class: "wide" }), h("td", { class: "number", id: "usage-total" }, amount(all, view.unit, to)))),
    );
    swap(legend, legendTable);
    swap(
      quantities,
      table(
        t("quantities"),
        [
          { title: t("meter"), cell: (row) => h("code", {}, row.meter) },
          { title: t("quantity"), number: true, cell: (row) => h("span", { "data-meter": row.meter }, exact(row.quantity)) },
          { title: `${t("spent")} (${view.unit})`, number: true, cell: (row) => (row.amount === "0" ? null : amount(row.amount, view.unit, to)) },
        ],
        meters(view.rows),
        t("nothing"),
      ),
    );
  }

  return { element, quantities: quantityCard, update, remove: () => remove() };
}
