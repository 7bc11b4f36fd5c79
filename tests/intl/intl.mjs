// What ICU4C says, through Intl: reads a JSON question on standard input, answers in JSON.
import { readFileSync } from "node:fs";
const { locales, values, ordinals, dates, lists } = JSON.parse(readFileSync(0, "utf8"));
const answer = { icu: process.versions.icu };
for (const { name, tag, grouping } of locales) {
  const options = { useGrouping: grouping, maximumFractionDigits: 20 };
  const number = new Intl.NumberFormat(tag, options);
  const percent = new Intl.NumberFormat(tag, { ...options, style: "percent" });
  const cardinal = new Intl.PluralRules(tag, { maximumFractionDigits: 20 });
  const ordinal = new Intl.PluralRules(tag, { type: "ordinal" });
  const date = new Intl.DateTimeFormat(tag, { dateStyle: "long", timeZone: "UTC" });
  const list = new Intl.ListFormat(tag, { type: "conjunction", style: "long" });
  answer[name] = {
    numbers: values.map((v) => number.format(v)),
    // A percentage is a ratio to Intl: hundredths, written out so that no digit is lost.
    percents: values.map((v) => percent.format(`${v}E-2`)),
    cardinals: values.map((v) => cardinal.select(Number(v))),
    ordinals: ordinals.map((n) => ordinal.select(n)),
    dates: dates.map((d) => date.format(new Date(`${d}T00:00:00Z`))),
    lists: lists.map((l) => list.format(l)),
  };
}
console.log(JSON.stringify(answer));
