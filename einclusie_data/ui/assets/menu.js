// Links to the pages. A plain click stays in this visit: it is one step in the history of the browser, and Streamlit is told
// so in the way in which the back button tells it. Any other click is left to the browser (a new tab, a copied link).
// On a phone the menu is pushed sideways: the page that is open starts in its middle, also when the style comes later.
const middle = (menu) => {
  const open = menu.querySelector("[aria-current]");
  if (open) menu.scrollLeft = open.offsetLeft - (menu.clientWidth - open.offsetWidth) / 2;
};

export default function (component) {
  const { data, parentElement } = component;
  const menu = parentElement.querySelector(".menu");
  const focused = menu.contains(document.activeElement) ? document.activeElement.dataset.page : undefined;
  const links = data.links.map(([file, label, address]) => {
    const link = document.createElement("a");
    link.textContent = label;
    link.href = address;
    link.dataset.page = file;
    if (label === data.current) link.setAttribute("aria-current", "page");
    link.onclick = (event) => {
      if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      history.pushState(null, "", link.href);
      dispatchEvent(new PopStateEvent("popstate", { state: null }));
    };
    return link;
  });
  const left = menu.scrollLeft;
  menu.replaceChildren(...links);
  if (menu.dataset.open === data.current) menu.scrollLeft = left;
  else middle(menu);
  menu.dataset.open = data.current;
  if (!menu.watched) {
    menu.watched = new ResizeObserver(() => middle(menu));
    menu.watched.observe(menu);
  }
  if (focused) links.find((link) => link.dataset.page === focused)?.focus({ preventScroll: true });
}
