// Events of an organisation as they come.

import { events } from "./api.js";
import { exact, fixed, percent, when } from "./numbers.js";
import { card, empty, h, name, say, swap } from "./page.js";
import { has, t } from "./words.js";

const KEPT = 50;
const LOOKS = { LOW_BALANCE: "warn", WARNING: "warn", RESTORED: "good", RESET: "good" };

function words(event) {
  const key = `event_${event.type}`;
  return has(key) ? t(key) : event.type;
}

function detail(event) {
  return event.quota_id
    ? t("quotaEvent", { used: fixed(event.used, 4), limit: exact(event.limit), share: percent(event.percent / 100, 0) })
    : t("balanceEvent", { balance: fixed(event.balance, 4), unit: event.unit, level: event.threshold ? exact(event.threshold) : "–" });
}

export function eventCard(org, signal) {
  const state = h("span", { class: "state", id: "event-state" }, t("connecting"));
  const list = h("ol", { class: "feed", reversed: true, tabindex: "0", role: "log", "aria-live": "polite", "aria-label": t("events") });
  const none = empty(t("noEvents"), t("noEventsHint"));
  const element = card(t("events"), "events", none, list);
  element.firstChild.replaceWith(h("div", { class: "head" }, h("h2", { id: "events-title" }, t("events")), state));

  function onEvent(_, event) {
    none.remove();
    list.prepend(
      h(
        "li",
        { "data-event": event.event_id },
        h("span", { class: `pill ${LOOKS[event.type] ?? "bad"}` }, words(event)),
        event.occurred_at ? when(event.occurred_at) : null,
        h("p", {}, event.quota_id ? [name(event.quota_id), " · "] : null, detail(event)),
      ),
    );
    while (list.children.length > KEPT) {
      list.lastChild.remove();
    }
  }

  events(
    org,
    onEvent,
    (isConnected, problem) => {
      state.className = `state ${isConnected ? "on" : "off-line"}`;
      swap(state, problem ? problem.message : t(isConnected ? "live" : "lost"));
      if (!isConnected) {
        say(t("lost"));
      }
    },
    signal,
  );
  return { element };
}
