// A list of cards. All text arrives as data and is set with textContent: nothing in it can run.
export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const list = parentElement.querySelector(".kaarten");
  const make = (tag, text, name) => {
    const element = document.createElement(tag);
    if (text !== undefined) element.textContent = text;
    if (name) element.className = name;
    return element;
  };
  const active = parentElement.activeElement || document.activeElement;
  const focused = active && list.contains(active) ? active.dataset.pick : undefined;
  list.setAttribute("aria-label", data.label);
  list.replaceChildren(
    ...data.cards.map((card) => {
      const item = make("li");
      if (card.chosen) item.setAttribute("aria-current", "true");
      if (card.sign) {
        const sign = make("span", card.sign.symbol, "teken");
        sign.style.background = card.sign.colour;
        sign.style.color = card.sign.ink;
        sign.setAttribute("role", "img");
        sign.setAttribute("aria-label", card.sign.word);
        item.appendChild(sign);
      }
      const body = make("div", undefined, "inhoud");
      body.appendChild(make("p", card.title, "titel"));
      card.lines.forEach((line) => body.appendChild(make("p", line)));
      if (card.actions.length || card.links.length) {
        const bar = make("div", undefined, "knoppen");
        card.actions.forEach(([code, label]) => {
          const button = make("button", label);
          button.type = "button";
          button.setAttribute("aria-label", `${label}: ${card.title}`);
          button.dataset.pick = `${card.id}|${code}`;
          button.onclick = () => setTriggerValue("pick", [card.id, code]);
          bar.appendChild(button);
        });
        card.links.forEach(([address, label]) => {
          const link = make("a", label);
          link.href = address;
          link.target = "_blank";
          link.rel = "noopener noreferrer";
          link.setAttribute("aria-label", `${label}: ${card.title}`);
          bar.appendChild(link);
        });
        body.appendChild(bar);
      }
      item.appendChild(body);
      return item;
    }),
  );
  if (focused) list.querySelector(`[data-pick="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}
