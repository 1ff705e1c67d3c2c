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
    const heads = [...table.tHead.rows[0].cells];
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
        circle.dataset.tip = labels[numbers[index + 2]];
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

  // What scrolls sideways can be reached by keyboard.
  const reach = () => {
    for (const box of document.querySelectorAll(".drawing")) {
      if (box.hasAttribute("role") && box.querySelector("[data-tip]")) continue;
      if (box.scrollWidth > box.clientWidth) {
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
})();
