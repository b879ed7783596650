// What the page says, in the languages of those who read it. A word that a language lacks is a
// defect that a test finds.

import en from "./words/en.js";
import fa from "./words/fa.js";
import fr from "./words/fr.js";
import zh from "./words/zh.js";

const WORDS = { en, fa, zh, fr };
const LOCALES = { en: "en-GB", fa: "fa-IR", zh: "zh-CN", fr: "fr-FR" };
const KEPT = "tokenmeter.language";

let language = "en";

export function locale() {
  return LOCALES[language];
}

export function current() {
  return language;
}

export function direction() {
  return language === "fa" ? "rtl" : "ltr";
}

/** The language of the last visit, else the browser's. */
export function preferred() {
  const wanted = [localStorage.getItem(KEPT), ...navigator.languages.map((l) => l.slice(0, 2))];
  return wanted.find((l) => l in WORDS) ?? "en";
}

export function speak(next) {
  language = next;
  localStorage.setItem(KEPT, next);
  document.documentElement.lang = next;
  document.documentElement.dir = direction();
}

/** Whether there is a word for what others named. */
export function has(key) {
  return key in WORDS[language];
}

/** A word of the present language, with {names} filled in. */
export function t(key, values = {}) {
  const word = WORDS[language][key];
  if (word === undefined) {
    throw new Error(`no word for ${key} in ${language}`);
  }
  return word.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** Why an organisation may not call: a code, and after a colon whose it is. */
export function reason(code) {
  const [what, ...whose] = code.split(":");
  return [has(what) ? t(what) : what, ...whose].join(": ");
}
