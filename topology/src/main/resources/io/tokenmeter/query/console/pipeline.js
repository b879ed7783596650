// What the pipeline could not bill, how late it is, and how far counts are from what was reported.

import { percent, seconds, whole } from "./numbers.js";
import { card, empty, h, name, swap, table } from "./page.js";
import { has, t } from "./words.js";

const LEAST_SCALE = 0.02;

function sumOf(found, wanted, matches = () => true) {
  return found.filter((m) => m.name === wanted && matches(m.labels)).reduce((total, m) => total + m.value, 0);
}

function tile(id, title, value, note) {
  return h("div", {}, h("dt", {}, title), h("dd", { id }, value), note ? h("dd", { class: "note" }, note) : null);
}

/** The bound that so much of the charges are within, in seconds; null before the first. */
export function quantile(found, part) {
  const buckets = found
    .filter((m) => m.name === "tokenmeter_charge_lag_seconds_bucket")
    .map((m) => ({ bound: m.labels.le === "+Inf" ? Infinity : Number(m.labels.le), count: m.value }))
    .sort((a, b) => a.bound - b.bound);
  const all = buckets.length ? buckets[buckets.length - 1].count : 0;
  return all === 0 ? null : buckets.find(({ count }) => count >= all * part).bound;
}

function within(bound) {
  return bound === null ? "–" : bound === Infinity ? t("longer") : `≤ ${seconds(bound)}`;
}

function lagBars(found) {
  const buckets = found
    .filter((m) => m.name === "tokenmeter_charge_lag_seconds_bucket")
    .map((m) => ({ bound: m.labels.le === "+Inf" ? Infinity : Number(m.labels.le), upTo: m.value }))
    .sort((a, b) => a.bound - b.bound);
  const rows = buckets.map(({ bound, upTo }, i) => ({ bound, from: i ? buckets[i - 1].bound : 0, count: upTo - (i ? buckets[i - 1].upTo : 0) })).filter(({ count }) => count > 0);
  const most = Math.max(...rows.map(({ count }) => count));
  const bar = (count) => {
    const fill = h("i");
    fill.style.width = `${(count / most) * 100}%`;
    return h("span", { class: "bar", "aria-hidden": "true" }, fill);
  };
  return table(
    t("lag"),
    [
      { title: t("lagWithin"), cell: (r) => within(r.bound) },
      { title: t("share"), wide: true, cell: (r) => bar(r.count) },
      { title: t("charges"), number: true, cell: (r) => whole(r.count) },
    ],
    rows,
    empty(t("noCharges")),
  );
}

function rejected(found) {
  const rows = found.filter((m) => m.name === "tokenmeter_rejected_total" && m.value > 0).sort((a, b) => b.value - a.value);
  return table(
    t("rejected"),
    [
      { title: t("why"), cell: (m) => (has(`rejected_${m.labels.reason}`) ? [t(`rejected_${m.labels.reason}`), h("br"), h("small", {}, h("bdi", {}, m.labels.reason))] : h("bdi", {}, m.labels.reason)) },
      { title: t("topic"), wide: true, cell: (m) => h("code", {}, m.labels.topic) },
      { title: t("count"), number: true, cell: (m) => whole(m.value) },
    ],
    rows,
    empty(t("noneRejected")),
  );
}

function unpriced(models) {
  return table(
    t("unpriced"),
    [
      { title: t("model"), cell: (m) => name(m.model ?? "–") },
      { title: t("book"), wide: true, cell: (m) => name(m.book) },
      { title: t("organisations"), number: true, wide: true, cell: (m) => whole(m.organisations) },
      { title: t("usages"), number: true, cell: (m) => h("span", { "data-unpriced": m.model }, whole(m.usages)) },
    ],
    models,
    empty(t("noneUnpriced")),
  );
}

/** How far to the side of agreement a model is, as part of the widest. */
function off(ratio, widest) {
  const part = Math.abs(ratio - 1) / widest;
  const fill = h("i");
  fill.style.width = `${part * 50}%`;
  fill.style.left = ratio < 1 ? `${50 - part * 50}%` : "50%";
  return h("span", { class: "off", "aria-hidden": "true" }, fill);
}

function drift(found) {
  const models = new Map();
  for (const [wanted, member] of [["tokenmeter_drift_reported_total", "reported"], ["tokenmeter_drift_counted_total", "counted"]]) {
    for (const m of found.filter((one) => one.name === wanted)) {
      const model = models.get(m.labels.model) ?? { model: m.labels.model, reported: 0, counted: 0 };
      model[member] += m.value;
      models.set(m.labels.model, model);
    }
  }
  const ratio = (m) => m.reported / m.counted;
  const all = [...models.values()].filter((m) => m.counted > 0);
  const widest = Math.max(LEAST_SCALE, ...all.map((m) => Math.abs(ratio(m) - 1)));
  return table(
    t("drift"),
    [
      { title: t("model"), cell: (m) => (m.model ? name(m.model) : t("free")) },
      { title: t("reported"), number: true, wide: true, cell: (m) => whole(m.reported) },
      { title: t("counted"), number: true, wide: true, cell: (m) => whole(m.counted) },
      { title: t("off"), wide: true, cell: (m) => off(ratio(m), widest) },
      { title: t("ratio"), number: true, cell: (m) => percent(ratio(m)) },
    ],
    all.sort((a, b) => b.reported - a.reported),
    empty(t("noDrift")),
  );
}

/** Shows it from an instance's metrics and the models without a price. */
export function showPipeline(summary, host, rows, found, models) {
  const standing = (wanted) => sumOf(found, "tokenmeter_facts", (l) => l.standing === wanted);
  const denied = rows.filter((row) => row.decision === "DENY").length;
  const charges = sumOf(found, "tokenmeter_charge_lag_seconds_count");
  const mean = charges ? sumOf(found, "tokenmeter_charge_lag_seconds_sum") / charges : null;
  swap(
    summary,
    h(
      "dl",
      { class: "strip" },
      tile("count-organisations", t("organisations"), whole(rows.length), denied ? t("deniedCount", { n: whole(denied) }) : t("allMayCall")),
      tile("count-unpriced", t("unpriced"), whole(models.reduce((n, model) => n + model.usages, 0)), t("modelCount", { n: whole(models.length) })),
      tile("count-unmatched", t("unmatched"), whole(standing("unmatched")), t("factsNote")),
      tile("count-rejected", t("rejected"), whole(sumOf(found, "tokenmeter_rejected_total")), t("recordsNote")),
      tile("lag-median", t("lag"), within(quantile(found, 0.5)), [t("lagMost", { n: within(quantile(found, 0.99)) }), mean === null ? null : ` · ${t("mean", { n: seconds(mean) })}`]),
    ),
  );
  if (!host.firstChild) {
    const body = (id) => h("div", { id });
    host.append(
      h("div", {}, card(t("unpriced"), "unpriced", h("p", { class: "quiet" }, t("unpricedNote")), body("unpriced-list")), card(t("drift"), "drift", h("p", { class: "quiet" }, t("driftNote")), body("drift-list"))),
      h("div", {}, card(t("rejected"), "rejected", h("p", { class: "quiet" }, t("pipelineNote")), body("rejected-list")), card(t("lag"), "lag", body("lag-list"))),
    );
  }
  const place = (id) => host.querySelector(`#${id}`);
  swap(place("unpriced-list"), unpriced(models));
  swap(place("drift-list"), drift(found));
  swap(place("rejected-list"), rejected(found));
  swap(place("lag-list"), lagBars(found));
}
