// Links to the pages. A plain click stays in this visit: it is one step in the history of the browser, and Streamlit is told
// so in the way in which the back button tells it. Any other click is left to the browser (a new tab, a copied link).
//
// What was chosen a moment before may not be in any link yet. So a click first asks the server, with everything that is chosen on
// the page, which query goes along; the link that was clicked last is followed once the answer is there. Until the next page is
// drawn, this one takes no more choices (unless that takes very long), but the menu does: another link then takes the place of
// the one before.
// The links that Streamlit draws itself (st.page_link) go the same way.
const LINKS = '.menu a, [data-testid="stPageLink-NavLink"]:not([target="_blank"])';
const LONGEST_MS = 15000;
let carried = "";    // the query of the links of the menu, as drawn last
let drawn = 0;       // the run of the page that drew it
let wish = null;     // the link that was clicked last, until the server has answered
let leaving = null;  // the address that is followed, until its page is drawn
let ask = () => {};
let free = 0;

const page = (address) => new URL(address, document.baseURI).pathname;

function hold(on) {
  document.documentElement.toggleAttribute("data-weg", on);
  clearTimeout(free);
  if (on) free = setTimeout(hold, LONGEST_MS, false);
}

function arrived() {
  wish = leaving = null;
  hold(false);
}

function follow(address, step) {
  leaving = address;
  history[step](null, "", address);
  dispatchEvent(new PopStateEvent("popstate", { state: null }));
}

// A link that Streamlit draws to the first page is nothing but a query, which alone would stay on the page that is open.
function target(link) {
  const written = link.getAttribute("href");
  return new URL(/^(\?|$)/.test(written) ? `./${written}` : written, document.baseURI).href;
}

function choose(link) {
  hold(true);
  const own = !link.closest(".menu");  // a link of the page itself, which may have a query of its own
  const href = target(link);
  if (leaving) {
    follow(href, "replaceState");
    return;
  }
  const n = crypto.getRandomValues(new Uint32Array(2)).join("-");
  const what = { n, drawn, ...(own && { query: new URL(href).search, known: [location.search, carried] }) };
  wish = { href, what };
  ask(what);
}

function plain(event) {
  return !(event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
}

function answered({ n, query }) {
  if (wish?.what.n !== n) return;
  const address = new URL(wish.href);
  address.search = query;
  wish = null;
  setTimeout(() => follow(address.href, "pushState"));  // Streamlit first finishes what it is drawing
}

addEventListener("click", (event) => {
  const link = plain(event) && event.target.closest?.(LINKS);
  if (!link) return;
  event.preventDefault();
  event.stopPropagation();
  choose(link);
}, true);
// Back and forward are of the browser: they come after whatever was clicked.
addEventListener("popstate", (event) => { if (event.isTrusted) arrived(); });

// On a phone the menu is pushed sideways: the page that is open starts in its middle, also when the style comes later.
const middle = (menu) => {
  const open = menu.querySelector("[aria-current]");
  if (open) menu.scrollLeft = open.offsetLeft - (menu.clientWidth - open.offsetWidth) / 2;
};

// A link stays the same element: a click is lost when its element goes between pressing and letting go.
function draw(menu, { links, current }) {
  if (menu.children.length !== links.length) menu.replaceChildren(...links.map(() => document.createElement("a")));
  links.forEach(([file, label, address], place) => {
    const link = menu.children[place];
    if (link.textContent !== label) link.textContent = label;
    link.href = address;
    link.dataset.page = file;
    if (label === current) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  });
  if (menu.dataset.open !== current) middle(menu);
  menu.dataset.open = current;
}

export default function (component) {
  const { data, parentElement, setStateValue } = component;
  const menu = parentElement.querySelector(".menu");
  draw(menu, data);
  drawn = data.drawn;
  carried = menu.firstChild ? new URL(menu.firstChild.href).search : "";
  ask = (what) => setStateValue("asked", what);
  const open = menu.querySelector("[aria-current]");
  if (leaving && (!open || page(open.href) === page(leaving))) arrived();
  if (data.answer) answered(data.answer);
  if (!menu.watched) {
    menu.watched = new ResizeObserver(() => middle(menu));
    menu.watched.observe(menu);
    if (wish) ask(wish.what);  // this is another menu than the one that was clicked
  }
}
