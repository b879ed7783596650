// All organisations, for operators: who runs dry, and what the pipeline can't bill.

import { askAll, metrics } from "./api.js";
import { showPipeline } from "./pipeline.js";
import { amount, compare, share, until } from "./numbers.js";
import { card, choice, empty, h, loading, name, swap, table } from "./page.js";
import { standing } from "./organisation.js";
import { t } from "./words.js";

const REFRESH_MS = 5000;
const PAGES = 20;

/** Shows all organisations until the signal ends it. */
export async function showOverview(main, signal, onProblem) {
  let sorting = "balance";
  let filter = "";
  let rows = [];
  const list = h("div", { id: "organisations" }, loading(6));
  const summary = h("div", { id: "summary" }, loading(2));
  const stale = h("p", { class: "stale", role: "status" });
  const pipeline = h("div", { class: "columns even" });
  const find = h("input", {
    type: "search",
    id: "find",
    placeholder: t("find"),
    "aria-label": t("find"),
    oninput: (e) => {
      filter = e.target.value.toLowerCase();
      draw();
    },
  });
  const sort = choice(t("sortBy"), { balance: "balance", burn: "burn" }, sorting, (value) => {
    sorting = value;
    draw();
  });
  const who = card(t("organisations"), "all", h("div", { class: "controls" }, find, sort), list);

  main.replaceChildren(h("h1", {}, t("organisations")), stale, summary, who, pipeline);

  function bar(row, most) {
    const fill = h("i");
    fill.style.width = `${share(row.spent_last_hour, most) * 100}%`;
    return h("span", { class: "bar", "aria-hidden": "true" }, fill);
  }

  function draw() {
    const shown = rows
      .filter((row) => row.org.toLowerCase().includes(filter))
      .sort((a, b) => (sorting === "burn" ? compare(b.spent_last_hour, a.spent_last_hour) : compare(a.balance, b.balance)));
    const most = rows.reduce((found, row) => (compare(row.spent_last_hour, found) > 0 ? row.spent_last_hour : found), "0");
    const money = (value, row) => {
      const element = amount(value, row.unit);
      element.classList.toggle("below-zero", value.startsWith("-"));
      return [element, " ", h("bdi", { class: "unit" }, row.unit)];
    };
    swap(
      list,
      table(
        t("organisations"),
        [
          { title: t("organisation"), cell: (row) => h("a", { href: `#/org/${encodeURIComponent(row.org)}` }, name(row.org)) },
          { title: t("balance"), number: true, sort: sorting === "balance" ? "ascending" : null, cell: (row) => money(row.balance, row) },
          { title: t("burn"), number: true, wide: true, sort: sorting === "burn" ? "descending" : null, cell: (row) => [bar(row, most), h("span", { class: "beside" }, money(row.spent_last_hour, row))] },
          { title: t("runsOut"), wide: true, cell: (row) => (row.runs_out_at ? until(row.runs_out_at) : null) },
          { title: t("calls"), cell: (row) => standing(row.decision, row.reason) },
        ],
        shown,
        filter ? empty(t("noMatch")) : empty(t("noOrganisations"), t("noOrganisationsHint")),
      ),
    );
  }

  async function refresh() {
    const [view, found, waiting] = await Promise.all([askAll("/v1/orgs?limit=500", "orgs", PAGES, signal), metrics(signal), askAll("/v1/unpriced", "models", PAGES, signal)]);
    rows = view.orgs;
    draw();
    showPipeline(summary, pipeline, rows, found, waiting.models);
    main.dataset.shown = "overview";
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
    delete main.dataset.shown;
  });
}
