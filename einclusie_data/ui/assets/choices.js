// A table whose rows can be chosen. All text arrives as data and is set with textContent: nothing in it can run.
export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const frame = parentElement.querySelector(".keuzes");
  const make = (tag, text) => {
    const element = document.createElement(tag);
    if (text !== undefined) element.textContent = text;
    return element;
  };
  const active = parentElement.activeElement || document.activeElement;
  const focused = active && frame.contains(active) ? active.dataset.pick : undefined;
  const button = (row, cell) => {
    const element = make("button", cell.button);
    element.type = "button";
    element.setAttribute("aria-label", cell.name);
    if (data.toggles) element.setAttribute("aria-pressed", String(row.chosen));
    element.dataset.pick = row.id;
    element.onclick = () => setTriggerValue("pick", row.id);
    return element;
  };
  const bar = (parts) => {
    const element = make("div");
    element.className = "balk";
    element.setAttribute("aria-hidden", "true");
    parts.forEach((part) => {
      const piece = make("i");
      piece.style.width = `${part * 100}%`;
      element.appendChild(piece);
    });
    return element;
  };
  const line = (row) => {
    const element = make("tr");
    if (row.chosen) element.setAttribute("aria-current", "true");
    row.cells.forEach((cell, place) => {
      const box = make(place ? "td" : "th");
      if (!place) box.scope = "row";
      if (cell.bar) {
        box.className = "staaf";
        box.appendChild(bar(cell.bar));
      } else if (cell.button) {
        if (place) box.className = "knop";
        box.appendChild(button(row, cell));
      } else box.textContent = cell;
      if (data.wide.includes(place)) box.classList.add("ruim");
      element.appendChild(box);
    });
    return element;
  };
  const table = make("table");
  table.appendChild(make("caption", data.title));
  const heads = make("tr");
  data.heads.forEach((text, place) => {
    const head = make("th", text);
    if (data.wide.includes(place)) head.className = "ruim";
    head.scope = "col";
    heads.appendChild(head);
  });
  table.appendChild(make("thead")).appendChild(heads);
  const body = table.appendChild(make("tbody"));
  data.rows.forEach((row) => body.appendChild(line(row)));
  parentElement.querySelector("h2").textContent = data.title;
  const note = parentElement.querySelector(".noot");
  note.textContent = data.note;
  note.hidden = !data.note;
  frame.setAttribute("aria-label", data.title);
  frame.replaceChildren(table);
  if (focused) frame.querySelector(`[data-pick="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}
