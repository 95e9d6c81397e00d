// Verdicts now and then, a row per wijk and a column per group.
// All text arrives as data and is set with textContent: nothing in it can run.
const make = (tag, text, name) => {
  const element = document.createElement(tag);
  if (text !== undefined) element.textContent = text;
  if (name) element.className = name;
  return element;
};

const heading = (text, scope) => {
  const cell = make("th", text);
  cell.scope = scope;
  return cell;
};

const sign = (look) => {
  const box = make("span", look.symbol, "teken");
  box.style.background = look.colour;
  box.style.color = look.ink;
  return box;
};

const verdict = (now, then) => {
  const box = now === then ? sign(now) : make("span", undefined, "nu-straks");
  box.setAttribute("role", "img");
  if (now === then) {
    box.classList.add("blijft");
    box.setAttribute("aria-label", `blijft: ${now.word}`);
  } else {
    box.append(sign(now), "→", sign(then));
    box.setAttribute("aria-label", `nu: ${now.word}. Straks: ${then.word}`);
  }
  box.title = now === then ? now.word : `${now.word} → ${then.word}`;
  return box;
};

export default function (component) {
  const { data, parentElement } = component;
  const frame = parentElement.querySelector(".tabel");
  const table = make("table");
  table.appendChild(make("caption", data.caption));
  table.createTHead().insertRow().append(...["Wijk", ...data.groups].map((text) => heading(text, "col")));
  const body = table.createTBody();
  data.rows.forEach(([name, cells]) => {
    const line = body.insertRow();
    line.appendChild(heading(name, "row"));
    cells.forEach(([now, then]) => line.insertCell().appendChild(verdict(data.looks[now], data.looks[then])));
  });
  frame.setAttribute("aria-label", data.caption);
  frame.replaceChildren(table);
  parentElement.querySelector("p.stil").textContent = data.more;
}
