// Amounts come as decimal strings and are shown without ever becoming floating point; only a
// chart's pixels are made of doubles.

import { h } from "./page.js";
import { locale } from "./words.js";

const SCALE = 24;
const MOST_PLACES = 6;
const formats = new Map();

function format(kind, make) {
  const key = `${locale()} ${kind}`;
  if (!formats.has(key)) {
    formats.set(key, make(locale()));
  }
  return formats.get(key);
}

function decimals(least, most) {
  return format(`${least}-${most}`, (l) => new Intl.NumberFormat(l, { minimumFractionDigits: least, maximumFractionDigits: most }));
}

/** Every digit of a decimal string. */
export function exact(decimal) {
  return decimals(0, 20).format(decimal);
}

/** How many places show the smallest of some decimal strings well: 2, 4 or 6. */
export function places(values) {
  const magnitudes = values.map(scaled).map((v) => (v < 0n ? -v : v)).filter((v) => v > 0n);
  const least = magnitudes.reduce((a, b) => (b < a ? b : a), scaled("1"));
  return least >= scaled("1") ? 2 : least >= scaled("0.01") ? 4 : MOST_PLACES;
}

/** A decimal string to so many places, always all of them, so that a column lines up. */
export function fixed(decimal, to = 2) {
  return decimals(to, to).format(decimal);
}

/** An amount to so many places, with all of its digits for whoever points at it. */
export function amount(value, unit, to = 2) {
  return h("span", { class: "amount", title: `${exact(value)} ${unit}`, "data-amount": value }, fixed(value, to));
}

/** An amount written large: what is behind the point is smaller, and the unit follows. */
export function largeAmount(value, unit) {
  const parts = decimals(2, 2).formatToParts(value);
  const point = parts.findIndex((part) => part.type === "decimal");
  const text = (some) => some.map((part) => part.value).join("");
  return h(
    "span",
    { class: "large" },
    h("span", { class: "amount", title: `${exact(value)} ${unit}`, "data-amount": value }, text(parts.slice(0, point)), h("span", { class: "fraction" }, text(parts.slice(point)))),
    " ",
    h("bdi", { class: "unit" }, unit),
  );
}

/** A number for an axis. */
export function short(number) {
  return format("short", (l) => new Intl.NumberFormat(l, { notation: "compact", maximumFractionDigits: 2 })).format(number);
}

export function whole(number) {
  return decimals(0, 0).format(number);
}

export function percent(share, to = 1) {
  return format(`percent ${to}`, (l) => new Intl.NumberFormat(l, { style: "percent", minimumFractionDigits: to, maximumFractionDigits: to })).format(share);
}

/** A duration in seconds. */
export function seconds(number) {
  return format("seconds", (l) => new Intl.NumberFormat(l, { style: "unit", unit: "second", unitDisplay: "narrow", maximumSignificantDigits: 2 })).format(number);
}

export function time(instant) {
  return format("time", (l) => new Intl.DateTimeFormat(l, { dateStyle: "medium", timeStyle: "medium" })).format(new Date(instant));
}

/** When, for a table: the time of day if it was within a day. */
export function brief(instant) {
  const then = new Date(instant);
  return Math.abs(Date.now() - then.getTime()) < 86_400_000
    ? format("clock", (l) => new Intl.DateTimeFormat(l, { timeStyle: "medium" })).format(then)
    : time(instant);
}

export function day(instant) {
  return format("day", (l) => new Intl.DateTimeFormat(l, { dateStyle: "medium" })).format(new Date(instant));
}

export function when(instant) {
  return h("time", { datetime: instant, title: time(instant) }, brief(instant));
}

/** How long from now, as in "in 3 hours". */
export function fromNow(instant) {
  const left = (new Date(instant).getTime() - Date.now()) / 1000;
  const relative = format("relative", (l) => new Intl.RelativeTimeFormat(l, { numeric: "always" }));
  const [unit, size] = [["day", 86400], ["hour", 3600], ["minute", 60]].find(([, size]) => Math.abs(left) >= size) ?? ["second", 1];
  return relative.format(Math.round(left / size), unit);
}

export function until(instant) {
  return h("time", { datetime: instant, title: time(instant) }, fromNow(instant));
}

/** A decimal string in units of 10^-24. */
function scaled(decimal) {
  const [, sign, digits, places = ""] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(decimal);
  const value = BigInt(digits + places.padEnd(SCALE, "0"));
  return sign ? -value : value;
}

function unscaled(total) {
  const text = (total < 0n ? -total : total).toString().padStart(SCALE + 1, "0");
  const places = text.slice(-SCALE).replace(/0+$/, "");
  return (total < 0n ? "-" : "") + text.slice(0, -SCALE) + (places && `.${places}`);
}

/** The sum of decimal strings, exact. */
export function sum(values) {
  return unscaled(values.reduce((total, value) => total + scaled(value), 0n));
}

/** a − b, exact. */
export function difference(a, b) {
  return unscaled(scaled(a) - scaled(b));
}

/** For sorting: below 0 when a is less than b. */
export function compare(a, b) {
  const [x, y] = [scaled(a), scaled(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}

/** part ÷ whole for the length of a bar, 0 to 1. */
export function share(part, of) {
  return scaled(of) <= 0n ? 0 : Math.min(1, Math.max(0, Number((scaled(part) * 10_000n) / scaled(of)) / 10_000));
}
