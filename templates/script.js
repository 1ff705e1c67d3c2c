(() => {
  "use strict";
  const root = document.documentElement;

  // The theme: the system's until the button is used.
  const toggle = document.getElementById("theme");
  const prefersDark = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme || (prefersDark.matches ? "dark" : "light")) === "dark";
  const label = () => {
    toggle.textContent = isDark() ? "Light" : "Dark";
    toggle.setAttribute("aria-label", isDark() ? "Light theme" : "Dark theme");
  };
  if (toggle) {
    toggle.hidden = false;
    label();
    toggle.addEventListener("click", () => { root.dataset.theme = isDark() ? "light" : "dark"; label(); });
    prefersDark.addEventListener("change", label);
  }

  // Tables: the first click on a number sorts from the top, on text from A; what has no value stays last.
  const order = new Intl.Collator("en", { numeric: true });
  const rank = (cell) => (cell.dataset.value === "" ? 2 : cell.dataset.value === undefined ? 1 : 0);
  const compare = (a, b, sign) => {
    if (rank(a) !== rank(b)) return rank(a) - rank(b);
    if (rank(a) === 0) return sign * (Number(a.dataset.value) - Number(b.dataset.value));
    return sign * order.compare(a.textContent, b.textContent);
  };
  for (const table of document.querySelectorAll("table.sortable")) {
    const heads = [...[...table.tHead.rows].at(-1).cells];
    heads.forEach((head, column) => {
      head.querySelector("button").addEventListener("click", () => {
        const before = head.getAttribute("aria-sort");
        const descends = before ? before === "ascending" : head.classList.contains("number");
        for (const other of heads) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", descends ? "descending" : "ascending");
        const rows = [...table.tBodies[0].rows];
        rows.sort((a, b) => compare(a.cells[column], b.cells[column], descends ? -1 : 1));
        table.tBodies[0].append(...rows);
      });
    });
  }

  // Places of figures: circles from their list, x, y and the number of a text in turn.
  for (const tips of document.querySelectorAll(".tips")) {
    const labels = tips.dataset.labels.split("\n");
    for (const group of tips.querySelectorAll("[data-at]")) {
      const numbers = group.dataset.at.split(" ");
      for (let index = 0; index + 2 < numbers.length; index += 3) {
        const circle = document.createElementNS("http://www.w3.org/2000/svg", "circle");
        circle.setAttribute("cx", numbers[index]);
        circle.setAttribute("cy", numbers[index + 1]);
        circle.setAttribute("r", group.dataset.r);
        circle.dataset.tip = numbers[index + 2].split("/").map((line) => labels[line]).join("\n");
        group.append(circle);
      }
    }
  }

  // Points of figures: a tip under the pointer; arrow keys step through them once the figure has the focus.
  const add = (id, attribute, value) => {
    const element = document.createElement("div");
    element.id = id;
    element.setAttribute(attribute, value);
    return document.body.appendChild(element);
  };
  const tip = add("tip", "aria-hidden", "true");
  const spoken = add("spoken", "role", "status");
  tip.hidden = true;
  let marked = null;
  const hide = () => {
    tip.hidden = true;
    if (marked) marked.classList.remove("marked");
    marked = null;
  };
  const show = (point, x, y) => {
    hide();
    marked = point;
    marked.classList.add("marked");
    tip.textContent = point.dataset.tip;
    tip.hidden = false;
    tip.style.left = Math.max(8, Math.min(x + 12, innerWidth - tip.offsetWidth - 8)) + "px";
    tip.style.top = Math.max(8, Math.min(y + 12, innerHeight - tip.offsetHeight - 8)) + "px";
  };
  const isShown = (point) => point.getClientRects().length > 0;
  document.addEventListener("pointerover", (event) => {
    const point = event.target.closest("[data-tip]");
    if (point) show(point, event.clientX, event.clientY);
    else if (event.target !== tip) hide();
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
  addEventListener("scroll", hide, { passive: true });
  for (const drawing of document.querySelectorAll(".drawing")) {
    const points = [...drawing.querySelectorAll("[data-tip]")];
    if (!points.length) continue;
    let index = -1;
    drawing.tabIndex = 0;
    drawing.setAttribute("role", "group");
    drawing.setAttribute("aria-label", "Points of figure " + drawing.dataset.number + ", step through with the arrow keys");
    drawing.addEventListener("blur", hide);
    drawing.addEventListener("keydown", (event) => {
      const seen = points.filter(isShown);
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (step) index = (Math.max(index, step > 0 ? -1 : 0) + step + seen.length) % seen.length;
      else if (event.key === "Home") index = 0;
      else if (event.key === "End") index = seen.length - 1;
      else return;
      event.preventDefault();
      const box = seen[index].getBoundingClientRect();
      show(seen[index], box.right, box.bottom);
      spoken.textContent = tip.textContent;
    });
  }

  // One metric, marked in every table and figure while the pointer or the focus is on it.
  let lit = "";
  const light = (name) => {
    if (name === lit) return;
    lit = name;
    for (const mark of document.querySelectorAll(".lit")) mark.classList.remove("lit");
    for (const drawing of document.querySelectorAll(".lit-within")) drawing.classList.remove("lit-within");
    if (!name) return;
    for (const mark of document.querySelectorAll('[data-m="' + CSS.escape(name) + '"]')) {
      mark.classList.add("lit");
      mark.closest(".drawing")?.classList.add("lit-within");
    }
  };
  const member = (target) => target.closest?.("[data-m]")?.dataset.m || "";
  document.addEventListener("pointerover", (event) => light(member(event.target)));
  document.addEventListener("focusin", (event) => light(member(event.target)));
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") light(""); });

  // Copying: what the button says changes for a moment, and is told to screen readers.
  const copy = async (text, button) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = document.body.appendChild(document.createElement("textarea"));
      area.value = text;
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    spoken.textContent = "Copied";
    const before = button.textContent;
    button.textContent = "✓";
    setTimeout(() => { button.textContent = before; }, 1200);
  };
  const button = (text, label, action) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = text;
    made.setAttribute("aria-label", label);
    made.addEventListener("click", () => action(made));
    return made;
  };
  for (const block of document.querySelectorAll(".copied")) {
    block.after(button("Copy", "Copy BibTeX", (own) => copy(block.textContent + "\n", own)));
  }

  // The rows of a table as CSV: numbers in full, the ends of an interval as printed in columns of their own.
  const plain = (text) => text.replaceAll("−", "-").replaceAll("\u00a0", " ").trim();
  const ends = (text) => /\[([^,\]]+),\s([^\]]+)\]/.exec(text);
  const csv = (table) => {
    const heads = [...[...table.tHead.rows].at(-1).cells];
    const groups = [...(table.tHead.querySelector(".groups")?.cells || [])].flatMap((cell) => Array(cell.colSpan).fill(cell.textContent));
    const rows = [...table.tBodies[0].rows].filter((row) => !row.hidden).map((row) => [...row.cells]);
    const columns = heads.map((head, index) => {
      const title = head.textContent;
      const isTwice = heads.filter((other) => other.textContent === title).length > 1;
      const name = isTwice && groups[index] ? groups[index] + ": " + title : title;
      return { name, index, hasEnds: rows.some((row) => head.classList.contains("number") && ends(row[index].textContent)) };
    });
    const field = (text) => {
      const safe = /^[=+@\t]|^-(?![\d.])/.test(text) ? "'" + text : text;
      return /[",\r\n]/.test(safe) ? '"' + safe.replaceAll('"', '""') + '"' : safe;
    };
    const lines = [columns.flatMap(({ name, hasEnds }) => (hasEnds ? [name, name + ": lower", name + ": upper"] : [name]))];
    for (const row of rows) {
      lines.push(columns.flatMap(({ index, hasEnds }) => {
        const value = row[index].dataset.value ?? plain(row[index].textContent);
        const found = hasEnds ? ends(row[index].textContent) : null;
        return hasEnds ? [value, found ? plain(found[1]) : "", found ? plain(found[2]) : ""] : [value];
      }));
    }
    return lines.map((line) => line.map(field).join(",") + "\r\n").join("");
  };
  for (const part of document.querySelectorAll(".tabled")) {
    const table = part.querySelector("table");
    const caption = part.querySelector(".caption");
    (caption.querySelector(".files") || caption).append(" ", button("Copy CSV", "Copy as CSV: " + caption.textContent.slice(0, 60), (own) => copy(csv(table), own)));
    const rows = [...table.tBodies[0].rows];
    if (rows.length <= 15) continue;
    part.classList.add("long");
    const filter = document.createElement("input");
    filter.type = "search";
    filter.className = "filter";
    filter.placeholder = "Filter " + rows.length + " rows";
    filter.setAttribute("aria-label", filter.placeholder);
    filter.addEventListener("input", () => {
      const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
      for (const row of rows) {
        const text = row.textContent.toLowerCase();
        row.hidden = !words.every((word) => text.includes(word));
      }
      spoken.textContent = rows.filter((row) => !row.hidden).length + " rows";
    });
    caption.after(filter);
  }

  // A link to each heading, table and figure.
  for (const place of document.querySelectorAll("main :is(h2, h3, h4)[id], .tabled[id] > .caption, figure[id] > figcaption")) {
    const owner = place.id && !place.matches(".caption") ? place : place.parentElement;
    if (!owner.id || owner.id.startsWith("data-")) continue;
    const link = document.createElement("a");
    link.className = "anchor";
    link.href = "#" + owner.id;
    link.textContent = "#";
    link.setAttribute("aria-label", "Link to " + place.textContent.trim().slice(0, 60));
    link.addEventListener("click", () => copy(location.href.split("#")[0] + "#" + owner.id, link));
    place.append(link);
  }

  // The contents name the section that is read.
  const entries = new Map([...document.querySelectorAll("nav a")].map((link) => [document.getElementById(decodeURIComponent(link.hash.slice(1))), link]));
  const headings = [...entries.keys()].filter(Boolean);
  const spy = () => {
    const atEnd = innerHeight + scrollY >= root.scrollHeight - 2;
    const passed = headings.filter((heading) => heading.getBoundingClientRect().top < innerHeight * 0.3);
    const current = atEnd ? headings.at(-1) : passed.at(-1);
    for (const [heading, link] of entries) {
      if (heading === current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  let isWaiting = false;
  addEventListener("scroll", () => {
    if (isWaiting) return;
    isWaiting = true;
    requestAnimationFrame(() => { isWaiting = false; spy(); });
  }, { passive: true });
  spy();

  // What scrolls sideways says so and can be reached by keyboard; a table that fits keeps its head in sight as the page scrolls.
  const reach = () => {
    for (const part of document.querySelectorAll(".tabled")) {
      const box = part.querySelector(".table");
      if (!box.clientWidth) continue;
      part.classList.remove("fits");
      const isWide = box.scrollWidth > box.clientWidth + 1;
      part.classList.toggle("fits", !isWide);
      let hint = part.querySelector(".more");
      if (isWide && !hint) {
        hint = document.createElement("p");
        hint.className = "more";
        hint.textContent = "More columns to the right: scroll sideways →";
        box.before(hint);
      }
      if (hint) hint.hidden = !isWide;
      if (isWide) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    }
    for (const box of document.querySelectorAll("pre")) {
      if (box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    }
    for (const box of document.querySelectorAll(".drawing")) {
      const isWide = box.scrollWidth > box.clientWidth + 1;
      let hint = box.nextElementSibling?.matches(".more") ? box.nextElementSibling : null;
      if (isWide && !hint) {
        hint = document.createElement("p");
        hint.className = "more";
        hint.textContent = "The figure goes on to the right: scroll sideways →";
        box.after(hint);
      }
      if (hint) hint.hidden = !isWide;
      if (box.hasAttribute("role") && box.querySelector("[data-tip]")) continue;
      if (isWide) {
        box.tabIndex = 0;
        box.setAttribute("role", "group");
        box.setAttribute("aria-label", "Figure " + box.dataset.number);
      } else {
        for (const name of ["tabindex", "role", "aria-label"]) box.removeAttribute(name);
      }
    }
  };
  reach();
  addEventListener("resize", reach);
  for (const part of document.querySelectorAll("details")) part.addEventListener("toggle", reach);
})();
