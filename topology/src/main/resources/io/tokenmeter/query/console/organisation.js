// One organisation: what is left, where it went, when it runs out.

import { ask, askAll, orgPath } from "./api.js";
import { balanceCard, grantTable } from "./balance.js";
import { chargeSheet } from "./charge.js";
import { eventCard } from "./feed.js";
import { amount, brief, compare, exact, fixed, largeAmount, percent, places, share, time, until, when, whole } from "./numbers.js";
import { card, empty, flagPills, h, loading, name, swap, table } from "./page.js";
import { usageCard } from "./usage.js";
import { reason, t } from "./words.js";

const REFRESH_MS = 5000;
const CHARGES = 100;
const CHARGES_SHOWN = 25;
const SUBJECTS = 500;
const SUBJECTS_SHOWN = 5;

function tile(id, title, value, note, first) {
  return h("div", { id: `tile-${id}`, class: first ? "first" : null }, h("dt", {}, title), h("dd", {}, value), note ? h("dd", { class: "note" }, note) : null);
}

export function standing(decision, why) {
  return decision === "DENY" ? h("span", { class: "pill bad", title: why ?? "" }, reason(why ?? "")) : h("span", { class: "pill good" }, t("mayCall"));
}

function tiles(balance, entitlement) {
  const isBelow = balance.balance.startsWith("-");
  const large = largeAmount(balance.balance, balance.unit);
  if (isBelow) {
    large.classList.add("below-zero");
  }
  const small = (value) => [amount(value, balance.unit), " ", h("bdi", { class: "unit" }, balance.unit)];
  return h(
    "dl",
    { class: "strip" },
    tile("balance", t("balance"), large, t("outOfGranted", { n: fixed(balance.granted) }), true),
    tile("available", t("available"), small(balance.available), t("heldNote", { n: fixed(balance.held) })),
    tile("burn", t("burn"), small(balance.spent_last_hour), t("lastHour")),
    tile(
      "runs-out",
      t("runsOut"),
      balance.runs_out_at ? until(balance.runs_out_at) : t(balance.available.startsWith("-") || balance.available === "0" ? "isOut" : "never"),
      balance.runs_out_at ? time(balance.runs_out_at) : null,
    ),
    tile("may-call", t("calls"), standing(entitlement.decision, entitlement.reason), entitlement.until ? [t("deniedUntil"), " ", h("time", { datetime: entitlement.until }, time(entitlement.until))] : null),
  );
}

/** A quota's name with whose usage it counts. */
function quotaName(quota) {
  const whose = quota.scope === "organisation" ? null : [t(`scope_${quota.scope}`), quota.subject ? [" ", name(quota.subject)] : null];
  return [h("strong", {}, name(quota.quota_id)), whose ? h("span", { class: "quiet" }, " · ", whose) : null];
}

function quotaBar(quota, used, unit) {
  const part = share(used, quota.limit);
  const isOver = used === quota.limit || (part >= 1 && quota.limit !== "0") || (quota.limit === "0" && used !== "0");
  const isNear = quota.warning_percents.some((level) => part * 100 >= level);
  const fill = h("i");
  fill.style.width = `${(isOver ? 1 : part) * 100}%`;
  const of = quota.meter === "spend" ? unit : t(`meter_${quota.meter}`);
  return [
    // Browsers draw a meter each in their own way; this is for those who hear the page.
    h("meter", { class: "hidden", min: 0, max: 1, value: isOver ? 1 : part, "aria-label": `${quota.quota_id}: ${percent(part)}` }),
    h("span", { class: `gauge ${isOver ? "over" : isNear ? "near" : ""}`, "aria-hidden": "true" }, fill),
    h(
      "div",
      { class: "row" },
      h(
        "span",
        {},
        h("span", { "data-amount": used, title: exact(used) }, fixed(used, places([used, quota.limit]))),
        " ",
        h("span", { class: "quiet" }, t("ofLimit", { n: exact(quota.limit) }), " ", h("bdi", {}, of)),
      ),
      h("span", { class: isOver ? "pill bad" : isNear ? "pill warn" : "quiet" }, isOver ? t("usedUp") : percent(part)),
    ),
  ];
}

/** Whether a quota counts each project, user, key or model by itself. */
function countsEach(quota) {
  return quota.used === undefined || quota.used === null;
}

/** Those within an organisation who used most of a quota that counts each by itself. */
function users(view) {
  if (!view || view.subjects.length === 0) {
    return h("p", { class: "quiet" }, t("eachLimit", { n: exact(view?.quota.limit ?? "0") }));
  }
  const most = [...view.subjects].sort((a, b) => compare(b.used, a.used));
  const rest = most.length - SUBJECTS_SHOWN;
  return [
    most.slice(0, SUBJECTS_SHOWN).map((one) => h("div", { class: "subject", "data-subject": one.subject }, h("div", {}, name(one.subject)), quotaBar(view.quota, one.used, view.unit))),
    rest > 0 ? h("p", { class: "quiet" }, view.next ? t("manyMore") : t("moreSubjects", { n: whole(rest) })) : null,
  ];
}

