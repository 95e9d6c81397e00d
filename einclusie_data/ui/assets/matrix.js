// A heat map as a real table: rows are wijken grouped by district, every cell is a button.
// All text arrives as data and is set with textContent: nothing in it can run.
export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement.querySelector(".matrix");
  const scroll = root.scrollTop;
  const left = root.scrollLeft;
  const make = (tag, text, name) => {
    const element = document.createElement(tag);
    if (text !== undefined) element.textContent = text;
    if (name) element.className = name;
    return element;
  };
  const table = make("table", undefined, data.columns.length > 6 ? "many" : "few");
  table.appendChild(make("caption", data.caption));
  const head = table.createTHead().insertRow();
  const corner = make("th", data.corner, "wijk");
  corner.scope = "col";
  head.appendChild(corner);
  data.columns.forEach((name) => {
    const cell = make("th");
    cell.scope = "col";
    cell.appendChild(make("span", name));
    head.appendChild(cell);
  });
  const [extra, heading] = data.extra;
  const last = make("th", undefined, "extra");
  last.scope = "col";
  last.appendChild(make("span", heading));
  head.appendChild(last);
  const body = table.createTBody();
  data.rows.forEach((row) => {
    const line = body.insertRow();
    if (row.district !== undefined) {
      line.className = "district";
      const name = make("th", row.district, "wijk");
      name.scope = "rowgroup";
      line.appendChild(name);
      row.totals.forEach((total) => line.appendChild(make("td", total)));
      line.appendChild(make("td", ""));
      return;
    }
    const name = make("th", row.label, "wijk");
    name.scope = "row";
    line.appendChild(name);
    row.cells.forEach((cell, column) => {
      const look = data.looks[cell.code];
      const button = make("button", look.symbol);
      button.type = "button";
      button.style.background = look.colour;
      button.style.color = look.ink;
      button.title = `${row.label}, ${data.columns[column]}: ${look.word}${cell.note ? " (" + cell.note + ")" : ""}`;
      button.setAttribute("aria-label", button.title);
      const chosen = data.chosen && data.chosen[0] === row.code && data.chosen[1] === column;
      if (chosen) button.setAttribute("aria-current", "true");
      button.tabIndex = chosen || (!data.chosen && !table.querySelector("tbody button") && column === 0) ? 0 : -1;
      button.onclick = () => setTriggerValue("cell", [row.code, column]);
      const box = line.insertCell();
      box.appendChild(button);
    });
    line.appendChild(make("td", row[extra], "extra"));
  });
  table.onkeydown = (event) => {
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    const box = event.target.closest("td");
    if (!step || !box) return;
    event.preventDefault();
    let line = box.parentElement.rowIndex + step[0];
    while (table.rows[line] && table.rows[line].className === "district") line += step[0];
    const next = table.rows[line]?.cells[box.cellIndex + step[1]]?.querySelector("button");
    if (!next) return;
    event.target.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  };
  const focused = parentElement.activeElement || document.activeElement;
  const hadFocus = focused && root.contains(focused);
  root.replaceChildren(table);
  root.scrollTop = scroll;
  root.scrollLeft = left;
  if (hadFocus) table.querySelector('[aria-current="true"]')?.focus({ preventScroll: true });
}
