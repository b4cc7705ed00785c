// Sorting, the filter, and the map by keyboard. All else works without this.
const root = document.documentElement;
const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];

// Tables: a button in each head of a column.

const collator = new Intl.Collator("en", { numeric: true });
const valueOf = (row, index) => {
  const cell = row.cells[index];
  return cell.dataset.order ?? cell.textContent;
};

const sort = (table, head, index) => {
  const isDown = head.getAttribute("aria-sort") === "ascending";
  for (const one of table.tHead.rows[0].cells) one.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", isDown ? "descending" : "ascending");
  const body = table.tBodies[0];
  const rows = [...body.rows].map((row) => [valueOf(row, index), row]);
  rows.sort(([one], [other]) => (isDown ? -1 : 1) * collator.compare(one, other));
  body.append(...rows.map(([, row]) => row));
};

for (const table of all("table[data-sorts]")) {
  [...table.tHead.rows[0].cells].forEach((head, index) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    button.addEventListener("click", () => sort(table, head, index));
    head.append(button);
  });
}

// The filter: all words have to be in a finding or a row.

const box = document.getElementById("filter");
const shown = document.getElementById("shown");
const found = all("[data-find]").map((element) => ({
  element,
  kind: element.dataset.find,
  text: "",
}));
const kinds = [...new Set(found.map((one) => one.kind))];

const filter = () => {
  const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
  const counts = new Map(kinds.map((kind) => [kind, [0, 0]]));
  for (const one of found) {
    if (words.length && !one.text) {
      const group = one.element.closest("[data-group]");
      const path = group ? group.querySelector("h3").textContent : "";
      one.text = `${path} ${one.element.textContent}`.toLowerCase();
    }
    const isIn = words.every((word) => one.text.includes(word));
    one.element.hidden = !isIn;
    const numbers = counts.get(one.kind);
    numbers[0] += isIn;
    numbers[1] += 1;
  }
  for (const group of all("[data-group]")) {
    group.hidden = !group.querySelector("[data-find]:not([hidden])");
  }
  const parts = [...counts].map(([kind, [some, of]]) => `${some} of ${of} ${kind}`);
  shown.textContent = words.length ? `Shown: ${parts.join(", ")}` : "";
};

let waiting = 0;
box.addEventListener("input", () => {
  cancelAnimationFrame(waiting);
  waiting = requestAnimationFrame(filter);
});
box.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && box.value) {
    box.value = "";
    filter();
    event.preventDefault();
  }
});
document.querySelector(".filter").hidden = false;

const slash = document.getElementById("slash");
document.addEventListener("keydown", (event) => {
  const isTyping = event.target.matches("input[type=search]");
  const isPlain = !(event.ctrlKey || event.metaKey || event.altKey);
  if (event.key === "/" && isPlain && !isTyping && slash.checked) {
    event.preventDefault();
    box.focus();
    box.select();
  }
});

// A link into what is folded or filtered away shows it first.

const reveal = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  for (let one = target; one; one = one.parentElement) {
    if (one.tagName === "DETAILS") one.open = true;
    if (one.hidden) {
      box.value = "";
      filter();
    }
  }
  target.scrollIntoView();
};
addEventListener("hashchange", reveal);
reveal();

// The map: one stop of the Tab key, arrow keys inside, and the edges of a box light up.

for (const chart of all(".chart svg")) {
  const nodes = all("a[data-node]", chart);
  const edges = all("path[data-from]", chart);
  const byKey = new Map(nodes.map((node) => [node.dataset.node, node]));
  const columns = [0, 1, 2].map((at) => nodes.filter((node) => node.dataset.column === `${at}`));
  const ends = (key, from, to) =>
    edges.filter((edge) => edge.dataset[from] === key).map((edge) => [edge, edge.dataset[to]]);

  const follow = (key, from, to, lit) => {
    for (const [edge, end] of ends(key, from, to)) {
      lit.add(edge).add(byKey.get(end));
      follow(end, from, to, lit);
    }
  };
  const light = (node) => {
    const lit = new Set([node]);
    follow(node.dataset.node, "from", "to", lit);
    follow(node.dataset.node, "to", "from", lit);
    chart.classList.add("lit");
    for (const one of [...nodes, ...edges]) one.classList.toggle("lit", lit.has(one));
  };
  const dark = () => chart.classList.remove("lit");

  const go = (node) => {
    for (const one of nodes) one.setAttribute("tabindex", one === node ? "0" : "-1");
    node.focus();
  };
  const beside = (node, step) => {
    const at = Number(node.dataset.column);
    const next = columns[at + step];
    if (!next) return node;
    const [from, to] = step > 0 ? ["from", "to"] : ["to", "from"];
    const keys = new Set(ends(node.dataset.node, from, to).map(([, end]) => end));
    return next.find((one) => keys.has(one.dataset.node)) ?? node;
  };
  const moves = {
    ArrowUp: (column, index) => column[index - 1],
    ArrowDown: (column, index) => column[index + 1],
    Home: (column) => column[0],
    End: (column) => column.at(-1),
    ArrowRight: (column, index) => beside(column[index], 1),
    ArrowLeft: (column, index) => beside(column[index], -1),
  };

  for (const node of nodes) {
    node.setAttribute("tabindex", node === nodes[0] ? "0" : "-1");
    node.addEventListener("mouseenter", () => light(node));
    node.addEventListener("mouseleave", dark);
    node.addEventListener("focus", () => light(node));
    node.addEventListener("blur", dark);
    node.addEventListener("keydown", (event) => {
      const isPlain = !(event.ctrlKey || event.metaKey || event.altKey || event.shiftKey);
      const move = isPlain ? moves[event.key] : undefined;
      if (!move) return;
      event.preventDefault();
      const column = columns[Number(node.dataset.column)];
      go(move(column, column.indexOf(node)) ?? node);
    });
  }
}

// On paper nothing is folded.

const folded = () => all("details:not([open])");
let unfolded = [];
addEventListener("beforeprint", () => {
  unfolded = folded();
  for (const one of unfolded) one.open = true;
});
addEventListener("afterprint", () => {
  for (const one of unfolded) one.open = false;
});

root.dataset.script = "on";
