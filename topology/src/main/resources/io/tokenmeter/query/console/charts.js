// Charts with axes and units. Colours come from the style sheet, so that they follow light and dark.

import uPlot from "./vendor/uplot.js";
import { short } from "./numbers.js";
import { h } from "./page.js";
import { direction, locale, t } from "./words.js";

const COLOURS = 8;
const HEIGHT = 270;
const LEAST_WIDTH = 240;
const FONT = "12px Inter, system-ui, sans-serif";
const LEFT = 3;
const RIGHT = 1;

function style(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

export function colour(index) {
  return style(`--series-${index % COLOURS}`);
}

export function swatch(index) {
  const box = h("span", { class: "swatch", "aria-hidden": "true" });
  box.style.background = colour(index);
  return box;
}

/** A piece of a line, for a legend. */
export function stroke(name, kind) {
  const line = h("span", { class: `line ${kind}`, "aria-hidden": "true" });
  line.style.borderTopColor = style(name);
  return line;
}

/** Text for an instant on an axis whose marks are so many seconds apart. */
function timeText() {
  const formats = new Map();
  const text = (kind, options, seconds) => {
    if (!formats.has(kind)) {
      formats.set(kind, new Intl.DateTimeFormat(locale(), options));
    }
    return formats.get(kind).format(new Date(seconds * 1000));
  };
  return (seconds, step) =>
    step >= 28 * 86400
      ? text("month", { month: "short", year: "2-digit" }, seconds)
      : step >= 86400
        ? text("day", { month: "short", day: "numeric" }, seconds)
        : step >= 60
          ? text("minute", { hour: "2-digit", minute: "2-digit" }, seconds)
          : text("second", { hour: "2-digit", minute: "2-digit", second: "2-digit" }, seconds);
}

function axes(unit) {
  const look = { stroke: style("--quiet"), font: FONT, labelFont: FONT, grid: { stroke: style("--line"), width: 1 }, ticks: { show: false } };
  const text = timeText();
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return [
    {
      ...look,
      grid: { show: false },
      ticks: { show: true, stroke: style("--strong-line"), size: 5 },
      space: 72,
      label: `${t("time")} (${zone})`,
      labelSize: 18,
      size: 30,
      values: (_, splits, __, ___, step) => splits.map((s) => text(s, step)),
    },
    { ...look, side: direction() === "rtl" ? RIGHT : LEFT, label: unit, labelSize: 20, size: 56, values: (_, splits) => splits.map(short) },
  ];
}

/** Shows what stands at the pointer. Content: index => elements, or null for nothing. */
function tip(content) {
  const box = h("div", { class: "tip", hidden: true, dir: direction() });
  return {
    hooks: {
      init: (plot) => plot.over.append(box),
      setCursor: (plot) => {
        const { idx, left, top } = plot.cursor;
        const shown = left >= 0 && idx !== null && idx !== undefined ? content(idx) : null;
        box.hidden = !shown;
        if (shown) {
          box.replaceChildren(...shown);
          const room = plot.over.clientWidth - box.offsetWidth;
          box.style.left = `${Math.max(0, Math.min(room, left + 14 > room ? left - box.offsetWidth - 14 : left + 14))}px`;
          box.style.top = `${Math.max(0, Math.min(plot.over.clientHeight - box.offsetHeight, top - 10))}px`;
        }
      },
    },
  };
}

function mount(host, options, data) {
  const width = () => Math.max(LEAST_WIDTH, host.clientWidth);
  const plot = new uPlot({ width: width(), height: HEIGHT, legend: { show: false }, ...options }, data, host);
  const observer = new ResizeObserver(() => plot.setSize({ width: width(), height: HEIGHT }));
  observer.observe(host);
  return () => {
    observer.disconnect();
    plot.destroy();
  };
}

/** Draws levels across and instants down, each with its name. */
function marks(levels, instants) {
  return {
    hooks: {
      draw: (plot) => {
        const { ctx, bbox } = plot;
        const ratio = devicePixelRatio;
        ctx.save();
        ctx.font = FONT.replace("12px", `${11 * ratio}px`);
        ctx.lineWidth = ratio;
        for (const { value, text } of levels) {
          const y = plot.valToPos(value, "y", true);
          if (y < bbox.top || y > bbox.top + bbox.height) {
            continue;
          }
          ctx.strokeStyle = ctx.fillStyle = style("--warn");
          ctx.setLineDash([2 * ratio, 4 * ratio]);
          ctx.beginPath();
          ctx.moveTo(bbox.left, y);
          ctx.lineTo(bbox.left + bbox.width, y);
          ctx.stroke();
          ctx.textAlign = "right";
          ctx.fillText(text, bbox.left + bbox.width - 4 * ratio, y - 6 * ratio);
        }
        let lastEnd = -Infinity;
        let row = 0;
        for (const { at, text } of instants) {
          const x = plot.valToPos(at, "x", true);
          if (x < bbox.left - 1 || x > bbox.left + bbox.width + 1) {
            continue;
          }
          ctx.strokeStyle = ctx.fillStyle = style("--series-2");
          ctx.setLineDash([]);
          ctx.beginPath();
          ctx.moveTo(x, bbox.top);
          ctx.lineTo(x, bbox.top + bbox.height);
          ctx.stroke();
          const length = ctx.measureText(text).width;
          const isLeft = x + length + 8 * ratio > bbox.left + bbox.width;
          row = x < lastEnd ? row + 1 : 0;
          lastEnd = Math.max(lastEnd, x + length);
          ctx.textAlign = isLeft ? "right" : "left";
          ctx.fillText(text, x + (isLeft ? -4 : 4) * ratio, bbox.top + (12 + 14 * row) * ratio);
        }
        ctx.restore();
      },
    },
  };
}

/**
 * A balance over time, its forecast, levels across and grants down.
 *
 * @param points, forecast [seconds, number]
 * @param levels {value, text}, grants {at, text}
 * @param tell index => elements for the pointer
 * @return what takes it away
 */
export function balanceChart(host, { unit, points, forecast, levels, grants, fromZero, tell }) {
  const times = [...new Set([...points, ...forecast].map(([s]) => s))].sort((a, b) => a - b);
  const at = (list) => {
    const found = new Map(list);
    return times.map((s) => found.get(s) ?? null);
  };
  const own = [...points, ...forecast].map(([, value]) => value);
  const [low, high] = [Math.min(...own), Math.max(...own)];
  const span = Math.max(high - low, Math.abs(high) * 0.01, 0.000001);
  // A level far away would press the curve flat; it is told beside the chart.
  const near = fromZero ? levels : levels.filter(({ value }) => value > low - 1.5 * span && value < high + 1.5 * span);
  const all = [...own, ...near.map(({ value }) => value), ...(fromZero ? [0] : [])];
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const room = (most - least || span) * 0.12;
  return mount(
    host,
    {
      axes: axes(unit),
      padding: [12, 26, 0, 10],
      cursor: { drag: { x: false, y: false }, points: { size: 8 } },
      plugins: [marks(near, grants), tip((index) => tell(times[index]))],
      scales: {
        x: { range: () => [times[0], times[times.length - 1] === times[0] ? times[0] + 1 : times[times.length - 1]] },
        y: { range: () => [fromZero && least >= 0 ? 0 : least - room, most + room] },
      },
      series: [
        {},
        { stroke: colour(0), fill: style("--area"), fillTo: (plot) => plot.scales.y.min, width: 2, paths: uPlot.paths.stepped({ align: 1 }), spanGaps: true, points: { show: points.length < 3 } },
        { stroke: colour(1), width: 2, dash: [6, 5], spanGaps: true, points: { show: false } },
      ],
    },
    [times, at(points), at(forecast)],
  );
}

/**
 * Stacked bars, one a slot of time.
 *
 * @param starts in seconds, step between them
 * @param groups lists of numbers, one a slot, the largest first
 * @param tell index => elements for the pointer
 * @return what takes it away
 */
export function stackedBars(host, { unit, starts, step, groups, tell }) {
  const tops = [];
  let below = starts.map(() => 0);
  for (const values of groups) {
    below = below.map((sum, i) => sum + values[i]);
    tops.push(below);
  }
  // The tallest first, so that each covers what of it belongs to those below.
  const order = groups.map((_, i) => groups.length - 1 - i);
  return mount(
    host,
    {
      axes: axes(unit),
      padding: [12, 26, 0, 10],
      cursor: { drag: { x: false, y: false }, points: { show: false } },
      plugins: [tip(tell)],
      scales: {
        x: { range: () => [starts[0] - step / 2, starts[starts.length - 1] + step / 2] },
        y: { range: (_, __, most) => [0, (most || 1) * 1.08] },
      },
      series: [{}, ...order.map((i) => ({ fill: colour(i), stroke: style("--card"), width: 1, paths: uPlot.paths.bars({ size: [0.78, 64] }), points: { show: false } }))],
    },
    [starts, ...order.map((i) => tops[i])],
  );
}
