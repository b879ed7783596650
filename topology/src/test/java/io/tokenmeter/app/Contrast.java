package io.tokenmeter.app;

import java.util.List;

/** How well a page's text stands out from what is behind it, as WCAG 2 computes it. */
final class Contrast {
  /** The least that WCAG asks for at level AA, for text of any size. */
  static final double LEAST = 4.5;

  private static final String SCRIPT =
      """
      least => {
        const parse = text => {
          const [r, g, b, a = 1] = text.match(/[\\d.]+/g).map(Number);
          return [r, g, b, a];
        };
        const over = (top, below) => {
          const mix = i => top[i] * top[3] + below[i] * (1 - top[3]);
          return [mix(0), mix(1), mix(2), 1];
        };
        const light = ([r, g, b]) => {
          const [x, y, z] = [r, g, b].map(v => {
            const c = v / 255;
            return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
          });
          return 0.2126 * x + 0.7152 * y + 0.0722 * z;
        };
        const behind = element => {
          const layers = [];
          for (let e = element; e; e = e.parentElement) {
            layers.push(parse(getComputedStyle(e).backgroundColor));
          }
          return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255, 1]);
        };
        const modal = document.querySelector('dialog[open]');
        const walker = document.createTreeWalker(modal ?? document.body, NodeFilter.SHOW_TEXT);
        const found = new Set();
        let looked = 0;
        while (walker.nextNode()) {
          const element = walker.currentNode.parentElement;
          const style = getComputedStyle(element);
          const box = element.getBoundingClientRect();
          if (!walker.currentNode.data.trim() || box.width < 2 || style.visibility === 'hidden'
              || element.closest('option, noscript, script')) {
            continue;
          }
          looked++;
          const back = behind(element);
          const [a, b] = [light(over(parse(style.color), back)), light(back)];
          const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
          if (ratio < least) {
            found.add(`${ratio.toFixed(2)} ${element.tagName} ${element.className} `
                + `"${walker.currentNode.data.trim().slice(0, 30)}" ${style.color} on ${back}`);
          }
        }
        return looked < 5 ? ['only ' + looked + ' texts were looked at'] : [...found];
      }
      """;

  private Contrast() {}

  /** The texts that stand out too little, each with its contrast. */
  @SuppressWarnings("unchecked") // the script returns a list of strings
  static List<String> tooLow(Visit visit) {
    return (List<String>) visit.page().evaluate(SCRIPT, LEAST);
  }
}
