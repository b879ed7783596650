// The frame: who is here, what they look at, in which language and light.

import { Problem, ask, forgetToken, keepToken, token } from "./api.js";
import { showOrganisation } from "./organisation.js";
import { showOverview } from "./overview.js";
import { h, loading, name, say, trouble } from "./page.js";
import { current, preferred, speak, t } from "./words.js";

const THEME = "tokenmeter.theme";
const main = document.getElementById("main");
let shown = new AbortController();
let openCharge = null;
let shownOrg = null;

function label() {
  document.querySelectorAll("[data-text]").forEach((element) => (element.textContent = t(element.dataset.text)));
  document.querySelectorAll("[data-label]").forEach((element) => element.setAttribute("aria-label", t(element.dataset.label)));
  document.getElementById("language").value = current();
}

function light(theme) {
  if (theme) {
    document.documentElement.dataset.theme = theme;
    localStorage.setItem(THEME, theme);
  }
}

/** A token in the address, as `demo` prints it, is kept for this tab and taken out of the address. */
function takeToken() {
  const found = /^#token=(.+)$/.exec(location.hash);
  if (found) {
    keepToken(decodeURIComponent(found[1]));
    history.replaceState(null, "", "#/");
  }
}

function signIn(problem) {
  document.getElementById("leave").hidden = true;
  document.getElementById("where").replaceChildren();
  document.title = `${t("signIn")} · Tokenmeter`;
  const input = h("input", { type: "password", id: "token", autocomplete: "off", spellcheck: "false", required: true, "aria-describedby": "token-hint", "aria-invalid": problem ? "true" : null });
  const hint = (key, command) => h("li", {}, t(key), " ", h("code", { dir: "ltr" }, command));
  main.replaceChildren(
    h(
      "form",
      {
        class: "card sign-in",
        onsubmit: (e) => {
          e.preventDefault();
          keepToken(input.value);
          show();
        },
      },
      h("h1", {}, t("signIn")),
      problem ? h("div", { class: "trouble", role: "alert" }, h("p", {}, h("strong", {}, problem)), h("p", {}, t("refusedHint"))) : null,
      h("label", { for: "token" }, t("token")),
      input,
      h("p", { id: "token-hint", class: "quiet" }, t("tokenHint")),
      h("button", { type: "submit", class: "primary" }, t("signIn")),
      h("ul", { class: "quiet" }, hint("hintDemo", "./tokenmeter demo"), hint("hintToken", "./tokenmeter token")),
    ),
  );
  input.focus();
}

function place() {
  const [, org, , usage] = /^#\/org\/([^/]+)(\/charge\/(.+))?$/.exec(location.hash) ?? [];
  return { org: org ? decodeURIComponent(org) : null, usage: usage ? decodeURIComponent(usage) : null };
}

function where(caller, org) {
  const links = caller.scope === "operator" ? [h("a", { href: "#/", "aria-current": org ? null : "page" }, t("organisations"))] : [];
  if (org) {
    links.push(h("a", { href: `#/org/${encodeURIComponent(org)}`, "aria-current": "page" }, name(org)));
  }
  document.getElementById("where").replaceChildren(...links);
  document.getElementById("leave").hidden = false;
}

function failed(problem) {
  if (problem instanceof Problem && problem.status === 401) {
    shown.abort();
    forgetToken();
    signIn(t("refused"));
    return true;
  }
  return false;
}

async function show() {
  shown.abort();
  shown = new AbortController();
  openCharge = null;
  shownOrg = null;
  const { signal } = shown;
  label();
  if (!token()) {
    signIn(null);
    return;
  }
  main.replaceChildren(loading(6));
  main.setAttribute("aria-busy", "true");
  try {
    const caller = await ask("/v1/caller", signal);
    const { org, usage } = place();
    const wanted = org ?? (caller.scope === "organisation" ? caller.org : null);
    where(caller, wanted);
    document.title = `${wanted ?? t("organisations")} · Tokenmeter`;
    if (wanted) {
      openCharge = await showOrganisation(main, wanted, signal, failed);
      shownOrg = wanted;
      await openCharge(usage);
    } else {
      await showOverview(main, signal, failed);
    }
  } catch (problem) {
    if (signal.aborted || failed(problem)) {
      return;
    }
    const isAway = !(problem instanceof Problem) || problem.status >= 500;
    const hint = problem.status === 404 || problem.status === 403 ? t("notYours") : isAway ? t("awayHint") : null;
    main.replaceChildren(trouble(problem instanceof Problem ? problem.message : t("away"), hint, show));
    say(problem.message);
  } finally {
    main.removeAttribute("aria-busy");
  }
}

document.getElementById("language").addEventListener("change", (e) => {
  speak(e.target.value);
  show();
});
document.getElementById("theme").addEventListener("click", () => {
  const theme = document.documentElement.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  light(theme === "dark" ? "light" : "dark");
  show();
});
document.getElementById("leave").addEventListener("click", () => {
  forgetToken();
  history.replaceState(null, "", "#/");
  show();
});
document.getElementById("skip").addEventListener("click", (e) => {
  // Its address is not a place of the console's.
  e.preventDefault();
  main.focus();
});
addEventListener("hashchange", () => {
  takeToken();
  const { org, usage } = place();
  if (openCharge && org !== null && org === shownOrg) {
    openCharge(usage);
  } else {
    show();
  }
});

speak(preferred());
light(localStorage.getItem(THEME));
takeToken();
show();
