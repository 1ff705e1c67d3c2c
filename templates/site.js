(() => {
  "use strict";
  // Choices over a table: a row is shown when it has what each choice asks for, and the words of the table's own filter.
  for (const choices of document.querySelectorAll(".choices")) {
    const table = document.getElementById(choices.dataset.of);
    if (!table) continue;
    const rows = [...table.querySelectorAll("tbody tr")];
    const selects = [...choices.querySelectorAll("select")];
    const words = table.querySelector("input.filter");
    const count = choices.querySelector("output");
    const apply = () => {
      const wanted = (words?.value || "").toLowerCase().split(/\s+/).filter(Boolean);
      for (const row of rows) {
        const text = wanted.length ? row.textContent.toLowerCase() : "";
        row.hidden = !selects.every((select) => !select.value || (row.dataset[select.dataset.filter] || "") === select.value
          || select.dataset.filter === "metrics" && (row.dataset.metrics || "").split(" ").includes(select.value))
          || !wanted.every((word) => text.includes(word));
      }
      count.textContent = rows.filter((row) => !row.hidden).length + " of " + rows.length + " rows";
    };
    choices.hidden = false;
    for (const select of selects) select.addEventListener("change", apply);
    words?.addEventListener("input", apply);
    apply();
  }

  // The search: entries that have every word, those whose words begin so first; the words are kept in the address.
  const search = document.querySelector(".search");
  const list = document.getElementById("index");
  if (search && list) {
    const input = search.querySelector("input");
    const count = search.querySelector("output");
    const entries = [...list.children].map((item, order) => ({ item, order, text: item.textContent.toLowerCase() }));
    const begins = (text, word) => text.startsWith(word) || text.includes(" " + word);
    const apply = () => {
      const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      const rank = ({ text }) => words.filter((word) => !begins(text, word)).length;
      const found = entries.filter(({ text }) => words.every((word) => text.includes(word)));
      for (const { item } of entries) item.hidden = true;
      for (const { item } of found) item.hidden = false;
      list.append(...[...entries].sort((one, other) => (words.length ? rank(one) - rank(other) : 0) || one.order - other.order).map(({ item }) => item));
      count.textContent = words.length ? found.length + (found.length === 1 ? " entry" : " entries") : "";
      history.replaceState(null, "", words.length ? "#" + encodeURIComponent(input.value) : location.pathname);
    };
    search.hidden = false;
    try { input.value = decodeURIComponent(location.hash.slice(1)); } catch { input.value = ""; }
    input.addEventListener("input", apply);
    if (input.value) apply();
  }
})();
