// What an organisation had left, charge by charge, and when it runs out.

import { balanceChart, stroke } from "./charts.js";
import { amount, brief, difference, exact, fixed, short, time, until, when, whole } from "./numbers.js";
import { asTable, card, choice, h, loading, name, swap, table } from "./page.js";
import { t } from "./words.js";

const LEAST_FORECAST_S = 60;
const REDRAW_MS = 60_000;

/** What was posted between two charges and isn't one: a grant, an expiry or an adjustment. */
function otherPostings(charges, balance) {
  const found = [];
  const note = (before, after, from, to) => {
    if (difference(after, before) !== "0") {
      found.push({ amount: difference(after, before), from, to });
    }
  };
  charges.slice(1).forEach((charge, i) => note(charges[i].balance_after, charge.balance_before, charges[i].billed_at, charge.billed_at));
  const last = charges[charges.length - 1];
  if (last && last.sequence < balance.sequence) {
    note(last.balance_after, balance.balance, last.billed_at, balance.as_of);
  }
  return found;
}

/** Where the chart has a line down: postings that moved the balance, and grants that are known. */
function grantMarks(postings, balance) {
  const known = [...balance.grants, ...balance.pending].map((grant) => ({ at: Date.parse(grant.effective_at), text: `+${exact(grant.amount)} ${grant.grant_id}` }));
  const told = (posting) => known.some(({ at }) => at >= Date.parse(posting.from) && at <= Date.parse(posting.to));
  return [
    ...known,
    ...postings.filter((posting) => !told(posting)).map((posting) => ({ at: Date.parse(posting.to), text: (posting.amount.startsWith("-") ? "" : "+") + exact(posting.amount) })),
  ]
    .map(({ at, text }) => ({ at: at / 1000, text }))
    .sort((a, b) => a.at - b.at);
}

/** When the balance meets each level at the last hour's pace, as the API's `runs_out_at` goes by it. */
function crossings(balance, now) {
  if (!balance.runs_out_at || Number(balance.available) <= 0) {
    return [];
  }
  const left = Date.parse(balance.runs_out_at) - now;
  return balance.low_balance_levels
    .filter((level) => Number(level) > 0 && Number(level) < Number(balance.available))
    .map((level) => ({ level, at: new Date(now + left * (1 - Number(level) / Number(balance.available))).toISOString() }))
    .reverse();
}

