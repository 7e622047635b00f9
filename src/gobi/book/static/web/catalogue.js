/* Search and filter the data catalogue, without a server. Without this script the page is a plain
   list. What can be found stands in the page: <script type="application/json" id="catalogue-data">. */
(() => {
  "use strict";
  const source = document.getElementById("catalogue-data");
  if (!source) return;
  const FILTERS = [
    ["group", "Group"], ["level", "Place"], ["licence", "Licence"], ["lesson", "Used in lesson"],
  ];

  /* Small letters; and ө and ү as о and у, for keyboards that have no Mongolian letters. */
  const plain = (text) => text.normalize("NFC").toLowerCase().replace(/ө/g, "о").replace(/ү/g, "у").replace(/ё/g, "е");

  const entries = JSON.parse(source.textContent).map((entry) => ({ ...entry, words: plain(entry.words) }));
  const rows = new Map();
  for (const row of document.querySelectorAll(".datasets tbody tr")) {
    rows.set(row.querySelector("a").textContent.trim(), row);
  }

  const make = (tag, attributes = {}, ...children) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children);
    return node;
  };
  const field = (label, control) => make("label", {}, make("span", {}, label), control);

  const search = make("input", { type: "search", id: "catalogue-search", autocomplete: "off" });
  const form = make("form", { class: "catalogue-search", role: "search", "aria-label": "Search the datasets" });
  form.append(field("Search in English or Mongolian", search));

  const valuesOf = (entry, key) => [entry[key]].flat();
  const menus = new Map();
  for (const [key, label] of FILTERS) {
    const values = [...new Set(entries.flatMap((entry) => valuesOf(entry, key)))];
    if (key !== "group" && key !== "level") values.sort();
    if (!values.length) continue;
    const menu = make("select", { id: `catalogue-${key}` }, make("option", { value: "" }, "all"));
    for (const value of values) menu.append(make("option", { value }, value));
    menus.set(key, menu);
    form.append(field(label, menu));
  }
  const clear = make("button", { type: "reset" }, "Show all");
  const count = make("p", { role: "status", "aria-live": "polite", class: "catalogue-count" });
  form.append(clear, count);

  const matches = (entry) => {
    const words = plain(search.value).split(/\s+/).filter(Boolean);
    return words.every((word) => entry.words.includes(word)) &&
      [...menus].every(([key, menu]) => !menu.value || valuesOf(entry, key).includes(menu.value));
  };

  const update = () => {
    let shown = 0;
    for (const entry of entries) {
      const row = rows.get(entry.name);
      if (!row) continue;
      row.hidden = !matches(entry);
      shown += row.hidden ? 0 : 1;
    }
    for (const list of document.querySelectorAll(".datasets")) {
      list.closest("section").hidden = !list.querySelector("tbody tr:not([hidden])");
    }
    count.textContent = shown ? `${shown} of ${rows.size} datasets` : "No dataset fits. Try fewer words, or press Show all.";
  };

  form.addEventListener("input", update);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(update));
  const first = document.querySelector(".datasets").closest("section");
  first.parentNode.insertBefore(form, first);
  update();
})();