function quotas(view, subjects) {
  if (view.quotas.length === 0) {
    return empty(t("noQuotas"), t("noQuotasHint"));
  }
  return h(
    "ul",
    { class: "quotas" },
    view.quotas.map((quota) =>
      h(
        "li",
        { "data-quota": quota.quota_id },
        h("div", { class: "row" }, h("span", {}, quotaName(quota)), quota.end ? h("span", { class: "quiet" }, t("resets"), " ", until(quota.end)) : null),
        countsEach(quota) ? users(subjects.get(quota.quota_id)) : quotaBar(quota, quota.used, view.unit),
      ),
    ),
  );
}

function charges(rows, org) {
  const to = places(rows.map((c) => c.amount));
  const unit = rows[0]?.unit ?? "";
  return table(
    t("charges"),
    [
      {
        title: t("time"),
        cell: (c) => h("a", { href: `#/org/${encodeURIComponent(org)}/charge/${encodeURIComponent(c.usage_id)}`, "data-usage": c.usage_id, "aria-label": `${brief(c.billed_at)} ${c.usage_id}` }, when(c.billed_at)),
      },
      { title: t("model"), cell: (c) => (c.priced_model ?? c.model ? name(c.priced_model ?? c.model) : h("span", { class: "quiet" }, t("free"))) },
      { title: t("type"), wide: true, cell: (c) => h("small", {}, h("bdi", {}, c.billing_type)) },
      { title: t("flags"), wide: true, cell: (c) => flagPills([...c.flags, ...(c.free_reason ? [c.free_reason] : [])]) },
      { title: `${t("amount")} (${unit})`, number: true, cell: (c) => amount(c.amount, c.unit, to) },
      { title: t("usageId"), wide: true, cell: (c) => h("small", {}, name(c.usage_id)) },
    ],
    rows,
    empty(t("noCharges"), t("noChargesHint")),
  );
}

/**
 * Shows an organisation until the signal ends it.
 *
 * @param onProblem told what a later look failed with
 * @return what shows a charge by its usage id, or none
 */
export async function showOrganisation(main, org, signal, onProblem) {
  const top = h("div", { id: "top" }, loading(2));
  const asOf = h("p", { class: "quiet", id: "as-of" });
  const stale = h("p", { class: "stale", role: "status" });
  const balances = balanceCard();
  const usage = usageCard(org, signal);
  const grantHost = h("div", {}, loading());
  const quotaHost = h("div", {}, loading());
  const chargeHost = h("div", {}, loading(6));
  const events = eventCard(org, signal);
  const sheet = chargeSheet(org, signal);

  main.replaceChildren(
    h("div", { class: "title" }, h("h1", {}, name(org)), asOf),
    stale,
    top,
    h(
      "div",
      { class: "columns" },
      h("div", {}, balances.element, usage.element),
      h("div", {}, card(t("quotas"), "quotas", quotaHost), card(t("grants"), "grants", grantHost), usage.quantities, events.element),
    ),
    card(t("charges"), "charges", chargeHost),
    sheet.element,
  );

  async function subjectsOf(view) {
    const asked = view.quotas.filter(countsEach).map(async ({ quota_id: id }) => [id, await ask(orgPath(org, `/quotas/${encodeURIComponent(id)}?limit=${SUBJECTS}`), signal)]);
    return new Map(await Promise.all(asked));
  }

  async function refresh() {
    const [balance, entitlement, quotaView, chargeView] = await Promise.all([
      ask(orgPath(org, "/balance"), signal),
      ask(orgPath(org, "/entitlement"), signal),
      ask(orgPath(org, "/quotas"), signal),
      askAll(orgPath(org, `/charges?limit=${CHARGES}`), "charges", 1, signal),
    ]);
    swap(top, tiles(balance, entitlement));
    swap(asOf, t("asOf"), " ", time(balance.as_of), " · ", t("sequence"), " ", whole(balance.sequence));
    swap(grantHost, grantTable(balance));
    swap(quotaHost, quotas(quotaView, await subjectsOf(quotaView)));
    swap(chargeHost, charges(chargeView.charges.slice(0, CHARGES_SHOWN), org));
    balances.update(balance, chargeView);
    await usage.update();
    main.dataset.sequence = balance.sequence;
    swap(stale);
  }

  await refresh();
  const timer = setInterval(() => {
    if (!document.hidden) {
      refresh().catch((problem) => {
        if (!signal.aborted) {
          swap(stale, t("stale"), " ", problem.message);
          onProblem(problem);
        }
      });
    }
  }, REFRESH_MS);
  signal.addEventListener("abort", () => {
    clearInterval(timer);
    balances.remove();
    usage.remove();
    delete main.dataset.sequence;
  });
  return sheet.show;
}