/** The card, and what brings it up to date. */
export function balanceCard() {
  let reach = "recent";
  let remove = () => {};
  let newest = null;
  let drawnMs = 0;
  const host = h("div", { class: "chart", role: "img", "aria-label": t("balanceOverTime") }, loading(5));
  const legend = h("ul", { class: "legend" });
  const outlook = h("div", { id: "outlook" });
  const note = h("p", { class: "quiet" });
  const figures = asTable("balance-table");
  const reaches = choice(t("balanceOverTime"), { recent: "recent", runsOut: "untilEmpty" }, reach, (value) => {
    reach = value;
    draw();
  });
  const element = card(t("balanceOverTime"), "history", h("div", { class: "controls" }, reaches), host, legend, outlook, note, figures.element);

  function draw() {
    const { balance, charges, kept } = newest;
    drawnMs = Date.now();
    const now = Date.parse(balance.as_of) > Date.now() ? Date.parse(balance.as_of) : Date.now();
    const nowS = now / 1000;
    const points = charges.map((c) => [Date.parse(c.billed_at) / 1000, Number(c.balance_after)]);
    if (charges.length > 0) {
      points.unshift([points[0][0] - 0.001, Number(charges[0].balance_before)]);
    }
    points.push([nowS, Number(balance.balance)]);
    const end = balance.runs_out_at ? Date.parse(balance.runs_out_at) / 1000 : null;
    const forecast = [];
    if (end && end > nowS) {
      const shown = reach === "runsOut" ? end : nowS + Math.min(end - nowS, Math.max((nowS - points[0][0]) * 0.6, LEAST_FORECAST_S));
      const available = Number(balance.available);
      forecast.push([nowS, Number(balance.balance)], [shown, Number(balance.balance) - available * ((shown - nowS) / (end - nowS))]);
    }
    const grants = grantMarks(otherPostings(charges, balance), balance);
    const lastS = forecast.length ? forecast[1][0] : nowS;
    const isGrantShown = grants.some(({ at }) => at >= points[0][0] - 1 && at <= lastS);
    const exactly = new Map(charges.map((c) => [Date.parse(c.billed_at) / 1000, c.balance_after]));
    exactly.set(nowS, balance.balance);
    const approximately = new Map(forecast);
    remove();
    host.replaceChildren();
    remove = balanceChart(host, {
      unit: balance.unit,
      points,
      forecast,
      fromZero: reach === "runsOut",
      levels: balance.low_balance_levels.map((level) => ({ value: Number(level), text: `${t("level")} ${exact(level)}` })),
      grants,
      tell: (s) => {
        const is = exactly.get(s);
        const will = approximately.get(s);
        return is === undefined && will === undefined
          ? null
          : [h("strong", {}, brief(s * 1000)), h("div", {}, h("span", {}, t(is === undefined ? "forecast" : "balance")), h("span", {}, is === undefined ? short(will) : `${exact(is)} ${balance.unit}`))];
      },
    });
    swap(legend, [
      h("li", {}, stroke("--series-0", "solid"), t("balance")),
      forecast.length ? h("li", {}, stroke("--series-1", "dashed"), t("forecast")) : null,
      balance.low_balance_levels.length ? h("li", {}, stroke("--warn", "dotted"), t("levels")) : null,
      isGrantShown ? h("li", {}, stroke("--series-2", "solid"), t("grants")) : null,
    ]);
    const ahead = crossings(balance, now);
    swap(
      outlook,
      h(
        "dl",
        { class: "facts" },
        ahead.map(({ level, at }) => h("div", {}, h("dt", {}, t("meets", { level: exact(level) })), h("dd", {}, until(at)))),
        h("div", {}, h("dt", {}, t("runsOut")), h("dd", {}, balance.runs_out_at ? until(balance.runs_out_at) : t(Number(balance.available) <= 0 ? "isOut" : "never"))),
      ),
    );
    swap(note, t("balanceNote", { n: whole(charges.length) }), kept > 1 ? ` ${t("olderCharges")}` : null);
    const unit = balance.unit;
    swap(
      figures.host,
      table(
        t("balanceOverTime"),
        [
          { title: t("time"), cell: (c) => when(c.billed_at) },
          { title: `${t("amount")} (${unit})`, number: true, cell: (c) => h("span", {}, exact(c.amount)) },
          { title: `${t("after")} (${unit})`, number: true, cell: (c) => h("span", {}, exact(c.balance_after)) },
        ],
        [...charges].reverse(),
        t("noCharges"),
      ),
    );
  }

  return {
    element,
    /** Shows a balance, with the charges before it, the newest first. */
    update(balance, view) {
      const isSame = newest !== null && newest.balance.sequence === balance.sequence && newest.balance.as_of === balance.as_of;
      newest = { balance, charges: [...view.charges].reverse(), kept: view.kept_from };
      // What is the same isn't drawn anew, so that it stays under a pointer; but time goes on.
      if (!isSame || Date.now() - drawnMs > REDRAW_MS) {
        draw();
      }
    },
    remove: () => remove(),
  };
}

/** The grants that have something left or will begin. */
export function grantTable(balance) {
  const rows = [...balance.grants, ...balance.pending];
  return table(
    t("grants"),
    [
      { title: t("grant"), cell: (g) => [name(g.grant_id), h("br"), h("small", {}, t(`kind${g.kind}`))] },
      { title: `${t("left")} (${balance.unit})`, number: true, cell: (g) => [amount(g.remaining, balance.unit), h("br"), h("small", {}, t("outOf", { n: fixed(g.amount) }))] },
      {
        title: t("expires"),
        cell: (g) => (Date.parse(g.effective_at) > Date.now() ? h("span", {}, t("begins"), " ", until(g.effective_at)) : g.expires_at ? h("span", { title: time(g.expires_at) }, until(g.expires_at)) : null),
      },
    ],
    rows,
    t("noGrants"),
  );
}
